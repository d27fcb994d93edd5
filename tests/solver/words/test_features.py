"""Layers: of the grid's shape, true to what a slow look finds, and read back from rules."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from solver.words.features import all_layers
from solver.words.operations import NotApplicable
from solver.words.operations.paint import Condition, Paint, keep_painting, paint, parse_paint
from solver.words.operations.split import equal_parts


@st.composite
def cells(draw):
    height, width = draw(st.integers(1, 7)), draw(st.integers(1, 7))
    values = draw(
        st.lists(st.sampled_from([0, 0, 0, 1, 2, 5]), min_size=height * width, max_size=height * width)
    )
    return np.array(values, np.uint8).reshape(height, width)


@settings(max_examples=40, deadline=None)
@given(cells())
def test_every_layer_covers_the_grid_and_colours_are_colours(grid):
    layers = all_layers(grid)
    assert {layer.shape for layer in layers.values.values()} == {grid.shape}
    for name in layers.colour_names:
        assert layers.values[name].min() >= -1, name
        assert layers.values[name].max() <= 9, name


@settings(max_examples=40, deadline=None)
@given(cells())
def test_mirroring_the_grid_exchanges_left_and_right(grid):
    one, other = all_layers(grid).values, all_layers(grid[:, ::-1]).values
    for left, right in (
        ("colour left", "colour right"),
        ("colour seen up-left", "colour seen up-right"),
        ("gap left", "gap right"),
        ("column", "column from the right"),
    ):
        assert np.array_equal(one[left], other[right][:, ::-1]), left
    for same in (
        "content in its row",
        "size of its object",
        "distance to content",
        "size of the hole it is in",
    ):
        assert np.array_equal(one[same], other[same][:, ::-1]), same


@settings(max_examples=40, deadline=None)
@given(cells())
def test_the_colour_seen_upwards_is_the_nearest_content(grid):
    layers = all_layers(grid).values
    back = int(layers["the background"][0, 0])
    for (row, column), seen in np.ndenumerate(layers["colour seen up"]):
        above = [c for c in grid[:row, column][::-1].tolist() if c != back]
        assert seen == (above[0] if above else -1)


def test_rules_are_read_back_from_their_text():
    rule = Paint("the rarest colour", (Condition("row modulo 2", "=", 1), Condition("colour up", "≠", -1)))
    assert parse_paint(str(rule)) == rule
    assert parse_paint("paint 3") == Paint("3", ())
    assert parse_paint("flip left-right") is None
    assert parse_paint("paint 3 where the moon is full") is None


def test_a_rule_paints_only_where_it_holds():
    grid = np.array([[0, 1, 0, 1], [0, 0, 0, 0]], np.uint8)
    rule = parse_paint("paint 4 where colour seen both left or right = 1")
    assert paint(rule, [grid]).tolist() == [[0, 1, 4, 1], [0, 0, 0, 0]]


def test_parts_give_layers_to_the_first_of_them():
    grid = np.array([[1, 0, 2, 2], [1, 1, 0, 2]], np.uint8)
    parts = equal_parts(grid, 1, 2)
    rule = parse_paint("paint 7 where part 2 = 2")
    first = parts.items[0].cells
    assert paint(rule, [first, first, parts]).tolist() == [[7, 7], [1, 7]]


def test_unknown_layers_have_no_answer():
    with pytest.raises(NotApplicable, match="no weather"):
        paint(parse_paint("paint 7 where weather = 2"), [np.zeros((2, 2), np.uint8)])


def test_keeping_on_looks_at_what_is_painted_by_now():
    grid = np.array([[0, 0, 3, 0, 0], [0, 0, 0, 5, 0], [0, 0, 0, 0, 0]], np.uint8)
    once = parse_paint("paint 3 where colour up = 3 and colour = 0")
    again = parse_paint("paint 3 where colour up by now = 3 and colour = 0")
    assert paint(once, [grid])[:, 2].tolist() == [3, 3, 0]
    assert keep_painting(again, [grid])[:, 2].tolist() == [3, 3, 3]

"""Features: of the grid's shape, true to what a slow look finds, and read back from rules."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from solver.words.features import cell_features, features_named
from solver.words.operations import NotApplicable
from solver.words.operations.condition import Condition
from solver.words.operations.paint import KeepPainting, Paint
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
    features = cell_features(grid)
    assert {feature.shape for feature in features.values.values()} == {grid.shape}
    for name in features.colour_names:
        assert features.values[name].min() >= -1, name
        assert features.values[name].max() <= 9, name


@settings(max_examples=40, deadline=None)
@given(cells())
def test_mirroring_the_grid_exchanges_left_and_right(grid):
    one, other = cell_features(grid).values, cell_features(grid[:, ::-1]).values
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
    features = cell_features(grid).values
    back = int(features["the background"][0, 0])
    for (row, column), seen in np.ndenumerate(features["colour seen up"]):
        above = [c for c in grid[:row, column][::-1].tolist() if c != back]
        assert seen == (above[0] if above else -1)


def test_rules_are_read_back_from_their_text():
    rule = Paint("the rarest colour", (Condition("row modulo 2", "=", 1), Condition("colour up", "≠", -1)))
    assert Paint.parse(str(rule)) == rule
    assert Paint.parse("paint 3") == Paint(3, ())
    assert Paint.parse("flip left-right") is None
    assert Paint.parse("paint 3 where the moon is full") is None


def test_a_rule_paints_only_where_it_holds():
    grid = np.array([[0, 1, 0, 1], [0, 0, 0, 0]], np.uint8)
    rule = Paint.parse("paint 4 where colour seen both left or right = 1")
    assert rule.apply([grid]).tolist() == [[0, 1, 4, 1], [0, 0, 0, 0]]


def test_parts_give_layers_to_the_first_of_them():
    grid = np.array([[1, 0, 2, 2], [1, 1, 0, 2]], np.uint8)
    parts = equal_parts(grid, 1, 2)
    rule = Paint.parse("paint 7 where part 2 = 2")
    first = parts.items[0].cells
    assert rule.apply([first, first, parts]).tolist() == [[7, 7], [1, 7]]


def test_unknown_layers_have_no_answer():
    with pytest.raises(NotApplicable, match="no weather"):
        Paint.parse("paint 7 where weather = 2").apply([np.zeros((2, 2), np.uint8)])


def test_keeping_on_looks_at_what_is_painted_by_now():
    grid = np.array([[0, 0, 3, 0, 0], [0, 0, 0, 5, 0], [0, 0, 0, 0, 0]], np.uint8)
    once = Paint.parse("paint 3 where colour up = 3 and colour = 0")
    again = Paint.parse("paint 3 where colour up by now = 3 and colour = 0")
    assert once.apply([grid])[:, 2].tolist() == [3, 3, 0]
    assert KeepPainting(again).apply([grid])[:, 2].tolist() == [3, 3, 3]


@pytest.mark.parametrize("seed", range(5))
def test_features_by_name_are_those_among_all(seed: int) -> None:
    rng = np.random.default_rng(seed)
    grid = rng.integers(0, 4, rng.integers(1, 9, 2)).astype(np.uint8)
    everything = cell_features(grid)
    names = rng.choice(sorted(everything.values), 6, replace=False).tolist()
    some = features_named(grid, [*names, "no such feature"])
    assert set(names) <= set(some.values) < set(everything.values)
    for name, values in some.values.items():
        assert np.array_equal(values, everything.values[name])

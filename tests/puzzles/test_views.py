"""Canvases that follow from a grid, turning grids alike and back, and what is in sight of a cell."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from solver.words.features import cell_features
from solver.words.operations import NotApplicable
from solver.words.operations.extend import PLACES, Extend, Side, corner
from solver.words.operations.turn import TURNINGS, turned, turned_like
from tests.solver.words.test_features import cells


def grid(*rows: str) -> np.ndarray:
    return np.array([[int(c) for c in row] for row in rows], np.uint8)


SIDES = st.sampled_from(
    [Side(12), Side(2, "height"), Side(3, "width"), Side(4, "longer side"), Side(10, "number of colours")]
)


@given(SIDES, SIDES, st.sampled_from(PLACES))
def test_extending_is_read_back_from_its_text(rows, columns, at):
    rule = Extend(rows, columns, at)
    assert Extend.parse(str(rule)) == rule


def test_the_grid_lies_on_the_larger_canvas_where_the_word_says():
    rule = Extend.parse("extend to 2 × height by 3/2 × width at the bottom right")
    assert rule is not None
    assert rule.apply([grid("10", "12")]).tolist() == grid("000", "000", "010", "012").tolist()


def test_half_a_cell_and_a_place_without_a_middle_have_no_answer():
    with pytest.raises(NotApplicable):
        Extend(Side(3, "height"), Side(2, "width"), PLACES[0]).apply([grid("12")])
    with pytest.raises(NotApplicable):
        corner("the middle", (4, 4), (3, 3))


@settings(max_examples=40, deadline=None)
@given(cells(), st.sampled_from(sorted(TURNINGS)))
def test_what_is_turned_is_turned_back(one, turning):
    there = turned(one, turning)
    assert np.array_equal(turned_like(there, one, turning, back=True), one)
    assert there.shape in (one.shape, one.shape[::-1])


@pytest.mark.parametrize("times", range(4))
def test_the_fullest_edge_comes_to_lie_below(times):
    upright = grid("0000", "0100", "3333")
    for turning in ("its fullest edge is below", "most of its content is below"):
        assert np.array_equal(turned(np.rot90(upright, times), turning), upright)


def test_upright_lines_are_laid_level():
    assert np.array_equal(turned(grid("010", "010", "012"), "its lines lie level"), grid("000", "111", "002"))


def test_what_is_in_sight_is_told_by_its_object():
    features = cell_features(grid("22002", "22000", "00000")).values
    assert features["size of the object seen left"][0, 2] == 4
    assert features["size of the object seen right"][0, 2] == 1
    assert features["least size of the object seen straight"][0, 2] == 1
    assert features["most size of the object seen straight"][0, 2] == 4
    assert features["equal cells around what is seen up"][2, 4] == 0


def test_the_nearest_other_colour_is_found_and_ties_are_left_open():
    features = cell_features(grid("10030", "00000", "10002")).values
    assert features["the nearest other colour"][2, 4] == 3
    assert features["the nearest other colour"][0, 1] == 1
    assert features["the nearest other colour"][1, 4] == 2
    assert features["the nearest other colour"][0, 3] == -1


def test_thickness_is_the_side_of_the_largest_square_of_one_colour():
    features = cell_features(grid("11120", "11100", "11100", "00000")).values
    assert features["thickness of its colour"].tolist() == [
        [3, 3, 3, 1, 1], [3, 3, 3, 2, 2], [3, 3, 3, 2, 2], [1, 1, 1, 2, 2],
    ]  # fmt: skip
    assert features["thickness of its content"][3].tolist() == [0, 0, 0, 0, 0]


def test_a_line_arrives_where_it_points():
    features = cell_features(grid("2000", "0200", "0000", "3300")).values
    assert features["colour of the line arriving diagonally"][2, 2] == 2
    assert features["colour of the line arriving straight"][3, 2] == 3
    assert features["colour of the line arriving straight"][2, 2] == -1

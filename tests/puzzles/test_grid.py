import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from puzzles.grid import PADDING, PuzzleError, as_grid, count_wrong, rows_of, same_grid, wrong_mask
from tests.puzzles.strategies import grids


@given(grids(30))
def test_lists_and_arrays_become_the_same_grid(array):
    from_list, from_array = as_grid(array.tolist()), as_grid(array.astype(np.int64))
    assert from_list.tolist() == array.tolist()
    assert same_grid(from_list, from_array)
    assert from_list.dtype == from_array.dtype == np.uint8


@pytest.mark.parametrize(
    "value", [[[-1, 0], [10, 15]], np.array([[-1, 0], [10, 15]]), np.array([[255, 0], [10, 15]], np.uint8)]
)
def test_padding_and_further_values_are_kept_and_written_as_they_were(value):
    grid = as_grid(value)
    assert grid.tolist() == [[PADDING, 0], [10, 15]]
    assert rows_of(grid) == [[-1, 0], [10, 15]]
    assert same_grid(as_grid(grid), grid)


def test_a_grid_is_a_copy_that_can_never_be_written():
    array = np.ones((2, 3), dtype=np.uint8)
    grid = as_grid(array)
    array[0, 0] = 5
    assert grid[0, 0] == 1
    with pytest.raises(ValueError, match="read-only"):
        grid[0, 0] = 2
    with pytest.raises(ValueError, match="WRITEABLE"):
        grid.setflags(write=True)


def test_a_view_with_strides_keeps_its_cells():
    array = np.arange(6).reshape(2, 3)
    assert as_grid(np.rot90(array)).tolist() == [[2, 5], [1, 4], [0, 3]]


ROWS_4 = [[1, 2, 3, 4, 5]] * 3 + [[1, 2, 3, 4]]


@pytest.mark.parametrize(
    ("value", "message"),
    [
        (ROWS_4, "grid row 3 has 4 cells, expected 5"),
        ([[1, 2], [3]], "grid row 1 has 1 cell, expected 2"),
        ([], "grid has 0 rows, expected 1 to 100"),
        ([[]], "grid has 0 columns, expected 1 to 100"),
        ([[0]] * 101, "grid has 101 rows, expected 1 to 100"),
        ([[0] * 101], "grid has 101 columns, expected 1 to 100"),
        ([[0, 16]], "grid row 0 column 1 is 16, expected a whole number 0 to 15, or -1 for padding"),
        ([[0], [-2]], "grid row 1 column 0 is -2, expected a whole number 0 to 15, or -1 for padding"),
        ([[True]], "grid row 0 column 0 is true, expected a whole number 0 to 15, or -1 for padding"),
        ([[1.0]], "grid row 0 column 0 is 1.0, expected a whole number 0 to 15, or -1 for padding"),
        ([[float("nan")]], "grid row 0 column 0 is nan, expected a whole number 0 to 15, or -1 for padding"),
        ([["3"]], "grid row 0 column 0 is '3', expected a whole number 0 to 15, or -1 for padding"),
        ([[None]], "grid row 0 column 0 is null, expected a whole number 0 to 15, or -1 for padding"),
        ([[[1]]], "grid row 0 column 0 is a list, expected a whole number 0 to 15, or -1 for padding"),
        (
            [[10**5000]],
            "grid row 0 column 0 is a huge number, expected a whole number 0 to 15, or -1 for padding",
        ),
        ([[np.int64(16)]], "grid row 0 column 0 is 16, expected a whole number 0 to 15, or -1 for padding"),
        ([[1], "2"], "grid row 1 is '2', expected a list of cells"),
        ("12", "grid is '12', expected a list of rows"),
        ({"a": 1}, "grid is an object, expected a list of rows"),
        ("x" * 100, f"grid is '{'x' * 24}…', expected a list of rows"),
        (np.zeros(3, dtype=int), "grid has 1 dimensions, expected 2"),
        (np.zeros((2, 2)), "grid holds float64 values, expected whole numbers"),
        (np.zeros((2, 2), dtype=bool), "grid holds bool values, expected whole numbers"),
        (
            np.array([[1, 255]]),
            "grid row 0 column 1 is 255, expected a whole number 0 to 15, or -1 for padding",
        ),
        (
            np.array([[1, 16]], np.uint8),
            "grid row 0 column 1 is 16, expected a whole number 0 to 15, or -1 for padding",
        ),
        (
            np.array([[1, 300]]),
            "grid row 0 column 1 is 300, expected a whole number 0 to 15, or -1 for padding",
        ),
        (np.zeros((0, 3), dtype=int), "grid has 0 rows, expected 1 to 100"),
    ],
)
def test_what_is_not_a_grid_is_refused_with_place_and_expectation(value, message):
    with pytest.raises(PuzzleError) as caught:
        as_grid(value)
    assert str(caught.value) == message


@given(grids(), grids())
def test_same_wrong_count_and_mask_agree(a, b):
    assert same_grid(a, b) == (a.tolist() == b.tolist()) == (count_wrong(a, b) == 0)
    mask = wrong_mask(a, b)
    assert mask.shape == a.shape
    if a.shape == b.shape:
        assert count_wrong(a, b) == mask.sum()
    else:
        assert count_wrong(a, b) == max(a.size, b.size)


@given(grids(), st.data())
def test_one_changed_cell_is_one_wrong_cell(grid, data):
    row = data.draw(st.integers(0, grid.shape[0] - 1))
    column = data.draw(st.integers(0, grid.shape[1] - 1))
    changed = grid.copy()
    changed[row, column] = (changed[row, column] + 1) % 10
    assert count_wrong(changed, grid) == 1
    assert np.argwhere(wrong_mask(changed, grid)).tolist() == [[row, column]]


def test_cells_beyond_the_expected_grid_are_wrong():
    predicted, expected = as_grid([[1, 2, 3], [4, 5, 6]]), as_grid([[1, 9], [4, 5], [7, 7]])
    assert wrong_mask(predicted, expected).tolist() == [[False, True, True], [False, False, True]]
    assert count_wrong(predicted, expected) == 6


def test_equal_cells_in_another_shape_are_another_grid():
    assert not same_grid(as_grid([[1, 1]]), as_grid([[1], [1]]))
    assert not same_grid(as_grid([[1]]), as_grid([[1, 1]]))

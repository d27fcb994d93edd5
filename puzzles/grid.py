"""A grid: a rectangle of colours, and the one way to check and compare it.

Everything that reads or makes grids goes through `as_grid`, so no other part has to check again.
Rows, columns and list places in messages are counted from 0, as in `train[1]`.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

Grid = NDArray[np.uint8]
"""(h, w), 1 to `LARGEST_SIDE` a side, values 0 to `SHOWN_COLOURS` - 1 or `PADDING`, read-only."""
Cells = NDArray[np.uint8]
"""(h, w) cells as operations compute with them: not checked, perhaps not sealed against writing."""

MAX_SIDE = 30
"""Cells a side of ARC's grids, and of the canvas that learned words run on."""
LARGEST_SIDE = 100
"""Cells a side of what may be opened, shown, drawn and run on exact words."""
COLOURS = 10
"""Values of ARC's cells, 0 to 9: those that every word of the solver knows."""
SHOWN_COLOURS = 16
"""Values that may be opened, shown and drawn."""
PADDING = 255
"""In a grid what is -1 in files: a cell that belongs to no colour. A byte has no -1; this is its bits."""
_LONGEST_SHOWN = 24


class PuzzleError(ValueError):
    """Something that is not a puzzle; the message says "file: place what, expected …"."""


def as_grid(value: ArrayLike | Sequence[Sequence[int]], where: str = "grid") -> Grid:
    """Check `value`, a list of lists or a 2-D integer array, and return a read-only copy of it.

    Of an array of bytes, and of no other, `PADDING` stands for -1; a grid always holds it so.

    `where` opens the message of the `PuzzleError` raised for anything that is not a grid, e.g.
    "train[1].output" gives "train[1].output row 3 has 4 cells, expected 5".
    """
    cells = _check_array(value, where) if isinstance(value, np.ndarray) else _check_rows(value, where)
    # An array over bytes can never be made writable again, so grids may be shared and hashed.
    return np.frombuffer(cells.tobytes(), dtype=np.uint8).reshape(cells.shape)


def rows_of(grid: Grid) -> list[list[int]]:
    """The rows as plain numbers, as files have them: padding as -1."""
    rows: list[list[int]] = grid.view(np.int8).tolist()
    return rows


def same_grid(a: NDArray[Any], b: NDArray[Any]) -> bool:
    """Whether two grids have the same shape and the same cells."""
    return a.shape == b.shape and bool((a == b).all())


def wrong_mask(predicted: NDArray[Any], expected: NDArray[Any]) -> NDArray[np.bool_]:
    """Mark the cells of `predicted` that differ from `expected`, both aligned at the top left.

    The mask has the shape of `predicted`; cells beyond the edge of `expected` are wrong.
    """
    mask = np.ones(predicted.shape, dtype=np.bool_)
    height, width = np.minimum(predicted.shape, expected.shape)
    mask[:height, :width] = predicted[:height, :width] != expected[:height, :width]
    return mask


def count_wrong(predicted: NDArray[Any], expected: NDArray[Any]) -> int:
    """Count the wrong cells; where the shapes differ, the larger of the two areas, so never 0."""
    if predicted.shape != expected.shape:
        return max(predicted.size, expected.size)
    return int(np.count_nonzero(predicted != expected))


def shown(value: Any) -> str:
    """Write a value found in a file as short, safe words for a message."""
    if isinstance(value, np.generic):
        value = value.item()
    if value is None or isinstance(value, bool):
        return {None: "null", True: "true", False: "false"}[value]
    if isinstance(value, (list, tuple)):
        return "a list"
    if isinstance(value, dict):
        return "an object"
    if isinstance(value, int) and abs(value) >= 10**_LONGEST_SHOWN:
        return "a huge number"  # Python refuses to write integers of thousands of digits
    text = repr(value[:_LONGEST_SHOWN] + "…" if _is_long(value) else value)
    return text if len(text) <= 2 * _LONGEST_SHOWN else f"a {type(value).__name__}"


def _is_long(value: Any) -> bool:
    return isinstance(value, str) and len(value) > _LONGEST_SHOWN


def _check_array(array: NDArray[Any], where: str) -> Grid:
    if array.ndim != 2:
        raise PuzzleError(f"{where} has {array.ndim} dimensions, expected 2")
    if array.dtype.kind not in "iu":
        raise PuzzleError(f"{where} holds {array.dtype} values, expected whole numbers")
    height, width = array.shape
    _check_side(height, "rows", where)
    _check_side(width, "columns", where)
    padding = array == (PADDING if array.dtype == np.uint8 else -1)
    bad = np.argwhere(((array < 0) | (array >= SHOWN_COLOURS)) & ~padding)
    if len(bad):
        row, column = (int(i) for i in bad[0])
        raise PuzzleError(_bad_cell(where, row, column, array[row, column].item()))
    return array.astype(np.uint8)  # of which -1 becomes PADDING


def _check_rows(rows: Any, where: str) -> Grid:
    if not isinstance(rows, (list, tuple)):
        raise PuzzleError(f"{where} is {shown(rows)}, expected a list of rows")
    _check_side(len(rows), "rows", where)
    for index, row in enumerate(rows):
        if not isinstance(row, (list, tuple)):
            raise PuzzleError(f"{where} row {index} is {shown(row)}, expected a list of cells")
        if index == 0:
            _check_side(len(row), "columns", where)
        if len(row) != len(rows[0]):
            raise PuzzleError(f"{where} row {index} has {_cells(len(row))}, expected {len(rows[0])}")
        for column, cell in enumerate(row):
            if not _is_colour(cell):
                raise PuzzleError(_bad_cell(where, index, column, cell))
    return np.array(rows, dtype=np.int8).view(np.uint8)


def _check_side(side: int, unit: str, where: str) -> None:
    if not 1 <= side <= LARGEST_SIDE:
        raise PuzzleError(f"{where} has {side} {unit}, expected 1 to {LARGEST_SIDE}")


def _is_colour(cell: Any) -> bool:
    if isinstance(cell, bool) or not isinstance(cell, (int, np.integer)):
        return False
    return -1 <= int(cell) < SHOWN_COLOURS


def _bad_cell(where: str, row: int, column: int, cell: Any) -> str:
    expected = f"a whole number 0 to {SHOWN_COLOURS - 1}, or -1 for padding"
    return f"{where} row {row} column {column} is {shown(cell)}, expected {expected}"


def _cells(count: int) -> str:
    return "1 cell" if count == 1 else f"{count} cells"

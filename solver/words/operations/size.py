"""Size: operations that keep a part of the grid or put a frame around it."""

from __future__ import annotations

from functools import partial

import numpy as np

from solver.words.operations.registry import Cells, NotApplicable, Operation, table


def crop(grid: Cells, top: int, bottom: int, left: int, right: int) -> Cells:
    """Keep rows top..bottom and columns left..right, ends excluded; something must be left."""
    kept = grid[max(top, 0) : max(bottom, 0), max(left, 0) : max(right, 0)]
    if kept.size == 0 or kept.shape == grid.shape:
        raise NotApplicable("nothing to cut away, or nothing left")
    return kept


def crop_to_content(grid: Cells) -> Cells:
    """Cut down to the smallest rectangle that holds every cell that is not 0."""
    rows, columns = np.nonzero(grid)
    if rows.size == 0:
        raise NotApplicable("the grid has no content")
    return grid[rows.min() : rows.max() + 1, columns.min() : columns.max() + 1]


def frame(grid: Cells, colour: int) -> Cells:
    """Put a frame one cell wide around the grid."""
    return np.pad(grid, 1, constant_values=colour)


def paint_border(grid: Cells, colour: int) -> Cells:
    """Paint the outermost cells of the grid."""
    painted = np.full_like(grid, colour)
    painted[1:-1, 1:-1] = grid[1:-1, 1:-1]
    return painted


CROPS: list[Operation] = table(
    "crop",
    [
        ("left half", lambda g: crop(g, 0, g.shape[0], 0, g.shape[1] // 2)),
        ("right half", lambda g: crop(g, 0, g.shape[0], (g.shape[1] + 1) // 2, g.shape[1])),
        ("top half", lambda g: crop(g, 0, g.shape[0] // 2, 0, g.shape[1])),
        ("bottom half", lambda g: crop(g, (g.shape[0] + 1) // 2, g.shape[0], 0, g.shape[1])),
        ("top-left quarter", lambda g: crop(g, 0, g.shape[0] // 2, 0, g.shape[1] // 2)),
        ("left third", lambda g: crop(g, 0, g.shape[0], 0, g.shape[1] // 3)),
        ("top third", lambda g: crop(g, 0, g.shape[0] // 3, 0, g.shape[1])),
        ("trim border", lambda g: crop(g, 1, g.shape[0] - 1, 1, g.shape[1] - 1)),
        ("drop top row", lambda g: crop(g, 1, g.shape[0], 0, g.shape[1])),
        ("drop bottom row", lambda g: crop(g, 0, g.shape[0] - 1, 0, g.shape[1])),
        ("drop left column", lambda g: crop(g, 0, g.shape[0], 1, g.shape[1])),
        ("drop right column", lambda g: crop(g, 0, g.shape[0], 0, g.shape[1] - 1)),
    ],
) + table("crop", [("crop to content", crop_to_content)], needs="island")

FRAMES: list[Operation] = [
    Operation(f"frame in {colour}", "frame", partial(frame, colour=colour), (colour,))
    for colour in range(1, 10)
]

BORDERS: list[Operation] = [
    Operation(f"paint border {colour}", "border", partial(paint_border, colour=colour), (colour,))
    for colour in range(1, 10)
]

"""Surroundings: operations that look at a cell's neighbours, or at the grid as a whole."""

from __future__ import annotations

from functools import partial

import numpy as np

from puzzles.grid import Cells
from solver.words.operations.registry import NotApplicable, Operation, table


def halo(grid: Cells, colour: int) -> Cells:
    """Paint the empty cells that touch content, corners included."""
    content = np.pad(grid != 0, 1)
    height, width = grid.shape
    near = np.zeros(grid.shape, bool)
    for down in range(3):
        for right in range(3):
            near |= content[down : down + height, right : right + width]
    return np.where(near & (grid == 0), np.uint8(colour), grid)


def fill_enclosed(grid: Cells, colour: int) -> Cells:
    """Paint the empty cells from which no path of empty cells leads, by edges, to the grid's border."""
    empty = np.pad(grid == 0, 1, constant_values=True)
    reached = np.zeros_like(empty)
    reached[0] = reached[-1] = True
    reached[:, 0] = reached[:, -1] = True
    while True:
        spread = reached.copy()
        spread[1:] |= reached[:-1]
        spread[:-1] |= reached[1:]
        spread[:, 1:] |= reached[:, :-1]
        spread[:, :-1] |= reached[:, 1:]
        spread &= empty
        if np.array_equal(spread, reached):
            break
        reached = spread
    enclosed = (empty & ~reached)[1:-1, 1:-1]
    return np.where(enclosed, np.uint8(colour), grid)


def remove_singles(grid: Cells) -> Cells:
    """Erase cells without a neighbour of their own colour, corners included."""
    padded = np.pad(grid, 1)
    height, width = grid.shape
    alike = np.zeros(grid.shape, np.uint8)
    for down in range(3):
        for right in range(3):
            alike += padded[down : down + height, right : right + width] == grid
    return np.where(alike > 1, grid, np.uint8(0))


def fill_with_commonest(grid: Cells) -> Cells:
    """Give every cell the commonest colour; there must be only one."""
    return np.full_like(grid, _by_count(grid, commonest=True))


def crop_to_rarest(grid: Cells) -> Cells:
    """Cut down to the smallest rectangle that holds the rarest colour, 0 aside; there must be only one."""
    rows, columns = np.nonzero(grid == _by_count(grid, commonest=False))
    return grid[rows.min() : rows.max() + 1, columns.min() : columns.max() + 1]


def _by_count(grid: Cells, commonest: bool) -> int:
    """The colour that occurs most, 0 included, or least, 0 aside; it must have no rival."""
    counts = np.bincount(grid.ravel(), minlength=10)
    present = [c for c in range(0 if commonest else 1, 10) if counts[c]]
    ranked = sorted(present, key=lambda c: -counts[c] if commonest else counts[c])
    if not ranked or (len(ranked) == 1 and not commonest):
        raise NotApplicable("a single colour is not the rarest")
    if len(ranked) > 1 and counts[ranked[0]] == counts[ranked[1]]:
        raise NotApplicable("two colours are equally frequent")
    return ranked[0]


def fractal(grid: Cells) -> Cells:
    """Put a copy of the grid in the place of every cell that is not 0."""
    return np.kron(grid != 0, grid)


def drop_repeats(grid: Cells) -> Cells:
    """Drop every row equal to the one above it, then every column equal to the one before it."""
    rows = np.ones(grid.shape[0], bool)
    rows[1:] = (grid[1:] != grid[:-1]).any(1)
    kept = grid[rows]
    columns = np.ones(grid.shape[1], bool)
    columns[1:] = (kept[:, 1:] != kept[:, :-1]).any(0)
    return kept[:, columns]


def scale_down(grid: Cells, factor: int) -> Cells:
    """Keep every `factor`-th row and column, starting with the first; sides must be divisible."""
    if grid.shape[0] % factor or grid.shape[1] % factor:
        raise NotApplicable(f"sides {grid.shape} are not multiples of {factor}")
    return grid[::factor, ::factor]


HALOS: list[Operation] = [
    Operation(f"halo {colour}", "halo", partial(halo, colour=colour), palette=(colour,), needs="sparse")
    for colour in range(1, 10)
]

FILLS: list[Operation] = [
    Operation(
        f"fill enclosed {colour}",
        "fill",
        partial(fill_enclosed, colour=colour),
        palette=(colour,),
        needs="outlines",
    )
    for colour in range(1, 10)
]

WHOLES: list[Operation] = [
    *table(
        "whole",
        [
            ("remove singles", remove_singles),
            ("fill with commonest", fill_with_commonest),
            ("crop to rarest", crop_to_rarest),
            ("fractal", fractal),
        ],
    ),
    *table(
        "whole",
        [
            ("drop repeats", drop_repeats),
            ("scale down 2", partial(scale_down, factor=2)),
            ("scale down 3", partial(scale_down, factor=3)),
        ],
        needs="blocks",
    ),
]

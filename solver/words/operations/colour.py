"""Colour: operations that change what cells are, not where they are."""

from __future__ import annotations

from functools import partial

import numpy as np

from puzzles.grid import COLOURS, Cells
from solver.words.operations.registry import Operation


def replace(grid: Cells, old: int, new: int) -> Cells:
    """Turn every cell of one colour into another."""
    return np.where(grid == old, np.uint8(new), grid)


def swap(grid: Cells, first: int, second: int) -> Cells:
    """Exchange two colours."""
    mapping = np.arange(COLOURS, dtype=np.uint8)
    mapping[[first, second]] = second, first
    return mapping[grid]


def paint_content(grid: Cells, colour: int) -> Cells:
    """Turn every cell that is not 0 into one colour."""
    return np.where(grid != 0, np.uint8(colour), grid)


def keep(grid: Cells, colour: int) -> Cells:
    """Turn every cell of another colour into 0."""
    return np.where(grid == colour, grid, np.uint8(0))


REPLACEMENTS: list[Operation] = [
    Operation(
        f"replace {old} by {new}", "replace", partial(replace, old=old, new=new), (old,), palette=(new,)
    )
    for old in range(COLOURS)
    for new in range(COLOURS)
    if old != new
]

SWAPS: list[Operation] = [
    Operation(
        f"swap {first} and {second}", "swap", partial(swap, first=first, second=second), (first, second)
    )
    for first in range(COLOURS)
    for second in range(first + 1, COLOURS)
]

PAINTS: list[Operation] = [
    Operation(f"paint content {colour}", "paint", partial(paint_content, colour=colour), palette=(colour,))
    for colour in range(1, COLOURS)
]

KEEPS: list[Operation] = [
    Operation(f"keep only {colour}", "keep", partial(keep, colour=colour), (colour,))
    for colour in range(1, COLOURS)
]

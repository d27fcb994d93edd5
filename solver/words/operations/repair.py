"""Repair: cells that disagree with their repeats take the colour that most of the repeats show.

No colour is named: what is noise, or hides a part, is found by its being in the minority.
"""

from __future__ import annotations

from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from puzzles.grid import Cells
from solver.words.operations.registry import NotApplicable, Operation, table

_LEAST_AGREEMENT = 0.7
"""Share of cells that must be as most of their repeats are, or there is nothing that repeats."""
_LEAST_REPEATS = 3
"""How often a tile must be there for the majority to say something."""
_MOST_ALIKE = 0.7
"""Share of cells in one colour from which a grid is things on a background, and no pattern."""
_EXCEPTION = 2.0
"""What a cell that disagrees costs, in cells of a tile: which cell it is must be said besides its colour."""
_PERIODS = 4
"""Periods along each side that are followed up."""

Group = NDArray[np.intp]
"""(h, w) which cells repeat each other: they have one number, counted from 0."""


def majority(grid: Cells, group: Group, number: int) -> Cells:
    """(h, w) every cell in the most common colour of its group of `number`; the lowest colour of several.

    Colours most of whose cells are in the minority are noise: they count only where a group shows no other.
    """
    votes = np.bincount((group * 10 + grid).ravel(), minlength=number * 10).reshape(number, 10)
    chosen = votes.argmax(1)
    sure = 2 * votes.max(1) > votes.sum(1)
    held = np.bincount(chosen[sure], votes.max(1)[sure], minlength=10)
    noise = 2 * held < votes.sum(0)
    if noise.any():
        others = np.where(noise, 0, votes)
        chosen = np.where(others.any(1), others.argmax(1), chosen)
    return chosen.astype(np.uint8)[group]


def repair_tiling(grid: Cells) -> Cells:
    """Give every cell the colour that most tiles show at its place; stripes are tiles of one row or column.

    Of all sizes of tiles the one is taken that says the grid most shortly: by its cells and those that
    disagree.
    """
    repaired = _repaired(grid.tobytes(), (grid.shape[0], grid.shape[1]))
    if repaired is None:
        raise NotApplicable("nothing repeats, or nothing is to be repaired")
    return repaired.copy()


@lru_cache(maxsize=64)
def _repaired(data: bytes, shape: tuple[int, int]) -> Cells | None:
    """The whole grid, remembered, since another word takes a part of it; None where it is no tiling."""
    grid = np.frombuffer(data, np.uint8).reshape(shape)
    if np.bincount(grid.ravel()).max() > _MOST_ALIKE * grid.size:
        return None
    rows, columns = np.indices(shape)
    best: tuple[float, Cells] | None = None
    for down in _periods(grid):
        for right in _periods(grid.T):
            if not 1 < down * right <= grid.size // _LEAST_REPEATS:
                continue
            repaired = majority(grid, rows % down * right + columns % right, down * right)
            length = down * right + _EXCEPTION * int((repaired != grid).sum())
            if best is None or length < best[0]:
                best = length, repaired
    if best is None or not _LEAST_AGREEMENT <= float((best[1] == grid).mean()) < 1:
        return None
    return best[1]


def _periods(lines: Cells) -> list[int]:
    """Distances at which most rows repeat, those that leave the fewest cells first, and the height."""
    height = len(lines)
    shares = [(-float((lines[p:] == lines[:-p]).mean()), p) for p in range(1, height // 2 + 1)]
    least = 2 * _LEAST_AGREEMENT - 1
    return [*(p for share, p in sorted(shares)[:_PERIODS] if -share >= least), height]


def under_noise(grid: Cells) -> Cells:
    """Only what the tiling shows in the box of the cells that disagree with it."""
    repaired = repair_tiling(grid)
    rows, columns = np.nonzero(repaired != grid)
    part = repaired[rows.min() : rows.max() + 1, columns.min() : columns.max() + 1]
    if part.shape == grid.shape:
        raise NotApplicable("the whole grid disagrees here and there")
    return part


REPAIRS: list[Operation] = table(
    "complete",
    [
        ("repair the tiling", repair_tiling),
        ("the tiling repaired under what disagrees", under_noise),
    ],
)

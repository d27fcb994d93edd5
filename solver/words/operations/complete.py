"""Complete: restore symmetry or a repeating pattern under missing cells, and take out noise."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache, partial
from typing import Any

import numpy as np
from numpy.typing import NDArray

from puzzles.grid import Cells
from solver.words.operations.pieces import background, components
from solver.words.operations.registry import NotApplicable, Operation

Restorer = Callable[[Cells, int], Cells]
Index = tuple[NDArray[np.intp], NDArray[np.intp]]


def _copy_known(grid: Cells, missing: int, index: Index) -> Cells | None:
    """Fill missing cells from their partners (`index`, -1 outside); None where two known cells disagree."""
    rows, columns = index
    inside = (rows >= 0) & (rows < grid.shape[0]) & (columns >= 0) & (columns < grid.shape[1])
    partner = np.full_like(grid, missing)
    partner[inside] = grid[rows[inside], columns[inside]]
    if ((partner != grid) & (partner != missing) & (grid != missing)).any():
        return None
    return np.where(grid == missing, partner, grid)


@lru_cache(maxsize=8)
def _mirrors(shape: tuple[int, int], reach: int) -> list[list[Index]]:
    """Index maps of left-right, up-down and diagonal mirrors, axes near the middle first."""
    rows, columns = np.indices(shape)
    height, width = shape
    near = sorted(range(-reach, reach + 1), key=abs)
    left_right = [(rows, width - 1 + k - columns) for k in near]
    up_down = [(height - 1 + k - rows, columns) for k in near]
    diagonals = [(columns + k, rows - k) for k in near] + [
        (height - 1 + k - columns, height - 1 + k - rows) for k in near
    ]
    return [left_right, up_down, diagonals]


_LEAST_OVERLAP = 0.5
"""Share of known cells an axis must pair up with known ones before it is believed."""


def restore_symmetry(grid: Cells, missing: int) -> Cells:
    """Find mirror axes that no known cell contradicts and fill the missing cells from their partners."""
    if not (grid == missing).any():
        raise NotApplicable("nothing is missing")
    restored = _restored(grid.tobytes(), (grid.shape[0], grid.shape[1]), missing)
    if restored is None:
        raise NotApplicable("no symmetry fits")
    return restored.copy()


@lru_cache(maxsize=64)
def _restored(data: bytes, shape: tuple[int, int], missing: int) -> Cells | None:
    """The whole grid, remembered, since another word takes a part of it; None where no symmetry fits."""
    grid = np.frombuffer(data, np.uint8).reshape(shape)
    restored = grid
    for family in _mirrors(shape, max(2, min(shape) // 4)):
        for index in family:
            if _overlap(restored, missing, index) < _LEAST_OVERLAP:
                continue
            filled = _copy_known(restored, missing, index)
            if filled is not None:
                restored = filled
                break
    return None if np.array_equal(restored, grid) else restored


def _overlap(grid: Cells, missing: int, index: Index) -> float:
    rows, columns = index
    inside = (rows >= 0) & (rows < grid.shape[0]) & (columns >= 0) & (columns < grid.shape[1])
    known = grid != missing
    paired = known[inside] & known[rows[inside], columns[inside]]
    return float(paired.sum() / max(1, known.sum()))


def restore_pattern(grid: Cells, missing: int) -> Cells:
    """Fill missing cells from the smallest tiling (rows by columns) that no known cell contradicts."""
    known = _known(grid, missing)
    rows, columns = np.indices(grid.shape)
    options = sorted(
        ((p, q) for p in _periods(grid, known) for q in _periods(grid.T, known.T) if p * q * 2 <= grid.size),
        key=lambda tile: (tile[0] * tile[1], sum(tile)),
    )
    for down, right in options:
        phase = np.asarray((rows % down) * right + columns % right)
        filled = _fill_phase(grid, known, phase, down * right)
        if filled is not None:
            return filled
    raise NotApplicable("no pattern fits")


def _known(grid: Cells, missing: int) -> NDArray[np.bool_]:
    known = grid != missing
    share = known.mean()
    if not _LEAST_OVERLAP <= share < 1:
        raise NotApplicable("nothing is missing, or nearly all")
    return np.asarray(known)


def _periods(grid: Cells, known: NDArray[np.bool_]) -> list[int]:
    """Row distances at which no two known cells of a column disagree; the height is always one."""
    height = len(grid)
    fitting = [p for p in range(1, height) if not ((grid[p:] != grid[:-p]) & known[p:] & known[:-p]).any()]
    return [*fitting, height]


def _fill_phase(
    grid: Cells, known: NDArray[np.bool_], phase: NDArray[np.integer[Any]], number: int
) -> Cells | None:
    """Fill every cell with the one colour known at its phase; None where a phase shows no colour or two."""
    seen = np.bincount(phase[known] * 10 + grid[known], minlength=number * 10).reshape(number, 10) > 0
    if (seen.sum(1) != 1).any():
        return None
    return np.where(known, grid, seen.argmax(1)[phase].astype(np.uint8))


def restore_diagonal_pattern(grid: Cells, missing: int) -> Cells:
    """Fill from colours that repeat along diagonals: the colour depends on row + column, or row - column."""
    known = _known(grid, missing)
    rows, columns = np.indices(grid.shape)
    for period in range(2, sum(grid.shape) // 2 + 1):
        for diagonal in (rows + columns, rows - columns):
            filled = _fill_phase(grid, known, np.asarray(diagonal % period), period)
            if filled is not None:
                return filled
    raise NotApplicable("no pattern fits")


def restored_part(grid: Cells, missing: int, restore: Callable[[Cells, int], Cells]) -> Cells:
    """Only what was found under the missing cells' box."""
    filled = restore(grid, missing)
    rows, columns = np.nonzero(grid == missing)
    return filled[rows.min() : rows.max() + 1, columns.min() : columns.max() + 1]


def without_specks(grid: Cells, largest: int) -> Cells:
    """Turn components of at most `largest` cells into background."""
    back = background(grid)
    labels = components(grid, True, False, back)
    small = np.bincount(labels.ravel())[labels] <= largest
    return np.where(small & (labels > 0), np.uint8(back), grid)


def smooth(grid: Cells) -> Cells:
    """Give every cell the most common colour of its 3 x 3 neighbourhood; its own wins ties."""
    padded = np.pad(grid, 1, mode="edge")
    height, width = grid.shape
    votes = np.zeros((10, height, width), np.int8)
    colours = np.arange(10)[:, None, None]
    for down in range(3):
        for right in range(3):
            votes += padded[None, down : down + height, right : right + width] == colours
    votes = votes * 2 + (grid[None] == colours)
    return votes.argmax(0).astype(np.uint8)


def overlay_mirrors(grid: Cells, views: tuple[Callable[[Cells], Cells], ...]) -> Cells:
    """Lay mirrored copies under the grid, background showing through."""
    back = background(grid)
    result = grid
    for view in views:
        copy = view(result)
        if copy.shape != grid.shape:
            raise NotApplicable("the mirrored copy has another shape")
        result = np.where(result == back, copy, result)
    return result


def _over(missing: int, restore: Restorer, grid: Cells) -> Cells:
    return restore(grid, missing)


_RESTORERS: tuple[tuple[str, Restorer], ...] = (
    ("symmetry", restore_symmetry),
    ("pattern", restore_pattern),
    ("diagonal pattern", restore_diagonal_pattern),
)

RESTORATIONS: list[Operation] = [
    *(
        Operation(f"restore {name} over {c}", "complete", partial(_over, c, restore), (c,), cost=1.2)
        for name, restore in _RESTORERS
        for c in range(10)
    ),
    *(
        Operation(
            f"the {name} restored under {c}",
            "complete",
            partial(restored_part, missing=c, restore=restore),
            (c,),
            cost=1.4,
        )
        for name, restore in _RESTORERS[:2]
        for c in range(10)
    ),
    *(
        Operation(f"remove specks up to {n}", "complete", partial(without_specks, largest=n), palette=(n,))
        for n in (1, 2, 3)  # the palette is an old accident; trying them everywhere needs a measurement
    ),
    Operation("smooth", "complete", smooth),
    *(
        Operation(f"complete {name}", "complete", partial(overlay_mirrors, views=views))
        for name, views in (
            ("left-right mirror", (lambda g: g[:, ::-1],)),
            ("up-down mirror", (lambda g: g[::-1],)),
            ("both mirrors", (lambda g: g[:, ::-1], lambda g: g[::-1])),
            ("half-turn", (lambda g: g[::-1, ::-1],)),
            ("quarter-turns", (np.rot90, lambda g: np.rot90(g, 2))),
            ("diagonal mirror", (lambda g: g.T,)),
        )
    ),
]

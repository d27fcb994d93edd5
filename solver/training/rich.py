"""Richer inputs for the curriculum: many things in large grids, where plain noise has one or two.

Each drawer answers one kind of need (`registry.Needs`). They were written for the words that the executor
got wrong above 10×10 while their inputs were few cells of one colour in a row, small islands, single
outlines and squares of one size.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np

from solver.words.operations import Cells
from solver.words.operations.registry import Needs

_Shape = tuple[int, int]


def rich_grid(rng: np.random.Generator, shape: _Shape, palette: Sequence[int], needs: Needs) -> Cells | None:
    """Draw a grid of this shape; None where this need has no richer kind or the shape is too small."""
    drawer = _DRAWERS.get(needs)
    if drawer is None or min(shape) < 4:
        return None
    colours = np.array([colour for colour in palette if colour], np.uint8)
    return drawer(rng, shape, colours)


def _aligned(rng: np.random.Generator, shape: _Shape, colours: Cells) -> Cells:
    """Rows, or columns, with two to four cells of one colour each, and a few single cells."""
    grid = np.zeros(shape, np.uint8)
    lines = grid if rng.random() < 0.5 else grid.T
    few = rng.choice(colours, size=int(rng.integers(1, 4)))
    for line in rng.choice(len(lines), size=int(rng.integers(1, len(lines) // 2 + 2)), replace=False):
        places = rng.choice(lines.shape[1], size=min(lines.shape[1], int(rng.integers(2, 5))), replace=False)
        lines[line, places] = rng.choice(few)
    singles = rng.choice(grid.size, size=int(rng.integers(0, max(2, grid.size // 25))), replace=False)
    grid.flat[singles] = rng.choice(colours, size=len(singles))
    return grid


def _scattered(rng: np.random.Generator, shape: _Shape, colours: Cells) -> Cells:
    """Shapes and specks anywhere in a wide margin of 0: only the outermost of them set its edges."""
    height, width = (int(rng.integers(2, side + 1)) for side in shape)
    inside = np.zeros((height, width), np.uint8)
    for _ in range(int(rng.integers(1, 5))):
        _add_shape(rng, inside, rng.choice(colours))
    specks = rng.random(inside.shape) < rng.choice([0.0, 0.05, 0.2])
    inside[specks] = rng.choice(colours, size=int(specks.sum()))
    grid = np.zeros(shape, np.uint8)
    top, left = int(rng.integers(shape[0] - height + 1)), int(rng.integers(shape[1] - width + 1))
    grid[top : top + height, left : left + width] = inside
    return grid


def _add_shape(rng: np.random.Generator, grid: Cells, colour: int) -> None:
    """Grow a connected shape of up to a dozen cells by a random walk."""
    row, column = (int(rng.integers(side)) for side in grid.shape)
    for _ in range(int(rng.integers(1, 13))):
        grid[row, column] = colour
        down, right = ((0, 1), (1, 0), (0, -1), (-1, 0))[int(rng.integers(4))]
        row = int(np.clip(row + down, 0, grid.shape[0] - 1))
        column = int(np.clip(column + right, 0, grid.shape[1] - 1))


def _rings(rng: np.random.Generator, shape: _Shape, colours: Cells) -> Cells:
    """Closed and broken outlines of joined rectangles, many of them, some one inside the other."""
    grid = np.zeros(shape, np.uint8)
    for _ in range(int(rng.integers(2, 3 + shape[0] * shape[1] // 60))):
        area = np.zeros(shape, bool)
        for _ in range(int(rng.integers(1, 3))):
            height, width = (int(rng.integers(3, max(4, side // 2 + 2))) for side in shape)
            height, width = min(height, shape[0]), min(width, shape[1])
            top, left = int(rng.integers(shape[0] - height + 1)), int(rng.integers(shape[1] - width + 1))
            area[top : top + height, left : left + width] = True
        ring = area & ~_eroded(area)
        if rng.random() < 0.3:
            ring.flat[rng.choice(np.flatnonzero(ring))] = False
        grid[ring] = rng.choice(colours)
    return grid


def _eroded(area: np.ndarray) -> np.ndarray:
    """Cells of an area all of whose eight neighbours belong to it; beyond the grid nothing does."""
    padded = np.pad(area, 1)
    inner = np.ones_like(area)
    for down in range(3):
        for right in range(3):
            inner &= padded[down : down + area.shape[0], right : right + area.shape[1]]
    return inner


def _repeated(rng: np.random.Generator, shape: _Shape, colours: Cells) -> Cells:
    """A small grid whose rows and columns are each repeated as often as it happens, up to this shape."""
    small = tuple(int(rng.integers(1, min(6, side) + 1)) for side in shape)
    kinds = np.array([0, *colours], np.uint8)[: int(rng.integers(2, len(colours) + 2))]
    grid = rng.choice(kinds, size=small)
    for axis, side in enumerate(shape):
        cuts = np.sort(rng.choice(np.arange(1, side), size=small[axis] - 1, replace=False))
        grid = np.repeat(grid, np.diff([0, *cuts, side]), axis)
    return grid


_DRAWERS: dict[Needs, Callable[[np.random.Generator, _Shape, Cells], Cells]] = {
    "sparse": _aligned,
    "island": _scattered,
    "outlines": _rings,
    "blocks": _repeated,
}

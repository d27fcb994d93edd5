"""Scale: enlarging by the grid's own numbers, shrinking, and taking out what repeats."""

from __future__ import annotations

from functools import partial

import numpy as np

from puzzles.grid import Cells
from solver.words.operations.limits import side_limit
from solver.words.operations.pieces import background, boxes, components
from solver.words.operations.registry import NotApplicable, Operation, table
from solver.words.operations.roles import ranked


def enlarge(grid: Cells, rows: int, columns: int) -> Cells:
    """Make every cell a block of rows x columns."""
    if not _fits(grid, rows, columns) or rows * columns < 2:
        raise NotApplicable("it would not fit")
    return grid.repeat(rows, 0).repeat(columns, 1)


def _fits(grid: Cells, rows: int, columns: int) -> bool:
    """Whether a grid so many times as large is one."""
    return max(grid.shape[0] * rows, grid.shape[1] * columns) <= side_limit(grid.shape)


def repeat(grid: Cells, rows: int, columns: int) -> Cells:
    """Lay copies of the grid side by side."""
    if not _fits(grid, rows, columns) or rows * columns < 2:
        raise NotApplicable("it would not fit")
    return np.tile(grid, (rows, columns))


def _colours(grid: Cells) -> int:
    return len(ranked(grid))


def _content(grid: Cells) -> int:
    return int((grid != background(grid)).sum())


def shrink(grid: Cells) -> Cells:
    """Undo the largest enlargement: the greatest block size at which every block has one colour."""
    height, width = grid.shape
    for size in range(min(height, width), 1, -1):
        if height % size == 0 and width % size == 0:
            small = grid[::size, ::size]
            if np.array_equal(small.repeat(size, 0).repeat(size, 1), grid):
                return small
    raise NotApplicable("no block size fits")


def without_repeats(grid: Cells) -> Cells:
    """Keep of equal rows that follow each other only the first; likewise columns."""
    rows = np.concatenate([[True], (grid[1:] != grid[:-1]).any(1)])
    columns = np.concatenate([[True], (grid[:, 1:] != grid[:, :-1]).any(0)])
    if rows.all() and columns.all():
        raise NotApplicable("nothing repeats")
    return grid[rows][:, columns]


def distinct_lines(grid: Cells, axis: int) -> Cells:
    """Keep the first of all equal rows (axis 0) or columns (axis 1)."""
    lines = grid if axis == 0 else grid.T
    first = sorted({line.tobytes(): i for i, line in reversed(list(enumerate(lines)))}.values())
    if len(first) == len(lines):
        raise NotApplicable("all lines differ")
    return grid[first] if axis == 0 else grid[:, first]


def without_empty_lines(grid: Cells) -> Cells:
    """Leave out rows and columns that are all background."""
    content = grid != background(grid)
    if not content.any() or (content.any(1).all() and content.any(0).all()):
        raise NotApplicable("no empty line, or nothing else")
    return grid[content.any(1)][:, content.any(0)]


def tile_of_pattern(grid: Cells) -> Cells:
    """The smallest tile that, repeated, gives the grid."""
    height, width = grid.shape
    rows = next((p for p in range(1, height) if np.array_equal(grid[p:], grid[:-p])), height)
    columns = next((p for p in range(1, width) if np.array_equal(grid[:, p:], grid[:, :-p])), width)
    if (rows, columns) == (height, width):
        raise NotApplicable("nothing repeats")
    return grid[:rows, :columns]


def crop_to_box(grid: Cells) -> Cells:
    """Cut down to the box around everything that is not background."""
    rows, columns = np.nonzero(grid != background(grid))
    if rows.size == 0:
        raise NotApplicable("the grid has no content")
    return grid[rows.min() : rows.max() + 1, columns.min() : columns.max() + 1]


def inside_frame(grid: Cells) -> Cells:
    """What lies inside the largest rectangular frame of one colour."""
    best: tuple[int, Cells] | None = None
    labels = components(grid, False, False, None)
    for label, (top, bottom, left, right) in enumerate(boxes(labels), 1):
        if bottom - top < 3 or right - left < 3:
            continue
        ring = labels[top:bottom, left:right] == label
        whole = ring[0].all() and ring[-1].all() and ring[:, 0].all() and ring[:, -1].all()
        inner = grid[top + 1 : bottom - 1, left + 1 : right - 1]
        if whole and not ring[1:-1, 1:-1].all() and (best is None or inner.size > best[0]):
            best = inner.size, inner
    if best is None:
        raise NotApplicable("no frame")
    return best[1]


def to_square(grid: Cells) -> Cells:
    """Pad with background to the right or below until the sides are equal."""
    side = max(grid.shape)
    if grid.shape[0] == grid.shape[1]:
        raise NotApplicable("it is a square already")
    square = np.full((side, side), background(grid), np.uint8)
    square[: grid.shape[0], : grid.shape[1]] = grid
    return square


def alternate(grid: Cells, down: int, right: int) -> Cells:
    """Tile with copies of which every other row of tiles is mirrored."""
    if not _fits(grid, down, right):
        raise NotApplicable("it would not fit")
    row, flipped = np.tile(grid, (1, right)), np.tile(grid[:, ::-1], (1, right))
    return np.vstack([flipped if i % 2 else row for i in range(down)])


SCALES: list[Operation] = [
    *(Operation(f"scale up {k}", "scale", partial(enlarge, rows=k, columns=k)) for k in (4, 5, 6)),
    *table(
        "scale",
        [
            ("scale up by the number of colours", lambda g: enlarge(g, _colours(g), _colours(g))),
            ("scale up by the number of cells", lambda g: enlarge(g, _content(g), _content(g))),
            ("scale up by its size", lambda g: enlarge(g, *g.shape)),
            ("repeat by its size", lambda g: repeat(g, *g.shape)),
            ("repeat by the number of colours", lambda g: repeat(g, _colours(g), _colours(g))),
            ("repeat 3 right", lambda g: repeat(g, 1, 3)),
            ("repeat 3 down", lambda g: repeat(g, 3, 1)),
            ("repeat 4 right", lambda g: repeat(g, 1, 4)),
            ("repeat 4 by 4", lambda g: repeat(g, 4, 4)),
            ("repeat 3 by 3, mirroring every other row", lambda g: alternate(g, 3, 3)),
            ("shrink blocks to cells", shrink),
            ("leave out repeated lines", without_repeats),
            ("distinct rows", lambda g: distinct_lines(g, 0)),
            ("distinct columns", lambda g: distinct_lines(g, 1)),
            ("leave out empty lines", without_empty_lines),
            ("tile of the pattern", tile_of_pattern),
            ("crop to the content's box", crop_to_box),
            ("inside of the frame", inside_frame),
            ("pad to a square", to_square),
            ("bottom-right quarter", lambda g: _corner(g, 1, 1)),
            ("top-right quarter", lambda g: _corner(g, 0, 1)),
            ("bottom-left quarter", lambda g: _corner(g, 1, 0)),
            ("first row", lambda g: g[:1]),
            ("first column", lambda g: g[:, :1]),
            ("last row", lambda g: g[-1:]),
            ("pad by 1 with itself", lambda g: np.pad(g, 1, mode="edge")),
            ("blank of double length", lambda g: _blank(g, 2, 1)),
            ("blank of double width", lambda g: _blank(g, 1, 2)),
        ],
    ),
]


def _corner(grid: Cells, down: int, right: int) -> Cells:
    height, width = grid.shape[0] // 2, grid.shape[1] // 2
    if height == 0 or width == 0:
        raise NotApplicable("too small for quarters")
    rows = grid[-height:] if down else grid[:height]
    return rows[:, -width:] if right else rows[:, :width]


def _blank(grid: Cells, rows: int, columns: int) -> Cells:
    if not _fits(grid, rows, columns):
        raise NotApplicable("it would not fit")
    return np.full((grid.shape[0] * rows, grid.shape[1] * columns), background(grid), np.uint8)

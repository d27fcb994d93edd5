"""Split: ways to cut a grid into pieces."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from itertools import pairwise

import numpy as np

from puzzles.grid import Cells
from solver.words.operations.pieces import Piece, Pieces, background, boxes, components
from solver.words.operations.registry import NotApplicable, Split

_MOST = 60
"""More pieces than this are noise, not things."""


def objects(grid: Cells, diagonal: bool, mixed: bool, whole: bool = False) -> Pieces:
    """Connected components that are not background; whole: show all that lies in their bounding boxes."""
    back = background(grid)
    labels = components(grid, diagonal, mixed, back)
    found = boxes(labels)
    if not 0 < len(found) <= _MOST:
        raise NotApplicable("no objects, or too many")
    items = []
    for label, (top, bottom, left, right) in enumerate(found, 1):
        cells = grid[top:bottom, left:right]
        if not whole:
            cells = np.where(labels[top:bottom, left:right] == label, cells, np.uint8(back))
        items.append(Piece(cells, top, left))
    return Pieces(tuple(items), grid.shape, back)


def regions(grid: Cells) -> Pieces:
    """4-connected regions of the background, drawn in its colour on a colour that is absent."""
    back = background(grid)
    labels = components(np.where(grid == back, grid, np.uint8(10)), False, False, 10)
    found = boxes(labels)
    if not 1 < len(found) <= _MOST:
        raise NotApplicable("the background is in one part, or in too many")
    items = tuple(Piece(grid[top:bottom, left:right], top, left) for top, bottom, left, right in found)
    return Pieces(items, grid.shape, back)


def colours(grid: Cells, cropped: bool) -> Pieces:
    """One piece per colour that is not background, most common first."""
    back = background(grid)
    number = np.bincount(grid.ravel(), minlength=10)
    present = [c for c in np.argsort(-number, kind="stable").tolist() if number[c] and c != back]
    if len(present) < 2:
        raise NotApplicable("fewer than two colours")
    items = []
    for colour in present:
        mask = grid == colour
        rows, columns = np.flatnonzero(mask.any(1)), np.flatnonzero(mask.any(0))
        top, left = (int(rows[0]), int(columns[0])) if cropped else (0, 0)
        layer = np.where(mask, grid, np.uint8(back))
        if cropped:
            layer = layer[top : rows[-1] + 1, left : columns[-1] + 1]
        items.append(Piece(layer, top, left))
    return Pieces(tuple(items), grid.shape, back)


def boxes_of_colours(grid: Cells) -> Pieces:
    """For every colour that is not background, all that lies in its bounding box."""
    layers = colours(grid, cropped=True)
    items = tuple(
        Piece(grid[p.top : p.top + p.cells.shape[0], p.left : p.left + p.cells.shape[1]], p.top, p.left)
        for p in layers.items
    )
    return Pieces(items, grid.shape, layers.background)


def equal_parts(grid: Cells, rows: int, columns: int) -> Pieces:
    """Cut into rows x columns equal rectangles; thin lines between them may be left out."""
    height, width = grid.shape
    spans = []
    for side, parts in ((height, rows), (width, columns)):
        gap = next((g for g in (0, 1) if (side - g * (parts - 1)) % parts == 0), None)
        size = 0 if gap is None else (side - gap * (parts - 1)) // parts
        if gap is None or size == 0:
            raise NotApplicable("the sides cannot be divided")
        spans.append([(i * (size + gap), i * (size + gap) + size) for i in range(parts)])
    return _grid_of(grid, spans[0], spans[1])


def square_parts(grid: Cells) -> Pieces:
    """Cut along the longer side into squares as large as the shorter side."""
    height, width = grid.shape
    for gap in (0, 1):
        if (max(height, width) + gap) % (min(height, width) + gap) == 0 and height != width:
            parts = (max(height, width) + gap) // (min(height, width) + gap)
            return equal_parts(grid, parts, 1) if height > width else equal_parts(grid, 1, parts)
    raise NotApplicable("the grid is not a row of squares")


def blocks(grid: Cells, size: int) -> Pieces:
    """Cut into squares of `size` cells a side."""
    height, width = grid.shape
    if height % size or width % size or grid.size == size * size:
        raise NotApplicable("the sides are no multiples of the block")
    return equal_parts(grid, height // size, width // size)


def separator(grid: Cells) -> int:
    """Colour of the lines that run through the whole grid and part it; raises `NotApplicable`.

    Of several such colours it is one that makes parts of one size, and then the one with the fewest lines.
    """
    best: tuple[bool, int, int] | None = None
    for colour in np.unique(grid).tolist():
        full = grid == colour
        lines = int(full.all(1).sum() + full.all(0).sum())
        if lines == 0 or full.all():
            continue
        spans = [_runs(~full.all(axis)) for axis in (1, 0)]
        if len(spans[0]) * len(spans[1]) < 2:
            continue
        uneven = any(len({end - start for start, end in runs}) > 1 for runs in spans)
        best = min(best or (uneven, lines, colour), (uneven, lines, colour))
    if best is None:
        raise NotApplicable("no line parts the grid")
    return best[2]


def between_lines(grid: Cells) -> Pieces:
    """Cut along the lines of one colour that run through the whole grid."""
    return _cut(grid, separator(grid))


def _cut(grid: Cells, colour: int) -> Pieces:
    full = grid == colour
    spans = [_runs(~full.all(axis)) for axis in (1, 0)]
    pieces = _grid_of(grid, spans[0], spans[1])
    if not 1 < len(pieces.items) <= 120:
        raise NotApplicable("the lines part nothing")
    return pieces


def rows_or_columns(grid: Cells, axis: int) -> Pieces:
    """Every row (axis 0) or column (axis 1) as a piece."""
    if grid.shape[axis] < 2:
        raise NotApplicable("only one line")
    spans = [(i, i + 1) for i in range(grid.shape[axis])]
    whole = [(0, grid.shape[1 - axis])]
    return _grid_of(grid, *((spans, whole) if axis == 0 else (whole, spans)))


def _runs(open_: np.ndarray) -> list[tuple[int, int]]:
    edges = np.flatnonzero(np.diff(np.concatenate([[0], open_.astype(np.int8), [0]])))
    return [(int(a), int(b)) for a, b in pairwise(edges.tolist())][::2]


def _grid_of(grid: Cells, rows: Sequence[tuple[int, int]], columns: Sequence[tuple[int, int]]) -> Pieces:
    items = tuple(Piece(grid[a:b, c:d], a, c) for a, b in rows for c, d in columns)
    return Pieces(items, grid.shape, background(grid), (len(rows), len(columns)))


def _rows(entries: list[tuple[str, Callable[[Cells], Pieces], float]]) -> list[Split]:
    return [Split(name, function, cost) for name, function, cost in entries]


SPLITS: list[Split] = _rows(
    [
        ("objects", partial(objects, diagonal=True, mixed=False), 1.0),
        ("objects joined by sides", partial(objects, diagonal=False, mixed=False), 1.0),
        ("objects of any colours", partial(objects, diagonal=True, mixed=True), 1.0),
        ("objects of any colours joined by sides", partial(objects, diagonal=False, mixed=True), 1.2),
        ("boxes around objects", partial(objects, diagonal=True, mixed=False, whole=True), 1.2),
        (
            "boxes around objects joined by sides",
            partial(objects, diagonal=False, mixed=False, whole=True),
            1.3,
        ),
        ("regions of the background", regions, 1.5),
        ("colours", partial(colours, cropped=False), 1.0),
        ("colours, cropped", partial(colours, cropped=True), 1.0),
        ("boxes around colours", boxes_of_colours, 1.2),
        ("parts between lines", between_lines, 0.8),
        ("halves left and right", partial(equal_parts, rows=1, columns=2), 1.0),
        ("halves top and bottom", partial(equal_parts, rows=2, columns=1), 1.0),
        ("quarters", partial(equal_parts, rows=2, columns=2), 1.0),
        ("thirds left to right", partial(equal_parts, rows=1, columns=3), 1.1),
        ("thirds top to bottom", partial(equal_parts, rows=3, columns=1), 1.1),
        ("ninths", partial(equal_parts, rows=3, columns=3), 1.1),
        ("squares in a row", square_parts, 1.0),
        ("blocks of 2", partial(blocks, size=2), 1.4),
        ("blocks of 3", partial(blocks, size=3), 1.4),
        ("rows", partial(rows_or_columns, axis=0), 1.3),
        ("columns", partial(rows_or_columns, axis=1), 1.3),
    ]
)

"""How large cells are drawn, so that the grids of a puzzle use the room there is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

SMALLEST, LARGEST = 2, 44
"""Cells below `LINES_FROM_CELL` of `app.widgets.paint` have no lines: grids of 100 a side are seen whole."""
READABLE = 11
"""Cells are no smaller than this where the width allows it: scrolling is better than guessing."""
COMFORTABLE = 15
"""Cells shrink to this size if the whole puzzle then fits; below it, scrolling is better."""
TALLEST = 0.6
"""Share of the height that a row may take, as long as its cells stay readable."""
MOST_GROWTH = 2
"""How many times larger the cells of a small row may be than those of the largest."""


@dataclass(frozen=True)
class RowShape:
    """What one row has to hold, in cells."""

    rows: int
    """Of its highest grid."""
    columns: tuple[float, ...]
    """Of the widest grid in each column of the board; half a cell counts half."""


def fit_cells(shapes: Sequence[RowShape], width: int, height: int) -> list[int]:
    """Return the side of a cell in each row, in whole pixels, for `width` × `height` pixels of grids.

    All rows begin with the size at which the largest fits. Where height is left, small rows grow into
    it, the smallest first; no row grows wider or higher than the largest is.
    """
    widest = [max(column) for column in zip(*(shape.columns for shape in shapes), strict=True)]
    tallest = max(shape.rows for shape in shapes)
    by_width = int(width / max(1.0, sum(widest)))
    by_row = max(READABLE, int(height * TALLEST) // tallest)
    by_all = height // sum(shape.rows for shape in shapes)
    base = max(SMALLEST, min(LARGEST, by_width, max(by_all, min(COMFORTABLE, by_row))))
    cells = [base] * len(shapes)
    limits = [_limit(shape, widest, tallest, base) for shape in shapes]
    free = height - base * sum(shape.rows for shape in shapes)
    while True:
        growing = [i for i, shape in enumerate(shapes) if cells[i] < limits[i] and shape.rows <= free]
        if not growing:
            return cells
        smallest = min(growing, key=lambda i: cells[i] * shapes[i].rows)
        cells[smallest] += 1
        free -= shapes[smallest].rows


def _limit(shape: RowShape, widest: Sequence[float], tallest: int, base: int) -> int:
    """Return how large the cells of a row may become before it is larger than the largest."""
    across = (
        int(base * most / columns) for most, columns in zip(widest, shape.columns, strict=True) if columns
    )
    return max(base, min(LARGEST, MOST_GROWTH * base, base * tallest // shape.rows, *across))

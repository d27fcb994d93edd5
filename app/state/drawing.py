"""Drawing on grids: pure functions from a grid to another one. Cells are (row, column)."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

import numpy as np

from puzzles.grid import LARGEST_SIDE, Grid, as_grid

Cell = tuple[int, int]


class Region(NamedTuple):
    """A rectangle of cells, both corners included."""

    top: int
    left: int
    bottom: int
    right: int

    @classmethod
    def spanning(cls, a: Cell, b: Cell) -> Region:
        """Return the rectangle with corners `a` and `b`."""
        return cls(min(a[0], b[0]), min(a[1], b[1]), max(a[0], b[0]), max(a[1], b[1]))

    @property
    def rows(self) -> int:
        """How many rows it covers."""
        return self.bottom - self.top + 1

    @property
    def columns(self) -> int:
        """How many columns it covers."""
        return self.right - self.left + 1

    def __contains__(self, cell: object) -> bool:
        return (
            isinstance(cell, tuple)
            and self.top <= cell[0] <= self.bottom
            and self.left <= cell[1] <= self.right
        )

    def moved(self, by: Cell) -> Region:
        """Return it shifted by (rows, columns)."""
        return Region(self.top + by[0], self.left + by[1], self.bottom + by[0], self.right + by[1])

    def clipped(self, grid: Grid) -> Region | None:
        """Return the part of it that lies on `grid`, None when there is none."""
        inside = Region(
            max(0, self.top),
            max(0, self.left),
            min(grid.shape[0] - 1, self.bottom),
            min(grid.shape[1] - 1, self.right),
        )
        return inside if inside.rows > 0 and inside.columns > 0 else None


def whole(grid: Grid) -> Region:
    """Return the region that covers all of `grid`."""
    return Region(0, 0, grid.shape[0] - 1, grid.shape[1] - 1)


def paint(grid: Grid, cells: Iterable[Cell], colour: int) -> Grid:
    """Give `cells` the colour; cells outside the grid are left out."""
    result = np.array(grid)
    for row, column in cells:
        if 0 <= row < grid.shape[0] and 0 <= column < grid.shape[1]:
            result[row, column] = colour
    return as_grid(result)


def line(start: Cell, end: Cell) -> list[Cell]:
    """Return the cells of a straight line, one for each row or column, whichever are more."""
    count = max(abs(end[0] - start[0]), abs(end[1] - start[1])) + 1
    rows = np.linspace(start[0], end[0], count)
    columns = np.linspace(start[1], end[1], count)
    return [(round(r), round(c)) for r, c in zip(rows.tolist(), columns.tolist(), strict=True)]


def rectangle(start: Cell, end: Cell, filled: bool = False) -> list[Cell]:
    """Return the border of the rectangle between two corners, or all of its cells."""
    area = Region.spanning(start, end)
    return [
        (row, column)
        for row in range(area.top, area.bottom + 1)
        for column in range(area.left, area.right + 1)
        if filled or row in (area.top, area.bottom) or column in (area.left, area.right)
    ]


def flood(grid: Grid, start: Cell) -> list[Cell]:
    """Return the cells of one colour that are joined to `start` by their sides."""
    colour = grid[start]
    seen, waiting = {start}, [start]
    while waiting:
        row, column = waiting.pop()
        for cell in ((row + 1, column), (row - 1, column), (row, column + 1), (row, column - 1)):
            inside = 0 <= cell[0] < grid.shape[0] and 0 <= cell[1] < grid.shape[1]
            if inside and cell not in seen and grid[cell] == colour:
                seen.add(cell)
                waiting.append(cell)
    return sorted(seen)


def resized(grid: Grid, rows: int, columns: int) -> Grid:
    """Cut `grid` or add black at its right and bottom; sizes are held within 1 and 100."""
    rows, columns = max(1, min(LARGEST_SIDE, rows)), max(1, min(LARGEST_SIDE, columns))
    result = np.zeros((rows, columns), dtype=np.uint8)
    kept = grid[:rows, :columns]
    result[: kept.shape[0], : kept.shape[1]] = kept
    return as_grid(result)


def cut_out(grid: Grid, region: Region) -> Grid:
    """Return the cells of `region`, which lies on the grid."""
    return as_grid(grid[region.top : region.bottom + 1, region.left : region.right + 1])


def erased(grid: Grid, region: Region) -> Grid:
    """Make the cells of `region` black."""
    return paint(grid, rectangle(region[:2], region[2:], filled=True), 0)


def pasted(grid: Grid, piece: Grid, at: Cell) -> Grid:
    """Lay `piece` on the grid with its top left corner at `at`; what does not fit is cut."""
    result = np.array(grid)
    target = Region(at[0], at[1], at[0] + piece.shape[0] - 1, at[1] + piece.shape[1] - 1).clipped(grid)
    if target is not None:
        top, left = target.top - at[0], target.left - at[1]
        part = piece[top : top + target.rows, left : left + target.columns]
        result[target.top : target.bottom + 1, target.left : target.right + 1] = part
    return as_grid(result)


def turned(piece: Grid) -> Grid:
    """Rotate a quarter turn clockwise."""
    return as_grid(np.ascontiguousarray(np.rot90(piece, -1)))


def mirrored(piece: Grid, upside_down: bool = False) -> Grid:
    """Flip left to right, or top to bottom."""
    return as_grid(np.ascontiguousarray(np.flipud(piece) if upside_down else np.fliplr(piece)))

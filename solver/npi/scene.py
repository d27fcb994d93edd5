"""What a plan may point at in a grid: cells, areas and pieces, and what is near them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from typing import Any, TypeVar

import numpy as np

from puzzles.grid import COLOURS, Cells
from solver.npi.pad import STEPS
from solver.words.operations.pieces import components

Cell = tuple[int, int]
Key = TypeVar("Key", str, tuple[str, str])
Found = TypeVar("Found")


@dataclass(frozen=True, eq=False)
class Group:
    """Connected cells, in reading order."""

    cells: tuple[Cell, ...]
    colour: int
    """The most common one."""

    @cached_property
    def box(self) -> tuple[int, int, int, int]:
        """First and last row, first and last column."""
        rows, columns = [row for row, _ in self.cells], [column for _, column in self.cells]
        return min(rows), max(rows), min(columns), max(columns)

    @property
    def square(self) -> bool:
        """Whether it fills a square."""
        top, bottom, left, right = self.box
        side = bottom - top + 1
        return right - left + 1 == side and len(self.cells) == side * side


@dataclass(frozen=True)
class Start:
    """A place where a procedure begins, and the way that leads away from what it belongs to."""

    cell: Cell
    away: int | None = None
    """One of the eight directions; None where there is no such way."""


class Scene:
    """One grid, looked at; everything is found when it is first asked for."""

    def __init__(self, grid: Cells) -> None:
        self.grid = grid
        self.rows: list[list[int]] = grid.tolist()
        self.height, self.width = grid.shape
        self._remembered: dict[Any, Any] = {}

    def remembered(self, key: Key, find: Callable[[Scene, Key], Found]) -> Found:
        """What `find` says about this grid for `key`, asked for once; keys tell all its users apart."""
        known = self._remembered.get((find, key))
        if known is None:
            known = self._remembered[find, key] = find(self, key)
        found: Found = known
        return found

    def at(self, row: int, column: int) -> int | None:
        """The colour of a cell; None outside."""
        return self.rows[row][column] if 0 <= row < self.height and 0 <= column < self.width else None

    @cached_property
    def pieces(self) -> list[Group]:
        """Areas of one colour other than 0 whose cells touch at their sides; a pad moves these."""
        return self._groups(components(self.grid, diagonal=False, mixed=False, skip=0))

    @cached_property
    def objects(self) -> list[Group]:
        """Areas of any colours but 0 whose cells touch at sides or corners."""
        return self._groups(components(self.grid, diagonal=True, mixed=True, skip=0))

    @cached_property
    def object_of(self) -> dict[Cell, Group]:
        """The object that a coloured cell belongs to."""
        return {cell: group for group in self.objects for cell in group.cells}

    @cached_property
    def piece_of(self) -> dict[Cell, Group]:
        """The piece that a coloured cell belongs to."""
        return {cell: group for group in self.pieces for cell in group.cells}

    @cached_property
    def area_of(self) -> dict[Cell, Group]:
        """The area that an empty cell belongs to."""
        return {cell: group for group in self.areas for cell in group.cells}

    @cached_property
    def areas(self) -> list[Group]:
        """Empty areas whose cells touch at their sides."""
        return self._groups(
            components((self.grid != 0).astype(np.uint8), diagonal=False, mixed=False, skip=1)
        )

    @cached_property
    def enclosed(self) -> list[Group]:
        """Empty areas that do not reach the edge of the grid."""
        return [area for area in self.areas if not self._at_edge(area)]

    @cached_property
    def counts(self) -> list[tuple[int, int]]:
        """How many cells there are of each colour but 0, with the colour, in ascending order."""
        number = np.bincount(self.grid.ravel(), minlength=COLOURS)
        return sorted((int(number[colour]), colour) for colour in range(1, COLOURS) if number[colour])

    @cached_property
    def coloured(self) -> list[Cell]:
        """All cells that are not empty, in reading order."""
        return [(int(row), int(column)) for row, column in np.argwhere(self.grid != 0)]

    def around(self, cell: Cell) -> int:
        """The most common colour beside the piece or area of a cell; 0 where there is none."""
        group = self.piece_of[cell] if self.rows[cell[0]][cell[1]] else self.area_of[cell]
        if group not in self._around:
            self._around[group] = self._beside(group)
        return self._around[group]

    @cached_property
    def _around(self) -> dict[Group, int]:
        return {}

    def _beside(self, group: Group) -> int:
        found = Counter[int]()
        own = self.rows[group.cells[0][0]][group.cells[0][1]]
        for row, column in group.cells:
            for down, right in STEPS[::2]:
                value = self.at(row + down, column + right)
                if value and value != own:
                    found[value] += 1
        return _most(found)

    def other(self, cell: Cell) -> int:
        """The most common other colour of the object a cell belongs to; 0 where there is none."""
        group = self.object_of.get(cell)
        if group is None:
            return 0
        own = self.rows[cell[0]][cell[1]]
        colours = (self.rows[row][column] for row, column in group.cells)
        return _most(Counter(colour for colour in colours if colour != own))

    def away(self, cell: Cell) -> int | None:
        """The direction from the middle of a cell's object to the cell."""
        group = self.object_of.get(cell)
        if group is None:
            return None
        top, bottom, left, right = group.box
        return direction_of(2 * cell[0] - top - bottom, 2 * cell[1] - left - right)

    def end(self, cell: Cell) -> int | None:
        """Where a cell is the end of a line of its colour, the direction in which that would go on."""
        row, column = cell
        own = self.rows[row][column]
        same = [i for i, (down, right) in enumerate(STEPS) if self.at(row + down, column + right) == own]
        if len(same) != 1:
            return None
        return (same[0] + 4) % len(STEPS)

    @cached_property
    def _sights(self) -> dict[Cell, tuple[int, ...]]:
        return {}

    def sights(self, cell: Cell) -> tuple[int, ...]:
        """The first colour seen over empty cells in each of the eight directions; 0 up to the edge."""
        known = self._sights.get(cell)
        if known is None:
            known = self._sights[cell] = tuple(self._seen(cell, down, right) for down, right in STEPS)
        return known

    def _seen(self, cell: Cell, down: int, right: int) -> int:
        rows, height, width = self.rows, self.height, self.width
        row, column = cell[0] + down, cell[1] + right
        while 0 <= row < height and 0 <= column < width:
            if rows[row][column]:
                return rows[row][column]
            row, column = row + down, column + right
        return 0

    def facing(self, cell: Cell, colour: int) -> tuple[int, ...]:
        """The directions in which the first thing seen over empty cells has this colour."""
        return tuple(way for way, seen in enumerate(self.sights(cell)) if seen == colour)

    def facing_piece(self, cell: Cell, colour: int) -> tuple[int, ...]:
        """The same for the piece around a cell, seen straight from any of its cells."""
        piece = self.piece_of.get(cell)
        cells = (cell,) if piece is None else piece.cells
        return tuple(way for way in (0, 2, 4, 6) if any(self.sights(c)[way] == colour for c in cells))

    def nearest_edge(self, cell: Cell) -> int | None:
        """The direction of the nearest edge; None where two are as near."""
        row, column = cell
        far = sorted(((row, 0), (self.width - 1 - column, 2), (self.height - 1 - row, 4), (column, 6)))
        return far[0][1] if far[0][0] < far[1][0] else None

    def _at_edge(self, group: Group) -> bool:
        top, bottom, left, right = group.box
        return top == 0 or left == 0 or bottom == self.height - 1 or right == self.width - 1

    def _groups(self, labels: np.ndarray) -> list[Group]:
        cells: dict[int, list[Cell]] = {}
        for row, line in enumerate(labels.tolist()):
            for column, label in enumerate(line):
                if label:
                    cells.setdefault(label, []).append((row, column))
        groups = []
        for label in sorted(cells):
            colours = Counter(self.rows[row][column] for row, column in cells[label])
            groups.append(Group(tuple(cells[label]), _most(colours)))
        return groups


def _most(colours: Counter[int]) -> int:
    """The most common colour, of equals the lowest."""
    return min(colours, key=lambda colour: (-colours[colour], colour)) if colours else 0


def direction_of(down: int, right: int) -> int | None:
    """The direction with these signs; None for no way at all."""
    sign = ((down > 0) - (down < 0), (right > 0) - (right < 0))
    return STEPS.index(sign) if sign in STEPS else None

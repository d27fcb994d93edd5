"""Extend: a larger canvas whose sides follow from the grid, with the grid in a corner or in the middle.

The word is its own text, "extend to 2 × height by width at the top left", and is read back by `Extend.parse`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import ClassVar, Self

import numpy as np

from puzzles.grid import Cells
from solver.words.operations.limits import side_limit
from solver.words.operations.pieces import Pieces, background
from solver.words.operations.registry import NotApplicable
from solver.words.rule import NUMBERS, Operands, Part, Rule, Slot, Value

PLACES = ("the top left", "the top right", "the bottom left", "the bottom right", "the middle")
MEASURES = ("height", "width", "longer side", "number of colours", "number of content cells")
_SIDE = r"(\d+)|(?:(\d+(?:/2)?) × )?(" + "|".join(MEASURES) + ")"
_EXTEND = re.compile(rf"extend to (?P<rows>{_SIDE}) by (?P<columns>{_SIDE}) at (?P<at>{'|'.join(PLACES)})")
_PART = re.compile(_SIDE)


@dataclass(frozen=True)
class Side:
    """A length: `halves` / 2 times a measure of the grid, or without a measure that many halves of cells."""

    halves: int
    measure: str = ""

    def __str__(self) -> str:
        number = str(self.halves // 2) if self.halves % 2 == 0 else f"{self.halves}/2"
        if not self.measure:
            return number
        return self.measure if self.halves == 2 else f"{number} × {self.measure}"

    def length(self, grid: Cells) -> int:
        """Cells for a grid; raises `NotApplicable` where it is no whole number."""
        double = self.halves * (measured(grid, self.measure) if self.measure else 1)
        if double % 2:
            raise NotApplicable("half a cell is no length")
        return double // 2


@dataclass(frozen=True)
class Extend(Rule):
    """The sides of the canvas, and where on it the grid lies."""

    description: ClassVar[str] = "Put the grid on a larger empty canvas."
    rows: Side
    columns: Side
    at: str

    @classmethod
    def parse(cls, text: str) -> Self | None:
        """Read a rule back from its text; None when it is not one."""
        match = _EXTEND.fullmatch(text)
        return None if match is None else cls(_side(match["rows"]), _side(match["columns"]), match["at"])

    @property
    def parts(self) -> tuple[Part, ...]:
        """ "extend to ", both sides, the place."""
        sides = (*_side_parts(self.rows), " by ", *_side_parts(self.columns))
        return ("extend to ", *sides, " at ", Slot(self.at, PLACES))

    @property
    def function(self) -> Callable[[Operands], Value]:
        """`extend` with this rule's sides and place."""
        return partial(extend, self.rows, self.columns, self.at)


def _side_parts(side: Side) -> tuple[Part, ...]:
    if not side.measure:
        return (Slot(str(side), NUMBERS[2:]),)
    measure = Slot(side.measure, MEASURES)
    if side.halves == 2:
        return (measure,)
    return (Slot(str(Side(side.halves)), NUMBERS[3:7]), " × ", measure)


def measured(grid: Cells, measure: str) -> int:
    """One of `MEASURES` of a grid."""
    if measure == "height":
        return int(grid.shape[0])
    if measure == "width":
        return int(grid.shape[1])
    if measure == "longer side":
        return int(max(grid.shape))
    content = grid[grid != background(grid)]
    return len(np.unique(content)) if measure == "number of colours" else content.size


def _side(text: str) -> Side:
    match = _PART.fullmatch(text)
    assert match is not None
    number, factor, measure = match.groups()
    if number:
        return Side(2 * int(number))
    half = (factor or "1").endswith("/2")
    return Side(int(factor.removesuffix("/2")) if half else 2 * int(factor or 1), measure)


def corner(at: str, shape: tuple[int, int], inner: tuple[int, int]) -> tuple[int, int]:
    """Row and column of the grid's first cell on a canvas; raises `NotApplicable` where it has no room."""
    down, right = shape[0] - inner[0], shape[1] - inner[1]
    if min(down, right) < 0 or (at == "the middle" and (down % 2 or right % 2)):
        raise NotApplicable("the grid does not fit there")
    if at == "the middle":
        return down // 2, right // 2
    return down * ("bottom" in at), right * ("right" in at)


def extend(rows: Side, columns: Side, at: str, operands: Sequence[Cells | Pieces]) -> Cells:
    """Put the grid on a larger empty canvas."""
    (grid,) = operands
    if isinstance(grid, Pieces):
        raise NotApplicable("it needs a grid, not pieces")
    shape = rows.length(grid), columns.length(grid)
    if not 0 < min(shape) <= max(shape) <= side_limit(grid.shape):
        raise NotApplicable("the result is no grid of allowed size")
    top, left = corner(at, shape, (grid.shape[0], grid.shape[1]))
    canvas = np.full(shape, background(grid) if (grid == 0).any() else 0, np.uint8)
    canvas[top : top + grid.shape[0], left : left + grid.shape[1]] = grid
    return canvas

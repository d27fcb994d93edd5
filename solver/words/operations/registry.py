"""Exact operations: small pure functions from grid to grid, each with a name people use.

An operation returns a new array. Where it has no sensible answer (a half of a one-row grid, content of an
empty grid) it raises `NotApplicable`; callers treat that as "this operation says nothing here".
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Literal

import numpy as np

from puzzles.grid import Cells
from solver.words.operations.pieces import Pieces

Function = Callable[[Cells], Cells]
Needs = Literal["any", "island", "sparse", "sides", "ends", "outlines", "blocks"]


class NotApplicable(ValueError):
    """The operation has no answer for this grid."""


@dataclass(frozen=True)
class Operation:
    """One exact word: a name, the family it belongs to and the function itself."""

    name: str
    family: str
    function: Function
    colours: tuple[int, ...] = ()
    """Colours the operation mentions, so that inputs can be drawn in which it does something."""
    palette: tuple[int, ...] = ()
    """Further colours a puzzle must show for a search to try the operation, such as one it paints in."""
    needs: Needs = "any"
    """The kind of input on which the operation shows what it does."""
    cost: float = 1.0
    """Description length in a program, in units of a plain operation."""

    def __call__(self, grid: Cells) -> Cells:
        """Apply to one grid; raise `NotApplicable` when there is no answer."""
        return np.ascontiguousarray(self.function(grid))


def table(family: str, rows: Iterable[tuple[str, Function]], needs: Needs = "any") -> list[Operation]:
    """Build the operations of one family from (name, function) rows."""
    return [Operation(name, family, function, needs=needs) for name, function in rows]


@dataclass(frozen=True)
class Split:
    """An exact word that cuts a grid into pieces."""

    name: str
    function: Callable[[Cells], Pieces]
    cost: float = 1.0


@dataclass(frozen=True)
class Filter:
    """An exact word from pieces to pieces: keeps some, sorts them, or changes each."""

    name: str
    function: Callable[[Pieces], Pieces]
    cost: float = 1.0


@dataclass(frozen=True)
class Merge:
    """An exact word that makes one grid of pieces: chooses one, or puts them together."""

    name: str
    function: Callable[[Pieces], Cells]
    cost: float = 1.0

"""Exact operations: small pure functions from grid to grid, each with a name people use.

An operation returns a new array. Where it has no sensible answer (a half of a one-row grid, content of an
empty grid) it raises `NotApplicable`; callers treat that as "this operation says nothing here".
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

Cells = NDArray[np.uint8]
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
    needs: Needs = "any"
    """The kind of input on which the operation shows what it does."""

    def __call__(self, grid: Cells) -> Cells:
        """Apply to one grid; raise `NotApplicable` when there is no answer."""
        return np.ascontiguousarray(self.function(grid))


def table(family: str, rows: Iterable[tuple[str, Function]], needs: Needs = "any") -> list[Operation]:
    """Build the operations of one family from (name, function) rows."""
    return [Operation(name, family, function, needs=needs) for name, function in rows]

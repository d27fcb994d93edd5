"""Blank: "blank 3 by 4", an empty grid of this shape, whatever is given."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import ClassVar, Self

import numpy as np

from puzzles.grid import Cells
from solver.words.operations.pieces import Pieces
from solver.words.rule import NUMBERS, Operands, Part, Rule, Slot, Value

_BLANK = re.compile(r"blank ([1-9]|[12]\d|30) by ([1-9]|[12]\d|30)")


@dataclass(frozen=True)
class Blank(Rule):
    """The shape of the empty grid."""

    description: ClassVar[str] = "An empty grid of this shape, whatever is given."
    rows: int
    columns: int

    @classmethod
    def parse(cls, text: str) -> Self | None:
        """Read a rule back from its text; None when it is not one."""
        match = _BLANK.fullmatch(text)
        return None if match is None else cls(int(match[1]), int(match[2]))

    @property
    def parts(self) -> tuple[Part, ...]:
        """Rows and columns."""
        return ("blank ", Slot(str(self.rows), NUMBERS[2:]), " by ", Slot(str(self.columns), NUMBERS[2:]))

    @property
    def function(self) -> Callable[[Operands], Value]:
        """`blank` with this shape."""
        return partial(blank, (self.rows, self.columns))


def blank(shape: tuple[int, int], _: Sequence[Cells | Pieces]) -> Cells:
    """An empty grid."""
    return np.zeros(shape, np.uint8)

"""Select: "take the piece where <condition> and <condition>", a rule that picks one piece out of several."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import ClassVar, Self

import numpy as np

from puzzles.grid import Cells
from solver.words.features.piece_features import piece_features
from solver.words.operations.condition import Condition, parse_conditions, where_parts
from solver.words.operations.pieces import Pieces
from solver.words.operations.registry import NotApplicable
from solver.words.rule import Operands, Part, Rule, Value

_SELECT = re.compile(r"take the piece where (?P<where>.+)")


@dataclass(frozen=True)
class Select(Rule):
    """Which piece is taken."""

    description: ClassVar[str] = "Take the one piece for which all conditions hold."
    where: tuple[Condition, ...]

    @classmethod
    def parse(cls, text: str) -> Self | None:
        """Read a rule back from its text; None when it is not one."""
        match = _SELECT.fullmatch(text)
        where = parse_conditions(match["where"]) if match else None
        return None if where is None else cls(where)

    @property
    def parts(self) -> tuple[Part, ...]:
        """ "take the piece", the conditions."""
        return ("take the piece", *where_parts(self.where)) if self.where else ("take the piece where ",)

    @property
    def function(self) -> Callable[[Operands], Value]:
        """`select` with this rule's conditions."""
        return partial(select, self.where)


def select(where: tuple[Condition, ...], operands: Sequence[Cells | Pieces]) -> Cells:
    """The piece for which all conditions hold; several are one if they look the same."""
    (pieces,) = operands
    if not isinstance(pieces, Pieces):
        raise NotApplicable("it needs pieces, not a grid")
    features = piece_features(pieces)
    chosen = np.ones((1, len(pieces.items)), np.bool_)
    for condition in where:
        chosen &= condition.holds(features)
    taken = [pieces.items[i].cells for i in np.flatnonzero(chosen)]
    if not taken or any(not np.array_equal(cells, taken[0]) for cells in taken):
        raise NotApplicable("no piece, or several, are meant")
    return taken[0]

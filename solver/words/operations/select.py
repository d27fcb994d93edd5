"""Take: "take the piece where <condition> and <condition>", a rule by which one piece is told from others."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from puzzles.grid import Cells
from solver.words.features.piece_features import features
from solver.words.operations.paint import Condition, parse_conditions
from solver.words.operations.pieces import Pieces
from solver.words.operations.registry import NotApplicable

_TAKE = re.compile(r"take the piece where (?P<where>.+)")


@dataclass(frozen=True)
class Take:
    """Which piece is taken."""

    where: tuple[Condition, ...]

    def __str__(self) -> str:
        return "take the piece where " + " and ".join(map(str, self.where))


def parse_take(text: str) -> Take | None:
    """Read a rule back from its text; None when it is not one."""
    match = _TAKE.fullmatch(text)
    where = parse_conditions(match["where"]) if match else None
    return None if where is None else Take(where)


def take(rule: Take, operands: Sequence[Cells | Pieces]) -> Cells:
    """The piece for which all conditions hold; several are one if they look the same."""
    (pieces,) = operands
    if not isinstance(pieces, Pieces):
        raise NotApplicable("it needs pieces, not a grid")
    layers = features(pieces)
    chosen = np.ones((1, len(pieces.items)), np.bool_)
    for condition in rule.where:
        chosen &= condition.holds(layers)
    taken = [pieces.items[i].cells for i in np.flatnonzero(chosen)]
    if not taken or any(not np.array_equal(cells, taken[0]) for cells in taken):
        raise NotApplicable("no piece, or several, are meant")
    return taken[0]

"""The exact words of the language, made from their names."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache

import numpy as np

from puzzles.grid import Cells, Grid
from solver.words.operations import NotApplicable
from solver.words.operations.limits import side_limit
from solver.words.operations.pieces import Pieces
from solver.words.program import EXACT_FINGERPRINT, Language, NoAnswer, Outcome, WordKind
from solver.words.rule import Operands, Rule, Value
from solver.words.rules import LISTED, parse_rule


@dataclass(frozen=True)
class ExactWord:
    """A pure function on grids or pieces with a human name."""

    rule: Rule
    kind: WordKind = "exact"
    meaning: str = ""
    """Empty: the name says it."""

    @cached_property
    def name(self) -> str:
        """The rule's text."""
        return str(self.rule)

    def function(self, operands: Operands) -> Value:
        """Apply the word to the operands for one input; raises `NotApplicable` where it has no answer."""
        return self.rule.apply(operands)

    def apply(self, grids: Sequence[Grid], canvas: tuple[int, int]) -> list[Outcome]:
        """Apply the word to each grid; `canvas` plays no part."""
        return self.combine([[Outcome(grid) for grid in grids]])

    def combine(self, operands: Sequence[Sequence[Outcome]]) -> list[Outcome]:
        """Apply the word; raises `ProgramError` where it has no answer."""
        return [self._one(place, values) for place, values in enumerate(zip(*operands, strict=True))]

    def _one(self, place: int, operands: Sequence[Outcome]) -> Outcome:
        values = [o.grid if o.pieces is None else o.pieces for o in operands]
        try:
            value = checked(self.function(values), values)
        except NotApplicable as error:
            raise NoAnswer(self.name, place, str(error)) from None
        if isinstance(value, Pieces):
            return Outcome(sealed(value.picture()), pieces=value)
        return Outcome(sealed(value))


def sealed(cells: Cells) -> Grid:
    """A read-only copy, as the rest of the project expects of grids."""
    return np.frombuffer(cells.tobytes(), dtype=np.uint8).reshape(cells.shape)


def checked(value: Value, operands: Operands) -> Value:
    """Pass on what is a grid, or pieces, of allowed size (`side_limit`); raise `NotApplicable` otherwise."""
    if not isinstance(value, Pieces):
        most = side_limit(*(operand.shape for operand in operands))
        if not 0 < min(value.shape) <= max(value.shape) <= most:
            raise NotApplicable("the result is no grid of allowed size")
    return value


@lru_cache(maxsize=4096)
def exact_word(name: str) -> ExactWord | None:
    """The exact word called `name`; None where there is none."""
    rule = parse_rule(name)
    return None if rule is None else ExactWord(rule)


EXACT_LANGUAGE = Language(tuple(ExactWord(rule) for rule in LISTED), EXACT_FINGERPRINT, exact_word)
"""All exact words, for programs that use no learned one."""

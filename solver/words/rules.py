"""The table of kinds of rules, and how any exact word is read from its name.

A new kind of rule is a subclass of `Rule` in a file of `operations/` and a line in `RULES`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache, partial
from typing import Any, ClassVar, Self

from solver.words.operations import CHOICES, FILTERS, MERGES, OPERATIONS, SPLITS, NotApplicable
from solver.words.operations.blank import Blank
from solver.words.operations.copies import Copies
from solver.words.operations.extend import Extend
from solver.words.operations.paint import KeepPainting, Paint
from solver.words.operations.pieces import Pieces
from solver.words.operations.renumber import GiveBack, Renumber
from solver.words.operations.select import Select
from solver.words.operations.together import (
    INTO_PARTS,
    PUT_BACK_OVER,
    SPREAD,
    STACK,
    for_each,
    into_parts,
    put_back_over,
    spread,
    stack_over,
)
from solver.words.operations.transform import Transform
from solver.words.operations.turn import TURNINGS, Turn, TurnBack
from solver.words.rule import Operands, Part, Rule, Value, Writer, open_names, slotted

_EACH = re.compile(r"each: (?!each: )(?P<word>.+)")  # a piece never becomes pieces, so one is enough


@dataclass(frozen=True)
class Listed(Rule):
    """A word of the fixed vocabulary: it has a name and nothing in it that is not in its name."""

    description: ClassVar[str] = "A word without parameters."
    name: str

    @classmethod
    def parse(cls, text: str) -> Self | None:
        """The word called so; None where the vocabulary has none."""
        return cls(text) if text in _ON_ONE or text in _ON_SEVERAL else None

    @property
    def parts(self) -> tuple[Part, ...]:
        """The name, with slots where the vocabulary has words that differ in one place."""
        return slotted(self.name, _open_names())

    def __str__(self) -> str:
        return self.name

    @property
    def function(self) -> Callable[[Operands], Value]:
        """The operation, which refuses a grid in place of pieces and the other way round."""
        if self.name in _ON_SEVERAL:
            return _ON_SEVERAL[self.name]
        return partial(_on_pieces if self.name in _TAKES_PIECES else _on_grid, _ON_ONE[self.name])

    def source(self, writer: Writer, operands: Sequence[str]) -> str:
        """Python source: a plain call of the operation for words on one value."""
        if self.name in _ON_SEVERAL:
            return super().source(writer, operands)
        return writer.call(_SOURCES.get(self.name, _ON_ONE[self.name]), *operands)


@dataclass(frozen=True)
class Each(Rule):
    """Another word, applied to every piece as a grid of its own."""

    description: ClassVar[str] = "Apply another word to every piece."
    word: Rule

    @classmethod
    def parse(cls, text: str) -> Self | None:
        """Read a rule back from its text; None when it is not one."""
        match = _EACH.fullmatch(text)
        word = parse_rule(match["word"]) if match else None
        return None if word is None else cls(word)

    @property
    def parts(self) -> tuple[Part, ...]:
        """ "each: ", the other word."""
        return ("each: ", *self.word.parts)

    @property
    def function(self) -> Callable[[Operands], Value]:
        """`for_each` with what the other word does."""
        return partial(for_each, self.word.function)

    def source(self, writer: Writer, operands: Sequence[str]) -> str:
        """Python source: the other word's within `for_each`."""
        inner = self.word.source(writer, ["operands[0]"])
        return writer.call(for_each, f"lambda operands: {inner}", f"[{', '.join(operands)}]")


RULES: tuple[type[Rule], ...] = (
    Listed,
    Blank,
    Renumber,
    GiveBack,
    Turn,
    TurnBack,
    Each,
    Select,
    Transform,
    Extend,
    Copies,
    KeepPainting,
    Paint,
)
"""Every kind of rule; the first that can read a name has it."""


@lru_cache(maxsize=4096)
def parse_rule(text: str) -> Rule | None:
    """The rule a text spells out; None where no kind can read it."""
    for kind in RULES:
        rule = kind.parse(text)
        if rule is not None:
            return rule
    return None


def takes_one(rule: Rule | None) -> bool:
    """Whether a rule is a word of the fixed vocabulary that uses the result of one step alone."""
    return isinstance(rule, Listed) and rule.name not in _ON_SEVERAL


def _only(operands: Operands) -> Value:
    if len(operands) != 1:
        raise NotApplicable(f"it needs the result of one step, not of {len(operands)}")
    return operands[0]


def _on_grid(function: Callable[[Any], Value], operands: Operands) -> Value:
    value = _only(operands)
    if isinstance(value, Pieces):
        raise NotApplicable("it needs a grid, not pieces")
    return function(value)


def _on_pieces(function: Callable[[Any], Value], operands: Operands) -> Value:
    value = _only(operands)
    if not isinstance(value, Pieces):
        raise NotApplicable("it needs pieces, not a grid")
    return function(value)


_TAKES_PIECES = frozenset({word.name for word in FILTERS} | {word.name for word in (*MERGES, *CHOICES)})
_ON_ONE: dict[str, Callable[[Any], Value]] = {
    **{operation.name: operation for operation in OPERATIONS},
    **{word.name: word.function for word in SPLITS},
    **{word.name: word.function for word in FILTERS},
    **{word.name: word.function for word in (*MERGES, *CHOICES)},
}
_SOURCES: dict[str, Callable[..., Any]] = {operation.name: operation.function for operation in OPERATIONS}
"""Functions that are written out in place of `Operation` objects."""
_ON_SEVERAL: dict[str, Callable[[Operands], Value]] = {
    PUT_BACK_OVER: put_back_over,
    SPREAD: spread,
    STACK: stack_over,
    INTO_PARTS: into_parts,
}

LISTED: tuple[Rule, ...] = (
    *(Listed(name) for name in (*_ON_ONE, *_ON_SEVERAL)),
    *(Turn(turning) for turning in TURNINGS),
    *(TurnBack(turning) for turning in TURNINGS),
)
"""The words that can be listed, in the order in which people see them."""


@lru_cache(maxsize=1)
def _open_names() -> dict[str, tuple[str, ...]]:
    return open_names([str(rule) for rule in LISTED])

"""The exact words of the language, made from their names."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import lru_cache, partial

import numpy as np

from puzzles.grid import MAX_SIDE, Cells, Grid
from solver.words.operations import CHOICES, MERGES, OPERATIONS, SIFTS, SPLITS, NotApplicable
from solver.words.operations.change import change, parse_change
from solver.words.operations.extend import extend, parse_extend
from solver.words.operations.paint import KEEP_PAINTING, keep_painting, paint, parse_paint
from solver.words.operations.pieces import Pieces
from solver.words.operations.renumber import apply_renumber, parse_renumber
from solver.words.operations.take import parse_take, take
from solver.words.operations.together import PUT_BACK_OVER, SPREAD, for_each, put_back_over, spread
from solver.words.operations.turn import TURN, TURN_BACK, TURNINGS, turn_back, turned
from solver.words.program import EXACT_FINGERPRINT, Language, Outcome, ProgramError, WordKind

Value = Cells | Pieces
"""What a step of an exact program yields for one input."""
Operands = Sequence[Value]


@dataclass(frozen=True)
class ExactWord:
    """A pure function on grids or pieces with a human name."""

    name: str
    function: Callable[[Operands], Value] = field(repr=False, compare=False)
    kind: WordKind = "exact"
    meaning: str = ""
    """Empty: the name says it."""

    def apply(self, grids: Sequence[Grid], canvas: tuple[int, int]) -> list[Outcome]:
        """Apply the word to each grid; `canvas` plays no part."""
        return self.combine([[Outcome(grid) for grid in grids]])

    def combine(self, operands: Sequence[Sequence[Outcome]]) -> list[Outcome]:
        """Apply the word; raises `ProgramError` where it has no answer."""
        return [self._one(place, values) for place, values in enumerate(zip(*operands, strict=True))]

    def _one(self, place: int, operands: Sequence[Outcome]) -> Outcome:
        values = [o.grid if o.pieces is None else o.pieces for o in operands]
        try:
            value = checked(self.function(values))
        except NotApplicable as error:
            raise ProgramError(f"{self.name} has no answer for grid {place + 1}: {error}") from None
        if isinstance(value, Pieces):
            return Outcome(sealed(value.picture()), pieces=value)
        return Outcome(sealed(value))


def sealed(cells: Cells) -> Grid:
    """A read-only copy, as the rest of the project expects of grids."""
    return np.frombuffer(cells.tobytes(), dtype=np.uint8).reshape(cells.shape)


def checked(value: Value) -> Value:
    """Pass on what is a grid, or pieces, of allowed size; raise `NotApplicable` otherwise."""
    if not isinstance(value, Pieces) and not 0 < min(value.shape) <= max(value.shape) <= MAX_SIDE:
        raise NotApplicable("the result is no grid of allowed size")
    return value


def _only(operands: Operands) -> Value:
    if len(operands) != 1:
        raise NotApplicable(f"it needs the result of one step, not of {len(operands)}")
    return operands[0]


def _on_grid(function: Callable[[Cells], Value], operands: Operands) -> Value:
    value = _only(operands)
    if isinstance(value, Pieces):
        raise NotApplicable("it needs a grid, not pieces")
    return function(value)


def _on_pieces(function: Callable[[Pieces], Value], operands: Operands) -> Value:
    value = _only(operands)
    if not isinstance(value, Pieces):
        raise NotApplicable("it needs pieces, not a grid")
    return function(value)


def blank_word(shape: tuple[int, int]) -> str:
    """Name of the word that yields an empty grid of this shape, whatever it is given."""
    return f"blank {shape[0]} by {shape[1]}"


_BLANK = re.compile(r"blank ([1-9]|[12]\d|30) by ([1-9]|[12]\d|30)")


def blank_shape(name: str) -> tuple[int, int] | None:
    """Rows and columns of the empty grid a word yields; None for any other word."""
    match = _BLANK.fullmatch(name)
    return None if match is None else (int(match[1]), int(match[2]))


def _blank(shape: tuple[int, int], _: Operands) -> Value:
    return np.zeros(shape, np.uint8)


def _turned(turning: str, operands: Operands) -> Value:
    return _on_grid(partial(turned, turning=turning), operands)


EACH = "each: "
"""Before a word on grids: apply it to every piece."""
_MOST_EACH = 4
"""Times it may stand before a word; pieces of pieces of pieces are as far as grids of 30 cells reach."""

_WORDS: dict[str, ExactWord] = {
    **{op.name: ExactWord(op.name, partial(_on_grid, op)) for op in OPERATIONS},
    **{op.name: ExactWord(op.name, partial(_on_grid, op.function)) for op in SPLITS},
    **{op.name: ExactWord(op.name, partial(_on_pieces, op.function)) for op in SIFTS},
    **{op.name: ExactWord(op.name, partial(_on_pieces, op.function)) for op in (*MERGES, *CHOICES)},
    PUT_BACK_OVER: ExactWord(PUT_BACK_OVER, put_back_over),
    SPREAD: ExactWord(SPREAD, spread),
    **{TURN + name: ExactWord(TURN + name, partial(_turned, name)) for name in TURNINGS},
    **{TURN_BACK + name: ExactWord(TURN_BACK + name, partial(turn_back, turning=name)) for name in TURNINGS},
}


@lru_cache(maxsize=4096)
def exact_word(name: str) -> ExactWord | None:
    """The exact word called `name`, or the painting rule it spells out; None for neither."""
    if name in _WORDS:
        return _WORDS[name]
    shape = blank_shape(name)
    if shape is not None:
        return ExactWord(name, partial(_blank, shape))
    renumbering = parse_renumber(name)
    if renumbering is not None:
        return ExactWord(name, partial(apply_renumber, renumbering))
    if name.startswith(EACH * (_MOST_EACH + 1)):
        return None
    if name.startswith(EACH):
        inner = exact_word(name.removeprefix(EACH))
        return None if inner is None else ExactWord(name, partial(for_each, inner.function))
    return _rule_word(name)


def _rule_word(name: str) -> ExactWord | None:
    """The word of a rule that was learned for one puzzle."""
    taken = parse_take(name)
    if taken is not None:
        return ExactWord(name, partial(take, taken))
    changed = parse_change(name)
    if changed is not None:
        return ExactWord(name, partial(change, changed))
    extended = parse_extend(name)
    if extended is not None:
        return ExactWord(name, partial(extend, extended))
    rule = parse_paint(name.removeprefix(KEEP_PAINTING))
    if rule is None:
        return None
    return ExactWord(name, partial(keep_painting if name.startswith(KEEP_PAINTING) else paint, rule))


EXACT_LANGUAGE = Language(tuple(_WORDS.values()), EXACT_FINGERPRINT, exact_word)
"""All exact words, for programs that use no learned one."""

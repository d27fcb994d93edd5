"""Words, steps and programs: the language a solution is written in.

A program is an ordered list of steps. A step applies one word to the result of an earlier step and its
result is a grid, so every step can be shown. Learned words (rows of the codebook, run by the neural
executor) and exact words (pure functions) satisfy the same `Word` contract.

This module needs neither torch nor Qt, so a window can show programs before the solver has loaded.
"""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any, Literal, Protocol, runtime_checkable

import numpy as np
from numpy.typing import NDArray

from puzzles.grid import COLOURS, MAX_SIDE, Grid, rows_of, shown
from puzzles.puzzle import Puzzle, puzzle_from_json, puzzle_to_json

if TYPE_CHECKING:
    from solver.words.operations.pieces import (
        Pieces,  # and with it every operation, which a window can do without
    )

PROGRAM_FORMAT = 1
EXACT_FINGERPRINT = "exact"
"""Fingerprint of programs of exact words alone; they need no weights, so every language runs them."""
WordKind = Literal["learned", "exact", "procedure"]
_LEARNED_NAME = re.compile("w(0|[1-9][0-9]{0,8})")
_MIXED = "+"
"""Stands between the fingerprints of a program that needs several weights."""


class ProgramError(ValueError):
    """A program file or a program that this language cannot read; the message names the place."""


class NoAnswer(ProgramError):
    """An exact word has no answer for one of the grids it was run on."""

    def __init__(self, word: str, place: int, reason: str) -> None:
        """`place` counts the grids from 0."""
        super().__init__(f"{word} has no answer for grid {place + 1}: {reason}")
        self.word, self.place, self.reason = word, place, reason


def learned_row(name: str) -> int | None:
    """The codebook row that a learned word's name says, e.g. 17 for "w17"; None for any other name."""
    match = _LEARNED_NAME.fullmatch(name)
    return None if match is None else int(match[1])


NO_CELL = 10
"""Among likely values: the grid would end before the cell."""


@dataclass(frozen=True, eq=False)
class Likeliest:
    """The likeliest values of each cell under the executor, the likeliest first."""

    values: NDArray[np.uint8]
    """(h, w, 3) colours, or `NO_CELL`."""
    odds: NDArray[np.float16]
    """(h, w, 3) their probabilities."""


@dataclass(frozen=True)
class Outcome:
    """What a word made of one grid."""

    grid: Grid
    confidence: NDArray[np.float32] | None = None
    """(h, w) probability of each cell's value under the executor; None for exact words."""
    pieces: Pieces | None = None
    """What the word yielded where that is not a grid but pieces; `grid` is then their picture."""
    likeliest: Likeliest | None = None
    """What each cell might have been; None for exact words."""


class Word(Protocol):
    """One operation of the language, learned or exact."""

    @property
    def name(self) -> str:
        """Unique and stable within the language, e.g. "w17"; programs are stored by it."""
        ...

    @property
    def kind(self) -> WordKind:
        """Whether the word came from training or from a person."""
        ...

    @property
    def meaning(self) -> str:
        """What the word does in human words, e.g. "flip left-right"; empty when nobody knows."""
        ...

    def apply(self, grids: Sequence[Grid], canvas: tuple[int, int]) -> list[Outcome]:
        """Apply the word to each grid independently.

        `canvas` is (rows, columns) the results may occupy; a learned word sees the cells of the canvas
        beyond the grid as "outside".
        """
        ...


@runtime_checkable
class CombiningWord(Protocol):
    """A word that may use the results of several steps, or pieces."""

    def combine(self, operands: Sequence[Sequence[Outcome]]) -> list[Outcome]:
        """Apply the word: `operands` holds, per step that is used, one outcome per input."""
        ...


@dataclass(frozen=True)
class Step:
    """One application of a word."""

    word: str
    source: int | None = None
    """Index of the step whose result is used, -1 for the input; None means the step before."""
    others: tuple[int, ...] = ()
    """Indices of further steps whose results are used, for exact words that combine several."""


@dataclass(frozen=True)
class Program:
    """Steps in order, in the language with this fingerprint."""

    steps: tuple[Step, ...]
    fingerprint: str
    coined: tuple[tuple[str, tuple[float, ...]], ...] = ()
    """New words that came with this program: their names and codes, which the executor reads."""
    least_canvas: tuple[int, int] | None = None
    """Rows and columns that its states take where they outgrow every grid of the puzzle."""

    @classmethod
    def of(cls, words: Sequence[str], fingerprint: str) -> Program:
        """Build a straight-line program from word names."""
        return cls(tuple(Step(word) for word in words), fingerprint)

    def canvas(self, own: tuple[int, int]) -> tuple[int, int]:
        """The canvas it runs on, given the puzzle's own: rows and columns that hold every state."""
        if self.least_canvas is None:
            return own
        return max(own[0], self.least_canvas[0]), max(own[1], self.least_canvas[1])

    @property
    def words(self) -> tuple[str, ...]:
        """The word names, in order."""
        return tuple(step.word for step in self.steps)

    def first(self, count: int) -> Program:
        """Its first steps alone."""
        steps = self.steps[:count]
        used = {step.word for step in steps}
        return replace(self, steps=steps, coined=tuple(one for one in self.coined if one[0] in used))

    def then(self, rest: Program) -> Program:
        """These steps, and after them those of `rest`: its input is the result of the last of these."""
        count = len(self.steps)
        # The input is step -1, so that it too moves to the last of these steps.
        moved = tuple(
            replace(
                step,
                source=None if step.source is None else step.source + count,
                others=tuple(other + count for other in step.others),
            )
            for step in rest.steps
        )
        canvases = [one.least_canvas for one in (self, rest) if one.least_canvas is not None]
        largest = [max(sides) for sides in zip(*canvases, strict=True)]
        return Program(
            (*self.steps, *moved),
            of_all(*(one.fingerprint for one in (self, rest) if one.steps)),
            tuple(dict((*self.coined, *rest.coined)).items()),
            (largest[0], largest[1]) if largest else None,
        )


@dataclass(frozen=True)
class Trace:
    """The states a program passes through on one input: the input, then one outcome per step."""

    outcomes: tuple[Outcome, ...]

    @property
    def grids(self) -> tuple[Grid, ...]:
        """Input grid followed by the grid after each step."""
        return tuple(outcome.grid for outcome in self.outcomes)

    @property
    def output(self) -> Grid:
        """The grid after the last step."""
        return self.outcomes[-1].grid


@dataclass(frozen=True)
class Further:
    """Words of another kind, with weights of their own, that a language may take in besides its own."""

    fingerprint: Callable[[], str]
    """Of their weights; asked for when a program names it."""
    word: Callable[[str], Word | None]
    """The word that a name spells; None where it spells none."""


def mixed(*fingerprints: str) -> str:
    """The fingerprint of a program whose words come from several weights."""
    return _MIXED.join(dict.fromkeys(fingerprints))


def of_all(*fingerprints: str) -> str:
    """The fingerprint of a program whose words are from all these; each may be of several weights itself."""
    parts = [part for fingerprint in fingerprints for part in fingerprint.split(_MIXED)]
    weights = [part for part in parts if part != EXACT_FINGERPRINT]
    return mixed(*weights) if weights else EXACT_FINGERPRINT


@dataclass(frozen=True)
class Language:
    """A vocabulary: the words by name, and the fingerprint of the weights they came from."""

    words: tuple[Word, ...]
    fingerprint: str
    grammar: Callable[[str], Word | None] | None = field(default=None, compare=False)
    """Makes the exact word a name spells out, None where it spells none; there is no end of such names."""
    coin: Callable[[str, tuple[float, ...]], Word] | None = field(default=None, compare=False)
    """Makes a new word from its name and code; raises `ProgramError` where they do not belong together."""
    further: tuple[Further, ...] = field(default=(), compare=False)
    """Words of other kinds that it runs too."""
    _by_name: dict[str, Word] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_by_name", {word.name: word for word in self.words})

    def __getitem__(self, name: str) -> Word:
        """Return the word called `name`; raise `ProgramError` when there is none."""
        word = self._by_name.get(name) or (self.grammar(name) if self.grammar else None)
        for further in self.further if word is None else ():
            word = word or further.word(name)
        if word is None:
            raise ProgramError(f"this language has no word {shown(name)}")
        return word

    def check_weights(self, program: Program) -> None:
        """Raise `ProgramError` where the program needs weights that are not loaded."""
        for part in program.fingerprint.split(_MIXED):
            own = part in (self.fingerprint, EXACT_FINGERPRINT)
            if not own and all(part != further.fingerprint() for further in self.further):
                loaded = mixed(self.fingerprint, *(further.fingerprint() for further in self.further))
                raise ProgramError(
                    f"the program was written with weights {part}, but the loaded weights are {loaded}"
                )

    def with_words(self, program: Program) -> Language:
        """This language and the new words a program brings; `ProgramError` for one that does not fit."""
        new = [(name, code) for name, code in program.coined if name not in self._by_name]
        if not new:
            return self
        if self.coin is None:
            raise ProgramError(f"this language takes in no new words, but the program brings {new[0][0]!r}")
        return replace(self, words=(*self.words, *(self.coin(name, code) for name, code in new)))

    def describe(self, step: Step) -> str:
        """Write a step as people read it: "w17 ≈ flip left-right"."""
        word = self[step.word]
        return f"{word.name} ≈ {word.meaning}" if word.meaning else word.name

    def execute(
        self,
        program: Program,
        inputs: Sequence[Grid],
        canvas: tuple[int, int],
        begun: Sequence[Trace] = (),
        before_step: Callable[[], None] | None = None,
    ) -> list[Trace]:
        """Run `program` on every input together and keep every intermediate grid.

        begun: what its first steps made of the same inputs on the same canvas; these are not run again.
        before_step: called before every step; what it raises ends the run, which makes a long one stop.
        Raises `ProgramError` when the program was written in another language, refers to a step that has
        not run yet, or has an exact word without an answer for one of the grids, and for a grid with values
        that are no colours.
        """
        self.check_weights(program)
        if program.steps:
            _check_colours(inputs)
        language = self.with_words(program)
        canvas = program.canvas(canvas)
        states: list[list[Outcome]] = [[Outcome(grid) for grid in inputs]]
        if begun:
            states = [list(state) for state in zip(*(trace.outcomes for trace in begun), strict=True)]
        for index, step in enumerate(program.steps[len(states) - 1 :], start=len(states) - 1):
            if before_step is not None:
                before_step()
            source = index - 1 if step.source is None else step.source
            for used in (source, *step.others):
                if not -1 <= used < index:
                    raise ProgramError(f"steps[{index}].source is {used}, expected -1 to {index - 1}")
            word = language[step.word]
            if isinstance(word, CombiningWord):
                states.append(word.combine([states[used + 1] for used in (source, *step.others)]))
            else:
                states.append(word.apply([outcome.grid for outcome in states[source + 1]], canvas))
        return [Trace(tuple(state[i] for state in states)) for i in range(len(inputs))]


def _check_colours(grids: Sequence[Grid]) -> None:
    """Raise `ProgramError` for the first cell that no word knows."""
    for grid in grids:
        strange = np.argwhere(grid >= COLOURS)
        if len(strange):
            row, column = strange[0].tolist()
            value = rows_of(grid)[row][column]
            raise ProgramError(
                f"a grid has {value} in row {row} column {column}, words know 0 to {COLOURS - 1}"
            )


def program_to_json(program: Program, puzzle: Puzzle) -> str:
    """Write a program with the puzzle it explains; `program_from_json` reads it back."""
    document = {
        "format": PROGRAM_FORMAT,
        "puzzle": json.loads(puzzle_to_json(puzzle)),
        "name": puzzle.name,
    }
    return json.dumps(document | steps_to_json(program), indent=1)


def steps_to_json(program: Program) -> dict[str, Any]:
    """What a file says of a program itself; `steps_from_json` reads it back."""
    document: dict[str, Any] = {
        "language": program.fingerprint,
        "steps": [_written(step) for step in program.steps],
    }
    if program.coined:
        document["coined"] = {name: list(code) for name, code in program.coined}
    if program.least_canvas is not None:
        document["room"] = list(program.least_canvas)
    return document


def _written(step: Step) -> dict[str, Any]:
    document: dict[str, Any] = {"word": step.word}
    if step.source is not None:
        document["source"] = step.source
    if step.others:
        document["others"] = list(step.others)
    return document


def program_from_json(text: str, file: str) -> tuple[Program, Puzzle]:
    """Read what `program_to_json` wrote.

    Raises `ProgramError` (or `PuzzleError` for the puzzle inside) naming `file`, the place and what was
    expected. Whether the program fits the loaded weights is checked when it is executed.
    """
    try:
        document = json.loads(text)
    except RecursionError:
        raise ProgramError(f"{file}: is nested too deeply, expected a program") from None
    except ValueError as error:  # bad JSON, or a number too long to read
        raise ProgramError(f"{file}: expected JSON, {error}") from None
    if not isinstance(document, dict):
        raise ProgramError(f"{file}: expected an object with format, language, steps and puzzle")
    if document.get("format") != PROGRAM_FORMAT:
        raise ProgramError(f"{file}: format is {shown(document.get('format'))}, expected {PROGRAM_FORMAT}")
    program = steps_from_json(document, file)
    name = document.get("name")
    puzzle = puzzle_from_json(
        json.dumps(document.get("puzzle")), file, name=name if isinstance(name, str) else None
    )
    return program, puzzle


def steps_from_json(document: dict[str, Any], file: str) -> Program:
    """Read what `steps_to_json` wrote; raises `ProgramError` naming `file`, place and what was expected."""
    fingerprint = document.get("language")
    if not isinstance(fingerprint, str):
        raise ProgramError(f"{file}: language is {shown(fingerprint)}, expected the weights' fingerprint")
    steps = document.get("steps")
    if not isinstance(steps, list):
        raise ProgramError(f"{file}: steps is {shown(steps)}, expected a list")
    return Program(
        tuple(_read_step(step, i, file) for i, step in enumerate(steps)),
        fingerprint,
        _read_coined(document.get("coined", {}), file),
        _read_canvas(document.get("room"), file),
    )


def _read_coined(value: Any, file: str) -> tuple[tuple[str, tuple[float, ...]], ...]:
    if not isinstance(value, dict):
        raise ProgramError(f"{file}: coined is {shown(value)}, expected an object of new words")
    codes: dict[str, Any] = value
    for name, code in codes.items():
        if not isinstance(code, list) or not all(type(number) in (int, float) for number in code):
            raise _not_a_code(file, name)
    try:
        return tuple((name, tuple(map(float, code))) for name, code in codes.items())
    except OverflowError:  # a whole number beyond all floats
        raise _not_a_code(file, next(name for name, code in codes.items() if not _fit(code))) from None


def _fit(code: list[Any]) -> bool:
    return all(abs(number) <= sys.float_info.max for number in code)


def _not_a_code(file: str, name: str) -> ProgramError:
    return ProgramError(f"{file}: coined.{name[:40]} is not a list of numbers, expected a new word's code")


def _read_canvas(value: Any, file: str) -> tuple[int, int] | None:
    if value is None:
        return None
    if (
        not isinstance(value, list)
        or len(value) != 2
        or not all(type(side) is int and 1 <= side <= MAX_SIDE for side in value)
    ):
        raise ProgramError(f"{file}: room is {shown(value)}, expected rows and columns from 1 to {MAX_SIDE}")
    return value[0], value[1]


def _read_step(step: Any, index: int, file: str) -> Step:
    if not isinstance(step, dict) or not isinstance(step.get("word"), str):
        raise ProgramError(f"{file}: steps[{index}] is {shown(step)}, expected an object with a word")
    source = step.get("source")
    if source is not None and not _refers_back(source, index):
        raise ProgramError(f"{file}: steps[{index}].source is {shown(source)}, expected -1 to {index - 1}")
    others = step.get("others", [])
    if not isinstance(others, list) or not all(_refers_back(other, index) for other in others):
        raise ProgramError(
            f"{file}: steps[{index}].others is {shown(others)}, expected a list of earlier steps"
        )
    return Step(step["word"], source, tuple(others))


def _refers_back(value: Any, index: int) -> bool:
    return type(value) is int and -1 <= value < index  # True is no index

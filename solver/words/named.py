"""Named words: steps of a program that a person gave a name, to be put in and searched with as one.

A program never refers to such a word: its steps are written out, so that program files open where nobody
knows the name, and stay as they are when the word is deleted.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from typing import Any

from puzzles.grid import shown
from solver.words.program import (
    EXACT_FINGERPRINT,
    Program,
    ProgramError,
    Step,
    steps_from_json,
    steps_to_json,
)

FORMAT = 1
MOST_STEPS = 24
"""Steps of a named word."""
LONGEST_NAME = 60
"""Letters of its name."""
LARGEST_FILE = 1_000_000
"""Characters of its file."""


@dataclass(frozen=True)
class NamedWord:
    """Steps under a name; their input is what the word is applied to."""

    name: str
    program: Program

    def __post_init__(self) -> None:
        """Raise `ProgramError` for a name or a number of steps that cannot be."""
        name, steps = self.name, len(self.program.steps)
        if name != name.strip() or not name.isprintable() or not 1 <= len(name) <= LONGEST_NAME:
            raise ProgramError(f"the name is {shown(name)}, expected 1 to {LONGEST_NAME} letters in one line")
        if not 1 <= steps <= MOST_STEPS:
            raise ProgramError(f"the word has {steps} steps, expected 1 to {MOST_STEPS}")

    @property
    def exact(self) -> bool:
        """Whether it needs no weights, so that the search over exact words can use it."""
        return self.program.fingerprint == EXACT_FINGERPRINT


def cut_out(program: Program, first: int, last: int) -> Program:
    """Steps `first` to `last` of a program, counted from 1, as a program of their own.

    Raises `ProgramError` for steps that are not there, and where one reads an earlier result than what the
    first of them reads: it would be missing elsewhere.
    """
    if not 1 <= first <= last <= len(program.steps):
        raise ProgramError(f"steps {first} to {last}, expected some of 1 to {len(program.steps)}")
    steps = []
    for index in range(first - 1, last):
        step = program.steps[index]
        used = (index - 1 if step.source is None else step.source, *step.others)
        before = [place for place in used if place < first - 2]
        if before:
            result = f"the result of step {before[0] + 1}" if before[0] >= 0 else "the input"
            raise ProgramError(f"step {index + 1} reads {result}, which is not among steps {first} to {last}")
        source = None if step.source is None else step.source - first + 1
        steps.append(Step(step.word, source, tuple(other - first + 1 for other in step.others)))
    names = {step.word for step in steps}
    coined = tuple(one for one in program.coined if one[0] in names)
    return replace(program, steps=tuple(steps), coined=coined)


def named_to_json(word: NamedWord) -> str:
    """Write a named word; `named_from_json` reads it back."""
    return json.dumps({"format": FORMAT, "name": word.name, **steps_to_json(word.program)}, indent=1)


def named_from_json(text: str, file: str) -> NamedWord:
    """Read a named word; raises `ProgramError` naming `file`, the place and what was expected."""
    if len(text) > LARGEST_FILE:
        raise ProgramError(f"{file}: has {len(text)} characters, expected at most {LARGEST_FILE}")
    try:
        document: Any = json.loads(text)
    except RecursionError:
        raise ProgramError(f"{file}: is nested too deeply, expected a named word") from None
    except ValueError as error:
        raise ProgramError(f"{file}: expected JSON, {error}") from None
    if not isinstance(document, dict) or document.get("format") != FORMAT or "puzzle" in document:
        raise ProgramError(f"{file}: expected a named word, an object with format {FORMAT}, name and steps")
    name = document.get("name")
    if not isinstance(name, str):
        raise ProgramError(f"{file}: name is {shown(name)}, expected a text")
    program = steps_from_json(document, file)
    try:
        return NamedWord(name, program)
    except ProgramError as error:
        raise ProgramError(f"{file}: {error}") from None

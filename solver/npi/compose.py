"""Procedure words: a learned procedure called for every place a selector finds, as a step of a program.

The neural interpreter carries out every call; where it disagrees with the true procedure, what the network
did is the result. Torch and the weights are loaded when a word is first applied.
"""

from __future__ import annotations

from collections.abc import Generator, Sequence
from dataclasses import dataclass, field, replace
from functools import cache, lru_cache
from typing import TYPE_CHECKING, TypeVar

import numpy as np

from puzzles.grid import COLOURS, Cells, Grid
from solver.npi.calls import PROCEDURES, Begun, ForEach, Procedure, parse_for_each
from solver.npi.pad import Change
from solver.npi.programs import Call
from solver.npi.scene import Cell, Scene
from solver.npi.sheet import Sheet, SheetDrawing
from solver.words.program import (
    EXACT_FINGERPRINT,
    Further,
    Language,
    Outcome,
    ProgramError,
    WordKind,
    mixed,
)

if TYPE_CHECKING:
    from solver.npi.follow import Follower
    from solver.npi.interpreter import Interpreter

Value = TypeVar("Value")

_STEPS_A_CELL = {"FILL": 30}
"""Steps a call may take for each cell of the grid; a true fill takes about 22."""
_STEPS_A_SIDE = 16
"""The same for each row and column, for procedures that follow a line; a true ray takes about 6."""
_DEEPEST = 3000


def steps_allowed(program: str, grid: Cells) -> int:
    """How long one call may run on a grid before it counts as endless."""
    return 100 + _STEPS_A_CELL.get(program, 0) * int(grid.size) + _STEPS_A_SIDE * sum(grid.shape)


@lru_cache(maxsize=1)
def drawing_interpreter() -> Interpreter:
    """The shipped drawing core on fast pads; raises `CheckpointError` when it cannot be read."""
    from solver.npi.checkpoint import load_core, shipped  # noqa: PLC0415 - loads torch
    from solver.npi.interpreter import Interpreter  # noqa: PLC0415 - loads torch
    from solver.npi.swift import swift_core  # noqa: PLC0415 - loads torch

    core, _ = load_core(shipped("drawing"))
    interpreter = Interpreter(core, SheetDrawing.name, max_depth=_DEEPEST)
    interpreter.environment = SheetDrawing()
    interpreter.ask = swift_core(core, SheetDrawing.name).decide
    return interpreter


@cache
def drawing_fingerprint() -> str:
    """The fingerprint of programs of procedures: "npi-" and that of the shipped drawing weights."""
    from solver.npi.checkpoint import shipped  # noqa: PLC0415 - loads torch
    from solver.tensors import fingerprint  # noqa: PLC0415 - loads torch

    return f"npi-{fingerprint(shipped('drawing'))}"


def procedure_fingerprint() -> str:
    """The fingerprint of a program of exact words and procedures."""
    return mixed(EXACT_FINGERPRINT, drawing_fingerprint())


class Target:
    """What a run may write: a cell that must stay right once it is written, or else the run is given up."""

    def __init__(self, wanted: Cells | None, recoloured: Sequence[int] = tuple(range(COLOURS))) -> None:
        self.wanted = None if wanted is None else wanted.tolist()
        self.recoloured = recoloured
        """What becomes of each colour after the plan."""

    def allows(self, changes: tuple[Change, ...]) -> bool:
        """Whether all these cells are right."""
        if self.wanted is None:
            return True
        return all(self.recoloured[after] == self.wanted[row][column] for row, column, _, after in changes)


ANYTHING = Target(None)


@dataclass(frozen=True)
class CarriedOut:
    """What came of a row of calls."""

    cells: Cells | None
    """The grid after them; None where one wrote what it must not, or did not end."""
    returned: int
    """How many of them were carried out to their end."""


Carrying = Generator[None, None, CarriedOut]


def carry_out(
    interpreter: Follower,
    procedure: Procedure,
    calls: Sequence[Begun],
    grid: Cells,
    target: Target = ANYTHING,
) -> Carrying:
    """Make the calls on a grid, one after another, until one writes what the target forbids.

    Yields now and then. What a procedure moves may pass over cells, so there only the end counts.
    """
    limit = steps_allowed(procedure.program, grid)
    sheet = Sheet(grid)
    touched: dict[Cell, Change] = {}

    def changed(changes: tuple[Change, ...]) -> bool:
        if procedure.draws:
            return target.allows(changes)
        touched.update({change[:2]: change for change in changes})
        return True

    for returned, begun in enumerate(calls):
        sheet.pointers = {"eye": begun.cell, "pen": begun.cell}
        sheet.hand = begun.hand
        call = Call(procedure.program, (begun.direction, 0, 0))
        outcome = yield from interpreter.follow(sheet, call, limit, changed)
        if outcome.value != "returned":
            return CarriedOut(None, returned)
    return CarriedOut(sheet.cells if target.allows(tuple(touched.values())) else None, len(calls))


def last(running: Generator[None, None, Value]) -> Value:
    """Drive a run to its end and return what it returns."""
    while True:
        try:
            next(running)
        except StopIteration as stop:
            result: Value = stop.value
            return result


@dataclass(frozen=True)
class ProcedureWord:
    """A plan's step, named by what it does."""

    plan: ForEach = field(repr=False)
    kind: WordKind = "procedure"
    meaning: str = ""
    """Empty: the name says it."""

    @property
    def name(self) -> str:
        """The call, spelled out."""
        return self.plan.name

    def apply(self, grids: Sequence[Grid], canvas: tuple[int, int]) -> list[Outcome]:
        """Carry out the calls on each grid; `canvas` plays no part.

        Raises `ProgramError` for a call that does not end.
        """
        return [Outcome(last(self.carry_out(place, grid))) for place, grid in enumerate(grids)]

    def carry_out(self, place: int, grid: Grid) -> Generator[None, None, Grid]:
        """The same for one of the grids, yielding now and then."""
        interpreter, procedure = drawing_interpreter(), PROCEDURES[self.plan.procedure]
        if procedure.program not in interpreter.core.config.every_program:
            raise ProgramError(f"{self.name}: the drawing weights know no {procedure.program}")
        calls = self.plan.calls(Scene(grid))
        done = yield from carry_out(interpreter, procedure, calls, grid)
        if done.cells is None:
            raise ProgramError(f"{self.name} does not end on grid {place + 1}")
        return np.frombuffer(done.cells.tobytes(), dtype=np.uint8).reshape(done.cells.shape)


@lru_cache(maxsize=4096)
def procedure_word(name: str) -> ProcedureWord | None:
    """The word that a name spells; None where it spells no call."""
    plan = parse_for_each(name)
    return None if plan is None else ProcedureWord(plan)


PROCEDURE_WORDS = Further(drawing_fingerprint, procedure_word)


def with_procedures(language: Language) -> Language:
    """The language that runs procedure words too."""
    return replace(language, further=(PROCEDURE_WORDS,))

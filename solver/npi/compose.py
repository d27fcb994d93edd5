"""Procedure words: a learned procedure called for every place a selector finds, as a step of a program.

The neural interpreter carries out every call; where it disagrees with the true procedure, what the network
did is the result. Torch and the weights are loaded when a word is first applied.
"""

from __future__ import annotations

from collections.abc import Generator, Sequence
from dataclasses import dataclass, field
from functools import cache, lru_cache
from typing import TYPE_CHECKING

import numpy as np

from puzzles.grid import COLOURS, Cells, Grid
from solver.npi.calls import PROCEDURES, Begun, ForEach, parse_for_each
from solver.npi.pad import Change
from solver.npi.programs import Call
from solver.npi.scene import Scene
from solver.npi.sheet import Sheet, SheetDrawing
from solver.words.program import EXACT_FINGERPRINT, Further, Outcome, ProgramError, WordKind, mixed

if TYPE_CHECKING:
    from solver.npi.interpreter import Interpreter

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
    from solver.npi.swift import SwiftCore  # noqa: PLC0415 - loads torch

    core, _ = load_core(shipped("drawing"))
    interpreter = Interpreter(core, SheetDrawing.name, max_depth=_DEEPEST)
    interpreter.environment = SheetDrawing()
    if not core.config.added:
        interpreter.ask = SwiftCore(core, SheetDrawing.name).decide
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


def carry_out(
    interpreter: Interpreter,
    program: str,
    calls: Sequence[Begun],
    grid: Cells,
    target: Target = ANYTHING,
    at_end: bool = False,
) -> Generator[None, None, Cells | None]:
    """Make the calls on a grid, one after another; yields now and then and returns the grid after them.

    None as soon as a cell is written that the target forbids, or once all are done where `at_end`, and
    where a call does not end.
    """
    limit, pen = steps_allowed(program, grid), {"pen": (0, 0)}
    sheet = Sheet(grid, {"eye": (0, 0)} | pen)
    touched: dict[tuple[int, int], Change] = {}

    def changed(changes: tuple[Change, ...]) -> bool:
        if at_end:
            touched.update({change[:2]: change for change in changes})
            return True
        return target.allows(changes)

    for begun in calls:
        sheet.pointers = {"eye": begun.cell, "pen": begun.cell}
        sheet.hand = begun.hand
        call = Call(program, (begun.direction, 0, 0))
        outcome = yield from interpreter.follow(sheet, call, limit, changed)
        if outcome.value != "returned":
            return None
    return sheet.cells if target.allows(tuple(touched.values())) else None


def finished(running: Generator[None, None, Cells | None]) -> Cells | None:
    """Drive a run to its end."""
    while True:
        try:
            next(running)
        except StopIteration as stop:
            result: Cells | None = stop.value
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
        """Carry out the calls on each grid; `canvas` plays no part. Raises `ProgramError` for an endless one."""
        return [Outcome(self._one(place, grid)) for place, grid in enumerate(grids)]

    def _one(self, place: int, grid: Grid) -> Grid:
        interpreter, procedure = drawing_interpreter(), PROCEDURES[self.plan.procedure]
        if procedure.program not in interpreter.core.config.every_program:
            raise ProgramError(f"{self.name}: the drawing weights know no {procedure.program}")
        calls = self.plan.calls(Scene(grid))
        cells = finished(carry_out(interpreter, procedure.program, calls, grid))
        if cells is None:
            raise ProgramError(f"{self.name} does not end on grid {place + 1}")
        return np.frombuffer(cells.tobytes(), dtype=np.uint8).reshape(cells.shape)


@lru_cache(maxsize=4096)
def procedure_word(name: str) -> ProcedureWord | None:
    """The word that a name spells; None where it spells no call."""
    plan = parse_for_each(name)
    return None if plan is None else ProcedureWord(plan)


PROCEDURE_WORDS = Further(drawing_fingerprint, procedure_word)
"""What every language takes in besides its own words."""

"""Procedures that the person teaches: recordings, learning from them, and what was learned.

Beside `app.procedures` the only place in the window that knows `solver.npi`. In the folder,
STAIRS.recording.json is what was performed, in the format that `glossa npi teach` reads; STAIRS.safetensors
and STAIRS.json are the whole core that learned it. Only `learn` needs torch and belongs in the solver's
thread.
"""

from __future__ import annotations

import json
import logging
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import Any

import assets
from app.services import load_torch_libraries
from app.state.recording import Arguments, Change, Pads
from puzzles.files import read_text
from puzzles.storage import write_whole
from solver.npi.demonstrations import Demonstration, calls_of, moves_of
from solver.npi.pad import ENVIRONMENTS, Pad
from solver.npi.programs import Call
from solver.npi.recordings import LONGEST, MOST_MOVES, NAME, read_recording, recording_text

ITERATIONS = 600
"""After which learning is given up, as in the command."""
FORMAT = 1
LONGEST_SIDE, MOST = LONGEST, MOST_MOVES
"""Of a pad; moves of a demonstration."""
_RECORDING = ".recording.json"
_DRAWING = ENVIRONMENTS["drawing"]
POINTERS = _DRAWING.pointers
_SHIPPED = Path(assets.__file__).parent / "models" / "npi.drawing.json"
log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Shown:
    """One demonstration: the pad before it, and what was done, each entry as it is undone."""

    start: Pads
    groups: tuple[tuple[Arguments, ...], ...] = ()
    """A move alone, or the moves of a known procedure that was called."""

    @property
    def moves(self) -> tuple[Arguments, ...]:
        """All moves in order."""
        return tuple(move for group in self.groups for move in group)

    def group_of(self, move: int) -> int | None:
        """The entry with a move, counted from 1; None for no move of it."""
        for place, group in enumerate(self.groups):
            move -= len(group)
            if move <= 0:
                return place
        return None


@dataclass(frozen=True)
class TaughtProcedure:
    """What is known of a procedure that was learned, without loading it."""

    name: str
    weights: Path
    steps: tuple[str, ...]
    """One unit, in the words of a recording."""
    repeats: bool
    """Whether it does that again and again."""
    demonstrations: int


@dataclass(frozen=True)
class Learning:
    """How far learning has come."""

    iterations: int
    most: int
    frames: int
    wrong: int


@dataclass(frozen=True)
class Learned:
    """It was learned and is kept."""

    procedure: TaughtProcedure
    iterations: int
    seconds: float


@dataclass(frozen=True)
class NotLearned:
    """What stands in the way."""

    why: str
    """As `UnteachableError.why`; "done otherwise" where all traces are right and a run is not."""
    places: tuple[tuple[int, int], ...]
    """Demonstration and move, from 1; move 0 is before the first."""
    traces: int
    """How many are still wrong."""
    sentence: str
    """The same in English."""


def carried_out(pads: Pads, moves: Sequence[Arguments]) -> tuple[Pads, tuple[Change, ...]]:
    """The pad after moves, and the cells they changed."""
    pad, changes = _pad(pads), list[Change]()
    for move in moves:
        changes += _DRAWING.act(pad, move)
    return replace(pads, cells=pad.cells, pointers=tuple(pad.pointers.values())), tuple(changes)


def moves_of_call(pads: Pads, program: str, direction: int) -> tuple[Arguments, ...]:
    """The moves that a known procedure makes from here; none where it makes none or does not end soon."""
    return tuple(moves_of(_DRAWING, _pad(pads), Call(program, (direction, 0, 0))))


@cache
def known_programs() -> tuple[str, ...]:
    """The programs of the drawing core that comes along; their names are taken."""
    try:
        return tuple(json.loads(_SHIPPED.read_text("utf-8"))["config"]["programs"])
    except (OSError, ValueError, KeyError, TypeError):  # loading it says what is wrong with it
        return ()


def callable_programs() -> tuple[tuple[str, bool], ...]:
    """The programs that a demonstration can call, each with whether it takes a direction."""
    calls = calls_of(known_programs(), _DRAWING)
    names = dict.fromkeys(call.program for call in calls)
    return tuple((name, sum(call.program == name for call in calls) > 1) for name in names)


def is_name(text: str) -> bool:
    """Whether a program can be called so."""
    return NAME.fullmatch(text) is not None


class Recordings:
    """The recordings in a folder, one file for each procedure; None for no folder, then nothing is kept."""

    def __init__(self, folder: Path | None) -> None:
        self._folder = folder

    def names(self) -> list[str]:
        """Names of all recordings, in their order; `latest` knows which was changed last."""
        if self._folder is None:
            return []
        found = (file.name.removesuffix(_RECORDING) for file in self._folder.glob(f"*{_RECORDING}"))
        return sorted(name for name in found if is_name(name))

    def latest(self, others: Sequence[str]) -> str | None:
        """The recording that was changed last and is none of these; None where there is none."""
        names = [name for name in self.names() if name not in others]
        return max(names, key=lambda name: self.file(name).stat().st_mtime, default=None)

    def read(self, name: str) -> tuple[Shown, ...]:
        """The demonstrations of a recording; raises `UsageError`."""
        return read_shown(self.file(name))[1]

    def keep(self, name: str, shown: Sequence[Shown]) -> None:
        """Write a recording; without any move there is none. Raises `OSError`."""
        if self._folder is None:
            return
        performed = [Demonstration(_pad(one.start), one.moves) for one in shown if one.groups]
        if performed:
            self._folder.mkdir(parents=True, exist_ok=True)
            write_whole(self.file(name), recording_text(name, performed, _DRAWING))
        else:
            self.file(name).unlink(missing_ok=True)

    def forget(self, name: str) -> None:
        """Remove a recording. Raises `OSError`."""
        if self._folder is not None:
            self.file(name).unlink(missing_ok=True)

    def file(self, name: str) -> Path:
        """Where a recording is."""
        return (self._folder or Path()) / f"{name}{_RECORDING}"


def read_shown(path: Path) -> tuple[str, tuple[Shown, ...]]:
    """The name and the demonstrations of any recording; raises `UsageError` naming the place."""
    name, found = read_recording(path, _DRAWING)
    return name, tuple(Shown(_pads(one.pad), tuple((move,) for move in one.moves)) for one in found)


def find_taught(folder: Path | None) -> tuple[TaughtProcedure, ...]:
    """The procedures that were learned, by name; a file that cannot be read is left out."""
    found = []
    for file in sorted(folder.glob("*.json")) if folder is not None else ():
        if file.name.endswith(_RECORDING):
            continue
        try:
            found.append(_described(file, json.loads(read_text(file))))
        except (ValueError, KeyError, TypeError, RecursionError) as error:  # PuzzleError is a ValueError
            log.warning("a taught procedure cannot be read: %s: %s", file.name, error)
    return tuple(found)


def _described(file: Path, about: Any) -> TaughtProcedure:
    name, weights = about["taught"], file.with_suffix(".safetensors")
    if about["format"] != FORMAT or not is_name(name) or name != file.stem or not weights.is_file():
        raise ValueError(f"expected format {FORMAT} and {weights.name} beside it")
    steps = tuple(str(step) for step in about["steps"])
    return TaughtProcedure(name, weights, steps, bool(about["repeats"]), int(about["demonstrations"]))


def forget_taught(procedure: TaughtProcedure) -> None:
    """Remove what was learned; the recording stays. Raises `OSError`."""
    procedure.weights.with_suffix(".json").unlink(missing_ok=True)
    procedure.weights.unlink(missing_ok=True)


def learn(
    name: str, shown: Sequence[Shown], folder: Path, may_go_on: Callable[[], bool]
) -> Iterator[Learning | Learned | NotLearned]:
    """Teach the drawing core that comes along, report, and keep the larger one if it does as was shown."""
    load_torch_libraries()
    from solver.npi.checkpoint import load_core, save_core, shipped  # noqa: PLC0415
    from solver.npi.teach import Taught, UnteachableError, about_taught, teaching  # noqa: PLC0415

    core, about = load_core(shipped(_DRAWING.name))
    performed = [Demonstration(_pad(one.start), one.moves) for one in shown]
    running = teaching(core, _DRAWING, name, performed, ITERATIONS)
    while True:
        try:
            report = next(running)
        except StopIteration as end:
            taught: Taught = end.value
            break
        except UnteachableError as error:
            places = tuple((place.demonstration, place.move) for place in error.places)
            yield NotLearned(error.why, places, error.traces, str(error))
            return
        yield Learning(report.iterations, report.most, report.frames, report.wrong)
    if not all(taught.right):
        places = tuple((place.demonstration, place.move) for place in taught.differs)
        yield NotLearned("done otherwise", places, 0, "a demonstration is done otherwise")
    elif may_go_on():
        file = folder / f"{name}.safetensors"
        described = about_taught(taught, about, _DRAWING)
        save_core(taught.growth.core, file, described)
        procedure = _described(file.with_suffix(".json"), described | {"format": FORMAT})
        yield Learned(procedure, taught.growth.iterations, taught.growth.seconds)


def _pad(pads: Pads) -> Pad:
    return Pad(pads.cells, dict(zip(POINTERS, pads.pointers, strict=True)), pads.hand)


def _pads(pad: Pad) -> Pads:
    return Pads(pad.cells.copy(), tuple(pad.pointers.values()), pad.hand)

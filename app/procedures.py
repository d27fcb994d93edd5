"""Learned procedures as the window sees them: what can be run, a run as plain records, what is known of it.

With `app.taught` the one place in the window that knows `solver.npi`. What needs the network imports torch
when it is first called, so `run` and `describe` belong in the solver's thread; the rest is quick and needs no
torch.
"""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

import numpy as np

import assets
from app.services import load_torch_libraries
from app.state.recording import Arguments, Made, Pads, Step
from app.taught import TaughtProcedure
from solver.npi.demonstrations import NO_DIRECTION
from solver.npi.pad import Pad, addition_pad, sorting_pad
from solver.npi.programs import ACT, Call, Procedures
from solver.npi.tasks import TASKS, Task, TaughtTask
from solver.words.errors import UsageError

if TYPE_CHECKING:
    from solver.npi.model import Core

MOST_STEPS = 200_000
"""Of a run in the window; a person who wants more has the command line."""
REPORT_S = 0.1
TRACED_RUNS = 30
"""True runs of a task from which it is known which program calls which."""
TYPED = {"addition": 2, "sorting": 1, "maximum": 1}
"""How many numbers can be typed in for a task; tasks that are not named have none."""
LONGEST_TYPED = 2000
_MODELS = Path(assets.__file__).parent / "models"


@dataclass(frozen=True)
class Example:
    """What is to be run: a random pad of a size, or one that somebody typed in or drew."""

    task: str
    size: int = 6
    seed: int = 0
    given: tuple[str, ...] = ()
    """The numbers typed in; none for a random pad."""
    drawn: Pads | None = None
    """The pad as somebody changed it by hand."""
    arguments: Arguments | None = None
    """Of the first call, where it is not the random one."""


@dataclass(frozen=True)
class Start:
    """A pad before the run and the call to make on it."""

    pads: Pads
    program: str
    arguments: Arguments


class Thought(Protocol):
    """What the network said at a step: `solver.npi.model.Decision`."""

    @property
    def end(self) -> float:
        """Probability that the call returns now."""
        ...

    @property
    def matches(self) -> tuple[float, ...]:
        """Probability of every program of the memory, in its order."""
        ...

    @property
    def arguments(self) -> Arguments:
        """The most probable arguments."""
        ...

    @property
    def argument_probabilities(self) -> tuple[float, float, float]:
        """How probable each of them is."""
        ...


@dataclass(frozen=True)
class Ended:
    """The last report of a run."""

    outcome: str
    """"returned", or why it was stopped."""
    thoughts: tuple[Thought, ...]
    """One for each step: what the network said."""


@dataclass(frozen=True)
class Row:
    """One program of a core's memory."""

    program: str
    callers: tuple[str, ...]
    calls: tuple[str, ...]
    key: tuple[float, ...]
    value: tuple[float, ...]
    grown: bool
    """Whether it was added to a core that was trained before."""


@dataclass(frozen=True)
class Certificate:
    """What is known of how right a core is on a task."""

    checked: int = 0
    """Observation histories that were run; 0 where there is no list of them."""
    wrong: int = 0
    fresh: int = 0
    """Where there is no list: random runs that were checked after training."""
    taught: int = 0
    """Demonstrations that a taught procedure learned from and does again."""

    @property
    def holds(self) -> bool:
        """Whether every history that can occur was run and none is wrong."""
        return self.checked > 0 and not self.wrong


@dataclass(frozen=True)
class Library:
    """What is known of the core that runs a task."""

    task: str
    rows: tuple[Row, ...]
    certificate: Certificate

    @property
    def programs(self) -> tuple[str, ...]:
        """The memory's programs, in order."""
        return tuple(row.program for row in self.rows)


@dataclass(frozen=True)
class TaskFacts:
    """What the list of examples needs of a task."""

    name: str
    environment: str
    pointers: tuple[str, ...]
    components: tuple[str, ...]
    typed: int
    """How many numbers can be typed in."""
    least: int
    """Size of the smallest pad."""
    directions: tuple[int, ...] = field(default=())
    """What the first argument may be; none where it means nothing."""
    undirected: tuple[str, ...] = NO_DIRECTION
    """Drawing programs whose first argument means nothing."""
    taught: bool = False
    """Whether a person taught it, so that there is no true procedure."""


_TAUGHT: dict[str, TaughtProcedure] = {}
"""By their names, which are their tasks' names too: capital letters, as no other task has."""


def use_taught(procedures: Iterable[TaughtProcedure]) -> None:
    """Let these be run, and no others that were taught."""
    _TAUGHT.clear()
    _TAUGHT.update((procedure.name, procedure) for procedure in procedures)


def taught(task: str) -> TaughtProcedure | None:
    """The taught procedure of this name; None where there is none."""
    return _TAUGHT.get(task)


def _task(name: str) -> Task:
    return TaughtTask(name) if name in _TAUGHT else TASKS[name]


@cache
def known_tasks() -> frozenset[str]:
    """Return the tasks whose first program is in the memory that comes with the program."""
    found = set()
    for name, task in TASKS.items():
        try:
            about = json.loads((_MODELS / f"npi.{task.environment.name}.json").read_text("utf-8"))
            config = about["config"]
            programs = {*config["programs"], *config.get("added", ())}
        except (OSError, ValueError, KeyError, TypeError):  # loading it says what is wrong with it
            continue
        if task.start(np.random.default_rng(0), 5)[1].program in programs:
            found.add(name)
    return frozenset(found)


def facts_of(task: str) -> TaskFacts:
    """Return what is known of a task without its network."""
    found = _task(task)
    environment = found.environment
    drawing = environment.name == "drawing"
    varied = drawing and {found.start(np.random.default_rng(seed), 5)[1].arguments for seed in range(3)} != {
        (0, 0, 0)
    }
    return TaskFacts(
        task,
        environment.name,
        environment.pointers,
        environment.components,
        TYPED.get(task, 0),
        3 if drawing else 1,
        tuple(getattr(found, "directions", ())) if varied else (),
        (*NO_DIRECTION, task) if task in _TAUGHT else NO_DIRECTION,
        task in _TAUGHT,
    )


def check_typed(example: Example) -> None:
    """Raise `UsageError` where what was typed in cannot be put on the pad."""
    for text in example.given:
        if not (text.isascii() and text.isdigit()) or len(text) > LONGEST_TYPED:
            shown = text if len(text) <= 20 else f"{text[:20]}…"
            raise UsageError(f"input is {shown!r}, expected 1 to {LONGEST_TYPED} digits")


def may_draw(task: str, row: int, column: int) -> bool:
    """Whether a cell of a task's pad is the person's to write: not the carries, the sum, the free column."""
    return _task(task).environment.name != "addition" or (row < 2 and column > 0)


def start_of(example: Example) -> Start:
    """Return the pad of an example before its run."""
    pad, call = _start(example)
    arguments = call.arguments if example.arguments is None else example.arguments
    return Start(_pads(pad), call.program, arguments)


def _start(example: Example) -> tuple[Pad, Call]:
    check_typed(example)
    task = _task(example.task)
    pad, call = task.start(np.random.default_rng(example.seed), example.size)
    if example.drawn is not None:
        drawn = example.drawn
        pad = Pad(drawn.cells, dict(zip(task.environment.pointers, drawn.pointers, strict=True)), drawn.hand)
    elif example.given:
        numbers = [[int(digit) for digit in text] for text in example.given]
        pad = addition_pad(*numbers) if task.environment.name == "addition" else sorting_pad(numbers[0])
    if example.arguments is not None:
        call = Call(call.program, example.arguments)
    return pad, call


def _pads(pad: Pad) -> Pads:
    return Pads(pad.grid().copy(), tuple(pad.pointers.values()), pad.hand)


def run(example: Example, may_go_on: Callable[[], bool]) -> Iterator[tuple[Step, ...] | Ended]:
    """Run an example, reporting the steps made since the last report and then how it ended.

    Raises `UsageError` or `CheckpointError` with a sentence for people.
    """
    task = _task(example.task)
    pad, call = _start(example)
    core, about = _core_of(example.task)
    from solver.npi.interpreter import Interpreter  # noqa: PLC0415

    truth = _Truth(task.procedures(bool(about.get("plan", {}).get("looped"))), call)
    running = Interpreter(core, task.environment.name, MOST_STEPS).run(
        pad, call, cancelled=lambda: not may_go_on()
    )
    next(running)
    waiting: list[Step] = []
    reported_at = time.monotonic()
    places = tuple(pad.pointers.values())
    while True:
        seen = task.environment.observe(pad)
        try:
            event = next(running)
        except StopIteration as end:
            yield tuple(waiting)
            yield Ended(end.value.outcome.value, _thoughts(end.value))
            return
        now = tuple(pad.pointers.values())
        places = places if now == places else now
        made = Made(event.kind, event.call.program, event.call.arguments)
        waiting.append(Step(made, seen, event.changes, places, truth.judge(seen, made)))
        if time.monotonic() - reported_at >= REPORT_S:
            yield tuple(waiting)
            waiting, reported_at = [], time.monotonic()


class _Truth:
    """The true procedures, carried out beside a run for as long as both do the same."""

    def __init__(self, procedures: Procedures, call: Call) -> None:
        self._procedures = procedures
        self._seen: list[list[tuple[int, ...]]] = []
        self._calls: list[Iterator[Call]] = []
        self._begin(call)

    def _begin(self, call: Call) -> None:
        """Follow a call; a program that nobody wrote down ends the comparison."""
        procedure = self._procedures.get(call.program)
        if procedure is None:
            self._calls = []
            return
        seen: list[tuple[int, ...]] = [()]
        self._seen.append(seen)
        self._calls.append(procedure(lambda: seen[0], call.arguments))

    def judge(self, seen: tuple[int, ...], made: Made) -> Made | None:
        """Return what the true procedure does here; None once the two have parted or nobody knows."""
        if not self._calls:
            return None
        self._seen[-1][0] = seen
        call = next(self._calls[-1], None)
        if call is None:
            true = Made("return", made.program if made.kind == "return" else "", made.arguments)
            self._calls.pop()
            self._seen.pop()
        else:
            true = Made("act" if call.program == ACT else "call", call.program, call.arguments)
            if true.kind == "call" and true == made:
                self._begin(call)
        if true != made:
            self._calls = []
        return true


def _thoughts(run: Any) -> tuple[Thought, ...]:
    """The decisions of a run in the order of time."""
    found: list[Thought | None] = [None] * run.steps
    waiting = [run.tree]
    while waiting:
        node = waiting.pop()
        for step in node.steps:
            found[step.time] = step.decision
            if step.child is not None:
                waiting.append(step.child)
    return tuple(thought for thought in found if thought is not None)


def describe(task: str) -> Library:
    """Return the memory and the certificate of the core that runs a task."""
    core, about = _core_of(task)
    with_added = core.config.every_program
    keys, values = core.keys.tolist(), core.values.tolist()
    if core.added is not None:
        keys, values = keys + core.added.keys.tolist(), values + core.added.values.tolist()
    looped = bool(about.get("plan", {}).get("looped"))
    pairs = _who_calls_whom(tuple(about.get("tasks", ())) or (task,), looped) | _taught_pairs(task)
    rows = tuple(
        Row(
            program,
            tuple(caller for caller in with_added if (caller, program) in pairs),
            tuple(callee for callee in with_added if (program, callee) in pairs),
            tuple(keys[place]),
            tuple(values[place]),
            program in core.config.added,
        )
        for place, program in enumerate(with_added)
    )
    return Library(task, rows, _certificate(about, task))


def _taught_pairs(task: str) -> frozenset[tuple[str, str]]:
    """Which program a taught one calls: those of its unit, and itself where it repeats that."""
    found = taught(task)
    if found is None:
        return frozenset()
    called = {step.split()[0] for step in found.steps}
    named = {program if program.isupper() else ACT for program in called}
    return frozenset((task, program) for program in (*named, *([task] if found.repeats else [])))


def _certificate(about: dict[str, Any], task: str) -> Certificate:
    if task in _TAUGHT:
        return Certificate(taught=_TAUGHT[task].demonstrations)
    found = about.get("certified", {}).get(task)
    if found is not None:
        return Certificate(int(found["checked"]), int(found["wrong"]))
    return Certificate(0, int(about.get("wrong", 0)), int(about.get("fresh traces", {}).get(task, 0)))


@cache
def _who_calls_whom(tasks: tuple[str, ...], looped: bool) -> frozenset[tuple[str, str]]:
    """Which program calls which in true runs of training size."""
    pairs: set[tuple[str, str]] = set()
    for task in tasks:
        for frame in TASKS[task].frames(np.random.default_rng(0), TRACED_RUNS, looped):
            pairs |= {(frame.call.program, made.program) for made in frame.calls}
    return frozenset(pairs)


def _core_of(task: str) -> tuple[Core, dict[str, Any]]:
    """The core that runs a task: the person's own for what was taught."""
    found = taught(task)
    if found is None:
        return _load(_task(task).environment.name)
    load_torch_libraries()
    from solver.npi.checkpoint import load_core  # noqa: PLC0415

    return load_core(found.weights)


@cache
def _load(environment: str) -> tuple[Core, dict[str, Any]]:
    load_torch_libraries()
    from solver.npi.checkpoint import load_core, shipped  # noqa: PLC0415

    return load_core(shipped(environment))

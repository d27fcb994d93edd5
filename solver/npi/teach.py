"""A new procedure from a few demonstrations: pointer and colour moves become traces, traces become memory.

Moves that a known procedure would make just so are folded into a call of it. If the demonstrations repeat
one unit a different number of times, the new procedure is that unit followed by a call of itself, and what it
sees has to tell when to stop; otherwise it is the same list of steps every time. The core's own numbers stay
as they are, see `solver/npi/grow.py`.
"""

from __future__ import annotations

from collections.abc import Generator, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from solver.npi.demonstrations import Demonstration, calls_of, moves_of
from solver.npi.follow import Outcome
from solver.npi.grow import Growing, Growth, growing
from solver.npi.interpreter import Interpreter
from solver.npi.model import Core
from solver.npi.pad import Arguments, Environment, Observation, Pad
from solver.npi.programs import ACT, Call
from solver.npi.recordings import said
from solver.npi.traces import Frame, different
from solver.words.errors import UsageError

_STEPS = 5_000
_TURN = 20
"""Steps folded between two reports; some 100 ms."""
_FLAT = ("STROKE", "TICK")
"""Programs that make the same moves everywhere."""


@dataclass(frozen=True)
class Place:
    """A moment of a demonstration."""

    demonstration: int
    """Counted from 1."""
    move: int
    """Counted from 1; 0 before the first one."""


class UnteachableError(UsageError):
    """Demonstrations that no procedure of the kinds known here can follow; the message says why."""

    def __init__(self, text: str, why: str = "", places: tuple[Place, ...] = (), traces: int = 0) -> None:
        super().__init__(text)
        self.why = why
        """"other steps": the second place does not do as the first; "same view": it stops where the first
        goes on; "still wrong": what was learned does otherwise there; empty for anything else."""
        self.places = places
        self.traces = traces
        """How many are still wrong."""


@dataclass(frozen=True, eq=False)
class Taught:
    """A procedure that was learned, and on what it was tried."""

    name: str
    growth: Growth
    unit: tuple[Call, ...]
    """Its steps, or the steps that it repeats."""
    repeats: bool
    right: tuple[bool, ...]
    """For every demonstration, whether the learned procedure does the same to its pad."""
    differs: tuple[Place, ...] = ()
    """Where it does otherwise in those that are not right."""


def teach(
    core: Core,
    environment: Environment,
    name: str,
    demonstrations: Sequence[Demonstration],
    iterations: int = 600,
) -> Taught:
    """Learn the procedure `name` on top of a core; raises `UnteachableError` saying what is in the way."""
    running = teaching(core, environment, name, demonstrations, iterations)
    while True:
        try:
            next(running)
        except StopIteration as end:
            taught: Taught = end.value
            return taught


def teaching(
    core: Core,
    environment: Environment,
    name: str,
    demonstrations: Sequence[Demonstration],
    iterations: int = 600,
) -> Generator[Growing, None, Taught]:
    """`teach` with a report every few iterations; whoever asks for no further one has cancelled it."""
    if name in core.config.every_program:
        raise UsageError(f"name is {name!r}, expected one that the core has no program for")
    if core.config.added:
        raise UsageError("the core has taught programs already, expected one without")
    if not demonstrations:
        raise UnteachableError("no demonstration given, expected two or more")
    for number, shown in enumerate(demonstrations, 1):
        if not shown.moves:
            raise UnteachableError(f"demonstration {number} has no move, expected one at least")
    finding = _structure(core, environment, name, demonstrations)
    while True:
        try:
            next(finding)
        except StopIteration as end:
            unit, counts, frames = end.value
            break
        yield Growing(0, iterations, 0, 0)
    growth = yield from growing(core, (name,), frames, iterations=iterations)
    differs = _differences(growth.core, environment, name, demonstrations)
    if growth.wrong:
        where = "".join(f"; demonstration {p.demonstration} differs at move {p.move}" for p in differs[:1])
        raise UnteachableError(
            f"{growth.wrong} of {growth.frames} different traces are still wrong after {growth.iterations} "
            f"iterations, expected 0{where}; more iterations or other demonstrations may help",
            "still wrong",
            differs[:1],
            growth.wrong,
        )
    right = tuple(_same(growth.core, environment, name, shown) for shown in demonstrations)
    wrong = tuple(place for place in differs if not right[place.demonstration - 1])
    return Taught(name, growth, unit, len(set(counts)) > 1, right, wrong)


def about_taught(taught: Taught, about: dict[str, Any], environment: Environment) -> dict[str, Any]:
    """What stands beside the larger core: what is known of the core it grew from, and what it was taught."""
    kept = {key: about[key] for key in ("tasks", "certified") if key in about}
    return kept | {
        "taught": taught.name,
        "steps": [said(call, environment) for call in taught.unit],
        "repeats": taught.repeats,
        "demonstrations": len(taught.right),
        "right": sum(taught.right),
        "traces": taught.growth.frames,
        "iterations": taught.growth.iterations,
        "seconds": round(taught.growth.seconds, 1),
    }


def _structure(
    core: Core, environment: Environment, name: str, demonstrations: Sequence[Demonstration]
) -> Generator[None, None, tuple[tuple[Call, ...], list[int], list[Frame]]]:
    """Unit, repetitions and traces, with as much folded as makes the demonstrations agree."""
    known = known_calls(core, environment)
    flat = [call for call in known if call.program in _FLAT]
    reasons: list[UnteachableError] = []
    for foldable in (known, flat, []):
        try:
            folded = []
            for shown in demonstrations:
                folded.append((yield from _folding(environment, shown, foldable)))
            unit, counts = find_unit(folded)
            repeats = len(set(counts)) > 1
            traces = [
                (frame, Place(number, done))
                for number, (shown, count) in enumerate(zip(demonstrations, counts, strict=True), 1)
                for frame, done in _frames(environment, name, shown, unit, count if repeats else None)
            ]
            _refuse_contradictions(environment, traces)
        except UnteachableError as error:
            reasons.append(error)
        else:
            return unit, counts, different(frame for frame, _ in traces)
    raise reasons[-1]


def known_calls(core: Core, environment: Environment) -> list[Call]:
    """Calls of the environment's procedures that the core knows, in all eight directions."""
    return calls_of(core.config.programs, environment)


def fold(environment: Environment, shown: Demonstration, known: Sequence[Call]) -> tuple[Call, ...]:
    """The demonstration with moves put together into known calls, the longest first.

    A call counts only where it makes two moves or more, all of them the demonstrated ones.
    """
    running = _folding(environment, shown, known)
    while True:
        try:
            next(running)
        except StopIteration as end:
            folded: tuple[Call, ...] = end.value
            return folded


def _folding(
    environment: Environment, shown: Demonstration, known: Sequence[Call]
) -> Generator[None, None, tuple[Call, ...]]:
    """`fold`, which yields now and then."""
    pad, calls, moves = shown.pad.copy(), list[Call](), list(shown.moves)
    while moves:
        made = {call: moves_of(environment, pad, call, moves) for call in known}
        fitting = [call for call, own in made.items() if len(own) > 1]
        best = max(fitting, key=lambda call: len(made[call]), default=None)
        length = 1 if best is None else len(made[best])
        calls.append(Call(ACT, moves[0]) if best is None else best)
        for move in moves[:length]:
            environment.act(pad, move)
        moves = moves[length:]
        if len(calls) % _TURN == 0:
            yield
    return tuple(calls)


def find_unit(folded: Sequence[tuple[Call, ...]]) -> tuple[tuple[Call, ...], list[int]]:
    """The shortest list of calls that every demonstration repeats, and how many times each does.

    Raises `UnteachableError` when there is none.
    """
    shortest = min(folded, key=len)
    for length in range(1, len(shortest) + 1):
        unit = shortest[:length]
        if all(calls == unit * (len(calls) // length) for calls in folded):
            return unit, [len(calls) // length for calls in folded]
    one = folded.index(shortest)
    other = next((i for i, calls in enumerate(folded) if calls[: len(shortest)] != shortest), int(one == 0))
    pairs = enumerate(zip(shortest, folded[other], strict=False), 1)
    step = next((place for place, (a, b) in pairs if a != b), len(shortest) + 1)
    raise UnteachableError(
        f"demonstration {other + 1} does other steps than demonstration {one + 1} from step {step} on; "
        "expected the same steps each time, or one unit repeated: a choice of steps cannot be learned",
        "other steps",
        (Place(one + 1, step), Place(other + 1, step)),
    )


def _frames(
    environment: Environment, name: str, shown: Demonstration, unit: tuple[Call, ...], count: int | None
) -> Iterator[tuple[Frame, int]]:
    """The traces of the new procedure itself, each with the moves made before it.

    One call, or `count` and the one that only returns. A call that goes on ends when all that follow have
    ended, so its last observation is the end's.
    """
    pad, done = shown.pad.copy(), 0
    opened: list[tuple[list[Observation], int]] = []
    for _ in range(1 if count is None else count):
        seen = [environment.observe(pad)]
        opened.append((seen, done))
        for call in unit:
            done += _carry_out(environment, pad, call)
            seen.append(environment.observe(pad))
    last = environment.observe(pad)
    again = () if count is None else (Call(name),)
    for seen, before in opened:
        observed = tuple(seen) if count is None else (*seen, last)
        yield Frame(environment.name, Call(name), observed, unit + again), before
    if count is not None:
        yield Frame(environment.name, Call(name), (last,), ()), done


def _carry_out(environment: Environment, pad: Pad, call: Call) -> int:
    """Make a step on the pad; returns how many moves that took."""
    moves = [call.arguments] if call.program == ACT else moves_of(environment, pad, call)
    for move in moves:
        environment.act(pad, move)
    return len(moves)


def _refuse_contradictions(environment: Environment, traces: Sequence[tuple[Frame, Place]]) -> None:
    """Raise `UnteachableError` where the same first view is followed by going on and by stopping."""
    begins: dict[Observation, tuple[Frame, Place]] = {}
    for frame, place in traces:
        other, earlier = begins.setdefault(frame.seen[0], (frame, place))
        if other.calls != frame.calls:
            on, off = (place, earlier) if frame.calls else (earlier, place)
            raise UnteachableError(
                f"the view is the same where demonstration {on.demonstration} goes on after move {on.move} "
                f"and demonstration {off.demonstration} stops after move {off.move}; expected other: "
                f"{', '.join(environment.components)}"[:280],
                "same view",
                (on, off),
            )


def _differences(
    core: Core, environment: Environment, name: str, demonstrations: Sequence[Demonstration]
) -> tuple[Place, ...]:
    """The first move that the learned procedure makes otherwise, for each demonstration that has one."""
    found = []
    for number, shown in enumerate(demonstrations, 1):
        move = _first_difference(core, environment, name, shown)
        if move is not None:
            found.append(Place(number, move))
    return tuple(found)


def _first_difference(core: Core, environment: Environment, name: str, shown: Demonstration) -> int | None:
    made = list[Arguments]()
    running = Interpreter(core, environment.name, _STEPS).run(shown.pad.copy(), Call(name))
    for event in running:
        if event.kind != "act":
            continue
        if len(made) == len(shown.moves) or event.call.arguments != shown.moves[len(made)]:
            return len(made) + 1
        made.append(event.call.arguments)
    return len(made) + 1 if len(made) < len(shown.moves) else None


def _same(core: Core, environment: Environment, name: str, shown: Demonstration) -> bool:
    pad, expected = shown.pad.copy(), shown.after(environment)
    run = Interpreter(core, environment.name, _STEPS).finish(pad, Call(name))
    same_pad = bool((pad.cells == expected.cells).all()) and pad.pointers == expected.pointers
    return run.outcome is Outcome.RETURNED and same_pad

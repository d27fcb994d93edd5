"""A new procedure from a few demonstrations: pointer and colour moves become traces, traces become memory.

Moves that a known procedure would make just so are folded into a call of it. If the demonstrations repeat
one unit a different number of times, the new procedure is that unit followed by a call of itself, and what it
sees has to tell when to stop; otherwise it is the same list of steps every time. The core's own numbers stay
as they are, see `solver/npi/grow.py`.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from solver.npi.grow import Growth, grow_frames
from solver.npi.interpreter import Interpreter, Outcome
from solver.npi.model import Core
from solver.npi.pad import STEPS, Arguments, Environment, Observation, Pad
from solver.npi.programs import ACT, RECURSIVE, Call, Procedures
from solver.npi.traces import EndlessError, Frame, different, run_true
from solver.words.errors import UsageError

_LONGEST_FOLDED = 400
"""Moves of one known call that are compared."""
_STEPS = 5_000
NO_DIRECTION = ("FILL", "BAR", "TICK")
"""Drawing programs without arguments."""
_FLAT = ("STROKE", "TICK")
"""Programs that make the same moves everywhere."""


class UnteachableError(UsageError):
    """Demonstrations that no procedure of the kinds known here can follow; the message says why."""


@dataclass(frozen=True, eq=False)
class Demonstration:
    """A pad before anything happens, and the `ACT` moves that were made on it, in order."""

    pad: Pad
    moves: tuple[Arguments, ...]

    def after(self, environment: Environment) -> Pad:
        """The pad once all moves are made; the one given stays as it is."""
        pad = self.pad.copy()
        for move in self.moves:
            environment.act(pad, move)
        return pad


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


def teach(
    core: Core,
    environment: Environment,
    name: str,
    demonstrations: Sequence[Demonstration],
    iterations: int = 600,
) -> Taught:
    """Learn the procedure `name` on top of a core; raises `UnteachableError` saying what is in the way."""
    if name in core.config.every_program:
        raise UsageError(f"name is {name!r}, expected one that the core has no program for")
    if core.config.added:
        raise UsageError("the core has taught programs already, expected one without")
    if not demonstrations:
        raise UnteachableError("no demonstration given, expected two or more")
    for number, shown in enumerate(demonstrations, 1):
        if not shown.moves:
            raise UnteachableError(f"demonstration {number} has no move, expected one at least")
    unit, counts, frames = _structure(core, environment, name, demonstrations)
    growth = grow_frames(core, (name,), frames, iterations=iterations)
    if growth.wrong:
        raise UnteachableError(
            f"{growth.wrong} of {growth.frames} different traces are still wrong after {growth.iterations} "
            "iterations, expected 0; more iterations or other demonstrations may help"
        )
    right = tuple(_same(growth.core, environment, name, shown) for shown in demonstrations)
    return Taught(name, growth, unit, len(set(counts)) > 1, right)


def _structure(
    core: Core, environment: Environment, name: str, demonstrations: Sequence[Demonstration]
) -> tuple[tuple[Call, ...], list[int], list[Frame]]:
    """Unit, repetitions and traces, with as much folded as makes the demonstrations agree."""
    known = known_calls(core, environment)
    flat = [call for call in known if call.program in _FLAT]
    reasons: list[UnteachableError] = []
    for foldable in (known, flat, []):
        try:
            unit, counts = find_unit([fold(environment, shown, foldable) for shown in demonstrations])
            repeats = len(set(counts)) > 1
            frames = different(
                frame
                for shown, count in zip(demonstrations, counts, strict=True)
                for frame in _frames(environment, name, shown.pad.copy(), unit, count if repeats else None)
            )
            _refuse_contradictions(environment, frames)
        except UnteachableError as error:
            reasons.append(error)
        else:
            return unit, counts, frames
    raise reasons[-1]


def known_calls(core: Core, environment: Environment) -> list[Call]:
    """Calls of the environment's procedures that the core knows, in all eight directions."""
    names = [name for name in RECURSIVE[environment.name] if name in core.config.programs]
    directed = [Call(n, (d, 0, 0)) for n in names if n not in NO_DIRECTION for d in range(len(STEPS))]
    return [Call(name) for name in names if name in NO_DIRECTION] + directed


def fold(environment: Environment, shown: Demonstration, known: Sequence[Call]) -> tuple[Call, ...]:
    """The demonstration with moves put together into known calls, the longest first.

    A call counts only where it makes two moves or more, all of them the demonstrated ones.
    """
    pad, calls, moves = shown.pad.copy(), [], list(shown.moves)
    procedures = RECURSIVE[environment.name]
    while moves:
        made = {call: _moves_of(procedures, environment, pad, call) for call in known}
        fitting = [call for call, own in made.items() if len(own) > 1 and own == moves[: len(own)]]
        best = max(fitting, key=lambda call: len(made[call]), default=None)
        length = 1 if best is None else len(made[best])
        calls.append(Call(ACT, moves[0]) if best is None else best)
        for move in moves[:length]:
            environment.act(pad, move)
        moves = moves[length:]
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
    first = next((i for i, calls in enumerate(folded) if calls[: len(shortest)] != shortest), 1)
    raise UnteachableError(
        f"demonstration {first + 1} does other steps than demonstration {folded.index(shortest) + 1}; "
        "expected the same steps each time, or one unit repeated: a choice of steps cannot be learned"
    )


def _moves_of(procedures: Procedures, environment: Environment, pad: Pad, call: Call) -> list[Arguments]:
    """The moves that a known call makes from here; none where it does not apply."""
    trial, moves = pad.copy(), list[Arguments]()
    try:
        for _ in run_true(procedures, _Watched(environment, moves), trial, call, _LONGEST_FOLDED):
            pass
    except (EndlessError, KeyError):  # it does not end from here, or has no such direction
        return []
    return moves


class _Watched(Environment):
    """An environment that writes down what is done in it."""

    def __init__(self, inner: Environment, moves: list[Arguments]) -> None:
        self._inner, self._moves = inner, moves
        self.name = inner.name  # type: ignore[misc]

    def observe(self, pad: Pad) -> Observation:
        """As the environment inside."""
        return self._inner.observe(pad)

    def act(self, pad: Pad, arguments: Arguments) -> tuple[tuple[int, int, int, int], ...]:
        """As the environment inside."""
        self._moves.append(arguments)
        return self._inner.act(pad, arguments)


def _frames(
    environment: Environment, name: str, pad: Pad, unit: tuple[Call, ...], count: int | None
) -> Iterator[Frame]:
    """The traces of the new procedure itself: one call, or `count` and the one that only returns.

    A call that goes on ends when all that follow have ended, so its last observation is the end's.
    """
    opened: list[list[Observation]] = []
    for _ in range(1 if count is None else count):
        seen = [environment.observe(pad)]
        for call in unit:
            _carry_out(environment, pad, call)
            seen.append(environment.observe(pad))
        opened.append(seen)
    last = environment.observe(pad)
    again = () if count is None else (Call(name),)
    for seen in opened:
        observed = tuple(seen) if count is None else (*seen, last)
        yield Frame(environment.name, Call(name), observed, unit + again)
    if count is not None:
        yield Frame(environment.name, Call(name), (last,), ())


def _carry_out(environment: Environment, pad: Pad, call: Call) -> None:
    if call.program == ACT:
        environment.act(pad, call.arguments)
    else:
        for _ in run_true(RECURSIVE[environment.name], environment, pad, call):
            pass


def _refuse_contradictions(environment: Environment, frames: Sequence[Frame]) -> None:
    """Raise `UnteachableError` where the same first view is followed by going on and by stopping."""
    begins: dict[Observation, Frame] = {}
    for frame in frames:
        other = begins.setdefault(frame.seen[0], frame)
        if other.calls != frame.calls:
            raise UnteachableError(
                "the view is the same where one demonstration goes on and another stops, expected a "
                f"difference in: {', '.join(environment.components)}"[:280]
            )


def _same(core: Core, environment: Environment, name: str, shown: Demonstration) -> bool:
    pad, expected = shown.pad.copy(), shown.after(environment)
    run = Interpreter(core, environment.name, _STEPS).finish(pad, Call(name))
    same_pad = bool((pad.cells == expected.cells).all()) and pad.pointers == expected.pointers
    return run.outcome is Outcome.RETURNED and same_pad

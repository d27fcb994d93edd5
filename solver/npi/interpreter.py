"""Running a learned procedure on a pad, step by step, as a call tree.

A call starts with an empty LSTM state, so what it decides depends on its program, its arguments and what it
has seen alone. The interpreter keeps every decision under that history and asks the network once for each:
a sum of a thousand digits costs little more network time than one of twenty.
"""

from __future__ import annotations

from collections.abc import Callable, Generator
from dataclasses import dataclass
from enum import Enum
from functools import partial
from typing import Any

from solver.npi.model import Core, Decision, decide
from solver.npi.pad import ENVIRONMENTS, Change, Environment, Observation, Pad
from solver.npi.programs import ACT, Call
from solver.words.errors import UsageError

_MOST_REMEMBERED = 20_000
"""Decisions kept; beyond, all are forgotten and asked for again."""


_TURN = 200
"""Steps between two moments at which `follow` lets its caller stop; some 10 ms."""


class Outcome(Enum):
    """How a run ended."""

    RETURNED = "returned"
    CANCELLED = "cancelled"
    TOO_MANY_STEPS = "too many steps"
    TOO_DEEP = "too many calls inside each other"


@dataclass(frozen=True, eq=False, repr=False)
class Step:
    """One decision of a call: what it saw, what it decided, and what came of it."""

    time: int
    """How many steps of the whole run came before."""
    seen: Observation
    decision: Decision
    child: Node | None = None
    """The call it made; None for a return and for `ACT`."""
    changes: tuple[Change, ...] = ()
    """The cells that `ACT` changed."""


@dataclass(frozen=True, eq=False, repr=False)
class Node:
    """One call with its steps; the calls it made hang below them."""

    call: Call
    steps: tuple[Step, ...]
    returned: bool
    """False when the run ended before this call did."""


@dataclass(frozen=True)
class Event:
    """What has just happened: a call began, `ACT` was carried out, or a call returned."""

    kind: str
    """"call", "act" or "return"."""
    call: Call
    depth: int
    """Calls it is inside of."""
    time: int
    changes: tuple[Change, ...] = ()


@dataclass(frozen=True, eq=False, repr=False)
class Run:
    """A finished run: its call tree, how it ended, and how many steps it took."""

    tree: Node
    outcome: Outcome
    steps: int


class _Moment:
    """A history: the decision at its end, and what follows each next observation."""

    __slots__ = ("decision", "next", "state")

    def __init__(self, decision: Decision, state: Any) -> None:
        self.decision, self.state = decision, state
        self.next: dict[Observation, _Moment] = {}


class _Frame:
    """A call under way."""

    __slots__ = ("call", "moment", "pending", "steps")

    def __init__(self, call: Call) -> None:
        self.call = call
        self.moment: _Moment | None = None
        self.steps: list[Step] = []
        self.pending: tuple[int, Observation, Decision] | None = None

    def close(self, child: Node | None) -> None:
        """Write down the step whose call has just ended."""
        if self.pending is not None:
            self.steps.append(Step(*self.pending, child=child))
            self.pending = None

    def node(self, returned: bool) -> Node:
        """The call as it stands."""
        return Node(self.call, tuple(self.steps), returned)


Running = Generator[Event, None, Run]
Ask = Callable[[Call, Observation, Any], tuple[Decision, Any]]
"""A call, an observation and the state before it (None at first) → the decision and the state after it."""


class Interpreter:
    """Runs the programs of one core in one environment."""

    def __init__(
        self, core: Core, environment: str, max_steps: int = 1_000_000, max_depth: int = 20_000
    ) -> None:
        if environment not in core.config.environments:
            known = ", ".join(sorted(core.config.environments))
            raise UsageError(f"environment is {environment!r}, expected one that the core knows: {known}")
        self.core = core
        self.environment: Environment = ENVIRONMENTS[environment]
        """What the pads are seen by; one that sees and does the same, only faster, may take its place."""
        self.max_steps, self.max_depth = max_steps, max_depth
        self.ask: Ask = partial(decide, core, environment)
        """What is asked for every decision that is not remembered; a faster twin may take its place."""
        self._begun: dict[tuple[Call, Observation], _Moment] = {}
        self._remembered = 0

    def run(self, pad: Pad, call: Call, cancelled: Callable[[], bool] = lambda: False) -> Running:
        """Carry out `call` on `pad`, in place; yields after every event and returns the `Run`.

        Closing the generator stops it at once and leaves the pad as it is; `cancelled` is asked before
        every step and ends the run with the tree so far. Raises `UsageError` for an unknown program.
        """
        if call.program not in self.core.config.every_program or call.program == ACT:
            known = ", ".join(p for p in self.core.config.every_program if p != ACT)
            raise UsageError(f"program is {call.program!r}, expected one of {known}")
        return self._run(pad, call, cancelled)

    def finish(self, pad: Pad, call: Call, cancelled: Callable[[], bool] = lambda: False) -> Run:
        """Carry out `call` on `pad` to its end, without stopping in between."""
        running = self.run(pad, call, cancelled)
        while True:
            try:
                next(running)
            except StopIteration as stop:
                run: Run = stop.value
                return run

    def follow(
        self, pad: Pad, call: Call, limit: int, changed: Callable[[tuple[Change, ...]], bool]
    ) -> Generator[None, None, Outcome]:
        """Carry out `call` on `pad`, in place, without keeping the tree: for searches that run very many.

        `changed` is told the cells that every `ACT` changed and ends the run by saying False. Yields now and
        then, so that a search can be stopped; `limit` steps end the run too.
        """
        stack, observe = [_Frame(call)], self.environment.observe
        for time in range(limit):
            if time % _TURN == _TURN - 1:
                yield
            frame = stack[-1]
            decision = self._decision(frame, observe(pad))
            if decision.ends:
                stack.pop()
                if not stack:
                    return Outcome.RETURNED
            elif decision.program == ACT:
                changes = self.environment.act(pad, decision.arguments)
                if changes and not changed(changes):
                    return Outcome.CANCELLED
            elif len(stack) > self.max_depth:
                return Outcome.TOO_DEEP
            else:
                stack.append(_Frame(Call(decision.program, decision.arguments)))
        return Outcome.TOO_MANY_STEPS

    def _run(self, pad: Pad, call: Call, cancelled: Callable[[], bool]) -> Running:
        stack, time = [_Frame(call)], 0
        yield Event("call", call, 0, time)
        while True:
            if stopped := self._why_stop(len(stack), time, cancelled):
                return Run(_unwind(stack), stopped, time)
            frame, seen = stack[-1], self.environment.observe(pad)
            decision = self._decision(frame, seen)
            now, time = time, time + 1
            if decision.ends:
                frame.steps.append(Step(now, seen, decision))
                node = stack.pop().node(returned=True)
                yield Event("return", frame.call, len(stack), now)
                if not stack:
                    return Run(node, Outcome.RETURNED, time)
                stack[-1].close(node)
            elif decision.program == ACT:
                changes = self.environment.act(pad, decision.arguments)
                frame.steps.append(Step(now, seen, decision, changes=changes))
                yield Event("act", Call(ACT, decision.arguments), len(stack), now, changes)
            else:
                frame.pending = (now, seen, decision)
                stack.append(_Frame(Call(decision.program, decision.arguments)))
                yield Event("call", stack[-1].call, len(stack) - 1, now)

    def _why_stop(self, depth: int, time: int, cancelled: Callable[[], bool]) -> Outcome | None:
        if cancelled():
            return Outcome.CANCELLED
        if time >= self.max_steps:
            return Outcome.TOO_MANY_STEPS
        return Outcome.TOO_DEEP if depth > self.max_depth else None

    def _decision(self, frame: _Frame, seen: Observation) -> Decision:
        """What the network decides for the frame's history and this observation, asked for once."""
        before = frame.moment
        known = self._begun.get((frame.call, seen)) if before is None else before.next.get(seen)
        if known is None:
            known = self._ask(frame, seen)
        frame.moment = known
        return known.decision

    def _ask(self, frame: _Frame, seen: Observation) -> _Moment:
        if self._remembered >= _MOST_REMEMBERED:
            self._begun.clear()
            self._remembered = 0
        before = frame.moment
        state = None if before is None else before.state
        decision, state = self.ask(frame.call, seen, state)
        moment = _Moment(decision, state)
        if before is None:
            self._begun[(frame.call, seen)] = moment
        else:
            before.next[seen] = moment
        self._remembered += 1
        return moment


def _unwind(stack: list[_Frame]) -> Node:
    """The tree of a run that was stopped with these calls under way."""
    node: Node | None = None
    for frame in reversed(stack):
        frame.close(node)
        node = frame.node(returned=False)
    if node is None:
        raise ValueError("a run has at least the call it began with")
    return node

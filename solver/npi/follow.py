"""Carrying out calls on a pad by asking for every decision, whoever makes it.

A call starts with an empty LSTM state, so what it decides depends on its program, its arguments and what it
has seen alone. Every decision is kept under that history and asked for once: a sum of a thousand digits costs
little more network time than one of twenty. This module needs no torch.
"""

from __future__ import annotations

from collections.abc import Callable, Generator
from dataclasses import dataclass
from enum import Enum
from typing import Any

from solver.npi.pad import Arguments, Change, Environment, Observation, Pad
from solver.npi.programs import ACT, Call

_MOST_REMEMBERED = 20_000
"""Decisions kept; beyond, all are forgotten and asked for again."""


_TURN = 200
"""Steps between two moments at which `follow` lets its caller stop; some 10 ms."""


@dataclass(frozen=True)
class Decision:
    """What the core decided at one step and how sure it was."""

    ends: bool
    end: float
    """Probability that the call returns now."""
    program: str
    """The best match, called unless the call returns."""
    matches: tuple[float, ...]
    """Probability of every program of the memory, in its order."""
    arguments: Arguments
    argument_probabilities: tuple[float, float, float]


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


class Moment:
    """A history: the decision at its end, and what follows each next observation."""

    __slots__ = ("decision", "next", "state")

    def __init__(self, decision: Decision, state: Any) -> None:
        self.decision, self.state = decision, state
        self.next: dict[Observation, Moment] = {}


class OpenCall:
    """A call under way."""

    __slots__ = ("call", "moment", "pending", "steps")

    def __init__(self, call: Call) -> None:
        self.call = call
        self.moment: Moment | None = None
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


Ask = Callable[[Call, Observation, Any], tuple[Decision, Any]]
"""A call, an observation and the state before it (None at first) → the decision and the state after it."""


class Follower:
    """Carries out calls by asking for every decision, each once for a history; it knows no network itself."""

    def __init__(self, environment: Environment, ask: Ask, max_depth: int = 20_000) -> None:
        self.environment = environment
        """What the pads are seen by; one that sees and does the same, only faster, may take its place."""
        self.max_depth = max_depth
        self.ask = ask
        """What is asked for every decision that is not remembered; a faster twin may take its place."""
        self._begun: dict[tuple[Call, Observation], Moment] = {}
        self._remembered = 0

    def follow(
        self, pad: Pad, call: Call, limit: int, changed: Callable[[tuple[Change, ...]], bool]
    ) -> Generator[None, None, Outcome]:
        """Carry out `call` on `pad`, in place, without keeping the tree: for searches that run very many.

        `changed` is told the cells that every `ACT` changed and ends the run by saying False. Yields now and
        then, so that a search can be stopped; `limit` steps end the run too.
        """
        stack, observe = [OpenCall(call)], self.environment.observe
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
                stack.append(OpenCall(Call(decision.program, decision.arguments)))
        return Outcome.TOO_MANY_STEPS

    def _decision(self, frame: OpenCall, seen: Observation) -> Decision:
        """What the network decides for the frame's history and this observation, asked for once."""
        before = frame.moment
        known = self._begun.get((frame.call, seen)) if before is None else before.next.get(seen)
        if known is None:
            known = self._ask(frame, seen)
        frame.moment = known
        return known.decision

    def _ask(self, frame: OpenCall, seen: Observation) -> Moment:
        if self._remembered >= _MOST_REMEMBERED:
            self._begun.clear()
            self._remembered = 0
        before = frame.moment
        state = None if before is None else before.state
        decision, state = self.ask(frame.call, seen, state)
        moment = Moment(decision, state)
        if before is None:
            self._begun[(frame.call, seen)] = moment
        else:
            before.next[seen] = moment
        self._remembered += 1
        return moment

"""Running a learned procedure on a pad, step by step, as a call tree.

How decisions are asked for and remembered is in `solver/npi/follow.py`.
"""

from __future__ import annotations

from collections.abc import Callable, Generator
from dataclasses import dataclass
from functools import partial

from solver.npi.follow import Follower, Node, OpenCall, Outcome, Step
from solver.npi.model import Core, decide
from solver.npi.pad import ENVIRONMENTS, Change, Pad
from solver.npi.programs import ACT, Call
from solver.words.errors import UsageError


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


Running = Generator[Event, None, Run]


class Interpreter(Follower):
    """Runs the programs of one core in one environment."""

    def __init__(
        self, core: Core, environment: str, max_steps: int = 1_000_000, max_depth: int = 20_000
    ) -> None:
        if environment not in core.config.environments:
            known = ", ".join(sorted(core.config.environments))
            raise UsageError(f"environment is {environment!r}, expected one that the core knows: {known}")
        super().__init__(ENVIRONMENTS[environment], partial(decide, core, environment), max_depth)
        self.core = core
        self.max_steps = max_steps

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

    def _run(self, pad: Pad, call: Call, cancelled: Callable[[], bool]) -> Running:
        stack, time = [OpenCall(call)], 0
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
                stack.append(OpenCall(Call(decision.program, decision.arguments)))
                yield Event("call", stack[-1].call, len(stack) - 1, now)

    def _why_stop(self, depth: int, time: int, cancelled: Callable[[], bool]) -> Outcome | None:
        if cancelled():
            return Outcome.CANCELLED
        if time >= self.max_steps:
            return Outcome.TOO_MANY_STEPS
        return Outcome.TOO_DEEP if depth > self.max_depth else None


def _unwind(stack: list[OpenCall]) -> Node:
    """The tree of a run that was stopped with these calls under way."""
    node: Node | None = None
    for frame in reversed(stack):
        frame.close(node)
        node = frame.node(returned=False)
    if node is None:
        raise ValueError("a run has at least the call it began with")
    return node

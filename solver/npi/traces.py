"""Execution traces: a true run on a pad, cut into frames, one for each different call."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from solver.npi.pad import Environment, Observation, Pad
from solver.npi.programs import ACT, Call, Procedure, Procedures


@dataclass(frozen=True)
class Frame:
    """One call: what it saw before each of its own calls and before its return, and the calls it made.

    There is one observation more than there are calls, because returning is a step of its own.
    """

    environment: str
    call: Call
    seen: tuple[Observation, ...]
    calls: tuple[Call, ...]

    @property
    def signature(self) -> tuple[Call, tuple[Call, ...]]:
        """What is to be done, whatever was seen: frames that share it are one kind of frame."""
        return (self.call, self.calls)


class EndlessError(RuntimeError):
    """A true procedure ran past the limit: it was started where it cannot end."""


class _Running:
    """A procedure under way on a pad, with what it has seen and called so far."""

    def __init__(self, call: Call, procedure: Procedure, pad: Pad, environment: Environment) -> None:
        self.call = call
        self.calls: list[Call] = []
        self._environment, self._pad = environment, pad
        self.seen = [environment.observe(pad)]
        self._truth = environment.truth(pad)
        self._generator = procedure(lambda: self._truth, call.arguments)

    def next_call(self) -> Call | None:
        """The next call it makes, None once it returns."""
        if self.calls:
            self.seen.append(self._environment.observe(self._pad))
            self._truth = self._environment.truth(self._pad)
        call = next(self._generator, None)
        if call is not None:
            self.calls.append(call)
        return call

    def frame(self) -> Frame:
        """What happened, once it has returned."""
        return Frame(self._environment.name, self.call, tuple(self.seen), tuple(self.calls))


def run_true(
    procedures: Procedures, environment: Environment, pad: Pad, call: Call, limit: int = 10_000_000
) -> Iterator[Frame]:
    """Carry out a call on the pad, in place, yielding the frame of every call when it returns.

    Calls may nest as deeply as they like. Raises `EndlessError` after `limit` calls.
    """
    stack = [_Running(call, procedures[call.program], pad, environment)]
    while stack:
        made = stack[-1].next_call()
        limit -= 1
        if limit < 0:
            raise EndlessError(f"{call.program} did not end within its limit of calls")
        if made is None:
            yield stack.pop().frame()
        elif made.program == ACT:
            environment.act(pad, made.arguments)
        else:
            stack.append(_Running(made, procedures[made.program], pad, environment))


def different(frames: Iterable[Frame]) -> list[Frame]:
    """Every frame once, in order of first appearance."""
    return list(dict.fromkeys(frames))


def replay(
    procedures: Procedures, environment: Environment, call: Call, seen: Sequence[Observation]
) -> Frame:
    """The frame of a call that sees the given history: what the true procedure does then.

    Raises `ValueError` when the procedure makes more or fewer steps than the history has.
    """
    calls: list[Call] = []
    generator = procedures[call.program](lambda: seen[len(calls)], call.arguments)
    try:
        for made in generator:
            calls.append(made)
    except IndexError:
        raise ValueError(f"{call.program} goes on after a history of {len(seen)} observations") from None
    if len(calls) + 1 != len(seen):
        raise ValueError(f"{call.program} makes {len(calls)} calls, expected {len(seen) - 1} for its history")
    return Frame(environment.name, call, tuple(seen), tuple(calls))

"""Demonstrations of a procedure on the drawing pad, and the moves that a known procedure would make.

This module needs no torch, so a window can record before the solver has loaded.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from solver.npi.pad import STEPS, Arguments, Change, Environment, Observation, Pad
from solver.npi.programs import RECURSIVE, Call
from solver.npi.traces import EndlessError, run_true

NO_DIRECTION = ("FILL", "BAR", "TICK")
"""Drawing programs without arguments."""
LONGEST_FOLDED = 400
"""Moves of one known call that are compared."""


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


def calls_of(programs: tuple[str, ...], environment: Environment) -> list[Call]:
    """Calls of the environment's true procedures among these programs, in all eight directions."""
    names = [name for name in RECURSIVE[environment.name] if name in programs]
    directed = [Call(n, (d, 0, 0)) for n in names if n not in NO_DIRECTION for d in range(len(STEPS))]
    return [Call(name) for name in names if name in NO_DIRECTION] + directed


def moves_of(
    environment: Environment, pad: Pad, call: Call, shown: Sequence[Arguments] | None = None
) -> list[Arguments]:
    """The moves that a known call makes from here; none where it does not apply. The pad stays as it is.

    With `shown`, none either as soon as the call does otherwise than these moves, or goes on after them.
    """
    trial, moves = pad.copy(), list[Arguments]()
    watched = _Watched(environment, moves, shown)
    try:
        for _ in run_true(RECURSIVE[environment.name], watched, trial, call, LONGEST_FOLDED):
            pass
    except (EndlessError, KeyError, _OtherwiseError):  # KeyError: it has no such direction
        return []
    return moves


class _OtherwiseError(Exception):
    """A call does not what was shown."""


class _Watched(Environment):
    """An environment that writes down what is done in it, and ends what does otherwise than was shown."""

    def __init__(self, inner: Environment, moves: list[Arguments], shown: Sequence[Arguments] | None) -> None:
        self._inner, self._moves, self._shown = inner, moves, shown
        self.name = inner.name  # type: ignore[misc]

    def observe(self, pad: Pad) -> Observation:
        """As the environment inside."""
        return self._inner.observe(pad)

    def act(self, pad: Pad, arguments: Arguments) -> tuple[Change, ...]:
        """As the environment inside."""
        at = len(self._moves)
        if self._shown is not None and (at >= len(self._shown) or self._shown[at] != arguments):
            raise _OtherwiseError
        self._moves.append(arguments)
        return self._inner.act(pad, arguments)

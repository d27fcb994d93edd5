"""Every way through a procedure: which components it reads, and what it does for each of their values.

A procedure is run on observations whose components are unknown. When it reads one, the run splits into one
for each category; what it never reads stays open. This is symbolic execution after King, "Symbolic Execution
and Program Testing" (1976), with finite categories in place of formulas.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import product
from math import prod
from typing import cast, overload

import numpy as np

from solver.npi.pad import Arguments, Environment, Observation
from solver.npi.programs import ACT, Call, Procedure, Procedures, See
from solver.npi.traces import Frame

_MOST_STEPS = 64
"""A call that makes more calls itself is one with a loop: it has no finite number of ways."""

_Known = dict[tuple[int, int], int]
"""(step, component) → category."""


class _UnreadError(Exception):
    """The procedure asks for something that nobody has decided yet."""

    def __init__(self, step: int, component: int) -> None:
        self.place = (step, component)


class _View(Sequence[int]):
    """One observation of which only some components are known."""

    def __init__(self, known: _Known, step: int, size: int) -> None:
        self._known, self._step, self._size = known, step, size

    def __len__(self) -> int:
        return self._size

    @overload
    def __getitem__(self, place: int) -> int: ...
    @overload
    def __getitem__(self, place: slice) -> tuple[int, ...]: ...
    def __getitem__(self, place: int | slice) -> int | tuple[int, ...]:
        if isinstance(place, slice):
            return tuple(self[one] for one in range(self._size)[place])
        component = range(self._size)[place]
        if (self._step, component) not in self._known:
            raise _UnreadError(self._step, component)
        return self._known[self._step, component]


@dataclass(frozen=True)
class Path:
    """One way through a call: what it makes, and the values it read on the way, the others being open."""

    calls: tuple[Call, ...]
    known: _Known

    def count(self, environment: Environment, look: Sequence[int]) -> int:
        """How many histories of this path differ in what is looked at."""
        return prod(len(values) for _, values in self._open(environment, look))

    def frames(self, environment: Environment, call: Call, look: Sequence[int]) -> Iterator[Frame]:
        """One frame for each of those histories; what nobody looks at is filled at random."""
        steps, sizes = len(self.calls) + 1, environment.sizes
        rng = np.random.default_rng(len(self.known))
        places, values = zip(*opened, strict=True) if (opened := self._open(environment, look)) else ((), ())
        filling = rng.integers(0, sizes, (1024, steps, len(sizes)))
        for i, chosen in enumerate(product(*values)):
            seen = filling[i % len(filling)].copy()
            for (step, component), value in self.known.items():
                seen[step, component] = value
            for (step, component), value in zip(places, chosen, strict=True):
                seen[step, component] = value
            yield Frame(environment.name, call, tuple(map(tuple, seen.tolist())), self.calls)

    def _open(self, environment: Environment, look: Sequence[int]) -> list[tuple[tuple[int, int], range]]:
        places = product(range(len(self.calls) + 1), look)
        return [(place, range(environment.sizes[place[1]])) for place in places if place not in self.known]


def paths(procedure: Procedure, arguments: Arguments, environment: Environment) -> Iterator[Path]:
    """Every way through the procedure; raises `ValueError` when it loops."""
    waiting: list[_Known] = [{}]
    while waiting:
        known = waiting.pop()
        try:
            yield Path(_calls(procedure, arguments, known, len(environment.sizes)), known)
        except _UnreadError as unread:
            values = range(environment.sizes[unread.place[1]])
            waiting += [{**known, unread.place: value} for value in values]


def _calls(procedure: Procedure, arguments: Arguments, known: _Known, size: int) -> tuple[Call, ...]:
    """What the procedure makes when it sees these values; raises `_UnreadError` when it reads another."""
    calls: list[Call] = []
    see: See = lambda: cast("Observation", _View(known, len(calls), size))  # noqa: E731 - reads the count anew
    for call in procedure(see, arguments):
        calls.append(call)
        if len(calls) >= _MOST_STEPS:
            raise ValueError("the procedure loops, expected a recursive one")
    return tuple(calls)


def every_call(
    procedures: Procedures, environment: Environment, first: Sequence[Call]
) -> dict[Call, list[Path]]:
    """The given calls and all that they can lead to, with every way through each."""
    found: dict[Call, list[Path]] = {}
    waiting = list(first)
    while waiting:
        call = waiting.pop()
        if call.program == ACT or call in found:
            continue
        found[call] = list(paths(procedures[call.program], call.arguments, environment))
        waiting += [made for path in found[call] for made in path.calls]
    return found

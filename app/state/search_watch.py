"""What a search was seen to do: who does what, how many states a second, the tree of the nearest states."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable
from dataclasses import dataclass, field

from puzzles.grid import Grid
from puzzles.puzzle import Puzzle
from solver.words.program import Step
from solver.words.watching import Seen, StageWork, TriedState

RATE_S = 1.5
"""Seconds over which states a second are counted."""
Key = tuple[str, int]
"""A stage and the number of a process."""


@dataclass(frozen=True)
class WorkRow:
    """A line of the table of who does what."""

    work: StageWork
    rate: float | None
    """States a second just now; None where it does nothing now, or looks at no states."""
    active: bool
    """Whether it has done anything since the last time."""


@dataclass(frozen=True)
class Branch:
    """A state of the tree with those that were made from it."""

    state: TriedState
    below: tuple[Branch, ...]
    """The most promising first."""

    @property
    def best(self) -> float:
        """How wrong the nearest state of this branch is."""
        return min([self.state.wrong, *(branch.best for branch in self.below)])


@dataclass
class SearchWatch:
    """Takes one picture of a search after another."""

    seen: Seen | None = None
    """The last picture; None where no search was watched."""
    _past: dict[Key, deque[tuple[float, int]]] = field(default_factory=dict)
    """Seconds of the search and states by then, of the last moments, by stage and process."""
    _active: frozenset[Key] = frozenset()

    def clear(self) -> None:
        """Forget everything: there is another search or puzzle."""
        self.seen, self._past, self._active = None, {}, frozenset()

    def take(self, seen: Seen, now: float) -> None:
        """Look at a picture that was taken `now`, in seconds of the search."""
        if seen is self.seen:
            return
        before = {} if self.seen is None else {_key(one): one for one in self.seen.work}
        self._active = frozenset(_key(one) for one in seen.work if before.get(_key(one)) != one)
        self.seen = seen
        for one in seen.work:
            if one.states is None:
                continue
            past = self._past.setdefault(_key(one), deque())
            if past and one.states < past[-1][1]:  # another part of the search began
                past.clear()
            past.append((now, one.states))
            while len(past) > 2 and past[1][0] <= now - RATE_S:
                past.popleft()

    def end(self, seen: Seen, now: float) -> None:
        """Look at the last picture: nobody does anything any more."""
        self.take(seen, now)
        self._active = frozenset()

    def aim(self, puzzle: Puzzle) -> Grid | None:
        """What the pictures of states, of the first demonstration that is looked at, are to be."""
        aims = self.seen.aims if self.seen is not None else ()
        return next((grid for grid in aims if grid is not None), puzzle.train[0].output)

    @property
    def rows(self) -> tuple[WorkRow, ...]:
        """Who does what, in the order in which they began."""
        return tuple(self._row(one) for one in (self.seen.work if self.seen is not None else ()))

    @property
    def states(self) -> int:
        """How many states were looked at by all of them."""
        return sum(row.work.states or 0 for row in self.rows)

    @property
    def rate(self) -> float:
        """States a second of all that are at work."""
        return sum(row.rate or 0.0 for row in self.rows)

    def _row(self, work: StageWork) -> WorkRow:
        active, past = _key(work) in self._active, self._past.get(_key(work), deque())
        rate = None
        if active and len(past) > 1:
            (began, first), (now, last) = past[0], past[-1]
            rate = (last - first) / (now - began) if now > began else None
        return WorkRow(work, rate, active)


def grown(states: Iterable[TriedState]) -> tuple[Branch, ...]:
    """Put states below those they were made from."""
    known: dict[tuple[Step, ...], TriedState] = {}
    below: dict[tuple[Step, ...], list[tuple[Step, ...]]] = {}
    for state in states:
        one: TriedState | None = state
        while one is not None and one.program.steps not in known:
            key = one.program.steps
            known[key] = one
            above = () if one.above is None else one.above.program.steps
            below.setdefault(above, []).append(key)
            one = one.above

    def branch(key: tuple[Step, ...]) -> Branch:
        return Branch(known[key], branches(key))

    def branches(key: tuple[Step, ...]) -> tuple[Branch, ...]:
        return tuple(sorted(map(branch, below.get(key, ())), key=lambda one: one.best))

    return branches(())


def _key(work: StageWork) -> Key:
    return work.stage, work.process

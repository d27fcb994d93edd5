"""What a search looks at, for whoever wants to watch it: who is at work, the nearest states, how it refines.

A `Ledger` counts while the search runs and hands out a `Seen` now and then: a frozen picture of all that has
been so far, bounded in size, so that one that is never looked at costs next to nothing.
"""

from __future__ import annotations

import bisect
import os
from collections.abc import Callable
from dataclasses import dataclass, field, replace

from puzzles.grid import Grid
from solver.words.film import Film, Moment, Start
from solver.words.program import Program

INTERVAL_S = 0.1
"""Least seconds between two pictures of a search."""
MOST_STATES = 80
"""States that are listed, the nearest of all; each brings those it was made from."""
MOST_RECORDS = 40
"""States that were the nearest when they came; of more, the first go."""


@dataclass(frozen=True)
class StageWork:
    """What one process does in one stage."""

    stage: str
    """As the phase of a progress."""
    process: int
    """The operating system's number of it."""
    part: str
    """Which part of the stage is its own; empty where it does all of it."""
    doing: str
    """What it last said that it does."""
    states: int | None
    """States it has looked at; None where it does something else."""
    seconds: float
    """How long it has been at it."""


@dataclass(frozen=True, eq=False)
class TriedState:
    """What a program makes of the demonstrations: a node in the tree of what was tried."""

    program: Program
    wrong: float
    """How far it is from the outputs: 0 where every demonstration is explained."""
    grid: Grid | None
    """What it makes of the first demonstration's input; None where that is no grid but pieces."""
    above: TriedState | None
    """The state to which the last step was applied; None for the input itself."""
    stage: str
    at_s: float
    """When it was met, in seconds of the search."""


@dataclass(frozen=True)
class Seen:
    """A picture of a search up to one moment."""

    work: tuple[StageWork, ...] = ()
    """By stage and process, in the order in which they began."""
    states: tuple[TriedState, ...] = ()
    """The nearest of all states that can be listed, nearest first."""
    records: tuple[TriedState, ...] = ()
    """States that were nearer than all before them, in their order."""
    moments: tuple[Moment, ...] = ()
    """The film of gradient refinement; empty where there was none."""
    aims: tuple[Grid | None, ...] = ()
    """What states are to be, per demonstration, None for those that the search does not look at; empty where
    it looks at all of them and at their outputs."""


@dataclass
class _Counter:
    part: str
    doing: str = ""
    states: int | None = None
    seconds: float = 0.0


@dataclass
class Ledger:
    """Counts what a search looks at. Every method costs about as much as adding two numbers."""

    film: Film = field(default_factory=Film)
    _counters: dict[tuple[str, int], _Counter] = field(default_factory=dict)
    _now: tuple[str, float] = ("", 0.0)
    """The stage this process is in, and up to when its seconds are counted."""
    _nearest: list[TriedState] = field(default_factory=list)
    _records: list[TriedState] = field(default_factory=list)
    _seen: Seen | None = None
    _seen_at: float = 0.0
    _process: int = field(default_factory=os.getpid)

    def enter(self, stage: str, doing: str, now: float) -> None:
        """This process is in a stage; the seconds since it last said so belong to the one it was in."""
        before, since = self._now
        if before:
            self._counter(before, self._process).seconds += now - since
        self._now = stage, now
        self._counter(stage, self._process).doing = doing

    def count(self, stage: str, states: int = 1) -> None:
        """This process has looked at so many more states."""
        counter = self._counter(stage, self._process)
        counter.states = (counter.states or 0) + states

    def report(self, stage: str, process: int, part: str, *, doing: str, states: int, seconds: float) -> None:
        """Another process has looked at so many states in all."""
        counter = self._counter(stage, process)
        counter.part, counter.doing, counter.states, counter.seconds = part, doing, states, seconds

    @property
    def now(self) -> float:
        """When this process last said what it does, in seconds of the search."""
        return self._now[1]

    def is_near(self, wrong: float) -> bool:
        """Whether a state that is so far from the outputs would be listed."""
        return len(self._nearest) < MOST_STATES or wrong < self._nearest[-1].wrong

    def note(self, state: TriedState) -> None:
        """List a state, if it is near enough."""
        if not self.is_near(state.wrong):
            return
        bisect.insort(self._nearest, state, key=lambda known: known.wrong)
        del self._nearest[MOST_STATES:]
        if not self._records or state.wrong < self._records[-1].wrong:
            self._records.append(state)
            del self._records[:-MOST_RECORDS]

    def seen(self, now: float) -> Seen:
        """The picture of this moment, or the last one where that is not old."""
        if self._seen is None or now - self._seen_at >= INTERVAL_S:
            self._seen, self._seen_at = self.whole(), now
        return self._seen

    def whole(self) -> Seen:
        """The picture of this very moment."""
        work = tuple(
            StageWork(stage, process, one.part, one.doing, one.states, one.seconds)
            for (stage, process), one in self._counters.items()
        )
        return Seen(work, tuple(self._nearest), tuple(self._records), tuple(self.film.moments))

    def _counter(self, stage: str, process: int) -> _Counter:
        known = self._counters.get((stage, process))
        if known is None:
            known = self._counters[stage, process] = _Counter("")
        return known


@dataclass
class Rewriting:
    """Turns pictures of a search over a part of a puzzle into pictures of the puzzle's own programs."""

    written: Callable[[Program], Program]
    """How a program for the part reads on the puzzle itself."""
    began_s: float = 0.0
    """When the search over the part began, in seconds of the whole."""
    aims: tuple[Grid | None, ...] = ()
    """What the part is to lead to, as `Seen.aims`."""
    _states: dict[TriedState, TriedState] = field(default_factory=dict)
    _moments: dict[Moment, Moment] = field(default_factory=dict)
    _last: tuple[Seen | None, Seen | None] = (None, None)

    def seen(self, seen: Seen | None) -> Seen | None:
        """The same picture, with every program as it reads on the puzzle itself."""
        if seen is not None and seen is not self._last[0]:
            states, records = (tuple(map(self._state, listed)) for listed in (seen.states, seen.records))
            moments = tuple(map(self._moment, seen.moments))
            aims = self.aims or seen.aims
            self._last = seen, replace(seen, states=states, records=records, moments=moments, aims=aims)
        return self._last[1] if seen is not None else None

    def _state(self, state: TriedState) -> TriedState:
        if state not in self._states:
            above = None if state.above is None else self._state(state.above)
            program, at_s = self.written(state.program), self.began_s + state.at_s
            self._states[state] = replace(state, program=program, above=above, at_s=at_s)
        return self._states[state]

    def _moment(self, moment: Moment) -> Moment:
        if moment not in self._moments:
            starts = tuple(map(self._start, moment.starts))
            best = next((s for s in starts if s.number == moment.best.number), None)
            best, at_s = best or self._start(moment.best), self.began_s + moment.at_s
            self._moments[moment] = replace(moment, starts=starts, best=best, at_s=at_s)
        return self._moments[moment]

    def _start(self, start: Start) -> Start:
        return replace(start, program=self.written(start.program))

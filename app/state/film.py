"""The film of gradient refinement: which moment is shown, which were kept, and the loss against time."""

from __future__ import annotations

import bisect
import math
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import groupby

from puzzles.grid import Grid
from solver.words.film import Moment, Start
from solver.words.results import Progress
from solver.words.watching import Seen

MOST_POINTS = 1200
"""Points of the curve of the loss; when there are more, every second goes."""
MOST_KEPT = 20


@dataclass(frozen=True)
class Point:
    """The lowest loss so far at one moment of a search."""

    at_s: float
    stage: str
    loss: float


@dataclass(frozen=True)
class Span:
    """A stretch of time in which a search was in one stage."""

    stage: str
    first_s: float
    last_s: float


@dataclass(frozen=True, eq=False)
class Kept:
    """A moment that somebody kept, and the start they looked at."""

    moment: Moment
    start: Start


@dataclass
class FilmReel:
    """The moments of a search; it follows the last one until somebody goes to another."""

    moments: tuple[Moment, ...] = ()
    following: bool = True
    """Whether the last moment is shown, also of those still to come."""
    kept: list[Kept] = field(default_factory=list)
    """Moments kept as starts, of earlier searches over the puzzle too."""
    points: list[Point] = field(default_factory=list)
    looked_at: tuple[int, ...] = ()
    """The demonstrations that grids of starts belong to; empty for all of them."""
    number: int | None = None
    """The start that is looked at; None for the best of each moment."""
    _position: int = 0
    _recalled: Kept | None = None

    def clear(self) -> None:
        """There is another search over the puzzle: what was kept stays."""
        self.moments, self.points, self.following = (), [], True
        self.number, self._position, self._recalled, self.looked_at = None, 0, None, ()

    def forget(self) -> None:
        """There is another puzzle."""
        self.clear()
        self.kept = []

    def take(self, progress: Progress) -> None:
        """Take a moment of the running search."""
        loss = progress.losses[-1] if progress.losses else math.inf
        self.points.append(Point(progress.elapsed_s, progress.phase, loss))
        if len(self.points) > MOST_POINTS:
            self.points = self.points[::2]
        if progress.seen is not None:
            self.see(progress.seen)

    def see(self, seen: Seen) -> None:
        """Take over the moments of a picture of the search."""
        self.looked_at = tuple(i for i, aim in enumerate(seen.aims) if aim is not None)
        self.set_moments(seen.moments)

    def demonstration(self, wanted: int) -> int:
        """The demonstration that is shown where `wanted` is asked for: one the search looks at."""
        return wanted if not self.looked_at or wanted in self.looked_at else self.looked_at[0]

    def grid_of(self, start: Start, wanted: int) -> Grid:
        """What a start makes of that demonstration."""
        shown = self.demonstration(wanted)
        place = self.looked_at.index(shown) if self.looked_at else shown
        return start.grids[min(place, len(start.grids) - 1)]

    def set_moments(self, moments: Sequence[Moment]) -> None:
        """There are other moments; the one shown stays, or the last before it where it is gone."""
        shown = self.moments[self._position] if self.moments else None
        self.moments = tuple(moments)
        if shown is not None and not self.following:
            times = [moment.at_s for moment in self.moments]
            self._position = max(0, bisect.bisect_right(times, shown.at_s) - 1)
        else:
            self._position = max(0, len(self.moments) - 1)

    @property
    def position(self) -> int:
        """The place of the moment shown."""
        return self._position

    def go(self, position: int) -> None:
        """Show the moment at a place; follow the film again from its last one."""
        self._recalled = None
        last = max(0, len(self.moments) - 1)
        self._position = max(0, min(last, position))
        self.following = self._position == last

    def hold(self) -> None:
        """Stay at the moment shown, whatever comes."""
        self.following = False

    def go_to_time(self, at_s: float) -> None:
        """Show the moment nearest to a time."""
        if self.moments:
            self.go(min(range(len(self.moments)), key=lambda i: abs(self.moments[i].at_s - at_s)))

    @property
    def moment(self) -> Moment | None:
        """What is shown."""
        if self._recalled is not None:
            return self._recalled.moment
        return self.moments[self._position] if self.moments else None

    @property
    def starts(self) -> tuple[Start, ...]:
        """The starts shown: the first ones, and the best one behind them if it is not among these."""
        moment = self.moment
        if moment is None:
            return ()
        known = any(start.number == moment.best.number for start in moment.starts)
        return moment.starts if known else (*moment.starts, moment.best)

    @property
    def start(self) -> Start | None:
        """The start that is looked at."""
        moment = self.moment
        if moment is None:
            return None
        if self._recalled is not None and self.number is None:
            return self._recalled.start
        return next((start for start in self.starts if start.number == self.number), moment.best)

    def keep(self) -> Kept | None:
        """Keep the start looked at, once; returns what was kept."""
        moment, start = self.moment, self.start
        if moment is None or start is None:
            return None
        for kept in self.kept:
            if kept.start is start:
                return kept
        self.kept.append(Kept(moment, start))
        del self.kept[:-MOST_KEPT]
        return self.kept[-1]

    def recall(self, kept: Kept) -> None:
        """Show a moment that was kept, even one of an earlier search."""
        self._recalled, self.number, self.following = kept, None, False

    @property
    def spans(self) -> tuple[Span, ...]:
        """In which stage the search was when."""
        runs = [list(points) for _, points in groupby(self.points, lambda point: point.stage)]
        ends = [*(run[0].at_s for run in runs[1:]), *(point.at_s for point in self.points[-1:])]
        return tuple(Span(run[0].stage, run[0].at_s, end) for run, end in zip(runs, ends, strict=True))

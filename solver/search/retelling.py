"""Tell of a search over a part of a puzzle, or for a part of the time, as of the whole it belongs to."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace

from puzzles.grid import Grid
from solver.words.program import Program
from solver.words.results import Candidate, Progress, Search, Solution
from solver.words.watching import Rewriting


def _unchanged(program: Program) -> Program:
    return program


def _the_same(candidate: Candidate) -> Candidate | None:
    return candidate


@dataclass
class Retelling:
    """How a part reads as the whole: its programs, its seconds, what it was to lead to."""

    began_s: float
    """When the part began, in seconds of the whole."""
    written: Callable[[Program], Program] = _unchanged
    """How a program of the part reads on the puzzle itself."""
    best: Callable[[Candidate], Candidate | None] = _the_same
    """What the best of the part so far does on the puzzle itself; None where it cannot be run."""
    aims: tuple[Grid | None, ...] = ()
    """As `Seen.aims`."""
    _rewriting: Rewriting = field(init=False)

    def __post_init__(self) -> None:
        self._rewriting = Rewriting(self.written, self.began_s, self.aims)

    def moment(self, moment: Progress) -> Progress:
        """A moment of the part as one of the whole."""
        best = None if moment.best is None else self.best(moment.best)
        elapsed_s = self.began_s + moment.elapsed_s
        return replace(moment, elapsed_s=elapsed_s, best=best, seen=self._rewriting.seen(moment.seen))

    def solution(self, solution: Solution) -> Solution:
        """What the part ended with, by the clock of the whole; its candidates are for the caller."""
        seconds = self.began_s + solution.seconds
        return replace(solution, seconds=seconds, seen=self._rewriting.seen(solution.seen))


def retold(search: Search, retelling: Retelling) -> Search:
    """Run a part, telling every moment and the end as those of the whole."""
    try:
        while True:
            yield retelling.moment(next(search))
    except StopIteration as end:
        return retelling.solution(end.value)
    finally:
        search.close()

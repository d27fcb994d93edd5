"""The search for a program and what came of it."""

from __future__ import annotations

import time
from dataclasses import replace
from enum import Enum

from PySide6.QtCore import QObject, Signal

from app.state.attempts import NO_CHOICE, Attempts, Choice, with_choice
from app.state.film import FilmReel
from app.state.search_watch import SearchWatch
from app.texts import phase_title
from app.texts_of_searches import said
from app.translate import counted, tr
from puzzles.puzzle import Puzzle
from solver.words.program import Program
from solver.words.results import Candidate, Progress, Solution, SolveOptions, attempts_of


class Status(Enum):
    """The faces of the solve panel."""

    IDLE = "idle"
    SOLVING = "solving"
    CANCELLED = "cancelled"
    NOTHING = "nothing"
    GUESSED = "guessed"
    VERIFIED = "verified"
    FAILED = "failed"


class Effort(Enum):
    """How long a search may take, in seconds."""

    QUICK = 15
    NORMAL = 60
    DEEP = 180


LONGEST_LOG = 1000
"""Lines of the log that are kept; a deep search writes a few hundred."""


TIMES_DEEPER = 2
"""A search that goes on may take this many times the seconds that the last one took."""
MOST_S = 3600.0
"""Seconds of such a search at most."""


class Run(QObject):
    """One search over one puzzle, or a program that was opened or edited.

    `changed` announces status, progress and staleness, `candidate_changed` another program to show.
    """

    changed = Signal()
    candidate_changed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.status = Status.IDLE
        self.stale = False
        self.progress: Progress | None = None
        self.solution: Solution | None = None
        self.candidate: Candidate | None = None
        self.adopted: Candidate | None = None
        self.error = ""
        self.puzzle: Puzzle | None = None
        self.paused = False
        self.log: list[str] = []
        self.watch = SearchWatch()
        self.film = FilmReel()
        self.choice: Choice = NO_CHOICE
        """Attempts that the person chose by hand."""
        self._attempts: tuple[tuple[object, ...], Attempts] = ((), ())
        """The attempts computed last, and what they were computed from: panels ask many times a second."""
        self._bests: list[Candidate] = []
        self._kept: tuple[Candidate, ...] = ()
        """What earlier searches found that this one was to go on from."""
        self._began = 0.0
        self._phase = ""

    @property
    def solving(self) -> bool:
        """Whether a search is running."""
        return self.status is Status.SOLVING

    @property
    def candidates(self) -> tuple[Candidate, ...]:
        """Programs a person may look at, best first."""
        found = self.solution.candidates if self.solution is not None else tuple(reversed(self._bests))
        found = _ranked(found, self._kept)
        if self.adopted is not None:
            found = _ranked(found, (self.adopted,))
        return found or ((self.candidate,) if self.candidate is not None else ())

    @property
    def attempts(self) -> Attempts:
        """Per test, up to two different answers: those chosen by hand, then those found."""
        if self.puzzle is None:
            return ()
        asked = (self.puzzle, self.solution, self.choice, *self.candidates)
        known, attempts = self._attempts
        if len(asked) != len(known) or any(a is not b for a, b in zip(asked, known, strict=True)):
            found = (
                attempts_of(self.candidates, self.puzzle) if self.solution is None else self.solution.attempts
            )
            attempts = with_choice([[attempt.grid for attempt in given] for given in found], self.choice)
            self._attempts = (asked, attempts)
        return attempts

    def set_choice(self, choice: Choice) -> None:
        """Take these as the attempts."""
        self.choice = choice
        self.changed.emit()

    def reports(self, candidate: Candidate) -> bool:
        """Whether what the search says it tried is about `candidate`; a program made by hand is not its."""
        return self.solution is not None and any(found is candidate for found in self.solution.candidates)

    def reset(self) -> None:
        """Forget everything; there is another puzzle."""
        self.film.forget()
        self.choice = NO_CHOICE
        self._start(Status.IDLE, None)

    def start(self, puzzle: Puzzle, keep: bool = False) -> None:
        """A search over `puzzle` has begun; `keep` what earlier ones found, as when one is refined."""
        kept = tuple(c for c in self.candidates if c is not self.adopted or c.verified) if keep else ()
        self.log = []
        self._began = time.monotonic()
        self._note(tr("searching for a program that explains {name}", name=puzzle.name))
        self._start(Status.SOLVING, puzzle, kept)

    def set_paused(self, paused: bool) -> None:
        """Note whether the search is held."""
        if self.solving and paused != self.paused:
            self.paused = paused
            self._note(tr("paused") if paused else tr("going on"))
            self.changed.emit()

    def advance(self, progress: Progress) -> None:
        """Take a moment of the running search."""
        self.progress = progress
        self.film.take(progress)
        if progress.seen is not None:
            self.watch.take(progress.seen, progress.elapsed_s)
        if progress.phase != self._phase:
            self._phase = progress.phase
            self._note(f"{phase_title(progress.phase)}: {said(progress.message)}")
        latest = self._bests[-1] if self._bests else None
        if progress.best is not None and progress.best is not latest:
            self._bests.append(progress.best)
            self._note(_summary(progress.best))
            if self.candidate is latest:  # a person who looks at an earlier one is not torn away from it
                self._show(progress.best)
        self.changed.emit()

    def finish(self, solution: Solution) -> None:
        """The search has ended by itself."""
        self.solution = solution
        if solution.seen is not None:
            self.watch.end(solution.seen, solution.seconds)
            self.film.see(solution.seen)
        self.paused = False
        best = solution.best
        self._note(tr("ended: {tried}", tried=said(solution.tried)))
        if best is None:
            self.status = Status.NOTHING
        else:
            self.status = Status.VERIFIED if best.verified else Status.GUESSED
        self._show(best)
        self.changed.emit()

    def cancel(self) -> None:
        """The search was stopped; its best program so far stays."""
        self.status = Status.CANCELLED
        self.paused = False
        self._note(tr("cancelled"))
        self.changed.emit()

    def fail(self, message: str) -> None:
        """The search, or running a program, ended with an error."""
        self.status = Status.FAILED
        self.paused = False
        self.error = message
        self._note(tr("failed: {message}", message=message))
        self.changed.emit()

    def restore(self, solution: Solution, shown: Candidate | None, log: tuple[str, ...]) -> None:
        """Take up what an earlier search over the puzzle found, beside a program that is shown already."""
        self.puzzle = solution.puzzle
        self.solution = solution
        self.stale = False
        self._kept = ()
        self.log = list(log)
        adopted = self.adopted
        if adopted is not None:
            shown = next((c for c in solution.candidates if c.program == adopted.program), adopted)
            self.adopted = adopted if shown is adopted else None
        if shown is None:
            self.status = Status.NOTHING
        else:
            self.status = Status.VERIFIED if shown.verified else Status.GUESSED
        if shown is not self.candidate:
            self._show(shown)
        self.changed.emit()

    def clear(self) -> None:
        """Look at no program."""
        self.adopted = None
        if self.solution is None:
            self.status = Status.IDLE
        self._show(None)
        self.changed.emit()

    def choose(self, candidate: Candidate) -> None:
        """Look at another of the programs found."""
        self._show(candidate)
        self.changed.emit()

    def adopt(self, candidate: Candidate, puzzle: Puzzle, keep_solution: bool = False) -> None:
        """Take a program that no search found: opened from a file, or edited beside what was found."""
        self.puzzle = puzzle
        self.adopted = candidate
        if not keep_solution:
            self.solution = None
        self.stale = False
        self.status = Status.VERIFIED if candidate.verified else Status.GUESSED
        self._show(candidate)
        self.changed.emit()

    def set_stale(self, stale: bool) -> None:
        """Note whether what is shown belongs to an earlier version of the puzzle."""
        if stale != self.stale:
            self.stale = stale
            self.changed.emit()

    def _start(self, status: Status, puzzle: Puzzle | None, kept: tuple[Candidate, ...] = ()) -> None:
        self.status = status
        self.stale = False
        self.paused = False
        self._phase = ""
        self.progress = None
        self.solution = None
        self.adopted = None
        self._bests = []
        self.watch.clear()
        self.film.clear()
        self._kept = kept
        self.error = ""
        self.puzzle = puzzle
        self._show(None)
        self.changed.emit()

    def _show(self, candidate: Candidate | None) -> None:
        self.candidate = candidate
        self.candidate_changed.emit()

    def _note(self, text: str) -> None:
        self.log.append(f"{time.monotonic() - self._began:7.1f} s  {text}")
        del self.log[:-LONGEST_LOG]


def earlier_programs(run: Run) -> tuple[Program, ...]:
    """Return the programs that a search may go on from, best first."""
    return tuple(candidate.program for candidate in run.candidates if candidate.program.steps)


def deeper(options: SolveOptions, run: Run) -> SolveOptions:
    """Return the options of a search that goes on from what the run has, with more time than it took."""
    took = run.solution.seconds if run.solution is not None else 0.0
    if run.progress is not None:
        took = max(took, run.progress.elapsed_s)
    seconds = max(options.budget_s, min(MOST_S, TIMES_DEEPER * took))
    return replace(options, budget_s=seconds, earlier=earlier_programs(run))


def _ranked(found: tuple[Candidate, ...], others: tuple[Candidate, ...]) -> tuple[Candidate, ...]:
    """Put each of `others` before the first that explains less; a program twice is listed once."""
    ranked = list(found)
    for other in others:
        if any(other.program == candidate.program for candidate in ranked):
            continue
        worse = (i for i, c in enumerate(ranked) if sum(c.wrong) > sum(other.wrong))
        ranked.insert(next(worse, len(ranked)), other)
    return tuple(ranked)


def _summary(candidate: Candidate) -> str:
    """Write in one line what a program achieves."""
    right = sum(1 for count in candidate.wrong if not count)
    return tr(
        "better: {right} of {demonstrations}, {cells} wrong, {words} ({origin})",
        right=right,
        demonstrations=counted(len(candidate.wrong), "{n} demonstration", "{n} demonstrations"),
        cells=counted(sum(candidate.wrong), "{n} cell", "{n} cells"),
        words=" → ".join(candidate.program.words) or tr("no steps"),
        origin=phase_title(candidate.origin),
    )

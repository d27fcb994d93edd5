"""Runs the solver beside the window, in a thread of its own.

`SolverClient` lives in the window's thread and speaks in signals. The solver is imported on the other
side too. Reports of a job that was cancelled or replaced never arrive, whatever the other thread is still
doing.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from importlib import import_module
from threading import Event
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Signal

from app.beside import WIDGETS_DEFINED_BESIDE, Beside
from app.probes import PROBE_CANVAS, WordEntry, describe_coined, describe_words
from app.services import Begin, Services, yield_to_window
from app.state.examples import Example, examples_of
from puzzles.puzzle import Puzzle
from solver.words.cancel import looking_up
from solver.words.program import EXACT_FINGERPRINT, Language, Outcome, Program, ProgramError, Trace, mixed
from solver.words.results import Candidate, Progress, Search, SolveOptions, run_program

if TYPE_CHECKING:
    from solver.words.arguments import Argument

PROGRESS_INTERVAL_S = 0.05
"""Twenty reports a second look alive and leave the window time to paint."""

log = logging.getLogger(__name__)


class Job:
    """One search or execution: the window's hold on what the other thread does."""

    def __init__(self) -> None:
        self._cancelled = Event()
        self._running = Event()
        self._running.set()
        self._held_s = 0.0
        self._held_since: float | None = None

    def cancel(self) -> None:
        """Let it end at its next report."""
        self._cancelled.set()
        self._running.set()

    def set_paused(self, paused: bool) -> None:
        """Hold it at its next report, or let it go on."""
        if paused and self._held_since is None:
            self._held_since = time.monotonic()
            self._running.clear()
        elif not paused and self._held_since is not None:
            self._held_s += time.monotonic() - self._held_since
            self._held_since = None
            self._running.set()

    def clock(self) -> float:
        """Return seconds that stand still while it is paused."""
        since = self._held_since
        return (time.monotonic() if since is None else since) - self._held_s

    def may_go_on(self) -> bool:
        """Wait while it is paused; return whether it is still wanted."""
        self._running.wait()
        return not self._cancelled.is_set()

    def look_up(self) -> None:
        """Wait while it is paused; raise `_NoLongerWanted` once it was cancelled."""
        if not self.may_go_on():
            raise _NoLongerWanted


class SolverClient(QObject):
    """Asks the other thread for searches, executions and the vocabulary, one job at a time."""

    progressed = Signal(object)
    """`Progress`"""
    finished = Signal(object)
    """`Solution`"""
    executed = Signal(object, object)
    """`Candidate`, and the `Puzzle` it was run on"""
    recalled = Signal(object, object, str)
    """`Puzzle`, tuple of `Candidate`, and the fingerprint of the loaded weights"""
    failed = Signal(str)
    vocabulary_ready = Signal(object)
    """tuple of `WordEntry`, in the language's order"""
    vocabulary_failed = Signal(str)
    coined_ready = Signal(object)
    """tuple of `WordEntry`: the words that a program brings"""
    engines_known = Signal(object)
    """tuple of the names a search may be asked for"""
    tried = Signal(str, object)
    """Name of a word that was tried, and a tuple of `Example`"""
    further_known = Signal(str)
    """The fingerprint of words of other kinds that the language runs; empty where it runs none"""
    device_known = Signal(str, str)
    """The device that "auto" takes, and why"""

    part_ready = Signal(object)
    """What an iteration that was asked for yielded"""
    iterated = Signal()
    """An iteration came to its end"""

    def __init__(self, services: Services, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._services = services
        self._job: Job | None = None
        self._heard: dict[str, Callable[..., None]] = {
            "reported": self._forward,
            "coined": self.coined_ready.emit,
            "tried": self.tried.emit,
            "further known": self.further_known.emit,
            "described": self.vocabulary_ready.emit,
            "not described": self.vocabulary_failed.emit,
            "engines known": self.engines_known.emit,
            "device known": self.device_known.emit,
        }
        self._beside = Beside("solver", lambda kind, *content: self._heard[kind](*content), self)
        self._worker = _Worker(services, self._beside.tell)
        self._beside.ask(yield_to_window)

    @property
    def busy(self) -> bool:
        """Whether a job's result is awaited."""
        return self._job is not None

    def solve(self, puzzle: Puzzle, options: SolveOptions) -> None:
        """Start a search; an earlier job is cancelled."""
        self._beside.ask(self._worker.solve, self._new_job(), puzzle, options)

    def execute(self, program: Program, puzzle: Puzzle, origin: str) -> None:
        """Run `program` on every input of `puzzle`; an earlier job is cancelled."""
        self._beside.ask(self._worker.execute, self._new_job(), program, puzzle, origin)

    def recall(self, puzzle: Puzzle, programs: Sequence[tuple[Program, str]]) -> None:
        """Run programs that were found for `puzzle`, each with its origin, as far as the language has them;
        an earlier job is cancelled."""
        self._beside.ask(self._worker.recall, self._new_job(), puzzle, tuple(programs))

    def iterate(self, begin: Begin) -> None:
        """Hear of everything that an iteration yields in the other thread; an earlier job is cancelled."""
        self._beside.ask(self._worker.iterate, self._new_job(), begin)

    def arguments(self, word: str) -> tuple[Argument, ...]:
        """Return what can be changed in the name of an exact word; quick enough for the window's thread."""
        return self._services.arguments(word)

    def canvas_for(self, puzzle: Puzzle) -> tuple[int, int]:
        """Return the rows and columns a program for `puzzle` runs on; quick once the solver has loaded."""
        return self._services.canvas_for(puzzle)

    def load_vocabulary(self) -> None:
        """Load the language and describe its words."""
        self._beside.ask(self._worker.describe)

    def describe_coined(self, program: Program) -> None:
        """Try the words that a program brings on the probe grids."""
        self._beside.ask(self._worker.describe_coined, program)

    def try_word(self, entry: WordEntry) -> None:
        """Try a word on grids that suit it; `tried` tells what came of it."""
        self._beside.ask(self._worker.try_word, entry)

    def set_paused(self, paused: bool) -> None:
        """Hold the job at its next report, or let it go on."""
        if self._job is not None:
            self._job.set_paused(paused)

    def cancel(self) -> None:
        """Stop the job at its next report; nothing more is heard of it."""
        if self._job is not None:
            self._job.cancel()
            self._job = None

    def shut_down(self) -> None:
        """Cancel, and wait until the other thread has ended."""
        self.cancel()
        self._worker.closing.set()
        self._beside.end()

    def _new_job(self) -> Job:
        self.cancel()
        self._job = Job()
        return self._job

    def _forward(self, job: Job, kind: str, content: Any) -> None:
        if job is not self._job:
            return
        if kind == "progress":
            self.progressed.emit(content)
            return
        if kind == "part":
            self.part_ready.emit(content)
            return
        self._job = None
        if kind == "solution":
            self.finished.emit(content)
        elif kind == "candidate":
            self.executed.emit(*content)
        elif kind == "recalled":
            self.recalled.emit(*content)
        elif kind == "iterated":
            self.iterated.emit()
        else:
            self.failed.emit(content)


class _Worker:
    """The other side; what it does is called in the solver's thread, and it calls nothing of Qt's."""

    def __init__(self, services: Services, tell: Callable[..., None]) -> None:
        self._services = services
        self._tell = tell
        self._language: Language | None = None
        self._last: tuple[Program, Puzzle, tuple[int, int], list[Trace]] | None = None
        self.closing = Event()

    def solve(self, job: Job, puzzle: Puzzle, options: SolveOptions) -> None:
        """Iterate the search until it ends or its job is cancelled."""
        try:
            self._search(job, puzzle, options)
        except Exception as error:  # whatever a search dies of, the window must say so and live on
            log.exception("the search failed")
            self._tell("reported", job, "error", _sentence(error))

    def _search(self, job: Job, puzzle: Puzzle, options: SolveOptions) -> None:
        if not job.may_go_on():
            return
        search = self._services.solve(puzzle, options, job.clock)
        # Also within its steps: one of a large puzzle may take long on a busy machine.
        with suppress(_NoLongerWanted), looking_up(job.look_up):
            self._report(job, search)
        search.close()
        del search
        self._services.give_back_memory()

    def _report(self, job: Job, search: Search) -> None:
        """Tell what the search finds until it ends or its job is cancelled."""
        reported_at = 0.0
        waiting: Progress | None = None
        while job.may_go_on():
            try:
                waiting = next(search)
            except StopIteration as end:
                if waiting is not None:
                    self._tell("reported", job, "progress", waiting)
                self._tell("reported", job, "solution", end.value)
                return
            now = time.monotonic()
            if now - reported_at >= PROGRESS_INTERVAL_S:
                reported_at = now
                self._tell("reported", job, "progress", waiting)
                waiting = None

    def iterate(self, job: Job, begin: Begin) -> None:
        """Pass on what an iteration yields until it ends or its job is cancelled."""
        try:
            for part in begin(job.may_go_on):
                if not job.may_go_on():
                    return
                self._tell("reported", job, "part", part)
        except Exception as error:  # whatever it dies of, the window must say so and live on
            log.exception("an iteration failed")
            self._tell("reported", job, "error", _sentence(error))
        else:
            self._tell("reported", job, "iterated", None)

    def execute(self, job: Job, program: Program, puzzle: Puzzle, origin: str) -> None:
        """Run a program on every demonstration and test."""
        if not job.may_go_on():
            return
        try:
            candidate = self._run(job, program, puzzle, origin)
        except _NoLongerWanted:
            return
        except Exception as error:  # a program of other weights, or weights that are missing
            log.info("the program could not be run: %s", error)
            self._tell("reported", job, "error", _sentence(error))
        else:
            self._tell("reported", job, "candidate", (candidate, puzzle))

    def recall(self, job: Job, puzzle: Puzzle, programs: Sequence[tuple[Program, str]]) -> None:
        """Run every program that this language can run; an earlier version may have found others."""
        candidates: list[Candidate] = []
        try:
            fingerprint = self._load().fingerprint
            for program, origin in programs:
                try:
                    candidates.append(self._run(job, program, puzzle, origin))
                except ProgramError as error:
                    log.info("a program found earlier cannot be run: %s", error)
        except _NoLongerWanted:
            return
        except Exception as error:  # weights that are missing: the puzzle opens all the same
            log.info("what was found earlier could not be run: %s", error)
            fingerprint = ""
        self._tell("reported", job, "recalled", (puzzle, tuple(candidates), fingerprint))

    def _run(self, job: Job, program: Program, puzzle: Puzzle, origin: str) -> Candidate:
        canvas = program.canvas(self._services.canvas_for(puzzle))
        language, begun = self._language_of(program), self._begun(program, puzzle, canvas)

        with self._services.every_core(), looking_up(job.look_up):
            candidate = run_program(
                language, program, puzzle, canvas, origin, begun=begun, before_step=job.look_up
            )
        self._last = (program, puzzle, canvas, [*candidate.demonstrations, *candidate.tests])
        return candidate

    def _language_of(self, program: Program) -> Language:
        """The exact words for a program of these alone, without waiting for torch and the weights."""
        exact = self._services.exact_language() if program.fingerprint == EXACT_FINGERPRINT else None
        return exact or self._load()

    def _begun(self, program: Program, puzzle: Puzzle, canvas: tuple[int, int]) -> list[Trace]:
        """Return what the first steps made of the inputs, as far as the program run last began alike."""
        if self._last is None:
            return []
        earlier, its_puzzle, its_canvas, traces = self._last
        if (its_puzzle, its_canvas) != (puzzle, canvas):
            return []
        pairs = zip(earlier.steps, program.steps, strict=False)
        same = next(
            (i for i, (a, b) in enumerate(pairs) if a != b), min(len(earlier.steps), len(program.steps))
        )
        return [Trace(trace.outcomes[: same + 1]) for trace in traces]

    def describe(self) -> None:
        """Load the language and try every word on the probe grids."""
        try:
            self._tell("engines known", self._services.engines())
            self._tell("device known", *self._services.device())
            entries: tuple[WordEntry, ...] = describe_words(self._load(), self.closing.is_set)
        except Exception as error:  # without weights the rest of the window still works
            log.info("the language could not be loaded: %s", error)
            self._tell("not described", _sentence(error))
        else:
            self._tell("described", entries)
            self._tell("further known", self._further())
        if WIDGETS_DEFINED_BESIDE:
            import_module("pyqtgraph")  # the first loss curve needs it; here it hardly holds the window up

    def _further(self) -> str:
        """Return the fingerprint of the words of other kinds, which the window needs to put one in."""
        try:
            return mixed(*(further.fingerprint() for further in self._load().further))
        except Exception as error:  # without their weights the rest of the language still works
            log.info("the procedures could not be loaded: %s", error)
            return ""

    def try_word(self, entry: WordEntry) -> None:
        """Try a word of any kind on small grids."""
        examples: tuple[Example, ...] = ()
        try:
            if not self.closing.is_set():
                examples = examples_of(entry, self._apply)
        except Exception as error:  # weights that are missing: the word stands there without a picture
            log.info("a word could not be tried: %s", error)
        self._tell("tried", entry.name, examples)

    def _apply(self, name: str, results: Sequence[Outcome]) -> Outcome:
        return self._load()[name].apply([results[0].grid], PROBE_CANVAS)[0]

    def describe_coined(self, program: Program) -> None:
        """Try the words a program brings; one that cannot run says so when it is executed."""
        try:
            self._tell("coined", describe_coined(self._load(), program))
        except ProgramError as error:
            log.info("the new words do not fit: %s", error)

    def _load(self) -> Language:
        if self._language is None:
            self._language = self._services.load_language()
        return self._language


class _NoLongerWanted(Exception):
    """The job was cancelled or replaced."""


def _sentence(error: Exception) -> str:
    text = str(error).strip()
    return text or type(error).__name__

"""The one public entry: solve a puzzle, streaming what happens, ending with up to two attempts."""

from __future__ import annotations

import math
import time
from collections import Counter
from collections.abc import Callable, Generator, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from puzzles.grid import same_grid
from puzzles.puzzle import Puzzle
from solver.crystal import crystallise
from solver.explore.run import Search
from solver.ladder import RUNGS, Ladder
from solver.language import EXACT_FINGERPRINT, Language, Program
from solver.memory import Memory
from solver.problem import Problem, canvas_for
from solver.refine import rows_of
from solver.results import Attempt, Candidate, Progress, Solution
from solver.words import LearnedLanguage, load_learned

__all__ = ["ENGINES", "canvas_for", "finish", "load_language", "solve"]

COMPARED = ("icl", "ttt", "lpn")
"""The compared methods of `solver.bench.engine`: they answer without a program."""
ENGINES = ("auto", "nli", "explore", *COMPARED)
"""nli: learned words alone; explore: exact words alone; auto: both, in turn and in one program."""
_EXPLORE_SHARE = 0.5
"""Share of what is left of the budget that "auto" spends on exact words."""
_SINGLE_WORDS_S = 2.0
"""Seconds "auto" gives to programs of one learned word before it turns to exact words."""
_ATTEMPTS = 2
_CANDIDATES = 12
"""Programs kept for comparison at the end."""


def solve(
    puzzle: Puzzle,
    *,
    engine: str = "auto",
    budget_s: float = 60.0,
    work: int | None = None,
    device: str = "auto",
    seed: int = 0,
    learned_only: bool = False,
    learned: LearnedLanguage | None = None,
    start: Program | None = None,
    clock: Callable[[], float] = time.monotonic,
    rungs: Sequence[str] = RUNGS,
    memory: Memory | None = None,
    baselines: Path | None = None,
) -> Generator[Progress, None, Solution]:
    """Solve a puzzle; yields `Progress` after every executor call and returns a `Solution`.

    budget_s: seconds to spend at most. work: when given, rounds of gradient refinement instead of seconds;
    the same seed and work then give the same result, and "auto" leaves out the search over exact words,
    which is timed. learned_only: use learned words alone, whatever the engine. learned: a language other
    than the shipped one. start: a program of learned words that gradient refinement begins from, in place
    of all other engines. clock: seconds that count against the budget. rungs: the parts of the learned
    search to use, of `solver.ladder.RUNGS`. memory: where programs of earlier puzzles are looked up and
    a verified one is kept. baselines: where the weights of the compared methods are. Closing the generator
    cancels.
    Raises ValueError for an unknown engine, rung or device, `CheckpointError` for unreadable weights,
    `ProgramError` for a start of other words.
    """
    if engine not in ENGINES:
        raise ValueError(f"engine is {engine!r}, expected one of {', '.join(ENGINES)}")
    if unknown := sorted(set(rungs) - set(RUNGS)):
        raise ValueError(f"rungs has {unknown[0]!r}, expected some of {', '.join(RUNGS)}")
    if learned_only or start is not None:
        engine = "nli"
    if engine in COMPARED:
        from solver.bench.engine import FOLDER, answer  # noqa: PLC0415 - quick start

        return (yield from answer(puzzle, engine, folder=baselines or FOLDER, device=device, seed=seed))
    run = Run(puzzle, budget_s, work, clock=clock, learned_only=engine == "nli")
    if engine == "explore":
        yield from run.explore(budget_s)
        return run.solution(None, engine)
    yield run.progress("loading", "loading the learned language")
    problem = Problem(puzzle, learned or load_learned(device))
    ladder = Ladder(run, problem, seed, rungs, memory)
    if start is not None:
        yield from ladder.refine_from(rows_of(start, problem.learned))
        return run.solution(problem, engine)
    yield from run.induce(problem)
    if engine == "auto" and work is None:
        yield from ladder.single_words(_SINGLE_WORDS_S)
    if engine == "auto" and work is None and not run.solved():
        yield from run.explore(_EXPLORE_SHARE * run.left())
    yield from ladder.climb()
    if memory is not None and run.best is not None and run.best.verified:
        run.remember(memory, problem)
    return run.solution(problem, engine)


def finish(
    run: Generator[Progress, None, Solution], watch: Callable[[Progress], None] | None = None
) -> Solution:
    """Drive a solve to its end and return the solution; `watch` sees every progress."""
    while True:
        try:
            progress = next(run)
        except StopIteration as stop:
            solution: Solution = stop.value
            return solution
        if watch is not None:
            watch(progress)


def load_language(device: str = "auto") -> Language:
    """The shipped vocabulary, ready to execute programs."""
    return load_learned(device).language


@dataclass
class Run:
    """What one solve has found so far and how much of its budget is left."""

    puzzle: Puzzle
    budget_s: float
    work: int | None
    clock: Callable[[], float]
    learned_only: bool
    best: Candidate | None = None
    losses: list[float] = field(default_factory=list)
    rounds: int = 0
    tried: set[tuple[int, ...]] = field(default_factory=set)
    exact: list[Candidate] = field(default_factory=list)
    """Programs of exact words, best first."""
    crystals: dict[Program, Candidate] = field(default_factory=dict)
    """Programs found with learned words, in which exact twins took the place of some."""
    others: dict[Program, Candidate] = field(default_factory=dict)
    """Programs found in the memory, on other canvases and views, with new words or tuned networks."""

    def __post_init__(self) -> None:
        self.started = self.clock()

    def elapsed(self) -> float:
        """Seconds since the start that count against the budget."""
        return self.clock() - self.started

    def left(self) -> float:
        """Seconds of the budget that are left; without end where the budget is counted in work."""
        return math.inf if self.work is not None else max(0.0, self.budget_s - self.elapsed())

    def progress(self, phase: str, message: str) -> Progress:
        remaining = None if self.work is not None else self.left()
        return Progress(phase, message, self.elapsed(), remaining, tuple(self.losses), self.best)

    def out_of_time(self) -> bool:
        return self.left() <= 0

    def finished(self) -> bool:
        """Whether there is a verified program, or nothing left to spend."""
        return self.solved() or self.out_of_time() or self.rounds == self.work

    def solved(self) -> bool:
        return self.best is not None and self.best.verified

    def consider(self, candidate: Candidate) -> None:
        rank = (sum(candidate.wrong), len(candidate.program.steps), candidate.loss)
        if self.best is None or rank < (sum(self.best.wrong), len(self.best.program.steps), self.best.loss):
            self.best = candidate

    def consider_learned(self, problem: Problem, words: Sequence[int], origin: str) -> None:
        """Run a program of learned words, and again with exact twins unless these are ruled out."""
        candidate = problem.evaluate(words, origin)
        self.consider(candidate)
        if problem.room is not None:
            self.others[candidate.program] = candidate
        crystal = None
        if not self.learned_only:
            crystal = crystallise(self.puzzle, candidate.program, problem.learned)
        if crystal is not None:
            self.crystals[crystal.program] = crystal
            self.consider(crystal)

    def explore(self, budget_s: float) -> Generator[Progress, None, None]:
        """Search over exact words, in processes of its own."""
        search = Search(self.puzzle, budget_s, clock=self.clock)
        steps = search.run()
        try:
            for message in steps:
                yield self.progress("explore", message)
        finally:
            steps.close()
            self.exact = search.candidates
        for candidate in self.exact[:1]:
            self.consider(candidate)
        yield self.progress("explore", f"{len(self.exact)} programs of exact words")

    def note_loss(self, loss: float = math.inf) -> None:
        """Extend the curve by the lowest loss so far, that of the best program included."""
        best = self.best.loss if self.best is not None else math.inf
        self.losses.append(min(loss, best, *self.losses[-1:]))

    def induce(self, problem: Problem) -> Generator[Progress, None, None]:
        """First rung: the inductor's most likely program, in one shot."""
        yield self.progress("inductor", "reading the demonstrations")
        embedding = problem.induce().mean(0)
        words = problem.learned.model.inductor.logits(embedding).argmax(-1).tolist()
        self.consider_learned(problem, words, "inductor")
        self.note_loss()
        yield self.progress("inductor", "guessed a first program")

    def take(
        self,
        phase: str,
        message: str,
        found: Iterator[Candidate | None],
        limit_s: float = math.inf,
        to_the_end: bool = False,
    ) -> Generator[Progress, None, None]:
        """Consider the programs that a rung finds, until one is verified or the time is up.

        `to_the_end` goes on after a verified one.
        """
        stop_at = self.elapsed() + limit_s
        for candidate in found:
            if candidate is not None:
                self.others[candidate.program] = candidate
                self.consider(candidate)
                self.note_loss()
            yield self.progress(phase, message)
            if (self.solved() and not to_the_end) or self.out_of_time() or self.elapsed() > stop_at:
                return

    def remember(self, memory: Memory, problem: Problem) -> None:
        """Keep the best program, unless it was made of words that only this search knows."""
        if self.best is not None and self.best.program.fingerprint in (
            problem.learned.language.fingerprint,
            EXACT_FINGERPRINT,
        ):
            memory.remember(self.best.program, self.puzzle, problem.key())

    def ranked(self, problem: Problem | None) -> list[Candidate]:
        """Every program found: fewest wrong cells, then most agreement between views.

        Then, in the order of the lists, those with exact twins, which do not slip on the test, learned ones,
        and others.
        """
        learned = problem.evaluated if problem else []
        found = [*self.crystals.values(), *learned, *self.others.values(), *self.exact]
        votes = Counter(_answer(c) for c in found if c.origin == "views" and c.verified)
        return sorted(found, key=lambda c: (sum(c.wrong), -votes[_answer(c)]))

    def disputed(self, problem: Problem) -> bool:
        """Whether verified programs answer a test differently."""
        return len({_answer(c) for c in self.ranked(problem) if c.verified}) > 1

    def solution(self, problem: Problem | None, engine: str) -> Solution:
        """Turn what was found into attempts."""
        ranked = self.ranked(problem)
        attempts = tuple(_attempts(ranked, index) for index in range(len(self.puzzle.test)))
        tried = (
            f"tried {len(self.tried)} programs in the learned language,"
            f" {self.rounds} rounds of gradient refinement"
            f" and found {len(self.exact)} programs of exact words"
        )
        return Solution(self.puzzle, engine, attempts, tuple(ranked[:_CANDIDATES]), self.elapsed(), tried)


def _answer(candidate: Candidate) -> bytes:
    """The candidate's answers to all tests."""
    return b"".join(bytes(trace.output.shape) + trace.output.tobytes() for trace in candidate.tests)


def _attempts(ranked: list[Candidate], test: int) -> tuple[Attempt, ...]:
    """Up to two different answers to one test input, in the order of the candidates behind them."""
    attempts: list[Attempt] = []
    for candidate in ranked:
        grid = candidate.tests[test].output
        if not any(same_grid(grid, attempt.grid) for attempt in attempts):
            attempts.append(Attempt(grid, candidate))
        if len(attempts) == _ATTEMPTS:
            break
    return tuple(attempts)

"""The one public entry: solve a puzzle, streaming what happens, ending with up to two attempts."""

from __future__ import annotations

import math
import time
from collections.abc import Callable, Generator, Sequence
from dataclasses import dataclass, field, replace

from puzzles.grid import same_grid
from puzzles.puzzle import Puzzle
from solver.beam import BeamConfig, beam_search
from solver.config import SearchConfig
from solver.crystal import crystallise
from solver.explore.run import Search
from solver.language import Language, Program
from solver.problem import Problem, canvas_for
from solver.refine import refine, rows_of
from solver.results import Attempt, Candidate, Progress, Solution
from solver.words import LearnedLanguage, load_learned

__all__ = ["ENGINES", "canvas_for", "finish", "load_language", "solve"]

ENGINES = ("auto", "nli", "explore")
"""nli: learned words alone; explore: exact words alone; auto: both, in turn and in one program."""
_EXPLORE_SHARE = 0.5
"""Share of what is left of the budget that "auto" spends on exact words."""
_FIRST_BEAM_S = 2.0
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
) -> Generator[Progress, None, Solution]:
    """Solve a puzzle; yields `Progress` after every executor call and returns a `Solution`.

    budget_s: seconds to spend at most. work: when given, rounds of gradient refinement instead of seconds;
    the same seed and work then give the same result, and "auto" leaves out the search over exact words,
    which is timed. learned_only: use learned words alone, whatever the engine. learned: a language other
    than the shipped one. start: a program of learned words that gradient refinement begins from, in place
    of all other engines. clock: seconds that count against the budget. Closing the generator cancels.
    Raises ValueError for an unknown engine or device, `CheckpointError` for unreadable weights,
    `ProgramError` for a start of other words.
    """
    if engine not in ENGINES:
        raise ValueError(f"engine is {engine!r}, expected one of {', '.join(ENGINES)}")
    if learned_only or start is not None:
        engine = "nli"
    run = _Run(puzzle, budget_s, work, clock=clock, learned_only=engine == "nli")
    if engine == "explore":
        yield from run.explore(budget_s)
        return run.solution(None, engine)
    yield run.progress("loading", "loading the learned language")
    problem = Problem(puzzle, learned or load_learned(device))
    if start is None:
        yield from run.climb(problem, engine == "auto" and work is None, seed)
    else:
        yield from run.refine_from(problem, rows_of(start, problem.learned), seed)
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
class _Run:
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

    def __post_init__(self) -> None:
        self.started = self.clock()

    def elapsed(self) -> float:
        return self.clock() - self.started

    def climb(self, problem: Problem, mixed: bool, seed: int) -> Generator[Progress, None, None]:
        """Rung after rung; with exact words in between where `mixed`."""
        yield from self.induce(problem)
        if mixed:
            yield from self.search_beam(problem, BeamConfig(depth=1), _FIRST_BEAM_S)
        if mixed and not self.solved():
            yield from self.explore(_EXPLORE_SHARE * (self.budget_s - self.elapsed()))
        yield from self.search_beam(problem, BeamConfig())
        while not self.finished():
            yield from self.refine(problem, SearchConfig(), seed)
            yield from self.search_beam(problem, BeamConfig().widened(self.rounds))

    def refine_from(
        self, problem: Problem, words: tuple[int, ...], seed: int
    ) -> Generator[Progress, None, None]:
        """Gradient refinement around a program, further away in every round."""
        self.tried.add(words)
        self.consider(problem.evaluate(words, "start"))
        self.note_loss()
        while not self.finished():
            config = SearchConfig()
            wider = replace(config, spread=config.spread * (1 + self.rounds))
            yield from self.refine(problem, wider, seed, words)

    def progress(self, phase: str, message: str) -> Progress:
        elapsed = self.elapsed()
        remaining = None if self.work is not None else max(0.0, self.budget_s - elapsed)
        return Progress(phase, message, elapsed, remaining, tuple(self.losses), self.best)

    def out_of_time(self) -> bool:
        return self.work is None and self.elapsed() >= self.budget_s

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

    def search_beam(
        self, problem: Problem, config: BeamConfig, limit_s: float = math.inf
    ) -> Generator[Progress, None, None]:
        """Second rung: hard execution of short programs, the inductor proposing at every state."""
        if self.solved() or self.out_of_time():
            return
        least, stop_at = 1.0, self.clock() + limit_s
        for node in beam_search(problem, config):
            self.tried.add(node.words)
            if node.wrong == 0 or node.wrong < least:
                least = node.wrong
                self.consider_learned(problem, node.words, "beam")
                self.note_loss()
            yield self.progress("beam", f"trying programs of {len(node.words)} words")
            if self.out_of_time() or self.clock() > stop_at:
                return

    def refine(
        self, problem: Problem, config: SearchConfig, seed: int, around: tuple[int, ...] | None = None
    ) -> Generator[Progress, None, None]:
        """Third rung: one round of gradient refinement with starts of its own."""
        # Short programs first: they cost less per step and explain most puzzles.
        length = min(problem.learned.model.config.slots, 2 + self.rounds)
        for moment in refine(problem, config, seed + self.rounds, length, around):
            message = (
                f"round {self.rounds + 1}, step {moment.step + 1} of {config.steps}, "
                f"{moment.starts} starts, temperature {moment.temperature:.2f}"
            )
            for words in dict.fromkeys(moment.programs):
                if words not in self.tried:
                    self.tried.add(words)
                    self.consider_learned(problem, words, "refinement")
                    yield self.progress("refinement", message)
            if moment.programs:
                self.note_loss(moment.loss)
            yield self.progress("refinement", message)
            if self.solved() or self.out_of_time():
                break
        self.rounds += 1

    def solution(self, problem: Problem | None, engine: str) -> Solution:
        """Rank what was found and turn it into attempts."""
        learned = problem.evaluated if problem else []
        # Of equally wrong programs those with exact twins come first, as twins do not slip on the test.
        ranked = sorted(
            [*self.crystals.values(), *learned, *self.exact], key=lambda candidate: sum(candidate.wrong)
        )
        attempts = tuple(_attempts(ranked, index) for index in range(len(self.puzzle.test)))
        tried = (
            f"tried {len(self.tried)} programs in the learned language,"
            f" {self.rounds} rounds of gradient refinement"
            f" and found {len(self.exact)} programs of exact words"
        )
        seconds = self.elapsed()
        return Solution(self.puzzle, engine, attempts, tuple(ranked[:_CANDIDATES]), seconds, tried)


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

"""A scripted solver: no weights, no torch, and it does exactly what a test asks of it."""

import time
from collections.abc import Callable, Generator, Sequence
from dataclasses import dataclass, field
from threading import Event

import numpy as np

from app.services import Clock, Services
from puzzles.grid import Grid, as_grid, count_wrong
from puzzles.puzzle import Puzzle
from solver.words.arguments import Argument
from solver.words.program import NO_CELL, Language, Likeliest, Outcome, Program, WordKind
from solver.words.results import Attempt, Candidate, Progress, Solution, SolveOptions
from solver.words.vocabulary import exact_word

CANVAS = (30, 30)


def likeliest_of(grid: Grid) -> Likeliest:
    """Its own value, then red, then that there is no cell."""
    values = np.stack([grid, np.full_like(grid, 2), np.full_like(grid, NO_CELL)], axis=-1)
    return Likeliest(values, np.broadcast_to(np.array([0.8, 0.15, 0.05], np.float16), values.shape))


@dataclass(frozen=True)
class FakeWord:
    name: str
    meaning: str
    how: str
    kind: WordKind = "learned"
    agreement: float | None = 0.98

    def apply(self, grids: Sequence[Grid], canvas: tuple[int, int]) -> list[Outcome]:
        act = {"flip": np.fliplr, "turn": np.rot90, "same": np.asarray, "up": np.flipud}[self.how]
        results = [as_grid(np.ascontiguousarray(act(grid))) for grid in grids]
        if self.kind == "exact":
            return [Outcome(grid) for grid in results]
        return [
            Outcome(grid, np.full(grid.shape, 0.8, np.float32), likeliest=likeliest_of(grid))
            for grid in results
        ]


LANGUAGE = Language(
    (
        FakeWord("w17", "flip left-right", "flip"),
        FakeWord("w4", "rotate 90°", "turn"),
        FakeWord("w9", "", "same"),
        FakeWord("flip up-down", "", "up", "exact"),
    ),
    "fake-weights",
    exact_word,
)


def candidate(puzzle: Puzzle, words: Sequence[str], loss: float = 0.5, origin: str = "beam") -> Candidate:
    program = Program.of(words, LANGUAGE.fingerprint)
    traces = LANGUAGE.execute(program, [pair.input for pair in (*puzzle.train, *puzzle.test)], CANVAS)
    demonstrations = tuple(traces[: len(puzzle.train)])
    wrong = tuple(count_wrong(t.output, p.output) for t, p in zip(demonstrations, puzzle.train, strict=True))
    return Candidate(program, demonstrations, tuple(traces[len(puzzle.train) :]), wrong, loss, origin)


def solution(puzzle: Puzzle, candidates: Sequence[Candidate]) -> Solution:
    attempts = tuple(
        tuple(Attempt(found.tests[i].output, found) for found in candidates[:2])
        for i in range(len(puzzle.test))
    )
    return Solution(puzzle, "nli", attempts, tuple(candidates), 1.2, "Tried 240 programs of up to 6 words.")


@dataclass
class FakeSolver:
    """Yields `reports` moments and then ends with programs made of `found`; endless when told so."""

    found: tuple[tuple[str, ...], ...] = (("w17",),)
    reports: int = 3
    endless: bool = False
    pace_s: float = 0.01
    error: str = ""
    clock: Clock = time.monotonic
    closed: Event = field(default_factory=Event)
    asked: list[SolveOptions] = field(default_factory=list)

    def solve(
        self, puzzle: Puzzle, options: SolveOptions, clock: Clock
    ) -> Generator[Progress, None, Solution]:
        self.asked.append(options)
        self.clock = clock
        best = candidate(puzzle, self.found[0]) if self.found else None
        step = 0
        try:
            while self.endless or step < self.reports:
                step += 1
                losses = tuple(2.0 / (i + 1) for i in range(min(step, 400)))
                yield Progress("beam", "one start", step * 0.1, None, losses, best)
                self.closed.wait(self.pace_s)
            if self.error:
                raise RuntimeError(self.error)
        finally:
            self.closed.set()
        return solution(puzzle, [candidate(puzzle, words) for words in self.found])

    @property
    def services(self) -> Services:
        return self.with_language(lambda: LANGUAGE)

    def with_language(self, load: Callable[[], Language]) -> Services:
        return Services(self.solve, load, lambda _puzzle: CANVAS, lambda: ("nli", "auto"), self.arguments)

    def arguments(self, word: str) -> tuple[Argument, ...]:
        if word != "flip up-down":
            return ()
        return (Argument("up-down", "flip …", (("left-right", "flip left-right"),)),)

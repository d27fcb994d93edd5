"""What a search reports while it runs and what it ends with. Needs neither torch nor Qt."""

from __future__ import annotations

from dataclasses import dataclass

from puzzles.grid import Grid, same_grid
from puzzles.puzzle import Puzzle
from solver.words.program import Program, Trace


@dataclass(frozen=True)
class Candidate:
    """A program together with what its hard (argmax) execution did."""

    program: Program
    demonstrations: tuple[Trace, ...]
    """One trace per demonstration, in the puzzle's order."""
    tests: tuple[Trace, ...]
    """One trace per test input, in the puzzle's order."""
    wrong: tuple[int, ...]
    """Wrong cells of each demonstration; where shapes differ, the larger of the two areas."""
    loss: float
    """Mean negative log-likelihood per cell of the demonstrations under the executor, in nats."""
    origin: str
    """Which part of the search found it: "inductor", "search", "refinement", …"""

    @property
    def verified(self) -> bool:
        """Whether every demonstration is reproduced exactly, shapes included."""
        return not any(self.wrong)


@dataclass(frozen=True)
class Progress:
    """One moment of a running search."""

    phase: str
    """What is being done now, e.g. "inductor", "search", "refinement"."""
    message: str
    """One sentence for a person, e.g. "refining 32 starts, temperature 0.71"."""
    elapsed_s: float
    remaining_s: float | None
    """Seconds of the budget left; None when the budget is counted in work."""
    losses: tuple[float, ...]
    """Best loss so far after each search step."""
    best: Candidate | None
    """Best program so far with its current output on every demonstration."""


@dataclass(frozen=True)
class Attempt:
    """One answer to one test input."""

    grid: Grid
    candidate: Candidate


@dataclass(frozen=True)
class Solution:
    """What a search ended with."""

    puzzle: Puzzle
    engine: str
    attempts: tuple[tuple[Attempt, ...], ...]
    """Per test input, up to two different answers, the better first."""
    candidates: tuple[Candidate, ...]
    """Distinct programs worth comparing, best first."""
    seconds: float
    tried: str
    """One sentence on what was tried, for when nothing was found."""

    @property
    def best(self) -> Candidate | None:
        """The program behind the first attempts."""
        return self.candidates[0] if self.candidates else None

    @property
    def verified(self) -> bool:
        """Whether the best program reproduces every demonstration."""
        return self.best is not None and self.best.verified

    @property
    def correct(self) -> bool | None:
        """Whether every test input is answered within two attempts; None where an answer is unknown."""
        expected = [pair.output for pair in self.puzzle.test]
        if any(grid is None for grid in expected):
            return None
        return all(
            any(grid is not None and same_grid(attempt.grid, grid) for attempt in attempts)
            for attempts, grid in zip(self.attempts, expected, strict=True)
        )

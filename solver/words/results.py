"""What a search is asked, what it reports while it runs and what it ends with. Needs neither torch nor Qt."""

from __future__ import annotations

from collections.abc import Callable, Generator, Sequence
from dataclasses import dataclass, field

from puzzles.grid import Grid, count_wrong, same_grid
from puzzles.puzzle import Puzzle
from solver.words.marks import Mark
from solver.words.named import NamedWord
from solver.words.program import Language, Program, Trace
from solver.words.wanted import Wanted
from solver.words.watching import Seen
from solver.words.waypoint import Waypoint

DEVICES = ("auto", "cpu", "cuda", "mps")
"""Where the networks may run; "auto" takes a GPU where there is one."""
ENGINES = ("auto", "nli", "explore", "npi")
"""nli: learned words alone; explore: exact words alone; npi: plans of learned procedures, with exact words
before and after them; auto: all of them in turn, learned and exact words also in one program."""
STAGES = ("memory", "search", "canvas", "views", "coining", "repair", "tuning", "refinement")
"""Stages of the learned search in their order; after the last, all but memory come again."""
ATTEMPTS = 2
"""Answers to a test that count, as ARC's rules say."""


@dataclass(frozen=True, kw_only=True)
class SolveOptions:
    """What a person may choose about a search."""

    budget_s: float = 60.0
    """Seconds it may take."""
    engine: str = "auto"
    """What searches: auto (learned words, exact words and plans of procedures in turn), nli (learned words
    alone), explore (exact words alone), npi (plans of procedures), or a compared method that has weights."""
    device: str = "auto"
    """Where the networks run; auto takes a GPU where there is one."""
    seed: int = 0
    """Settles everything that is drawn at random."""
    work: int | None = None
    """Rounds of gradient refinement to spend instead of seconds; the same seed and work then give the same
    result, and "auto" leaves out the search over exact words, which is timed."""
    learned_only: bool = False
    """Leave out the exact words that people wrote, whatever the engine."""
    remember: bool | None = None
    """Look up programs of earlier puzzles, and keep one that explains this puzzle; by default, unless work
    counts the budget: its result must not depend on what ran before."""
    start: Program | None = None
    """A program of learned words that gradient refinement begins from, in place of a search from nothing."""
    pinned: Program | None = None
    """A program whose steps stay: what they make of the inputs is what is searched on from, and every program
    found begins with them."""
    earlier: tuple[Program, ...] = ()
    """Programs that an earlier search found, best first, to go on from: steps that came close are kept and
    searched on from, then all is searched again with what is known. Methods without programs have no use for
    them."""
    waypoint: Waypoint | None = None
    """Grids that a person wants in the middle of a program: the steps before them, after them or both are
    searched."""
    named: tuple[NamedWord, ...] = ()
    """Words that a person named, as files; the search over exact words tries the steps of each as one word,
    and programs found have the steps written out."""
    forbidden: tuple[str, ...] = ()
    """Names of words that no program found may have; pinned steps may. Methods without programs have none."""
    demanded: tuple[str, ...] = ()
    """Names of words that every program found must have, guesses too; pinned steps count."""
    marked: tuple[Mark, ...] = ()
    """Cells of inputs that stand for the objects that matter: the search over exact words first tries rules
    that pick exactly these objects, and of programs that explain the demonstrations alike, those that pick
    them come first. Pairs without a marked cell are left open."""
    stages: tuple[str, ...] = STAGES
    """Stages of the learned search to use, in its order."""
    watch: bool = False
    """Tell with every progress what has been looked at, for somebody who watches."""

    @property
    def wanted(self) -> Wanted:
        """What is wanted of the words of a program."""
        return Wanted(frozenset(self.forbidden), frozenset(self.demanded))

    @property
    def remembers(self) -> bool:
        """Whether the memory of programs takes part."""
        return self.work is None if self.remember is None else self.remember


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

    @classmethod
    def of(
        cls, program: Program, puzzle: Puzzle, traces: Sequence[Trace], origin: str, loss: float | None = None
    ) -> Candidate:
        """Count what `traces`, one per demonstration and then one per test, got wrong.

        Without a `loss`, the share of wrong cells stands for it.
        """
        known = len(puzzle.train)
        outputs = [pair.output for pair in puzzle.train]
        wrong = tuple(
            count_wrong(trace.output, output)
            for trace, output in zip(traces, outputs, strict=False)
            if output is not None
        )
        cells = sum(output.size for output in outputs if output is not None)
        share = sum(wrong) / cells if cells else 0.0
        return cls(
            program,
            tuple(traces[:known]),
            tuple(traces[known:]),
            wrong,
            share if loss is None else loss,
            origin,
        )

    @property
    def verified(self) -> bool:
        """Whether every demonstration is reproduced exactly, shapes included."""
        return not any(self.wrong)

    @property
    def answers(self) -> bytes:
        """Its answers to all tests, as a key: equal for candidates that answer alike."""
        return b"".join(bytes(trace.output.shape) + trace.output.tobytes() for trace in self.tests)


def run_program(
    language: Language,
    program: Program,
    puzzle: Puzzle,
    canvas: tuple[int, int],
    origin: str,
    *,
    begun: Sequence[Trace] = (),
    before_step: Callable[[], None] | None = None,
) -> Candidate:
    """Run a program hard on every demonstration and test, and count its wrong cells.

    canvas: rows and columns for learned words. begun, before_step: as in `Language.execute`. Raises
    `ProgramError` where the language cannot run it, or an exact word has no answer for one of the grids.
    """
    inputs = [pair.input for pair in (*puzzle.train, *puzzle.test)]
    return Candidate.of(
        program, puzzle, language.execute(program, inputs, canvas, begun, before_step), origin
    )


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
    seen: Seen | None = field(default=None, repr=False)
    """What has been looked at, at most a tenth of a second ago; None where nobody watches."""


@dataclass(frozen=True)
class Attempt:
    """One answer to one test input."""

    grid: Grid
    candidate: Candidate


def attempts_of(ranked: Sequence[Candidate], puzzle: Puzzle) -> tuple[tuple[Attempt, ...], ...]:
    """Per test input, up to two different answers, in the order of the candidates behind them."""
    attempts: list[list[Attempt]] = [[] for _ in puzzle.test]
    for candidate in ranked:
        for trace, found in zip(candidate.tests, attempts, strict=True):
            new = not any(same_grid(trace.output, attempt.grid) for attempt in found)
            if new and len(found) < ATTEMPTS:
                found.append(Attempt(trace.output, candidate))
    return tuple(map(tuple, attempts))


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
    seen: Seen | None = field(default=None, repr=False, compare=False)
    """All that was looked at; None where nobody watched."""

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


Search = Generator[Progress, None, Solution]
"""A running search; closing it cancels."""
Engine = Callable[[Puzzle, SolveOptions], Search]
"""Another way to answer puzzles, which whoever wants it hands to `solve`."""


def finish(search: Search, watch: Callable[[Progress], None] | None = None) -> Solution:
    """Drive a search to its end and return the solution; `watch` sees every progress."""
    while True:
        try:
            progress = next(search)
        except StopIteration as stop:
            solution: Solution = stop.value
            return solution
        if watch is not None:
            watch(progress)

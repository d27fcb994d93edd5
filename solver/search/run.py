"""What one solve keeps: its clock and budget, every program found, the best of them, the attempts."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable, Generator, Iterator, Sequence
from dataclasses import dataclass, field, replace

from puzzles.puzzle import Puzzle
from solver.explore.marking import cuttings, picks_marked
from solver.explore.ranking import Judged, best_first, cost_of_meanings, judged
from solver.explore.run import Search
from solver.nli.learned import LearnedLanguage
from solver.search.crystal import crystallise, twins
from solver.search.memory import Memory
from solver.search.problem import Problem
from solver.words.marks import Mark
from solver.words.named import NamedWord
from solver.words.program import EXACT_FINGERPRINT, Program, learned_row
from solver.words.results import Candidate, Progress, Solution, attempts_of
from solver.words.wanted import ANYTHING, Wanted
from solver.words.watching import Ledger

_CANDIDATES = 12
"""Programs kept for comparison at the end."""
_PER_ANSWER = 6
"""Of these at most so many that answer alike, so that other answers are seen beside them."""


@dataclass
class Run:
    """What one solve has found so far and how much of its budget is left."""

    puzzle: Puzzle
    budget_s: float
    work: int | None
    clock: Callable[[], float]
    learned_only: bool
    wanted: Wanted = ANYTHING
    """Programs of other words are not taken."""
    named: tuple[NamedWord, ...] = ()
    """Words that a person named."""
    marked: tuple[Mark, ...] = ()
    """Objects that a person marked in the inputs."""
    best: Candidate | None = None
    losses: list[float] = field(default_factory=list)
    rounds: int = 0
    tried: set[tuple[int, ...]] = field(default_factory=set)
    exact: list[Candidate] = field(default_factory=list)
    """Programs of exact words, best first."""
    lost: list[int] = field(default_factory=list)
    """Exit codes of search processes that died; what they would have found is missing."""
    without: str = ""
    """Why a part of the search was left out."""
    crystals: dict[Program, Candidate] = field(default_factory=dict)
    """Programs found with learned words, in which exact twins took the place of some."""
    others: dict[Program, Candidate] = field(default_factory=dict)
    """Programs found in the memory, on other canvases and views, with new words or tuned networks."""
    _judged: dict[Program, Judged] = field(default_factory=dict)
    """What is believed of programs, so that each is judged once."""

    fell_back: str = ""
    """Why another device went on; empty where the first one did all."""
    plans: list[Candidate] = field(default_factory=list)
    """Programs of procedures, best first."""
    plans_tried: int = 0
    ledger: Ledger | None = None
    """Counts what is looked at, where somebody watches."""
    told_of_marks: str = ""
    """What the search over exact words did about the marks; empty where there was none."""
    began_solved: bool = False
    """Whether an earlier program explained everything, so that other answers are what is looked for."""

    def __post_init__(self) -> None:
        self.started = self.clock()

    def elapsed(self) -> float:
        """Seconds since the start that count against the budget."""
        return self.clock() - self.started

    def left(self) -> float:
        """Seconds of the budget that are left; without end where the budget is counted in work."""
        return math.inf if self.work is not None else max(0.0, self.budget_s - self.elapsed())

    def progress(self, phase: str, message: str) -> Progress:
        """This moment, with everything found so far."""
        remaining, now, seen = None if self.work is not None else self.left(), self.elapsed(), None
        if self.ledger is not None:
            self.ledger.enter(phase, message, now)
            seen = self.ledger.seen(now)
        return Progress(phase, message, now, remaining, tuple(self.losses), self.best, seen)

    def looked_at(self, stage: str, states: int = 1) -> None:
        """Count states that a stage has looked at."""
        if self.ledger is not None:
            self.ledger.count(stage, states)

    def out_of_time(self) -> bool:
        """Whether the seconds are spent."""
        return self.left() <= 0

    def finished(self) -> bool:
        """Whether there is a verified program, or nothing left to spend."""
        return self.solved() or self.out_of_time() or self.rounds == self.work

    def solved(self) -> bool:
        """Whether a program is verified."""
        return self.best is not None and self.best.verified

    def consider(self, candidate: Candidate) -> None:
        """Make it the best where it is: fewest wrong cells, then words, then loss."""
        if not self.wanted.admits(candidate.program.words):
            return
        rank = (sum(candidate.wrong), len(candidate.program.steps), candidate.loss)
        if self.best is None or rank < (sum(self.best.wrong), len(self.best.program.steps), self.best.loss):
            self.best = candidate

    def take_over(self, earlier: Sequence[Candidate]) -> None:
        """Begin with programs that an earlier search found."""
        for candidate in earlier:
            self.others[candidate.program] = candidate
            self.consider(candidate)
        self.began_solved = self.solved()

    def may_take(self, problem: Problem, words: Sequence[int]) -> bool:
        """Whether a program of these rows, or with exact twins for some, can have all that is demanded."""
        if not self.wanted.demanded:
            return True
        known = twins(problem.learned)
        names = {f"w{row}" for row in words}
        return self.wanted.demanded <= names | {known[name] for name in names if name in known}

    def rows_demanded(self, learned: LearnedLanguage) -> frozenset[int]:
        """Rows that are demanded, or whose exact twins are."""
        known = twins(learned) if self.wanted.demanded else {}
        names = self.wanted.demanded | {name for name, twin in known.items() if twin in self.wanted.demanded}
        return frozenset(row for name in names if (row := learned_row(name)) is not None)

    def consider_learned(self, problem: Problem, words: Sequence[int], origin: str) -> None:
        """Run a program of learned words, and again with exact twins unless these are ruled out."""
        candidate = problem.evaluate(words, origin)
        self.consider(candidate)
        if problem.larger is not None:
            self.others[candidate.program] = candidate
        crystal = None
        if not self.learned_only:
            crystal = crystallise(self.puzzle, candidate.program, problem.learned)
        if crystal is not None:
            self.crystals[crystal.program] = crystal
            self.consider(crystal)

    def explore(
        self, budget_s: float, problem: Problem | None = None, starting_s: float = 0.0
    ) -> Generator[Progress, None, None]:
        """Search over exact words, in processes of its own, whose start may take `starting_s` more.

        The best of all programs so far, those of learned words in `problem` included, is always shown.
        """
        search = Search(
            self.puzzle,
            budget_s,
            clock=self.clock,
            starting_s=starting_s,
            wanted=self.wanted,
            ledger=self.ledger,
            named=self.named,
            marked=self.marked,
        )
        if self.marked:
            self.told_of_marks = self._told_of_marks()
            yield self.progress("explore", self.told_of_marks)
        steps, shown = search.run(), 0
        try:
            for message in steps:
                if search.found > shown:
                    shown = search.found
                    self._take_over(search, problem)
                yield self.progress("explore", message)
        finally:
            steps.close()
            self._take_over(search, problem)
            self.lost = search.lost
        yield self.progress("explore", f"{len(self.exact)} programs of exact words")

    def _take_over(self, search: Search, problem: Problem | None) -> None:
        self._judged |= {one.candidate.program: one for one in search.judged}
        self.exact = search.candidates
        for candidate in self.exact[:1]:
            self.consider(candidate)
        self.settle(problem)

    def note_loss(self, loss: float = math.inf) -> None:
        """Extend the curve by the lowest loss so far, that of the best program included."""
        best = self.best.loss if self.best is not None else math.inf
        self.losses.append(min(loss, best, *self.losses[-1:]))

    def induce(self, problem: Problem) -> Generator[Progress, None, None]:
        """First stage: the inductor's most likely program, in one shot."""
        yield self.progress("inductor", "reading the demonstrations")
        embedding = problem.induce().mean(0)
        words = problem.words(embedding).tolist()
        self.consider_learned(problem, words, "inductor")
        self.looked_at("inductor")
        self.note_loss()
        yield self.progress("inductor", "guessed a first program")

    def take(
        self,
        phase: str,
        message: str,
        found: Iterator[Candidate | None],
        limit_s: float = math.inf,
        to_the_end: bool = False,
        *,
        counted: bool = False,
    ) -> Generator[Progress, None, None]:
        """Consider the programs that a stage finds, until one is verified or the time is up.

        `to_the_end` goes on after a verified one. `counted`: each that comes, None too, is a state looked at.
        """
        stop_at = self.elapsed() + limit_s
        for candidate in found:
            if counted:
                self.looked_at(phase)
            if candidate is not None:
                self.others[candidate.program] = candidate
                self.consider(candidate)
                self.note_loss()
            yield self.progress(phase, message)
            if (self.solved() and not to_the_end) or self.out_of_time() or self.elapsed() > stop_at:
                return

    def settle(self, problem: Problem | None) -> None:
        """Make the most credible of all verified programs the best one."""
        if self.solved():
            self.best = self.ranked(problem)[0]

    def remember(self, memory: Memory, problem: Problem) -> None:
        """Keep the best program, unless it was made of words that only this search knows."""
        if self.best is not None and self.best.program.fingerprint in (
            problem.learned.language.fingerprint,
            EXACT_FINGERPRINT,
        ):
            memory.remember(self.best.program, self.puzzle, problem.key())

    def ranked(self, problem: Problem | None) -> list[Candidate]:
        """Every program found, whatever found it: fewest wrong cells, then the odds of being truly right.

        Among equals those with exact twins come first, which do not slip on the test.
        """
        every = [*self._from_learned(problem), *self.exact, *self.plans]
        taken = [candidate for candidate in every if self.wanted.admits(candidate.program.words)]
        found = {candidate.program: candidate for candidate in reversed(taken)}
        ranked = best_first(self._judge(candidate, problem) for candidate in reversed(found.values()))
        if not self.marked:
            return ranked
        return sorted(ranked, key=lambda c: (sum(c.wrong), c.verified and not picks_marked(c, self.marked)))

    def _told_of_marks(self) -> str:
        """What the search over exact words does about the marks."""
        ways = len(cuttings(self.puzzle, self.marked))
        if not ways:
            return "no way to cut the inputs singles out what is marked: searching as without marks"
        return (
            f"trying rules that pick what is marked first; ways to cut the inputs that single it out: {ways}"
        )

    def _judge(self, candidate: Candidate, problem: Problem | None) -> Judged:
        known = self._judged.get(candidate.program)
        if known is None or known.candidate.answers != candidate.answers:
            known = judged(self.puzzle, candidate)
            if problem is not None and candidate.verified:
                known = replace(known, meaning_cost=cost_of_meanings(problem.meanings(candidate.program)))
            self._judged[candidate.program] = known
        return known

    def disputed(self, problem: Problem) -> bool:
        """Whether verified programs of learned words answer a test differently.

        Exact ones look from several views already, so no other needs to be asked.
        """
        learned = (c for c in self._from_learned(problem) if self.wanted.admits(c.program.words))
        return len({c.answers for c in learned if c.verified}) > 1

    def _from_learned(self, problem: Problem | None) -> list[Candidate]:
        learned = problem.evaluated if problem else []
        return [*self.crystals.values(), *learned, *self.others.values()]

    def solution(self, problem: Problem | None, engine: str) -> Solution:
        """Turn what was found into attempts."""
        ranked = self.ranked(problem)
        attempts = attempts_of(ranked, self.puzzle)
        tried = (
            f"programs tried in the learned language: {len(self.tried)},"
            f" rounds of gradient refinement: {self.rounds},"
            f" programs of exact words found: {len(self.exact)}"
        )
        if self.without:
            tried += f"; {self.without}"
        if self.marked and self.told_of_marks:
            tried += f"; {self.told_of_marks}"
        elif self.marked:
            tried += "; marks count in the search over exact words, which was left out"
        if self.plans_tried:
            tried += f"; plans of procedures tried: {self.plans_tried}"
        if self.lost:
            codes = ", ".join(map(str, self.lost))
            tried += f"; {len(self.lost)} search processes died (exit codes {codes}): solve again"
        if self.fell_back:
            tried += f"; {self.fell_back}"
        seen = self.ledger.whole() if self.ledger is not None else None
        return Solution(self.puzzle, engine, attempts, _worth_comparing(ranked), self.elapsed(), tried, seen)


def _worth_comparing(ranked: list[Candidate]) -> tuple[Candidate, ...]:
    """The first programs, in their order, with no more than `_PER_ANSWER` behind one answer."""
    chosen: list[Candidate] = []
    alike: Counter[bytes] = Counter()
    for candidate in ranked:
        alike[candidate.answers] += 1
        if alike[candidate.answers] <= _PER_ANSWER:
            chosen.append(candidate)
        if len(chosen) == _CANDIDATES:
            break
    return tuple(chosen)

"""Run the search in processes of its own, verify what they find and rank it."""

from __future__ import annotations

import json
import queue
import time
from collections.abc import Callable, Generator
from dataclasses import dataclass, field
from typing import Any

from puzzles.grid import MAX_SIDE
from puzzles.puzzle import Puzzle, puzzle_to_json
from solver.explore.costs import COSTS
from solver.explore.engine import Variant
from solver.explore.nearest import Reader
from solver.explore.pool import POOL, Lines
from solver.explore.ranking import Judged, best_first, judged
from solver.explore.telling import sent, sent_mark, step_of
from solver.words.marks import Mark
from solver.words.named import NamedWord
from solver.words.operations.renumber import Renumber
from solver.words.operations.turn import Turn
from solver.words.program import EXACT_FINGERPRINT, Language, Program, ProgramError, Step
from solver.words.results import Candidate, run_program
from solver.words.rules import parse_rule
from solver.words.vocabulary import EXACT_LANGUAGE
from solver.words.wanted import ANYTHING, Wanted
from solver.words.watching import Ledger

_POLL_S = 0.05
_GRACE_S = 0.5
"""Seconds after the budget in which what was found is still taken."""


@dataclass
class Search:
    """One search; `run` starts the processes and yields what is going on until they end.

    Closing the iterator ends them. `candidates` then holds what was found, the best first.
    """

    puzzle: Puzzle
    budget_s: float
    variants: tuple[Variant, ...] = (Variant.PLAIN, Variant.ROLES)
    clock: Callable[[], float] = time.monotonic
    """Seconds that count against the budget."""
    starting_s: float = 0.0
    """Seconds that the start of the processes may take on top of the budget."""
    wanted: Wanted = ANYTHING
    """Words to leave out, and words that every program must have."""
    ledger: Ledger | None = None
    """Where it is counted what the processes look at, if somebody watches."""
    named: tuple[NamedWord, ...] = ()
    """Words that a person named; those of exact words are tried as one word each."""
    marked: tuple[Mark, ...] = ()
    """Objects that a person marked in the inputs."""
    lost: list[int] = field(default_factory=list)
    """Exit codes of processes that died before their search was done."""
    _found: dict[Program, Judged] = field(default_factory=dict)
    _needless: set[Program] = field(default_factory=set)
    """Programs that look at the puzzle in another way for nothing: the same steps do without."""

    def __post_init__(self) -> None:
        self._reader = Reader(self.ledger) if self.ledger is not None else None

    def run(self) -> Generator[str, None, None]:
        """Yield a sentence several times a second."""
        lines: Lines = queue.Queue()
        workers = [POOL.borrow() for _ in self.variants]
        puzzle = json.loads(puzzle_to_json(self.puzzle))
        words = {"forbidden": sorted(self.wanted.forbidden), "demanded": sorted(self.wanted.demanded)}
        named = [list(map(sent, word.program.steps)) for word in self.named if word.exact]
        for worker, variant in zip(workers, self.variants, strict=True):
            asked = {"puzzle": puzzle, "budget_s": self.budget_s, "variant": variant.value}
            asked |= {"watch": self.ledger is not None}
            worker.ask(asked | words | {"named": named, "marked": list(map(sent_mark, self.marked))}, lines)
        message = "looking for exact words"
        running, begun = len(workers), False
        stop_at = self.clock() + self.budget_s + self.starting_s
        try:
            while running and self.clock() < stop_at + _GRACE_S:
                try:
                    document = lines.get(timeout=_POLL_S)
                except queue.Empty:
                    document = {}
                if document is None:
                    running -= 1
                    if self._satisfied():
                        break
                elif document:
                    stop_at = min(stop_at, self.clock() + self.budget_s) if not begun else stop_at
                    begun = True
                    message = self._read(document) or message
                yield message
        finally:
            for worker in workers:
                worker.stop(lines)

    def _satisfied(self) -> bool:
        """Whether one process ended early because it is content with what it has."""
        return any(one.candidate.verified for one in self._found.values())

    def _read(self, document: dict[str, Any]) -> str | None:
        if "progress" in document:
            self._watch(document)
            text: str = document["progress"]
            return text
        if "ended" in document:
            self.lost.append(document["ended"])
            return f"a search process died (exit code {document['ended']}), looking on without it"
        steps = tuple(map(step_of, document["steps"]))
        program = Program(steps, EXACT_FINGERPRINT)
        origin, weight = document["origin"], document["weight"]
        cost, accuracy = document["cost"], document["accuracy"]
        found = self._consider(program, origin, cost, accuracy, weight=weight)
        plain = without_view(program)
        if plain is not None and found is not None and found.verified:
            # What does without the view is shorter, and as good if it reproduces everything too.
            other = self._consider(
                plain, origin, cost - COSTS.view, accuracy, weight=weight, only_verified=True
            )
            if other is not None and other.verified and other.answers == found.answers:
                self._needless.add(program)
        return None

    def _watch(self, document: dict[str, Any]) -> None:
        """Count what a process has looked at."""
        if self._reader is None or "process" not in document:
            return
        process, doing = document["process"], document["doing"]
        states, seconds = document["states"], document["seconds"]
        self._reader.ledger.report(
            "explore", process, document["part"], doing=doing, states=states, seconds=seconds
        )
        for place, near in enumerate(document["near"]):
            self._reader.read((process, place), near)

    def _consider(
        self,
        program: Program,
        origin: str,
        cost: float,
        accuracy: float,
        *,
        weight: float,
        only_verified: bool = False,
    ) -> Candidate | None:
        if not self.wanted.admits(program.words):
            return None
        if program in self._found:
            return self._found[program].candidate
        candidate = evaluate(self.puzzle, program, origin)
        if candidate is not None and (candidate.verified or not only_verified):
            self._found[program] = judged(self.puzzle, candidate, cost, accuracy, weight)
        return candidate

    @property
    def found(self) -> int:
        """How many programs were found so far."""
        return len(self._found)

    @property
    def judged(self) -> list[Judged]:
        """What was found and what is believed of it, in the order of finding."""
        return [one for program, one in self._found.items() if program not in self._needless]

    @property
    def candidates(self) -> list[Candidate]:
        """What was found: verified first, then by the odds that it is truly right (`ranking`)."""
        return best_first(self.judged)


def without_view(program: Program) -> Program | None:
    """The program on the puzzle as it is; None where it does not look at it in another way."""
    first = parse_rule(program.steps[0].word) if len(program.steps) > 2 else None
    if not isinstance(first, (Renumber, Turn)):
        return None

    def earlier(step: int) -> int:
        return max(step - 1, -1)

    return Program(
        tuple(
            Step(
                step.word,
                None if step.source is None else earlier(step.source),
                tuple(map(earlier, step.others)),
            )
            for step in program.steps[1:-1]
        ),
        program.fingerprint,
    )


def evaluate(
    puzzle: Puzzle,
    program: Program,
    origin: str,
    language: Language = EXACT_LANGUAGE,
    canvas: tuple[int, int] = (MAX_SIDE, MAX_SIDE),
) -> Candidate | None:
    """Run a program as `run_program` does; None where an exact word has no answer."""
    try:
        return run_program(language, program, puzzle, canvas, origin)
    except ProgramError:
        return None

"""Search on from pinned steps: the states after them are the inputs of a puzzle of their own.

Whatever is found for that puzzle is written after the pinned steps, run on the puzzle itself and counted
there, as every candidate is.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, field, replace

from puzzles.puzzle import Puzzle
from solver.nli.learned import LearnedLanguage, load_learned
from solver.npi.compose import with_procedures
from solver.search.retelling import Retelling, retold
from solver.words.canvas import canvas_for
from solver.words.program import EXACT_FINGERPRINT, Language, NoAnswer, Program, ProgramError, Trace
from solver.words.results import Candidate, Progress, Search, Solution, SolveOptions, attempts_of, run_program
from solver.words.vocabulary import EXACT_LANGUAGE

Solve = Callable[[Puzzle, SolveOptions, LearnedLanguage | None], Search]
"""A search over a puzzle without pinned steps."""
_PHASE = "pinned"
_LONGEST_WORD = 80
"""Letters of a word that a message shows."""
_OWN_NETWORKS = "tuning"
"""The stage whose words only its own networks know, so that they cannot be run after other steps."""


@dataclass
class Pinned:
    """Steps that stay, and what they make of a puzzle.

    Raises `ProgramError` where they cannot be run, or do not end with a grid for every pair.
    """

    puzzle: Puzzle
    program: Program
    language: Language
    canvas: tuple[int, int] = field(init=False)
    """Rows and columns the pinned steps ran on."""
    traces: tuple[Trace, ...] = field(init=False)
    """What they made of every demonstration and test."""
    rest: Puzzle = field(init=False)
    """The puzzle that is left: the states after them, and the outputs."""
    _extended: dict[Program, Candidate | None] = field(default_factory=dict)

    def __post_init__(self) -> None:
        own = canvas_for(self.puzzle)
        self.canvas = self.program.canvas(own)
        try:
            ran = run_program(self.language, self.program, self.puzzle, own, _PHASE)
        except NoAnswer as error:
            word, place = error.word[:_LONGEST_WORD], self._name_of(error.place)
            raise ProgramError(f"pinned: {word} has no answer for {place}: {error.reason}") from None
        except ProgramError as error:
            raise ProgramError(f"pinned: {error}") from None
        self.traces = (*ran.demonstrations, *ran.tests)
        if any(trace.outcomes[-1].pieces is not None for trace in self.traces):
            word = self.program.steps[-1].word[:_LONGEST_WORD]
            raise ProgramError(f"pinned: the last step, {word}, yields pieces, expected a grid")
        states = iter(self.traces)
        self.rest = replace(
            self.puzzle,
            train=tuple(replace(pair, input=next(states).output) for pair in self.puzzle.train),
            test=tuple(replace(pair, input=next(states).output) for pair in self.puzzle.test),
        )

    def _name_of(self, place: int) -> str:
        known = len(self.puzzle.train)
        return f"train[{place}].input" if place < known else f"test[{place - known}].input"

    def extended(self, found: Candidate) -> Candidate | None:
        """A program for the rest after the pinned steps, run on the puzzle; None where that cannot be."""
        if found.program not in self._extended:
            self._extended[found.program] = self._run(found)
        return self._extended[found.program]

    def _run(self, found: Candidate) -> Candidate | None:
        program = self.written(found.program)
        own = canvas_for(self.puzzle)
        # On another canvas learned words may do something else, so that the pinned ones run again.
        begun = self.traces if program.canvas(own) == self.canvas else ()
        try:
            ran = run_program(self.language, program, self.puzzle, own, found.origin, begun=begun)
        except ProgramError:
            return None
        return replace(ran, loss=found.loss)

    def written(self, rest: Program) -> Program:
        """The whole program, with room for the canvas on which `rest` was found."""
        program = self.program.then(rest)
        if rest.fingerprint == EXACT_FINGERPRINT:
            return program
        own, found_on = canvas_for(self.puzzle), rest.canvas(canvas_for(self.rest))
        canvas = program.canvas((max(own[0], found_on[0]), max(own[1], found_on[1])))
        return replace(program, least_canvas=canvas if canvas != own else None)

    def solution(self, found: Solution) -> Solution:
        """What was found for the rest, as programs and attempts for the puzzle."""
        extended = [one for candidate in found.candidates if (one := self.extended(candidate)) is not None]
        # The order of what is wrong in equally many cells is that of the search, which knows their odds.
        ranked = sorted(extended, key=lambda candidate: sum(candidate.wrong))
        attempts = attempts_of(ranked, self.puzzle)
        return replace(found, puzzle=self.puzzle, attempts=attempts, candidates=tuple(ranked))


def search_on(
    puzzle: Puzzle,
    program: Program,
    options: SolveOptions,
    learned: LearnedLanguage | None,
    solve: Solve,
    *,
    clock: Callable[[], float] = time.monotonic,
) -> Search:
    """Search for what is left to do after the steps of `program`, by `solve` with the rest of the budget.

    Nothing is remembered: the memory knows programs by their whole puzzle. Raises as `Pinned` does.
    """
    began = clock()
    seconds = None if options.work is not None else options.budget_s
    yield Progress(_PHASE, "running the pinned steps", 0.0, seconds, (), None)
    learns = options.learned_only or options.engine in ("auto", "nli")
    if learned is None and (learns or program.fingerprint != EXACT_FINGERPRINT):
        learned = load_learned(options.device)
    language = with_procedures(learned.language if learned is not None else EXACT_LANGUAGE)
    pinned = Pinned(puzzle, program, language)
    left = replace(
        options,
        pinned=None,
        demanded=tuple(sorted(options.wanted.after(program.words).demanded)),
        remember=False,
        stages=tuple(stage for stage in options.stages if stage != _OWN_NETWORKS),
        budget_s=max(0.0, options.budget_s - (clock() - began)),
    )
    retelling = Retelling(clock() - began, pinned.written, pinned.extended)
    solution = yield from retold(solve(pinned.rest, left, learned), retelling)
    return pinned.solution(solution)

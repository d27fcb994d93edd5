"""Search by way of grids that a person drew: they are the outputs of one puzzle and the inputs of another.

Whatever is found for these is spliced into the program, run on the puzzle itself and counted there. Only the
demonstrations for which a grid was drawn are in those puzzles.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Generator, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property

from puzzles.grid import Grid
from puzzles.puzzle import Pair, Puzzle
from solver.nli.learned import LearnedLanguage, load_learned
from solver.npi.compose import with_procedures
from solver.search.pinned import Solve, search_on
from solver.search.retelling import Retelling, retold
from solver.words.cancel import look_up
from solver.words.canvas import canvas_for
from solver.words.named import cut_out
from solver.words.program import EXACT_FINGERPRINT, Language, Program, ProgramError
from solver.words.results import Candidate, Progress, Search, Solution, SolveOptions, attempts_of, run_program
from solver.words.vocabulary import EXACT_LANGUAGE
from solver.words.waypoint import Waypoint

_PHASE = "waypoint"
_FIRST_HALF = 0.5
"""Share of the time for the steps that lead to the grids, where those after them are searched too."""
Extended = Generator[Progress, None, tuple[Solution, list[Candidate]]]


@dataclass
class _Splice:
    """Puts what is found for a part into the whole, and runs it there."""

    puzzle: Puzzle
    part: Puzzle
    language: Language
    before: Program
    """Steps in front of what is found."""
    after: Program | None = None
    """Steps behind it, where there are some that can follow."""
    _known: dict[Program, Candidate | None] = field(default_factory=dict)

    def of(self, found: Candidate) -> Candidate | None:
        """The whole program, run on the puzzle; None where it cannot be run, even without what follows."""
        if found.program not in self._known:
            whole = self.written(found.program)
            full = None if self.after is None else self._run(whole.then(self.after), found)
            self._known[found.program] = full or self._run(whole, found)
        return self._known[found.program]

    def extend(self, search: Search, began_s: float, aims: tuple[Grid | None, ...]) -> Extended:
        """Run a search over the part, and what it finds on the puzzle."""
        solution = yield from retold(search, Retelling(began_s, self.written, self.of, aims))
        extended = (self.of(candidate) for candidate in solution.candidates)
        return solution, [candidate for candidate in extended if candidate is not None]

    def written(self, program: Program) -> Program:
        """What is found for the part, with the steps in front of it."""
        return self.before.then(self._with_room(program))

    def _with_room(self, program: Program) -> Program:
        """The same steps, with room for the canvas on which they were found."""
        if program.fingerprint == EXACT_FINGERPRINT:
            return program
        own, found_on = canvas_for(self.puzzle), program.canvas(canvas_for(self.part))
        canvas = (max(own[0], found_on[0]), max(own[1], found_on[1]))
        return program if canvas == own else replace(program, least_canvas=canvas)

    def _run(self, program: Program, found: Candidate) -> Candidate | None:
        try:
            return run_program(
                self.language,
                program,
                self.puzzle,
                canvas_for(self.puzzle),
                found.origin,
                before_step=look_up,
            )
        except ProgramError:
            return None


@dataclass
class _Way:
    """The searches that lead by way of the grids, and what all of them need."""

    puzzle: Puzzle
    waypoint: Waypoint
    options: SolveOptions
    learned: LearnedLanguage | None
    solve: Solve
    elapsed: Callable[[], float]
    """Seconds since it began."""

    @cached_property
    def language(self) -> Language:
        """What the programs are run with."""
        return with_procedures(self.learned.language if self.learned is not None else EXACT_LANGUAGE)

    def before(self, share: float) -> Extended:
        """Search the steps that lead to the grids, with a share of the time; later steps stay."""
        part = before_the_grids(self.puzzle, self.waypoint.wanted)
        first = self.waypoint.program.first(0)
        splice = _Splice(self.puzzle, part, self.language, first, _tail(self.waypoint))
        search = self.solve(part, self._left(share), self.learned)
        return (yield from splice.extend(search, self.elapsed(), self.waypoint.wanted))

    def after(self, head: Program, tests: Sequence[Grid]) -> Extended:
        """Search the steps that go on from the grids after `head`, which makes `tests` of the tests."""
        part = after_the_grids(self.puzzle, self.waypoint.wanted, tests)
        splice = _Splice(self.puzzle, part, self.language, head)
        pairs = zip(self.puzzle.train, self.waypoint.wanted, strict=True)
        outputs = tuple(None if grid is None else pair.output for pair, grid in pairs)
        search = self.solve(part, self._left(), self.learned)
        return (yield from splice.extend(search, self.elapsed(), outputs))

    def go_on(self, first: Candidate) -> Extended:
        """Search on after steps that lead to the grids: from what they make, where it is what is wanted."""
        if not first.verified:
            return (yield from self.after(first.program, [trace.output for trace in first.tests]))
        search = search_on(
            self.puzzle, first.program, self._left(), self.learned, self.solve, clock=self.elapsed
        )
        solution = yield from retold(search, Retelling(self.elapsed()))
        return solution, list(solution.candidates)

    def _left(self, share: float = 1.0) -> SolveOptions:
        """What a search may do with a share of the time that is left."""
        seconds = share * max(0.0, self.options.budget_s - self.elapsed())
        return replace(self.options, waypoint=None, earlier=(), demanded=(), remember=False, budget_s=seconds)


def search_by_way_of(
    puzzle: Puzzle,
    waypoint: Waypoint,
    options: SolveOptions,
    learned: LearnedLanguage | None,
    solve: Solve,
    *,
    clock: Callable[[], float] = time.monotonic,
) -> Search:
    """Search the steps before the grids that are wanted, those after them, or both.

    Nothing is remembered. Raises `ProgramError` where the steps there are cannot be run, or do not end with a
    grid everywhere, and `ValueError` for another number of grids than demonstrations.
    """
    if len(waypoint.wanted) != len(puzzle.train):
        raise ValueError(f"{len(waypoint.wanted)} grids are wanted, expected {len(puzzle.train)}")
    began = clock()
    yield Progress(_PHASE, "looking at the grids that are wanted", 0.0, None, (), None)
    program = waypoint.program
    learns = options.learned_only or options.engine in ("auto", "nli")
    if learned is None and (learns or program.fingerprint != EXACT_FINGERPRINT):
        learned = load_learned(options.device)
    way = _Way(puzzle, waypoint, options, learned, solve, lambda: clock() - began)
    if waypoint.side == "after":
        head = program.first(waypoint.position)
        solution, found = yield from way.after(head, _states(puzzle, head, way.language))
    else:
        solution, found = yield from way.before(_FIRST_HALF if waypoint.side == "both" else 1.0)
    if waypoint.side == "both" and solution.best is not None:
        last, further = yield from way.go_on(solution.best)
        solution, found = replace(solution, seconds=last.seconds, seen=last.seen), [*further, *found]
    return _whole(puzzle, solution, found, options.wanted.demanded)


def before_the_grids(puzzle: Puzzle, wanted: Sequence[Grid | None]) -> Puzzle:
    """The puzzle of the steps that lead from the inputs to the grids."""
    pairs = [
        Pair(pair.input, grid) for pair, grid in zip(puzzle.train, wanted, strict=True) if grid is not None
    ]
    return replace(puzzle, train=tuple(pairs), test=tuple(Pair(pair.input, None) for pair in puzzle.test))


def after_the_grids(puzzle: Puzzle, wanted: Sequence[Grid | None], tests: Sequence[Grid]) -> Puzzle:
    """The puzzle of the steps that lead from the grids to the outputs; `tests` are its tests' inputs."""
    pairs = [
        replace(pair, input=grid) for pair, grid in zip(puzzle.train, wanted, strict=True) if grid is not None
    ]
    test = [replace(pair, input=grid) for pair, grid in zip(puzzle.test, tests, strict=True)]
    return replace(puzzle, train=tuple(pairs), test=tuple(test))


def _states(puzzle: Puzzle, program: Program, language: Language) -> list[Grid]:
    """What a program makes of the tests."""
    ran = run_program(language, program, puzzle, canvas_for(puzzle), _PHASE)
    if any(trace.outcomes[-1].pieces is not None for trace in ran.tests):
        raise ProgramError(f"step {len(program.steps)} yields pieces, expected a grid")
    return [trace.output for trace in ran.tests]


def _tail(waypoint: Waypoint) -> Program | None:
    """The steps after the grids; None where there are none, or where they read what came before."""
    program, first = waypoint.program, waypoint.position + 1
    try:
        return cut_out(program, first, len(program.steps))
    except ProgramError:
        return None


def _whole(puzzle: Puzzle, part: Solution, found: Sequence[Candidate], demanded: frozenset[str]) -> Solution:
    """What was found and has what is demanded, the fewest wrong cells first, each program once."""
    distinct: dict[Program, Candidate] = {}
    for candidate in found:
        if demanded <= set(candidate.program.words):
            distinct.setdefault(candidate.program, candidate)
    ranked = sorted(distinct.values(), key=lambda candidate: sum(candidate.wrong))
    return replace(part, puzzle=puzzle, attempts=attempts_of(ranked, puzzle), candidates=tuple(ranked))

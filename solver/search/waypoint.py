"""Search by way of grids that a person drew: they are the outputs of one puzzle and the inputs of another.

Whatever is found for these is spliced into the program, run on the puzzle itself and counted there. Only the
demonstrations for which a grid was drawn are in those puzzles.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Generator, Sequence
from dataclasses import dataclass, field, replace

from puzzles.grid import Grid
from puzzles.puzzle import Pair, Puzzle
from solver.nli.learned import LearnedLanguage, load_learned
from solver.npi.compose import with_procedures
from solver.search.pinned import Solve, search_on
from solver.search.problem import canvas_for
from solver.search.retelling import Retelling, retold
from solver.words.cancel import look_up
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

    def retelling(self, began_s: float, aims: tuple[Grid | None, ...]) -> Retelling:
        """How a search over the part reads as one over the whole."""
        return Retelling(began_s, self.written, self.of, aims)

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
    language = with_procedures(learned.language if learned is not None else EXACT_LANGUAGE)
    own = replace(options, waypoint=None, earlier=(), demanded=(), remember=False)

    def elapsed() -> float:
        return clock() - began

    def left(share: float = 1.0) -> SolveOptions:
        return replace(own, budget_s=share * max(0.0, options.budget_s - elapsed()))

    if waypoint.side == "after":
        head = program.first(waypoint.position)
        part = after_the_grids(puzzle, waypoint.wanted, _states(puzzle, head, language))
        splice = _Splice(puzzle, part, language, head)
        retelling = splice.retelling(elapsed(), _outputs(puzzle, waypoint))
        solution, found = yield from _extend(splice, solve(part, left(), learned), retelling)
        return _whole(puzzle, solution, found, options.wanted.demanded)
    part = before_the_grids(puzzle, waypoint.wanted)
    splice = _Splice(puzzle, part, language, program.first(0), _tail(waypoint))
    share = _FIRST_HALF if waypoint.side == "both" else 1.0
    retelling = splice.retelling(elapsed(), waypoint.wanted)
    solution, found = yield from _extend(splice, solve(part, left(share), learned), retelling)
    if waypoint.side == "both" and solution.best is not None:
        first = solution.best
        last, further = yield from _go_on(puzzle, waypoint, first, left(), learned, solve, language, elapsed)
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


def _go_on(  # noqa: PLR0917 - what a search is handed
    puzzle: Puzzle,
    waypoint: Waypoint,
    first: Candidate,
    options: SolveOptions,
    learned: LearnedLanguage | None,
    solve: Solve,
    language: Language,
    elapsed: Callable[[], float],
) -> Extended:
    """Programs that go on after the steps found first: from what these make, where it is what is wanted."""
    if first.verified:
        search = search_on(puzzle, first.program, options, learned, solve, clock=elapsed)
        on = yield from retold(search, Retelling(elapsed()))
        return on, list(on.candidates)
    part = after_the_grids(puzzle, waypoint.wanted, [trace.output for trace in first.tests])
    splice = _Splice(puzzle, part, language, first.program)
    retelling = splice.retelling(elapsed(), _outputs(puzzle, waypoint))
    return (yield from _extend(splice, solve(part, options, learned), retelling))


def _outputs(puzzle: Puzzle, waypoint: Waypoint) -> tuple[Grid | None, ...]:
    """The outputs of the demonstrations for which it is said what is wanted."""
    pairs = zip(puzzle.train, waypoint.wanted, strict=True)
    return tuple(None if grid is None else pair.output for pair, grid in pairs)


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


def _extend(splice: _Splice, search: Search, retelling: Retelling) -> Extended:
    """Run a search over a part of the puzzle, and what it finds on the puzzle."""
    solution = yield from retold(search, retelling)
    extended = (splice.of(candidate) for candidate in solution.candidates)
    return solution, [candidate for candidate in extended if candidate is not None]


def _whole(puzzle: Puzzle, part: Solution, found: Sequence[Candidate], demanded: frozenset[str]) -> Solution:
    """What was found and has what is demanded, the fewest wrong cells first, each program once."""
    distinct: dict[Program, Candidate] = {}
    for candidate in found:
        if demanded <= set(candidate.program.words):
            distinct.setdefault(candidate.program, candidate)
    ranked = sorted(distinct.values(), key=lambda candidate: sum(candidate.wrong))
    return replace(part, puzzle=puzzle, attempts=attempts_of(ranked, puzzle), candidates=tuple(ranked))

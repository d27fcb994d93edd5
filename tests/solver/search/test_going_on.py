"""Going on from what an earlier search found, instead of starting over."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import numpy as np

from puzzles.grid import as_grid, same_grid
from puzzles.puzzle import Pair, Puzzle
from solver.nli.learned import LearnedLanguage
from solver.search.going_on import near_misses, run_earlier
from solver.search.problem import Problem
from solver.search.run import Run
from solver.search.solve import solve
from solver.search.stages import StagedSearch
from solver.words.operations import SPLITS
from solver.words.program import EXACT_FINGERPRINT, Program, Step
from solver.words.results import Progress, SolveOptions, finish
from solver.words.vocabulary import EXACT_LANGUAGE
from tests.solver.conftest import puzzle_of


def exact(*words: str) -> Program:
    return Program.of(words, EXACT_FINGERPRINT)


def puzzle_with(change: Callable[[np.ndarray], np.ndarray]) -> Puzzle:
    rng = np.random.default_rng(3)
    grids = [rng.integers(1, 10, (4, 4)).astype(np.uint8) for _ in range(4)]
    pairs = [Pair(as_grid(grid), as_grid(change(grid))) for grid in grids]
    return Puzzle("made", tuple(pairs[:3]), tuple(pairs[3:]))


def recoloured(grid: np.ndarray) -> np.ndarray:
    return np.where(grid == 3, 5, np.where(grid == 2, 7, grid)).astype(np.uint8)


REPLACED = puzzle_with(recoloured)
OPTIONS = SolveOptions(engine="explore", budget_s=20.0)


def known(puzzle: Puzzle, *programs: Program, **options: object) -> list:
    asked = replace(OPTIONS, earlier=programs, **options)
    return run_earlier(puzzle, asked, EXACT_LANGUAGE)


def test_earlier_programs_are_run_again_best_first() -> None:
    poor, near, whole = (
        exact("flip up-down"),
        exact("replace 3 by 5"),
        exact("replace 3 by 5", "replace 2 by 7"),
    )
    found = known(REPLACED, poor, near, whole, near, exact("no such word"))
    assert [candidate.program for candidate in found] == [whole, near, poor]
    assert found[0].verified
    assert [c.program for c in known(REPLACED, near, whole, forbidden=("replace 2 by 7",))] == [near]
    assert not known(REPLACED, near, whole, learned_only=True)


def test_near_misses_are_the_states_closest_to_the_outputs() -> None:
    spoilt = exact("replace 3 by 5", "flip up-down")
    other = exact("flip left-right", "flip left-right")  # does nothing in the end
    found = near_misses(REPLACED, known(REPLACED, spoilt, other, exact("replace 3 by 5")))
    assert found[0] == exact("replace 3 by 5")
    assert len(found) == 3
    assert exact("flip left-right") in found
    assert other not in found


def test_pieces_are_no_near_miss() -> None:
    whole = Program((Step(SPLITS[0].name), Step("row with a cell for each")), EXACT_FINGERPRINT)
    found = known(REPLACED, whole)
    assert len(found) == 1
    assert near_misses(REPLACED, found) == [whole]


def test_a_near_miss_is_searched_on_from() -> None:
    puzzle = puzzle_with(lambda grid: np.rot90(recoloured(grid)).copy())
    start = exact("replace 3 by 5", "replace 2 by 7", "transpose")
    moments: list[Progress] = []
    solution = finish(solve(puzzle, replace(OPTIONS, earlier=(start,), watch=True)), moments.append)
    assert solution.puzzle is puzzle
    assert solution.correct
    on = [c.program for c in solution.candidates if c.verified and c.program.first(3) == start]
    assert on
    assert any("near miss 1 of" in moment.message for moment in moments)
    wrong = [sum(moment.best.wrong) for moment in moments if moment.best is not None]
    assert wrong == sorted(wrong, reverse=True)  # what is best never gets worse
    times = [moment.elapsed_s for moment in moments]
    assert times == sorted(times)  # one clock, whatever is searched
    assert solution.seconds >= times[-1]


def test_whoever_watches_sees_the_searches_from_near_misses_as_whole_programs() -> None:
    puzzle, start = puzzle_with(lambda grid: (grid + grid.T) % 7), exact("transpose")
    moments: list[Progress] = []
    options = replace(OPTIONS, budget_s=4.0, earlier=(start,), watch=True)
    finish(solve(puzzle, options), moments.append)
    near = [moment for moment in moments if moment.message.startswith("near miss") and moment.seen]
    states = [(moment, state) for moment in near for state in moment.seen.states]
    assert states
    for moment, state in states:
        assert state.program.first(1) == start
        assert state.at_s <= moment.elapsed_s
        (trace,) = EXACT_LANGUAGE.execute(state.program, [puzzle.train[0].input], (30, 30))
        assert state.grid is None or same_grid(state.grid, trace.output)


def test_what_explained_everything_stays_and_rivals_are_looked_for() -> None:
    whole = exact("replace 3 by 5", "replace 2 by 7")
    moments: list[Progress] = []
    options = replace(OPTIONS, budget_s=6.0, earlier=(whole,))
    solution = finish(solve(REPLACED, options), moments.append)
    assert whole in [candidate.program for candidate in solution.candidates]
    assert solution.verified
    assert not any("near miss" in moment.message for moment in moments)


def test_learned_near_misses_are_repaired_and_refined(tiny: LearnedLanguage) -> None:
    puzzle = puzzle_of("shift up", "shift left")
    up = next(word.name for word in tiny.language.words if word.meaning == "shift up")
    start = Program((Step(up),), tiny.language.fingerprint)
    problem = Problem(puzzle, tiny)
    run = Run(puzzle, 5.0, None, clock=lambda: 0.0, learned_only=True)
    stages = StagedSearch(run, problem, 0)
    asked = SolveOptions(engine="nli", earlier=(start, exact("shift up")))
    stages.start_near(run_earlier(puzzle, asked, tiny.language))
    row = int(up[1:])
    assert stages.recalled == [(row,)]
    assert any(node.words == (row,) for node in stages.near)
    solution = finish(
        solve(puzzle, SolveOptions(engine="nli", budget_s=20.0, earlier=(start,)), learned=tiny)
    )
    assert solution.correct


def test_counted_work_gives_the_same_again(tiny: LearnedLanguage) -> None:
    puzzle = puzzle_of("shift up", "shift left")
    up = next(word.name for word in tiny.language.words if word.meaning == "shift up")
    options = SolveOptions(engine="nli", work=1, earlier=(Program((Step(up),), tiny.language.fingerprint),))
    first, second = (finish(solve(puzzle, options, learned=tiny)) for _ in range(2))
    assert [c.program for c in first.candidates] == [c.program for c in second.candidates]

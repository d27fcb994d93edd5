"""What a real search tells whoever watches is what it did."""

from __future__ import annotations

from itertools import pairwise

import numpy as np

from puzzles.grid import as_grid, same_grid
from puzzles.puzzle import Pair, Puzzle
from solver.nli.config import SearchConfig
from solver.nli.learned import LearnedLanguage
from solver.search.filming import Camera
from solver.search.problem import Problem
from solver.search.refine import refine
from solver.search.solve import SolveOptions, finish, solve
from solver.words.film import SKIP
from solver.words.program import EXACT_FINGERPRINT, Program
from solver.words.results import Progress
from solver.words.vocabulary import EXACT_LANGUAGE
from solver.words.watching import Seen, TriedState
from tests.solver.conftest import puzzle_of

CANVAS = (30, 30)


def chain(state: TriedState) -> list[TriedState]:
    return [state] if state.above is None else [*chain(state.above), state]


def watched(
    puzzle: Puzzle, options: SolveOptions, learned: LearnedLanguage | None
) -> tuple[Seen, list[Progress]]:
    told: list[Progress] = []
    solution = finish(solve(puzzle, options, learned=learned), told.append)
    assert solution.seen is not None
    return solution.seen, told


def test_the_learned_search_counts_its_programs_and_lists_true_states(tiny: LearnedLanguage) -> None:
    options = SolveOptions(work=1, learned_only=True, stages=("search", "repair"), watch=True)
    puzzle = puzzle_of("rotate clockwise", side=3)
    seen, told = watched(puzzle, options, tiny)
    work = {one.stage: one for one in seen.work}
    assert work["search"].states == sum(one.phase == "search" for one in told)
    assert work["repair"].states is None
    assert 0 < work["search"].seconds <= told[-1].elapsed_s
    assert seen.states
    given = puzzle.train[0].input
    for state in seen.states:
        for depth, one in enumerate(chain(state), 1):
            assert one.program.words == state.program.words[:depth]
            (trace,) = tiny.language.execute(one.program, [given], (3, 3))
            assert one.grid is not None
            assert same_grid(one.grid, trace.output)


def test_search_processes_tell_how_many_states_they_looked_at_and_the_nearest() -> None:
    inputs = [np.random.default_rng(i).integers(1, 10, (4, 4)).astype(np.uint8) for i in range(4)]
    pairs = [Pair(as_grid(grid), as_grid(np.full_like(grid, grid.sum() % 9))) for grid in inputs]
    puzzle = Puzzle("hard", tuple(pairs[:3]), tuple(pairs[3:]))
    seen, told = watched(puzzle, SolveOptions(budget_s=4.0, engine="explore", watch=True), None)
    processes = [one for one in seen.work if one.part]
    assert {one.part for one in processes} == {"plain", "roles"}
    assert len({one.process for one in processes}) == 2
    assert all(one.states and one.seconds > 0 for one in processes)
    for state in seen.states:
        words = [one.program for one in chain(state)]
        assert all(program.fingerprint == EXACT_FINGERPRINT for program in words)
        (trace,) = EXACT_LANGUAGE.execute(state.program, [puzzle.train[0].input], CANVAS)
        assert state.grid is not None
        assert same_grid(state.grid, trace.output)
    assert seen.states
    assert any(one.seen is not None and one.seen.states for one in told[:-1])


def test_what_is_searched_after_pinned_steps_reads_as_whole_programs(tiny: LearnedLanguage) -> None:
    pinned = Program.of(["flip left-right"], EXACT_FINGERPRINT)
    options = SolveOptions(work=1, learned_only=True, stages=("search",), watch=True, pinned=pinned)
    seen, told = watched(puzzle_of("rotate clockwise", side=3), options, tiny)
    assert seen.states
    assert all(state.program.words[0] == "flip left-right" for state in seen.states)
    assert {state.program for one in told if one.seen for state in one.seen.records} <= {
        state.program for state in (*seen.records, *seen.states)
    }


def test_nobody_watches_unless_asked(tiny: LearnedLanguage) -> None:
    told: list[Progress] = []
    options = SolveOptions(work=1, learned_only=True, stages=("search",))
    assert finish(solve(puzzle_of("shift up"), options, learned=tiny), told.append).seen is None
    assert told
    assert all(one.seen is None for one in told)


def test_watching_changes_nothing_that_is_found(tiny: LearnedLanguage) -> None:
    options = SolveOptions(work=2, learned_only=True, stages=("search", "refinement"))
    puzzle = puzzle_of("rotate clockwise", side=3)
    plain = finish(solve(puzzle, options, learned=tiny))
    seen = finish(solve(puzzle, SolveOptions(**{**vars(options), "watch": True}), learned=tiny))
    assert [one.program for one in plain.candidates] == [one.program for one in seen.candidates]
    assert plain.tried == seen.tried


def test_the_film_has_true_moments_of_a_refinement(tiny: LearnedLanguage) -> None:
    """What a moment tells of a start are the words that the step before ended with, and its own loss."""
    problem = Problem(puzzle_of("rotate clockwise", side=3), tiny)
    ended: list[tuple[int, ...]] = []
    pictured = 0
    for moment in refine(problem, SearchConfig(steps=5), 0, 2, camera=Camera(problem, lambda: True)):
        if moment.picture:
            assert min(start.loss for start in moment.picture) == moment.loss
            for start in moment.picture:
                assert len(start.grids) == len(problem.puzzle.train)
                for odds in start.odds:
                    values = [value for _, value in odds]
                    assert values == sorted(values, reverse=True)
                    assert 0 < sum(values) <= 1 + 1e-5
                likeliest = tuple(odds[0][0] for odds in start.odds if odds[0][0] != SKIP)
                assert start.program.words == likeliest
                if ended:
                    assert start.program == problem.program(
                        [row for row in ended[start.number] if row != tiny.model.config.skip]
                    )
            pictured += 1
        if moment.programs and moment.picture:
            ended = moment.programs
    assert pictured == 5


def test_where_nothing_is_mixed_a_moment_shows_what_the_program_does(tiny: LearnedLanguage) -> None:
    problem = Problem(puzzle_of("shift up"), tiny)
    cold = SearchConfig(steps=2, noise=0.0, code_temperature=(1e-4, 1e-4), state_temperature=(0.01, 0.01))
    seen = 0
    for moment in refine(problem, cold, 0, 2, camera=Camera(problem, lambda: True)):
        for start in moment.picture:
            rows = [int(word[1:]) for word in start.program.words]
            traces = problem.evaluate(rows, "test").demonstrations
            assert all(same_grid(a, b.output) for a, b in zip(start.grids, traces, strict=True))
            seen += 1
    assert seen


def test_a_watched_refinement_tells_its_moments(tiny: LearnedLanguage) -> None:
    options = SolveOptions(work=2, learned_only=True, stages=("refinement",), watch=True)
    seen, told = watched(puzzle_of("rotate clockwise", side=3), options, tiny)
    assert seen.moments
    times = [moment.at_s for moment in seen.moments]
    assert all(later - earlier >= 0.1 for earlier, later in pairwise(times))
    assert times[-1] <= told[-1].elapsed_s
    assert {moment.round for moment in seen.moments} == {1, 2}
    assert all(moment.best.loss <= start.loss for moment in seen.moments for start in moment.starts)
    assert any(progress.seen is not None and progress.seen.moments for progress in told[:-1])

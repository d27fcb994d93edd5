"""What a real search tells whoever watches is what it did."""

from __future__ import annotations

import numpy as np

from puzzles.grid import as_grid, same_grid
from puzzles.puzzle import Pair, Puzzle
from solver.nli.learned import LearnedLanguage
from solver.search.solve import SolveOptions, finish, solve
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

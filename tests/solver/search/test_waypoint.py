"""Searching by way of grids that a person drew: what is found is spliced in and counted on the puzzle."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pytest

from puzzles.grid import as_grid, same_grid
from puzzles.puzzle import Pair, Puzzle
from solver.search.solve import solve
from solver.search.waypoint import after_the_grids, before_the_grids
from solver.words.errors import UsageError
from solver.words.named import cut_out
from solver.words.operations import SPLITS
from solver.words.program import EXACT_FINGERPRINT, Program, ProgramError
from solver.words.results import Progress, SolveOptions, finish, run_program
from solver.words.vocabulary import EXACT_LANGUAGE
from solver.words.waypoint import Side, Waypoint

Change = Callable[[np.ndarray], np.ndarray]
OPTIONS = SolveOptions(engine="explore", budget_s=20.0)


def exact(*words: str) -> Program:
    return Program.of(words, EXACT_FINGERPRINT)


def first(grid: np.ndarray) -> np.ndarray:
    return np.roll(np.where(grid == 3, 5, grid), 1, axis=1).astype(np.uint8)


def second(grid: np.ndarray) -> np.ndarray:
    return np.flipud(np.where(grid == 2, 7, grid)).astype(np.uint8)


@pytest.fixture
def puzzle() -> Puzzle:
    rng = np.random.default_rng(3)
    grids = [rng.integers(1, 10, (4, 5)).astype(np.uint8) for _ in range(4)]
    pairs = [Pair(as_grid(grid), as_grid(second(first(grid)))) for grid in grids]
    return Puzzle("made", tuple(pairs[:3]), tuple(pairs[3:]))


NOTHING = exact()


def waypoint(puzzle: Puzzle, side: Side, program: Program = NOTHING, position: int = 0) -> Waypoint:
    wanted = tuple(as_grid(first(pair.input)) for pair in puzzle.train)
    return Waypoint(program, position, wanted, side)


def found(puzzle: Puzzle, way: Waypoint, seen: list[Progress] | None = None) -> list:
    solution = finish(
        solve(puzzle, replace(OPTIONS, waypoint=way)), seen.append if seen is not None else None
    )
    assert solution.puzzle is puzzle
    for candidate in solution.candidates:
        again = run_program(EXACT_LANGUAGE, candidate.program, puzzle, (30, 30), "again")
        assert (again.wrong, again.answers) == (candidate.wrong, candidate.answers)
    wrong = [sum(candidate.wrong) for candidate in solution.candidates]
    assert wrong == sorted(wrong)
    return list(solution.candidates)


def test_steps_before_are_found_and_what_follows_stays(puzzle: Puzzle) -> None:
    rest = exact("replace 2 by 7", "flip up-down")
    program = exact("transpose", "transpose", *rest.words)
    best = found(puzzle, waypoint(puzzle, "before", program, 2))[0]
    assert best.verified
    assert best.program.words[-2:] == rest.words
    made = EXACT_LANGUAGE.execute(best.program, [puzzle.train[0].input], (30, 30))[0]
    assert same_grid(made.grids[-3], as_grid(first(puzzle.train[0].input)))


def test_steps_before_alone_lead_to_what_is_wanted(puzzle: Puzzle) -> None:
    best = found(puzzle, waypoint(puzzle, "before"))[0]
    for pair, trace in zip(puzzle.train, best.demonstrations, strict=True):
        assert same_grid(trace.output, as_grid(first(pair.input)))
    assert not best.verified


def test_steps_after_are_found_and_what_came_before_stays(puzzle: Puzzle) -> None:
    start = exact("replace 3 by 5", "roll right")
    candidates = found(puzzle, waypoint(puzzle, "after", exact(*start.words, "transpose"), 2))
    assert candidates[0].verified
    assert all(candidate.program.first(2) == start for candidate in candidates)


def test_both_halves_make_a_whole(puzzle: Puzzle) -> None:
    seen: list[Progress] = []
    best = found(puzzle, waypoint(puzzle, "both"), seen)[0]
    assert best.verified
    states = EXACT_LANGUAGE.execute(best.program, [puzzle.train[1].input], (30, 30))[0].grids
    assert any(same_grid(state, as_grid(first(puzzle.train[1].input))) for state in states[1:-1])
    assert seen[0].phase == "waypoint"


def test_whoever_watches_sees_whole_programs_and_what_they_are_to_lead_to(puzzle: Puzzle) -> None:
    drawn = as_grid(first(puzzle.train[1].input))
    for side, head, aim, given in (
        ("before", exact(), drawn, puzzle.train[1].input),
        ("after", exact("replace 3 by 5"), puzzle.train[1].output, drawn),
    ):
        way = Waypoint(head, len(head.steps), (None, drawn, None), side)
        solution = finish(solve(puzzle, replace(OPTIONS, waypoint=way, budget_s=3.0, watch=True)))
        assert solution.seen is not None
        assert [grid is aim for grid in solution.seen.aims] == [False, True, False]
        assert solution.seen.states
        for state in solution.seen.states:
            assert state.program.first(len(head.steps)) == head
            rest = cut_out(state.program, len(head.steps) + 1, len(state.program.steps))
            made = EXACT_LANGUAGE.execute(rest, [given], (30, 30))[0].output
            assert state.grid is None or same_grid(state.grid, made)


def test_only_demonstrations_that_were_drawn_for_count(puzzle: Puzzle) -> None:
    wanted = (None, as_grid(first(puzzle.train[1].input)), None)
    before = before_the_grids(puzzle, wanted)
    assert len(before.train) == 1
    assert same_grid(before.train[0].input, puzzle.train[1].input)
    assert before.test[0].output is None
    after = after_the_grids(puzzle, wanted, [puzzle.test[0].input])
    assert same_grid(after.train[0].input, wanted[1])
    assert same_grid(after.train[0].output, puzzle.train[1].output)


def test_what_is_no_waypoint_is_refused(puzzle: Puzzle) -> None:
    grid = puzzle.train[0].input
    with pytest.raises(ValueError, match="position is 1"):
        Waypoint(exact(), 1, (grid,), "both")
    with pytest.raises(ValueError, match="no grid is wanted"):
        Waypoint(exact(), 0, (None, None), "both")
    with pytest.raises(ValueError, match="1 grids are wanted, expected 3"):
        finish(solve(puzzle, replace(OPTIONS, waypoint=Waypoint(exact(), 0, (grid,), "both"))))
    pieces = waypoint(puzzle, "after", exact(SPLITS[0].name), 1)
    with pytest.raises(ProgramError, match="yields pieces"):
        finish(solve(puzzle, replace(OPTIONS, waypoint=pieces)))
    options = replace(OPTIONS, engine="other", waypoint=waypoint(puzzle, "both"))
    with pytest.raises(UsageError, match="by way of drawn grids"):
        finish(solve(puzzle, options, engines={"other": lambda *_: iter(())}))

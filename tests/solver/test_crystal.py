"""Learned words that are as good as exact are shown as the exact words they are."""

from __future__ import annotations

import numpy as np
import pytest

from puzzles.grid import as_grid, same_grid
from puzzles.puzzle import Pair, Puzzle
from solver.crystal import crystallised, exact_twins, verified_twins
from solver.language import EXACT_FINGERPRINT, Program
from solver.problem import Problem
from solver.solve import finish, solve
from solver.words import load_learned

ABOUT = {
    "meanings": {
        "w0": {"operation": "flip left-right", "agreement": 1.0},
        "w1": {"operation": "flip up-down", "agreement": 0.98},
        "w2": {"operation": "no such word", "agreement": 1.0},
    }
}


@pytest.fixture(scope="module")
def learned():
    return load_learned("cpu")


def large_puzzle() -> Puzzle:
    """Left-right flips of grids larger than the learned words were trained on."""
    rng = np.random.default_rng(5)
    grids = [rng.integers(0, 10, (3, 22)).astype(np.uint8) for _ in range(3)]
    pairs = [Pair(as_grid(grid), as_grid(np.ascontiguousarray(grid[:, ::-1]))) for grid in grids]
    return Puzzle("large", tuple(pairs[:2]), (pairs[2],))


def test_only_words_that_always_agree_have_a_twin():
    assert exact_twins(ABOUT) == {"w0": "flip left-right"}


def test_programs_become_exact_or_mixed():
    twins = exact_twins(ABOUT)
    whole = crystallised(Program.of(["w0", "w0"], "0123"), twins)
    assert whole == Program.of(["flip left-right", "flip left-right"], EXACT_FINGERPRINT)
    assert crystallised(Program.of(["w0", "w1"], "0123"), twins) == Program.of(
        ["flip left-right", "w1"], "0123"
    )
    assert crystallised(Program.of(["w1"], "0123"), twins) is None


def test_twins_are_verified_on_every_demonstration(learned):
    puzzle = large_puzzle()
    problem = Problem(puzzle, learned)
    rows = {word.meaning: word.row for word in learned.language.words}
    problem.evaluate([rows["flip left-right"]], "test")
    problem.evaluate([rows["flip up-down"]], "test")
    twins = list(verified_twins(problem))
    assert [twin.program.words for twin in twins] == [("flip left-right",)]
    assert twins[0].program.fingerprint == EXACT_FINGERPRINT
    assert same_grid(twins[0].tests[0].output, puzzle.test[0].output)


def test_a_solution_shows_the_exact_words():
    solution = finish(solve(large_puzzle(), budget_s=20.0))
    assert solution.correct
    assert solution.best.program.words == ("flip left-right",)

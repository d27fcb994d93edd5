"""Which program is believed: signs on the tests, odds, agreement."""

from __future__ import annotations

from dataclasses import astuple, fields, replace

import numpy as np
import pytest

from puzzles.grid import as_grid
from puzzles.puzzle import Pair, Puzzle
from solver.explore.engine import Explorer
from solver.explore.ranking import (
    SUSPICIOUS,
    WEIGHTS,
    Judged,
    Signs,
    best_first,
    change,
    cost_of_meanings,
    judged,
    rough_cost,
    signs_of,
)
from solver.explore.run import evaluate
from solver.words.program import EXACT_FINGERPRINT, Program
from solver.words.results import Candidate


def puzzle_of(function, inputs: list[list[list[int]]]) -> Puzzle:
    """Demonstrations of a function on all grids but the last, which is the test."""
    pairs = [Pair(as_grid(grid), as_grid(np.ascontiguousarray(function(np.array(grid))))) for grid in inputs]
    return Puzzle("made", tuple(pairs[:-1]), tuple(pairs[-1:]))


def run(puzzle: Puzzle, *words: str) -> Candidate:
    candidate = evaluate(puzzle, Program.of(words, EXACT_FINGERPRINT), "test")
    assert candidate is not None
    return candidate


def signs(puzzle: Puzzle, *words: str) -> Signs:
    return signs_of(puzzle, run(puzzle, *words), 1.0, 1.0)


def raised(found: Signs) -> set[str]:
    return {name for name in SUSPICIOUS if getattr(found, name)}


def mirrored(test: list[list[int]]) -> Puzzle:
    return puzzle_of(lambda g: g[:, ::-1], [[[1, 2], [0, 3]], [[4, 0], [2, 2]], test])


def test_a_program_that_acts_on_the_test_as_on_the_demonstrations_raises_no_suspicion():
    assert raised(signs(mirrored([[5, 1], [0, 3]]), "flip left-right")) == set()


def test_what_does_nothing_on_a_test_is_suspect():
    assert raised(signs(mirrored([[5, 5], [0, 0]]), "flip left-right")) == {"unchanged"}


def test_a_puzzle_whose_demonstrations_stay_as_they_are_may_leave_a_test_so():
    puzzle = puzzle_of(lambda g: g[:, ::-1], [[[1, 1], [0, 0]], [[4, 0], [2, 2]], [[5, 5], [0, 0]]])
    assert raised(signs(puzzle, "flip left-right")) == set()


def test_a_grid_emptied_on_the_test_alone_is_suspect():
    puzzle = puzzle_of(
        lambda g: np.where(g == 3, 0, g), [[[3, 2], [0, 3]], [[4, 3], [2, 1]], [[3, 3], [0, 3]]]
    )
    assert raised(signs(puzzle, "paint 0 where colour = 3")) == {"emptied"}


def test_a_test_output_of_an_unexpected_shape_is_suspect():
    square = puzzle_of(np.transpose, [[[1, 2], [0, 3]], [[4, 0], [2, 1]], [[5, 1, 2], [0, 3, 1]]])
    assert "odd_shape" in raised(signs(square, "transpose"))
    alike = puzzle_of(np.transpose, [[[1, 2, 1], [0, 3, 2]], [[4], [0]], [[5, 1, 2], [0, 3, 1]]])
    assert "odd_shape" not in raised(signs(alike, "transpose"))


def test_a_colour_from_nowhere_is_suspect():
    puzzle = puzzle_of(
        lambda g: np.where(g == 1, 2, g), [[[1, 2], [0, 1]], [[2, 1], [2, 2]], [[1, 0], [0, 3]]]
    )
    assert raised(signs(puzzle, "paint 2 where colour = 1")) == set()
    other = replace(puzzle, test=(Pair(as_grid([[1, 0], [0, 0]])),))
    unseen = run(other, "paint 2 where colour = 1", "paint 6 where colour = 0 and row = 1")
    assert "odd_colour" in raised(signs_of(other, unseen, 1.0, 1.0))


@pytest.mark.parametrize("name", SUSPICIOUS)
def test_suspicion_never_raises_the_odds(name: str):
    plain = Signs(*[0.0] * len(fields(Signs)))
    assert change(replace(plain, **{name: 1.0})) <= change(plain)


def test_shorter_programs_with_better_leave_one_out_accuracy_are_believed_more():
    plain = Signs(*[0.0] * len(fields(Signs)))
    assert change(replace(plain, cost=6.0)) < change(replace(plain, cost=2.0))
    assert change(replace(plain, missed=1.0)) <= change(plain)
    assert len(astuple(WEIGHTS)) == len(fields(Signs))


def test_programs_are_ordered_by_wrong_cells_then_by_the_odds_of_their_answers():
    puzzle = mirrored([[5, 1], [0, 3]])
    right, wrong = run(puzzle, "flip left-right"), run(puzzle, "flip up-down")
    odd = replace(right, tests=wrong.tests, program=Program.of(["odd"], EXACT_FINGERPRINT))
    found = [judged(puzzle, wrong), Judged(odd, 0.5), Judged(right, 1.0)]
    assert best_first(found) == [right, odd, wrong]


def test_agreement_decides_between_programs_that_are_believed_alike():
    puzzle = mirrored([[5, 1], [0, 3]])
    right = run(puzzle, "flip left-right")
    lonely = replace(right, tests=run(puzzle, "flip up-down").tests)
    agreeing = [replace(right, program=Program.of([str(i)], EXACT_FINGERPRINT)) for i in range(3)]
    found = [Judged(lonely, 1.0), *(Judged(one, 1.0) for one in agreeing)]
    assert best_first(found)[-1] == lonely
    certain = [Judged(lonely, 50.0), *(Judged(one, 1.0) for one in agreeing)]
    assert best_first(certain)[0] == lonely


def test_of_equals_the_one_whose_words_stand_for_less_text_comes_first():
    puzzle = mirrored([[5, 1], [0, 3]])
    long, short = (
        replace(run(puzzle, "flip left-right"), program=Program.of([word], "weights"))
        for word in ("w3", "w7")
    )
    costs = cost_of_meanings(["paint 3 where row = 0"]), cost_of_meanings(["flip left-right"])
    assert costs[1] < costs[0]
    assert costs[1] < cost_of_meanings([""])
    found = [
        replace(judged(puzzle, one), meaning_cost=cost)
        for one, cost in zip((long, short), costs, strict=True)
    ]
    assert best_first(found) == [short, long]


def test_a_learned_word_costs_more_than_its_exact_twin():
    exact = rough_cost(Program.of(["flip left-right"], EXACT_FINGERPRINT))
    assert exact < rough_cost(Program.of(["w3"], "weights"))
    longer = Program.of(["paint 3 where row = 0", "paint 3 where row = 0 and column = 1"], EXACT_FINGERPRINT)
    assert exact < rough_cost(Program(longer.steps[:1], EXACT_FINGERPRINT)) < rough_cost(longer)


def ticking(step: float):
    """A clock that goes on a little whenever it is looked at."""
    now = [0.0]

    def clock() -> float:
        now[0] += step
        return now[0]

    return clock


def test_rivals_of_the_first_program_are_looked_for():
    puzzle = puzzle_of(lambda g: g[:, ::-1], [[[1, 0], [0, 0]], [[2, 0], [3, 0]], [[3, 4], [0, 0]]])

    def answers(least_s: float) -> int:
        explorer = Explorer(puzzle, 1000.0, clock=ticking(0.01), least_s=least_s)
        for _ in explorer.run():
            pass
        return len({b"".join(grid.tobytes() for grid in one.answers) for one in explorer.findings})

    assert answers(2.0) >= 2
    assert answers(2.0) >= answers(0.0) >= 1

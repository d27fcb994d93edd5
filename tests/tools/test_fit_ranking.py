"""How the numbers of the ranking are fitted."""

from __future__ import annotations

import numpy as np
import pytest

from puzzles.grid import as_grid, same_grid
from puzzles.puzzle import Pair, Puzzle
from solver.explore.ranking import SUSPICIOUS
from tools.fit_ranking import EXPECTED, NAMES, conditional_logit, transposed


def choices(sign: str, wanted_has_it: bool, number: int = 20):
    """Puzzles with two programs of one weight, of which one has the sign."""
    signs = np.zeros((2, len(NAMES)))
    signs[0, NAMES.index(sign)] = 1.0
    return [(np.zeros(2), signs, np.array([wanted_has_it, not wanted_has_it]))] * number


@pytest.mark.parametrize("sign", NAMES)
def test_a_sign_of_wrong_programs_lowers_their_weight_and_one_of_right_ones_raises_it(sign: str):
    place = NAMES.index(sign)
    assert conditional_logit(choices(sign, False))[place] < EXPECTED[place]
    assert conditional_logit(choices(sign, True))[place] > max(0.0, EXPECTED[place])


def test_what_the_record_does_not_show_stays_as_expected():
    found = dict(zip(NAMES, conditional_logit([]), strict=True))
    assert {name for name, number in found.items() if number < 0} == set(SUSPICIOUS)


def test_transposing_twice_changes_nothing():
    puzzle = Puzzle("p", (Pair(as_grid([[1, 2, 3]]), as_grid([[1], [2]])),), (Pair(as_grid([[4, 5]])),))
    assert transposed(puzzle).train[0].input.shape == (3, 1)
    back = transposed(transposed(puzzle))
    assert same_grid(back.train[0].input, puzzle.train[0].input)
    assert back.test[0].output is None

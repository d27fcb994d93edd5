"""What a word picked among pieces."""

import numpy as np

from puzzles.grid import as_grid
from solver.words.matched import matched
from solver.words.rules import parse_rule

GRID = as_grid([[1, 1, 0, 2], [0, 1, 0, 0], [0, 0, 0, 3]])
PIECES = parse_rule("objects").apply([GRID])
LARGEST = [[True, True, False, False], [False, True, False, False], [False, False, False, False]]


def test_rules_filters_and_choices_say_what_they_picked():
    for word in (
        "take the piece where rank by cells = 1",
        "pieces: vanish where rank by cells = 1",
        "keep those with most cells",
        "the piece with most cells",
    ):
        assert matched(word, [PIECES]).tolist() == LARGEST, word
    dropped = matched("drop those with most cells", [PIECES])
    assert dropped.tolist() == np.isin(GRID, (2, 3)).tolist()


def test_words_that_pick_nothing_say_so():
    assert matched("pieces: flip left-right", [PIECES]) is None
    assert matched("each flipped left-right", [PIECES]) is None
    assert matched("put back", [PIECES]) is None
    assert matched("objects", [GRID]) is None
    assert matched("take the piece where rank by cells = 9", [PIECES]) is None
    assert matched("take the piece where weather = 9", [PIECES]) is None
    assert matched("w17", [PIECES]) is None


def test_a_piece_that_has_left_the_grid_marks_what_is_inside():
    moved = parse_rule("pieces: move by -1 down, 0 right where rank by cells = 1").apply([PIECES])
    found = matched("take the piece where rank by cells = 1", [moved])
    assert found.tolist() == [[False, True, False, False], [False] * 4, [False] * 4]

from __future__ import annotations

import numpy as np
import pytest

from puzzles.grid import as_grid
from puzzles.puzzle import Pair, Puzzle
from tools.count_words import chains, kind_of, report, row_of, search, verb_of


@pytest.mark.parametrize(
    ("word", "verb"),
    [
        ("replace 1 by 2", "replace · by ·"),
        ("scale up 2", "scale up 2"),
        ("paint 2 where cells of 3 around it = 1", "paint · where cells of · around it = 1"),
        ("paint 0 where colour up-left = 4", "paint · where colour up-left = ·"),
    ],
)
def test_colours_are_left_open_and_sizes_are_not(word, verb):
    assert verb_of(word) == verb


def test_words_between_a_split_and_a_merge_are_one_chain():
    words = ["crop to content", "objects", "the piece with most cells", "flip left-right"]
    assert chains(words) == ["objects > the piece with most cells"]
    assert chains(["objects", "flip left-right", "put back"]) == []
    assert [kind_of(word) for word in words] == [
        "grid: crop",
        "pieces: split",
        "pieces: merge",
        "grid: symmetry",
    ]


def test_only_right_programs_are_counted():
    grids = [as_grid(np.random.default_rng(seed).integers(0, 9, (3, 4), np.uint8)) for seed in range(4)]
    pairs = [Pair(grid, as_grid(grid[::-1])) for grid in grids]
    right = Puzzle("right", tuple(pairs[:3]), tuple(pairs[3:]))
    wrong = Puzzle("wrong", right.train, (Pair(grids[3], grids[0]),))
    rows = [row_of(puzzle.name, puzzle, search(puzzle, 0.5)) for puzzle in (right, wrong)]
    assert [row["programs"][0]["right"] for row in rows] == [True, False]
    found = report(rows)
    assert found["words"][0]["word"] == "flip up-down"
    assert found["words"][0]["tasks"] == ["right"]
    assert found["verbs"] == {"flip up-down": 1}
    assert "flip up-down" not in found["unused in the curriculum"]
    assert "transpose" in found["unused in the curriculum"]

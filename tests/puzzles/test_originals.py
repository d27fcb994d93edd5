import numpy as np
import pytest

from puzzles.collections import collection
from puzzles.grid import same_grid
from puzzles.puzzle import puzzle_to_json
from puzzles.symmetry import SYMMETRIES

ORIGINALS = collection("originals")


def test_they_are_numbered_without_gaps():
    assert [int(name.split("-")[0]) for name in ORIGINALS] == list(range(1, len(ORIGINALS) + 1))
    assert len(ORIGINALS) >= 36


@pytest.mark.parametrize("name", ORIGINALS.ids)
def test_each_is_a_complete_puzzle_of_handy_size(name):
    puzzle = ORIGINALS[name]
    assert (puzzle.name, puzzle.source) == (name, "originals")
    assert 3 <= len(puzzle.train) <= 4
    assert 1 <= len(puzzle.test) <= 2
    pairs = puzzle.train + puzzle.test
    assert all(pair.output is not None for pair in pairs)
    assert all(max(grid.shape) <= 16 for pair in pairs for grid in (pair.input, pair.output))
    assert len({pair.input.tobytes() + bytes(pair.input.shape) for pair in pairs}) == len(pairs)
    assert not any(same_grid(pair.input, pair.output) for pair in pairs)


def test_no_two_are_the_same():
    assert len({puzzle_to_json(ORIGINALS[name]) for name in ORIGINALS}) == len(ORIGINALS)


def _fits(change, name):
    puzzle = ORIGINALS[name]
    return [same_grid(change(pair.input), pair.output) for pair in puzzle.train + puzzle.test]


@pytest.mark.parametrize(
    ("name", "symmetry"),
    [
        ("01-looking-glass", np.fliplr),
        ("02-somersault", np.flipud),
        ("03-quarter-turn", lambda grid: np.rot90(grid, -1)),
        ("04-half-turn", lambda grid: np.rot90(grid, 2)),
        ("05-crossed-paths", np.transpose),
    ],
)
def test_the_turns_and_flips_have_one_explanation_among_the_symmetries(name, symmetry):
    assert all(_fits(symmetry, name))
    demonstrations = len(ORIGINALS[name].train)
    assert sum(all(_fits(view.apply, name)[:demonstrations]) for view in SYMMETRIES) == 1


@pytest.mark.parametrize(
    ("name", "change"),
    [
        ("08-magnifier", lambda grid: grid.repeat(2, 0).repeat(2, 1)),
        ("09-butterfly", lambda grid: np.hstack([grid, grid[:, ::-1]])),
        ("10-mirror-lake", lambda grid: np.vstack([grid, grid[::-1]])),
        ("11-autumn", lambda grid: np.where(grid == 3, 7, grid)),
        ("13-torn-photograph", lambda grid: grid[:, : grid.shape[1] // 2]),
        ("15-picture-frame", lambda grid: np.pad(grid, 1, constant_values=5)),
        ("16-waterfall", lambda grid: np.maximum.accumulate(grid, axis=0)),
    ],
)
def test_the_easy_ones_follow_their_rule(name, change):
    assert all(_fits(change, name))

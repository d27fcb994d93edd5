"""Tilings: copies of one grid for the cells of another, learned and written as words."""

from __future__ import annotations

import numpy as np
import pytest

from puzzles.grid import as_grid, same_grid
from puzzles.puzzle import Pair, Puzzle
from solver.explore.copies import CopyLearning, learn_copies
from solver.explore.run import evaluate
from solver.explore.states import Node, Space, program_of
from solver.words.operations import NotApplicable
from solver.words.operations.condition import Condition
from solver.words.operations.copies import WAYS, Copies, lay_copies


def random_cells(seed: int, side: int = 3) -> np.ndarray:
    rng = np.random.default_rng(seed)
    return np.where(rng.random((side, side)) < 0.6, rng.integers(1, 4, (side, side)), 0).astype(np.uint8)


def puzzle_of(change) -> Puzzle:
    """Three demonstrations and a test of `change` on random grids."""
    pairs = []
    for seed in range(4):
        cells = random_cells(seed)
        cells[0, 0], cells[1, 2], cells[2, 0] = 2, 0, 1
        pairs.append(Pair(as_grid(cells), as_grid(change(cells))))
    return Puzzle("made", tuple(pairs[:-1]), tuple(pairs[-1:]))


def where_twos(cells: np.ndarray) -> np.ndarray:
    return np.kron((cells == 2).astype(np.uint8), cells)


def mirrored(cells: np.ndarray) -> np.ndarray:
    return np.block([[cells, cells[:, ::-1]], [cells[::-1], cells[::-1, ::-1]], [cells, cells[:, ::-1]]])


@pytest.mark.parametrize("change", [where_twos, mirrored])
def test_where_copies_go_and_how_they_look_is_learned(change):
    puzzle = puzzle_of(change)
    space = Space(puzzle)
    copies = CopyLearning(space.root, space.targets)
    assert copies.offer(space.root)
    found = list(copies.learn(space.root))
    assert found
    likeliest = max(found, key=lambda one: one.weight)
    candidate = evaluate(puzzle, program_of(likeliest.node), "test")
    assert candidate is not None
    assert candidate.verified
    assert same_grid(candidate.tests[0].output, puzzle.test[0].output)


def test_tiles_that_are_no_copies_teach_nothing():
    puzzle = puzzle_of(lambda cells: np.kron(cells, np.eye(3, dtype=np.uint8)) + np.uint8(1))
    space = Space(puzzle)
    assert learn_copies(space.root, space.root, space.targets) == []


def test_outputs_whose_sides_are_no_multiples_are_not_tilings():
    puzzle = puzzle_of(lambda cells: np.vstack([cells, cells[:1]]))
    space = Space(puzzle)
    assert not CopyLearning(space.root, space.targets).offer(space.root)


@pytest.mark.parametrize("way", WAYS)
def test_a_layout_of_one_cell_gives_the_copy_itself(way):
    for seed in range(8):
        template = random_cells(seed, 4)
        layout = np.full((1, 1), 7, np.uint8)
        try:
            copy = WAYS[way](template, 7)
        except NotApplicable:
            continue
        assert np.array_equal(lay_copies(way, (), [layout, template]), copy)


def test_later_copies_lie_on_the_canvas_of_earlier_ones():
    template = random_cells(1)
    layout = np.zeros((1, 2), np.uint8)
    first = lay_copies("as they are", (), [layout, template])
    second = Copies("flipped up-down", (Condition("column", "=", 1),)).apply([layout, template, first])
    assert np.array_equal(second, np.hstack([template, template[::-1]]))


def test_what_does_not_fit_is_refused():
    layout, template = np.zeros((8, 2), np.uint8), random_cells(1, 4)
    with pytest.raises(NotApplicable):
        lay_copies("as they are", (), [layout, template])
    with pytest.raises(NotApplicable):
        lay_copies("as they are", (), [template])
    with pytest.raises(NotApplicable):
        lay_copies("as they are", (), [layout[:2], template, layout])


def test_only_the_cheapest_states_of_a_size_are_kept():
    space = Space(puzzle_of(mirrored))
    copies = CopyLearning(space.root, space.targets)
    twins = [Node("", (space.root,), space.root.values, 1.0) for _ in range(30)]
    assert 0 < sum(map(copies.offer, twins)) < 30

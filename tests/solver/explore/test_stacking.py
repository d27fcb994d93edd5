"""Partial outputs are composed: states that are right where they show something, laid over one another."""

from __future__ import annotations

import numpy as np

from puzzles.grid import as_grid, same_grid
from puzzles.puzzle import Pair, Puzzle
from solver.explore.run import evaluate
from solver.explore.stacking import Stacking
from solver.explore.states import Node, Space, program_of
from solver.words.operations.together import STACK, stack_over
from solver.words.vocabulary import exact_word


def puzzle_of(change) -> Puzzle:
    """Three demonstrations and a test of `change` on sparse grids."""
    rng = np.random.default_rng(6)
    pairs = []
    for _ in range(4):
        cells = np.zeros((7, 9), np.uint8)
        cells[rng.integers(1, 6), rng.integers(1, 4)] = rng.integers(1, 5)
        cells[rng.integers(1, 6), rng.integers(5, 8)] = rng.integers(5, 9)
        pairs.append(Pair(as_grid(cells), as_grid(change(cells))))
    return Puzzle("made", tuple(pairs[:-1]), tuple(pairs[-1:]))


def made(space: Space, word: str, cost: float) -> Node:
    function = exact_word(word).function
    return Node(word, (space.root,), tuple(function([grid]) for grid in space.root.grids), cost)


def apply(word: str, cells: np.ndarray) -> np.ndarray:
    return exact_word(word).function([cells])


def test_two_partial_states_make_a_program():
    puzzle = puzzle_of(lambda cells: stack_over([apply("extend up", cells), cells[::-1]]))
    space = Space(puzzle)
    stacking = Stacking(space.targets)
    flipped, extended = made(space, "flip up-down", 1.0), made(space, "extend up", 1.5)
    assert stacking.offer(flipped)
    assert list(stacking.complete(flipped)) == []
    assert stacking.offer(extended)
    (found,) = stacking.complete(extended)
    assert found.word == STACK
    candidate = evaluate(puzzle, program_of(found), "test")
    assert candidate is not None
    assert candidate.verified
    assert same_grid(candidate.tests[0].output, puzzle.test[0].output)


def test_three_partial_states_are_found_by_cover():
    words = ("flip up-down", "flip left-right", "rotate half-turn")

    def change(cells: np.ndarray) -> np.ndarray:
        result = apply(words[0], cells)
        for word in words[1:]:
            result = stack_over([result, apply(word, cells)])
        return result

    space = Space(puzzle_of(change))
    stacking = Stacking(space.targets)
    nodes = [made(space, word, 1.0) for word in words]
    kept = [node for node in nodes if stacking.offer(node)]
    assert len(kept) == 3
    found = list(stacking.complete(kept[-1]))
    assert found
    assert all(map(space.explains, found))
    assert program_of(found[0]).steps[-1].word == STACK


def test_what_is_wrong_anywhere_whole_or_known_is_no_part():
    space = Space(puzzle_of(lambda cells: apply("draw rows", cells)))
    stacking = Stacking(space.targets)
    assert not stacking.offer(made(space, "flip left-right", 1.0))
    assert not stacking.offer(made(space, "draw rows", 1.0))
    right = made(space, "extend right", 1.0)
    assert stacking.offer(right)
    assert not stacking.offer(Node("again", (space.root,), right.values, 2.0))


def test_stacking_is_painting_where_the_upper_grid_shows_content():
    rng = np.random.default_rng(1)
    for _ in range(50):
        upper, lower = (rng.choice(3, (4, 5), p=(0.6, 0.2, 0.2)).astype(np.uint8) for _ in range(2))
        result = stack_over([upper, lower])
        assert np.array_equal(result[upper != 0], upper[upper != 0])
        assert np.array_equal(result[upper == 0], lower[upper == 0])

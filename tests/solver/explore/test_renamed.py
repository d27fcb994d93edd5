"""States that are right but for what their colours are called, and colours found elsewhere in the input."""

from __future__ import annotations

import numpy as np

from puzzles.grid import as_grid, same_grid
from puzzles.puzzle import Pair, Puzzle
from solver.explore.engine import Explorer, ranked
from solver.explore.run import evaluate
from solver.explore.states import Space, is_renamed, program_of
from solver.export.python_file import as_python
from solver.words.features import cell_features
from solver.words.lexicon import listing_of


def coloured_by_a_cross() -> Puzzle:
    """A shape in one of four parts between lines becomes a rosette in the lines' colour."""
    rng = np.random.default_rng(3)
    pairs = []
    for lines, shape, side in ((2, 1, 4), (8, 3, 3), (4, 2, 4), (3, 8, 5)):
        part = (rng.random((side, side)) < 0.4).astype(np.uint8)
        part[0, 1], part[1, 0], part[1, 1] = 1, 0, 1
        grid = np.zeros((2 * side + 1, 2 * side + 1), np.uint8)
        grid[side], grid[:, side] = lines, lines
        grid[:side, :side] = part * shape
        half = np.hstack([part, part[:, ::-1]])
        pairs.append(Pair(as_grid(grid), as_grid(np.vstack([half, half[::-1]]) * np.uint8(lines))))
    return Puzzle("made", tuple(pairs[:-1]), tuple(pairs[-1:]))


def test_a_permutation_of_the_colours_renames_and_nothing_else_does():
    rng = np.random.default_rng(0)
    for _ in range(200):
        grid = rng.integers(0, 4, rng.integers(2, 7, 2)).astype(np.uint8)
        names = rng.permutation(10).astype(np.uint8)
        varied = np.unique(grid).size > 1
        assert is_renamed(grid, names[grid]) == varied
        assert is_renamed(names[grid], grid) == varied
        other = grid.copy()
        place = tuple(rng.integers(0, grid.shape))
        other[place] = (other[place] + rng.integers(1, 4)) % 4
        alone = (grid == grid[place]).sum() == 1 and not (grid == other[place]).any()
        assert is_renamed(grid, other) == (varied and alone and np.unique(other).size > 1)
    assert not is_renamed(np.zeros((2, 3), np.uint8), np.zeros((3, 2), np.uint8))


def test_joining_two_colours_is_no_renaming():
    grid = np.array([[0, 1, 0, 2]], np.uint8)
    assert not is_renamed(grid, np.minimum(grid, 1))
    assert not is_renamed(np.minimum(grid, 1), grid)


def test_the_last_word_is_found_though_a_colour_is_still_missing():
    puzzle = coloured_by_a_cross()
    space = Space(puzzle)
    quarter = next(node for node in space.expand_next() if node.word == "top-left quarter")
    space._unfinished = [(0.0, 0, quarter)]
    found = {node.word: node for node in space.finish_next()}
    assert "unfold four ways" in found
    assert not space.explains(found["unfold four ways"])
    assert all(map(is_renamed, found["unfold four ways"].grids, space.targets))


def test_renamed_states_say_nothing_where_the_state_before_is_one():
    rng = np.random.default_rng(5)
    grids = [rng.integers(0, 3, (4, 4)).astype(np.uint8) for _ in range(3)]
    pairs = [Pair(as_grid(grid), as_grid(grid + np.uint8(3))) for grid in grids]
    space = Space(Puzzle("made", tuple(pairs[:2]), tuple(pairs[2:])))
    space._unfinished = [(0.0, 0, space.root)]
    assert list(space.finish_next()) == []


def test_a_colour_that_was_left_behind_is_painted():
    puzzle = coloured_by_a_cross()
    explorer = Explorer(puzzle, 60.0)
    for _ in explorer.run():
        if explorer.findings:
            break
    program = program_of(ranked(explorer.findings)[0].node)
    assert "of grid B" in program.words[-1]
    assert listing_of(program.words[-1]) is not None
    candidate = evaluate(puzzle, program, "test")
    assert candidate is not None
    assert candidate.verified
    assert same_grid(candidate.tests[0].output, puzzle.test[0].output)
    compile(as_python(program, puzzle), "exported", "exec")


def test_colours_that_are_missing_here_are_the_other_grid_s():
    here, other = np.array([[1, 0]], np.uint8), np.array([[1, 1, 1], [4, 4, 0], [0, 6, 0]], np.uint8)
    values = cell_features(here, [other]).values
    assert (values["the most common colour of grid B"] == 1).all()
    assert (values["the commonest colour of grid B missing here"] == 4).all()
    assert (values["the rarest colour of grid B missing here"] == 6).all()
    nothing = cell_features(here, [np.array([[1], [0]], np.uint8)]).values
    assert (nothing["the commonest colour of grid B missing here"] == -1).all()

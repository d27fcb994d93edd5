from itertools import islice

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from puzzles.grid import as_grid, same_grid
from puzzles.symmetry import IDENTITY, SYMMETRIES, View, views
from tests.puzzles.strategies import grids, puzzles

any_view = st.builds(View, st.booleans(), st.integers(0, 3), st.permutations(range(10)).map(tuple))


@given(any_view, grids(8))
def test_every_view_has_an_exact_inverse(view, grid):
    assert same_grid(view.invert(view.apply(grid)), grid)
    assert same_grid(view.apply(view.invert(grid)), grid)


@given(any_view, puzzles())
def test_a_puzzle_is_viewed_pair_by_pair(view, puzzle):
    seen = view.apply_puzzle(puzzle)
    assert (seen.name, seen.source) == (puzzle.name, puzzle.source)
    for before, after in zip(puzzle.train + puzzle.test, seen.train + seen.test, strict=True):
        assert same_grid(after.input, view.apply(before.input))
        assert (after.output is None) == (before.output is None)
        assert after.output is None or same_grid(after.output, view.apply(before.output))


def test_a_view_transposes_then_turns_then_recolours():
    colours = (0, 5, 6, 3, 4, 1, 2, 7, 8, 9)
    grid = as_grid([[1, 2, 3], [4, 0, 9]])
    assert View(turns=1).apply(grid).tolist() == [[3, 9], [2, 0], [1, 4]]
    assert View(transposed=True).apply(grid).tolist() == [[1, 4], [2, 0], [3, 9]]
    assert View(True, 1, colours).apply(grid).tolist() == [[4, 0, 9], [5, 6, 3]]


def test_the_symmetries_are_the_eight_of_the_square():
    grid = as_grid([[1, 2], [3, 4]])
    assert SYMMETRIES[0] == IDENTITY
    assert len({view.apply(grid).tobytes() for view in SYMMETRIES}) == 8


@given(st.integers(1, 60), st.integers(0, 1000), st.booleans())
def test_views_are_distinct_repeatable_and_begin_with_the_identity(count, seed, geometry):
    found = list(views(count, seed, geometry=geometry))
    assert found[0] == IDENTITY
    assert len(set(found)) == len(found) == count
    assert found == list(views(count, seed, geometry=geometry))
    assert all(view.colours[0] == 0 for view in found)
    assert geometry or all(view.apply(np.zeros((2, 3), int)).shape == (2, 3) for view in found)


def test_seeds_differ():
    assert list(views(8, 1)) != list(views(8, 2))


def test_views_end_when_there_are_no_more():
    assert set(views(100, colours=())) == set(SYMMETRIES)
    assert len(list(views(100, colours=(1, 2)))) == 16
    assert list(views(100, geometry=False, colours=())) == [IDENTITY]
    assert list(views(0)) == []


def test_eight_views_look_from_every_side():
    found = list(islice(views(20, 3), 8))
    assert {(view.transposed, view.turns) for view in found} == {(v.transposed, v.turns) for v in SYMMETRIES}


def test_only_the_named_colours_change():
    for view in views(30, colours=(4, 7, 9)):
        assert all(view.colours[colour] == colour for colour in (0, 1, 2, 3, 5, 6, 8))


def test_impossible_views_are_refused():
    with pytest.raises(ValueError, match="permutation"):
        View(colours=(0, 0, 2, 3, 4, 5, 6, 7, 8, 9))
    with pytest.raises(ValueError, match="quarter turns"):
        View(turns=4)

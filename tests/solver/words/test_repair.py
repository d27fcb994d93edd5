"""Repair by majority: tilings come back from under noise and hidden parts, whatever their colours."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from puzzles.puzzle import Pair, Puzzle
from solver.export.python_file import as_python
from solver.words.operations import NotApplicable
from solver.words.operations.repair import repair_tiling, under_noise
from solver.words.program import EXACT_FINGERPRINT, Program, Step
from solver.words.vocabulary import EXACT_LANGUAGE


def tiling(seed: int, down: int, right: int, rows: int = 12, columns: int = 15) -> np.ndarray:
    """A grid of tiles whose cells are of random colours from 1 to 7, no colour being the most of it."""
    rng = np.random.default_rng(seed)
    tile = rng.permuted(np.arange(down * right) % 7 + 1).reshape(down, right).astype(np.uint8)
    return np.tile(tile, (rows // down + 1, columns // right + 1))[:rows, :columns]


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 999), st.sampled_from([(2, 3), (3, 3), (4, 3), (1, 4), (3, 1), (4, 5)]))
def test_noise_in_other_colours_is_taken_out(seed: int, tile: tuple[int, int]) -> None:
    whole = tiling(seed, *tile)
    rng = np.random.default_rng(seed)
    noisy = np.where(rng.random(whole.shape) < 0.04, rng.integers(8, 10, whole.shape), whole).astype(np.uint8)
    noisy[5, 5] = 8
    assert np.array_equal(repair_tiling(noisy), whole)


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 999), st.integers(0, 8), st.integers(0, 10), st.sampled_from([0, 8, 9]))
def test_a_hidden_part_is_found_in_whatever_colour(seed: int, top: int, left: int, hidden: int) -> None:
    whole = tiling(seed, 3, 4)
    given_ = whole.copy()
    given_[top : top + 4, left : left + 5] = hidden
    assert np.array_equal(repair_tiling(given_), whole)
    assert np.array_equal(under_noise(given_), whole[top : top + 4, left : left + 5])


@pytest.mark.parametrize("turned", [False, True])
def test_stripes_are_tiles_of_one_line(turned: bool) -> None:
    stripes = np.repeat(np.array([[2, 2, 8, 8, 8, 1, 1, 3, 3, 3]], np.uint8), 9, 0)
    noisy = stripes.copy()
    noisy[[1, 4, 6], [0, 3, 7]] = 5
    noisy[7, 5] = 2
    found = repair_tiling(noisy.T if turned else noisy)
    assert np.array_equal(found.T if turned else found, stripes)


def test_a_hidden_colour_wins_only_where_nothing_else_is_shown() -> None:
    whole = tiling(4, 6, 5, 12, 10)
    given_ = whole.copy()
    given_[0:2, 0:8] = 0  # some places of the tile are hidden in two of its four repeats
    assert np.array_equal(repair_tiling(given_), whole)


@pytest.mark.parametrize(
    "grid",
    [tiling(1, 3, 3), np.zeros((9, 9), np.uint8), np.array([[1, 2]], np.uint8), np.ones((1, 1), np.uint8)],
    ids=["nothing disagrees", "empty", "too small", "one cell"],
)
def test_what_needs_no_repair_has_no_answer(grid: np.ndarray) -> None:
    with pytest.raises(NotApplicable):
        repair_tiling(grid)


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 999), st.integers(1, 12), st.integers(1, 12))
def test_any_grid_is_repaired_in_few_cells_or_not_at_all(seed: int, rows: int, columns: int) -> None:
    grid = np.random.default_rng(seed).integers(0, 3, (rows, columns)).astype(np.uint8)
    try:
        repaired = repair_tiling(grid)
    except NotApplicable:
        return
    assert repaired.shape == grid.shape
    assert 0 < (repaired != grid).mean() <= 0.3


@pytest.mark.parametrize("word", ["repair the tiling", "the tiling repaired under what disagrees"])
def test_repairs_are_written_out(word: str, tmp_path: Path) -> None:
    given_ = tiling(2, 3, 4)
    given_[2:5, 3:7] = 9
    program = Program((Step(word),), EXACT_FINGERPRINT)
    answer = EXACT_LANGUAGE.execute(program, [given_], (30, 30))[0].output
    puzzle = Puzzle("made", (Pair(given_, answer),), (Pair(given_, None),))
    path = tmp_path / "program.py"
    path.write_text(as_python(program, puzzle), encoding="utf-8")
    result = subprocess.run([sys.executable, "-I", str(path)], capture_output=True, text=True, check=False)
    assert result.returncode == 0, result.stderr
    assert "demonstration 1: reproduced" in result.stdout

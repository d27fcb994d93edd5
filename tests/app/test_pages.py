"""Puzzles of very many pairs: what is visible is laid out, the rest a click away."""

import time

import numpy as np
import pytest

from app.widgets.board import PAGE
from puzzles.grid import as_grid, same_grid
from puzzles.puzzle import Pair, Puzzle


def long_puzzle(train, test):
    generator = np.random.default_rng(0)

    def grid():
        return as_grid(generator.integers(0, 10, (10, 10), dtype=np.uint8))

    pairs = [Pair(grid(), grid()) for _ in range(train + test)]
    return Puzzle("long", tuple(pairs[:train]), tuple(pairs[train:]))


@pytest.fixture
def opened(window):
    window.bench.open(long_puzzle(3 * PAGE - 5, PAGE + 1))
    return window


def shown(window, part):
    return [row.index for row in window.board.rows if row.part == part]


def test_a_thousand_pairs_open_within_two_seconds(window, qapp):
    puzzle = long_puzzle(700, 300)
    began = time.process_time()
    window.bench.open(puzzle)
    qapp.processEvents()
    assert time.process_time() - began < 2
    assert len(window.board.rows) == 2 * PAGE


def test_pages_are_turned_forth_and_back(opened):
    board, puzzle = opened.board, opened.bench.document.puzzle
    assert shown(opened, "train") == list(range(PAGE))
    assert board.pagers["train"].text.text() == f"1–{PAGE} of {3 * PAGE - 5}"
    assert not board.pagers["train"].back.isEnabled()
    board.pagers["train"].on.click()
    assert shown(opened, "train") == list(range(PAGE, 2 * PAGE))
    assert same_grid(board.rows[0].input.grid, puzzle.train[PAGE].input)
    assert shown(opened, "test") == list(range(PAGE))
    board.pagers["train"].to_last.click()
    assert shown(opened, "train") == list(range(2 * PAGE, 3 * PAGE - 5))
    assert not board.pagers["train"].on.isEnabled()
    board.pagers["train"].back.click()
    assert shown(opened, "train") == list(range(PAGE, 2 * PAGE))
    board.pagers["test"].on.click()
    assert shown(opened, "test") == [PAGE]
    board.pagers["train"].to_first.click()
    assert shown(opened, "train") == list(range(PAGE))


def test_another_puzzle_begins_at_its_first_pair(opened, puzzle):
    opened.board.pagers["train"].to_last.click()
    opened.bench.open(puzzle)
    assert (shown(opened, "train"), shown(opened, "test")) == ([0, 1], [0])
    assert not opened.board.pagers


def test_a_pair_that_is_added_is_shown_and_one_that_is_deleted_is_gone(opened):
    opened.bench.editor.set_enabled(True)
    board = opened.board
    board._adders[1].click()
    assert shown(opened, "test") == [PAGE, PAGE + 1]
    assert board.pagers["test"].count == PAGE + 2
    opened.bench.document.undo_stack.undo()
    assert shown(opened, "test") == [PAGE]
    assert board.pagers["test"].count == PAGE + 1


def test_drawing_on_a_later_page_changes_that_pair(opened):
    opened.board.pagers["train"].on.click()
    opened.bench.editor.set_enabled(True)
    row = opened.board.rows[2]
    opened.bench.editor.activate(row.input.place, (0, 0))
    changed = opened.bench.editor.grid.copy()
    changed[0, 0] = (changed[0, 0] + 1) % 10
    opened.bench.editor.put("draw", changed)
    assert opened.bench.document.puzzle.train[PAGE + 2].input[0, 0] == changed[0, 0]
    assert same_grid(opened.board.rows[2].input.grid, changed)

"""The board uses the room it has, and nothing moves but what changes."""

import numpy as np
import pytest
from PySide6.QtCore import QCoreApplication, QPoint

from app.state.fitting import COMFORTABLE, LARGEST, READABLE, SMALLEST, RowShape, fit_cells
from app.widgets.parts import PanelArea
from puzzles.grid import as_grid
from puzzles.puzzle import Pair, Puzzle
from solver.words.program import Program, Step
from tests.app.fake import LANGUAGE, FakeSolver


def row(rows, *columns):
    return RowShape(rows, columns)


def test_small_grids_grow_into_the_room():
    assert fit_cells([row(3, 3, 3)] * 3, 900, 600) == [LARGEST] * 3
    assert fit_cells([row(10, 10, 10)] * 2, 400, 600) == [20, 20]


def test_a_puzzle_that_nearly_fits_shrinks_and_a_long_one_scrolls():
    assert fit_cells([row(10, 10, 10)] * 3, 900, 480) == [16] * 3
    assert fit_cells([row(10, 10, 10)] * 9, 900, 480) == [COMFORTABLE] * 9


def test_large_grids_stay_readable_where_the_width_allows_it():
    assert fit_cells([row(30, 30, 30)] * 3, 900, 300) == [READABLE] * 3
    assert fit_cells([row(30, 30, 30)] * 3, 300, 300) == [5] * 3
    assert fit_cells([row(30, 30, 30)], 1, 1) == [SMALLEST]


def test_a_small_row_grows_beside_a_large_one_but_not_beyond_it():
    large, small = fit_cells([row(20, 20, 20), row(4, 4, 4)], 800, 500)
    assert large == 20
    assert large < small <= 2 * large
    assert fit_cells([row(20, 20, 20), row(4, 19, 4)], 800, 500)[1] == 21


@pytest.fixture
def stepping(make_window, qtbot):
    pair = Pair(as_grid([[1, 0, 2, 0, 3], [0, 0, 0, 0, 0], [4, 0, 5, 0, 6]]), as_grid([[1]]))
    window = make_window()
    steps = (Step("objects"), Step("side by side"), Step("w17"), Step("w4"))
    window.bench.open(Puzzle("many", (pair,) * 2, (pair,)))
    with qtbot.waitSignal(window.client.executed):
        window.client.execute(
            Program(steps, LANGUAGE.fingerprint), window.bench.document.puzzle, "opened file"
        )
    return window


def places(window):
    QCoreApplication.processEvents()
    board = window.board
    middles = []
    for row in board.rows:
        for view in (row.input, row.target, row.state):
            middles.append(view.mapTo(board, QPoint(0, 0)) + view.rect().center())
        middles.append((row.input._cell, row.target.size()))
    return middles


def test_grids_stay_where_they_are_while_the_program_plays(stepping):
    timeline = stepping.bench.timeline
    timeline.go(timeline.length)
    at_the_end = places(stepping)
    for position in range(4):
        timeline.go(position)
        moved = [
            max(abs((a - b).x()), abs((a - b).y()))  # half a pixel, where a grid has odd sides
            for a, b in zip(places(stepping), at_the_end, strict=True)
            if isinstance(a, QPoint)
        ]
        assert max(moved) <= 1, position


@pytest.fixture
def large(make_window, qtbot):
    """A window as small as it is designed for, with 14 × 14 grids of which many pieces are laid together."""
    cells = np.zeros((14, 14), int)
    cells[1::4, 1::4] = 3
    window = make_window()
    window.resize(1280, 720)
    pair = Pair(as_grid(cells), as_grid([[1]]))
    window.bench.open(Puzzle("large", (pair,) * 3, (pair,)))
    with qtbot.waitSignal(window.client.executed):
        program = Program((Step("objects"), Step("side by side")), LANGUAGE.fingerprint)
        window.client.execute(program, window.bench.document.puzzle, "opened file")
    return window


def beyond(area, room):
    """Pixels that what scrolls in an area is wider than `room`."""
    QCoreApplication.processEvents()
    return area.widget().minimumSizeHint().width() - room


def test_large_grids_and_many_pieces_are_seen_whole(large):
    scroll = large.board._scroll
    assert beyond(scroll, scroll.viewport().width()) <= 0


def test_german_needs_no_more_width_than_there_is(german, large):
    scroll = large.board._scroll
    assert beyond(scroll, scroll.viewport().width()) <= 0
    large.solve_panel.more.setChecked(True)
    (panel,) = large.solve_panel.findChildren(PanelArea)
    assert beyond(panel, panel.viewport().width()) <= 0


def test_where_names_and_arrows_alone_are_too_wide_the_cells_stay_readable(large):
    scroll = large.board._scroll
    large.resize(900, 720)
    assert beyond(scroll, scroll.viewport().width()) > 0
    assert all(READABLE - 2 <= row.input._cell <= READABLE for row in large.board.rows)


def test_the_step_shown_is_in_sight_in_the_program_strip(make_window, puzzle, qtbot):
    window = make_window(FakeSolver(found=(("w17",) * 24,)))
    window.bench.open(puzzle)
    with qtbot.waitSignal(window.bench.vocabulary_changed):
        window.client.load_vocabulary()
    with qtbot.waitSignal(window.client.finished):
        window.solve_panel.press()
    strip = window.program_strip

    def in_sight():
        chip = strip.chips[window.bench.timeline.position]
        left = chip.mapTo(strip._scroll.viewport(), QPoint(0, 0)).x()
        return left >= 0 and left + chip.width() <= strip._scroll.viewport().width()

    qtbot.waitUntil(in_sight)
    window.resize(800, 600)
    qtbot.waitUntil(in_sight)
    for position in (0, 9, 24):
        window.bench.timeline.go(position)
        qtbot.waitUntil(in_sight)

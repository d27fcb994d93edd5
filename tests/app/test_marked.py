"""Marking objects of the inputs for the next search."""

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QImage

from app.state.draft import Place, with_grid
from app.theme import PALETTES
from puzzles.grid import as_grid
from puzzles.puzzle import Pair, Puzzle
from solver.words.marks import Mark
from tests.app.fake import FakeSolver

GRID = as_grid([[0, 2, 2, 0], [0, 2, 0, 3], [0, 0, 0, 3], [0, 0, 0, 0], [4, 0, 0, 0]])
BLOCK = frozenset({(0, 1), (0, 2), (1, 1)})
STRIPE = frozenset({(1, 3), (2, 3)})


@pytest.fixture
def solver():
    return FakeSolver(found=(("w9", "w17"), ("w9",)))


@pytest.fixture
def opened(make_window, solver):
    window = make_window(solver)
    window.bench.open(Puzzle("marks", (Pair(GRID, GRID), Pair(GRID, GRID)), (Pair(GRID, None),)))
    return window


def action(window, text):
    return next(a for a in window.findChildren(QAction) if a.text().replace("&", "") == text)


def click(window, qtbot, row, cell):
    view = window.board.rows[row].input
    qtbot.mouseClick(
        view, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.ControlModifier, view.cell_centre(*cell)
    )


def searched(window, qtbot, solver):
    with qtbot.waitSignal(window.client.finished):
        window.solve_panel.press()
    return solver.asked[-1]


def test_a_click_with_ctrl_marks_the_whole_object_and_the_search_is_told(opened, solver, qtbot):
    click(opened, qtbot, 0, (1, 1))
    click(opened, qtbot, 0, (2, 3))
    click(opened, qtbot, 2, (4, 0))
    assert opened.board.rows[0].input.marked.sum() == len(BLOCK | STRIPE)
    assert opened.board.rows[1].input.marked is None
    marks = Mark("test", 0, frozenset({(4, 0)})), Mark("train", 0, BLOCK | STRIPE)
    assert searched(opened, qtbot, solver).marked == marks
    click(opened, qtbot, 0, (0, 2))
    assert searched(opened, qtbot, solver).marked == (marks[0], Mark("train", 0, STRIPE))


def test_a_cell_of_the_background_is_marked_alone(opened, qtbot):
    click(opened, qtbot, 1, (3, 1))
    assert opened.bench.marked.marks == (Mark("train", 1, frozenset({(3, 1)})),)


def test_a_plain_click_marks_nothing_and_one_with_ctrl_draws_where_one_edits(opened, qtbot):
    view = opened.board.rows[0].input
    qtbot.mouseClick(view, Qt.MouseButton.LeftButton, pos=view.cell_centre(1, 1))
    assert not opened.bench.marked.marks
    opened.bench.editor.set_enabled(True)
    click(opened, qtbot, 0, (1, 1))
    assert not opened.bench.marked.marks


def test_the_keyboard_marks_the_cell_that_is_read(opened, qtbot):
    view = opened.board.rows[1].input
    view.setFocus()
    for key in (Qt.Key.Key_Right, Qt.Key.Key_Down):
        qtbot.keyClick(view, key)
    action(opened, "Mark this object").trigger()
    assert opened.bench.marked.marks == (Mark("train", 1, BLOCK),)
    view.read_out((1, 1))
    assert view.accessibleDescription().endswith(", marked")
    assert action(opened, "Mark this object").shortcut().toString() == "Ctrl+Shift+K"


def test_marks_are_undone_and_taken_away(opened, qtbot):
    take_away, stack = action(opened, "Take all marks away"), opened.bench.document.undo_stack
    assert not take_away.isEnabled()
    click(opened, qtbot, 0, (0, 1))
    click(opened, qtbot, 1, (1, 3))
    stack.undo()
    assert opened.bench.marked.marks == (Mark("train", 0, BLOCK),)
    stack.redo()
    take_away.trigger()
    assert not opened.bench.marked.marks
    assert opened.board.rows[0].input.marked is None
    stack.undo()
    assert len(opened.bench.marked.marks) == 2
    assert not opened.bench.document.unsaved  # marks are no part of the puzzle


def test_the_panel_says_what_marks_do_and_takes_them_back(opened, qtbot):
    assert opened.solve_panel.wishes.isHidden()
    click(opened, qtbot, 0, (0, 1))
    ((text, cross),) = opened.solve_panel.wishes.lines
    assert text == "first rules that pick what is marked in 1 input"
    cross.click()
    assert opened.solve_panel.wishes.isHidden()
    assert not opened.bench.marked.marks


def test_an_input_that_was_drawn_on_has_no_marks_and_they_go_with_the_puzzle(opened, qtbot):
    click(opened, qtbot, 0, (0, 1))
    click(opened, qtbot, 1, (0, 1))
    bench = opened.bench
    bench.editor.change_pairs("draw", lambda draft: with_grid(draft, Place("train", 0, "input"), GRID[:2]))
    assert bench.marked.marks == (Mark("train", 1, BLOCK),)
    bench.document.undo_stack.undo()
    assert len(bench.marked.marks) == 2
    bench.open(Puzzle("other", (Pair(GRID, GRID),), (Pair(GRID, None),)))
    assert not bench.marked.marks


def test_a_search_that_begins_elsewhere_is_given_no_marks(opened, solver, qtbot):
    searched(opened, qtbot, solver)
    click(opened, qtbot, 0, (0, 1))
    opened.bench.timeline.go(1)
    with qtbot.waitSignal(opened.client.finished):
        action(opened, "Search on from this step").trigger()
    assert solver.asked[-1].pinned is not None
    assert solver.asked[-1].marked == ()


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("palette", [palette.key for palette in PALETTES])
def test_marks_are_black_and_white_dashes_in_every_theme(theme, palette, opened, qtbot):
    opened.bench.view.choose_theme(theme)
    opened.bench.view.choose_palette(palette)
    view = opened.board.rows[0].input
    view.set_cell(20)

    def edge():
        """Colours along the left side of the marked block."""
        picture: QImage = view.grab().toImage()
        x = view.cell_centre(0, 1).x() - 10
        first = view.cell_centre(0, 1).y() - 8
        return np.array([picture.pixelColor(x, first + i).lightness() for i in range(36)])

    plain = edge()
    click(opened, qtbot, 0, (0, 1))
    marked = edge()
    assert marked.max() == 255
    assert marked.min() == 0
    assert not (marked == plain).all()

"""Grids go to other programs as text and picture, and come from them as whatever they copy."""

import json
import subprocess
import sys
from contextlib import suppress

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QGuiApplication
from PySide6.QtTest import QTest

from app.state.draft import Place
from app.state.drawing import Region
from app.state.grid_text import LONGEST, grid_from_text, grid_to_text
from puzzles.grid import PADDING, PuzzleError, as_grid, same_grid
from tests.app.drawing import cells, view

CTRL, CTRL_SHIFT = (
    Qt.KeyboardModifier.ControlModifier,
    Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier,
)
GRIDS = st.tuples(st.integers(1, 30), st.integers(1, 30), st.integers(0, 99)).map(
    lambda of: as_grid(np.random.default_rng(of[2]).integers(0, 10, of[:2]))
)


@pytest.fixture
def clipboard(qapp):
    board = QGuiApplication.clipboard()
    board.clear()
    yield board
    board.clear()


@given(GRIDS)
@settings(max_examples=30, deadline=None)
def test_what_is_written_is_read_in_every_way_people_write(grid):
    rows = grid.tolist()
    ways = [grid_to_text(grid), json.dumps(rows, indent=1), str(grid)]
    ways += [
        "\n".join(separator.join(map(str, row)) for row in rows) for separator in ("", "\t", ", ", ";", " ")
    ]
    ways += [json.dumps(["".join(map(str, row)) for row in rows]), "\r\n".join(map(str, rows)) + "\r\n"]
    for text in ways:
        assert same_grid(grid_from_text(text), grid), text


def test_an_empty_cell_of_a_spreadsheet_is_black():
    assert grid_from_text("1\t\t2\n\t3\t\n").tolist() == [[1, 0, 2], [0, 3, 0]]
    assert grid_from_text("\t\n\t").tolist() == [[0, 0], [0, 0]]


@pytest.mark.parametrize(
    "text",
    [
        "", " \n", "hello", "1 2\n3", "12x", "[[1, 16]]", "[[1], [2, 3]]", '{"train": []}', '"words"',
        "[[true]]", "[[1.5]]", "[]", "[[]]", "[" * 5000, "1" * 101, "1\n" * 101, "1" * (LONGEST + 1), "-2 2",
        "²", "[[1], 2]", "[true]",
    ],
)  # fmt: skip
def test_what_is_no_grid_is_refused_in_one_line(text):
    with pytest.raises(PuzzleError) as refused:
        grid_from_text(text)
    said = str(refused.value)
    assert said.startswith("clipboard")
    assert len(said) < 300
    assert "\n" not in said


@given(st.text(max_size=60))
@settings(max_examples=200, deadline=None)
def test_no_text_is_worse_than_refused(text):
    with suppress(PuzzleError):
        assert set(np.unique(grid_from_text(text)).tolist()) <= {*range(16), PADDING}


def test_a_selection_is_copied_as_text_and_as_a_picture(drawing, clipboard, qtbot):
    editor = drawing.bench.editor
    editor.activate(Place("train", 0, "input"))
    editor.put("draw", as_grid([[1, 2, 3], [4, 5, 6], [7, 8, 9]]))
    editor.select(Region(0, 1, 1, 2))
    QTest.keyClick(drawing, Qt.Key.Key_C, CTRL)
    assert json.loads(clipboard.text()) == [[2, 3], [5, 6]]
    image = clipboard.image()
    wanted = drawing.bench.view.look.palette.colours
    middles = [[QColor(image.pixel(12 + 24 * c, 12 + 24 * r)).name() for c in range(2)] for r in range(2)]
    assert middles == [[wanted[2], wanted[3]], [wanted[5], wanted[6]]]


def test_a_grid_is_copied_without_editing(window, puzzle, clipboard):
    window.bench.open(puzzle)
    grid_view = view(window, 0, "target")
    grid_view.setFocus()
    QTest.keyClick(grid_view, Qt.Key.Key_C, CTRL)
    assert json.loads(clipboard.text()) == puzzle.train[0].output.tolist()
    clipboard.clear()
    window.board.setFocus()
    QTest.keyClick(window.board, Qt.Key.Key_C, CTRL)
    assert not clipboard.text()
    assert "Go to a grid" in window.statusBar().currentMessage()


def test_a_line_of_a_list_is_copied_as_its_text(window, clipboard):
    window.browser.show_collection("arc1-train")
    window.browser.open_id("arc1-train", "67a3c6ac")
    window.browser.list.setFocus()
    QTest.keyClick(window.browser.list, Qt.Key.Key_C, CTRL)
    assert clipboard.text() == "67a3c6ac"


def test_the_right_button_copies_any_grid(window, puzzle, clipboard):
    window.bench.open(puzzle)
    menu = view(window, 1, "target").menu()
    menu.actions()[0].trigger()
    assert json.loads(clipboard.text()) == puzzle.train[1].output.tolist()
    menu.close()


def test_what_a_spreadsheet_copied_is_pasted(drawing, clipboard):
    editor = drawing.bench.editor
    editor.activate(Place("train", 0, "input"), (1, 1))
    clipboard.setText("8\t9\n9\t8\n")
    QTest.keyClick(drawing, Qt.Key.Key_V, CTRL)
    assert editor.floating is not None
    QTest.keyClick(drawing, Qt.Key.Key_V, CTRL)
    assert cells(drawing) == [[0, 0, 0], [0, 8, 9], [0, 9, 8]]


def test_a_pasted_grid_can_take_the_place_of_the_whole_one(drawing, clipboard):
    drawing.bench.editor.activate(Place("train", 0, "input"))
    clipboard.setText("[[1, 2, 3, 4, 5]]")
    QTest.keyClick(drawing, Qt.Key.Key_V, CTRL_SHIFT)
    assert cells(drawing) == [[1, 2, 3, 4, 5]]
    drawing.bench.document.undo_stack.undo()
    assert cells(drawing) == [[0] * 3] * 3


def test_what_is_no_grid_is_told_and_pastes_nothing(drawing, clipboard):
    drawing.bench.editor.activate(Place("train", 0, "input"))
    clipboard.setText("a letter to grandma")
    QTest.keyClick(drawing, Qt.Key.Key_V, CTRL)
    assert drawing.bench.editor.floating is None
    assert drawing.statusBar().currentMessage().startswith("clipboard")


def test_cropping_keeps_the_selection_as_one_undo(drawing):
    editor = drawing.bench.editor
    editor.activate(Place("train", 0, "input"))
    editor.put("draw", as_grid([[1, 2, 3], [4, 5, 6]]))
    steps = drawing.bench.document.undo_stack.count()
    QTest.keyClick(drawing, Qt.Key.Key_X, CTRL_SHIFT)
    assert drawing.bench.document.undo_stack.count() == steps  # nothing is selected
    editor.select(Region(0, 1, 1, 1))
    QTest.keyClick(drawing, Qt.Key.Key_X, CTRL_SHIFT)
    assert cells(drawing) == [[2], [5]]
    drawing.bench.document.undo_stack.undo()
    assert cells(drawing) == [[1, 2, 3], [4, 5, 6]]


def test_a_picture_on_the_clipboard_outlives_no_program():
    code = (
        "from PySide6.QtCore import QMimeData; from PySide6.QtGui import QImage\n"
        "from PySide6.QtWidgets import QApplication; from app.clipboard import put_on_clipboard\n"
        "app, data = QApplication([]), QMimeData(); data.setText('[[1]]')\n"
        "data.setImageData(QImage(9, 9, QImage.Format.Format_RGB32)); put_on_clipboard(data)"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0

"""What helps drawing: pastes that float, tool sets, settings, playback, handles and rulers."""

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAction
from PySide6.QtTest import QTest

from app.state.drawing import Region
from app.state.editor import Tool
from app.widgets.settings_dialog import SettingsDialog
from tests.app.drawing import LEFT, cells, drag, view


@pytest.fixture
def floating(drawing):
    """A red cell that is about to be pasted."""
    editor = drawing.bench.editor
    drag(view(drawing), (0, 0), (0, 0))
    editor.choose_tool(Tool.SELECT)
    editor.select(Region(0, 0, 0, 0))
    editor.copy()
    editor.paste()
    return drawing


def test_what_is_pasted_floats_until_it_is_clicked_down(floating, qtbot):
    grid, editor = view(floating), floating.bench.editor
    before, steps = cells(floating), floating.bench.document.undo_stack.count()
    qtbot.mouseMove(grid, grid.cell_centre(1, 2))
    assert editor.cursor == (1, 2)
    assert cells(floating) == before
    assert floating.bench.document.undo_stack.count() == steps
    painted = grid.grab().toImage().pixelColor(grid.cell_centre(1, 2)).name()
    assert painted == grid.grab().toImage().pixelColor(grid.cell_centre(0, 0)).name()
    qtbot.mouseClick(grid, Qt.MouseButton.LeftButton, pos=grid.cell_centre(1, 2))
    assert cells(floating)[1][2] == before[0][0]
    assert editor.selection == Region(1, 2, 1, 2)
    assert editor.floating is None


def test_the_arrow_keys_move_what_floats_and_escape_puts_it_away(floating, qtbot):
    grid, editor = view(floating), floating.bench.editor
    before = cells(floating)
    grid.setFocus()
    qtbot.keyClick(grid, Qt.Key.Key_Down)
    qtbot.keyClick(grid, Qt.Key.Key_Right)
    assert editor.cursor == (1, 1)
    qtbot.keyClick(grid, Qt.Key.Key_Escape)
    assert (editor.floating, cells(floating)) == (None, before)
    editor.paste()
    qtbot.keyClick(grid, Qt.Key.Key_Return)
    assert cells(floating)[1][1] == before[0][0]


def test_a_cursor_left_outside_comes_back(floating):
    editor = floating.bench.editor
    editor.float_to((-1, 7))
    editor.put_away()
    assert editor.cursor == (0, 2)


def test_the_simple_tool_set_offers_three_tools_and_every_key(drawing, qtbot):
    bar = drawing.board.edit_bar
    assert all(button.isVisible() for button in bar.tools.values())
    bar.all_tools.click()
    assert [tool for tool, button in bar.tools.items() if button.isVisible()] == [
        Tool.PENCIL,
        Tool.FILL,
        Tool.SELECT,
    ]
    assert not bar.size_field.isVisible()
    qtbot.keyClick(drawing, Qt.Key.Key_L)
    assert bar.tools[Tool.LINE].isVisible()
    assert not drawing.settings.flag("view/full_tools", True)


def test_settings_show_at_once_and_the_menus_follow(drawing):
    drawing.show_settings()
    dialog = drawing.findChild(SettingsDialog)
    dialog.theme.setCurrentIndex(dialog.theme.findData("dark"))
    assert drawing.bench.view.theme.name == "dark"
    dialog.marks.setCurrentIndex(dialog.marks.findData("symbols"))
    dialog.rulers.click()
    assert dialog.sample._look.marks == "symbols"
    assert drawing.bench.view.rulers
    ticked = {action.text() for action in drawing.findChildren(QAction) if action.isChecked()}
    assert {"Dark", "Symbols", "&Rulers"} <= ticked
    dialog.language.setCurrentIndex(dialog.language.findData("en"))
    assert drawing.settings.text("view/language", "") == "en"


def test_the_drawing_is_played_back(drawing, qtbot):
    stack, replay = drawing.bench.document.undo_stack, drawing.replay
    for column in range(3):
        drag(view(drawing), (0, column), (0, column))
    assert (stack.index(), cells(drawing)[0]) == (3, [2, 2, 2])
    replay.toggle()
    assert (stack.index(), cells(drawing)[0]) == (0, [0, 0, 0])
    qtbot.waitUntil(lambda: not replay.running)
    assert (stack.index(), cells(drawing)[0]) == (3, [2, 2, 2])
    replay.toggle()
    replay.toggle()
    assert stack.index() == 3
    replay.toggle()
    stack.setIndex(1)
    qtbot.waitUntil(lambda: not replay.running)
    assert stack.index() == 1


def test_handles_at_the_sides_change_rows_or_columns_alone(drawing):
    grid_view = view(drawing)
    drag(grid_view, (1, 1))
    edge = grid_view.cell_centre(2, 2) + QPoint(grid_view._cell // 2 + 1, 0)
    right = QPoint(edge.x(), grid_view.cell_centre(1, 1).y())
    bottom = grid_view.cell_centre(2, 0).y() + grid_view._cell // 2 + 1
    below = QPoint(grid_view._corner.x() + grid_view._cell, bottom)
    for start, end, shape in (
        (right, grid_view.cell_centre(0, 1), (3, 2)),
        (below, grid_view.cell_centre(0, 0), (1, 2)),
    ):
        QTest.mousePress(grid_view, LEFT, Qt.KeyboardModifier.NoModifier, start)
        QTest.mouseMove(grid_view, end)
        QTest.mouseRelease(grid_view, LEFT, Qt.KeyboardModifier.NoModifier, end)
        assert np.shape(cells(drawing)) == shape
    drag(view(drawing), (0, 1))
    assert cells(drawing)[0] == [0, 2]


def test_rulers_leave_room_for_the_size(drawing):
    before = view(drawing).sizeHint()
    drawing.bench.view.show_rulers(True)
    assert view(drawing).sizeHint().height() > before.height() + 13

"""Drawing through the window, as a person does it."""

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAction
from PySide6.QtTest import QTest

from app import dialogs
from app.state.draft import Place, add_pair, delete_pair, grid_at, new_puzzle
from app.state.drawing import Region
from app.state.editor import Tool
from app.state.run import Status
from app.widgets.settings_dialog import SettingsDialog
from puzzles.grid import as_grid, same_grid
from puzzles.puzzle import load_puzzle
from tests.app.fake import FakeSolver

LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def drawing(window):
    window.new_puzzle()
    window.bench.editor.choose_colour(2)
    return window


def view(window, row=0, side="input"):
    return getattr(window.board.rows[row], side)


def drag(grid_view, *cells, modifiers=Qt.KeyboardModifier.NoModifier):
    points = [grid_view.cell_centre(*cell) for cell in cells]
    QTest.mousePress(grid_view, LEFT, modifiers, points[0])
    for point in points[1:]:
        QTest.mouseMove(grid_view, point)
    QTest.mouseRelease(grid_view, LEFT, modifiers, points[-1])


def cells(window, place=Place("train", 0, "input")):  # noqa: B008
    return grid_at(window.bench.document.draft, place).tolist()


def test_a_stroke_is_one_undo(drawing):
    drag(view(drawing), (0, 0), (0, 1), (0, 2))
    assert cells(drawing) == [[2, 2, 2], [0, 0, 0], [0, 0, 0]]
    assert drawing.bench.document.undo_stack.count() == 1
    drawing.bench.document.undo_stack.undo()
    assert cells(drawing) == [[0] * 3] * 3
    drawing.bench.document.undo_stack.redo()
    assert cells(drawing)[0] == [2, 2, 2]


def test_a_fast_stroke_leaves_no_gaps(drawing):
    drag(view(drawing), (0, 0), (2, 2))
    assert cells(drawing) == [[2, 0, 0], [0, 2, 0], [0, 0, 2]]


@pytest.mark.parametrize(
    ("key", "expected"),
    [
        (Qt.Key.Key_L, [[2, 0, 0], [0, 2, 0], [0, 0, 2]]),
        (Qt.Key.Key_U, [[2, 2, 2], [2, 0, 2], [2, 2, 2]]),
    ],
)
def test_shapes_by_their_keys(drawing, qtbot, key, expected):
    qtbot.keyClick(drawing, key)
    drag(view(drawing), (0, 0), (1, 1), (2, 2))
    assert cells(drawing) == expected


def test_fill_and_pick(drawing, qtbot):
    drag(view(drawing), (1, 0), (1, 2))
    qtbot.keyClick(drawing, Qt.Key.Key_G)
    qtbot.keyClick(drawing, Qt.Key.Key_5)
    drag(view(drawing), (0, 0))
    assert cells(drawing) == [[5, 5, 5], [2, 2, 2], [0, 0, 0]]
    qtbot.keyClick(drawing, Qt.Key.Key_I)
    drag(view(drawing), (1, 1))
    assert drawing.bench.editor.colour == 2
    assert drawing.board.edit_bar.swatches[2].isChecked()


def test_selection_moves_copies_turns_and_flips(drawing):
    editor = drawing.bench.editor
    drag(view(drawing), (0, 0), (0, 1))
    editor.choose_tool(Tool.SELECT)
    drag(view(drawing), (0, 0), (0, 1))
    assert editor.selection == Region(0, 0, 0, 1)
    drag(view(drawing), (0, 0), (2, 1))
    assert cells(drawing) == [[0, 0, 0], [0, 0, 0], [0, 2, 2]]
    editor.copy()
    editor.select(Region(0, 0, 0, 0))
    editor.paste()
    assert cells(drawing)[0] == [0, 0, 0]
    editor.paste()
    assert cells(drawing)[0] == [2, 2, 0]
    editor.rotate()
    assert cells(drawing) == [[2, 0, 0], [2, 0, 0], [0, 2, 2]]
    editor.select(None)
    editor.flip()
    assert cells(drawing) == [[0, 0, 2], [0, 0, 2], [2, 2, 0]]
    editor.flip(upside_down=True)
    assert cells(drawing)[0] == [2, 2, 0]
    editor.clear()
    assert cells(drawing) == [[0] * 3] * 3


def test_resize_by_typing_and_by_the_handle(drawing, qtbot):
    grid_view = view(drawing)
    drag(grid_view, (0, 0))
    field = drawing.board.edit_bar.size_field
    field.setText("4 x 6")
    qtbot.keyClick(field, Qt.Key.Key_Return)
    assert np.shape(cells(drawing)) == (4, 6)
    field.setText("nonsense")
    qtbot.keyClick(field, Qt.Key.Key_Return)
    assert field.text() == "4 × 6"
    corner = grid_view.rect().bottomRight()
    QTest.mousePress(grid_view, LEFT, Qt.KeyboardModifier.NoModifier, corner)
    QTest.mouseMove(grid_view, grid_view.cell_centre(1, 2))
    QTest.mouseRelease(grid_view, LEFT, Qt.KeyboardModifier.NoModifier, grid_view.cell_centre(1, 2))
    assert cells(drawing) == [[2, 0, 0], [0, 0, 0]]


def test_the_cell_cursor_draws_by_keys(drawing, qtbot):
    grid_view = view(drawing)
    grid_view.setFocus()
    qtbot.keyClick(grid_view, Qt.Key.Key_Right)
    qtbot.keyClick(grid_view, Qt.Key.Key_Down)
    qtbot.keyClick(grid_view, Qt.Key.Key_Space)
    assert cells(drawing) == [[0, 0, 0], [0, 2, 0], [0, 0, 0]]
    assert not drawing.bench.timeline.playing


def test_answering_a_test_by_hand(window, puzzle):
    window.bench.open(puzzle)
    target = view(window, 2, "target")
    QTest.mouseClick(target, LEFT, Qt.KeyboardModifier.NoModifier, target.rect().center())
    editor = window.bench.editor
    answer = Place("test", 0, "answer")
    assert cells(window, answer) == [[0, 0], [0, 0]]
    editor.copy_from_input()
    editor.check()
    assert window.board.rows[2].verdict.text() == "✗ 4 cells"
    assert view(window, 2, "target").wrong.sum() == 4
    editor.flip()
    assert view(window, 2, "target").wrong is None
    editor.check()
    assert window.board.rows[2].verdict.text() == "✓ correct"
    editor.resize(2, 3)
    editor.check()
    assert window.board.rows[2].verdict.text() == "✗ size 2 × 3"
    assert not window.bench.document.unsaved


def test_pairs_can_be_added_and_deleted(drawing):
    editor = drawing.bench.editor
    editor.change_pairs("add", lambda draft: add_pair(draft, "train"))
    assert len(drawing.board.rows) == 3
    editor.change_pairs("delete", lambda draft: delete_pair(draft, "train", 0))
    editor.change_pairs("delete", lambda draft: delete_pair(draft, "train", 0))
    assert len(drawing.board.rows) == 2
    drawing.bench.document.undo_stack.undo()
    assert len(drawing.board.rows) == 3


def test_every_row_has_a_menu_for_its_pair(drawing):
    menu = drawing.board.rows[0].more.menu()
    next(action for action in menu.actions() if action.text() == "Duplicate").trigger()
    assert len(drawing.bench.document.puzzle.train) == 2


def test_nothing_is_drawn_unless_editing(window, puzzle):
    window.bench.open(puzzle)
    drag(view(window), (0, 0), (0, 2))
    assert window.bench.document.undo_stack.count() == 0


def test_a_changed_puzzle_makes_the_solution_stale(window, puzzle, qtbot):
    window.bench.open(puzzle)
    with qtbot.waitSignal(window.client.finished):
        window.solve_panel.press()
    window.bench.editor.set_enabled(True)
    drag(view(window), (0, 1))
    assert window.bench.run.stale
    assert window.solve_panel.face().title == "Out of date"
    assert window.solve_panel.button.text() == "Solve again"
    window.bench.document.undo_stack.undo()
    assert not window.bench.run.stale
    assert window.solve_panel.face().title == "✓ Verified"


def test_an_edit_stops_a_running_search(make_window, puzzle, qtbot):
    window = make_window(FakeSolver(endless=True))
    window.bench.open(puzzle)
    with qtbot.waitSignal(window.client.progressed):
        window.solve_panel.press()
    window.bench.editor.set_enabled(True)
    drag(view(window), (0, 1))
    assert window.bench.run.status is Status.CANCELLED
    assert window.bench.run.stale


def test_saving_and_the_question_about_changes(drawing, tmp_path, monkeypatch, puzzle):
    drag(view(drawing), (0, 0))
    assert drawing.windowTitle().startswith("*untitled")
    asked = []
    monkeypatch.setattr(dialogs, "ask_about_changes", lambda _parent, name: asked.append(name) or "cancel")
    drawing.open_puzzle(puzzle)
    assert asked == ["untitled"]
    assert drawing.bench.document.puzzle.name == "untitled"
    path = tmp_path / "mine.json"
    monkeypatch.setattr(dialogs, "ask_save", lambda *_: path)
    assert drawing.desk.save()
    assert load_puzzle(path).train == drawing.bench.document.puzzle.train
    assert drawing.windowTitle() == "mine – Glossa"
    drawing.open_puzzle(puzzle)
    assert drawing.bench.document.puzzle is puzzle


def test_unsaved_work_is_offered_after_a_crash(drawing, make_window, user_paths, monkeypatch):
    drag(view(drawing), (0, 0))
    drawing.recovery.write()
    assert user_paths.recovery_file.is_file()
    monkeypatch.setattr(dialogs, "ask_to_recover", lambda *_: True)
    second = make_window()
    second.offer_recovery()
    assert second.bench.document.unsaved
    assert cells(second)[0] == [2, 0, 0]
    second.close()
    assert not user_paths.recovery_file.exists()


def test_a_damaged_recovery_file_is_ignored(make_window, user_paths):
    user_paths.data.mkdir(parents=True)
    user_paths.recovery_file.write_text('{"name": 1, "puzzle": []}')
    window = make_window()
    window.offer_recovery()
    assert window.bench.document.puzzle is None


def test_the_edit_action_follows_the_editor(window, puzzle):
    window.bench.open(puzzle)
    action = next(a for a in window.findChildren(QAction) if a.text() == "&Edit the puzzle")
    action.trigger()
    assert window.bench.editor.enabled
    assert window.board.edit_bar.isVisible()
    window.board.edit_bar.done.click()
    assert not action.isChecked()


def test_new_puzzle_is_one_black_pair_and_one_test():
    puzzle = new_puzzle()
    assert same_grid(puzzle.train[0].input, as_grid([[0] * 3] * 3))
    assert puzzle.test[0].output is None


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

"""Drawing through the window, as a person does it."""

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtTest import QTest

from app import dialogs
from app.state.draft import Place, add_pair, delete_pair, new_puzzle
from app.state.drawing import Region
from app.state.editor import Mode, Tool
from app.state.run import Status
from puzzles.grid import as_grid, same_grid
from puzzles.puzzle import load_puzzle
from tests.app.drawing import LEFT, cells, drag, view
from tests.app.fake import FakeSolver


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
    assert window.board.rows[2].own_verdict.text() == "✗ 4 cells"
    assert view(window, 2, "target").wrong.sum() == 4
    editor.flip()
    assert view(window, 2, "target").wrong is None
    editor.check()
    assert window.board.rows[2].own_verdict.text() == "✓ correct"
    editor.resize(2, 3)
    editor.check()
    assert window.board.rows[2].own_verdict.text() == "✗ size 2 × 3"
    assert not window.bench.document.unsaved
    assert editor.mode is Mode.ANSWER


def test_answering_leaves_the_puzzle_alone_and_editing_does_not(window, puzzle):
    window.bench.open(puzzle)
    target = view(window, 2, "target")
    QTest.mouseClick(target, LEFT, Qt.KeyboardModifier.NoModifier, target.rect().center())
    assert window.board.edit_bar.mode.text().startswith("Your answer")
    drag(view(window), (0, 0), (0, 2))
    assert window.bench.document.puzzle == puzzle
    assert window.board._adders[0].isHidden()
    drag(target, (0, 0))
    assert cells(window, Place("test", 0, "answer"))[0][0] == 1
    window.bench.editor.set_mode(Mode.LOOK)
    drag(target, (1, 1))  # a click on an answer goes on with it
    assert window.bench.editor.mode is Mode.ANSWER
    window.actions_.edit.trigger()
    assert window.board.edit_bar.mode.text().startswith("Editing the puzzle")
    drag(view(window), (0, 1))
    assert window.bench.document.puzzle != puzzle


@pytest.mark.parametrize("mode", [Mode.ANSWER, Mode.EDIT])
def test_another_puzzle_opens_unedited_and_without_its_answer(window, puzzle, mode):
    window.bench.open(puzzle)
    window.bench.editor.set_mode(mode)
    window.bench.view.set_reveal(True)
    window.browser.step(0)
    assert window.bench.editor.mode is Mode.LOOK
    assert not window.bench.view.reveal
    assert not window.actions_.reveal.isChecked()
    tests = [row for row in window.board.rows if row.part == "test"]
    assert all(row.target.grid is None for row in tests)
    before = window.bench.document.puzzle
    drag(view(window), (0, 0))
    assert window.bench.document.puzzle is before


def test_the_programs_verdict_and_ones_own_stand_apart(window, puzzle, qtbot):
    window.bench.open(puzzle)
    with qtbot.waitSignal(window.client.finished):
        window.solve_panel.press()
    row = window.board.rows[2]
    window.bench.editor.set_mode(Mode.ANSWER)
    window.bench.editor.begin(Place("test", 0, "answer"))
    window.bench.editor.check()
    assert (row.verdict.text(), row.own_verdict.text()) == ("✓ correct", "✗ 2 cells")
    assert row.verdict.parent() is row.state.parent()
    assert row.own_verdict.parent() is row.target.parent()
    window.bench.editor.put("draw", puzzle.test[0].output)
    assert (row.verdict.text(), row.own_verdict.text()) == ("✓ correct", "")


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

"""Teaching a procedure in the window."""

import json
from functools import partial

import numpy as np
import pytest
import torch
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QAbstractItemView, QComboBox, QLineEdit, QSpinBox

from app import dialogs
from app.procedures import Ended, Example, describe, run
from app.state import teaching as module
from app.state.recording import Pads
from app.state.teaching import Teaching
from app.state.teaching_words import guide_text, learning_text
from app.taught import Learned, Learning, NotLearned, Recordings, TaughtProcedure, find_taught, read_shown
from solver.npi.pad import EAST, SOUTH

RIGHT, DOWN, SPACE = Qt.Key.Key_Right, Qt.Key.Key_Down, Qt.Key.Key_Space
CONTROL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture(autouse=True)
def _threads_as_before():
    threads = torch.get_num_threads()
    torch.set_num_threads(1)
    yield
    torch.set_num_threads(threads)


@pytest.fixture
def window(make_window):
    window = make_window()
    window.procedures.show()
    return window


@pytest.fixture
def dialog(window, user_paths):
    window.procedures.dialog.taught.teach()
    dialog = window.procedures.dialog.taught.dialog
    assert dialog.teaching.folder == user_paths.procedures
    return dialog


@pytest.fixture
def teaching(dialog):
    return dialog.teaching


def stairs(teaching, side):
    """Down a square from its top left corner, one step right and one down."""
    teaching.resize(side, side)
    teaching.record()
    for _ in range(side - 1):
        for direction in (EAST, SOUTH):
            teaching.move(direction)
            teaching.write()
    teaching.done()


def shown_stairs(teaching, *sides):
    teaching.rename("STAIRS")
    for place, side in enumerate(sides):
        if place:
            teaching.add()
        stairs(teaching, side)


def scripted(monkeypatch, *reports):
    monkeypatch.setattr(module, "learn", lambda *_: iter(reports))


def test_a_procedure_is_performed_learned_run_and_removed(window, dialog, qtbot, user_paths, monkeypatch):
    teaching, procedures = dialog.teaching, window.procedures.dialog
    shown_stairs(teaching, 3, 5)
    dialog.learn.click()
    assert dialog.learn.text() == "Stop"
    seen = []
    teaching.changed.connect(lambda: seen.append(dialog.outcome.text()))
    qtbot.waitUntil(lambda: not teaching.learning, timeout=60_000)
    assert any(text.startswith("iteration ") for text in seen)
    assert "it does every demonstration again" in dialog.outcome.text()
    assert sorted(file.name for file in user_paths.procedures.iterdir()) == [
        "STAIRS.json",
        "STAIRS.recording.json",
        "STAIRS.safetensors",
    ]
    assert json.loads((user_paths.procedures / "STAIRS.json").read_text())["format"] == 1

    dialog.learn.click()
    assert not dialog.isVisible()
    procedure = procedures.procedure
    qtbot.waitUntil(lambda: not procedure.running and bool(procedure.outcome), timeout=30_000)
    assert procedure.example.task == "STAIRS"
    assert procedure.pads().cells.tolist() == [[0, 3, 0], [0, 3, 3], [0, 0, 3]]
    assert procedures.badge.text() == "taught from 2 demonstrations, not certified"
    assert "no true procedure" in procedures.status.text()
    assert procedures.picker.about.text() == "Again and again: STROKE east, STROKE south"
    procedure.timeline.go(1)
    assert procedures.path.text() == "STAIRS  ›  STROKE east"
    rows = {row.program: row for row in procedure.library.rows}
    assert rows["STAIRS"].grown
    assert rows["STAIRS"].calls == ("STROKE", "STAIRS")

    other = np.zeros((9, 9), np.uint8)
    *_, (last, ended) = _run(Example("STAIRS", 9, drawn=Pads(other, ((0, 0), (0, 0)), 5)))
    assert ended.outcome == "returned"
    assert last == (8, 8)

    monkeypatch.setattr(dialogs, "ask_to_remove_procedure", lambda *_: True)
    procedures.picker.remove.click()
    assert [file.name for file in user_paths.procedures.iterdir()] == ["STAIRS.recording.json"]
    assert procedure.example.task != "STAIRS"
    assert not procedures.picker.remove.isVisible()


def _run(example):
    at = None
    for part in run(example, lambda: True):
        if isinstance(part, Ended):
            yield at, part
        else:
            at = part[-1].pointers[0] if part else at


def test_learning_says_in_which_demonstration_and_at_which_move_it_cannot(teaching, dialog, qtbot):
    teaching.resize(9, 9)
    teaching.paint(4, 1, "eye")
    for times in (1, 3):
        teaching.record()
        for _ in range(times):
            teaching.move(EAST)
        teaching.done()
        teaching.add()
    dialog.learn.click()
    qtbot.waitUntil(lambda: not teaching.learning, timeout=30_000)
    assert "in demonstration 1 after move 0, where it goes on" in dialog.outcome.text()
    assert "in demonstration 1 after move 1, where it stops" in dialog.outcome.text()
    assert not find_taught(teaching.folder)


@pytest.mark.parametrize(
    ("why", "places", "said"),
    [
        ("other steps", ((1, 2), (2, 2)), "demonstration 3 does otherwise than 1 from move 2 on"),
        ("still wrong", ((2, 7),), "demonstration 3 is still done otherwise at move 7"),
        ("", (), "Not learned: something else"),
    ],
)
def test_refusals_number_demonstrations_as_the_list_does(
    dialog, teaching, monkeypatch, qtbot, why, places, said
):
    shown_stairs(teaching, 3, 4)
    teaching.shown.insert(1, module.Shown(teaching.here.start))  # prepared and not done
    scripted(monkeypatch, NotLearned(why, places, 1, "something else"))
    teaching.learn()
    qtbot.waitUntil(lambda: teaching.result is not None and not teaching.learning)
    assert said in learning_text(teaching)
    if places:  # shown is where it stumbled
        assert teaching.at == 2
        assert dialog.list.currentRow() == 2
        assert dialog.recorded.currentRow() == places[-1][1] - 1


def test_learning_can_be_stopped_and_leaves_nothing(teaching, dialog, qtbot):
    shown_stairs(teaching, 3, 5)
    dialog.learn.click()
    qtbot.waitUntil(lambda: teaching.progress is not None, timeout=30_000)
    assert dialog.bar.isVisible()
    dialog.learn.click()
    assert not teaching.learning
    qtbot.wait(300)
    assert teaching.result is None
    assert not find_taught(teaching.folder)
    assert teaching.recordings.names() == ["STAIRS"]


def test_an_error_of_learning_is_said(teaching, dialog, qtbot, monkeypatch):
    def fail(*_):
        yield Learning(5, 600, 3, 3)
        raise OSError("the disk is full")

    shown_stairs(teaching, 3)
    monkeypatch.setattr(module, "learn", fail)
    teaching.learn()
    qtbot.waitUntil(lambda: bool(teaching.error))
    assert "the disk is full" in dialog.outcome.text()


def test_everything_is_done_by_keys(dialog, qtbot):
    teaching, press = dialog.teaching, partial(qtbot.keyClick, dialog.pad)
    dialog.activateWindow()
    for key in (Qt.Key.Key_2, RIGHT, SPACE, DOWN, DOWN):  # a red cell under the eye; the eye two rows below
        press(key)
    press(Qt.Key.Key_4, CONTROL)
    assert teaching.here.start.cells[0, 1] == 2
    assert (teaching.here.start.pointers[0], teaching.here.start.hand) == ((2, 1), 4)
    qtbot.keyClick(dialog, Qt.Key.Key_F5)
    assert teaching.recording
    for key in (Qt.Key.Key_PageUp, SPACE, Qt.Key.Key_P, DOWN, SPACE, Qt.Key.Key_7):
        press(key)
    assert "keeps its colour" in dialog.guide.text()
    assert teaching.pads.cells[1, 2] == teaching.pads.cells[1, 0] == 4
    press(Qt.Key.Key_P)
    press(RIGHT, CONTROL)
    assert teaching.pads.cells[1, 3] == 4
    assert dialog.recorded.item(4).text() == "5.  push east"
    qtbot.keyClick(dialog, Qt.Key.Key_Z, CONTROL)
    assert (teaching.pads.cells[1, 2], len(teaching.here.groups)) == (4, 4)
    qtbot.keyClick(dialog, Qt.Key.Key_Return, CONTROL)
    assert not teaching.recording
    assert "another pad" in dialog.guide.text()


def test_clicks_draw_then_move_and_write(dialog, qtbot):
    teaching = dialog.teaching

    def click(row, column):
        qtbot.mouseClick(dialog.pad, Qt.MouseButton.LeftButton, pos=dialog.pad.cell_centre(row, column))

    click(2, 2)
    dialog.record.click()
    click(1, 1)
    click(1, 1)
    click(4, 4)  # no neighbour
    dialog.moves.directions[EAST].click()
    assert teaching.here.moves == ((0, 3, 0), (0, 8, 0), (0, EAST, 0))
    assert teaching.pads.cells[2, 2] == 1


def test_a_known_procedure_is_called_and_taken_back_whole(dialog):
    teaching, moves = dialog.teaching, dialog.moves
    dialog.record.click()
    moves.program.setCurrentText("RAY")
    moves.direction.setCurrentIndex(SOUTH)
    moves.call.click()
    assert teaching.pads.cells[:, 0].tolist() == [0, 3, 3, 3, 3]
    assert len(teaching.here.moves) == 8
    assert dialog.recorded.count() == 1
    dialog.undo.click()
    assert not teaching.here.moves
    assert not teaching.pads.cells.any()
    moves.direction.setCurrentIndex(0)
    moves.call.click()
    assert "RAY does nothing here" in dialog.guide.text()


def test_what_has_no_effect_is_not_recorded(teaching):
    teaching.record()
    for do in (lambda: teaching.push(SOUTH), lambda: teaching.move(0), teaching.write):
        before = len(teaching.here.moves)
        do()
        assert len(teaching.here.moves) == before + (teaching.pads.pointers[0][0] < 0 and not teaching.notice)
    assert "stands outside" in guide_text(teaching)
    teaching.move(0)
    assert "cannot go further" in guide_text(teaching)
    assert len(teaching.here.moves) == 1


def test_the_pad_is_sized_and_taken_from_the_example(window, dialog):
    picker, teaching = window.procedures.dialog.picker, dialog.teaching
    dialog.maker.rows.setValue(3)
    dialog.maker.columns.setValue(7)
    assert teaching.pads.cells.shape == (3, 7)
    picker.list.setCurrentRow(0)
    dialog.refresh()
    dialog.maker.refresh()
    assert not dialog.maker.take.isEnabled()  # numbers are nothing that the eye can see
    ray = next(row for row in range(picker.list.count()) if picker.list.item(row).text().startswith("Ray"))
    picker.list.setCurrentRow(ray)
    dialog.maker.refresh()
    dialog.maker.take.click()
    shown = window.procedures.dialog.procedure.recording.start
    assert (teaching.pads.cells == shown.cells).all()
    assert (teaching.pads.pointers, teaching.pads.hand) == (shown.pointers, shown.hand)
    dialog.record.click()
    assert not dialog.maker.rows.isEnabled()


def test_what_was_recorded_outlives_a_crash_and_the_command_reads_it(teaching, qtbot, user_paths):
    teaching.rename("KEPT")
    teaching.record()
    teaching.move(EAST)
    teaching.write()
    file = user_paths.procedures / "KEPT.recording.json"
    qtbot.waitUntil(file.is_file)
    name, (shown,) = read_shown(file)
    assert (name, shown.moves) == ("KEPT", ((0, EAST, 0), (0, 8, 0)))
    again = Teaching(teaching._client, user_paths.procedures)
    again.bring_back(())
    assert (again.name, again.here.moves) == ("KEPT", shown.moves)
    again.begin()
    again.bring_back(("KEPT",))  # it has been learned
    assert again.name == "PROCEDURE"


def test_closing_the_window_keeps_the_last_moves(make_window, user_paths):
    window = make_window()
    window.procedures.show()
    window.procedures.dialog.taught.teach()
    teaching = window.procedures.dialog.taught.teaching
    teaching.record()
    teaching.move(EAST)
    window.close()
    assert Recordings(user_paths.procedures).names() == ["PROCEDURE"]


def test_names_are_checked_and_the_file_follows(dialog, teaching, user_paths):
    stairs(teaching, 3)
    for name, said in (("RAY", "comes along"), ("", "1 to 24"), ("1A", "a letter first")):
        teaching.rename(name)
        assert said in dialog.problem.text()
        assert not dialog.learn.isEnabled()
    dialog.name.setFocus()
    dialog.name.setText("two steps")
    dialog.name.textEdited.emit("two steps")
    assert teaching.name == dialog.name.text() == "TWO_STEPS"
    assert teaching.recordings.names() == ["TWO_STEPS"]
    teaching.begin()
    teaching.rename("TWO_STEPS")
    assert "already" in dialog.problem.text()


def test_recordings_are_chosen_and_deleted(dialog, teaching, monkeypatch):
    stairs(teaching, 3)
    teaching.begin()
    assert dialog.which.currentText() == "New procedure"
    dialog.which.activated.emit(dialog.which.findText("PROCEDURE"))
    assert len(teaching.here.moves) == 8
    monkeypatch.setattr(dialogs, "ask_to_delete_recording", lambda *_: True)
    dialog.forget.click()
    assert not teaching.recordings.names()
    assert teaching.preparing


def test_a_spoilt_recording_is_named_and_spoils_nothing(dialog, teaching, user_paths):
    user_paths.procedures.mkdir(parents=True)
    (user_paths.procedures / "BAD.recording.json").write_text("{}")
    (user_paths.procedures / "BAD.json").write_text("[]")
    teaching.open("BAD")
    assert "BAD.recording.json: name: expected" in dialog.guide.text()
    assert find_taught(user_paths.procedures) == ()


def test_demonstrations_are_added_looked_at_and_removed(dialog, teaching):
    stairs(teaching, 3)
    dialog.add.click()
    assert dialog.list.item(1).text() == "2.  to be done"
    stairs(teaching, 4)
    dialog.list.setCurrentRow(0)
    assert teaching.pads.cells.shape == (3, 3)
    assert dialog.list.item(0).text() == "1.  3 × 3, 8 moves"
    dialog.remove.click()
    assert (len(teaching.shown), teaching.pads.cells.shape) == (1, (4, 4))


def test_learning_again_forgets_what_was_known_of_it(teaching, window, qtbot, monkeypatch):
    shown_stairs(teaching, 3)
    procedure = window.procedures.dialog.procedure
    procedure.libraries["STAIRS"] = describe("ray")
    learned = TaughtProcedure("STAIRS", teaching.folder / "STAIRS.safetensors", ("eye east",), False, 1)
    scripted(monkeypatch, Learned(learned, 300, 1.0))
    teaching.learn()
    qtbot.waitUntil(lambda: teaching.result is not None and not teaching.learning)
    assert "STAIRS" not in procedure.libraries
    teaching.move(EAST)
    assert teaching.result is not None
    teaching.undo()
    assert teaching.result is None  # what was performed is another thing now


def test_everything_that_can_be_operated_has_a_name(dialog):
    nameless = [
        widget
        for kind in (QAbstractButton, QComboBox, QLineEdit, QSpinBox, QAbstractItemView)
        for widget in dialog.findChildren(kind)
        if widget.isVisible()
        and not (widget.accessibleName() or getattr(widget, "text", str)() or widget.toolTip())
        and not widget.objectName().startswith("qt_")
    ]
    assert not nameless

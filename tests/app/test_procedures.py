"""Running learned procedures in the window, with the networks that come along."""

import copy
import json

import pytest
import torch
from PIL import Image
from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QComboBox,
    QHeaderView,
    QLineEdit,
    QSlider,
    QSpinBox,
)

from app import dialogs, procedures
from app.procedures import Ended, Example, describe, run, start_of
from app.state.call_tree import CallTree
from app.state.recording import Recording


@pytest.fixture(autouse=True)
def _threads_as_before():
    threads = torch.get_num_threads()
    torch.set_num_threads(1)
    yield
    torch.set_num_threads(threads)


def recorded(example):
    start = start_of(example)
    recording = Recording(start.pads, start.program, start.arguments)
    for part in run(example, lambda: True):
        if isinstance(part, Ended):
            assert part.outcome == "returned"
            assert len(part.thoughts) == len(recording)
        else:
            recording.add(part)
    return recording


@pytest.fixture(scope="module")
def addition():
    return recorded(Example("addition", given=("58", "7")))


def test_the_pad_after_every_step_is_the_same_forwards_and_backwards(addition):
    forwards = [addition.pad(position).cells.tolist() for position in range(len(addition) + 1)]
    backwards = [addition.pad(position).cells.tolist() for position in reversed(range(len(addition) + 1))]
    assert forwards == backwards[::-1]
    assert forwards[0][3] == [0, 0, 0]
    assert forwards[-1][3] == [0, 6, 5]
    assert addition.diverged is None


def test_a_row_is_sorted():
    recording = recorded(Example("sorting", given=("4213",)))
    assert recording.pad(len(recording)).cells.tolist() == [[1, 2, 3, 4]]


def test_stepping_goes_into_over_out_and_back(addition):
    first = addition.steps[0].made
    assert (first.kind, first.program) == ("call", "ADD1")
    inside = addition.into(0)
    assert [addition.frames[place].program for place in addition.path(inside)] == ["ADD", "ADD1"]
    after = addition.over(0)
    assert addition.out(inside) == after
    assert [addition.frames[place].program for place in addition.path(after)] == ["ADD"]
    assert addition.back(inside) == 0
    assert addition.out(after) == len(addition)
    assert addition.path(len(addition)) == ()


def test_a_cell_leads_to_the_step_that_wrote_it(addition):
    position = addition.writer(len(addition), (3, 1))
    assert addition.pad(position - 1).cells[3, 1] == 0
    assert addition.pad(position).cells[3, 1] == 6
    assert addition.writer(len(addition), (0, 1)) is None


def test_a_program_that_calls_itself_stands_beside_its_caller(addition):
    tree = CallTree(addition)
    grown = tree.grow()
    assert grown == [(-1, 1, 3)]
    tops = [tree.child(-1, row) for row in range(4)]
    assert [tree.repeats(item) for item in tops] == [False, True, True, True]
    assert [tree.parent(item) for item in range(len(addition) + 1)].count(-1) == 4
    for item in range(1, len(addition) + 1):
        assert tree.child(tree.parent(item), tree.place(item)) == item


@pytest.fixture
def dialog(make_window, qtbot):
    window = make_window()
    window.procedures.show()
    dialog = window.procedures.dialog
    qtbot.waitUntil(lambda: dialog.procedure.library is not None, timeout=20_000)
    return dialog


def run_to_end(dialog, qtbot, example):
    dialog.procedure.choose(example)
    dialog.procedure.run()
    qtbot.waitUntil(lambda: not dialog.procedure.running, timeout=20_000)


def test_a_sum_is_run_and_looked_at_step_by_step(dialog, qtbot):
    run_to_end(dialog, qtbot, Example("addition", given=("58", "7")))
    procedure = dialog.procedure
    assert procedure.pads().cells[3].tolist() == [0, 6, 5]
    assert "each as the true procedure makes it" in dialog.status.text()
    assert dialog.badge.text() == "✓ certified: 40,801 histories, 0 wrong, any length"
    dialog.controls.scrubber.setValue(2)
    assert dialog.card.title.text() == "2.  sum: write 5"
    assert dialog.pad.changed.sum() == 1
    assert dialog.tree.calls.item(dialog.tree.currentIndex()) == 2
    seen = {name.text(): what.text() for name, what in dialog.card._seen_labels}
    assert seen == {"first number": "8", "second number": "7", "carry": "0", "sum": "0"}
    assert dialog.card.programs.bars[0].name == "ACT"
    assert dialog.card.programs.bars[0].share > 0.9


def test_return_runs_the_example_and_draws_no_other(dialog, qtbot):
    seed = dialog.picker.seed.value()
    qtbot.keyClick(dialog, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: dialog.procedure.position > 0, timeout=20_000)
    assert dialog.picker.seed.value() == seed


def test_keys_step_through_the_run(dialog, qtbot):
    run_to_end(dialog, qtbot, Example("addition", given=("58", "7")))
    procedure = dialog.procedure
    dialog.activateWindow()
    qtbot.waitUntil(dialog.isActiveWindow)
    qtbot.keyClick(dialog, Qt.Key.Key_Home, Qt.KeyboardModifier.AltModifier)
    assert procedure.position == 0
    qtbot.keyClick(dialog, Qt.Key.Key_F11)
    assert procedure.position == 1
    qtbot.keyClick(dialog, Qt.Key.Key_F11, Qt.KeyboardModifier.ShiftModifier)
    assert procedure.position == procedure.recording.over(0)
    qtbot.keyClick(dialog, Qt.Key.Key_F7)
    qtbot.keyClick(dialog, Qt.Key.Key_F10)
    assert procedure.position == procedure.recording.over(0)


def test_clicking_a_cell_goes_to_the_step_that_wrote_it(dialog, qtbot):
    run_to_end(dialog, qtbot, Example("addition", given=("58", "7")))
    qtbot.mouseClick(dialog.pad, Qt.MouseButton.LeftButton, pos=dialog.pad.cell_centre(3, 2))
    assert dialog.card.title.text() == "2.  sum: write 5"


def test_what_cannot_be_added_is_said(dialog):
    dialog.picker.typed[0].setText("12a")
    dialog.picker.typed[1].setText("3")
    dialog.picker.typed[1].textEdited.emit("3")
    assert "'12a', expected 1 to 2000 digits" in dialog.picker.problem.text()


def test_a_long_run_can_be_stopped_and_kept(dialog, qtbot):
    procedure = dialog.procedure
    procedure.choose(Example("sorting", 60))
    procedure.run()
    qtbot.waitUntil(lambda: len(procedure.recording) > 100, timeout=20_000)
    procedure.cancel()
    kept = len(procedure.recording)
    assert "cancelled" in dialog.status.text()
    qtbot.wait(150)
    assert len(procedure.recording) == kept
    procedure.timeline.go(50)
    assert dialog.card.title.text().startswith("50.")


def test_the_memory_says_who_calls_whom():
    library = describe("addition")
    callers = {row.program: row.callers for row in library.rows}
    assert callers["CARRY"] == ("ADD1",)
    assert callers["ADD"] == ("ADD",)
    assert not any(row.grown for row in library.rows)


def test_the_first_wrong_step_is_marked(dialog, qtbot, monkeypatch):
    core, about = procedures._load("addition")
    confused = copy.deepcopy(core)
    carry, shift = (core.config.programs.index(name) for name in ("CARRY", "LSHIFT"))
    with torch.no_grad():
        confused.keys[[carry, shift]] = core.keys[[shift, carry]]
    monkeypatch.setattr(procedures, "_load", lambda _environment: (confused, about))
    monkeypatch.setattr(procedures, "MOST_STEPS", 400)
    run_to_end(dialog, qtbot, Example("addition", given=("12", "4")))
    assert dialog.diverged.isVisible()
    dialog.diverged.click()
    wrong = dialog.procedure.recording.steps[dialog.procedure.position - 1]
    assert (wrong.made.program, wrong.true.program) == ("CARRY", "LSHIFT")
    assert dialog.card.true.text() == "The true procedure does here: LSHIFT"
    index = dialog.tree.currentIndex()
    assert index.data().startswith("✗")
    assert index.data(Qt.ItemDataRole.DecorationRole).name() == dialog._view.theme.bad
    assert "not the true procedure's from step 4 on" in dialog.status.text()
    assert index.data(Qt.ItemDataRole.ForegroundRole).name() == dialog._view.theme.bad


def test_a_run_is_exported_as_animation_picture_and_call_tree(dialog, qtbot, tmp_path, monkeypatch):
    run_to_end(dialog, qtbot, Example("addition", given=("58", "7")))
    for key in ("gif", "png", "json"):
        path = tmp_path / f"run.{key}"
        monkeypatch.setattr(dialogs, "ask_save", lambda *_, path=path: path)
        assert dialog.export_as(key)
        qtbot.waitUntil(path.exists, timeout=20_000)
        qtbot.waitUntil(lambda: not dialog.procedure._exporting)
    with Image.open(tmp_path / "run.gif") as gif:
        assert gif.n_frames > 10
    with Image.open(tmp_path / "run.png") as png:
        assert png.width >= 320
    tree = json.loads((tmp_path / "run.json").read_text())
    assert tree["end"]["cells"][3] == [0, 6, 5]
    assert [call["program"] for call in tree["calls"]][:3] == ["ADD", "ADD1", "CARRY"]
    assert tree["calls"][2]["in"] == 1
    assert len(tree["steps"]) == len(dialog.procedure.recording)


def test_a_file_is_finished_although_another_run_is_asked_for(dialog, qtbot, tmp_path, monkeypatch):
    run_to_end(dialog, qtbot, Example("addition", given=("58", "7")))
    path = tmp_path / "run.gif"
    monkeypatch.setattr(dialogs, "ask_save", lambda *_: path)
    dialog.export_as("gif")
    dialog.procedure.choose(Example("addition", given=("1", "2")))
    dialog.procedure.run()
    qtbot.waitUntil(lambda: path.exists() and not dialog.procedure.running, timeout=20_000)
    assert dialog.procedure.pads().cells[3].tolist() == [0, 3]


def test_a_pad_is_drawn_by_hand(dialog, qtbot):
    dialog.procedure.choose(Example("fill", 4))
    dialog.draw.switch.click()
    for row in range(4):
        for column in range(4):
            qtbot.keyClick(dialog, Qt.Key.Key_3 if row == 1 else Qt.Key.Key_0)
            qtbot.mouseClick(dialog.pad, Qt.MouseButton.LeftButton, pos=dialog.pad.cell_centre(row, column))
    dialog.draw.brush.setCurrentIndex(dialog.draw.brush.findData("eye"))
    qtbot.mouseClick(dialog.pad, Qt.MouseButton.LeftButton, pos=dialog.pad.cell_centre(3, 3))
    dialog.draw.hand.setCurrentIndex(dialog.draw.hand.findData(5))
    dialog.draw.hand.activated.emit(dialog.draw.hand.currentIndex())
    dialog.procedure.run()
    qtbot.waitUntil(lambda: not dialog.procedure.running, timeout=20_000)
    assert dialog.procedure.pads().cells.tolist() == [[0] * 4, [3] * 4, [5] * 4, [5] * 4]


def test_the_sum_is_not_the_persons_to_write(dialog, qtbot):
    dialog.procedure.choose(Example("addition", given=("58", "7")))
    dialog.draw.switch.click()
    dialog.draw.choose(9)
    for cell in ((3, 1), (0, 0), (1, 1)):
        qtbot.mouseClick(dialog.pad, Qt.MouseButton.LeftButton, pos=dialog.pad.cell_centre(*cell))
    assert dialog.procedure.recording.start.cells.tolist() == [[0, 5, 8], [0, 9, 7], [0] * 3, [0] * 3]


def test_everything_that_can_be_operated_has_a_name(dialog):
    nameless = [
        widget
        for kind in (QAbstractButton, QComboBox, QLineEdit, QSlider, QSpinBox, QAbstractItemView)
        for widget in dialog.findChildren(kind)
        if widget.isVisible()
        and not (widget.accessibleName() or getattr(widget, "text", str)() or widget.toolTip())
        and not widget.objectName().startswith("qt_")
        and not isinstance(widget, QHeaderView)
    ]
    assert not nameless


def test_the_memory_table_shows_every_program(dialog):
    dialog.procedure.choose(Example("addition", given=("58", "7")))
    model = dialog.memory.model
    shown = {model.index(row, 1).data(): model.index(row, 2).data() for row in range(model.rowCount())}
    assert shown == {
        "ACT": "ADD1, CARRY, LSHIFT",
        "ADD": "ADD",
        "ADD1": "ADD",
        "CARRY": "ADD1",
        "LSHIFT": "ADD",
    }

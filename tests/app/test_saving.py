"""Saving and exporting: nothing that was not asked for is written over."""

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QMessageBox

from app import dialogs
from app.state.draft import Place, with_grid
from puzzles.grid import as_grid
from puzzles.puzzle import load_puzzle, save_puzzle

PLACE = Place("train", 0, "input")


@pytest.fixture
def opened(window, puzzle, tmp_path):
    """A window with a file in which something was drawn."""
    path = tmp_path / "task.json"
    save_puzzle(puzzle, path)
    assert window.open_path(path)
    window.bench.document.edit("draw", lambda draft: with_grid(draft, PLACE, as_grid([[7]])))
    return window


@pytest.fixture
def asked(monkeypatch):
    """What was asked about files changed by others; the first entry is the answer."""
    asked = ["cancel"]
    monkeypatch.setattr(
        dialogs, "ask_about_foreign_change", lambda _parent, file: asked.append(file) or asked[0]
    )
    return asked


def change(path, text='{"train": [{"input": [[1]], "output": [[2]]}], "test": [{"input": [[3]]}]}'):
    path.write_text(text)
    return text


def drawn(path):
    return load_puzzle(path).train[0].input.tolist()


def test_saving_twice_asks_nothing(opened, asked):
    path = opened.bench.document.path
    assert opened.desk.save()
    opened.bench.document.edit("draw", lambda draft: with_grid(draft, PLACE, as_grid([[8]])))
    path.touch()
    assert opened.desk.save()
    assert drawn(path) == [[8]]
    assert asked == ["cancel"]


def test_a_file_changed_by_another_program_is_not_written_over_unasked(opened, asked):
    path = opened.bench.document.path
    text = change(path)
    assert not opened.desk.save()
    assert asked[1:] == ["task.json"]
    assert path.read_text() == text
    assert opened.bench.document.unsaved
    asked[0] = "overwrite"
    assert opened.desk.save()
    assert drawn(path) == [[7]]
    assert opened.desk.save()
    assert len(asked) == 3


def test_a_change_of_the_same_size_and_time_is_noticed(opened, asked):
    import os

    path = opened.bench.document.path
    before = path.stat()
    text = path.read_text()
    change(path, text.replace("9", "6"))
    os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))
    assert path.stat().st_size == before.st_size
    assert not opened.desk.save()
    assert asked[1:] == ["task.json"]


def test_both_can_be_kept(opened, asked, tmp_path, monkeypatch):
    path, other = opened.bench.document.path, tmp_path / "other.json"
    text = change(path)
    asked[0] = "save as"
    monkeypatch.setattr(dialogs, "ask_save", lambda *_: other)
    assert opened.desk.save()
    assert path.read_text() == text
    assert drawn(other) == [[7]]
    assert opened.bench.document.path == other


def test_the_other_program_s_can_be_taken(opened, asked):
    path = opened.bench.document.path
    change(path)
    asked[0] = "reload"
    assert not opened.desk.save()
    assert opened.bench.document.puzzle.train[0].input.tolist() == [[1]]
    assert not opened.bench.document.unsaved
    assert opened.desk.save()


def test_recovered_work_knows_what_its_file_held(opened, make_window, asked, monkeypatch):
    path = opened.bench.document.path
    opened.recovery.write()
    change(path)
    monkeypatch.setattr(dialogs, "ask_to_recover", lambda *_: True)
    second = make_window()
    second.offer_recovery()
    assert not second.desk.save()
    assert asked[1:] == ["task.json"]


@pytest.mark.parametrize("answer", ["overwrite", "save as", "reload", "cancel"])
def test_the_question_has_four_answers(window, answer):
    labels = {"overwrite": "Overwrite", "save as": "Save as…", "reload": "Reload", "cancel": "Cancel"}

    def press():
        box = QApplication.activeModalWidget()
        assert isinstance(box, QMessageBox)
        next(b for b in box.buttons() if b.text().replace("&", "") == labels[answer]).click()

    QTimer.singleShot(0, press)
    assert dialogs.ask_about_foreign_change(window, "task.json") == answer

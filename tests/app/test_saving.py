"""Saving and exporting: nothing that was not asked for is written over."""

import os
from dataclasses import replace
from functools import partial

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QFileDialog, QMessageBox

from app import dialogs
from app.export.formats import FORMATS
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


@pytest.fixture
def replacing(monkeypatch):
    """What was asked about files that exist; the first entry is the answer."""
    asked = [False]
    monkeypatch.setattr(dialogs, "ask_to_replace", lambda _parent, file: asked.append(file) or asked[0])
    return asked


def type_names(monkeypatch, *names):
    """Let a person type one name after another into the file dialog, and give up after the last."""
    typed = [*map(str, names), ""]
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_, **__: (typed.pop(0), ""))
    return typed


@pytest.mark.parametrize(
    ("typed", "ending", "written"),
    [
        ("foo", ".json", "foo.json"),
        ("foo", ".program.json", "foo.program.json"),
        ("foo.", ".png", "foo.png"),
        (".foo", ".gif", ".foo.gif"),
        ("foo.txt", ".json", "foo.txt"),
    ],
)
def test_a_missing_suffix_is_added_before_the_file_is_looked_for(
    window, tmp_path, monkeypatch, replacing, typed, ending, written
):
    type_names(monkeypatch, tmp_path / typed)
    ask = partial(dialogs.ask_save, window, "Save", tmp_path / "x", "All (*)", ending)
    assert ask() == tmp_path / written
    assert replacing == [False]
    (tmp_path / written).write_text("there")
    typed_names = type_names(monkeypatch, tmp_path / typed, tmp_path / typed)
    assert ask() is None
    assert replacing == [False, written, written]
    assert not typed_names
    replacing[0] = True
    type_names(monkeypatch, tmp_path / typed)
    assert ask() == tmp_path / written


def test_every_way_of_saving_asks_before_it_replaces(window, puzzle, qtbot, tmp_path, monkeypatch, replacing):
    window.bench.open(puzzle)
    with qtbot.waitSignal(window.client.finished):
        window.solve_panel.press()
    window.solve_collection()
    monkeypatch.setattr(dialogs, "preview_lines", lambda *_: True)
    batch = window.collection_dialog._batch
    ways = {form.ending: partial(window.desk.export, key) for key, form in FORMATS.items()}
    ways |= {".json": window.desk.save_as, "/": partial(window.desk.export_submission, batch)}
    for number, (ending, save) in enumerate(ways.items()):
        file = tmp_path / f"mine{number}{ending.replace('/', '.json')}"
        file.write_text("there")
        type_names(monkeypatch, tmp_path / f"mine{number}")
        save()
        assert replacing[-1] == file.name
        assert file.read_text() == "there"


def test_weights_beside_an_export_are_not_replaced_unasked(
    window, puzzle, qtbot, tmp_path, monkeypatch, replacing
):
    window.bench.open(puzzle)
    with qtbot.waitSignal(window.client.finished):
        window.solve_panel.press()
    form = replace(FORMATS["png"], beside=lambda _export: {".safetensors": b"weights"})
    monkeypatch.setitem(FORMATS, "png", form)
    target, beside = tmp_path / "out.png", tmp_path / "out.safetensors"
    monkeypatch.setattr(dialogs, "ask_save", lambda *_: target)
    beside.write_bytes(b"others")
    assert not window.desk.export("png")
    assert replacing[1:] == ["out.safetensors"]
    assert beside.read_bytes() == b"others"
    assert not target.exists()
    replacing[0] = True
    assert window.desk.export("png")
    assert beside.read_bytes() == b"weights"
    assert window.desk.export("png")
    assert len(replacing) == 3  # the same content is no loss

"""What belongs to the person: the puzzles they saved, as a collection, and notes beside what is reported."""

import json

import numpy as np
import pytest

from app import dialogs
from app.settings import Settings
from app.state.notes import LONGEST, REPORTED, NoteStore
from app.state.shelf import Shelf
from puzzles.collections import MINE, collection, open_reference
from puzzles.grid import as_grid
from puzzles.puzzle import save_puzzle
from tests.app.test_browser import listed


@pytest.fixture
def save_as(monkeypatch):
    def save(window, path):
        monkeypatch.setattr(dialogs, "ask_save", lambda *_: path)
        assert window.desk.save_as()

    return save


def test_what_one_saves_is_a_collection_at_the_next_start_too(make_window, save_as, puzzle, tmp_path):
    window = make_window()
    assert MINE not in window.shelf.titles
    window.bench.open(puzzle)
    save_as(window, tmp_path / "second.json")
    save_as(window, tmp_path / "first.json")
    window.browser.show_collection(MINE)
    assert listed(window) == ["first", "second"]
    window.close()
    again = make_window()
    again.browser.show_collection(MINE)
    assert listed(again) == ["first", "second"]
    again.browser.step(0)
    assert again.bench.document.path == tmp_path / "first.json"
    assert again.bench.document.puzzle.train == puzzle.train


def test_the_list_follows_what_is_saved_and_what_goes(make_window, save_as, puzzle, tmp_path):
    window = make_window()
    window.bench.open(puzzle)
    save_as(window, tmp_path / "a.json")
    window.browser.show_collection(MINE)
    save_as(window, tmp_path / "b.json")
    assert listed(window) == ["a", "b"]
    (tmp_path / "a.json").unlink()
    save_as(window, tmp_path / "b.json")
    assert listed(window) == ["b"]
    (tmp_path / "b.json").unlink()
    assert MINE not in window.shelf.titles


def test_two_files_of_one_name_are_told_apart_and_a_broken_one_spoils_nothing(user_paths, puzzle, tmp_path):
    shelf = Shelf(Settings(user_paths))
    for folder in ("east", "west"):
        (tmp_path / folder).mkdir()
        save_puzzle(puzzle, tmp_path / folder / "p.json")
        shelf.note_saved(tmp_path / folder / "p.json")
    (tmp_path / "west" / "p.json").write_text("{}")
    mine = shelf.get(MINE)
    assert mine.ids == ("east/p", "west/p")
    assert [name for name, _ in mine.puzzles()] == ["east/p"]
    assert shelf.path_of(MINE, "east/p") == tmp_path / "east" / "p.json"


def test_a_note_is_kept_with_its_puzzle(make_window, puzzle, monkeypatch):
    window = make_window()
    window.bench.open(puzzle)
    assert window.board.note.isHidden()
    monkeypatch.setattr(dialogs, "ask_note", lambda *_: "two mirrors & a <b>trap</b>\nmore")
    window.write_note()
    assert window.board.note.isVisible()
    assert "two mirrors && a <b>trap</b>…" in window.board.note.text()
    window.browser.step(0)
    assert window.board.note.isHidden()
    window.bench.open(puzzle)
    assert window.bench.notes.own == "two mirrors & a <b>trap</b>\nmore"
    monkeypatch.setattr(dialogs, "ask_note", lambda *_: None)
    window.board.note.click()
    assert window.bench.notes.own
    monkeypatch.setattr(dialogs, "ask_note", lambda *_: " ")
    window.board.note.click()
    window.bench.open(puzzle)
    assert window.board.note.isHidden()


def test_a_note_goes_with_an_edit_that_is_saved(drawing, save_as, tmp_path, make_window):
    drawing.bench.notes.write("mine")
    drawing.bench.editor.activate(drawing.board.rows[0].input.place)
    drawing.bench.editor.put("draw", as_grid([[7]]))
    assert drawing.bench.notes.own == "mine"
    save_as(drawing, tmp_path / "a.json")
    other = make_window()
    other.open_path(tmp_path / "a.json")
    assert other.bench.notes.own == "mine"


def test_a_spoilt_note_is_none(tmp_path, puzzle):
    store = NoteStore(tmp_path)
    store.keep(puzzle, "x" * (LONGEST + 5))
    (file,) = tmp_path.iterdir()
    assert len(store.find(puzzle)) == LONGEST
    for spoilt in ("", "[]", '{"note": 3}', "[" * 9999, '{"other": 1}'):
        file.write_text(spoilt)
        assert store.find(puzzle) == ""
    store.keep(puzzle, "")
    assert not list(tmp_path.iterdir())


def test_a_report_is_shown_with_its_puzzle_alone(window):
    for name, shown in (("e5062a87", True), ("67a3c6ac", False)):
        window.browser.open_id("arc1-train", name)
        assert window.board.report.isVisible() == shown
        assert ("demonstration 2" in window.board.report.text()) == shown


def test_reports_are_about_puzzles_there_are():
    assert all(puzzle_id in collection(source) for source, puzzle_id in REPORTED)


def test_the_place_reported_is_where_the_shape_fits_and_is_not_drawn():
    pair = collection("arc1-train")["e5062a87"].train[1]
    shape = np.argwhere(pair.input == 2)
    place = shape - shape[0] + (1, 3)
    assert place.tolist() == [[1, column] for column in range(3, 7)]
    rows, columns = place.T
    assert (pair.input[rows, columns] == 0).all()
    assert (pair.output[rows, columns] == 0).all()


def test_notes_are_readable_files(tmp_path, puzzle):
    NoteStore(tmp_path).keep(puzzle, "schön")
    (file,) = tmp_path.iterdir()
    assert json.loads(file.read_text("utf-8")) == {"format": 1, "puzzle": "flipped", "note": "schön"}


def test_a_saved_puzzle_is_opened_by_name_with_its_file(make_window, save_as, puzzle, tmp_path):
    window = make_window()
    window.bench.open(puzzle)
    save_as(window, tmp_path / "first.json")
    window.browser.step(0)
    assert window.open_named("mine/first")
    assert window.bench.document.path == tmp_path / "first.json"
    assert open_reference("mine/first").train == puzzle.train


def test_a_list_kept_by_an_earlier_version_is_taken_over(user_paths, puzzle, tmp_path):
    save_puzzle(puzzle, tmp_path / "p.json")
    settings = Settings(user_paths)
    settings.set("files/saved", json.dumps([str(tmp_path / "p.json")]))
    assert Shelf(settings).get(MINE).ids == ("p",)

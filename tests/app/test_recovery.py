"""Unsaved work: written aside in time, and safe from other windows."""

import pytest

from app.state import recovery
from app.state.document import Document
from app.state.draft import Draft, Place, new_puzzle, with_grid
from app.state.recovery import Recovery, draft_from_json, draft_to_json
from puzzles.grid import as_grid

PLACE = Place("train", 0, "input")


def draw(document, value):
    document.edit("draw", lambda draft: with_grid(draft, PLACE, as_grid([[value]])))


@pytest.fixture
def document(qapp):
    document = Document()
    document.open(new_puzzle())
    return document


def test_another_window_that_has_nothing_to_save_leaves_it_alone(document, tmp_path):
    file = tmp_path / "recovery.json"
    mine = Recovery(document, file)
    draw(document, 3)
    mine.write()
    before = file.read_text()
    other_document = Document()
    other = Recovery(other_document, file)
    other_document.open(new_puzzle())
    other.write()
    other.forget()
    assert file.read_text() == before
    mine.forget()
    assert not file.exists()


def test_what_another_process_left_is_put_aside_before_it_would_be_written_over(document, tmp_path):
    file = tmp_path / "recovery.json"
    keeper = Recovery(document, file)
    theirs = draft_to_json(Draft.of(new_puzzle()), None)
    file.write_text(theirs)
    draw(document, 4)
    keeper.write()
    assert file.read_text() != theirs
    assert (tmp_path / "recovery.aside-1.json").read_text() == theirs


def test_work_that_cannot_be_read_is_kept(document, tmp_path):
    file = tmp_path / "recovery.json"
    file.write_text('{"name": "half')
    keeper = Recovery(document, file)
    assert keeper.found() is None
    draw(document, 5)
    keeper.write()
    assert (tmp_path / "recovery.aside-1.json").read_text() == '{"name": "half'


def test_work_that_was_offered_and_declined_is_removed(document, tmp_path):
    file = tmp_path / "recovery.json"
    file.write_text(draft_to_json(Draft.of(new_puzzle()), None))
    keeper = Recovery(document, file)
    assert keeper.found() is not None
    keeper.forget()
    assert not file.exists()


def test_steady_drawing_is_written_aside_too(qapp, tmp_path, qtbot, monkeypatch):
    monkeypatch.setattr(recovery, "DELAY_MS", 60_000)
    monkeypatch.setattr(recovery, "LATEST_MS", 500)
    document, file = Document(), tmp_path / "recovery.json"
    document.open(new_puzzle())
    _keeper = Recovery(document, file)
    for value in range(20):
        draw(document, value % 9 + 1)
        qtbot.wait(50)
    qtbot.waitUntil(file.is_file)
    found = draft_from_json(file.read_text(), file.name)[0]
    assert found.puzzle.train[0].input.tolist() != new_puzzle().train[0].input.tolist()

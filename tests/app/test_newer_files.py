"""Files of a newer Glossa: not a byte of them is touched, and this one goes on without."""

import json

import pytest

from app import cli, settings
from app.settings import Settings
from app.state import answers, batch, findings, notes, recovery
from app.state.answers import AnswerStore
from app.state.document import Document
from app.state.draft import Draft, Place, new_puzzle, with_grid
from app.state.findings import Findings, FindingStore
from app.state.notes import NoteStore
from app.state.recovery import Recovery, draft_to_json
from puzzles.collections import collection
from puzzles.grid import as_grid
from puzzles.versions import holds_newer, is_newer, own_place
from solver.search import memory as memory_module
from solver.search.memory import Memory
from solver.words.program import Program

PLACE = Place("train", 0, "input")


def newer(known, **content):
    return json.dumps({"format": known + 1, **content, "what nobody knows yet": [1]})


def snapshot(folder):
    """Return every file with its content and the moment it was written."""
    return {
        file: (file.read_bytes(), file.stat().st_mtime_ns) for file in folder.rglob("*") if file.is_file()
    }


@pytest.mark.parametrize(
    ("document", "expected"),
    [
        ({"format": 2}, True),
        ({"format": 1}, False),
        ({"format": 0}, False),
        ({}, False),
        ({"format": True}, False),
        ({"format": "2"}, False),
        ([2], False),
        (None, False),
    ],
)
def test_a_newer_format_is_a_larger_whole_number(document, expected):
    assert is_newer(document, 1) is expected


def test_a_file_that_cannot_be_read_is_no_newer_one(tmp_path):
    file = tmp_path / "a.json"
    assert own_place(file, 1) == file
    for text in ("{", "[" * 100_000, "\udc80"):
        file.write_text(text, errors="surrogateescape")
        assert not holds_newer(file, 1)
    file.write_text('{"format": 2}')
    assert own_place(file, 1) == tmp_path / "a.format-1.json"


def test_findings(user_paths, puzzle):
    store = FindingStore(user_paths.findings)
    file = store.file_of(puzzle)
    file.parent.mkdir(parents=True)
    file.write_text(newer(findings.FORMAT, found=[]))
    before = snapshot(user_paths.findings)
    assert store.find(puzzle) is None
    store.keep(puzzle, Findings((), -1, "weights"))
    assert snapshot(user_paths.findings) == before


def test_settings(user_paths, caplog):
    user_paths.config.mkdir(parents=True)
    user_paths.settings_file.write_text(newer(settings.FORMAT, **{"view/theme": "dark"}))
    before = snapshot(user_paths.config)
    old = Settings(user_paths)
    assert old.text("view/theme", "system") == "system"
    old.set("view/theme", "light")
    old.forget("view/theme")
    assert snapshot(user_paths.config) == before
    assert "of a newer Glossa" in caplog.text


def test_settings_name_their_format_and_earlier_ones_need_not(user_paths):
    user_paths.config.mkdir(parents=True)
    user_paths.settings_file.write_text('{"view/theme": "dark"}')
    found = Settings(user_paths)
    assert found.text("view/theme", "") == "dark"
    found.set("view/rulers", True)
    assert json.loads(user_paths.settings_file.read_text()) == {
        "format": settings.FORMAT,
        "view/rulers": "yes",
        "view/theme": "dark",
    }
    assert Settings(user_paths).text("view/theme", "") == "dark"


@pytest.fixture
def document(qapp):
    document = Document()
    document.open(new_puzzle())
    return document


def test_unsaved_work(document, tmp_path):
    file = tmp_path / "recovery.json"
    content = json.loads(draft_to_json(Draft.of(new_puzzle()), None))
    del content["format"]
    file.write_text(newer(recovery.FORMAT, **content))
    before = snapshot(tmp_path)
    keeper = Recovery(document, file)
    assert keeper.found() is None
    document.edit("draw", lambda draft: with_grid(draft, PLACE, as_grid([[7]])))
    keeper.write()
    assert {path: known for path, known in snapshot(tmp_path).items() if path == file} == before
    found = Recovery(document, file).found()
    assert found is not None
    assert found.draft.puzzle.train[0].input.tolist() == [[7]]
    keeper.forget()
    assert snapshot(tmp_path) == before


def test_unsaved_work_names_its_format_and_earlier_work_need_not(tmp_path):
    text = draft_to_json(Draft.of(new_puzzle()), None)
    content = json.loads(text)
    assert content.pop("format") == recovery.FORMAT
    assert recovery.draft_from_json(json.dumps(content), "recovery.json").draft == Draft.of(new_puzzle())


def test_results_of_a_collection(window, user_paths, qtbot):
    user_paths.results.mkdir(parents=True)
    originals = collection("originals")
    file = user_paths.results / f"{originals.name}.json"
    file.write_text(newer(batch.FORMAT, results={}))
    before = snapshot(user_paths.results)
    run = batch.Batch(window.client, user_paths.results)
    with qtbot.waitSignal(run.spoilt) as told:
        run.show(originals)
    assert f"{originals.name}.format-{batch.FORMAT}.json" in told.args[0]
    run.forget()
    after = snapshot(user_paths.results)
    assert after.pop(user_paths.results / f"{originals.name}.format-{batch.FORMAT}.json")
    assert after == before


def test_a_file_of_results_on_the_command_line(tmp_path, capsys):
    file = tmp_path / "done.json"
    file.write_text(newer(batch.FORMAT, results={}))
    before = snapshot(tmp_path)
    assert cli.main(["submission", "originals", str(tmp_path / "out.json"), "--results", str(file)]) == 2
    assert f"done.json: format is {batch.FORMAT + 1}" in capsys.readouterr().err
    assert snapshot(tmp_path) == before


def test_remembered_programs(tmp_path, puzzle):
    memory = Memory("weights", tmp_path)
    program, key = Program.of(["w1"], "weights"), memory_module.np.zeros(4, "float32")
    entry = memory.remember(program, puzzle, key)
    file = next(tmp_path.rglob("*.json"))
    content = json.loads(file.read_text())
    del content["format"]
    file.write_text(newer(memory_module._FORMAT, **content))
    before = snapshot(tmp_path)
    assert memory.entries() == []
    assert memory.remember(program, puzzle, key).id == entry.id
    assert snapshot(tmp_path) == before


def test_answers(tmp_path, puzzle):
    store = AnswerStore(tmp_path)
    store.keep(puzzle, (as_grid([[1]]),))
    file = next(tmp_path.iterdir())
    file.write_text(newer(answers.FORMAT, answers=[[[1]]]))
    before = snapshot(tmp_path)
    assert store.find(puzzle) == (None,)
    store.keep(puzzle, (as_grid([[2]]),))
    store.keep(puzzle, (None,))
    assert snapshot(tmp_path) == before


def test_notes(tmp_path, puzzle):
    store = NoteStore(tmp_path)
    store.keep(puzzle, "mirror")
    file = next(tmp_path.iterdir())
    content = json.loads(file.read_text())
    assert content.pop("format") == notes.FORMAT
    file.write_text(json.dumps(content))
    assert store.find(puzzle) == "mirror"  # of an earlier version
    file.write_text(newer(notes.FORMAT, **content))
    before = snapshot(tmp_path)
    assert store.find(puzzle) == ""
    store.keep(puzzle, "turn")
    store.keep(puzzle, "")
    assert snapshot(tmp_path) == before

"""The puzzles a person saved are found by name, in the window and on the command line alike."""

import json

import pytest

from puzzles.collections import MINE, names_puzzle, open_collection, open_puzzle, open_reference
from puzzles.grid import PuzzleError
from puzzles.saved import read_saved, saved_list, write_saved

PAIR = {"input": [[1, 0]], "output": [[0, 1]]}
TASK = json.dumps({"train": [PAIR], "test": [PAIR]})


@pytest.fixture
def saved(tmp_path, monkeypatch):
    monkeypatch.setattr("appdirs.user_data_dir", lambda *_, **__: str(tmp_path / "data"))
    monkeypatch.chdir(tmp_path)
    for name in ("one", "two"):
        (tmp_path / f"{name}.json").write_text(TASK)
    write_saved(saved_list(), [tmp_path / f"{name}.json" for name in ("two", "one", "gone")])
    return tmp_path


def test_saved_puzzles_are_opened_by_name(saved):
    assert names_puzzle("mine/one")
    assert open_puzzle("mine/one").name == "one"
    assert open_reference(MINE).ids == ("one", "two")
    assert open_collection(MINE).paths["two"] == saved / "two.json"
    with pytest.raises(PuzzleError, match=r"^mine: no puzzle 'gone', expected an id such as 'one'$"):
        open_puzzle("mine/gone")


def test_a_folder_of_that_name_comes_first(saved):
    (saved / "mine").mkdir()
    (saved / "mine" / "other.json").write_text(TASK)
    assert not names_puzzle("mine/other.json")
    assert open_reference("mine").ids == ("other",)
    assert open_puzzle("mine/other").name == "other"


def test_without_a_list_there_are_none(saved):
    saved_list().unlink()
    for reference in (MINE, "mine/one"):
        with pytest.raises(PuzzleError, match="mine: nothing is there, expected puzzles saved in the window"):
            open_reference(reference)
    for spoilt in ("", "{", "{}", "[" * 99_999, "[3]"):
        saved_list().write_text(spoilt)
        assert not read_saved(saved_list())
    saved_list().write_text("spoilt")
    write_saved(saved_list(), [saved / "one.json"])
    assert open_reference(MINE).ids == ("one",)
    assert saved_list().with_name("saved.aside-1.json").read_text() == "spoilt"

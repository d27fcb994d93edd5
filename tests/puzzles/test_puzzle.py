import json
import os

import pytest
from hypothesis import given

from puzzles.grid import PuzzleError
from puzzles.puzzle import Pair, Puzzle, load_puzzle, puzzle_from_json, puzzle_to_json, save_puzzle
from tests.puzzles.strategies import puzzles

TASK = {"train": [{"input": [[1]], "output": [[2]]}], "test": [{"input": [[3, 4]]}]}


@given(puzzles(8))
def test_round_trip_keeps_every_grid(puzzle):
    assert puzzle_from_json(puzzle_to_json(puzzle), "task.json", puzzle.name) == puzzle


def test_the_text_is_a_task_with_one_line_for_each_row():
    puzzle = puzzle_from_json(json.dumps(TASK), "task.json")
    text = puzzle_to_json(puzzle)
    assert json.loads(text) == TASK
    assert "    [3, 4]\n" in text


def test_name_comes_from_the_file_unless_given():
    text = json.dumps(TASK)
    assert puzzle_from_json(text, "my/00d62c1b.json").name == "00d62c1b"
    assert puzzle_from_json(text, "00d62c1b.json", name="mine").name == "mine"


def test_a_null_output_is_an_unknown_answer():
    text = json.dumps({**TASK, "test": [{"input": [[3]], "output": None}]})
    assert puzzle_from_json(text, "task.json").test[0].output is None


def test_equality_and_hash_are_by_content():
    first, second = (puzzle_from_json(json.dumps(TASK), "task.json") for _ in range(2))
    assert first == second
    assert hash(first) == hash(second)
    answered = Puzzle("task", first.train, (Pair(first.test[0].input, first.train[0].output),))
    assert first != answered
    assert Pair([[1, 1]], [[2]]) != Pair([[1], [1]], [[2]])
    assert Pair([[1]], [[2]]) != Pair([[1]], [[3]])
    assert first != Puzzle("other", first.train, first.test)
    assert first == Puzzle("task", first.train, first.test, source="elsewhere")


def test_a_puzzle_needs_demonstrations_with_outputs_and_a_test():
    pair = Pair([[1]], [[2]])
    with pytest.raises(PuzzleError, match=r"^train has no pairs, expected at least 1$"):
        Puzzle("p", (), (pair,))
    with pytest.raises(PuzzleError, match=r"^test has no pairs, expected at least 1$"):
        Puzzle("p", (pair,), ())
    with pytest.raises(PuzzleError, match=r"^train\[1\]\.output is missing, expected a grid$"):
        Puzzle("p", (pair, Pair([[1]])), (pair,))


@given(puzzles())
def test_saved_puzzles_load_again(tmp_path_factory, puzzle):
    path = tmp_path_factory.mktemp("saved") / "task.json"
    save_puzzle(puzzle, path)
    loaded = load_puzzle(path)
    assert (loaded.train, loaded.test) == (puzzle.train, puzzle.test)
    assert (loaded.name, loaded.source) == ("task", str(path))
    assert os.listdir(path.parent) == ["task.json"]


def test_a_failed_save_leaves_the_old_file_and_nothing_else(tmp_path, monkeypatch):
    path = tmp_path / "task.json"
    path.write_text("old")

    def refuse(*_):
        raise OSError("disk full")

    monkeypatch.setattr(os, "replace", refuse)
    with pytest.raises(OSError, match="disk full"):
        save_puzzle(puzzle_from_json(json.dumps(TASK), "task.json"), path)
    assert os.listdir(tmp_path) == ["task.json"]
    assert path.read_text() == "old"


def test_a_byte_order_mark_is_read_over(tmp_path):
    path = tmp_path / "task.json"
    path.write_text(json.dumps(TASK), encoding="utf-8-sig")
    assert load_puzzle(path).name == "task"

import json
import subprocess
import sys

import pytest

from puzzles import collections
from puzzles.collections import (
    COLLECTIONS,
    Collection,
    Refused,
    collection,
    collections_with,
    folder,
    names_puzzle,
    open_puzzle,
    open_reference,
)
from puzzles.grid import PuzzleError
from puzzles.puzzle import Puzzle, puzzle_from_json, puzzle_to_json, save_puzzle

PAIR = {"input": [[1, 2]], "output": [[3]]}
CHALLENGES = {
    "b1": {"train": [PAIR], "test": [{"input": [[1]]}, {"input": [[2]]}]},
    "a2": {"train": [PAIR, PAIR], "test": [{"input": [[4]]}]},
}
SOLUTIONS = {"b1": [[[7]], [[8, 8]]], "a2": [[[9]]]}


@pytest.mark.parametrize(
    ("name", "size"), [("arc1-train", 400), ("arc1-eval", 400), ("arc2-train", 1000), ("arc2-eval", 120)]
)
def test_the_public_collections_are_complete_and_answered(name, size):
    puzzles = collection(name)
    assert len(puzzles) == len(puzzles.ids) == size
    assert list(puzzles.ids) == sorted(puzzles.ids) == list(puzzles)
    for puzzle_id in puzzles:
        puzzle = puzzles[puzzle_id]
        assert (puzzle.name, puzzle.source) == (puzzle_id, name)
        assert all(pair.output is not None for pair in puzzle.test)


def test_a_known_task_has_its_known_cells():
    puzzle = open_puzzle("arc1-train/67a3c6ac")
    assert [pair.input.shape for pair in puzzle.train] == [(4, 4), (7, 7), (6, 6)]
    assert puzzle.train[0].input.tolist() == [[6, 6, 6, 2], [6, 1, 6, 2], [7, 2, 7, 2], [1, 7, 2, 2]]
    assert all((pair.output == pair.input[:, ::-1]).all() for pair in puzzle.train + puzzle.test)


def test_collections_and_their_puzzles_are_built_once():
    assert collection("arc1-train") is collection("arc1-train")
    assert collection("arc1-train")["67a3c6ac"] is open_puzzle("arc1-train/67a3c6ac")


def test_reading_a_collection_prints_nothing_and_imports_no_drawing_library():
    code = (
        "import sys; from puzzles.collections import open_puzzle; open_puzzle('arc2-eval/0934a4d8');"
        "sys.exit(any(name in sys.modules for name in ('rich', 'drawsvg', 'torch', 'PySide6')))"
    )
    result = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert (result.returncode, result.stdout, result.stderr) == (0, "", "")


def test_unknown_names_say_what_was_expected():
    with pytest.raises(PuzzleError) as caught:
        collection("arc3")
    assert str(caught.value) == f"no collection 'arc3', expected one of {', '.join(COLLECTIONS)}"
    with pytest.raises(PuzzleError) as caught:
        collection("arc1-train")["zz"]
    assert str(caught.value) == "arc1-train: no puzzle 'zz', expected an id such as '007bbfb7'"
    with pytest.raises(PuzzleError, match=r"^nowhere: no such file, expected a task file or an id such as"):
        open_puzzle("nowhere")


def test_a_path_is_opened_even_below_a_folder_named_like_a_collection(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "originals").mkdir()
    save_puzzle(open_puzzle("arc1-train/67a3c6ac"), "originals/mine.json")
    assert open_puzzle("originals/mine.json").train == open_puzzle("arc1-train/67a3c6ac").train


def test_a_folder_reads_its_tasks_when_they_are_asked_for(tmp_path):
    task = open_puzzle("arc1-train/67a3c6ac")
    (tmp_path / "good.json").write_text(puzzle_to_json(task))
    (tmp_path / "bad.json").write_text("{")
    (tmp_path / "notes.txt").write_text("not a task")
    puzzles = folder(tmp_path)
    assert puzzles.ids == ("bad", "good")
    assert puzzles["good"].train == task.train
    with pytest.raises(PuzzleError, match=r"^bad\.json: line 1 column 2 is not JSON"):
        puzzles["bad"]


def test_an_empty_folder_is_refused(tmp_path):
    (tmp_path / "empty").mkdir()
    with pytest.raises(PuzzleError) as caught:
        folder(tmp_path / "empty")
    assert str(caught.value) == "empty: has no *.json files, expected ARC tasks"


def _kaggle(tmp_path, solutions):
    path = tmp_path / "arc-agi_test_challenges.json"
    path.write_text(json.dumps(CHALLENGES))
    if solutions is not None:
        (tmp_path / "arc-agi_test_solutions.json").write_text(json.dumps(solutions))
    return folder(path)


def test_a_kaggle_file_without_solutions_has_open_tests(tmp_path):
    puzzles = _kaggle(tmp_path, None)
    assert puzzles.ids == ("a2", "b1")
    assert [pair.output for pair in puzzles["b1"].test] == [None, None]
    assert isinstance(puzzles["a2"], Puzzle)
    assert puzzles["a2"].name == "a2"


def test_the_solutions_beside_a_kaggle_file_answer_its_tests(tmp_path):
    puzzles = _kaggle(tmp_path, SOLUTIONS)
    assert [pair.output.tolist() for pair in puzzles["b1"].test] == SOLUTIONS["b1"]
    assert [pair.input.tolist() for pair in puzzles["b1"].test] == [[[1]], [[2]]]
    assert puzzle_from_json(puzzle_to_json(puzzles["a2"]), "a2.json") == puzzles["a2"]


@pytest.mark.parametrize(
    ("answers", "message"),
    [
        ([[[7]]], "b1 has 1 grids, expected 2"),
        ([[[7]], [[8], [9, 9]]], "b1[1] row 1 has 2 cells, expected 1"),
        ({}, "b1 is an object, expected a list with one grid for each test (2)"),
    ],
)
def test_solutions_that_do_not_fit_spoil_only_their_own_puzzle(tmp_path, answers, message):
    puzzles = _kaggle(tmp_path, {**SOLUTIONS, "b1": answers})
    assert puzzles["a2"].test[0].output.tolist() == [[9]]
    assert puzzles.entry("b1") == Refused("b1", f"arc-agi_test_solutions.json: {message}")


def test_an_id_without_solutions_stays_open(tmp_path):
    puzzles = _kaggle(tmp_path, {"b1": SOLUTIONS["b1"]})
    assert puzzles["a2"].test[0].output is None
    assert puzzles["b1"].test[1].output.tolist() == [[8, 8]]


def test_a_solutions_file_that_is_no_object_is_refused(tmp_path):
    with pytest.raises(PuzzleError) as caught:
        _kaggle(tmp_path, [])
    message = "the file is no object, expected an object of lists by id"
    assert str(caught.value) == f"arc-agi_test_solutions.json: {message}"


def test_a_bad_task_stays_in_the_list_with_its_reason(tmp_path):
    path = tmp_path / "tasks.json"
    path.write_text(json.dumps({"ok": CHALLENGES["a2"], "x": {"train": [{"input": [[1, 2], [3]]}]}}))
    puzzles = folder(path)
    assert puzzles.ids == ("ok", "x")
    assert [name for name, _ in puzzles.puzzles()] == ["ok"]
    reason = "tasks.json: x.train[0].output is missing, expected a grid"
    assert puzzles.refused == (Refused("x", reason),)
    with pytest.raises(PuzzleError) as caught:
        puzzles["x"]
    assert str(caught.value) == reason


def test_a_collection_builds_a_puzzle_once_and_keeps_a_bounded_number(monkeypatch):
    monkeypatch.setattr(collections, "_KEPT", 2)
    built = []

    def build(name):
        built.append(name)
        if name == "bad":
            raise PuzzleError("bad: of a kind")
        return open_puzzle("arc1-train/67a3c6ac")

    puzzles = Collection("made", "Made", ["a", "bad", "b", "c"], build)
    for _ in range(2):
        puzzles.entry("a"), puzzles.entry("bad"), puzzles.entry("b")
    assert built == ["a", "bad", "b"]
    puzzles.entry("c"), puzzles.entry("b"), puzzles.entry("a")
    assert built == ["a", "bad", "b", "c", "a"]


def test_an_id_alone_is_found_in_all_collections():
    assert names_puzzle("67a3c6ac")
    assert open_puzzle("67a3c6ac") is open_puzzle("arc1-train/67a3c6ac")
    assert collections_with("0934a4d8") == ("arc1-eval", "arc2-eval")
    assert not names_puzzle("nowhere")
    assert open_reference("originals") is collection("originals")


def test_a_path_with_an_id_opens_one_task_of_a_file_or_folder(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    _kaggle(tmp_path, SOLUTIONS)
    assert open_puzzle("arc-agi_test_challenges.json/a2").test[0].output.tolist() == [[9]]
    assert open_puzzle(str(tmp_path / "arc-agi_test_challenges.json/a2")).name == "a2"
    with pytest.raises(PuzzleError, match=r"^arc-agi_test_challenges\.json: no puzzle 'zz', expected an id"):
        open_puzzle("arc-agi_test_challenges.json/zz")
    with pytest.raises(PuzzleError, match=r"has 2 puzzles, expected one, such as .*\.json/a2$"):
        open_puzzle("arc-agi_test_challenges.json")
    (tmp_path / "tasks" / "deep").mkdir(parents=True)
    (tmp_path / "tasks" / "deep" / "one.json").write_text(json.dumps(CHALLENGES["a2"]))
    for reference in ("tasks", "tasks/deep/one", "tasks/deep/one.json"):
        assert open_puzzle(reference).name == "one"
    with pytest.raises(PuzzleError, match=r"^one\.json: is one puzzle"):
        open_puzzle("tasks/deep/one.json/a")
    with pytest.raises(PuzzleError, match=r"no such file"):
        open_puzzle("x" * 5000)

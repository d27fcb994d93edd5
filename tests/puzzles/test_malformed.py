import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from puzzles import files
from puzzles.collections import folder
from puzzles.grid import PuzzleError
from puzzles.puzzle import Puzzle, load_puzzle, puzzle_from_json
from tests.puzzles.strategies import JUNK, damaged_tasks

PAIR = {"input": [[1, 2]], "output": [[3]]}
RAGGED = {"input": [[0]], "output": [[0] * 5] * 3 + [[0] * 4]}


def _only_puzzle_error(text, file="task.json"):
    """Reading gives a puzzle or one short PuzzleError that names the file and an expectation."""
    try:
        puzzle = puzzle_from_json(text, file)
    except PuzzleError as error:
        message = str(error)
        assert message.startswith(f"{file}: ")
        assert "expected" in message
        assert "\n" not in message
        assert len(message) < 250
    else:
        assert isinstance(puzzle, Puzzle)


@given(damaged_tasks())
def test_damaged_tasks_give_a_puzzle_or_a_puzzle_error(text):
    _only_puzzle_error(text)


@given(damaged_tasks(), st.data())
def test_cut_off_tasks_give_a_puzzle_error(text, data):
    _only_puzzle_error(text[: data.draw(st.integers(0, len(text)))])


@given(st.text() | JUNK.map(json.dumps))
def test_any_text_gives_a_puzzle_error(text):
    _only_puzzle_error(text)


@given(content=st.binary(max_size=60))
def test_any_file_gives_a_puzzle_error(tmp_path_factory, content):
    path = tmp_path_factory.mktemp("any") / "task.json"
    path.write_bytes(content)
    with pytest.raises(PuzzleError, match=r"^task\.json: .*expected"):
        load_puzzle(path)


@pytest.mark.parametrize(
    ("task", "message"),
    [
        ({"train": [PAIR, RAGGED], "test": [PAIR]}, "train[1].output row 3 has 4 cells, expected 5"),
        ({"train": [PAIR], "test": [{"input": 7}]}, "test[0].input is 7, expected a list of rows"),
        ({"train": [PAIR], "test": [{}]}, "test[0].input is missing, expected a grid"),
        ({"train": [{"input": [[1]]}], "test": [PAIR]}, "train[0].output is missing, expected a grid"),
        ({"train": [5], "test": [PAIR]}, "train[0] is 5, expected an object with input and output"),
        ({"train": [], "test": [PAIR]}, "train has no pairs, expected at least 1"),
        ({"train": [PAIR], "test": []}, "test has no pairs, expected at least 1"),
        ({"train": [PAIR]}, "test is missing, expected a list of pairs"),
        ({"train": {}, "test": [PAIR]}, "train is an object, expected a list of pairs"),
        ([PAIR], "the file is a list, expected an object with train and test"),
        (None, "the file is null, expected an object with train and test"),
    ],
)
def test_messages_name_file_place_and_expectation(task, message):
    with pytest.raises(PuzzleError) as caught:
        puzzle_from_json(json.dumps(task), "task.json")
    assert str(caught.value) == f"task.json: {message}"


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "task.json: line 1 column 1 is not JSON (Expecting value), expected an ARC task"),
        (
            '{"train": [\n1,]}',
            "task.json: line 2 column 3 is not JSON (Expecting value), expected an ARC task",
        ),
        ("[" * 100_000, "task.json: the file is nested too deeply, expected an ARC task"),
        ('{"train": ' + "9" * 5000 + "}", "task.json: the file holds a huge number, expected an ARC task"),
        ("NaN", "task.json: the file is nan, expected an object with train and test"),
    ],
)
def test_texts_that_json_itself_stumbles_over(text, message):
    with pytest.raises(PuzzleError) as caught:
        puzzle_from_json(text, "task.json")
    assert str(caught.value) == message


def test_files_that_cannot_be_read(tmp_path, monkeypatch):
    with pytest.raises(PuzzleError) as caught:
        load_puzzle(tmp_path / "none.json")
    assert str(caught.value) == "none.json: cannot be read (No such file or directory), expected a JSON file"
    with pytest.raises(PuzzleError, match=r"cannot be read \(Is a directory\)"):
        load_puzzle(tmp_path)
    latin = tmp_path / "latin.json"
    latin.write_bytes(b'{"tr\xe4in": []}')
    with pytest.raises(PuzzleError) as caught:
        load_puzzle(latin)
    assert str(caught.value) == "latin.json: byte 4 is not UTF-8, expected a JSON text"
    monkeypatch.setattr(files, "MAX_FILE_BYTES", 5)
    with pytest.raises(PuzzleError, match=r"^latin\.json: the file is larger than"):
        load_puzzle(latin)


@given(JUNK, JUNK)
def test_damaged_kaggle_files_give_a_puzzle_error(tmp_path_factory, tasks, answers):
    home = tmp_path_factory.mktemp("kaggle")
    path = home / "challenges.json"
    path.write_text(json.dumps(tasks))
    with pytest.raises(PuzzleError, match=r"^challenges\.json: .*expected"):
        _first(folder(path))
    path.write_text(json.dumps({"a": {"train": [PAIR], "test": [PAIR]}}))
    (home / "solutions.json").write_text(json.dumps({"a": answers}))
    with pytest.raises(PuzzleError, match=r"^solutions\.json: .*expected"):
        _first(folder(path))


def _first(puzzles):
    return puzzles[puzzles.ids[0]]

"""What somebody else wrote into a file is there again after an edit, in its place and layout."""

import json
from dataclasses import replace

import pytest
from hypothesis import given

from puzzles.collections import open_path
from puzzles.grid import PuzzleError, as_grid
from puzzles.puzzle import Pair, puzzle_from_json, puzzle_to_json, puzzle_to_text, save_puzzle
from tests.puzzles.strategies import puzzles

TASK = {
    "name": 'größer " {}[] 1',
    "train": [{"note": "x", "input": [[1, 0], [2, 3]], "output": [[7]]}, {"output": [[1]], "input": [[1]]}],
    "metadata": {"difficulty": [1, 2.50, None], "train": []},
    "test": [{"input": [[3, 4]], "output": None, "hint": "\u00e9"}],
}
ROWS = """{"author":"me",
  "train": [
    { "input":  [[1,2],
                 [3,4]],  "output": [[ 0 ]] }  ],\r
  "test": [ {"input": [[5]] } ] }

"""


def edited(puzzle, value, row=0, column=0):
    grid = puzzle.train[0].input.copy()
    grid[row, column] = value
    first = replace(puzzle.train[0], input=as_grid(grid))
    return replace(puzzle, train=(first, *puzzle.train[1:]))


@pytest.mark.parametrize("style", [{}, {"indent": 2}, {"indent": "\t"}, {"separators": (",", ":")}])
@pytest.mark.parametrize("ascii_only", [True, False])
def test_a_changed_cell_is_the_only_difference(tmp_path, style, ascii_only):
    text = json.dumps(TASK, ensure_ascii=ascii_only, **style)
    path = tmp_path / "task.json"
    path.write_bytes(text.encode())
    puzzle = open_path(path)
    save_puzzle(puzzle, path)
    assert path.read_bytes().decode() == text
    save_puzzle(edited(puzzle, 9, 1, 0), path)
    expected = json.loads(text)
    expected["train"][0]["input"][1][0] = 9
    assert path.read_bytes().decode() == json.dumps(expected, ensure_ascii=ascii_only, **style)


def test_a_layout_of_their_own_is_kept(tmp_path):
    path = tmp_path / "task.json"
    path.write_bytes(ROWS.encode())
    save_puzzle(edited(open_path(path), 8, 1, 1), path)
    assert path.read_bytes().decode() == ROWS.replace("4", "8")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('{"train":[{"input":["10","00"],"output":["1"]}],"test":[{"input":["5"]}]}', ('"10"', '"90"')),
        (
            '{"train":[{"input":[["1",0]],"output":[["1"]]}],"test":[{"input":[["5"]]}]}',
            ('[["1",0]]', '[["9",0]]'),
        ),
        ('[{"input":[[1,0]],"output":[[1]]},{"input":[[5]],"output":[[6]]}]', ("[[1,0]]", "[[9,0]]")),
    ],
)
def test_digits_as_strings_and_lists_of_pairs_stay_such(tmp_path, text, expected):
    path = tmp_path / "task.json"
    path.write_text(text)
    save_puzzle(edited(open_path(path), 9), path)
    assert path.read_text() == text.replace(*expected)


def test_another_structure_keeps_the_keys_and_the_style(tmp_path):
    path = tmp_path / "task.json"
    path.write_text(json.dumps(TASK, indent=2))
    puzzle = open_path(path)
    more = replace(puzzle, train=(*puzzle.train, Pair([[1]], [[2]])))
    expected = {**TASK, "train": [*TASK["train"], {"input": [[1]], "output": [[2]]}]}
    assert puzzle_to_text(more) == json.dumps(expected, indent=2)
    in_lines = puzzle_to_text(replace(more, text=ROWS))
    assert json.loads(in_lines) == expected
    assert list(json.loads(in_lines)) == list(expected)
    assert "    [2, 3]\n" in in_lines
    answered = replace(puzzle.test[0], output=as_grid([[5]]))
    written = json.loads(puzzle_to_text(replace(puzzle, test=(answered,))))
    assert list(written["test"][0].items()) == [("input", [[3, 4]]), ("output", [[5]]), ("hint", "é")]


def test_a_key_that_stands_twice_does_not_deceive():
    text = '{"train": [{"input": [[1]], "output": [[2]]}], "test": [{"input": [[3]], "input": [[4]]}]}'
    puzzle = replace(puzzle_from_json(text, "t.json"), text=text)
    assert puzzle_from_json(puzzle_to_text(edited(puzzle, 5)), "t.json") == edited(puzzle, 5)


def test_what_the_search_sees_is_unaffected():
    puzzle = puzzle_from_json(json.dumps(TASK), "t.json")
    bare = puzzle_from_json(puzzle_to_json(puzzle), "t.json")
    assert (puzzle, hash(puzzle)) == (bare, hash(bare))
    assert set(json.loads(puzzle_to_json(puzzle))) == {"train", "test"}
    assert puzzle.description == 'größer " {}[] 1'
    assert bare.description == ""


@given(puzzles(8), puzzles(8))
def test_any_puzzle_saved_over_any_text_reads_as_itself(puzzle, other):
    text = json.dumps(json.loads(puzzle_to_json(other)))
    assert puzzle_from_json(puzzle_to_text(replace(puzzle, text=text)), "t.json", puzzle.name) == puzzle


@pytest.mark.parametrize("place", ["task", "pair"])
def test_strange_values_are_kept_or_refused_in_one_line(tmp_path, place):
    path = tmp_path / "t.json"

    def opened(value):
        pair = '{"input": [[1]], "output": [[2]]' + (f', "x": {value}' if place == "pair" else "") + "}"
        path.write_text(
            f'{{"train": [{pair}], "test": [{pair}]' + (f', "x": {value}' if place == "task" else "") + "}"
        )
        return open_path(path)

    puzzle = opened('"\\ud800 \\u001b"')
    saved = puzzle_to_text(replace(puzzle, train=puzzle.train * 2, text=""))
    assert saved.encode()
    assert r"\ud800" in saved
    for depth in (500, 900, 990, 5_000, 100_000):
        try:
            opened("[" * depth + "]" * depth)
        except PuzzleError as error:
            said = str(error)
            assert_one_line(said)


def assert_one_line(said):
    assert said.startswith("t.json: ")
    assert "nested too deeply" in said
    assert len(said) < 300

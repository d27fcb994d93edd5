"""Puzzles beyond ARC's limits: read, kept, written; padding found and cut away."""

import json

import numpy as np
import pytest

from puzzles.beyond import beyond_canvas, beyond_solver, padding_in, without_padding
from puzzles.collections import folder, open_collection, open_path, open_reference
from puzzles.grid import PADDING, PuzzleError, as_grid
from puzzles.puzzle import Pair, Puzzle, load_puzzle, save_puzzle

SMALL = [[1, 2], [3, 4]]


def padded(rows, value, shape=(5, 6), at=(0, 0)):
    grid = np.full(shape, value)
    part = np.array(rows)
    grid[at[0] : at[0] + part.shape[0], at[1] : at[1] + part.shape[1]] = part
    return grid.tolist()


def task(value, at=(0, 0)):
    pair = {"input": padded(SMALL, value, at=at), "output": padded([[5]], value, at=at)}
    return {"train": [pair, pair], "test": [pair]}


def written(path, value):
    path.write_text(json.dumps(value))
    return path


@pytest.mark.parametrize("style", [{}, {"indent": 2}, {"separators": (",", ":")}])
def test_a_grid_of_100_a_side_is_opened_and_saved_cell_by_cell(tmp_path, style):
    rows = np.random.default_rng(0).integers(0, 10, (100, 100)).tolist()
    path = tmp_path / "large.json"
    path.write_text(
        json.dumps({"train": [{"input": rows, "output": rows[::-1]}], "test": [{"input": rows}]}, **style)
    )
    puzzle = load_puzzle(path)
    assert puzzle.train[0].input.shape == (100, 100)
    save_puzzle(puzzle, tmp_path / "copy.json")
    assert (tmp_path / "copy.json").read_bytes() == path.read_bytes()
    changed = np.array(puzzle.test[0].input)
    changed[99, 99] = (changed[99, 99] + 1) % 10
    edited = Puzzle(puzzle.name, puzzle.train, (Pair(changed),), extra=puzzle.extra, text=puzzle.text)
    save_puzzle(edited, tmp_path / "copy.json")
    before, after = path.read_text(), (tmp_path / "copy.json").read_text()
    assert sum(a != b for a, b in zip(before, after, strict=True)) == 1
    assert load_puzzle(tmp_path / "copy.json").test == edited.test


def test_values_of_10_to_15_and_padding_are_kept_where_others_change(tmp_path):
    rows = [[10, 11, 12], [13, 14, 15], [-1, 0, 9]]
    path = tmp_path / "strange.json"
    text = '{"train":[{"input": ROWS,"output":  ROWS}],\n "test":[{"input":[["-1","12"]]}]}'
    path.write_text(text.replace("ROWS", json.dumps(rows)))
    puzzle = load_puzzle(path)
    assert puzzle.train[0].input[2].tolist() == [PADDING, 0, 9]
    assert puzzle.test[0].input.tolist() == [[PADDING, 12]]
    save_puzzle(puzzle, path)
    assert path.read_text() == text.replace("ROWS", json.dumps(rows))
    edited = Puzzle(
        puzzle.name, puzzle.train, (Pair(as_grid([[13, -1]])),), extra=puzzle.extra, text=puzzle.text
    )
    save_puzzle(edited, path)
    assert path.read_text() == text.replace("ROWS", json.dumps(rows)).replace('"-1","12"', '"13","-1"')


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        ([[0] * 101], "bad.train[0].input has 101 columns, expected 1 to 100"),
        ([[0]] * 101, "bad.train[0].input has 101 rows, expected 1 to 100"),
        (
            [[0, 16]],
            "bad.train[0].input row 0 column 1 is 16, expected a whole number 0 to 15, or -1 for padding",
        ),
        (
            [[-2]],
            "bad.train[0].input row 0 column 0 is -2, expected a whole number 0 to 15, or -1 for padding",
        ),
        (
            [[255]],
            "bad.train[0].input row 0 column 0 is 255, expected a whole number 0 to 15, or -1 for padding",
        ),
    ],
)
def test_what_is_beyond_that_too_is_refused_and_spoils_nothing(tmp_path, rows, said):
    bad = {"train": [{"input": rows, "output": [[1]]}], "test": [{"input": [[1]]}]}
    found = folder(written(tmp_path / "set.json", {"bad": bad, "good": task(0)}))
    assert [name for name, _ in found.puzzles()] == ["good"]
    assert found.refused[0].reason == f"set.json: {said}"


@pytest.mark.parametrize("value", [-1, 10])
@pytest.mark.parametrize("at", [(0, 0), (2, 3), (3, 0)])
def test_padding_is_found_and_cut_away_wherever_it_lies(tmp_path, value, at):
    puzzle = load_puzzle(written(tmp_path / "p.json", task(value, at)))
    assert padding_in(puzzle) == value
    cut = without_padding(puzzle, value)
    assert [pair.input.tolist() for pair in (*cut.train, *cut.test)] == [SMALL] * 3
    assert cut.train[0].output.tolist() == [[5]]
    assert padding_in(cut) is None
    assert beyond_solver(puzzle).endswith("padding has to be cut away first")
    assert not beyond_solver(cut)
    assert without_padding(cut, value) is cut


def test_padding_within_a_grid_stays_and_other_values_are_none():
    ragged = as_grid([[1, -1], [1, 1], [-1, -1]])
    puzzle = Puzzle("ragged", (Pair(ragged, ragged),), (Pair(ragged),))
    cut = without_padding(puzzle, -1)
    assert cut.train[0].input.tolist() == [[1, PADDING], [1, 1]]
    assert "padding has to be cut away first" in beyond_solver(cut)
    rim = as_grid([[12, 12], [12, 1]])
    assert padding_in(Puzzle("rim", (Pair(rim, rim),), (Pair(rim),))) is None


def test_pairs_of_padding_alone_fill_up_their_number():
    real, nothing = as_grid([[1, 10], [10, 10]]), as_grid([[10, 10], [10, 10]])
    puzzle = Puzzle(
        "filled", (Pair(real, real), Pair(nothing, nothing)), (Pair(real, nothing), Pair(nothing, nothing))
    )
    cut = without_padding(puzzle, 10)
    assert cut.train == (Pair([[1]], [[1]]),)
    assert cut.test == (Pair([[1]]),)
    alone = Puzzle("alone", (Pair(nothing, nothing),), (Pair(nothing),))
    assert padding_in(alone) is None
    with pytest.raises(PuzzleError, match="alone: without padding 10, train"):
        without_padding(alone, 10)


def test_what_keeps_a_puzzle_from_the_solver_is_one_line_with_the_place():
    plain, strange = as_grid([[1, 2]]), as_grid([[1, 2], [3, 12]])
    puzzle = Puzzle("p", (Pair(plain, strange),), (Pair(plain),))
    said = beyond_solver(puzzle)
    assert said == (
        "p: train[0].output row 1 column 1 is 12, the solver knows 0 to 9; other values are only shown"
    )
    large = Puzzle("p", (Pair(plain, plain),), (Pair(np.zeros((31, 2), int)),))
    assert beyond_solver(large) == ""
    assert beyond_canvas(puzzle) == ""
    assert beyond_canvas(large) == "learned words hold up to 30 cells a side, test[0].input has 31 × 2"


def test_padding_can_be_declared_for_a_puzzle_and_for_many(tmp_path):
    one = written(tmp_path / "one.json", task(-1))
    assert padding_in(open_path(one)) == -1
    assert open_reference(str(one), padding=-1).train[0].input.tolist() == SMALL
    alone = {"train": [{"input": [[10]], "output": [[10]]}], "test": [{"input": [[10]]}]}
    many = written(tmp_path / "many.json", {"a": task(10), "b": alone})
    for found in (open_reference(str(many), padding=10), open_collection(str(many), 10)):
        assert [name for name, _ in found.puzzles()] == ["a"]
        assert found["a"].test[0].input.tolist() == SMALL
        assert "without padding 10" in found.refused[0].reason
    assert open_collection(str(tmp_path)).paths
    assert not open_collection(str(tmp_path), 10).paths  # saving would take the padding from their files

"""Grids larger than the learned canvas, and values that are no colours: who takes them and who says no."""

from __future__ import annotations

import json
import subprocess
import sys

import numpy as np
import pytest

from puzzles.grid import PuzzleError, as_grid, same_grid
from puzzles.puzzle import Pair, Puzzle, save_puzzle
from solver.__main__ import main
from solver.explore import states
from solver.explore.engine import Explorer
from solver.explore.states import Space
from solver.export.python_file import as_python
from solver.search.solve import SolveOptions, finish, solve
from solver.training.corpus import load_corpus
from solver.words.operations.limits import side_limit
from solver.words.program import EXACT_FINGERPRINT, Program, ProgramError
from solver.words.vocabulary import EXACT_LANGUAGE, exact_word

FLIP = Program.of(["flip left-right"], EXACT_FINGERPRINT)


def scattered(rows: int, columns: int, seed: int) -> np.ndarray:
    rng = np.random.default_rng(seed)
    return np.where(rng.random((rows, columns)) < 0.3, rng.integers(1, 10, (rows, columns)), 0).astype(
        np.uint8
    )


def flipped(rows: int, columns: int, name: str = "flipped") -> Puzzle:
    pairs = [Pair(grid, grid[:, ::-1]) for grid in (scattered(rows, columns, seed) for seed in range(3))]
    return Puzzle(name, tuple(pairs[:2]), tuple(pairs[2:]))


@pytest.mark.parametrize("engine", ["explore", "auto"])
def test_a_large_puzzle_is_solved_by_exact_words(engine):
    heard = []
    solution = finish(
        solve(flipped(60, 55), SolveOptions(engine=engine, budget_s=40.0)),
        lambda progress: heard.append(progress.message),
    )
    assert solution.verified
    assert solution.correct
    assert solution.best.program.words == ("flip left-right",)
    reason = "learned words hold up to 30 cells a side, train[0].input has 60 × 55"
    assert (reason in solution.tried) == (engine == "auto")
    assert any(reason in message for message in heard) == (engine == "auto")


@pytest.mark.parametrize(
    "options",
    [SolveOptions(engine="nli"), SolveOptions(learned_only=True), SolveOptions(work=1)],
)
def test_engines_of_learned_words_refuse_it_in_one_line(options):
    with pytest.raises(PuzzleError) as refused:
        finish(solve(flipped(40, 31), options))
    said = str(refused.value)
    assert said.startswith("flipped: learned words hold up to 30 cells a side, train[0].input has 40 × 31")
    assert len(said) < 300
    assert "\n" not in said


@pytest.mark.parametrize("engine", ["auto", "explore", "nli", "npi"])
def test_values_that_are_no_colours_are_refused_by_every_engine(engine):
    strange = Puzzle("odd", (Pair([[1, 12]], [[12, 1]]),), (Pair([[1, 2]]),))
    with pytest.raises(
        PuzzleError, match=r"odd: train\[0\].input row 0 column 1 is 12, the solver knows 0 to 9"
    ):
        finish(solve(strange, SolveOptions(engine=engine)))


def test_no_word_runs_on_them_and_an_empty_program_shows_them():
    for value, said in ((12, "12"), (-1, "-1")):
        grid = as_grid([[1, value]])
        with pytest.raises(ProgramError, match=f"a grid has {said} in row 0 column 1, words know 0 to 9"):
            EXACT_LANGUAGE.execute(FLIP, [grid], (30, 30))
        (trace,) = EXACT_LANGUAGE.execute(Program.of([], EXACT_FINGERPRINT), [grid], (30, 30))
        assert same_grid(trace.output, grid)


def test_a_learned_word_says_that_a_grid_is_too_large(tiny):
    word = tiny.language["w0"]
    assert word.apply([as_grid(np.zeros((30, 2), int))], (2, 2))[0].grid.shape
    with pytest.raises(ProgramError, match="learned words hold up to 30 cells a side, a grid has 31 × 2"):
        word.apply([as_grid(np.zeros((31, 2), int))], (2, 2))


@pytest.mark.parametrize(
    ("name", "before", "after"),
    [
        ("scale up 2", (15, 15), (30, 30)),
        ("scale up 2", (16, 16), None),
        ("scale up 2", (31, 2), (62, 4)),
        ("scale up 2", (31, 51), None),
        ("scale up 4", (7, 2), (28, 8)),
        ("scale up 4", (8, 2), None),
        ("repeat 3 down", (33, 31), (99, 31)),
        ("repeat 3 down", (34, 31), None),
        ("extend to 40 by 40 at the middle", (20, 20), None),
        ("extend to 40 by 40 at the middle", (32, 32), (40, 40)),
    ],
)
def test_words_make_of_a_grid_what_is_of_its_own_kind(name, before, after):
    (grid,) = [as_grid(scattered(*before, 0))]
    word = exact_word(name)
    if after is None:
        with pytest.raises(ProgramError, match="has no answer"):
            word.apply([grid], (30, 30))
    else:
        assert word.apply([grid], (30, 30))[0].grid.shape == after
    assert side_limit((30, 30), (1, 30)) == 30
    assert side_limit((30, 30), (1, 31)) == 100


def test_pieces_of_a_large_grid_are_drawn_whole():
    grid = np.zeros((60, 60), np.uint8)
    grid[50:55, 50:58] = 3
    grid[2, 2] = 4
    program = Program.of(["objects", "put back"], EXACT_FINGERPRINT)
    (trace,) = EXACT_LANGUAGE.execute(program, [as_grid(grid)], (30, 30))
    assert [state.shape for state in trace.grids] == [(60, 60)] * 3
    assert same_grid(trace.output, grid)


def test_the_states_of_large_grids_are_bounded_and_those_of_small_ones_are_not(monkeypatch):
    monkeypatch.setattr(states, "_MOST_BYTES", 400_000)
    large = Space(flipped(60, 60))
    while large.open:
        list(large.expand_next())
    assert 400_000 <= large.held < 40_000_000
    small = Space(flipped(6, 6))
    for _ in range(3):
        list(small.expand_next())
    assert small.held == 0
    assert small.open


def test_a_search_that_has_no_room_left_for_states_still_learns_rules(monkeypatch):
    monkeypatch.setattr(states, "_MOST_BYTES", 0)
    grids = [scattered(40, 33, seed) for seed in range(3)]
    pairs = [Pair(grid, np.where(grid == 0, 5, grid)) for grid in grids]
    explorer = Explorer(Puzzle("filled", tuple(pairs[:2]), tuple(pairs[2:])), 30.0)
    for _ in explorer.run():
        if explorer.findings:
            break
    assert same_grid(explorer.findings[0].answers[0], pairs[2].output)


def test_no_rule_is_begun_to_be_learned_once_a_large_puzzle_is_explained():
    explorer = Explorer(flipped(60, 55), 60.0, least_s=4.0)
    for _ in explorer.run():
        pass
    assert explorer.findings[0].trusted
    assert explorer.learning.canvases == 0


def test_a_python_file_of_a_large_puzzle_runs_alone(tmp_path):
    puzzle = flipped(60, 55)
    path = tmp_path / "program.py"
    path.write_text(as_python(FLIP, puzzle), encoding="utf-8")
    ran = subprocess.run([sys.executable, "-I", str(path)], capture_output=True, text=True, check=True)
    assert ran.stdout.count(": reproduced") == 2
    rows = ["".join(map(str, row)) for row in puzzle.test[0].output.tolist()]
    assert ran.stdout.splitlines()[-60:] == rows


def test_a_python_file_keeps_to_the_words_limits(tmp_path):
    grids = [scattered(40, 31, seed) for seed in range(2)]
    pairs = [Pair(grid, np.tile(grid, (2, 3))) for grid in grids]
    program = Program.of(["repeat 3 right", "repeat down"], EXACT_FINGERPRINT)
    path = tmp_path / "program.py"
    path.write_text(as_python(program, Puzzle("tiled", tuple(pairs[:1]), tuple(pairs[1:]))), encoding="utf-8")
    assert "def side_limit" in path.read_text(encoding="utf-8")
    ran = subprocess.run([sys.executable, "-I", str(path)], capture_output=True, text=True, check=True)
    assert "demonstration 1: reproduced" in ran.stdout


def padded(puzzle: Puzzle, value: int) -> dict[str, object]:
    def rows(grid: np.ndarray) -> list[list[int]]:
        full = np.full((grid.shape[0] + 2, grid.shape[1] + 1), value)
        full[: grid.shape[0], : grid.shape[1]] = grid
        return full.tolist()

    return {
        part: [{"input": rows(pair.input), "output": rows(pair.output)} for pair in pairs]
        for part, pairs in (("train", puzzle.train), ("test", puzzle.test))
    }


def test_padding_is_declared_on_the_command_line(tmp_path, capsys):
    path = tmp_path / "padded.json"
    path.write_text(json.dumps(padded(flipped(6, 5), -1)))
    solved = ["solve", str(path), "--engine", "explore", "--budget", "20", "--json"]
    assert main(solved) == 2
    (line,) = capsys.readouterr().err.splitlines()
    assert "train[0].input row 0 column 5 is -1" in line
    assert "padding has to be cut away first" in line
    assert main([*solved, "--padding", "-1"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert found["correct"]
    assert np.array(found["attempts"][0][0]).shape == (6, 5)


def test_many_puzzles_are_solved_past_the_strange_ones(tmp_path, capsys):
    save_puzzle(Puzzle("a", (Pair([[1, 12]], [[12, 1]]),), (Pair([[1, 2]]),)), tmp_path / "a.json")
    save_puzzle(flipped(5, 4), tmp_path / "b.json")
    assert main(["solve", str(tmp_path), "--engine", "explore", "--budget", "20", "--json"]) == 0
    said = capsys.readouterr()
    assert [json.loads(line)["correct"] for line in said.out.splitlines()] == [True]
    assert said.err.startswith("1 of 2 entries passed over; a: train[0].input row 0 column 1 is 12")


def test_nothing_is_trained_on_what_is_beyond(tmp_path):
    save_puzzle(flipped(40, 40), tmp_path / "large.json")
    save_puzzle(Puzzle("a", (Pair([[1, 12]], [[12, 1]]),), (Pair([[1, 2]]),)), tmp_path / "strange.json")
    save_puzzle(flipped(5, 4), tmp_path / "small.json")
    assert [source.name for source in load_corpus(tmp_path).sources] == ["small"]

"""The command line: JSON for the solved, one clear line and status 2 for bad input."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from puzzles.puzzle import save_puzzle
from solver.__main__ import main
from solver.nli.learned import LearnedLanguage
from solver.words.program import EXACT_FINGERPRINT, Program, program_to_json
from tests.solver.conftest import puzzle_of


@pytest.fixture
def weights(tiny: LearnedLanguage, tmp_path_factory: pytest.TempPathFactory) -> str:
    """The tiny model's file."""
    return str(next(tmp_path_factory.getbasetemp().glob("tiny*/model.safetensors")))


def test_solve_prints_one_json_object(weights: str, tmp_path: Path, capsys: pytest.CaptureFixture) -> None:
    save_puzzle(puzzle_of("shift up"), tmp_path / "up.json")
    assert main(["solve", str(tmp_path / "up.json"), "--json", "--learned-only", "--model", weights]) == 0
    document = json.loads(capsys.readouterr().out)
    assert {"puzzle", "verified", "program", "attempts", "correct", "engine", "seconds"} <= set(document)
    assert document["puzzle"] == str(tmp_path / "up.json")
    assert document["verified"] is document["correct"] is True
    assert document["program"]["steps"] == ["w0"]
    assert document["attempts"][0][0] == puzzle_of("shift up").test[0].output.tolist()


def test_a_folder_is_solved_past_what_is_no_puzzle(tmp_path: Path, capsys: pytest.CaptureFixture) -> None:
    pair = {"input": [[1, 2]], "output": [[2, 1]]}
    task = {"train": [pair, {"input": [[3, 4]], "output": [[4, 3]]}], "test": [{"input": [[5, 6]]}]}
    for name, value in (("a", task), ("b", {"train": []}), ("c", task)):
        (tmp_path / f"{name}.json").write_text(json.dumps(value))
    options = ["--engine", "explore", "--budget", "2", "--json"]
    assert main(["solve", str(tmp_path), *options]) == 0
    said = capsys.readouterr()
    rows = [json.loads(line) for line in said.out.splitlines()]
    assert [row["puzzle"] for row in rows] == [f"{tmp_path}/a", f"{tmp_path}/c"]
    assert all(row["attempts"][0][0] == [[6, 5]] for row in rows)
    assert "1 of 3 entries passed over; b.json: train has no pairs" in said.err
    (tmp_path / "set.json").write_text(json.dumps({"x": task, "y": [pair, pair, pair]}))
    assert main(["solve", f"{tmp_path}/set.json/y", "--demonstrations", "1", *options]) == 0
    assert len(json.loads(capsys.readouterr().out)["attempts"]) == 2


def test_an_id_alone_says_where_else_it_is(capsys: pytest.CaptureFixture) -> None:
    assert main(["solve", "67a3c6ac", "--engine", "explore", "--budget", "2", "--json"]) == 0
    said = capsys.readouterr()
    assert json.loads(said.out)["verified"]
    assert "taking arc1-train/67a3c6ac" in said.err


def test_an_unsolved_puzzle_is_no_error(weights: str, tmp_path: Path, capsys: pytest.CaptureFixture) -> None:
    save_puzzle(puzzle_of("rotate clockwise"), tmp_path / "turn.json")
    arguments = ["solve", str(tmp_path / "turn.json"), "--model", weights, "--budget", "1", "--learned-only"]
    assert main(arguments) == 0
    text = capsys.readouterr().out
    assert "not explained" in text
    assert "answer wrong" in text


@pytest.mark.parametrize(
    ("reference", "message"),
    [
        ("nowhere/67a3c6ac", "nowhere"),
        ("arc1-train/zzzzzzzz", "zzzzzzzz"),
        ("missing.json", "missing.json"),
    ],
)
def test_bad_references_are_one_line(
    reference: str, message: str, weights: str, capsys: pytest.CaptureFixture
) -> None:
    assert main(["solve", reference, "--model", weights]) == 2
    captured = capsys.readouterr()
    assert captured.out == ""
    assert message in captured.err
    assert captured.err.count("\n") == 1


def test_bad_files_are_one_line(weights: str, tmp_path: Path, capsys: pytest.CaptureFixture) -> None:
    (tmp_path / "bad.json").write_text('{"train": [{"input": [[1, 2], [3]], "output": [[1]]}], "test": []}')
    assert main(["solve", str(tmp_path / "bad.json"), "--model", weights]) == 2
    assert "bad.json: train[0].input row 1 has 1 cell, expected 2" in capsys.readouterr().err


def test_missing_weights_are_one_line(tmp_path: Path, capsys: pytest.CaptureFixture) -> None:
    assert main(["solve", "arc1-train/67a3c6ac", "--model", str(tmp_path / "no.safetensors")]) == 2
    assert "no.json" in capsys.readouterr().err


def test_words_tells_bootstrapped_rows_from_free_ones(weights: str, capsys: pytest.CaptureFixture) -> None:
    assert main(["words", "--model", weights]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert len(lines) == 7
    assert "bootstrapped" in lines[0]
    assert "shift up" in lines[0]
    assert "free" in lines[6]


def test_train_and_resume(tmp_path: Path, capsys: pytest.CaptureFixture) -> None:
    small = ["--width", "16", "--heads", "2", "--codebook", "8", "--code-width", "8", "--cells", "64"]
    shape = ["--first-side", "4", "--last-side", "4", "--families", "shift", "--steps", "1000"]
    folder = ["--folder", str(tmp_path), "--device", "cpu"]
    assert main(["train", "--minutes", "0.01", *folder, *small, *shape]) == 0
    first = json.loads((tmp_path / "state.json").read_text())["step"]
    assert main(["train", "--minutes", "0.01", "--resume", *folder]) == 0
    assert json.loads((tmp_path / "state.json").read_text())["step"] > first > 0
    assert "validation" in capsys.readouterr().out


def test_a_reader_that_leaves_early_is_no_error() -> None:
    with subprocess.Popen(
        [sys.executable, "-m", "solver", "words"], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.readline()
        process.stdout.close()
        assert process.stderr.read() == ""
    assert process.returncode == 0


def test_steering_from_the_command_line(weights: str, tmp_path: Path, capsys: pytest.CaptureFixture) -> None:
    puzzle = puzzle_of("flip left-right", "transpose")
    save_puzzle(puzzle, tmp_path / "both.json")
    program = Program.of(("flip left-right", "flip up-down"), EXACT_FINGERPRINT)
    (tmp_path / "p.json").write_text(program_to_json(program, puzzle))
    arguments = ["solve", str(tmp_path / "both.json"), "--engine", "explore", "--budget", "8", "--json"]
    pinned = ["--pinned", str(tmp_path / "p.json"), "--pinned-steps", "1"]
    assert main([*arguments, *pinned]) == 0
    document = json.loads(capsys.readouterr().out)
    assert document["verified"]
    assert document["program"]["steps"] == ["flip left-right", "transpose"]
    assert main([*arguments, "--demanded", "rotate half-turn", "--forbidden", "transpose"]) == 0
    steps = json.loads(capsys.readouterr().out)["program"]["steps"]
    assert "rotate half-turn" in steps
    assert "transpose" not in steps


@pytest.mark.parametrize(
    ("options", "message"),
    [
        (["--pinned-steps", "1"], "--pinned-steps needs --pinned"),
        (["--pinned", "p.json", "--pinned-steps", "3"], "--pinned-steps is 3, expected 0 to 1"),
        (["--pinned", "no.json"], "no.json"),
        (["--pinned", "p.json"], "pinned: "),
        (
            ["--forbidden", "stand on its head"],
            "--forbidden is 'stand on its head', expected the name of a word",
        ),
        (["--forbidden", "transpose", "--demanded", "transpose"], "both forbidden and demanded"),
    ],
)
def test_steering_that_cannot_be_is_one_line(
    options: list[str], message: str, tmp_path: Path, capsys: pytest.CaptureFixture, monkeypatch
) -> None:
    monkeypatch.chdir(tmp_path)
    puzzle = puzzle_of("flip left-right")
    save_puzzle(puzzle, tmp_path / "flip.json")
    program = Program.of(("objects",), EXACT_FINGERPRINT)
    (tmp_path / "p.json").write_text(program_to_json(program, puzzle))
    assert main(["solve", "flip.json", "--engine", "explore", "--budget", "1", *options]) == 2
    captured = capsys.readouterr()
    assert captured.out == ""
    assert message in captured.err
    assert captured.err.count("\n") == 1

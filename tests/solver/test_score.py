"""`score` on the command line: what it prints, and what it says about files that are none."""

import json

import pytest

from solver.__main__ import main

A, B = [[1]], [[2, 2]]


def tried(*grids):
    return {f"attempt_{number}": grid for number, grid in enumerate(grids, 1)}


def test_the_command_scores_against_solutions_and_collections(tmp_path, capsys):
    submission, solutions = tmp_path / "s.json", tmp_path / "x_solutions.json"
    submission.write_text(json.dumps({"one": [tried(B, A)], "extra\u001b[1m": [tried(A)]}))
    solutions.write_text(json.dumps({"one": [A], "two": [A, B]}))
    assert main(["score", str(submission), "--solutions", str(solutions)]) == 0
    said = capsys.readouterr().out
    assert "one  0/1 at 1, 1/1 at 2\n" in said
    assert "within 2 attempts: score 50.00 %, 1 of 2 tasks with every test right" in said
    assert "1 missing from the submission: two" in said
    assert "\x1b" not in said
    task = {"train": [{"input": A, "output": A}], "test": [{"input": A, "output": A}]}
    (tmp_path / "tasks").mkdir()
    (tmp_path / "tasks" / "one.json").write_text(json.dumps(task))
    (tmp_path / "tasks" / "bad.json").write_text("{}")
    assert main(["score", str(submission), "--collection", str(tmp_path / "tasks"), "--json"]) == 0
    said = capsys.readouterr()
    document = json.loads(said.out)
    assert (document["score_at_1"], document["score_at_2"], document["tasks"]) == (0.0, 1.0, 1)
    assert "1 of 2 entries passed over" in said.err


@pytest.mark.parametrize("content", ["{", "[]", '{"a": [[[1]]]}'])
def test_bad_files_are_one_line(tmp_path, capsys, content):
    path = tmp_path / "s.json"
    path.write_text(content)
    assert main(["score", str(path), "--collection", "originals"]) == 2
    said = capsys.readouterr().err
    assert said.startswith("error: s.json: ")
    assert said.count("\n") == 1

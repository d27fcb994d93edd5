"""The benchmark: the same sample every time, rows kept, nothing run twice."""

from __future__ import annotations

import json

from puzzles.collections import Collection, collection
from puzzles.grid import PuzzleError
from solver.__main__ import main
from solver.lab.bench import arc
from solver.lab.bench.arc import read_rows, sample, summary


def test_samples_depend_on_the_seed_alone():
    assert sample("arc1-train", 5, 0) == sample("arc1-train", 5, 0)
    assert sample("arc1-train", 5, 0) != sample("arc1-train", 5, 1)
    assert len(sample("originals", None, 0)) == 40


def test_rows_are_kept_and_not_run_again(tmp_path, capsys):
    path = tmp_path / "rows.jsonl"
    options = [
        "bench",
        "arc",
        "--collection",
        "originals",
        "--sample",
        "2",
        "--budget",
        "3",
        "--out",
        str(path),
    ]
    assert main(options) == 0
    assert json.loads(capsys.readouterr().out)["puzzles"] == 2
    text = path.read_text()
    path.write_text(text + '{"puzzle": "cut')
    assert main(options) == 0
    assert path.read_text() == text + '{"puzzle": "cut'
    assert len(read_rows(path)) == 2


def test_entries_that_are_no_puzzles_are_passed_over_and_counted(tmp_path, capsys, monkeypatch):
    good = collection("originals").ids[0]

    def build(name):
        if name != good:
            raise PuzzleError(f"{name}: of a kind")
        return collection("originals")[name]

    made = Collection("made", "Made", (good, "zz"), build)
    monkeypatch.setattr(arc, "collection", lambda _: made)
    path = tmp_path / "rows.jsonl"
    arguments = ["bench", "arc", "--collection", "originals", "--engines", "explore", "--budget", "1"]
    assert main([*arguments, "--out", str(path)]) == 0
    said = capsys.readouterr()
    assert json.loads(said.out)["puzzles"] == 1
    assert "1 of 2 entries passed over; zz: of a kind" in said.err


def test_the_summary_counts_attempts_and_verified_ones():
    def row(right, verified, seconds):
        return {"right_at": right, "verified": verified, "seconds": seconds, "peak_mb": 10.0}

    result = summary([row(1, True, 1.0), row(2, True, 3.0), row(None, False, 9.0), row(None, True, 9.0)])
    assert (result["right_at_1"], result["right_at_2"], result["verified"]) == (1, 2, 3)
    assert result["verified_right_at_1"] == 0.333
    assert result["median_s"] == 3.0

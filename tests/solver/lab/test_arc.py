"""The benchmark: the same sample every time, rows kept, nothing run twice."""

from __future__ import annotations

import json

import numpy as np

from puzzles.collections import Collection, collection
from puzzles.grid import PuzzleError
from puzzles.puzzle import save_puzzle
from solver.__main__ import main
from solver.lab.bench import arc
from solver.lab.bench.arc import read_rows, sample, summary, tasks_of, write_csv
from solver.lab.bench.fresh import FreshExamples
from solver.lab.bench.parts import PARTS
from solver.search.solve import solve
from solver.words.program import EXACT_FINGERPRINT, Program
from solver.words.vocabulary import EXACT_LANGUAGE


def test_samples_depend_on_the_seed_alone():
    ids = tasks_of("arc1-train").ids
    assert sample(ids, 5, 0) == sample(reversed(ids), 5, 0)
    assert sample(ids, 5, 0) != sample(ids, 5, 1)
    assert len(sample(tasks_of("originals").ids, None, 0)) == 40


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
    monkeypatch.setattr(arc, "tasks_of", lambda _: made)
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


def test_the_parts_of_the_newer_training_set_share_nothing_with_each_other_or_the_older_sets():
    look, count = (set(tasks_of(name).ids) for name in PARTS)
    assert (len(look), len(count)) == (120, 113)
    assert not look & count
    assert not (look | count) & {*collection("arc1-train").ids, *collection("arc1-eval").ids}


def test_a_program_that_fits_by_accident_is_not_truly_right(tmp_path):
    rng = np.random.default_rng(0)
    pairs = [(grid, grid[:, ::-1]) for grid in (rng.integers(0, 9, (3, 4), np.uint8) for _ in range(30))]
    arrays = {
        "task/shapes": np.array([[3, 4, 3, 4]] * 30, np.uint8),
        "task/cells": np.concatenate([side.ravel() for pair in pairs for side in pair]),
    }
    np.savez(tmp_path / "fresh.npz", **arrays)
    examples = FreshExamples(tmp_path / "fresh.npz")
    right = examples.check("task", Program.of(["flip left-right"], EXACT_FINGERPRINT), EXACT_LANGUAGE)
    assert (right.right, right.examples, right.truly_right) == (20, 20, True)
    wrong = examples.check("task", Program.of(["flip up-down"], EXACT_FINGERPRINT), EXACT_LANGUAGE)
    assert not wrong.truly_right
    assert wrong.right < 20
    assert "other" not in examples


def test_examples_alike_have_a_background_that_was_demonstrated(tmp_path):
    grids = [np.full((3, 3), colour, np.uint8) for colour in (0, 4, 7) for _ in range(4)]
    arrays = {
        "task/shapes": np.array([[3, 3, 3, 3]] * len(grids), np.uint8),
        "task/cells": np.concatenate([side.ravel() for grid in grids for side in (grid, grid * (grid != 7))]),
    }
    np.savez(tmp_path / "fresh.npz", **arrays)
    examples = FreshExamples(tmp_path / "fresh.npz")
    copies = Program.of(["flip left-right"], EXACT_FINGERPRINT)
    found = [examples.check("task", copies, EXACT_LANGUAGE, chosen) for chosen in (None, {0, 4}, {7}, {1})]
    assert [(fresh.right, fresh.examples) for fresh in found] == [(8, 12), (8, 8), (0, 4), (0, 0)]
    assert not found[-1].truly_right


def test_rows_are_written_as_a_table_too(tmp_path):
    rows = [
        {"puzzle": "a", "words": ["x", "y"], "right_at": None},
        {"puzzle": "b", "words": None, "right_at": 1},
    ]
    write_csv(tmp_path / "rows.csv", rows)
    lines = (tmp_path / "rows.csv").read_text("utf-8").splitlines()
    assert lines == ["puzzle,words,right_at", "a,x → y,", "b,,1"]


def test_a_folder_is_measured_on_its_first_demonstrations(tmp_path, capsys, monkeypatch):
    (tmp_path / "tasks").mkdir()
    puzzle = collection("arc1-train")["67a3c6ac"]
    save_puzzle(puzzle, tmp_path / "tasks" / "one.json")
    shown = []

    def watched(given, options, **more):
        shown.append(len(given.train))
        return solve(given, options, **more)

    monkeypatch.setattr("solver.lab.bench.arc.solve", watched)
    command = ["bench", "arc", "--collection", str(tmp_path / "tasks"), "--engines", "explore"]
    out = ["--out", str(tmp_path / "rows.jsonl"), "--demonstrations", "2", "--budget", "2"]
    assert main([*command, *out]) == 0
    assert shown == [2]
    assert json.loads(capsys.readouterr().out)["puzzles"] == 1

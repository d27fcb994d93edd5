from __future__ import annotations

import json

import numpy as np
import pytest

from puzzles.collections import collection, held_out
from puzzles.grid import as_grid
from solver.__main__ import main
from solver.lab.bench import executor
from solver.lab.bench.executor import BUCKETS, COLUMNS, draw_cases, real_inputs, run_cases
from solver.nli.checkpoint import save_model
from solver.nli.config import ModelConfig
from solver.nli.model import NLI
from solver.words.errors import UsageError
from solver.words.operations import CURRICULUM_OPERATIONS

NAMES = [op.name for op in CURRICULUM_OPERATIONS if op.family in ("symmetry", "shift")]
BY_NAME = {op.name: op for op in CURRICULUM_OPERATIONS}


def noise(side):
    return as_grid(np.random.default_rng(side).integers(0, 10, (side, side), np.uint8))


@pytest.fixture
def inputs():
    return {column: [[noise(side), noise(side + 1)] for side in (3, 8, 12, 18, 25)] for column in COLUMNS}


@pytest.fixture
def cases(inputs):
    return draw_cases(NAMES, inputs, 6, seed=1)


def test_every_case_changes_its_grid_and_lies_in_its_bucket(cases, inputs):
    counts = {(column, bucket): 0 for column in COLUMNS for bucket in BUCKETS}
    for case in cases:
        counts[case.column, case.bucket] += 1
        assert NAMES[case.row] == case.operation.name
        assert np.array_equal(case.operation(case.before), case.after)
        assert not np.array_equal(case.before, case.after)
        assert case.bucket[0] <= max(case.canvas) <= case.bucket[1]
    assert set(counts.values()) == {6}


def test_the_same_seed_draws_the_same_cases(cases, inputs):
    def key(case):
        return case.row, case.before.tobytes()

    assert list(map(key, draw_cases(NAMES, inputs, 6, seed=1))) == list(map(key, cases))
    assert list(map(key, draw_cases(NAMES, inputs, 6, seed=2))) != list(map(key, cases))


def test_what_is_right_counts_as_exact_and_one_wrong_cell_does_not(cases):
    def step(grids, words, canvas):
        after = [BY_NAME[NAMES[word]](grid) for grid, word in zip(grids, words, strict=True)]
        for grid, word in zip(after, words, strict=True):
            if BY_NAME[NAMES[word]].family == "shift":
                grid[0, 0] = (grid[0, 0] + 1) % 10
        return [as_grid(grid) for grid in after]

    results = run_cases(cases, step)
    assert len(results) == len(cases)
    assert {result.exact for result in results if result.case.operation.family == "symmetry"} == {True}
    slipped = [result for result in results if result.case.operation.family == "shift"]
    assert slipped
    assert all(not result.exact and 0 < result.cells < 1 for result in slipped)
    sizes = [sum(op.family == family for op in CURRICULUM_OPERATIONS) for family in ("symmetry", "shift")]
    assert executor._words_alike(results, CURRICULUM_OPERATIONS) == round(sizes[0] / sum(sizes), 3)


def test_held_out_inputs_are_those_of_the_forty_tasks():
    columns = real_inputs()
    tasks = collection("arc1-train")
    names = held_out(tasks.ids)
    assert [len(columns[column]) for column in COLUMNS] == [360, 40]
    first = [grids[0].tobytes() for grids in columns["held out"]]
    assert first == [tasks[name].train[0].input.tobytes() for name in names]


def test_weights_without_named_words_are_refused(inputs):
    with pytest.raises(UsageError, match="bootstrapped"):
        draw_cases([], inputs, 1, seed=0)


def test_the_command_says_a_row_per_column_and_side_and_per_family(tmp_path, capsys, monkeypatch, inputs):
    monkeypatch.setattr(executor, "real_inputs", lambda: inputs)
    config = ModelConfig(slots=1, codebook=len(NAMES) + 1, width=16, heads=2, executor_layers=1, code_width=8)
    save_model(NLI(config), tmp_path / "w.safetensors", {"bootstrapped": NAMES})
    arguments = ["bench", "executor", "--weights", str(tmp_path / "w.safetensors"), "--pairs", "2"]
    assert main([*arguments, "--device", "cpu"]) == 0
    rows = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert [(row["inputs"], row["side"]) for row in rows[:10]] == [
        (column, f"{a}-{b}") for column in COLUMNS for a, b in BUCKETS
    ]
    assert {row["family"] for row in rows[10:]} <= {"symmetry", "shift"}
    assert sum(row["pairs"] for row in rows[10:]) == sum(row["pairs"] for row in rows[:10]) == 20

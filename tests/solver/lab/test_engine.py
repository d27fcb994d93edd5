from __future__ import annotations

import json
from dataclasses import replace

import pytest
from safetensors.torch import save_file

from puzzles.collections import open_puzzle
from puzzles.grid import as_grid, same_grid
from puzzles.puzzle import Pair, Puzzle, save_puzzle
from solver.__main__ import main
from solver.lab.baselines.learner import Effort
from solver.lab.bench import methods
from solver.lab.bench.engine import ROWS, answer, available
from solver.lab.bench.methods import METHODS
from solver.lab.bench.settings import SETTINGS
from solver.search.solve import finish


@pytest.fixture
def folder(tmp_path):
    for name in ("icl", "lpn"):
        learner = next(m for m in METHODS if m.name == name).build(SETTINGS["grids"])
        save_file(learner.state_dict(), tmp_path / f"{name}-0.safetensors")
    return tmp_path


@pytest.fixture
def puzzle():
    grids = [as_grid([[i, 1, 2], [3, 4, i]]) for i in range(4)]
    pairs = tuple(Pair(grid, as_grid(grid[::-1])) for grid in grids)
    return Puzzle("flip", pairs[:3], pairs[3:])


@pytest.mark.parametrize("engine", ROWS)
def test_an_engine_answers_every_demonstration_and_test(engine, folder, puzzle, monkeypatch):
    small = replace(SETTINGS["grids"], effort=Effort(steps=1, starts=2))
    monkeypatch.setitem(SETTINGS, "grids", small)
    monkeypatch.setattr(methods, "_TUNING_STEPS", 1)
    solution = finish(answer(puzzle, engine, folder=folder, device="cpu"))
    assert solution.engine == engine
    assert len(solution.attempts) == 1
    candidate = solution.candidates[0]
    assert len(candidate.wrong) == 3
    assert candidate.program.words == ()
    assert same_grid(candidate.demonstrations[0].grids[0], puzzle.train[0].input)


def test_missing_weights_are_named_with_the_way_to_get_them(tmp_path, puzzle, capsys):
    path = tmp_path / "flip.json"
    save_puzzle(puzzle, path)
    arguments = ["solve", str(path), "--engine", "ttt", "--baselines", str(tmp_path)]
    assert main(arguments) == 2
    error = capsys.readouterr().err
    assert "icl-0.safetensors: no such weights" in error
    assert "--baselines" in error


def test_the_command_prints_what_an_engine_answered(folder, puzzle, capsys):
    path = folder / "flip.json"
    save_puzzle(puzzle, path)
    assert main(["solve", str(path), "--engine", "icl", "--baselines", str(folder), "--json"]) == 0
    document = json.loads(capsys.readouterr().out)
    assert document["engine"] == "icl"
    assert document["program"]["steps"] == []
    assert len(document["attempts"]) == len(open_puzzle(str(path)).test)


def test_engines_are_available_where_their_weights_are(folder, tmp_path):
    assert available(folder) == ("icl", "ttt", "lpn")
    (folder / "icl-0.safetensors").unlink()
    assert available(folder) == ("lpn",)
    assert available(tmp_path / "nowhere") == ()

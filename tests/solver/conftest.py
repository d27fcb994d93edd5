"""A tiny interpreter, trained once per test session: under a minute on one core."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
import torch

from puzzles.grid import as_grid
from puzzles.puzzle import Pair, Puzzle
from solver.nli.config import ModelConfig, TrainConfig
from solver.nli.learned import LearnedLanguage, load_learned
from solver.training.trainer import Trainer
from solver.words.operations import OPERATIONS

TINY = ModelConfig(
    slots=3,
    codebook=8,
    width=48,
    heads=2,
    expansion=2,
    inductor_layers=2,
    executor_layers=2,
    code_width=24,
    frequencies=6,
)
TINY_PLAN = TrainConfig(
    steps=400,
    cells=1024,
    first_side=4,
    last_side=4,
    depth_two=0.5,
    depth_three=2.0,
    families=("shift",),
    free_families=(),
    warmup=30,
    ema=0.98,
    learning_rate=4e-3,
)


@pytest.fixture(autouse=True)
def own_data_directory(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """No test reads or writes the memory of whoever runs it."""
    monkeypatch.setattr("appdirs.user_data_dir", lambda *_, **__: str(tmp_path / "data"))


@pytest.fixture(scope="session")
def tiny(tmp_path_factory: pytest.TempPathFactory) -> LearnedLanguage:
    """A language of four bootstrapped shifts on grids up to 4×4."""
    folder: Path = tmp_path_factory.mktemp("tiny")
    threads = torch.get_num_threads()
    torch.set_num_threads(1)  # the tensors are too small to share
    Trainer(folder, TINY, TINY_PLAN, torch.device("cpu")).run(minutes=5, say=lambda line: None)
    torch.set_num_threads(threads)
    return load_learned("cpu", folder / "model.safetensors")


def puzzle_of(*words: str, seed: int = 0, side: int = 4) -> Puzzle:
    """Three demonstrations and a test of a program over exact operations, on full grids without 0."""
    by_name = {operation.name: operation for operation in OPERATIONS}
    rng = np.random.default_rng(seed)
    pairs = []
    for _ in range(4):
        state = grid = rng.integers(1, 10, (side, side)).astype(np.uint8)
        for word in words:
            state = by_name[word](state)
        pairs.append(Pair(as_grid(grid), as_grid(state)))
    return Puzzle(" then ".join(words), tuple(pairs[:3]), tuple(pairs[3:]))

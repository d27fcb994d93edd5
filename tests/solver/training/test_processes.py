"""Two processes that share a batch learn what one process learns from it."""

from __future__ import annotations

import os
import socket
from dataclasses import replace
from pathlib import Path

import pytest
import torch
from torch import multiprocessing

from solver.nli.checkpoint import load_model
from solver.training.batches import BatchSource
from solver.training.trainer import Trainer
from tests.solver.conftest import TINY, TINY_PLAN

PLAN = replace(TINY_PLAN, cells=512, steps=12, reuse=0.01, ponder=0.01, depth_two=0.0, noise_from=0.8)
STEPS = 5


def test_processes_share_the_tasks_of_a_batch_among_them() -> None:
    batch = BatchSource(TINY, PLAN).draw(0, traced=True)
    assert batch.share(0, 1) is batch
    for count in (2, 3):
        shares = [batch.share(process, count) for process in range(count)]
        assert sum(len(share.states) for share in shares) == len(batch.states)
        for process, share in enumerate(shares):
            assert share.states.equal(batch.states[process::count])


def _train(folder: Path) -> list[float]:
    torch.set_num_threads(1)
    trainer = Trainer(folder, TINY, PLAN, torch.device("cpu"))
    losses = [trainer.one_step().total.item() for _ in range(STEPS)]
    if trainer.processes.first:
        trainer.save({})
    trainer.processes.leave()
    return losses


def _process(rank: int, port: int, folder: Path) -> None:
    os.environ |= {
        "RANK": str(rank),
        "WORLD_SIZE": "2",
        "MASTER_ADDR": "127.0.0.1",
        "MASTER_PORT": str(port),
    }
    losses = _train(folder)
    (folder / f"losses{rank}.txt").write_text(" ".join(map(str, losses)))


def test_two_processes_equal_one_on_the_same_batches(tmp_path: Path) -> None:
    alone = _train(tmp_path / "alone")
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    folder = tmp_path / "both"
    folder.mkdir()
    multiprocessing.spawn(_process, (port, folder), nprocs=2)
    for rank in range(2):
        both = [float(value) for value in (folder / f"losses{rank}.txt").read_text().split()]
        assert both == pytest.approx(alone, rel=2e-3)
    one, _ = load_model(tmp_path / "alone" / "model.safetensors")
    two, _ = load_model(folder / "model.safetensors")
    for (name, a), b in zip(one.state_dict().items(), two.state_dict().values(), strict=True):
        assert torch.allclose(a, b, atol=2e-3), name

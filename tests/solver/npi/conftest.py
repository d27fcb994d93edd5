"""A small core that can add, trained in a few seconds."""

from __future__ import annotations

from pathlib import Path

import pytest
import torch

from solver.npi.train import Trainer, TrainPlan, config_for

PLAN = TrainPlan(("addition",), traces=300, iterations=1500, check_every=250, learning_rate=3e-3)
SIZES = {"width": 48, "state": 32, "hidden": 48, "value": 24, "key": 16}


@pytest.fixture(autouse=True)
def one_thread() -> None:
    """The tensors are too small to share."""
    torch.set_num_threads(1)


@pytest.fixture(scope="session")
def half_trained(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a run that was stopped after fifty iterations."""
    folder: Path = tmp_path_factory.mktemp("npi")
    trainer = Trainer(folder, PLAN, config_for(PLAN, **SIZES))
    for _ in range(50):
        trainer.one_iteration()
    trainer.save()
    return folder

"""What a run does follows its plan: how long programs are, how the average moves, what is said of it."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import torch
from torch import Tensor

from solver.training.batches import BatchSource
from solver.training.trainer import Trainer
from tests.solver.conftest import TINY, TINY_PLAN

CPU = torch.device("cpu")
SMALL = replace(TINY_PLAN, cells=256)


def test_programs_grow_longer_along_the_plan() -> None:
    source = BatchSource(TINY, replace(TINY_PLAN, steps=100, depth_two=0.3, depth_three=0.6, cells=1024))
    drawn = {
        step: {int(depth) for again in range(6) for depth in source_at(source, again).draw(step).depth}
        for step in (0, 29, 30, 59, 60, 89)
    }
    assert drawn == {0: {1}, 29: {1}, 30: {1, 2}, 59: {1, 2}, 60: {1, 2, 3}, 89: {1, 2, 3}}


def source_at(source: BatchSource, seed: int) -> BatchSource:
    return BatchSource(source.model, replace(source.train, seed=seed))


def test_short_programs_stay_the_most_common() -> None:
    source, rng = (
        BatchSource(TINY, replace(TINY_PLAN, depth_two=0.3, depth_three=0.6)),
        np.random.default_rng(0),
    )
    counts = np.bincount([source.depth(rng, 0.7) for _ in range(2000)], minlength=4)
    assert counts[1] > counts[2] > counts[3] > 200
    counts = np.bincount([source.depth(rng, 0.4) for _ in range(2000)], minlength=4)
    assert counts[1] > counts[2] > 500
    assert counts[3] == 0


def moved(trainer: Trainer) -> float:
    """The share of the way to the weights that the average goes in one step."""
    before = flat(trainer.average)
    trainer.one_step()
    return float((flat(trainer.average) - before).norm() / (flat(trainer.model) - before).norm())


def flat(model: torch.nn.Module) -> Tensor:
    return torch.cat([parameter.detach().flatten() for parameter in model.parameters()])


def test_the_average_follows_the_weights_at_first_and_lags_behind_them_later(tmp_path: Path) -> None:
    trainer = Trainer(tmp_path, TINY, replace(SMALL, steps=10_000, ema=0.98), CPU)
    shares = [moved(trainer) for _ in range(3)]
    assert 0.7 < shares[2] < shares[1] < shares[0] < 1
    trainer.step = 8000
    assert moved(trainer) == pytest.approx(0.02, rel=0.01)


@pytest.fixture
def quick(monkeypatch: pytest.MonkeyPatch) -> list[dict[str, str]]:
    """Leaves out what takes long at the end of a run, and keeps what each of its reports is told."""
    told: list[dict[str, str]] = []

    def keep(_: Path, facts: dict[str, str]) -> None:
        told.append(dict(facts))

    monkeypatch.setattr("solver.training.trainer.validate_all", lambda *_: {})
    monkeypatch.setattr("solver.training.trainer.describe", lambda *_: {})
    monkeypatch.setattr("solver.training.trainer.write_page", keep)
    return told


def test_the_report_says_how_far_and_how_long_a_run_went(tmp_path: Path, quick: list[dict[str, str]]) -> None:
    trainer = Trainer(tmp_path, TINY, SMALL, CPU)
    trainer.step, trainer.seconds, trainer.examples = 300, 5400.0, 1234567
    trainer.run(0, lambda _: None)
    facts = quick[-1]
    assert facts["steps"] == "300 of 400"
    assert facts["wall time"] == "90 min"
    assert facts["examples seen"] == "1,234,567"
    assert facts["parameters"].replace(",", "") == str(len(flat(trainer.model)))
    assert facts["device"].startswith("cpu, 1 process")


def test_a_run_ends_at_the_last_step_of_its_plan_and_logs_means_on_the_way(
    tmp_path: Path, quick: list[dict[str, str]]
) -> None:
    trainer = Trainer(tmp_path, TINY, replace(SMALL, steps=102), CPU)
    true_step, totals = trainer.one_step, []

    def watched() -> Any:
        losses = true_step()
        totals.append(losses.total.item())
        return losses

    trainer.one_step = watched  # type: ignore[method-assign]
    said: list[str] = []
    trainer.run(10, said.append)
    assert trainer.step == len(totals) == 102
    assert len(quick) == 1
    rows = [line for line in said if "validation" not in line]
    assert [line.split()[1] for line in rows] == ["50", "100"]
    logged = [float(line.split("  total ")[1].split()[0]) for line in rows]
    assert logged == pytest.approx([np.mean(totals[:50]), np.mean(totals[50:100])], abs=2e-4)

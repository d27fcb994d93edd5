"""What a run does follows its plan: how long programs are, how the average moves, what is said of it."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import torch
from torch import Tensor

from puzzles.grid import Grid, as_grid
from solver.nli.model import NLI
from solver.training.batches import BatchSource
from solver.training.meaning import meanings, probe_grids
from solver.training.objective import Losses
from solver.training.trainer import Trainer
from solver.training.validate import validate
from solver.words.operations import CURRICULUM_OPERATIONS
from solver.words.program import Outcome
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


def test_a_run_saves_and_validates_on_its_way_and_goes_on_counting(
    tmp_path: Path, quick: list[dict[str, str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    score = {"inductor": 0.5, "oracle": 0.75, "count": 4}
    column = {"words used": 7, "families": {"all": score, "shift": score | {"inductor": 1.0}}}
    monkeypatch.setattr("solver.training.trainer.validate_all", lambda *_: {"depth 1, side 4": column})
    trainer = Trainer(tmp_path, TINY, replace(SMALL, steps=1200), CPU)
    trainer.step, trainer.seconds = 300, 5000.0

    def step() -> Losses:
        trainer.step += 1
        return Losses(torch.tensor(1.0))

    trainer.one_step = step  # type: ignore[method-assign]
    said: list[str] = []
    trainer.run(10, said.append)
    validations = [line for line in said if "validation" in line]
    assert [line.split()[1] for line in validations] == ["500", "1000", "1200"]
    assert validations[0].splitlines()[1] == "  depth 1, side 4, 7 words: all 0.50/0.75  shift 1.00/0.75"
    assert [facts["steps"] for facts in quick] == ["500 of 1,200", "1,000 of 1,200", "1,200 of 1,200"]
    assert 5000 < trainer.seconds < 5600
    resumed = Trainer.resume(tmp_path, CPU)
    assert (resumed.step, resumed.seconds) == (1200, trainer.seconds)


def test_every_example_is_counted(tmp_path: Path) -> None:
    trainer = Trainer(tmp_path, TINY, SMALL, CPU)
    for _ in range(3):
        trainer.one_step()
    shapes = [trainer.mixture.draw(step).states.shape for step in range(3)]
    assert trainer.examples == sum(tasks * pairs for tasks, pairs, *_ in shapes)


def test_only_matrices_decay(tmp_path: Path) -> None:
    trainer = Trainer(tmp_path, TINY, replace(SMALL, weight_decay=0.3), CPU)
    decay = {
        id(parameter): group["weight_decay"]
        for group in trainer.optimizer.param_groups
        for parameter in group["params"]
    }
    for parameter in trainer.model.parameters():
        assert decay.pop(id(parameter)) == (0.3 if parameter.dim() > 1 else 0.0)
    assert decay == {}


def test_families_are_scored_by_their_tasks_and_words_without_names_have_no_oracle() -> None:
    plan = replace(TINY_PLAN, families=("shift", "roll"), free_families=("roll",), cells=512, pairs=3)
    scores, used = validate(NLI(TINY), plan, depth=1, side=4, batches=3)
    assert set(scores) == {"all", "shift", "roll"}
    assert scores["all"].count == scores["shift"].count + scores["roll"].count
    assert scores["shift"].count % 3 == scores["roll"].count % 3 == 0
    assert scores["all"].count >= 3 * 3 * 4
    assert math.isnan(scores["roll"].oracle)
    assert scores["all"].oracle == pytest.approx(scores["shift"].oracle)
    weighted = sum(scores[family].inductor * scores[family].count for family in ("shift", "roll"))
    assert scores["all"].inductor == pytest.approx(weighted / scores["all"].count)
    assert 1 <= used <= TINY.codebook


@dataclass(frozen=True)
class Sometimes:
    """A word that flips so many of eight grids, and leaves the others as they are."""

    name: str
    of_eight: int

    def apply(self, grids: Sequence[Grid], canvas: tuple[int, int]) -> list[Outcome]:
        return [
            Outcome(as_grid(np.fliplr(grid)) if place % 8 < self.of_eight else grid)
            for place, grid in enumerate(grids)
        ]


def test_a_word_means_what_it_does_to_most_of_the_grids_on_which_that_shows() -> None:
    by_name = {operation.name: operation for operation in CURRICULUM_OPERATIONS}
    operations = [by_name[name] for name in ("transpose", "flip left-right", "flip up-down")]
    words: Any = [Sometimes(f"w{count}", count) for count in (8, 6, 3)]
    found = meanings(words, 6, operations)
    assert set(found) == {"w8", "w6"}
    assert {meaning.operation for meaning in found.values()} == {"flip left-right"}
    assert found["w8"].agreement == 1
    assert found["w6"].agreement == pytest.approx(0.75, abs=0.1)
    probes = probe_grids(5)
    assert {side for grid in probes for side in grid.shape} == {2, 3, 4, 5}
    assert all(len(np.unique(grid)) > 1 for grid in probes)

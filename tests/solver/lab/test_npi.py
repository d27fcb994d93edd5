"""Measuring learned procedures and the sequence model beside them, with tiny budgets."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
import torch

from solver.__main__ import main
from solver.lab.baselines.sequence import SequenceModel, pair_of, right_at, train_sequence
from solver.lab.bench.npi import NpiConfig, measure_npi, share_right
from solver.npi.checkpoint import load_core, shipped
from solver.npi.pad import addition_pad, sorting_pad


def test_pairs_are_what_a_person_would_read_and_write() -> None:
    assert pair_of("addition", addition_pad([9, 5], [0, 7])) == ([9, 5, 10, 0, 7], [1, 0, 2])
    assert pair_of("sorting", sorting_pad([3, 1, 2])) == ([3, 1, 2], [1, 2, 3])


def test_the_sequence_model_is_as_large_as_a_core_and_learns_one_answer() -> None:
    torch.set_num_threads(1)
    core, _ = load_core(shipped("addition"))
    sizes = [sum(p.numel() for p in model.parameters()) for model in (core, SequenceModel())]
    assert sizes[1] == pytest.approx(sizes[0], rel=0.02)
    pair = ([2, 1], [1, 2])
    model = train_sequence(lambda count: [pair] * count, seconds=3.0)
    assert model.answer([pair[0]], 2) == [pair[1]]
    assert 0 <= right_at(model, "sorting", 2, 20, seed=0) < 20


def test_shares_are_of_exact_pads() -> None:
    core, _ = load_core(shipped("addition"))
    assert share_right(core, "addition", 12, 3) == 1.0
    with torch.no_grad():
        core.keys[core.config.programs.index("CARRY")] *= -1
    assert share_right(core, "addition", 12, 3) < 1.0


def test_traces_are_measured_without_counterexamples_and_cores_are_kept(tmp_path: Path) -> None:
    config = NpiConfig(tmp_path, ("traces",), minutes=0.02, count=1, iterations=3, traces=(2,))
    lines: list[str] = []
    measure_npi(config, lines.append)
    assert len([line for line in lines if line.startswith(("| addition", "| sorting"))]) == 4
    folder = tmp_path / "addition-2-alone"
    _, about = load_core(folder / "model.safetensors")
    assert about["frames"]["counterexamples"] == 0
    assert not about["plan"]["counterexamples"]
    written = (folder / "model.json").stat().st_mtime_ns
    measure_npi(config, lambda line: None)
    assert (folder / "model.json").stat().st_mtime_ns == written


def test_the_command_refuses_an_unknown_table(capsys: pytest.CaptureFixture) -> None:
    assert main(["bench", "npi", "--only", "speed"]) == 2
    assert "lengths, traces, drawing, canonical" in capsys.readouterr().err


def test_sorting_shares_use_unseen_instances() -> None:
    core, _ = load_core(shipped("sorting"))
    assert share_right(core, "sorting", 7, 2, seed=int(np.random.default_rng(0).integers(99))) == 1.0

"""The executor is as often right as it says once its temperatures are fitted."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest
import torch

from puzzles.grid import as_grid
from solver.lab.bench.calibration import Seen, expected_calibration_error, fit
from solver.nli.calibration import calibrated, confidence, likeliest, read_calibration, temperature_at
from solver.nli.checkpoint import save_model
from solver.nli.config import VALUES, ModelConfig
from solver.nli.learned import load_learned
from solver.nli.model import NLI
from solver.words.program import NO_CELL

KNOWN = ((10, 1.5), (20, 3.0))


def overrated(times: float, count: int = 20_000) -> Seen:
    """Cells whose values are drawn from logits that the executor then multiplies."""
    torch.manual_seed(0)
    logits = 2 * torch.randn(count, VALUES)
    truth = torch.multinomial(logits.softmax(-1), 1)[:, 0]
    return Seen((times * logits).softmax(-1), truth, torch.zeros(count, dtype=torch.bool))


@pytest.mark.parametrize("times", [1.0, 1.4, 2.5])
def test_the_temperature_that_was_multiplied_in_is_found(times: float) -> None:
    seen = overrated(times)
    temperature = fit(seen)
    assert temperature == pytest.approx(times, rel=0.05)
    after = expected_calibration_error(calibrated(seen.probability, temperature), seen.truth)
    assert after < 0.01
    if times != 1.0:
        assert expected_calibration_error(seen.probability, seen.truth) > 3 * after


def test_no_decision_changes() -> None:
    seen = overrated(2.5, 500)
    assert (calibrated(seen.probability, 2.5).argmax(-1) == seen.probability.argmax(-1)).all()


def test_each_range_of_sides_has_its_temperature() -> None:
    assert [temperature_at(KNOWN, side) for side in (3, 10, 11, 20, 30)] == [1.5, 1.5, 3.0, 3.0, 3.0]
    assert temperature_at((), 5) == 1.0


def test_confidence_is_that_of_the_values_that_were_written() -> None:
    probability = torch.full((1, 4, VALUES), 0.01)
    probability[0, torch.arange(4), torch.tensor([1, 2, 3, 4])] = 0.9
    cells = torch.tensor([[1, 2, 3, 5]])
    plain = confidence(probability, cells, (2, 2), ())
    assert plain.tolist() == [
        [[pytest.approx(0.9), pytest.approx(0.9)], [pytest.approx(0.9), pytest.approx(0.01)]]
    ]
    softened = confidence(probability, cells, (2, 2), KNOWN)
    assert float(softened[0, 0, 0]) < 0.9
    assert float(softened[0, 1, 1]) > 0.01


@pytest.mark.parametrize(
    "written", [3, [3], [[5]], [["x", 1.0]], [[5, 0.0]], [[9, 1.0], [5, 1.0]], [[5, 1.0], [5, 2.0]]]
)
def test_nonsense_in_the_file_leaves_probabilities_alone(written: object) -> None:
    assert read_calibration({"calibration": written}) == ()
    assert read_calibration({"calibration": [[10, 1.5], [20, 3]]}) == KNOWN


def test_words_say_calibrated_confidence(tmp_path: Path) -> None:
    torch.manual_seed(3)
    config = ModelConfig(slots=2, codebook=6, width=16, heads=2, inductor_layers=1, executor_layers=1)
    grid = as_grid(np.arange(9).reshape(3, 3))
    seen = {}
    for name, calibration in (("plain", []), ("soft", [[10, 50.0]])):
        path = tmp_path / f"{name}.safetensors"
        torch.manual_seed(3)
        save_model(NLI(config), path, {"calibration": calibration})
        assert json.loads(path.with_suffix(".json").read_text())["calibration"] == calibration
        seen[name] = load_learned("cpu", path).language["w1"].apply([grid], (3, 3))[0]
    assert (seen["plain"].grid == seen["soft"].grid).all()
    assert seen["soft"].confidence.max() < seen["plain"].confidence.max()
    for outcome in seen.values():
        first, odds = outcome.likeliest.values[..., 0], outcome.likeliest.odds
        assert outcome.likeliest.values.shape == odds.shape == (*outcome.grid.shape, 3)
        assert (np.diff(odds.astype(float)) <= 0).all()
        same = first == outcome.grid
        assert same.any()
        assert np.allclose(odds[..., 0][same], outcome.confidence[same], atol=1e-3)


def test_the_likeliest_values_come_with_their_probabilities() -> None:
    probability = torch.zeros((1, 2, VALUES))
    probability[0, 0, [3, 7, 1]] = torch.tensor([0.6, 0.3, 0.1])
    probability[0, 1, [VALUES - 1, 0, 2]] = torch.tensor([0.7, 0.2, 0.1])
    values, odds = likeliest(probability, (1, 2), (), 3)
    assert values.tolist() == [[[[3, 7, 1], [NO_CELL, 0, 2]]]]
    assert odds[0, 0, 0].tolist() == pytest.approx([0.6, 0.3, 0.1])

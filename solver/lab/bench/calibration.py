"""Whether the executor is right as often as it is sure, and the temperatures that make it so.

Cells of real ARC-AGI-1 training inputs under single named words, as in `executor.py`. Temperatures are fitted
on inputs of tasks outside the held-out 40, and tried on inputs of these.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import groupby

import torch
from torch import Tensor
from torch.nn import functional as F

from solver.lab.bench.executor import BUCKETS, COLUMNS, Case, draw_cases, real_inputs
from solver.nli.calibration import Calibration, calibrated
from solver.nli.learned import LearnedLanguage, run_words
from solver.nli.model import NLI, to_canvas

_BINS = 15
_CANDIDATES = 2.0 ** torch.linspace(0, 4, 81)
"""Temperatures that are tried; none that would make the executor surer than it is."""


@dataclass(frozen=True)
class Seen:
    """Cells of many grids, together."""

    probability: Tensor
    """(n, VALUES) as the executor gave them."""
    truth: Tensor
    """(n,) what the exact operation puts there."""
    changed: Tensor
    """(n,) whether the operation changes the cell."""


def measure_calibration(
    learned: LearnedLanguage, pairs: int, seed: int, say: Callable[[str], None]
) -> Calibration:
    """Fit a temperature for each range of sides, and say what it does on the held-out inputs."""
    named = learned.about.get("bootstrapped", [])
    cases = draw_cases(named, real_inputs(), pairs, seed)
    seen = {
        key: look(learned.model, list(group))
        for key, group in groupby(cases, key=lambda case: (case.column, case.bucket))
    }
    fitted: list[tuple[int, float]] = []
    for bucket in BUCKETS:
        if (COLUMNS[0], bucket) not in seen:
            continue
        temperature = fit(seen[COLUMNS[0], bucket])
        fitted.append((bucket[1], temperature))
        if (COLUMNS[1], bucket) in seen:
            row = {"side": f"{bucket[0]}-{bucket[1]}", "temperature": temperature}
            say(json.dumps(row | _errors(seen[COLUMNS[1], bucket], temperature)))
    return tuple(fitted)


def look(model: NLI, cases: Sequence[Case]) -> Seen:
    """Run every case on the smallest canvas that holds both its grids."""
    device = model.executor.codes.device
    parts: list[tuple[Tensor, Tensor, Tensor]] = []
    for case in cases:
        before = to_canvas([case.before], case.canvas, device)
        truth = to_canvas([case.after], case.canvas, device)
        _, probability = run_words(model, before, torch.tensor([case.row], device=device), case.canvas)
        parts.append(
            (probability.flatten(0, 1).cpu(), truth.flatten().cpu(), (before != truth).flatten().cpu())
        )
    return Seen(*(torch.cat(column) for column in zip(*parts, strict=True)))


def fit(seen: Seen) -> float:
    """The temperature under which the true values are most likely."""
    losses = [
        float(F.nll_loss(calibrated(seen.probability, float(t)).clamp_min(1e-12).log(), seen.truth))
        for t in _CANDIDATES
    ]
    return round(float(_CANDIDATES[int(torch.tensor(losses).argmin())]), 2)


def expected_calibration_error(probability: Tensor, truth: Tensor) -> float:
    """Mean distance between how sure the executor is and how often it is right, over bins of equal width."""
    sure, value = probability.max(-1)
    right = (value == truth).float()
    places = (sure * _BINS).long().clamp(max=_BINS - 1)
    count = torch.zeros(_BINS).index_add(0, places, torch.ones_like(sure))
    gap = torch.zeros(_BINS).index_add(0, places, right - sure)
    return float(gap.abs().sum() / count.sum())


def _errors(seen: Seen, temperature: float) -> dict[str, float | int]:
    """Calibration errors before and after, over all cells and over those that change."""
    row: dict[str, float | int] = {"cells": len(seen.truth)}
    for name, mask in (("all", torch.ones_like(seen.changed)), ("changed", seen.changed)):
        for when, t in (("before", 1.0), ("after", temperature)):
            found = expected_calibration_error(calibrated(seen.probability[mask], t), seen.truth[mask])
            row[f"{name}, {when}"] = round(found, 4)
    return row

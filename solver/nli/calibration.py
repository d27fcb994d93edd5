"""How sure the executor may say it is: temperatures that make its probabilities come true.

After Guo, Pleiss, Sun and Weinberger, "On Calibration of Modern Neural Networks" (ICML 2017): dividing the
logits by one number, fitted on grids that were not trained on, leaves every decision as it is and makes the
share of right cells equal to the probability they were given. The larger a canvas, the more an executor
overrates itself, so there is a temperature for each range of sizes.
"""

from __future__ import annotations

from typing import Any

from torch import Tensor

Calibration = tuple[tuple[int, float], ...]
"""Longest side of a canvas, and the temperature up to there; by side. Empty changes no probability."""
_LEAST = 1e-12
"""Probability that counts as none."""
_BOUNDS = (0.01, 100.0)
"""Temperatures that a file may name."""


def temperature_at(calibration: Calibration, side: int) -> float:
    """The temperature for a canvas whose longer side this is; beyond all ranges that of the last."""
    fitting = [temperature for longest, temperature in calibration if side <= longest]
    return fitting[0] if fitting else calibration[-1][1] if calibration else 1.0


def calibrated(probability: Tensor, temperature: float) -> Tensor:
    """Distributions (…, values) as if their logits had been divided by the temperature."""
    if temperature == 1.0:
        return probability
    return (probability.clamp_min(_LEAST).log() / temperature).softmax(-1)


def confidence(probability: Tensor, cells: Tensor, canvas: tuple[int, int], known: Calibration) -> Tensor:
    """The probability (N, rows, columns) of the values that cells (N, cells) got.

    probability: (N, cells, VALUES) as the executor gives them.
    """
    sure = calibrated(probability, temperature_at(known, max(canvas)))
    return sure.gather(-1, cells.unsqueeze(-1)).view(-1, *canvas)


def likeliest(
    probability: Tensor, canvas: tuple[int, int], known: Calibration, count: int
) -> tuple[Tensor, Tensor]:
    """The `count` likeliest values of each cell and their probabilities, both (N, rows, columns, count).

    probability: (N, cells, VALUES) as the executor gives them.
    """
    odds, values = calibrated(probability, temperature_at(known, max(canvas))).topk(count)
    return values.view(-1, *canvas, count), odds.view(-1, *canvas, count)


def read_calibration(about: dict[str, Any]) -> Calibration:
    """What the JSON beside the weights says; nothing where it says nothing that makes sense."""
    found = about.get("calibration", [])
    try:
        read = tuple((int(side), float(temperature)) for side, temperature in found)
    except (TypeError, ValueError):
        return ()
    sides = [side for side, _ in read]
    sound = all(_BOUNDS[0] <= temperature <= _BOUNDS[1] for _, temperature in read)
    return read if sound and sides == sorted(set(sides)) else ()

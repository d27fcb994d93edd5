"""Where the ticks of an axis stand, and how its numbers map to pixels."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

_STEPS = (1.0, 2.0, 5.0, 10.0)
_FINE_DECADES = 1.5
"""Decades below which powers of ten alone would leave a logarithmic axis almost bare."""


@dataclass(frozen=True)
class Scale:
    """A vertical axis from `low` to `high`, linear or logarithmic."""

    low: float
    high: float
    logarithmic: bool = False

    @classmethod
    def around(cls, values: Sequence[float], logarithmic: bool) -> Scale:
        """Return the axis that holds `values`: from zero, or from the smallest above zero if logarithmic."""
        above = [value for value in values if value > 0]
        if not above:
            return cls(0.0, 1.0)
        if not logarithmic:
            return cls(0.0, max(above))
        low, high = min(above), max(above)
        return cls(low, high, True) if low < high else cls(low / 2, high * 2, True)

    def share(self, value: float) -> float:
        """Return how far up `value` stands, 0 at the bottom and 1 at the top; kept within the axis."""
        if self.logarithmic:
            value, low, high = (math.log(max(v, self.low)) for v in (value, self.low, self.high))
        else:
            low, high = self.low, self.high
        return min(1.0, max(0.0, (value - low) / (high - low)))

    def ticks(self, most: int) -> list[float]:
        """Return up to `most` round numbers on the axis, ascending."""
        found = self._decades() if self.logarithmic else round_numbers(self.low, self.high, most)
        stride = -(-len(found) // most)
        return found[::stride] if stride else []

    def _decades(self) -> list[float]:
        fine = math.log10(self.high / self.low) < _FINE_DECADES
        first, last = math.floor(math.log10(self.low)), math.ceil(math.log10(self.high))
        marks = _STEPS[:3] if fine else _STEPS[:1]
        values = [mark * 10.0**power for power in range(first, last + 1) for mark in marks]
        return [value for value in values if self.low <= value <= self.high]


def round_numbers(low: float, high: float, most: int) -> list[float]:
    """Return up to `most` multiples of 1, 2 or 5 times a power of ten between `low` and `high`."""
    if high <= low or most < 2:
        return [low]
    rough = (high - low) / (most - 1)
    power = 10.0 ** math.floor(math.log10(rough))
    step = next(mark * power for mark in _STEPS if mark * power >= rough * (1 - 1e-9))
    first = math.ceil(low / step - 1e-9)
    return [step * i for i in range(first, math.floor(high / step + 1e-9) + 1)]


def short(value: float) -> str:
    """Write a tick's number in few characters."""
    return f"{value:.3g}" if 1e-3 <= abs(value) < 1e4 or not value else f"{value:.0e}".replace("e-0", "e-")

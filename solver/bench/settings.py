"""What was chosen for each suite, on validation tasks alone."""

from __future__ import annotations

from dataclasses import replace

from solver.baselines.slots import AnnealPlan
from solver.bench.methods import Setting
from solver.bench.tasks import CANVAS
from solver.config import SearchConfig

_SEARCH = SearchConfig(
    spread=1.0, learning_rate=0.1, code_temperature=(2.0, 0.5), state_temperature=(1.0, 0.5), noise=1.0
)
_SHIFT = Setting(
    slots=10,
    canvas=CANVAS,
    reuse=3e-3,
    anneal=AnnealPlan((4.0, 0.5), (1.5, 0.5)),
    search=_SEARCH,
)

SETTINGS: dict[str, Setting] = {
    "shift-l": _SHIFT,
    "shift-p": _SHIFT,
    "comp-i": replace(_SHIFT, slots=2, codebook=24, reuse=1e-3, anneal=AnnealPlan((3.0, 0.5), (1.5, 0.5))),
    "grids": Setting(slots=5, canvas=None, codebook=48, search=_SEARCH),
}
"""By suite; `solver/bench/README.md` records the experiments behind every value."""

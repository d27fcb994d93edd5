"""What was chosen for each suite, on validation tasks alone."""

from __future__ import annotations

from dataclasses import replace

from solver.lab.baselines.learner import Effort
from solver.lab.baselines.trial import AnnealPlan
from solver.lab.bench.methods import Setting
from solver.lab.bench.tasks import CANVAS
from solver.nli.config import SearchConfig

_SEARCH = SearchConfig(
    spread=1.0, learning_rate=0.1, code_temperature=(2.0, 0.5), state_temperature=(1.0, 0.5), noise=1.0
)
_ANNEAL = AnnealPlan((1.0, 0.5), (1.0, 0.5), noise=(0.7, 0.9), tried_until=0.7, anchored=0.5)
_SEQUENCES = Setting(slots=4, canvas=CANVAS, codebook=12, anneal=_ANNEAL, search=_SEARCH)

SETTINGS: dict[str, Setting] = {
    "shift-l": _SEQUENCES,
    "shift-p": _SEQUENCES,
    "comp-i": replace(_SEQUENCES, slots=2, codebook=16),
    "grids": Setting(
        slots=5,
        canvas=None,
        codebook=32,
        layers=2,
        traced_until=0.8,
        steps=12000,
        learning_rate=5e-3,
        own_rates={"icl": 2e-3, "lpn": 2e-3},
        effort=Effort(starts=64),
        anneal=AnnealPlan((1.0, 0.5), (1.0, 0.5), noise=(0.8, 0.9), anchored=0.5),
        search=_SEARCH,
    ),
}
"""By suite; `solver/bench/README.md` records the experiments behind every value."""

"""What was chosen for each suite, on validation tasks alone."""

from __future__ import annotations

from solver.bench.methods import Setting
from solver.bench.tasks import CANVAS, SUITES

SETTINGS: dict[str, Setting] = {
    name: Setting(slots=suite.slots, canvas=CANVAS) for name, suite in SUITES.items()
}
"""By suite; `solver/bench/README.md` records the experiments behind every value."""

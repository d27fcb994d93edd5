"""Collects cyclic garbage in the window's thread only.

Python collects in whichever thread happens to allocate. Were that the solver's, widgets caught in a cycle
would be destroyed outside the thread Qt allows them to be touched from, and the process would die.
"""

from __future__ import annotations

import gc

from PySide6.QtCore import QObject, QTimer

INTERVAL_MS = 1000


class Collector(QObject):
    """Takes over from the automatic collection while it lives; create and stop it in the window's thread.

    `at_once` False: it does not begin before `settle`, as there is little to win while modules are loaded,
    and every pass over them holds the window up.
    """

    def __init__(self, parent: QObject | None = None, at_once: bool = True) -> None:
        super().__init__(parent)
        gc.disable()
        self._timer = QTimer(self)
        self._timer.timeout.connect(self.collect_due)
        if at_once:
            self._timer.start(INTERVAL_MS)

    def collect_due(self) -> int | None:
        """Collect the oldest generation past its threshold; return which, None where none was due."""
        counts, thresholds = gc.get_count(), gc.get_threshold()
        for generation in (2, 1, 0):
            if counts[generation] > thresholds[generation]:
                gc.collect(generation)
                return generation
        return None

    def settle(self) -> None:
        """Set aside all that lives now, such as the modules the solver loaded: later passes skip it.

        Garbage among it stays until `stop`: collecting it first would hold the window up for 0.12 s.
        """
        gc.freeze()
        self._timer.start(INTERVAL_MS)

    def stop(self) -> None:
        """Collect what is left and leave the rest to Python again."""
        self._timer.stop()
        gc.unfreeze()
        gc.collect()
        gc.enable()

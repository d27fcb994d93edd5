"""How long the window keeps a person waiting while it solves: python -m benchmarks.latency [--seconds 60].

A timer asks for its turn every few milliseconds while the real solver searches in deep mode, the board
follows its progress and somebody scrubs through the program found so far. How late the timer comes is how
long a key press would have waited. A wait longer than the interval also held up the turns that were not
asked for meanwhile, so those count too, each as long as it would have waited ("coordinated omission", as in
HdrHistogram). The time from pressing Cancel until the search has really ended is measured as well.
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from threading import Event

import numpy as np
from PySide6.QtCore import QEventLoop, QObject, Qt, QTimer, SignalInstance
from PySide6.QtWidgets import QApplication, QDockWidget

from app.actions import make_window
from app.collector import Collector
from app.services import Clock, solver_services
from app.settings import UserPaths
from app.state.run import Effort
from app.window import Window
from puzzles.collections import open_puzzle
from puzzles.puzzle import Puzzle
from solver.words.results import Search, SolveOptions

INTERVAL_MS = 5
SCRUB_MS = 150


@dataclass
class Latencies:
    """Milliseconds waited, by phase."""

    loading: list[float] = field(default_factory=list)
    searching: list[float] = field(default_factory=list)
    cancel_ms: float = 0.0
    searched_s: float = 0.0

    def report(self) -> str:
        """Write what was measured as a table."""
        lines = [f"{'':12}{'median':>9}{'p99':>9}{'max':>9}   milliseconds"]
        for name, waits in (("loading", self.loading), ("searching", self.searching)):
            median, high, most = figures(waits)
            lines.append(f"{name:12}{median:9.1f}{high:9.1f}{most:9.1f}   {len(waits)} turns")
        lines.append(f"searched for {self.searched_s:.0f} s; ended {self.cancel_ms:.0f} ms after Cancel")
        return "\n".join(lines)


def figures(waits: Sequence[float]) -> tuple[float, float, float]:
    """Return median, 99th percentile and maximum; zeros when nothing was measured."""
    if not waits:
        return 0.0, 0.0, 0.0
    return float(np.median(waits)), float(np.percentile(waits, 99)), max(waits)


class Ticker(QObject):
    """Asks for a turn every `INTERVAL_MS` and notes how late each comes."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.waits: list[float] = []
        self._timer = QTimer(self)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._tick)
        self._last = time.perf_counter()
        self._timer.start(INTERVAL_MS)

    def _tick(self) -> None:
        now = time.perf_counter()
        late = max(0.0, (now - self._last) * 1000 - INTERVAL_MS)
        self._last = now
        self.waits.append(late)
        while late > INTERVAL_MS:
            late -= INTERVAL_MS
            self.waits.append(late)


def measure(
    puzzle: Puzzle,
    seconds: float,
    folder: Path,
    collector: Collector | None = None,
    *,
    panels: bool = False,
) -> Latencies:
    """Open a window, solve `puzzle` for `seconds` after the solver has loaded, and cancel.

    panels: with the search view and the film in sight.
    """
    closed, services = Event(), solver_services()

    def watched(task: Puzzle, options: SolveOptions, clock: Clock) -> Search:
        closed.clear()
        try:
            return (yield from services.solve(task, options, clock))
        finally:
            closed.set()

    found = Latencies()
    window = make_window(replace(services, solve=watched), UserPaths(folder / "config", folder / "data"))
    window.show()
    window.bench.open(puzzle)
    if panels:
        _show_panels(window)
    if collector is not None:
        window.client.vocabulary_ready.connect(collector.settle)
    ticker = Ticker(window)
    _until(window.client.vocabulary_ready)
    found.loading, ticker.waits = ticker.waits, []
    options = SolveOptions(budget_s=float(Effort.DEEP.value))
    window.client.finished.connect(lambda _: window.bench.solve(replace(options, seed=1)))
    _scrub(window)
    began = time.perf_counter()
    window.bench.solve(options)
    _until_later(seconds)
    found.searching, found.searched_s = ticker.waits, time.perf_counter() - began
    pressed = time.perf_counter()
    window.bench.cancel()
    closed.wait(30)
    found.cancel_ms = (time.perf_counter() - pressed) * 1000
    window.close()
    return found


def _scrub(window: Window) -> None:
    """Go round and round through the states of whatever program is shown."""
    scrub = QTimer(window)
    timeline = window.bench.timeline
    scrub.timeout.connect(lambda: timeline.go((timeline.position + 1) % (timeline.length + 1)))
    scrub.start(SCRUB_MS)


def _show_panels(window: Window) -> None:
    window.watch_search()
    for dock in window.findChildren(QDockWidget):
        dock.setFloating(dock.widget() is window.search_view)  # behind the film's tab it would be spared
    window.show_film()


def _until(signal: SignalInstance) -> None:
    loop = QEventLoop()
    signal.connect(lambda *_: loop.quit())
    loop.exec()


def _until_later(seconds: float) -> None:
    loop = QEventLoop()
    QTimer.singleShot(round(seconds * 1000), loop.quit)
    loop.exec()


def main() -> int:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--puzzle", default="arc1-train/264363fd", help="one the search does not finish soon")
    parser.add_argument("--seconds", type=float, default=60.0)
    parser.add_argument("--panels", action="store_true", help="with the search view and the film in sight")
    arguments = parser.parse_args()
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    app = QApplication(sys.argv[:1])
    app.setStyle("Fusion")
    collector = Collector(app, at_once=False)
    with tempfile.TemporaryDirectory() as folder:
        puzzle, seconds = open_puzzle(arguments.puzzle), arguments.seconds
        found = measure(puzzle, seconds, Path(folder), collector, panels=arguments.panels)
        print(found.report())
    collector.stop()
    return 0


if __name__ == "__main__":
    sys.exit(main())

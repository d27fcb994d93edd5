"""How long after an edit its program has been run again: python -m benchmarks.recompute [--times 20].

A window shows a program on a puzzle of three demonstrations and a test. The word of one step is changed, and
changed back, again and again; the clock runs from the edit until the board shows the new states. The
processor's share of all threads stands beside it, for busy machines.
"""

from __future__ import annotations

import argparse
import os
import statistics
import sys
import tempfile
import time
from dataclasses import replace
from pathlib import Path

import numpy as np
from PySide6.QtCore import QEventLoop, SignalInstance
from PySide6.QtWidgets import QApplication

from app.actions import make_window
from app.collector import Collector
from app.services import solver_services
from app.settings import UserPaths
from app.window import Window
from puzzles.grid import as_grid
from puzzles.puzzle import Pair, Puzzle
from solver.words.program import EXACT_FINGERPRINT, Program, Step

SIDES, LENGTHS, GRIDS = (10, 20), (3, 5), 4
EXACT = ("flip left-right", "flip up-down")
LEARNED = ("w1", "w2")
LIMIT_MS = 100.0


def squares(side: int) -> Puzzle:
    """Return three demonstrations and a test of random cells, all `side` × `side`."""
    random = np.random.default_rng(side)
    grids = [as_grid(random.integers(0, 10, (side, side), dtype=np.uint8)) for _ in range(GRIDS)]
    return Puzzle(f"squares-{side}", tuple(Pair(g, g) for g in grids[:-1]), (Pair(grids[-1], grids[-1]),))


def measure(
    window: Window, puzzle: Puzzle, program: Program, other: str, *, at: int, times: int
) -> list[float]:
    """Return [median, maximum, median on the processor] in ms of changing the word of step `at`."""
    bench = window.bench
    bench.open_program(program, puzzle)
    _until(window.client.executed)
    own, waits, worked = program.steps[at - 1].word, [], []
    for turn in range(times + 2):
        # A program that was shown before is known, so each edit goes one step further from the first.
        shown = bench.run.candidate
        assert shown is not None
        bench.run.adopt(replace(shown), puzzle)
        bench.timeline.go(at)
        began, busy = time.perf_counter(), time.process_time()
        bench.change_word(own if turn % 2 else other)
        _until(window.client.executed)
        assert not bench.run.stale
        assert bench.timeline.position == at
        window.board.grab()
        waits.append(1000 * (time.perf_counter() - began))
        worked.append(1000 * (time.process_time() - busy))
    return [statistics.median(waits[2:]), max(waits[2:]), statistics.median(worked[2:])]


def _until(signal: SignalInstance) -> None:
    loop = QEventLoop()
    signal.connect(loop.quit)
    loop.exec()


def measure_all(window: Window, times: int) -> list[tuple[str, list[float]]]:
    """Return a line and its figures for every kind, size, length and place of the edit."""
    learned = window.bench.vocabulary[0].fingerprint
    found = []
    for kind, words, weights in (("exact", EXACT, EXACT_FINGERPRINT), ("learned", LEARNED, learned)):
        for side in SIDES:
            puzzle = squares(side)
            for length in LENGTHS:
                program = Program((Step(words[0]),) * length, weights)
                for at in (1, length):
                    name = f"{kind:8} {side} × {side}   {length} steps, step {at}"
                    found.append((name, measure(window, puzzle, program, words[1], at=at, times=times)))
    return found


def main() -> int:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--times", type=int, default=20)
    times = parser.parse_args().times
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    app = QApplication(sys.argv[:1])
    app.setStyle("Fusion")
    collector = Collector(app)
    with tempfile.TemporaryDirectory() as folder:
        window = make_window(solver_services(), UserPaths(Path(folder, "config"), Path(folder, "data")))
        window.show()
        _until(window.client.vocabulary_ready)
        found = measure_all(window, times)
        window.bench.document.undo_stack.clear()
        window.close()
    collector.stop()
    load = f"; load {os.getloadavg()[0]:.1f}" if hasattr(os, "getloadavg") else ""
    print(f"{'edit → shown':34}{'median':>9}{'max':>9}{'processor':>11}   ms{load}")
    for name, (median, most, worked) in found:
        print(f"{name:34}{median:9.1f}{most:9.1f}{worked:11.1f}")
    return int(any(figures[0] > LIMIT_MS for _, figures in found))


if __name__ == "__main__":
    sys.exit(main())

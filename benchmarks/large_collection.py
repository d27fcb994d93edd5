"""Time and memory of opening a large file of puzzles: python -m benchmarks.large_collection [--window].

Writes one file of random puzzles in each layout into a temporary folder, then opens it in a process of its
own: seconds to a list of ids, to the puzzles of a hundred rows, and the most memory that process held.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import numpy as np

from puzzles.collections import folder
from solver.explore.peak import peak_mb

LAYOUTS = ("object", "list", "lines")
_ROWS = 100
_VARIETY = 500
"""Different tasks in the file; more would only make writing it slower."""


def tasks(count: int, side: int, pairs: int) -> Iterator[str]:
    """Texts of tasks with square grids of `side` cells."""
    rng = np.random.default_rng(0)

    def pair() -> dict[str, list[list[int]]]:
        return {part: rng.integers(0, 10, (side, side)).tolist() for part in ("input", "output")}

    made = [
        json.dumps({"train": [pair() for _ in range(pairs)], "test": [pair()]})
        for _ in range(min(count, _VARIETY))
    ]
    for number in range(count):
        yield made[number % len(made)]


def write(path: Path, layout: str, count: int, side: int, pairs: int) -> None:
    """Write a file of `count` tasks."""
    first, between, last = {
        "object": ("{", ",", "}"),
        "list": ("[", ",", "]"),
        "lines": ("", "\n", ""),
    }[layout]
    with path.open("w", encoding="utf-8") as file:
        file.write(first)
        for number, task in enumerate(tasks(count, side, pairs)):
            file.write(between if number else "")
            named = f'"task{number}": {task}' if layout == "object" else f'{{"id": "task{number}", {task[1:]}'
            file.write(named)
        file.write(last)


def measure(path: Path) -> dict[str, float]:
    """Open a file and look at its first puzzles."""
    started = time.monotonic()
    found = folder(path)
    listed = time.monotonic() - started
    good = sum(found.entry(name) is not None for name in found.ids[:_ROWS])
    seen = time.monotonic() - started - listed
    return {"listed": len(found), "list_s": listed, f"first_{good}_s": seen, "peak_mb": peak_mb()}


def measure_window(path: Path) -> dict[str, float]:
    """Open a file in the window and scroll through the whole list, a painted step at a time."""
    from PySide6.QtWidgets import QApplication  # noqa: PLC0415 (the other measurement does without)

    from app.actions import make_window  # noqa: PLC0415
    from app.services import solver_services  # noqa: PLC0415
    from app.settings import UserPaths  # noqa: PLC0415

    app = QApplication([])
    window = make_window(solver_services(), UserPaths(path.parent, path.parent))
    window.show()
    app.processEvents()
    started = time.monotonic()
    window.open_path(path)
    app.processEvents()
    listed = time.monotonic() - started
    view, steps = window.browser.list, []
    for step in range(_ROWS):
        before = time.monotonic()
        view.verticalScrollBar().setValue(view.verticalScrollBar().maximum() * step // _ROWS)
        view.repaint()
        app.processEvents()
        steps.append(1000 * (time.monotonic() - before))
    peak = peak_mb()
    found = {"window_s": listed, "scroll_ms": sorted(steps)[_ROWS // 2], "scroll_most_ms": max(steps)}
    window.close()
    return found | {"peak_mb": peak}


def main() -> None:
    """Print a JSON line for each layout."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--puzzles", type=int, default=100_000)
    parser.add_argument("--side", type=int, default=10, help="cells a side of each grid")
    parser.add_argument("--pairs", type=int, default=3, help="demonstrations")
    parser.add_argument(
        "--window", action="store_true", help="open it in the window (QT_QPA_PLATFORM=offscreen)"
    )
    parser.add_argument("--file", type=Path, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.file is not None:
        measured = (measure_window if options.window else measure)(options.file)
        print(json.dumps({key: round(value, 2) for key, value in measured.items()}), flush=True)
        return
    for layout in LAYOUTS:
        with tempfile.TemporaryDirectory() as home:
            path = Path(home, f"set.json{'l' if layout == 'lines' else ''}")
            write(path, layout, options.puzzles, options.side, options.pairs)
            size = round(path.stat().st_size / 2**20)
            command = [sys.executable, "-m", "benchmarks.large_collection", "--file", str(path)]
            command += ["--window"] if options.window else []
            row = json.loads(subprocess.run(command, capture_output=True, text=True, check=True).stdout)
            print(json.dumps({"layout": layout, "file_mb": size} | row), flush=True)


if __name__ == "__main__":
    main()

"""How long it takes from the command to a window one can use: python -m benchmarks.startup [--times 5].

Every start is a process of its own, as when a person types `glossa`. The clock runs from before the process
is made until the window has been painted and its event loop has answered; on a busy machine the processor's
share says more. The first start only warms the
disk's cache and is not counted.
"""

from __future__ import annotations

import argparse
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence

REPORT = """
import sys, time
from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtWidgets import QApplication
from app import main

class Watch(QObject):
    def eventFilter(self, watched, event):
        if event.type() == QEvent.Type.Paint and not self.property("seen"):
            self.setProperty("seen", True)
            QTimer.singleShot(0, self.report)
        return False

    def report(self):
        print(time.time(), time.process_time(), "torch" in sys.modules, flush=True)
        QApplication.closeAllWindows()

def run():
    watch = Watch()
    QApplication.instance().installEventFilter(watch)
    return original()

original = QApplication.exec
QApplication.exec = staticmethod(run)
main.main([])
"""


def start_once(environment: dict[str, str]) -> tuple[float, float]:
    """Start once; return the seconds until the window answers, and the processor seconds of those.

    torch must not have been loaded by then.
    """
    began = time.time()
    command = [sys.executable, "-c", REPORT]
    ended = subprocess.run(command, capture_output=True, text=True, env=environment, timeout=120, check=True)
    at, worked, torch = ended.stdout.split()[-3:]
    assert torch == "False", "torch was loaded before the window showed"
    return float(at) - began, float(worked)


def measure(times: int) -> list[tuple[float, float]]:
    """Start `times` times after one that is not counted."""
    with tempfile.TemporaryDirectory() as folder:
        environment = os.environ | {
            "XDG_CONFIG_HOME": folder,
            "XDG_DATA_HOME": folder,
            "QT_QPA_PLATFORM": os.environ.get("QT_QPA_PLATFORM", "offscreen"),
        }
        return [start_once(environment) for _ in range(times + 1)][1:]


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--times", type=int, default=5)
    found = measure(parser.parse_args(arguments).times)
    seconds, worked = ([start[part] for start in found] for part in (0, 1))
    print(f"interactive after {statistics.median(seconds):.2f} s (median of {len(found)}),", end=" ")
    print(f"{statistics.median(worked):.2f} s of them on the processor; {max(seconds):.2f} s at most")
    return 0


if __name__ == "__main__":
    sys.exit(main())

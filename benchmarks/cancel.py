"""How long a cancelled search goes on, at random moments of random puzzles.

    python -m benchmarks.cancel --puzzles 300

Every puzzle of the sample (ARC-AGI-1 training and the originals, drawn with a seed) is solved without exact
words in a thread, on one core fewer than there are, as the window does it; after a random time the search
is cancelled and the time until it has ended is taken. Every stage takes its turn alone, so that the late
ones are met too. Prints median, 99th percentile and maximum in ms, by stage and over all.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import threading
import time
from collections import defaultdict
from collections.abc import Sequence

import torch

from puzzles.collections import Refused, collection
from puzzles.puzzle import Puzzle
from solver.nli.learned import LearnedLanguage, load_learned
from solver.search.solve import solve
from solver.words.cancel import looking_up
from solver.words.results import STAGES, Progress, SolveOptions

COLLECTIONS = ("arc1-train", "originals")
SETS: tuple[tuple[str, ...], ...] = (STAGES, *((stage,) for stage in STAGES[1:]))
"""What is switched on, in turn: everything, and every stage alone, so that the late ones are met too."""


class _Cancelled(Exception):
    """The search is not wanted any more."""


class Solve(threading.Thread):
    """One search; `phase` is what it is doing now, `ended` when it had ended."""

    def __init__(self, puzzle: Puzzle, learned: LearnedLanguage, options: SolveOptions) -> None:
        super().__init__()
        self._search = solve(puzzle, options, learned=learned)
        self._cancelled = threading.Event()
        self.phase = "start"
        self.ended = 0.0
        self.busy_s = 0.0
        """Seconds of its core's time from its last look to its end: what a cancel takes without a queue."""
        self._looked = 0.0

    def cancel(self) -> None:
        """Let it end."""
        self._cancelled.set()

    def _look_up(self) -> None:
        if self._cancelled.is_set():
            raise _Cancelled
        self._looked = time.thread_time()

    def run(self) -> None:
        """Iterate until the end or the cancel."""
        try:
            with looking_up(self._look_up):
                for progress in self._search:
                    self._note(progress)
                    self._look_up()
        except _Cancelled:
            self._search.close()
        self.ended, self.busy_s = time.monotonic(), time.thread_time() - self._looked

    def _note(self, progress: Progress) -> None:
        self.phase = progress.phase


def sample(number: int, seed: int) -> list[Puzzle]:
    """As many puzzles, drawn from all collections together."""
    places = [(name, puzzle_id) for name in COLLECTIONS for puzzle_id in sorted(collection(name).ids)]
    drawn = random.Random(seed).sample(places, min(number, len(places)))
    found = [collection(name).entry(puzzle_id) for name, puzzle_id in drawn]
    return [puzzle for puzzle in found if not isinstance(puzzle, Refused)]


def measure(puzzles: Sequence[Puzzle], longest_s: float, seed: int) -> dict[str, list[tuple[float, float]]]:
    """Milliseconds from the cancel to the end, by what the search was doing; and those its core was busy."""
    rng = random.Random(seed)
    learned = load_learned("cpu")
    found: dict[str, list[tuple[float, float]]] = defaultdict(list)
    for number, puzzle in enumerate(puzzles):
        stages = SETS[number % len(SETS)]
        running = Solve(puzzle, learned, SolveOptions(budget_s=600, learned_only=True, stages=stages))
        running.start()
        running.join(rng.uniform(0, longest_s))
        if running.is_alive():
            phase, asked = running.phase, time.monotonic()
            running.cancel()
            running.join()
            found[phase].append((1000 * (running.ended - asked), 1000 * running.busy_s))
    return found


def summary(values: Sequence[tuple[float, float]]) -> dict[str, float]:
    """Median, 99th percentile and maximum of milliseconds, waited and busy."""
    waited, busy = (sorted(part) for part in zip(*values, strict=True))
    return {"cancels": len(values)} | _row("", waited) | _row("busy ", busy)


def _row(prefix: str, ordered: Sequence[float]) -> dict[str, float]:
    at = {"median": 0.5, "p99": 0.99, "most": 1.0}
    return {
        prefix + name: round(ordered[min(len(ordered) - 1, int(share * len(ordered)))])
        for name, share in at.items()
    }


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--puzzles", type=int, default=300)
    parser.add_argument(
        "--longest", type=float, default=8.0, metavar="SECONDS", help="latest moment of a cancel"
    )
    parser.add_argument("--seed", type=int, default=0)
    options = parser.parse_args()
    torch.set_num_threads(max(1, torch.get_num_threads() - 1))
    found = measure(sample(options.puzzles, options.seed), options.longest, options.seed)
    for phase, values in sorted(found.items()):
        print(json.dumps({"phase": phase} | summary(values)))
    every = [value for values in found.values() for value in values]
    load = round(os.getloadavg()[0], 1)
    print(json.dumps({"phase": "all"} | summary(every) | {"cores": os.cpu_count(), "load": load}))


if __name__ == "__main__":
    main()

"""Whether searches that are begun and cancelled leave something behind.

    python -m benchmarks.cycles --cycles 500

Solves puzzles of ARC-AGI-1 training and the originals, one after the other, in a thread each, and cancels
each after a random time, as `benchmarks.cancel` does; then memory is given back, as the window does. Prints
resident memory, threads, open files and child processes after the first cycles and at the end, and by how
much the memory grew between; Linux only.
"""

from __future__ import annotations

import argparse
import gc
import json
import os
import random
from pathlib import Path

from benchmarks.cancel import SETS, Solve, sample
from puzzles.puzzle import Puzzle
from solver.nli.learned import LearnedLanguage, load_learned
from solver.tensors import give_back_memory
from solver.words.results import SolveOptions

_SETTLED = 50
"""Cycles after which everything that is loaded once has been loaded."""


def held() -> dict[str, float]:
    """What this process holds now: MiB of memory, threads, open files, child processes."""
    status = dict(
        line.split(":", 1) for line in Path("/proc/self/status").read_text().splitlines() if ":" in line
    )
    children = Path(f"/proc/self/task/{os.getpid()}/children").read_text().split()
    return {
        "mb": round(int(status["VmRSS"].split()[0]) / 1024, 1),
        "threads": int(status["Threads"]),
        "files": len(os.listdir("/proc/self/fd")),
        "processes": len(children),
    }


def cycle(
    puzzle: Puzzle, learned: LearnedLanguage, after_s: float, stages: tuple[str, ...], exact: bool
) -> None:
    """Begin a search and cancel it."""
    options = SolveOptions(budget_s=600, learned_only=not exact, stages=stages, remember=False)
    running = Solve(puzzle, learned, options)
    running.start()
    running.join(after_s)
    running.cancel()
    running.join()
    del running
    give_back_memory()


def main() -> None:
    """Run the cycles and print what is held."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--cycles", type=int, default=500)
    parser.add_argument(
        "--longest", type=float, default=2.0, metavar="SECONDS", help="latest moment of a cancel"
    )
    parser.add_argument("--exact", action="store_true", help="search over exact words too, in processes")
    parser.add_argument("--every", type=int, default=10, help="cycles between two lines")
    parser.add_argument("--seed", type=int, default=0)
    options = parser.parse_args()
    rng = random.Random(options.seed)
    learned = load_learned("cpu")
    puzzles = sample(options.cycles, options.seed)
    first: dict[str, float] = {}
    for number in range(options.cycles):
        stages = SETS[number % len(SETS)]
        cycle(puzzles[number % len(puzzles)], learned, rng.uniform(0, options.longest), stages, options.exact)
        if number + 1 == min(_SETTLED, options.cycles // 2):
            gc.collect()
            first = held()
        if (number + 1) % options.every == 0:
            print(json.dumps({"cycle": number + 1} | held()), flush=True)
    gc.collect()
    last = held()
    grown = round(100 * (last["mb"] / first["mb"] - 1), 1)
    print(json.dumps({"first": first, "last": last, "grown %": grown}))


if __name__ == "__main__":
    main()

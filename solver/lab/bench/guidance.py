"""What the guide buys: training puzzles searched with and without it, in turns, in the same time."""

from __future__ import annotations

import json
import random
import time
from collections.abc import Callable
from typing import Any

from puzzles.collections import collection
from puzzles.grid import same_grid
from puzzles.puzzle import Puzzle
from solver.explore.engine import Explorer, ranked
from solver.explore.guidance import load_guide
from solver.lab.bench.arc import sample

_HELD_OUT = 80


def measure_guidance(number: int, seed: int, budget_s: float, say: Callable[[str], None]) -> None:
    """Say one JSON row per puzzle and way, then the sums; the sample with seed 0 is left out."""
    held_out = set(sample("arc1-train", _HELD_OUT, 0))
    ids = [name for name in sorted(collection("arc1-train").ids) if name not in held_out]
    rows: list[dict[str, Any]] = []
    for name in random.Random(seed).sample(ids, min(number, len(ids))):
        for guided in (False, True):
            row = {"puzzle": name} | _searched(collection("arc1-train")[name], guided, budget_s)
            rows.append(row)
            say(json.dumps(row))
    for guided in (False, True):
        mine = [row for row in rows if row["guided"] == guided]
        sums = {key: sum(row[key] for row in mine) for key in ("right", "verified", "states")}
        say(json.dumps({"guided": guided, "puzzles": len(mine)} | sums))


def _searched(puzzle: Puzzle, guided: bool, budget_s: float) -> dict[str, bool | int | float]:
    started = time.process_time()
    explorer = Explorer(puzzle, budget_s, guide=load_guide() if guided else None)
    for _ in explorer.run():
        pass
    best = ranked(explorer.findings)[:1]
    right = [
        all(
            pair.output is not None and same_grid(a, pair.output)
            for a, pair in zip(finding.answers, puzzle.test, strict=True)
        )
        for finding in best
    ]
    return {
        "guided": guided,
        "right": any(right),
        "verified": bool(best),
        "states": explorer.space.nodes,
        "processor_s": round(time.process_time() - started, 2),
    }

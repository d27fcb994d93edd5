"""Search one puzzle in a process of its own: ARC JSON in, JSON lines out.

`python -m solver.explore SECONDS < task.json` prints {"progress": text}, and for every program found
{"steps": [...], "cost": number, "weight": number, "origin": text}; the caller executes and verifies it.
"""

from __future__ import annotations

import json
import sys
import time
from typing import Any

from puzzles.puzzle import puzzle_from_json
from solver.explore.engine import Explorer, Finding, Variant
from solver.explore.states import program_of

_PAUSE_S = 0.1
"""Least time between two lines about progress."""


def main() -> int:
    """Search until the time is over or nothing is left to try."""
    budget_s, variant = float(sys.argv[1]), Variant(sys.argv[2])
    explorer = Explorer(puzzle_from_json(sys.stdin.read(), "standard input"), budget_s, variant)
    told, reported = 0, time.monotonic()
    for message in explorer.run():
        for finding in explorer.findings[told:]:
            _tell(_document(finding))
        told = len(explorer.findings)
        if time.monotonic() - reported > _PAUSE_S:
            reported = time.monotonic()
            _tell({"progress": message})
    for finding in explorer.findings[told:]:
        _tell(_document(finding))
    guess = explorer.guess
    if not explorer.findings and guess is not None:
        _tell(_document(Finding(guess, 99.0, 0.0, (), "nearest")))
    return 0


def _document(finding: Finding) -> dict[str, Any]:
    steps = [[step.word, step.source, list(step.others)] for step in program_of(finding.node).steps]
    return {"steps": steps, "cost": finding.cost, "weight": finding.weight, "origin": finding.origin}


def _tell(document: dict[str, Any]) -> None:
    print(json.dumps(document), flush=True)


if __name__ == "__main__":
    sys.exit(main())

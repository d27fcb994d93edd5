"""Search puzzles in a process of its own, one after the other: JSON lines in, JSON lines out.

In comes {"puzzle": ARC JSON, "budget_s": seconds, "variant": name}, perhaps with "forbidden" and "demanded",
lists of words, "named", a list of lists of steps, "marked", a list of marks, and "watch" to hear of states
near the outputs, or {"stop": true} to end that search.
Out comes {"progress": text}, later with "process", its number, "part", its variant, "states", how many it
has looked at, "seconds" and "near", what `Nearest.take` gives; for every program found {"steps": [...],
"cost": number, "weight": number, "origin": text, "accuracy": share}, and at the end {"done": peak memory in
MiB}. The caller executes and verifies the programs. The process ends when its input does.
"""

from __future__ import annotations

import json
import os
import queue
import sys
import threading
import time
from collections.abc import Sequence
from typing import Any

from puzzles.puzzle import puzzle_from_json
from puzzles.terminal import exit_status
from solver.explore.engine import Explorer, Finding, Variant, in_turns, searches
from solver.explore.peak import peak_mb
from solver.explore.states import program_of
from solver.explore.telling import mark_of, sent, step_of
from solver.words.operations.pieces import forget_components
from solver.words.wanted import Wanted

_PAUSE_S = 0.1
"""Least time between two lines about progress."""


def main() -> int:
    """Search what is asked for until the input ends, or nobody reads what is found any more."""
    return exit_status("explore", _serve, ())


def _serve() -> int:
    asked: queue.Queue[dict[str, Any] | None] = queue.Queue()
    stopped = threading.Event()
    threading.Thread(target=_listen, args=(asked, stopped), daemon=True).start()
    while (document := asked.get()) is not None:
        _search(document, stopped)
        forget_components()
        _send({"done": peak_mb()})
    return 0


def _listen(asked: queue.Queue[dict[str, Any] | None], stopped: threading.Event) -> None:
    for line in sys.stdin:
        document = json.loads(line)
        if "stop" in document:
            stopped.set()
        else:
            # Whoever asks has read "done" before, so no earlier search is still meant to stop.
            stopped.clear()
            asked.put(document)
    stopped.set()
    asked.put(None)


def _search(document: dict[str, Any], stopped: threading.Event) -> None:
    """Send what is found until the time is over or nothing is left to try."""
    _send({"progress": "reading the demonstrations"})
    puzzle = puzzle_from_json(json.dumps(document["puzzle"]), "standard input")
    wanted = Wanted(frozenset(document.get("forbidden", ())), frozenset(document.get("demanded", ())))
    named = tuple(tuple(map(step_of, steps)) for steps in document.get("named", ()))
    marked = tuple(map(mark_of, document.get("marked", ())))
    explorers = searches(
        puzzle, document["budget_s"], Variant(document["variant"]), wanted, named, marked=marked
    )
    told = {id(explorer): 0 for explorer in explorers}
    if document.get("watch"):
        for explorer in explorers:
            explorer.watch()
    begun = reported = time.monotonic()
    stop_at = begun + document["budget_s"]
    for explorer in in_turns(explorers):
        for finding in explorer.findings[told[id(explorer)] :]:
            _send(_document(finding))
        told[id(explorer)] = len(explorer.findings)
        if stopped.is_set():
            return
        if time.monotonic() > stop_at:
            break
        if time.monotonic() - reported > _PAUSE_S:
            reported = time.monotonic()
            _send(_moment(explorers, document["variant"], reported - begun))
    for explorer in explorers:
        for finding in explorer.findings[told[id(explorer)] :]:
            _send(_document(finding))
    _send(_moment(explorers, document["variant"], time.monotonic() - begun))
    guess = explorers[0].guess
    if not any(explorer.findings for explorer in explorers) and guess is not None:
        _send(_document(Finding(guess, 99.0, 0.0, (), "nearest")))


def _moment(explorers: Sequence[Explorer], part: str, seconds: float) -> dict[str, Any]:
    """How far the searches of this process are; with what is near since the last time, if that is noted."""
    states = sum(one.space.nodes for one in explorers)
    canvases = sum(one.learning.canvases for one in explorers)
    found: dict[str, Any] = {
        "progress": f"{states} states",
        "process": os.getpid(),
        "part": part,
        "doing": f"{canvases} canvases that rules were learned on",
        "states": states,
        "seconds": seconds,
    }
    return found | {"near": [one.near.take() for one in explorers if one.near is not None]}


def _document(finding: Finding) -> dict[str, Any]:
    steps = [sent(step) for step in program_of(finding.node).steps]
    return {
        "steps": steps,
        "cost": finding.cost,
        "weight": finding.weight,
        "origin": finding.origin,
        "accuracy": finding.accuracy,
    }


def _send(document: dict[str, Any]) -> None:
    print(json.dumps(document), flush=True)


if __name__ == "__main__":
    sys.exit(main())

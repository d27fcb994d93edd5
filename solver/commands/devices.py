"""List what the networks can run on here, what a round of refinement costs there, and which is used."""

from __future__ import annotations

import argparse
import json
import math
import time
from dataclasses import dataclass, replace
from statistics import median
from typing import Any

from puzzles.collections import open_puzzle
from puzzles.terminal import printable
from solver.nli.config import SearchConfig
from solver.nli.device import Device, choose, devices, gpu_trouble
from solver.nli.learned import load_learned
from solver.search.problem import Problem
from solver.search.refine import refine

PUZZLE = "originals/01-looking-glass"
"""What the rounds are measured on."""
LENGTH = 3
"""Words of the programs that are refined."""
ROUNDS = 5
"""Rounds that are timed, after one that warms up."""
_MILLI = 1000


@dataclass(frozen=True)
class Cost:
    """What a round of refinement takes on a device."""

    seconds: float
    starts: int
    """Programs that are refined at once."""


def add_to(parser: argparse.ArgumentParser) -> None:
    """Declare the command's options."""
    parser.add_argument("--json", action="store_true", help="print one JSON object")
    parser.add_argument(
        "--measure", action=argparse.BooleanOptionalAction, default=True, help="time the rounds"
    )
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Print every device, and which one "auto" takes and why."""
    rows = [_row(device, options.measure) for device in devices()]
    chosen, why = choose()
    if options.json:
        print(json.dumps({"devices": rows, "used": chosen.type, "why": why}))
        return 0
    for row in rows:
        print(_line(row))
    print(f"Glossa uses {chosen.type}: {printable(why, len(why))}.")
    if options.measure:
        print(f"A round: one step of gradient refinement of programs of {LENGTH} words, on {PUZZLE}.")
    return 0


def _row(device: Device, measured: bool) -> dict[str, Any]:
    row: dict[str, Any] = {"name": device.name, "title": device.title, "trouble": device.trouble}
    if measured and not device.trouble:
        try:
            cost = round_cost(device.name)
        except RuntimeError as error:
            if not gpu_trouble(error):
                raise
            return row | {"trouble": f"it {gpu_trouble(error)}"}
        row |= {"round_s": round(cost.seconds, 5), "starts": cost.starts}
    return row


def _line(row: dict[str, Any]) -> str:
    text = f"{row['name']:5} {printable(row['title'])}".rstrip()
    if row["trouble"]:
        return f"{text:5} — {printable(row['trouble'])}"
    if "round_s" in row:
        text += f": {_MILLI * row['round_s']:.0f} ms a round of {row['starts']} programs"
    return text


def round_cost(device: str) -> Cost:
    """Time a few rounds of refinement; the median. Raises what torch raises where the device fails."""
    problem = Problem(open_puzzle(PUZZLE), load_learned(device))
    config = replace(SearchConfig(), steps=ROUNDS + 1)
    times: list[float] = []
    began, starts = time.perf_counter(), 0
    for moment in refine(problem, config, 0, LENGTH):
        now = time.perf_counter()
        if math.isinf(moment.loss):  # still making the starts
            began = now
        elif moment.programs:  # the end of a round; its loss was read, so a GPU has come to its end too
            times.append(now - began)
            began, starts = now, moment.starts
    return Cost(median(times[1:]), starts)

"""Fit how programs are ranked (`solver.explore.ranking`) to what became of programs for training puzzles.

    python -m tools.fit_ranking record FILE --fresh rearc.npz --demonstrations 2
    python -m tools.fit_ranking fit FILE...
    python -m tools.fit_ranking record FILE --yardstick --fresh rearc.npz --demonstrations 2
    python -m tools.fit_ranking judge FILE...

`record` searches ARC-AGI-1 training puzzles outside the held-out tasks for a fixed processor time in one
process, goes on after the first program, and writes a line of JSON per puzzle with every program that
reproduces the demonstrations: what it costs, whether it answers the tests, and whether it answers freshly
generated examples of the task. `fit` prints the numbers in `solver.explore.ranking`. `judge` counts
how often a record's first answer is right: by these numbers, and as programs were ranked before (the sum of
the weights 4^-cost of all programs behind an answer, after a shorter wait for rivals).
"""

from __future__ import annotations

import argparse
import json
import math
import random
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import astuple, dataclass, fields, replace
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from puzzles.collections import collection, held_out
from puzzles.grid import as_grid, same_grid
from puzzles.puzzle import Pair, Puzzle
from solver.explore.costs import COSTS
from solver.explore.engine import Explorer, Finding, Variant
from solver.explore.ranking import SUSPICIOUS, Judged, Signs, best_first, judged, signs_of
from solver.explore.run import evaluate
from solver.explore.states import program_of
from solver.lab.bench.arc import sample
from solver.lab.bench.fresh import FreshExamples
from solver.words.operations.pieces import forget_components
from solver.words.program import EXACT_FINGERPRINT, Program, Step
from solver.words.vocabulary import EXACT_LANGUAGE

Floats = NDArray[np.float64]
Choice = tuple[Floats, Floats, NDArray[np.bool_]]
"""Programs for one puzzle: logarithms of their weights, their signs, and which to choose."""
NAMES = [field.name for field in fields(Signs)]
EXPECTED = np.array([-1.0 if name in SUSPICIOUS else 0.0 for name in NAMES])
"""What is expected of signs that the record does not show: what is suspicious lowers the weight."""
_RIDGE = 0.5
"""How strongly numbers are drawn to what is expected, against puzzles that count 1 each."""
_ROUNDS, _RATE = 1500, 0.02
_RIVALS_S = 0.8
"""Processor seconds a search goes on after its first program."""
_CHECKED = 2
"""Programs of each right answer that are run on fresh examples, the cheapest first."""


def main() -> int:
    """Record or fit."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parts = parser.add_subparsers(required=True)
    recording = parts.add_parser("record")
    recording.add_argument("file", type=Path)
    recording.add_argument("--fresh", type=Path, required=True, metavar="NPZ")
    recording.add_argument("--demonstrations", type=int, metavar="K")
    recording.add_argument("--seconds", type=float, default=1.5, help="processor seconds of each search")
    recording.add_argument("--sample", type=int, default=60)
    recording.add_argument("--yardstick", action="store_true", help="the puzzles that the fit is judged by")
    recording.set_defaults(run=record)
    fitting = parts.add_parser("fit")
    fitting.add_argument("files", type=Path, nargs="+")
    fitting.set_defaults(run=fit)
    judging = parts.add_parser("judge")
    judging.add_argument("files", type=Path, nargs="+")
    judging.set_defaults(run=judge)
    options = parser.parse_args()
    return int(options.run(options))


def record(options: argparse.Namespace) -> int:
    """Write a line for every puzzle that has none yet."""
    tasks, fresh = collection("arc1-train"), FreshExamples(options.fresh)
    judged = sample(tasks.ids, 120, 1)
    ids = judged
    if not options.yardstick:
        left_out = {*judged, *held_out(tasks.ids)}
        ids = sorted(one for one in tasks.ids if one not in left_out)
        random.Random(0).shuffle(ids)
    known = options.file.read_text().splitlines() if options.file.exists() else []
    done = {json.loads(line)["puzzle"] for line in known}
    with options.file.open("a") as file:
        for puzzle_id in ids[: options.sample]:
            if puzzle_id not in done:
                row = _recorded(puzzle_id, tasks[puzzle_id], options, fresh)
                file.write(json.dumps(row) + "\n")
                file.flush()
    return 0


def _recorded(
    puzzle_id: str, puzzle: Puzzle, options: argparse.Namespace, fresh: FreshExamples
) -> dict[str, Any]:
    if options.demonstrations is not None:
        puzzle = replace(puzzle, train=puzzle.train[: options.demonstrations])
    rows: list[dict[str, Any]] = []
    for search, asked, share in (
        ("plain", puzzle, 1.0),
        ("roles", puzzle, 0.6),
        ("transposed", transposed(puzzle), 0.6),
    ):
        answers = {row["answers"] for row in rows}
        if search == "transposed" and len(answers) < 2:
            continue  # nothing to decide
        variant = Variant.ROLES if search == "roles" else Variant.PLAIN
        explorer = Explorer(
            asked, share * options.seconds, variant, clock=time.process_time, least_s=_RIVALS_S
        )
        if search == "roles" and explorer.variant is not variant:
            continue  # colours play the same parts everywhere
        for finding, seconds in _found(explorer):
            row = _row(asked, finding)
            if row is not None:
                rows.append(row | {"search": search, "seconds": round(seconds, 3)})
    checked: Counter[str] = Counter()
    for row in sorted(rows, key=lambda row: float(row["cost"])):
        if row["right"] and row["search"] != "transposed" and checked[row["answers"]] < _CHECKED:
            checked[row["answers"]] += 1
            row["truly_right"] = fresh.all_right(puzzle_id, program_from(row["steps"]), EXACT_LANGUAGE)
    forget_components()
    return {"puzzle": puzzle_id, "demonstrations": len(puzzle.train), "programs": rows}


def _found(explorer: Explorer) -> Iterator[tuple[Finding, float]]:
    """What a search finds, and after how many of its seconds."""
    started, known = time.process_time(), 0
    for _ in explorer.run():
        for finding in explorer.findings[known:]:
            yield finding, time.process_time() - started
        known = len(explorer.findings)
    for finding in explorer.findings[known:]:
        yield finding, time.process_time() - started


def _row(puzzle: Puzzle, finding: Finding) -> dict[str, Any] | None:
    program = program_of(finding.node)
    candidate = evaluate(puzzle, program, finding.origin)
    if candidate is None or not candidate.verified:
        return None
    outputs = [trace.output for trace in candidate.tests]
    return {
        "steps": [[step.word, step.source, list(step.others)] for step in program.steps],
        "cost": round(finding.cost, 4),
        "weight": finding.weight,
        "accuracy": finding.accuracy,
        "answers": json.dumps([grid.tolist() for grid in outputs]),
        "right": all(
            pair.output is not None and same_grid(grid, pair.output)
            for grid, pair in zip(outputs, puzzle.test, strict=True)
        ),
    }


def program_from(steps: list[Any]) -> Program:
    """A recorded program."""
    read = (Step(word, source, tuple(others)) for word, source, others in steps)
    return Program(tuple(read), EXACT_FINGERPRINT)


def transposed(puzzle: Puzzle) -> Puzzle:
    """The puzzle with rows and columns exchanged."""
    return replace(puzzle, train=_transposed(puzzle.train), test=_transposed(puzzle.test))


def _transposed(pairs: tuple[Pair, ...]) -> tuple[Pair, ...]:
    return tuple(
        Pair(as_grid(pair.input.T), None if pair.output is None else as_grid(pair.output.T)) for pair in pairs
    )


@dataclass(frozen=True)
class Recorded:
    """A recorded program with its signs."""

    row: dict[str, Any]
    judged: Judged
    signs: Signs

    @property
    def label(self) -> bool | None:
        """Whether it is truly right; None where that was not checked."""
        return self.row.get("truly_right") if self.row["right"] else False


def read(files: Sequence[Path]) -> list[list[Recorded]]:
    """Per puzzle its programs in the order of finding, the transposed search left out."""
    tasks = collection("arc1-train")
    puzzles = []
    for line in (line for file in files for line in file.read_text().splitlines()):
        document = json.loads(line)
        puzzle = tasks[document["puzzle"]]
        puzzle = replace(puzzle, train=puzzle.train[: document["demonstrations"]])
        programs = {}
        for row in document["programs"]:
            key = json.dumps(row["steps"])
            candidate = None
            if row["search"] != "transposed" and key not in programs:
                candidate = evaluate(puzzle, program_from(row["steps"]), "recorded")
            if candidate is not None:
                one = judged(puzzle, candidate, row["cost"], row["accuracy"], row["weight"])
                programs[key] = Recorded(row, one, signs_of(puzzle, candidate, row["cost"], row["accuracy"]))
        puzzles.append(list(programs.values()))
        forget_components()
    return puzzles


def fit(options: argparse.Namespace) -> int:
    """Print the numbers of the ranking."""
    numbers = conditional_logit([choice for programs in read(options.files) if (choice := _choice(programs))])
    for name, number in zip(NAMES, numbers, strict=True):
        print(f"    {name}={number:.2f},")
    return 0


def _choice(programs: Sequence[Recorded]) -> Choice | None:
    """What a puzzle says about the ranking; None where no program is right, or every one.

    Truly right programs are the ones to choose; where there are none, those that are right on the tests.
    """
    truly = any(one.label for one in programs)
    known = [one for one in programs if one.label is not None] if truly else list(programs)
    wanted = np.array([bool(one.label) if truly else bool(one.row["right"]) for one in known], np.bool_)
    if not wanted.any() or wanted.all():
        return None
    prior = np.log([max(one.row["weight"], 1e-300) for one in known])
    return prior, np.array([astuple(one.signs) for one in known]), wanted


def conditional_logit(choices: Sequence[Choice]) -> Floats:
    """The weights of the signs that make the wanted programs likeliest, by gradient ascent.

    A ridge draws them to `EXPECTED`.
    """
    found = EXPECTED.copy()
    for _ in range(_ROUNDS):
        slope = _RIDGE * (EXPECTED - found)
        for prior, signs, wanted in choices:
            score = prior + signs @ found
            chance = np.exp(score - score.max())
            right = np.exp(score - score[wanted].max()) * wanted
            slope += signs.T @ (right / right.sum() - chance / chance.sum())
        found = found + _RATE * slope / (1.0 + np.abs(slope).max())
    return found


def judge(options: argparse.Namespace) -> int:
    """Count right answers before and after."""
    puzzles = read(options.files)
    for name, answers in (("before", _answers_before), ("after", _answers_after)):
        print(json.dumps({"ranking": name, "puzzles": len(puzzles)} | _counts(puzzles, answers)))
    return 0


def _counts(
    puzzles: Sequence[Sequence[Recorded]], answers: Callable[[Sequence[Recorded]], list[Recorded]]
) -> dict[str, Any]:
    ordered = [answers(programs) for programs in puzzles]
    first = [programs[0] for programs in ordered if programs]
    right = [{one.row["answers"] for one in programs if one.row["right"]} for programs in puzzles]
    ranks = [list(dict.fromkeys(one.row["answers"] for one in programs)) for programs in ordered]
    return {
        "verified": len(first),
        "right_at_1": sum(one.row["right"] for one in first),
        "right_at_2": sum(bool(set(rank[:2]) & good) for rank, good in zip(ranks, right, strict=True)),
        "right_at_all": sum(bool(set(rank) & good) for rank, good in zip(ranks, right, strict=True)),
        "truly_right": sum(bool(one.row.get("truly_right")) for one in first),
        "unchecked": sum(one.row["right"] and "truly_right" not in one.row for one in first),
    }


def _answers_before(programs: Sequence[Recorded]) -> list[Recorded]:
    """The order of 4^-cost, among what was found within the wait of then."""
    ends = {
        search: _end_before([one.row for one in programs if one.row["search"] == search])
        for search in {one.row["search"] for one in programs}
    }
    stop_at = min(ends.values(), default=0.0)
    seen = [one for one in programs if one.row["seconds"] <= stop_at]
    weight: Counter[str] = Counter()
    for one in seen:
        weight[one.row["answers"]] += one.row["weight"]
    return sorted(seen, key=lambda one: (-weight[one.row["answers"]], one.row["cost"]))


def _end_before(rows: Sequence[dict[str, Any]]) -> float:
    best, stop_at = COSTS.dear + 1, math.inf
    for row in rows:
        if row["seconds"] <= stop_at and row["cost"] < best and _trusted(row):
            best, doubt = row["cost"], 2.0 ** max(0.0, row["cost"] - COSTS.cheap)
            stop_at = row["seconds"] + max(0.2 * doubt, min(1.0, doubt * row["seconds"]))
    return stop_at


def _trusted(row: dict[str, Any]) -> bool:
    return bool(row["cost"] <= COSTS.dear and row["accuracy"] >= 0.5)


def _answers_after(programs: Sequence[Recorded]) -> list[Recorded]:
    known = {one.judged.candidate.program: one for one in programs}
    return [known[candidate.program] for candidate in best_first(one.judged for one in programs)]


if __name__ == "__main__":
    sys.exit(main())

"""Score a submission.json against the answers of a collection or of a solutions file."""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path
from typing import Any

from puzzles.collections import COLLECTIONS, open_collection
from puzzles.files import parse_json, read_text
from puzzles.formats import stem_of
from puzzles.grid import Grid, PuzzleError
from puzzles.score import Score, TaskScore, answers_of, attempts_in, score, solutions_in
from puzzles.terminal import one_line, printable
from solver.commands.options import add_padding

_SHOWN = 5


def add_to(parser: argparse.ArgumentParser) -> None:
    """Declare the options."""
    parser.add_argument("submission", type=Path, help="a submission.json")
    answers = parser.add_mutually_exclusive_group(required=True)
    answers.add_argument(
        "--collection",
        metavar="NAME",
        help=f"one of {', '.join(COLLECTIONS)}, mine, or a folder or file of tasks with answers",
    )
    answers.add_argument("--solutions", type=Path, metavar="FILE", help="a Kaggle solutions file")
    add_padding(parser)
    parser.add_argument("--json", action="store_true", help="print one JSON object")
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Print how each task did, and all of them."""
    path: Path = options.submission
    attempts = attempts_in(parse_json(read_text(path), path.name), path.name, stem_of(path.name))
    if options.solutions:
        solutions: Path = options.solutions
        answers = solutions_in(parse_json(read_text(solutions), solutions.name), solutions.name)
    else:
        answers = _answers(options.collection, attempts, options.padding)
    result = score(attempts, answers)
    if not result.tasks:
        raise PuzzleError(f"{options.solutions or options.collection}: has no answers, expected some")
    print(json.dumps(as_document(result)) if options.json else as_text(result))
    return 0


def as_document(result: Score) -> dict[str, Any]:
    """The score as plain JSON values."""
    tasks = {
        task.id: {
            "tests": task.tests,
            "right_at_1": task.right_at_1,
            "right_at_2": task.right_at_2,
            **({"problem": task.problem} if task.problem else {}),
        }
        for task in result.tasks
    }
    return {
        "tasks": len(result.tasks),
        "score_at_1": round(result.mean(1), 4),
        "score_at_2": round(result.mean(2), 4),
        "solved_at_1": result.solved(1),
        "solved_at_2": result.solved(2),
        "missing": list(result.missing),
        "extra": list(result.extra),
        "wrong_counts": list(result.wrong_counts),
        "by_task": tasks,
    }


def as_text(result: Score) -> str:
    """The score as lines for a person: a line for each task, then all of them."""
    lines = [_line(task) for task in result.tasks]
    count = len(result.tasks)
    for attempts in (1, 2):
        within = "within 1 attempt" if attempts == 1 else f"within {attempts} attempts"
        lines.append(
            f"{within}: score {100 * result.mean(attempts):.2f} %, "
            f"{result.solved(attempts)} of {count} tasks with every test right"
        )
    for ids, said in (
        (result.missing, "missing from the submission"),
        (result.extra, "in the submission without known answers"),
        (result.wrong_counts, "with another number of tests"),
    ):
        if ids:
            more = ", …" if len(ids) > _SHOWN else ""
            lines.append(f"{len(ids)} {said}: {', '.join(map(printable, ids[:_SHOWN]))}{more}")
    return "\n".join(lines)


def _line(task: TaskScore) -> str:
    problem = f"  ({printable(task.problem)})" if task.problem else ""
    rights = f"{task.right_at_1}/{task.tests} at 1, {task.right_at_2}/{task.tests} at 2"
    return f"{printable(task.id)}  {rights}{problem}"


def _answers(name: str, attempts: dict[str, Any], padding: int | None) -> dict[str, list[Grid]]:
    """The answers of a collection; says how many of its entries are no puzzles."""
    chosen = open_collection(name, padding)
    answers = answers_of(chosen, attempts)
    if chosen.refused:
        first = chosen.refused[0].reason
        print(
            one_line(f"{len(chosen.refused)} of {len(chosen)} entries passed over; {first}"), file=sys.stderr
        )
    return answers

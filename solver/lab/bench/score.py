"""Exact-match accuracy of one trained method, row by row, resumable through small JSON files."""

from __future__ import annotations

import json
import time
from dataclasses import asdict
from pathlib import Path

import torch

from solver.lab.baselines.examples import Examples
from solver.lab.baselines.learner import Effort, Learner
from solver.lab.bench.methods import Method
from solver.nli.checkpoint import write_text
from solver.nli.device import fast_precision
from solver.words.errors import UsageError

Score = dict[str, float]


def accuracy(learner: Learner, tasks: Examples, effort: Effort | None, seed: int) -> float:
    """Share of tasks whose last example is answered exactly from the others; None means no search."""
    demonstrations, queries, answers = tasks.split()
    torch.manual_seed(seed)
    with fast_precision(queries.device):
        if effort is None:
            cells = learner.predict(demonstrations, queries)
        else:
            cells = learner.search(demonstrations, queries, effort, seed)
    return int((cells == answers).all(-1).sum()) / len(answers)


def score_rows(
    method: Method,
    learner: Learner,
    splits: dict[str, Examples],
    effort: Effort,
    *,
    seed: int,
    path: Path,
) -> dict[str, Score]:
    """Per row, accuracy on every split and the seconds taken; rows already in `path` are not run again.

    Raises ValueError when `path` was scored with another effort or other tasks.
    """
    setting = {"effort": asdict(effort), "tasks": {name: len(tasks) for name, tasks in splits.items()}}
    scored: dict[str, Score] = {}
    if path.exists():
        document = json.loads(path.read_text("utf-8"))
        if document["setting"] != setting:
            raise UsageError(f"{path}: scored with another effort; delete it or choose another --folder")
        scored = document["rows"]
    for row, reading in method.rows:
        if row in scored:
            continue
        started = time.monotonic()
        scores = {name: accuracy(learner, tasks, reading(effort), seed) for name, tasks in splits.items()}
        scored[row] = {**scores, "seconds": round(time.monotonic() - started, 1)}
        write_text(path, json.dumps({"setting": setting, "rows": scored}, indent=1) + "\n")
    return scored

"""Exact-match accuracy of one trained method, row by row, resumable through small JSON files."""

from __future__ import annotations

import json
import math
import time
from collections.abc import Iterable, Iterator
from dataclasses import asdict
from pathlib import Path
from typing import Any

import torch

from puzzles.storage import write_whole
from solver.lab.baselines.examples import Examples
from solver.lab.baselines.learner import Effort, Learner
from solver.lab.bench.fit import OutOfTime
from solver.lab.bench.methods import Row
from solver.nli.device import fast_precision
from solver.words.errors import UsageError

Score = dict[str, float]
_Document = dict[str, Any]

_SAVE_EVERY_S = 20.0


def accuracy(learner: Learner, tasks: Examples, effort: Effort | None, seed: int) -> float:
    """Share of tasks whose last example is answered exactly from the others; None means no search."""
    return sum(answered(learner, tasks, effort, seed)) / len(tasks)


def judge(learner: Learner, tasks: Examples, effort: Effort | None, wanted: float, seed: int) -> float:
    """Share of tasks answered, at once or by a search, as far as needed to tell if it is `wanted`.

    Tasks are searched in order, until so many are missed that the share cannot be reached any more; the
    share is then that of the tasks looked at.
    """
    share = accuracy(learner, tasks, None, seed)
    if effort is None or share >= wanted:
        return share
    right = looked_at = 0
    for correct in answered(learner, tasks, effort, seed):
        right, looked_at = right + correct, looked_at + 1
        if looked_at - right > (1 - wanted) * len(tasks):
            break
    return right / looked_at


def answered(
    learner: Learner, tasks: Examples, effort: Effort | None, seed: int, first: int = 0
) -> Iterator[bool]:
    """Whether each task from number `first` on is answered exactly.

    Every task's search has the same random numbers, whichever tasks were searched before it.
    """
    demonstrations, queries, answers = tasks.split()
    parts = [list(range(len(tasks)))] if effort is None else [[task] for task in range(first, len(tasks))]
    for part in parts:
        torch.manual_seed(seed)
        own = demonstrations.take(part)
        with fast_precision(queries.device):
            if effort is None:
                cells = learner.predict(own, queries[part])
            else:
                cells = learner.search(own, queries[part], effort, seed)
        right: list[bool] = (cells == answers[part]).all(-1).tolist()
        yield from right if effort else right[first:]


def score_rows(
    rows: Iterable[Row],
    learner: Learner,
    splits: dict[str, Examples],
    effort: Effort,
    *,
    seed: int,
    path: Path,
    stop_at: float = math.inf,
) -> dict[str, Score]:
    """Per row, accuracy on every split and the seconds taken; what is already in `path` is not run again.

    Raises UsageError when `path` was scored with another effort or other tasks, and `OutOfTime` when the
    clock (`time.time()`) comes to `stop_at`; the next call goes on with the task it stopped before.
    """
    document = _document(path, {name: len(tasks) for name, tasks in splits.items()}, effort)
    for row in rows:
        if row.label not in document["rows"]:
            _score_row(row, learner, splits, effort, _Sheet(path, document, stop_at), seed=seed)
    scored: dict[str, Score] = document["rows"]
    return scored


def read_scores(path: Path) -> dict[str, Score]:
    """Finished rows of a file that `score_rows` wrote; none where there is no file."""
    if not path.exists():
        return {}
    scored: dict[str, Score] = json.loads(path.read_text("utf-8"))["rows"]
    return scored


def all_scored(rows: Iterable[Row], path: Path, tasks: dict[str, int], effort: Effort) -> bool:
    """Whether every row stands finished in `path`, of so many `tasks` a split: then no weights are needed.

    Raises UsageError as `score_rows` does.
    """
    scored = _document(path, tasks, effort)["rows"]
    return all(row.label in scored for row in rows)


class _Sheet:
    """The file of one method's scores, and until when it may be written on."""

    def __init__(self, path: Path, document: _Document, stop_at: float) -> None:
        self.path, self.document, self.stop_at = path, document, stop_at
        self.saved = time.monotonic()

    def write(self) -> None:
        write_whole(self.path, json.dumps(self.document, indent=1) + "\n")
        self.saved = time.monotonic()

    def tick(self) -> None:
        """Save where it is time to; raises `OutOfTime` at the limit."""
        over = time.time() >= self.stop_at
        if over or time.monotonic() - self.saved > _SAVE_EVERY_S:
            self.write()
        if over:
            raise OutOfTime


def _document(path: Path, tasks: dict[str, int], effort: Effort) -> _Document:
    setting = {"effort": asdict(effort), "tasks": tasks}
    if not path.exists():
        return {"setting": setting, "rows": {}, "begun": {}}
    document: _Document = json.loads(path.read_text("utf-8"))
    if document["setting"] != setting:
        raise UsageError(f"{path}: scored with another effort; delete it or choose another --folder")
    return document


def _score_row(
    row: Row, learner: Learner, splits: dict[str, Examples], effort: Effort, sheet: _Sheet, *, seed: int
) -> None:
    begun = sheet.document["begun"].setdefault(row.label, {"seconds": 0.0})
    clock = begun["seconds"] - time.monotonic()
    for name, tasks in splits.items():
        right: list[bool] = begun.setdefault(name, [])
        if len(right) == len(tasks):
            continue
        for correct in answered(learner, tasks, row.reading(effort), seed, len(right)):
            right.append(correct)
            begun["seconds"] = clock + time.monotonic()
            sheet.tick()
    scores = {name: sum(begun[name]) / len(tasks) for name, tasks in splits.items()}
    sheet.document["rows"][row.label] = {**scores, "seconds": round(clock + time.monotonic(), 1)}
    del sheet.document["begun"][row.label]
    sheet.write()

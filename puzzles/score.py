"""Scoring a submission: attempts at the tests of many tasks against their answers.

A task's point is the share of its tests that an attempt answers exactly, as the competition counts; the
score is the mean over all tasks with known answers, so that what is missing counts as wrong.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from puzzles.grid import Grid, PuzzleError, as_grid, same_grid, shown

ATTEMPTS = ("attempt_1", "attempt_2")


@dataclass(frozen=True)
class TaskScore:
    """How the attempts at one task did."""

    id: str
    tests: int
    right_at_1: int
    """Tests that the first attempt answers."""
    right_at_2: int
    """Tests that the first or the second attempt answers."""
    problem: str = ""
    """What is wrong with its entry: missing, another number of tests, an attempt that is no grid."""


@dataclass(frozen=True)
class Score:
    """How a submission did: task by task in the order of the answers, and which ids were of no use."""

    tasks: tuple[TaskScore, ...]
    missing: tuple[str, ...]
    """Ids with answers that the submission does not have."""
    extra: tuple[str, ...]
    """Ids of the submission that no answers are known for."""
    wrong_counts: tuple[str, ...]
    """Ids whose number of tests is not that of the answers."""

    def mean(self, attempts: int) -> float:
        """The mean of the tasks' shares of right tests, within one or two attempts; 0 without tasks."""
        return sum(_right(task, attempts) / task.tests for task in self.tasks) / max(1, len(self.tasks))

    def solved(self, attempts: int) -> int:
        """How many tasks have every test right within one or two attempts."""
        return sum(_right(task, attempts) == task.tests for task in self.tasks)


def score(submission: Mapping[str, Any], answers: Mapping[str, Sequence[Grid]]) -> Score:
    """Score parsed attempts, {id: [{"attempt_1": rows, "attempt_2": rows}, …]}, one entry for each test.

    In place of its rows an attempt may be an object with them under "answer". Whatever is not a grid is a
    wrong attempt; nothing raises. Tasks without answers are left out.
    """
    known = {name: outputs for name, outputs in answers.items() if outputs}
    tasks = tuple(_task_score(name, submission.get(name), outputs) for name, outputs in known.items())
    return Score(
        tasks,
        tuple(name for name in known if name not in submission),
        tuple(name for name in submission if name not in known),
        tuple(
            name
            for name, outputs in known.items()
            if isinstance(submission.get(name), list) and len(submission[name]) != len(outputs)
        ),
    )


def attempts_in(document: Any, file: str, name: str) -> dict[str, Any]:
    """Attempts by id of a parsed submission; a list is that of the single task called `name`.

    Raises `PuzzleError` for anything that is no submission at all.
    """
    if isinstance(document, list) and document:
        document = {name: document}
    if not isinstance(document, dict) or not any(map(_has_attempts, document.values())):
        raise PuzzleError(f"{file}: has no attempts, expected an object of lists by id with {ATTEMPTS[0]}")
    return document


def _has_attempts(tests: Any) -> bool:
    return isinstance(tests, list) and any(
        isinstance(test, dict) and any(key in test for key in ATTEMPTS) for test in tests
    )


def _right(task: TaskScore, attempts: int) -> int:
    return task.right_at_1 if attempts == 1 else task.right_at_2


def _task_score(name: str, tests: Any, outputs: Sequence[Grid]) -> TaskScore:
    if tests is None:
        return TaskScore(name, len(outputs), 0, 0, "missing")
    if not isinstance(tests, list):
        return TaskScore(name, len(outputs), 0, 0, f"is {shown(tests)}, expected a list of tests")
    problems = []
    if len(tests) != len(outputs):
        problems.append(f"has {len(tests)} tests, expected {len(outputs)}")
    hits = []
    for index, (test, output) in enumerate(zip(tests, outputs, strict=False)):
        found = list(_grids(test, f"test {index}", problems))
        hits.append([grid is not None and same_grid(grid, output) for grid in found])
    problem = problems[0] if problems else ""
    return TaskScore(name, len(outputs), sum(hit[0] for hit in hits), sum(map(any, hits)), problem)


def _grids(test: Any, where: str, problems: list[str]) -> Iterator[Grid | None]:
    """Both attempts at a test, None for one that is absent or no grid."""
    for key in ATTEMPTS:
        attempt = test.get(key) if isinstance(test, dict) else None
        rows = attempt.get("answer") if isinstance(attempt, dict) else attempt
        try:
            yield None if rows is None else as_grid(rows, f"{where} {key}")
        except PuzzleError as error:
            problems.append(str(error))
            yield None
        else:
            if rows is None and key == ATTEMPTS[0]:
                problems.append(f"{where} {key} is missing, expected a grid")

"""Scoring a submission: attempts at the tests of many tasks against their answers.

A task's point is the share of its tests that an attempt answers exactly, as the competition counts; the
score is the mean over all tasks with known answers, so that what is missing counts as wrong.
"""

from __future__ import annotations

from collections.abc import Container, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from puzzles.collections import Collection
from puzzles.formats import ATTEMPTS
from puzzles.grid import Grid, PuzzleError, as_grid, same_grid, shown
from puzzles.puzzle import grids_from_rows


@dataclass(frozen=True)
class Attempt:
    """One attempt at a test."""

    grid: Grid | None
    """None where it is absent or no grid."""
    problem: str = ""
    """What is wrong with it, beginning with its key."""


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
        tried = attempts_at(test)
        problems += [f"test {index} {attempt.problem}" for attempt in tried if attempt.problem]
        hits.append([is_right(attempt, output) for attempt in tried])
    problem = problems[0] if problems else ""
    return TaskScore(name, len(outputs), sum(hit[0] for hit in hits), sum(map(any, hits)), problem)


def attempts_at(test: Any) -> tuple[Attempt, Attempt]:
    """Both attempts at a test, one entry of a submission's list; a second one need not be there."""
    first, second = (_attempt(test, key) for key in ATTEMPTS)
    if first.grid is None and not first.problem:
        first = Attempt(None, f"{ATTEMPTS[0]} is missing, expected a grid")
    return first, second


def _attempt(test: Any, key: str) -> Attempt:
    attempt = test.get(key) if isinstance(test, dict) else None
    rows = attempt.get("answer") if isinstance(attempt, dict) else attempt
    try:
        return Attempt(None if rows is None else as_grid(rows, key))
    except PuzzleError as error:
        return Attempt(None, str(error))


def is_right(attempt: Attempt, output: Grid) -> bool:
    """Whether an attempt is exactly the output."""
    return attempt.grid is not None and same_grid(attempt.grid, output)


def names_in(submission: Container[str], ids: Iterable[str]) -> dict[str, str]:
    """Under which name of a submission each id of a collection is looked for, the ids by these names.

    Ids of folders are paths; where a submission does not have one as it is, its last part may be meant.
    """
    ordered = list(ids)
    taken = {puzzle_id for puzzle_id in ordered if puzzle_id in submission}
    found: dict[str, str] = {}
    for puzzle_id in ordered:
        last = puzzle_id.rpartition("/")[2]
        by_last = puzzle_id not in taken and last in submission and last not in taken
        taken.update((last,) if by_last else ())
        found[last if by_last else puzzle_id] = puzzle_id
    return found


def answers_of(chosen: Collection, submission: Container[str]) -> dict[str, list[Grid]]:
    """The answers of a collection, by the names a submission gives its ids; none for a task that is open.

    Entries that are no puzzle are left out; the collection then says which.
    """
    names = {puzzle_id: name for name, puzzle_id in names_in(submission, chosen.ids).items()}
    answers = {}
    for puzzle_id, puzzle in chosen.puzzles():
        known = [pair.output for pair in puzzle.test if pair.output is not None]
        answers[names[puzzle_id]] = known if len(known) == len(puzzle.test) else []
    return answers


def solutions_in(document: Any, file: str) -> dict[str, list[Grid]]:
    """The answers of a parsed solutions file; raise `PuzzleError` where one is no grid."""
    if not isinstance(document, dict) or not all(isinstance(tests, list) for tests in document.values()):
        raise PuzzleError(f"{file}: is no solutions file, expected an object of lists of grids by id")
    return {name: grids_from_rows(tests, f"{file}: {name}") for name, tests in document.items()}

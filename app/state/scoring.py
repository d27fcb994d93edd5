"""A submission somebody made, scored against answers: task by task, attempts beside what was expected."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import zip_longest
from pathlib import Path
from typing import Literal

from PySide6.QtCore import QObject, Signal

from app.state.shelf import EVERYTHING, Shelf
from puzzles.collections import Collection, Refused, folder
from puzzles.files import parse_json, read_text
from puzzles.formats import stem_of
from puzzles.grid import Grid, PuzzleError
from puzzles.puzzle import Puzzle
from puzzles.score import (
    Attempt,
    Score,
    TaskScore,
    answers_of,
    attempts_at,
    attempts_in,
    names_in,
    score,
    solutions_in,
)

Outcome = Literal["first", "second", "part", "wrong", "count", "missing", "extra"]
"""Every test right at the first attempt, or within two; some right; none; another number of tests; not in the
submission; without answers."""
RIGHT: tuple[Outcome, ...] = ("first", "second")
MOST_BESIDE = 20
"""Solutions files beside a submission that are looked at."""


@dataclass(frozen=True)
class Offer:
    """Answers a submission may be scored against."""

    source: str | Path
    """Key of a collection on the shelf, or a solutions file."""
    title: str
    has: int
    """Ids of the submission that it has."""
    tasks: int
    """Ids that it has in all."""


@dataclass(frozen=True)
class ScoredTask:
    """A row of the table."""

    id: str
    outcome: Outcome
    tests: int
    right_at_1: int
    right_at_2: int
    problem: str = ""

    @property
    def right(self) -> bool:
        """Whether every test is right within two attempts."""
        return self.outcome in RIGHT


@dataclass(frozen=True)
class ScoredTest:
    """One test of a task: the attempts beside what was expected; None where that is not known."""

    attempts: tuple[Attempt, Attempt]
    expected: Grid | None
    input: Grid | None


class Scoring(QObject):
    """The attempts of one file, and their score once answers are chosen."""

    changed = Signal()
    """Other answers."""

    def __init__(self, path: Path, shelf: Shelf, parent: QObject | None = None) -> None:
        """Read a submission; raise `PuzzleError` where it is none."""
        super().__init__(parent)
        self.path = path
        self._shelf = shelf
        self.attempts = attempts_in(parse_json(read_text(path), path.name), path.name, stem_of(path.name))
        self.source: str | Path | None = None
        """What it is scored against, as in an offer."""
        self.score: Score | None = None
        self.tasks: tuple[ScoredTask, ...] = ()
        self.passed_over: tuple[Refused, ...] = ()
        """Entries of the collection that are no puzzles."""
        self._answers: Mapping[str, Sequence[Grid]] = {}
        self._collection: Collection | None = None
        self._ids: dict[str, str] = {}

    def offers(self) -> list[Offer]:
        """Return what has ids of the submission, the best fit first.

        Folders and files on the shelf that are not open yet are read where nothing else has all ids.
        """
        found = [self._offer(key, title, ids) for key, title, ids in self._shelf.known()]
        found += self._solutions_beside()
        if not any(offer.has == len(self.attempts) for offer in found):
            opened = {offer.source for offer in found}
            found += [
                self._offer(key, title, self._ids_of(key))
                for key, title in self._shelf.titles.items()
                if key not in opened and key != EVERYTHING
            ]
        fitting = [offer for offer in found if offer.has]
        return sorted(fitting, key=lambda offer: (-offer.has, offer.tasks - offer.has))

    def choose(self, source: str | Path) -> None:
        """Score against a collection on the shelf or a solutions file; raise `PuzzleError`.

        Solutions beside the challenges they belong to bring these along.
        """
        if isinstance(source, str):
            self._take(source, self._shelf.get(source), None)
            return
        challenges = source.with_name(source.name.replace("solutions", "challenges"))
        if challenges != source and challenges.is_file():
            self._take(source, folder(challenges), None)
        else:
            answers = solutions_in(parse_json(read_text(source), source.name), source.name)
            self._take(source, None, answers)

    def tests_of(self, task: ScoredTask) -> list[ScoredTest]:
        """Return the tests of a row, in the order of the answers and then of the submission."""
        tried = self.attempts.get(task.id)
        outputs = self._answers.get(task.id, ())
        puzzle = self.puzzle(task)
        inputs = [pair.input for pair in puzzle.test] if puzzle is not None else []
        tests = tried if isinstance(tried, list) else []
        rows = zip_longest(tests, outputs, inputs)
        return [ScoredTest(attempts_at(test), expected, given) for test, expected, given in rows]

    def puzzle(self, task: ScoredTask) -> Puzzle | None:
        """Return the puzzle of a row; None where only its answers are known, or nothing."""
        if self._collection is None or task.id not in self._ids:
            return None
        found = self._collection.entry(self._ids[task.id])
        return found if isinstance(found, Puzzle) else None

    def path_of(self, task: ScoredTask) -> Path | None:
        """Return the file a puzzle is saved in; None where it has none of its own."""
        return self._collection.paths.get(self._ids[task.id]) if self._collection is not None else None

    def table(self) -> str:
        """Write the rows as a table (CSV) with a header."""
        text = io.StringIO()
        writer = csv.writer(text, lineterminator="\n")
        writer.writerow(("id", "result", "tests", "right_at_1", "right_at_2", "problem"))
        for task in self.tasks:
            counts = (task.tests, task.right_at_1, task.right_at_2)
            writer.writerow((_cell(task.id), task.outcome, *counts, _cell(task.problem)))
        return text.getvalue()

    def _take(
        self,
        source: str | Path,
        collection: Collection | None,
        answers: Mapping[str, Sequence[Grid]] | None,
    ) -> None:
        """Score, and keep everything only when that went well."""
        ids = names_in(self.attempts, collection.ids) if collection is not None else {}
        if answers is None:
            answers = {} if collection is None else answers_of(collection, self.attempts)
        result = score(self.attempts, answers)
        if not result.tasks:
            title = source if isinstance(source, str) else source.name
            raise PuzzleError(f"{title}: has no answers, expected some")
        self.source, self.score = source, result
        self._answers, self._collection, self._ids = answers, collection, ids
        self.passed_over = collection.refused if collection is not None else ()
        extra = (self._extra(name) for name in result.extra)
        self.tasks = (*(_scored(task, result) for task in result.tasks), *extra)
        self.changed.emit()

    def _extra(self, name: str) -> ScoredTask:
        tests = self.attempts[name]
        return ScoredTask(name, "extra", len(tests) if isinstance(tests, list) else 0, 0, 0)

    def _offer(self, source: str | Path, title: str, ids: Sequence[str]) -> Offer:
        names = names_in(self.attempts, ids)
        return Offer(source, title, sum(name in self.attempts for name in names), len(names))

    def _ids_of(self, key: str) -> tuple[str, ...]:
        try:
            return self._shelf.get(key).ids
        except PuzzleError:  # it says so when it is chosen in the browser
            return ()

    def _solutions_beside(self) -> list[Offer]:
        offers = []
        for file in sorted(self.path.resolve().parent.glob("*solutions*.json"))[:MOST_BESIDE]:
            try:
                found = parse_json(read_text(file), file.name)
            except PuzzleError:
                continue
            if isinstance(found, dict):
                offers.append(self._offer(file, file.name, tuple(found)))
        return offers


def _scored(task: TaskScore, result: Score) -> ScoredTask:
    outcome: Outcome
    if task.problem == "missing":
        outcome = "missing"
    elif task.id in result.wrong_counts:
        outcome = "count"
    elif task.right_at_1 == task.tests:
        outcome = "first"
    elif task.right_at_2 == task.tests:
        outcome = "second"
    else:
        outcome = "part" if task.right_at_2 else "wrong"
    problem = "" if outcome == "missing" else task.problem
    return ScoredTask(task.id, outcome, task.tests, task.right_at_1, task.right_at_2, problem)


def _cell(text: str) -> str:
    """A text that a spreadsheet does not take for a formula."""
    return f"'{text}" if text.startswith(("=", "+", "-", "@", "\t")) else text

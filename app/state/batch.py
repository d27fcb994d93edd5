"""Solving a whole collection in the background, one puzzle after another, to be taken up again later."""

from __future__ import annotations

import json
import logging
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, Signal

from app.export.files import write_text
from app.options import SearchOptions
from app.worker import SolverClient
from puzzles.collections import Collection
from puzzles.grid import PuzzleError, as_grid
from puzzles.puzzle import read_text
from solver.words.results import Solution

FORMAT = 1
log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Result:
    """What came of one puzzle."""

    verified: bool
    """Whether a program reproduces every demonstration."""
    correct: bool | None
    """Whether every test was answered within two attempts; None where an answer is unknown."""
    seconds: float
    program: tuple[str, ...]
    """The words of the best program."""
    attempts: tuple[tuple[list[list[int]], ...], ...]
    """Per test, up to two answers as lists of rows."""
    error: str = ""

    @classmethod
    def of(cls, solution: Solution) -> Result:
        """Keep what a table and a submission need."""
        words = solution.best.program.words if solution.best is not None else ()
        attempts = tuple(tuple(a.grid.tolist() for a in answers) for answers in solution.attempts)
        return cls(solution.verified, solution.correct, solution.seconds, words, attempts)


class Batch(QObject):
    """A run over a collection; results are written to `folder` after every puzzle."""

    changed = Signal()
    """Running or not, or another collection."""
    solved = Signal(str)
    """The id of a puzzle that has a result now."""

    def __init__(self, client: SolverClient, folder: Path, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._client = client
        self._folder = folder
        self.collection: Collection | None = None
        self.results: dict[str, Result] = {}
        self.current = ""
        self._options = SearchOptions()
        client.finished.connect(self._on_finished)
        client.failed.connect(self._on_failed)

    @property
    def running(self) -> bool:
        """Whether a puzzle is being solved."""
        return bool(self.current)

    @property
    def waiting(self) -> list[str]:
        """The ids without a result."""
        ids = self.collection.ids if self.collection is not None else ()
        return [puzzle_id for puzzle_id in ids if puzzle_id not in self.results]

    def show(self, collection: Collection) -> None:
        """Take another collection, with the results an earlier run left."""
        self.pause()
        self.collection = collection
        self.results = self._read(collection)
        self.changed.emit()

    def start(self, options: SearchOptions) -> None:
        """Go on with the first puzzle that has no result."""
        self._options = options
        self._next()

    def pause(self) -> None:
        """Stop; the puzzle in work will be begun again."""
        if self.running:
            self._client.cancel()
            self.current = ""
            self.changed.emit()

    def forget(self) -> None:
        """Throw the results away."""
        self.pause()
        self.results = {}
        self._write()
        self.changed.emit()

    def _next(self) -> None:
        waiting = self.waiting
        self.current = waiting[0] if waiting else ""
        self.changed.emit()
        if self.collection is None or not self.current:
            return
        try:
            puzzle = self.collection[self.current]
        except PuzzleError as error:
            self._on_failed(str(error))
        else:
            self._client.solve(puzzle, self._options)

    def _on_finished(self, solution: Solution) -> None:
        self._take(Result.of(solution))

    def _on_failed(self, message: str) -> None:
        self._take(Result(False, None, 0.0, (), (), message))

    def _take(self, result: Result) -> None:
        done = self.current
        if not done:
            return
        self.results[done] = result
        self._write()
        self.solved.emit(done)
        if self.current != done:  # paused meanwhile
            return
        if result.error:  # what one puzzle dies of, such as missing weights, others would die of too
            self.current = ""
            self.changed.emit()
        else:
            self._next()

    def _file(self, collection: Collection) -> Path:
        return self._folder / f"{collection.name}.json"

    def _write(self) -> None:
        if self.collection is None:
            return
        kept = {key: asdict(result) for key, result in self.results.items() if not result.error}
        document = {"format": FORMAT, "collection": self.collection.name, "results": kept}
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            write_text(self._file(self.collection), json.dumps(document))
        except OSError as error:
            log.warning("the results could not be written: %s", error)

    def _read(self, collection: Collection) -> dict[str, Result]:
        file = self._file(collection)
        if not file.is_file():
            return {}
        try:
            found = results_from_json(read_text(file), file.name)
        except PuzzleError as error:
            log.warning("earlier results cannot be read: %s", error)
            return {}
        return {key: result for key, result in found.items() if key in collection}


def results_from_json(text: str, file: str) -> dict[str, Result]:
    """Read what a batch wrote; raise `PuzzleError` for anything else."""
    try:
        document = json.loads(text)
        if document["format"] != FORMAT:
            raise PuzzleError(f"{file}: format is {document['format']!r}, expected {FORMAT}")
        return {str(key): _result(value) for key, value in document["results"].items()}
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise PuzzleError(f"{file}: expected format and results, {error}") from None


def _result(value: dict[str, Any]) -> Result:
    attempts = tuple(tuple(as_grid(grid).tolist() for grid in answers) for answers in value["attempts"])
    correct = None if value["correct"] is None else bool(value["correct"])
    words = tuple(str(word) for word in value["program"])
    return Result(bool(value["verified"]), correct, float(value["seconds"]), words, attempts)


def submission(
    collection: Collection, results: dict[str, Result]
) -> dict[str, list[dict[str, list[list[int]]]]]:
    """Return two attempts per test of every puzzle, as the Kaggle competition wants them.

    A puzzle without a result is answered with its test inputs, a missing second attempt with the first:
    the competition refuses files that leave something out.
    """
    answers = {}
    for puzzle_id in collection.ids:
        tests = collection[puzzle_id].test
        result = results.get(puzzle_id)
        attempts = (
            result.attempts
            if result is not None and len(result.attempts) == len(tests)
            else ((),) * len(tests)
        )
        answers[puzzle_id] = [
            {
                "attempt_1": tried[0] if tried else pair.input.tolist(),
                "attempt_2": tried[min(1, len(tried) - 1)] if tried else pair.input.tolist(),
            }
            for pair, tried in zip(tests, attempts, strict=True)
        ]
    return answers

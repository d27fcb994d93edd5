"""Solving a whole collection in the background, one puzzle after another, to be taken up again later."""

from __future__ import annotations

import json
import logging
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, Signal

from app.state.attempts import NO_CHOICE, Choice, is_chosen, with_choice
from app.state.client import SolverClient
from app.state.saved_programs import bare_program, whole_program
from app.translate import tr
from puzzles.beyond import beyond_solver
from puzzles.collections import Collection, Refused
from puzzles.files import read_text
from puzzles.grid import PuzzleError, as_grid, rows_of
from puzzles.puzzle import Puzzle
from puzzles.storage import put_aside, write_whole
from puzzles.versions import own_place
from solver.words.program import Program
from solver.words.results import Solution, SolveOptions

FORMAT = 1
MOST_REASONS = 5
"""Bad rows that the log names."""
LONGEST_SHOWN, LONGEST_REASON = 40, 80
"""Characters of a value, and of what is wrong with a row, that a message repeats."""
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
    saved: str = ""
    """The best program as its file would hold it, without the puzzle; "" where none is known."""
    origin: str = ""
    """Which part of the search found it."""

    @classmethod
    def of(cls, solution: Solution) -> Result:
        """Keep what a table and a submission need."""
        words = solution.best.program.words if solution.best is not None else ()
        attempts = tuple(tuple(rows_of(a.grid) for a in answers) for answers in solution.attempts)
        saved = "" if solution.best is None else bare_program(solution.best.program, solution.puzzle)
        origin = "" if solution.best is None else solution.best.origin
        return cls(
            solution.verified, solution.correct, solution.seconds, words, attempts, saved=saved, origin=origin
        )

    def program_for(self, puzzle: Puzzle) -> Program | None:
        """Return the best program, None where none was kept; `puzzle` is the one it is a result of."""
        return whole_program(self.saved, puzzle)


class Batch(QObject):
    """A run over a collection; results are written to `folder` after every puzzle."""

    changed = Signal()
    """Running or not, or another collection."""
    solved = Signal(str)
    """The id of a puzzle that has a result now."""
    spoilt = Signal(str)
    """What could not be read of earlier results, and where the file lies now."""

    def __init__(self, client: SolverClient, folder: Path, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._client = client
        self._folder = folder
        self.collection: Collection | None = None
        self.results: dict[str, Result] = {}
        self.current = ""
        self._options = SolveOptions()
        self._places: dict[str, Path] = {}
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

    @property
    def remaining_s(self) -> float | None:
        """Seconds the rest will take if it goes on as so far; None before the first result."""
        known = [result.seconds for result in self.results.values() if not result.error]
        return sum(known) / len(known) * len(self.waiting) if known else None

    def show(self, collection: Collection) -> None:
        """Take another collection, with the results an earlier run left."""
        self.pause()
        self.collection = collection
        self._find_place(collection)
        self.results = self._read(collection)
        if self.results and not self._file(collection).is_file():
            self._write()  # the good rows of a file that was put aside
        self.changed.emit()

    def start(self, options: SolveOptions) -> None:
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
        """Solve the next puzzle without a result; what cannot be is noted and passed over."""
        if self.collection is None:
            return
        self.current = ""
        puzzle = None
        for puzzle_id in self.waiting:
            found = self.collection.entry(puzzle_id)
            reason = found.reason if isinstance(found, Refused) else beyond_solver(found)
            if isinstance(found, Puzzle) and not reason:
                self.current, puzzle = puzzle_id, found
                break
            self.results[puzzle_id] = Result(False, None, 0.0, (), (), reason)
            self.solved.emit(puzzle_id)
        self.changed.emit()
        if puzzle is not None:
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
        return self._places[collection.name]

    def _find_place(self, collection: Collection) -> None:
        """Settle which file is read and written: not that of a newer Glossa, which stays as it is."""
        file = self._folder / f"{collection.name}.json"
        place = self._places[collection.name] = own_place(file, FORMAT)
        if place != file:
            log.warning("%s is of a newer Glossa: it is left alone", file)
            self.spoilt.emit(
                tr(
                    "{file} is of a newer Glossa and stays as it is. Results of this one are kept as {own}.",
                    file=str(file),
                    own=place.name,
                )
            )

    def _write(self) -> None:
        if self.collection is None:
            return
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            write_whole(self._file(self.collection), results_to_json(self.collection.name, self.results))
        except OSError as error:
            log.warning("the results could not be written: %s", error)

    def _read(self, collection: Collection) -> dict[str, Result]:
        file = self._file(collection)
        if not file.is_file():
            return {}
        try:
            found, bad = rows_from_json(read_text(file), file.name)
        except PuzzleError as error:
            found, bad = {}, [str(error)]
        if bad:
            self._put_aside(file, bad)
        return {key: result for key, result in found.items() if key in collection}

    def _put_aside(self, file: Path, bad: list[str]) -> None:
        """Keep a file from being written over that holds more than could be read, and say so."""
        more = tr(" (and {n} more)", n=len(bad) - 1) if len(bad) > 1 else ""
        try:
            aside = put_aside(file)
        except OSError as error:
            log.warning("%s could not be put aside: %s", file, error)
            return
        log.warning("earlier results cannot be read: %s", "; ".join(bad[:MOST_REASONS]))
        self.spoilt.emit(
            tr(
                "Some earlier results could not be read: {reason}{more}. "
                "The rest is used; the file is kept as {file}.",
                reason=bad[0],
                more=more,
                file=str(aside),
            )
        )


def rows_from_json(text: str, file: str) -> tuple[dict[str, Result], list[str]]:
    """Read what a batch wrote, the good rows and what is wrong with the others.

    Raises `PuzzleError` for a file that holds no results, or those of another format.
    """
    try:
        document = json.loads(text)
        form, rows = document["format"], document["results"].items()
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        raise PuzzleError(f"{file}: expected an object with format and results") from None
    if form != FORMAT:
        raise PuzzleError(f"{file}: format is {str(form)[:LONGEST_SHOWN]}, expected {FORMAT}")
    good: dict[str, Result] = {}
    bad: list[str] = []
    for key, value in rows:
        try:
            good[key] = _result(value)
        except (ValueError, KeyError, TypeError, AttributeError, OverflowError, RecursionError) as error:
            place = f"{file}: results.{key[:LONGEST_SHOWN]}"
            bad.append(f"{place}: {str(error)[:LONGEST_REASON]}, expected a result")
    return good, bad


def _result(value: dict[str, Any]) -> Result:
    attempts = tuple(tuple(rows_of(as_grid(grid)) for grid in answers) for answers in value["attempts"])
    correct = None if value["correct"] is None else bool(value["correct"])
    words = tuple(str(word) for word in value["program"])
    saved, origin = str(value.get("saved", "")), str(value.get("origin", ""))
    verified, seconds = bool(value["verified"]), float(value["seconds"])
    return Result(verified, correct, seconds, words, attempts, saved=saved, origin=origin)


def results_to_json(name: str, results: Mapping[str, Result]) -> str:
    """Write the results of a collection; what failed is left out, as it will be tried again."""
    kept = {key: asdict(result) for key, result in results.items() if not result.error}
    return json.dumps({"format": FORMAT, "collection": name, "results": kept})


def submission(
    collection: Collection,
    results: dict[str, Result],
    choice_of: Callable[[Puzzle], Choice] = lambda _puzzle: NO_CHOICE,
) -> dict[str, list[dict[str, list[list[int]]]]]:
    """Return two attempts per test of every puzzle, as the Kaggle competition wants them.

    A puzzle without a result is answered with its test inputs, a missing second attempt with the first:
    the competition refuses files that leave something out. Entries that are no puzzle are left out.
    choice_of: what a person chose as the attempts at a puzzle, in place of what was found.
    """
    answers = {}
    for puzzle_id, puzzle in collection.puzzles():
        tests = puzzle.test
        result = results.get(puzzle_id)
        attempts = (
            result.attempts
            if result is not None and len(result.attempts) == len(tests)
            else ((),) * len(tests)
        )
        choice = choice_of(puzzle)
        if is_chosen(choice):
            found = [[as_grid(rows) for rows in tried] for tried in attempts]
            attempts = tuple(tuple(map(rows_of, given)) for given in with_choice(found, choice))
        answers[puzzle_id] = [
            {
                "attempt_1": tried[0] if tried else rows_of(pair.input),
                "attempt_2": tried[min(1, len(tried) - 1)] if tried else rows_of(pair.input),
            }
            for pair, tried in zip(tests, attempts, strict=True)
        ]
    return answers

"""The person's own answers, kept with the puzzle they belong to: opening it again brings them back."""

from __future__ import annotations

import hashlib
import json
import logging
from pathlib import Path

from puzzles.files import read_text
from puzzles.grid import Grid, as_grid, rows_of
from puzzles.puzzle import Puzzle, puzzle_to_json
from puzzles.storage import write_whole
from puzzles.versions import holds_newer

FORMAT = 1
"""A list of grids; a file of a later format will be an object that names it."""
log = logging.getLogger(__name__)


class AnswerStore:
    """One small file in `folder` for every puzzle that was answered, known by its content."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def keep(self, puzzle: Puzzle, answers: tuple[Grid | None, ...]) -> None:
        """Remember the answers; a puzzle without any has no file. A newer Glossa's file stays as it is."""
        file = self._file(puzzle)
        if holds_newer(file, FORMAT):
            log.warning("%s is of a newer Glossa: it is left alone", file)
            return
        try:
            if any(answer is not None for answer in answers):
                self._folder.mkdir(parents=True, exist_ok=True)
                write_whole(file, json.dumps([None if a is None else rows_of(a) for a in answers]))
            else:
                file.unlink(missing_ok=True)
        except OSError as error:
            log.warning("the answers could not be kept: %s", error)

    def find(self, puzzle: Puzzle) -> tuple[Grid | None, ...]:
        """Return what was answered, None for every test that was not."""
        nothing = (None,) * len(puzzle.test)
        file = self._file(puzzle)
        if not file.is_file():
            return nothing
        try:
            found = json.loads(read_text(file))
            answers = tuple(None if rows is None else as_grid(rows, file.name) for rows in found)
        except (ValueError, TypeError, RecursionError) as error:
            log.warning("earlier answers cannot be read: %s", error)
            return nothing
        return answers if len(answers) == len(nothing) else nothing

    def _file(self, puzzle: Puzzle) -> Path:
        digest = hashlib.sha256(puzzle_to_json(puzzle).encode()).hexdigest()[:32]
        return self._folder / f"{digest}.json"

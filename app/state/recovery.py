"""Unsaved work, written aside while it is worked on, so that a crash does not take it."""

from __future__ import annotations

import json
import logging
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

from PySide6.QtCore import QObject, QTimer

from app.state.document import Document
from app.state.draft import Draft
from app.state.file_stamp import FileStamp
from puzzles.files import read_text
from puzzles.grid import Grid, PuzzleError, as_grid, rows_of
from puzzles.puzzle import puzzle_from_json, puzzle_to_text
from puzzles.storage import put_aside, write_whole
from puzzles.versions import is_newer, own_place

FORMAT = 1
"""Of the file; earlier ones, which name none, are alike."""
DELAY_MS = 1500
"""Quiet time after an edit before it is written aside."""
LATEST_MS = 10_000
"""After the first edit that is not written aside yet, however busily one goes on."""

log = logging.getLogger(__name__)


class Recovered(NamedTuple):
    """Unsaved work, the file it belongs to, and what that held when the work began."""

    draft: Draft
    path: Path | None
    stamp: FileStamp | None


class Recovery(QObject):
    """Keeps `file` equal to the unsaved draft, and away when there is none.

    What it did not write and has not offered is never removed nor written over: what cannot be read, or
    was left meanwhile by another process, is put aside under another name. Where a newer Glossa left work,
    that stays as it is and this one keeps its own beside it.
    """

    def __init__(self, document: Document, file: Path, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._document = document
        self._file = own_place(file, FORMAT)
        self._ours = False
        self._told = False
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(DELAY_MS)
        self._timer.timeout.connect(self.write)
        self._latest = QTimer(self)
        self._latest.setSingleShot(True)
        self._latest.setInterval(LATEST_MS)
        self._latest.timeout.connect(self.write)
        document.saved_changed.connect(self._on_changed)

    def _on_changed(self) -> None:
        self._timer.start()
        if not self._latest.isActive():
            self._latest.start()

    def _stop(self) -> None:
        self._timer.stop()
        self._latest.stop()

    def write(self) -> None:
        """Write the draft aside now, or remove the file when everything is saved."""
        self._stop()
        draft = self._document.draft
        try:
            if draft is not None and self._document.unsaved:
                self._file.parent.mkdir(parents=True, exist_ok=True)
                if not self._ours and self._file.exists():
                    put_aside(self._file)
                write_whole(self._file, draft_to_json(draft, self._document.path, self._document.stamp))
                self._ours = True
            else:
                self._remove()
        except OSError as error:
            if not self._told:
                log.warning("unsaved work could not be written aside: %s", error)
            self._told = True

    def forget(self) -> None:
        """Remove the file: the person has decided about the work in it."""
        self._stop()
        try:
            self._remove()
        except OSError as error:
            log.warning("unsaved work could not be removed: %s", error)

    def _remove(self) -> None:
        if self._ours:
            self._file.unlink(missing_ok=True)

    def found(self) -> Recovered | None:
        """Return what an earlier session left, None when there is nothing that can be read."""
        if not self._file.is_file():
            return None
        try:
            found = draft_from_json(read_text(self._file), self._file.name)
        except PuzzleError as error:
            log.warning("unsaved work cannot be read: %s", error)
            return None
        self._ours = True
        return found


def draft_to_json(draft: Draft, path: Path | None, stamp: FileStamp | None = None) -> str:
    """Write a draft with its answers, its name, the file it belongs to and what that held."""
    document = {
        "format": FORMAT,
        "name": draft.puzzle.name,
        "path": None if path is None else str(path),
        "stamp": None if stamp is None else [stamp.size, stamp.digest],
        "puzzle": json.loads(puzzle_to_text(replace(draft.puzzle, text=""))),
        "text": draft.puzzle.text,
        "answers": [None if answer is None else rows_of(answer) for answer in draft.answers],
    }
    return json.dumps(document)


def draft_from_json(text: str, file: str) -> Recovered:
    """Read what `draft_to_json` wrote; raise `PuzzleError` for anything else."""
    try:
        document = json.loads(text)
        name, path, task, answers = (document[key] for key in ("name", "path", "puzzle", "answers"))
    except (ValueError, KeyError, TypeError, RecursionError):
        raise PuzzleError(f"{file}: expected an object with name, path, puzzle and answers") from None
    if is_newer(document, FORMAT):
        raise PuzzleError(f"{file}: format is {document['format']}, expected at most {FORMAT}")
    puzzle = puzzle_from_json(json.dumps(task), file, name=str(name))
    if not isinstance(answers, list) or len(answers) != len(puzzle.test):
        raise PuzzleError(f"{file}: answers, expected a list of {len(puzzle.test)}")
    grids: tuple[Grid | None, ...] = tuple(
        None if answer is None else as_grid(answer, f"{file}: answers[{i}]")
        for i, answer in enumerate(answers)
    )
    text = document.get("text")  # the layout of its file
    puzzle = replace(puzzle, text=text if isinstance(text, str) else "")
    return Recovered(
        Draft(puzzle, grids), Path(path) if isinstance(path, str) else None, _stamp(document.get("stamp"))
    )


def _stamp(value: object) -> FileStamp | None:
    match value:
        case [int(size), str(digest)]:
            return FileStamp(size, digest)
    return None

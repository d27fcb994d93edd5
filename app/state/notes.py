"""What is said about puzzles: reports of faults that come along, and notes of the person's own."""

from __future__ import annotations

import hashlib
import json
import logging
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from app.state.document import Document
from app.translate import mark, tr
from puzzles.files import read_text
from puzzles.puzzle import Puzzle, puzzle_to_json
from puzzles.storage import write_whole
from puzzles.versions import holds_newer, is_newer

FORMAT = 1
"""Of a note's file; earlier ones, which name none, are alike."""
LONGEST = 4_000
"""Characters of a note."""
_UNCHECKED = mark("Reported as faulty or ambiguous. The place has not been checked here.")
REPORTED = {
    ("arc1-train", "e5062a87"): mark(
        "Reported: demonstration 2, row 2, columns 4 to 7. The red shape fits there too, but is not drawn."
    ),
    ("arc1-eval", "9356391f"): _UNCHECKED,
    ("arc2-train", "b74ca5d1"): _UNCHECKED,
    ("arc2-eval", "a6f40cea"): _UNCHECKED,
}
"""By collection and id. A place is named only where somebody has compared the demonstrations."""
log = logging.getLogger(__name__)


def reported(puzzle: Puzzle) -> str:
    """Return what has been reported about a puzzle that comes along; empty where nothing is known."""
    text = REPORTED.get((puzzle.source, puzzle.name))
    return tr(text) if text else ""


class NoteStore:
    """One small file in `folder` for every puzzle with a note, known by the puzzle's content."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def keep(self, puzzle: Puzzle, text: str) -> None:
        """Remember a note; a puzzle with an empty one has no file. Raises `OSError`.

        What a newer Glossa keeps stays as it is.
        """
        file = self._file(puzzle)
        if holds_newer(file, FORMAT):
            log.warning("%s is of a newer Glossa: it is left alone", file)
            return
        if text:
            self._folder.mkdir(parents=True, exist_ok=True)
            write_whole(
                file, json.dumps({"format": FORMAT, "puzzle": puzzle.name, "note": text}, ensure_ascii=False)
            )
        else:
            file.unlink(missing_ok=True)

    def find(self, puzzle: Puzzle) -> str:
        """Return the note of a puzzle, empty where there is none."""
        file = self._file(puzzle)
        if not file.is_file():
            return ""
        try:
            document = json.loads(read_text(file))
            found = "" if is_newer(document, FORMAT) else document["note"]
        except (ValueError, KeyError, TypeError, RecursionError) as error:  # PuzzleError is a ValueError
            log.warning("a note cannot be read: %s", error)
            return ""
        return found[:LONGEST] if isinstance(found, str) else ""

    def _file(self, puzzle: Puzzle) -> Path:
        digest = hashlib.sha256(puzzle_to_json(puzzle).encode()).hexdigest()[:32]
        return self._folder / f"{digest}.json"


class PuzzleNotes(QObject):
    """The note of the open puzzle; it stays with the puzzle when that is edited and saved."""

    changed = Signal()

    def __init__(self, document: Document, folder: Path | None, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._document = document
        self._store = NoteStore(folder) if folder is not None else None
        self.own = ""
        document.opened.connect(self._on_opened)
        document.saved_changed.connect(self._on_saved)

    @property
    def reported(self) -> str:
        """What has been reported about the open puzzle."""
        puzzle = self._document.puzzle
        return "" if puzzle is None else reported(puzzle)

    def write(self, text: str) -> None:
        """Give the open puzzle another note, an empty one to take it away."""
        self.own = text.strip()[:LONGEST]
        self._keep()
        self.changed.emit()

    def _keep(self) -> None:
        puzzle = self._document.puzzle
        if puzzle is None or self._store is None:
            return
        try:
            self._store.keep(puzzle, self.own)
        except OSError as error:
            log.warning("the note could not be kept: %s", error)

    def _on_opened(self) -> None:
        puzzle = self._document.puzzle
        self.own = "" if puzzle is None or self._store is None else self._store.find(puzzle)
        self.changed.emit()

    def _on_saved(self) -> None:
        if self.own and not self._document.unsaved:
            self._keep()

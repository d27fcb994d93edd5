"""Which program files a person has saved or opened, and which words they use."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from app.settings import Settings
from puzzles.grid import PuzzleError
from puzzles.puzzle import Puzzle, puzzle_to_json
from solver.words.program import Program, ProgramError, program_from_json, program_to_json

MOST = 500
"""Programs that are remembered, the latest first."""
_KEY = "programs/known"


class SavedPrograms(QObject):
    """Remembers between sessions; a file that has gone is not mentioned."""

    changed = Signal()

    def __init__(self, settings: Settings, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._settings = settings
        self._known = _read(settings.text(_KEY, ""))

    def note(self, path: Path, program: Program) -> None:
        """Remember what the file at `path` holds."""
        place = str(path.resolve())
        self._known.pop(place, None)
        words = [program.fingerprint, *dict.fromkeys(program.words)]
        self._known = dict([(place, words), *self._known.items()][:MOST])
        self._settings.set(_KEY, json.dumps(self._known))
        self.changed.emit()

    def where(self, wanted: Callable[[list[str]], bool], fingerprint: str = "") -> tuple[Path, ...]:
        """Return the files whose words are `wanted`; with a fingerprint, of those of these weights."""
        return tuple(
            Path(place)
            for place, (weights, *words) in self._known.items()
            if wanted(words) and fingerprint in ("", weights) and Path(place).is_file()
        )


def _read(text: str) -> dict[str, list[str]]:
    """Read what `note` wrote; nothing from anything else."""
    try:
        found = json.loads(text)
    except (ValueError, RecursionError):
        return {}
    if not isinstance(found, dict):
        return {}
    return {
        place: words
        for place, words in found.items()
        if isinstance(words, list) and words and all(isinstance(word, str) for word in words)
    }


def bare_program(program: Program, puzzle: Puzzle) -> str:
    """Write a program as its file would hold it, without the puzzle, for where that is known."""
    document = json.loads(program_to_json(program, puzzle))
    del document["puzzle"]
    return json.dumps(document)


def whole_program(text: str, puzzle: Puzzle) -> Program | None:
    """Read what `bare_program` wrote for `puzzle`; None from anything else."""
    try:
        document = {**json.loads(text), "puzzle": json.loads(puzzle_to_json(puzzle))}
        return program_from_json(json.dumps(document), puzzle.name)[0]
    except (ValueError, TypeError, RecursionError, ProgramError, PuzzleError):
        return None

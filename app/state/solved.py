"""Which puzzles have been solved on this computer, for the marks in the browser."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

from app.settings import Settings
from puzzles.collections import COLLECTIONS
from puzzles.puzzle import Puzzle


class Solved(QObject):
    """Remembers puzzles of named collections by their ids, between sessions too."""

    changed = Signal()

    def __init__(self, settings: Settings, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._settings = settings
        self._known: dict[str, set[str]] = {}

    def __contains__(self, puzzle: object) -> bool:
        return isinstance(puzzle, Puzzle) and puzzle.name in self._ids(puzzle.source)

    def add(self, puzzle: Puzzle) -> None:
        """Note that `puzzle` was solved; puzzles from no collection are not kept."""
        if puzzle.source in COLLECTIONS and puzzle not in self:
            ids = self._ids(puzzle.source)
            ids.add(puzzle.name)
            self._settings.set(_key(puzzle.source), " ".join(sorted(ids)))
            self.changed.emit()

    def _ids(self, source: str) -> set[str]:
        if source not in self._known:
            self._known[source] = set(self._settings.text(_key(source), "").split())
        return self._known[source]


def _key(source: str) -> str:
    return f"solved/{source}"

"""Which puzzles have been solved on this computer, and by whom, for the marks in the browser."""

from __future__ import annotations

from typing import Literal

from PySide6.QtCore import QObject, Signal

from app.settings import Settings
from puzzles.puzzle import Puzzle

Solver = Literal["me", "glossa"]
_KEYS: dict[Solver, str] = {"glossa": "solved", "me": "answered"}


class Solved(QObject):
    """Remembers puzzles of collections by their ids, between sessions too."""

    changed = Signal()

    def __init__(self, settings: Settings, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._settings = settings
        self._known: dict[str, set[str]] = {}

    def __contains__(self, puzzle: object) -> bool:
        return isinstance(puzzle, Puzzle) and bool(self.solvers(puzzle))

    def solvers(self, puzzle: Puzzle) -> frozenset[Solver]:
        """Return who has solved `puzzle`: the person, Glossa, both or nobody."""
        return frozenset(solver for solver in _KEYS if puzzle.name in self._ids(solver, puzzle.source))

    def add(self, puzzle: Puzzle, solver: Solver) -> None:
        """Note that `puzzle` was solved; puzzles from no collection are not kept."""
        ids = self._ids(solver, puzzle.source)
        if puzzle.source and puzzle.name not in ids:
            ids.add(puzzle.name)
            self._settings.set(_key(solver, puzzle.source), "\n".join(sorted(ids)))
            self.changed.emit()

    def _ids(self, solver: Solver, source: str) -> set[str]:
        key = _key(solver, source)
        if key not in self._known:
            self._known[key] = set(self._settings.text(key, "").split("\n")) - {""}
        return self._known[key]


def _key(solver: Solver, source: str) -> str:
    return f"{_KEYS[solver]}/{source}"

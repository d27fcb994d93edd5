"""The open puzzle, where it is saved, and everything done to it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QUndoCommand, QUndoStack

from app.state.draft import Draft
from puzzles.grid import same_grid
from puzzles.puzzle import Puzzle


class Document(QObject):
    """One draft at a time with its undo stack.

    `opened` announces another puzzle, `changed` an edit of this one (undo and redo included) and
    `saved_changed` whether there is something to save.
    """

    opened = Signal()
    changed = Signal()
    saved_changed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._draft: Draft | None = None
        self.path: Path | None = None
        self.undo_stack = QUndoStack(self)
        self.undo_stack.cleanChanged.connect(lambda _clean: self.saved_changed.emit())

    @property
    def draft(self) -> Draft | None:
        """What is being worked on, None when nothing is open."""
        return self._draft

    @property
    def puzzle(self) -> Puzzle | None:
        """The puzzle of the draft."""
        return self._draft.puzzle if self._draft else None

    @property
    def unsaved(self) -> bool:
        """Whether there are edits that no file holds."""
        return not self.undo_stack.isClean()

    def open(self, puzzle: Puzzle, path: Path | None = None) -> None:
        """Replace what is open by `puzzle`, saved under `path` when it came from a file."""
        self.restore(Draft.of(puzzle), path)

    def restore(self, draft: Draft, path: Path | None = None) -> None:
        """Replace what is open by a whole draft, answers included."""
        self._draft = draft
        self.path = path
        self.undo_stack.clear()
        self.undo_stack.setClean()
        self.opened.emit()
        self.saved_changed.emit()

    def mark_saved(self, path: Path) -> None:
        """Note that the puzzle as it is now lies in `path`."""
        self.path = path
        self.undo_stack.setClean()
        self.saved_changed.emit()

    def edit(self, text: str, change: Callable[[Draft], Draft]) -> bool:
        """Apply `change` as one undoable step called `text`; return whether it changed anything."""
        if self._draft is None:
            return False
        after = change(self._draft)
        if _same(after, self._draft):
            return False
        self.undo_stack.push(_Replace(text, self._draft, after, self._show))
        return True

    def _show(self, draft: Draft) -> None:
        self._draft = draft
        self.changed.emit()


class _Replace(QUndoCommand):
    """Exchange one draft for another; drafts are immutable, so this is all that undo needs."""

    def __init__(self, text: str, before: Draft, after: Draft, show: Callable[[Draft], None]) -> None:
        super().__init__(text)
        self._before = before
        self._after = after
        self._show = show

    def redo(self) -> None:
        self._show(self._after)

    def undo(self) -> None:
        self._show(self._before)


def _same(a: Draft, b: Draft) -> bool:
    return a.puzzle == b.puzzle and all(
        x is y or (x is not None and y is not None and same_grid(x, y))
        for x, y in zip(a.answers, b.answers, strict=True)
    )

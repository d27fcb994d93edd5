"""The open puzzle, where it is saved, and everything done to it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QUndoCommand, QUndoStack

from app.state.answers import AnswerStore
from app.state.draft import Draft, carried_over, rename
from app.state.file_stamp import FileStamp, stamp_of
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

    def __init__(self, answers: AnswerStore | None = None, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._answers = answers
        self._draft: Draft | None = None
        self.path: Path | None = None
        self.stamp: FileStamp | None = None
        """What lay under `path` when it was read or saved; None where that is not known."""
        self.undo_stack = QUndoStack(self)
        self._saved: Puzzle | None = None

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
        """Whether the puzzle differs from its file; answers belong to no file and are kept by themselves."""
        return self.puzzle is not None and self.puzzle is not self._saved and self.puzzle != self._saved

    def open(self, puzzle: Puzzle, path: Path | None = None, stamp: FileStamp | None = None) -> None:
        """Replace what is open by `puzzle`; when it came from a file, that is `path` and held `stamp`."""
        draft = Draft.of(puzzle)
        if self._answers is not None:
            draft = Draft(puzzle, self._answers.find(puzzle))
        self._begin(draft, path, stamp, saved=puzzle)

    def restore(self, draft: Draft, path: Path | None, stamp: FileStamp | None = None) -> None:
        """Replace what is open by a draft that no file holds, as after a crash."""
        self._begin(draft, path, stamp, saved=None)

    def _begin(
        self, draft: Draft, path: Path | None, stamp: FileStamp | None, *, saved: Puzzle | None
    ) -> None:
        self._draft = draft
        self.stamp = stamp
        self._saved = saved
        self.path = path
        self.undo_stack.clear()
        self.opened.emit()
        self.saved_changed.emit()

    def mark_saved(self, path: Path) -> None:
        """Note that the puzzle as it is now lies in `path`, and call it after that file."""
        self.path = path
        self.stamp = stamp_of(path)
        if self._draft is not None:
            self._draft = rename(self._draft, path.stem)
            self._saved = self._draft.puzzle
            self._keep_answers(self._draft)
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

    def _keep_answers(self, draft: Draft) -> None:
        """Keep the answers with the puzzle as it is now and as it was saved, whichever is opened again."""
        if self._answers is None:
            return
        if self._saved is not None and self._saved != draft.puzzle and draft.puzzle.test:
            self._answers.keep(self._saved, carried_over(draft, self._saved, self._answers.find(self._saved)))
        self._answers.keep(draft.puzzle, draft.answers)

    def _show(self, draft: Draft) -> None:
        name = self._draft.puzzle.name if self._draft else draft.puzzle.name
        if self._draft is None or draft.answers is not self._draft.answers:
            self._keep_answers(draft)
        self._draft = rename(draft, name)
        self.changed.emit()
        self.saved_changed.emit()


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

"""A change of the program as a step that can be undone."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtGui import QUndoCommand

from solver.words.program import Program

Shown = tuple[Program | None, int]
"""A program and the position the timeline stands at; None for no program."""


class ProgramCommand(QUndoCommand):
    """Exchange one program for another; it shares the undo stack with the edits of the puzzle."""

    def __init__(
        self, text: str, before: Shown, after: Shown, show: Callable[[Program | None, int], None]
    ) -> None:
        super().__init__(text)
        self._before, self._after, self._show = before, after, show

    def redo(self) -> None:
        """Show the changed program; Qt calls it when the command is pushed, too."""
        self._show(*self._after)

    def undo(self) -> None:
        """Show the program as it was."""
        self._show(*self._before)

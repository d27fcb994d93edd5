"""Playing back how a puzzle was drawn: the undo stack from its beginning, one edit after another."""

from __future__ import annotations

from PySide6.QtCore import QObject, QTimer
from PySide6.QtGui import QUndoStack

INTERVAL_MS = 250
"""Long enough to see what an edit changed."""


class Replay(QObject):
    """Goes back to the first edit and forward to where one was; another edit meanwhile ends it there."""

    def __init__(self, stack: QUndoStack, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._stack = stack
        self._end = 0
        self._at = 0
        self._timer = QTimer(self)
        self._timer.setInterval(INTERVAL_MS)
        self._timer.timeout.connect(self._next)

    @property
    def running(self) -> bool:
        """Whether edits are being played back."""
        return self._timer.isActive()

    def toggle(self) -> None:
        """Play from the beginning, or jump to the end when it is playing."""
        if self.running:
            self._timer.stop()
            if self._stack.index() == self._at:
                self._stack.setIndex(self._end)
            return
        self._end, self._at = self._stack.index(), 0
        if self._end:
            self._stack.setIndex(0)
            self._timer.start()

    def _next(self) -> None:
        if self._stack.index() != self._at or self._end > self._stack.count():
            self._timer.stop()
            return
        self._at += 1
        self._stack.setIndex(self._at)
        if self._at == self._end:
            self._timer.stop()

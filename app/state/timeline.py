"""Where in the program the board stands, and playing through it."""

from __future__ import annotations

from PySide6.QtCore import QObject, QTimer, Signal

PLAY_INTERVAL_MS = 700
"""Long enough to see what a step changed."""


class Timeline(QObject):
    """A position from 0 (the input) to `length` (after the last step)."""

    moved = Signal(int)
    resized = Signal(int)
    playing_changed = Signal(bool)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._length = 0
        self._position = 0
        self._timer = QTimer(self)
        self._timer.setInterval(PLAY_INTERVAL_MS)
        self._timer.timeout.connect(self._tick)

    @property
    def length(self) -> int:
        """How many steps the program has."""
        return self._length

    @property
    def position(self) -> int:
        """How many steps have been run."""
        return self._position

    @property
    def playing(self) -> bool:
        """Whether the position advances by itself."""
        return self._timer.isActive()

    def set_length(self, length: int, position: int | None = None) -> None:
        """Take a program of `length` steps and stand at `position`, at its end when that is None."""
        changed = length != self._length
        self._length = length
        self._position = min(length, length if position is None else max(0, position))
        if not length:
            self.pause()
        if changed:
            self.resized.emit(length)
        self.moved.emit(self._position)

    def go(self, position: int) -> None:
        """Stand at `position`, or as near as the program allows."""
        position = max(0, min(self._length, position))
        if position != self._position:
            self._position = position
            self.moved.emit(position)

    def step(self, by: int) -> None:
        """Move by hand, which ends playing."""
        self.pause()
        self.go(self._position + by)

    def toggle(self) -> None:
        """Play from here, from the start when at the end; or pause."""
        if self.playing:
            self.pause()
            return
        if not self._length:
            return
        if self._position == self._length:
            self.go(0)
        self._timer.start()
        self.playing_changed.emit(True)

    def pause(self) -> None:
        """Stop playing."""
        if self.playing:
            self._timer.stop()
            self.playing_changed.emit(False)

    def _tick(self) -> None:
        self.go(self._position + 1)
        if self._position == self._length:
            self.pause()

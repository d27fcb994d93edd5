"""Where in the program the board stands, and playing through it."""

from __future__ import annotations

from PySide6.QtCore import QObject, QTimer, Signal

PLAY_INTERVAL_MS = 700
"""Long enough to see what a step changed."""
SPEEDS = (0.25, 0.5, 1.0, 2.0, 4.0)


class Timeline(QObject):
    """A position from 0 (the input) to `length` (after the last step)."""

    moved = Signal(int)
    resized = Signal(int)
    playing_changed = Signal(bool)
    changed = Signal()
    """Speed, looping or breakpoints."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._length = 0
        self._position = 0
        self.speed = 1.0
        self.loop = False
        self.breakpoints: frozenset[int] = frozenset()
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

    def set_speed(self, speed: float) -> None:
        """Play `speed` times as fast as usual."""
        self.speed = speed
        self._timer.setInterval(round(PLAY_INTERVAL_MS / speed))
        self.changed.emit()

    def set_loop(self, loop: bool) -> None:
        """Begin again at the input when playing has come to the end, or stop there."""
        self.loop = loop
        self.changed.emit()

    def toggle_breakpoint(self, position: int) -> None:
        """Let playing stop after the step at `position`, or no longer; the input has none."""
        if 1 <= position <= self._length:
            self.breakpoints = self.breakpoints ^ {position}
            self.changed.emit()

    def set_length(self, length: int, position: int | None = None) -> None:
        """Take a program of `length` steps and stand at `position`, at its end when that is None."""
        changed = length != self._length
        self._length = length
        self._position = min(length, length if position is None else max(0, position))
        if not length:
            self.pause()
        if changed:
            self.breakpoints = frozenset(at for at in self.breakpoints if at <= length)
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
        at_end = self._position == self._length
        self.go(0 if at_end and self.loop else self._position + 1)
        finished = self._position == self._length and not self.loop
        if finished or self._position in self.breakpoints:
            self.pause()

"""A panel that follows the run while somebody sees it, and costs nothing while nobody does."""

from __future__ import annotations

from PySide6.QtCore import QTimer
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QWidget

from app.state.run import Run
from app.widgets.parts import is_seen, make_surface


class FollowingPanel(QWidget):
    """Calls `refresh` at most every `interval_ms` while the run searches, and at once otherwise."""

    def __init__(self, run: Run, interval_ms: int) -> None:
        super().__init__()
        make_surface(self, "panel")
        self._run = run
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(interval_ms)

    def follow_run(self) -> None:
        """Begin to follow; to be called once everything is built."""
        self._timer.timeout.connect(self.follow)
        self._run.changed.connect(self._on_changed)

    def refresh(self) -> None:
        """Show everything as it is now."""
        raise NotImplementedError

    def follow(self) -> None:
        """Show everything as it is now, if anybody sees it."""
        if is_seen(self):
            self.refresh()

    def on_shown(self, shown: bool) -> None:
        """Catch up once the dock is on top of its tab."""
        if shown:
            self.refresh()

    def showEvent(self, event: QShowEvent) -> None:
        """Catch up with what happened while nobody looked."""
        super().showEvent(event)
        self.refresh()

    def _on_changed(self) -> None:
        if not is_seen(self):
            return
        if not self._run.solving:
            self.refresh()
        elif not self._timer.isActive():
            self._timer.start()

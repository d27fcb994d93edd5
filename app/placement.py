"""Where the window and its docks are: remembered between sessions, and never off the screen.

Qt does not survive every damaged layout. So a file lies on the disk while one is restored and first shown,
and a start that finds that file left there begins with the layout of a first start.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QSize, QTimer
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QMainWindow

from app.settings import Settings

DEFAULT_SIZE = (1280, 800)
LAYOUT_VERSION = 3
"""Raised when the docks change, so that an old stored layout is not forced on them."""
GEOMETRY, LAYOUT = "window/geometry", "window/layout"
SETTLED_MS = 1000
"""From the window's building on, in the event loop: by then it has been laid out and painted."""
TITLE_BAR = (40, 30)
"""Logical pixels: what lies beside a title bar's handle, and how high it is."""


log = logging.getLogger(__name__)


class Placement:
    """Puts a window whose docks are in place where it was when it was closed last.

    marker: the file that lies there until a layout that was restored has proved harmless.
    size_docks: gives the docks of a window of the first size their room, before a layout is restored.
    """

    def __init__(
        self, window: QMainWindow, settings: Settings, marker: Path, size_docks: Callable[[], None]
    ) -> None:
        self._window = window
        self._settings = settings
        self._marker = marker
        window.resize(QSize(*DEFAULT_SIZE).boundedTo(window.screen().availableSize()))
        size_docks()
        self._first = window.saveState(LAYOUT_VERSION)
        geometry, layout = settings.blob(GEOMETRY), settings.blob(LAYOUT)
        if (geometry is not None or layout is not None) and self._may_restore():
            if geometry is not None:
                window.restoreGeometry(geometry)
            if layout is not None:
                window.restoreState(layout, LAYOUT_VERSION)
        self._bring_on_screen()
        QTimer.singleShot(SETTLED_MS, window, self._settle)

    def _may_restore(self) -> bool:
        """Whether the start before went well; note that this one has not yet."""
        try:
            if self._marker.exists():
                log.warning("the last start did not finish: the layout of the window is not restored")
                self._settings.forget(GEOMETRY, LAYOUT)
                return False
            self._marker.touch()
        except OSError as error:
            log.warning("the layout of the window is not restored: %s", error)
            return False
        return True

    def _settle(self) -> None:
        """Note that this start has finished."""
        try:
            if self._marker.exists():
                self._marker.unlink()
        except OSError as error:
            log.warning("the next start will not restore the layout: %s", error)

    def reset(self) -> None:
        """Bring every dock back to where it was at first."""
        self._window.restoreState(self._first, LAYOUT_VERSION)

    def remember(self) -> None:
        """Store where everything is now."""
        self._settle()
        self._settings.set(GEOMETRY, self._window.saveGeometry())
        self._settings.set(LAYOUT, self._window.saveState(LAYOUT_VERSION))

    def _bring_on_screen(self) -> None:
        """Move the window to the first screen when its title bar is on none, as after unplugging one."""
        frame = self._window.frameGeometry()
        screens = [screen.availableGeometry() for screen in QGuiApplication.screens()]
        beside, height = TITLE_BAR
        title_bar = frame.adjusted(beside, 0, -beside, 0)
        title_bar.setHeight(height)
        if not any(screen.intersects(title_bar) for screen in screens) and screens:
            screen = screens[0]
            self._window.resize(min(frame.width(), screen.width()), min(frame.height(), screen.height()))
            self._window.move(screen.topLeft())

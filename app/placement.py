"""Where the window and its docks are: remembered between sessions, and never off the screen."""

from __future__ import annotations

from PySide6.QtCore import QSize
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QMainWindow

from app.settings import Settings

DEFAULT_SIZE = (1280, 800)
LAYOUT_VERSION = 2
"""Raised when the docks change, so that an old stored layout is not forced on them."""
GEOMETRY, LAYOUT = "window/geometry", "window/layout"
TITLE_BAR = (40, 30)
"""Logical pixels: what lies beside a title bar's handle, and how high it is."""


class Placement:
    """Puts a window whose docks are in place where it was when it was closed last."""

    def __init__(self, window: QMainWindow, settings: Settings) -> None:
        self._window = window
        self._settings = settings
        window.resize(QSize(*DEFAULT_SIZE).boundedTo(window.screen().availableSize()))
        self._first = window.saveState(LAYOUT_VERSION)
        geometry, layout = settings.blob(GEOMETRY), settings.blob(LAYOUT)
        if geometry is not None:
            window.restoreGeometry(geometry)
        if layout is not None:
            window.restoreState(layout, LAYOUT_VERSION)
        self._bring_on_screen()

    def reset(self) -> None:
        """Bring every dock back to where it was at first."""
        self._window.restoreState(self._first, LAYOUT_VERSION)

    def remember(self) -> None:
        """Store where everything is now."""
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

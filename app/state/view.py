"""How things are shown: a choice of the person, not a property of the puzzle."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

from app.settings import Settings
from app.theme import MARKS, GridLook, Theme, palette_by_key, theme_for
from app.translate import mark

THEME_CHOICES = {"system": mark("Follow the system"), "light": mark("Light"), "dark": mark("Dark")}


class ViewOptions(QObject):
    """Theme, cell colours, what is laid over the cells, zoom, and whether test outputs are shown.

    Theme, colours, marks, rulers and the tool set are remembered between sessions.
    """

    changed = Signal()
    theme_changed = Signal()

    def __init__(self, settings: Settings, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._settings = settings
        self.theme_choice = settings.text("view/theme", "system")
        self.theme: Theme = theme_for(self.theme_choice)
        marks = settings.text("view/marks", "none")
        self.look = GridLook(
            palette_by_key(settings.text("view/palette", "arc")), marks if marks in MARKS else "none"
        )
        self.rulers = settings.flag("view/rulers", False)
        self.full_tools = settings.flag("view/full_tools", True)
        self.confidence = False
        self.differences = False
        self.reveal = False
        self.zoom = 0

    def choose_theme(self, choice: str) -> None:
        """Take "system", "light" or "dark"."""
        self.theme_choice = choice
        self._settings.set("view/theme", choice)
        self.follow_system()
        self.changed.emit()

    def follow_system(self) -> None:
        """Look again at what the desktop asks for."""
        theme = theme_for(self.theme_choice)
        if theme is not self.theme:
            self.theme = theme
            self.theme_changed.emit()
            self.changed.emit()

    def choose_palette(self, key: str) -> None:
        """Paint cells with the palette called `key`."""
        self._settings.set("view/palette", key)
        self._set_look(GridLook(palette_by_key(key), self.look.marks))

    def choose_marks(self, marks: str) -> None:
        """Write each cell's value into it as one of `MARKS`."""
        self._settings.set("view/marks", marks)
        self._set_look(GridLook(self.look.palette, marks))

    def show_rulers(self, rulers: bool) -> None:
        """Number the rows and columns of every grid, or not."""
        self._settings.set("view/rulers", rulers)
        self.rulers = rulers
        self.changed.emit()

    def show_full_tools(self, full: bool) -> None:
        """Offer every drawing tool, or the simple ones alone."""
        self._settings.set("view/full_tools", full)
        self.full_tools = full
        self.changed.emit()

    def show_confidence(self, confidence: bool) -> None:
        """Mark cells that learned words were not sure of, or not."""
        self.confidence = confidence
        self.changed.emit()

    def show_differences(self, differences: bool) -> None:
        """Compare every state with the expected output, or only the last."""
        self.differences = differences
        self.changed.emit()

    def set_reveal(self, reveal: bool) -> None:
        """Show the expected test outputs, or the person's own answers."""
        if reveal != self.reveal:
            self.reveal = reveal
            self.changed.emit()

    def set_zoom(self, zoom: int) -> None:
        """Make cells `zoom` pixels larger than fits best."""
        if zoom != self.zoom:
            self.zoom = zoom
            self.changed.emit()

    def _set_look(self, look: GridLook) -> None:
        if look != self.look:
            self.look = look
            self.changed.emit()

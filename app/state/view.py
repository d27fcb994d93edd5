"""How things are shown: a choice of the person, not a property of the puzzle."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

from app.settings import Settings
from app.theme import GridLook, Theme, palette_by_key, theme_for

THEME_CHOICES = {"system": "Follow the system", "light": "Light", "dark": "Dark"}


class ViewOptions(QObject):
    """Theme, cell colours, digits, zoom, and whether test outputs are shown; all but the last are kept."""

    changed = Signal()
    theme_changed = Signal()

    def __init__(self, settings: Settings, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._settings = settings
        self.theme_choice = settings.text("view/theme", "system")
        self.theme: Theme = theme_for(self.theme_choice)
        self.look = GridLook(
            palette_by_key(settings.text("view/palette", "arc")), settings.flag("view/digits", False)
        )
        self.reveal = False
        self.zoom = 0

    def choose_theme(self, choice: str) -> None:
        """Take "system", "light" or "dark"."""
        self.theme_choice = choice
        self._settings.set("view/theme", choice)
        self.follow_system()

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
        self._set_look(GridLook(palette_by_key(key), self.look.digits))

    def show_digits(self, digits: bool) -> None:
        """Write each cell's value into it, or not."""
        self._settings.set("view/digits", digits)
        self._set_look(GridLook(self.look.palette, digits))

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

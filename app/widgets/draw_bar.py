"""Changing the pad by hand before a run: what a click puts into a cell."""

from __future__ import annotations

from PySide6.QtCore import QSize
from PySide6.QtGui import QColor, QIcon, QPixmap
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QPushButton, QWidget

from app.state.procedure_run import ProcedureRun
from app.state.procedure_words import pointer_title
from app.theme import COLOUR_NAMES, CellPalette
from app.translate import tr

ICON = 14


class DrawBar(QWidget):
    """A switch, a brush, and in grids the colour that a procedure draws with."""

    def __init__(self, procedure: ProcedureRun, palette: CellPalette) -> None:
        super().__init__()
        self._procedure, self._palette = procedure, palette
        self._task = ""
        self.switch = QPushButton(tr("Draw"))
        self.switch.setCheckable(True)
        self.switch.setToolTip(tr("A click on the pad changes it (Ctrl+D)"))
        self.switch.setShortcut("Ctrl+D")
        self.brush = QComboBox()
        self.brush.setAccessibleName(tr("What a click puts into a cell"))
        self.hand = QComboBox()
        self.hand.setAccessibleName(tr("Hand colour"))
        self.hand.setToolTip(tr("The colour that the procedure draws with"))
        for chooser in (self.brush, self.hand):
            chooser.setIconSize(QSize(ICON, ICON))
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(6)
        for widget in (self.switch, self.brush, self.hand):
            layout.addWidget(widget)
        self.switch.toggled.connect(self._show)
        self.hand.activated.connect(lambda: procedure.take_hand(int(self.hand.currentData())))
        procedure.chosen.connect(self.refresh)
        self.refresh()

    @property
    def drawing(self) -> bool:
        """Whether a click changes the pad."""
        return self.switch.isChecked()

    def put(self, row: int, column: int) -> None:
        """Put what is chosen into a cell."""
        self._procedure.draw(row, column, self.brush.currentData())

    def choose(self, value: int) -> None:
        """Take a colour as the brush."""
        place = self.brush.findData(value)
        if place >= 0:
            self.brush.setCurrentIndex(place)

    def set_palette(self, palette: CellPalette) -> None:
        """Show other cell colours."""
        self._palette, self._task = palette, ""
        self.refresh()

    def refresh(self) -> None:
        """Offer what the pad of the example can take."""
        facts = self._procedure.facts
        if facts.name != self._task:
            self._task = facts.name
            grid = facts.environment == "drawing"
            self._fill(self.brush, 0, grid)
            for pointer in facts.pointers if grid else ():
                self.brush.addItem(pointer_title(pointer), pointer)
            self.brush.setCurrentIndex(1)
            self._fill(self.hand, 1, grid)
        self.hand.setCurrentIndex(max(0, self.hand.findData(self._procedure.recording.start.hand)))
        self._show()

    def _fill(self, chooser: QComboBox, least: int, grid: bool) -> None:
        chooser.clear()
        for value in range(least, len(COLOUR_NAMES)):
            pixmap = QPixmap(ICON, ICON)
            pixmap.fill(QColor(self._palette.colours[value]))
            chooser.addItem(QIcon(pixmap), tr(COLOUR_NAMES[value]) if grid else str(value), value)

    def _show(self) -> None:
        self.brush.setVisible(self.drawing)
        self.hand.setVisible(self.drawing and self._procedure.facts.environment == "drawing")

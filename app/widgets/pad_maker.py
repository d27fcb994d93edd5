"""Preparing the pad of a demonstration: its size, what a click puts into a cell, the hand's colour."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QSize
from PySide6.QtGui import QColor, QIcon, QPixmap
from PySide6.QtWidgets import QComboBox, QGridLayout, QHBoxLayout, QLabel, QPushButton, QSpinBox, QWidget

from app.state.procedure_words import pointer_title
from app.state.recording import Pads
from app.state.teaching import Teaching
from app.taught import LONGEST_SIDE, POINTERS
from app.theme import COLOUR_NAMES, CellPalette
from app.translate import tr

ICON = 14
FIELD_MARGIN = 7
"""Logical pixels left of a number, as in a line of text."""


class PadMaker(QWidget):
    """Fields that are shut once something was recorded on the pad."""

    def __init__(self, teaching: Teaching, palette: CellPalette, example: Callable[[], Pads | None]) -> None:
        super().__init__()
        self._teaching, self._example = teaching, example
        self.rows, self.columns = QSpinBox(), QSpinBox()
        for field, name in ((self.rows, tr("Rows")), (self.columns, tr("Columns"))):
            field.setRange(1, LONGEST_SIDE)
            field.setAccessibleName(name)
            field.lineEdit().setTextMargins(FIELD_MARGIN, 0, 0, 0)
        self.brush, self.hand = QComboBox(), QComboBox()
        self.brush.setAccessibleName(tr("What a click puts into a cell"))
        self.hand.setAccessibleName(tr("Hand colour"))
        self.hand.setToolTip(tr("The colour that the hand writes (Ctrl and a digit)"))
        self.brush.setToolTip(tr("What a click puts into a cell (a digit takes a colour)"))
        for chooser in (self.brush, self.hand):
            chooser.setIconSize(QSize(ICON, ICON))
        self.take = QPushButton(tr("Take the example"))
        self.take.setToolTip(tr("The pad that the list of procedures shows"))
        self.take.setAutoDefault(False)
        self._arrange()
        self.set_palette(palette)
        self.rows.valueChanged.connect(self._resize)
        self.columns.valueChanged.connect(self._resize)
        self.hand.activated.connect(lambda: teaching.take_hand(int(self.hand.currentData())))
        self.take.clicked.connect(self._take)
        teaching.changed.connect(self.refresh)

    def _arrange(self) -> None:
        form = QGridLayout(self)
        form.setContentsMargins(0, 0, 0, 0)
        form.setHorizontalSpacing(10)
        form.setVerticalSpacing(6)
        form.setColumnStretch(1, 1)
        size = QHBoxLayout()
        size.setSpacing(6)
        size.addWidget(self.rows, 1)
        size.addWidget(QLabel("×"))
        size.addWidget(self.columns, 1)
        form.addWidget(QLabel(tr("Size")), 0, 0)
        form.addLayout(size, 0, 1)
        form.addWidget(QLabel(tr("Hand")), 1, 0)
        form.addWidget(self.hand, 1, 1)
        form.addWidget(QLabel(tr("Brush")), 2, 0)
        form.addWidget(self.brush, 2, 1)
        form.addWidget(self.take, 3, 0, 1, 2)

    def set_palette(self, palette: CellPalette) -> None:
        """Show other cell colours."""
        for chooser, least in ((self.brush, 0), (self.hand, 1)):
            chosen = chooser.currentIndex()
            chooser.clear()
            for value in range(least, len(COLOUR_NAMES)):
                pixmap = QPixmap(ICON, ICON)
                pixmap.fill(QColor(palette.colours[value]))
                icon = QIcon(pixmap)
                icon.addPixmap(pixmap, QIcon.Mode.Disabled)  # the hand's colour stays to be seen
                chooser.addItem(icon, tr(COLOUR_NAMES[value]), value)
            if chooser is self.brush:
                for pointer in POINTERS:
                    chooser.addItem(pointer_title(pointer), pointer)
            chooser.setCurrentIndex(max(chosen, 1 - least))
        self.refresh()

    def choose(self, value: int) -> None:
        """Take a colour as the brush."""
        self.brush.setCurrentIndex(self.brush.findData(value))

    def refresh(self) -> None:
        """Show the pad's size and hand."""
        start = self._teaching.here.start
        for field, side in zip((self.rows, self.columns), start.cells.shape, strict=True):
            field.blockSignals(True)
            field.setValue(side)
            field.blockSignals(False)
        self.hand.setCurrentIndex(self.hand.findData(start.hand))
        preparing = self._teaching.preparing
        for widget in (self.rows, self.columns, self.brush, self.take):
            widget.setEnabled(preparing)
        self.hand.setEnabled(not self._teaching.here.groups)
        self.take.setEnabled(preparing and self._example() is not None)

    def _resize(self) -> None:
        self._teaching.resize(self.rows.value(), self.columns.value())

    def _take(self) -> None:
        pads = self._example()
        if pads is not None:
            self._teaching.prepare(pads)

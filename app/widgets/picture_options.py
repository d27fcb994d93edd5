"""What is written beside the grids of a picture, and how large they are, as a line of controls."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QCheckBox, QComboBox, QHBoxLayout, QSpinBox, QWidget

from app.export.picture import MOST_CELL, PictureOptions
from app.theme import PALETTES, CellPalette, palette_by_key
from app.translate import tr
from app.widgets.parts import label


class PictureControls(QWidget):
    """Id, labels, expected outputs, cell colours and cell size; `changed` announces another choice."""

    changed = Signal()

    def __init__(self, options: PictureOptions, palette: CellPalette) -> None:
        super().__init__()
        self.name = QCheckBox(tr("Id"))
        self.labels = QCheckBox(tr("Labels"))
        self.expected = QCheckBox(tr("Expected"))
        self.expected.setToolTip(tr("The expected outputs; in a puzzle alone, those of the tests"))
        self.palette_ = QComboBox()
        self.palette_.setAccessibleName(tr("Cell colours"))
        for known in PALETTES:
            self.palette_.addItem(tr(known.title), known.key)
        self.palette_.setCurrentIndex(self.palette_.findData(palette.key))
        self.cell = QSpinBox()
        self.cell.setAccessibleName(tr("Pixels of a cell"))
        self.cell.setRange(0, MOST_CELL)
        self.cell.setSpecialValueText(tr("fits"))
        self.cell.setSuffix(" px")
        self.cell.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.cell.setToolTip(tr("Pixels of a cell a side; 0 for as large as fits"))
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(14)
        for box, checked in (
            (self.name, options.name),
            (self.labels, options.labels),
            (self.expected, options.expected),
        ):
            box.setChecked(checked)
            box.toggled.connect(self.changed)
            layout.addWidget(box)
        layout.addWidget(self.palette_)
        layout.addWidget(label(tr("Cell"), "muted"))
        layout.addWidget(self.cell)
        layout.addStretch(1)
        self.cell.setValue(options.cell)
        self.palette_.currentIndexChanged.connect(self.changed)
        self.cell.valueChanged.connect(self.changed)

    @property
    def chosen(self) -> PictureOptions:
        """What is asked for now."""
        return PictureOptions(
            self.name.isChecked(), self.labels.isChecked(), self.expected.isChecked(), self.cell.value()
        )

    @property
    def palette_chosen(self) -> CellPalette:
        """The cell colours asked for now."""
        return palette_by_key(self.palette_.currentData())

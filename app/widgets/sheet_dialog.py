"""A contact sheet of the puzzles listed: looked at, then written."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QDialog, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from app.export.contact_sheet import SHEETS, ContactSheet, first_page_png
from app.export.formats import FORMATS
from app.theme import GridLook
from app.translate import counted, tr
from app.widgets.parts import label
from app.widgets.picture_options import PictureControls
from app.widgets.picture_preview import PicturePreview

SIZE = (760, 720)
Write = Callable[[ContactSheet, str], bool]
"""Writes a sheet in the format called by a key; returns whether it was."""


class SheetDialog(QDialog):
    """Choose what the cards say and in which format; the first page is shown as it will be."""

    def __init__(self, sheet: ContactSheet, write: Write, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle(tr("Contact sheet"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.resize(*SIZE)
        self._sheet, self._write = sheet, write
        self.controls = PictureControls(sheet.options, sheet.look.palette)
        self.preview = PicturePreview()
        self.preview.setAccessibleName(tr("Preview of the first page"))
        self.format_ = QComboBox()
        self.format_.setAccessibleName(tr("Format"))
        for key in SHEETS:
            self.format_.addItem(tr(FORMATS[key].kind).partition(" (")[0], key)
        self.save = QPushButton(tr("Save as…"))
        self.save.setObjectName("primary")
        self.save.setDefault(True)
        close = QPushButton(tr("Close"))
        buttons = QHBoxLayout()
        buttons.addWidget(self.format_)
        buttons.addStretch(1)
        buttons.addWidget(close)
        buttons.addWidget(self.save)
        count = counted(len(sheet.puzzles), "{n} puzzle", "{n} puzzles")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 16, 16, 16)
        layout.setSpacing(10)
        layout.addWidget(label(f"{sheet.title}  ·  {count}", "muted"))
        layout.addWidget(self.controls)
        layout.addWidget(self.preview, 1)
        layout.addLayout(buttons)
        self.controls.changed.connect(self.refresh)
        self.save.clicked.connect(self._on_save)
        close.clicked.connect(self.reject)
        self.refresh()

    @property
    def sheet(self) -> ContactSheet:
        """The sheet as it is chosen now."""
        look = GridLook(self.controls.palette_chosen, self._sheet.look.marks)
        return replace(self._sheet, options=self.controls.chosen, look=look)

    def refresh(self) -> None:
        """Show the first page."""
        self.preview.show_png(first_page_png(self.sheet))

    def _on_save(self) -> None:
        if self._write(self.sheet, self.format_.currentData()):
            self.accept()

"""The page shown while nothing is open."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from app.plain import plain_tip
from app.translate import tr
from app.widgets.parts import heading, label, make_surface

CENTRE = Qt.AlignmentFlag.AlignCenter
MOST_RECENT = 5
"""Files opened lately that are offered."""


class Welcome(QWidget):
    """Says how to begin."""

    open_asked = Signal()
    new_asked = Signal()
    random_asked = Signal()
    daily_asked = Signal()
    """The puzzle of the day"""
    file_asked = Signal(object)
    """Path of a file that was opened lately"""

    def __init__(self) -> None:
        super().__init__()
        make_surface(self, "canvas")
        layout = QVBoxLayout(self)
        layout.setSpacing(10)
        layout.addStretch(1)
        layout.addWidget(label(tr("Nothing is open"), "title"), 0, CENTRE)
        text = tr("Choose a puzzle in the browser, drop a task file here, or draw one of your own.")
        layout.addWidget(label(text, "muted"), 0, CENTRE)
        layout.addSpacing(8)
        buttons = QHBoxLayout()
        buttons.addStretch(1)
        for caption, signal in (
            (tr("Open a file…"), self.open_asked),
            (tr("New puzzle"), self.new_asked),
            (tr("Surprise me"), self.random_asked),
            (tr("Puzzle of the day"), self.daily_asked),
        ):
            button = QPushButton(caption)
            button.setMinimumWidth(140)
            button.clicked.connect(lambda _checked=False, ask=signal: ask.emit())
            buttons.addWidget(button)
        buttons.addStretch(1)
        layout.addLayout(buttons)
        layout.addSpacing(14)
        self._recent_heading = heading(tr("opened lately"))
        layout.addWidget(self._recent_heading, 0, CENTRE)
        self.recent: list[QPushButton] = []
        self._recent = QVBoxLayout()
        self._recent.setSpacing(2)
        layout.addLayout(self._recent)
        layout.addStretch(1)
        self.show_recent(())

    def show_recent(self, files: Sequence[Path]) -> None:
        """Offer the first few of these files."""
        for button in self.recent:
            self._recent.removeWidget(button)
            button.deleteLater()
        self.recent = []
        for file in files[:MOST_RECENT]:
            button = QPushButton(file.name.replace("&", "&&"))
            button.setObjectName("link")
            button.setToolTip(plain_tip(str(file)))
            button.clicked.connect(lambda _checked=False, file=file: self.file_asked.emit(file))
            self._recent.addWidget(button, 0, CENTRE)
            self.recent.append(button)
        self._recent_heading.setVisible(bool(self.recent))

"""The page shown while nothing is open."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from app.translate import tr
from app.widgets.parts import label, make_surface

CENTRE = Qt.AlignmentFlag.AlignCenter


class Welcome(QWidget):
    """Says how to begin."""

    open_asked = Signal()
    new_asked = Signal()
    random_asked = Signal()

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
        ):
            button = QPushButton(caption)
            button.setMinimumWidth(140)
            button.clicked.connect(lambda _checked=False, ask=signal: ask.emit())
            buttons.addWidget(button)
        buttons.addStretch(1)
        layout.addLayout(buttons)
        layout.addStretch(1)

"""Turning pages: which part of a long row of pairs is shown, and the way to the rest."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QLocale
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QWidget

from app.translate import tr
from app.widgets.parts import label


class Pager(QWidget):
    """Says "21–40 of 1,000" between the ways to the pages before and after.

    shown: the numbers of the page, from 0. turn: called with a number on the page asked for.
    """

    def __init__(self, shown: range, count: int, turn: Callable[[int], None]) -> None:
        super().__init__()
        self.count = count
        write = QLocale().toString
        first, last = write(shown.start + 1), write(shown.stop)
        self.text = label(
            tr("{first}–{last} of {count}", first=first, last=last, count=write(count)), "muted"
        )
        self.to_first = self._button(tr("First"), shown.start > 0, lambda: turn(0))
        self.back = self._button(tr("Earlier"), shown.start > 0, lambda: turn(shown.start - 1))
        self.on = self._button(tr("Later"), shown.stop < count, lambda: turn(shown.stop))
        self.to_last = self._button(tr("Last"), shown.stop < count, lambda: turn(count - 1))
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        for widget in (self.to_first, self.back, self.text, self.on, self.to_last):
            layout.addWidget(widget)

    def _button(self, text: str, enabled: bool, turn: Callable[[], None]) -> QPushButton:
        button = QPushButton(text)
        button.setObjectName("flat")
        button.setEnabled(enabled)
        button.clicked.connect(lambda _checked=False: turn())
        return button

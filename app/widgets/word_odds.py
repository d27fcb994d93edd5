"""The likeliest words of every slot of a start, as bars that sharpen while it is refined."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from app.theme import Theme
from app.translate import tr
from solver.words.film import SKIP, Start

LINE = 17
"""Logical pixels of a word."""
GAP = 9
"""Logical pixels between slots."""
UNDERLINE = 2
NUMBER = 20
PERCENT = 42
SMALLEST = QSize(170, 3 * LINE)


class WordOdds(QWidget):
    """A group of bars for each slot; a screen reader hears the likeliest words."""

    def __init__(self, theme: Theme, title_of: Callable[[str], str]) -> None:
        super().__init__()
        self._theme = theme
        self._title_of = title_of
        self._start: Start | None = None
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.MinimumExpanding)
        self.setAccessibleName(tr("Words of the start"))

    def set_theme(self, theme: Theme) -> None:
        """Paint in other colours."""
        self._theme = theme
        self.update()

    def show_start(self, start: Start | None) -> None:
        """Show the words of a start."""
        before = self.sizeHint()
        self._start = start
        self.setAccessibleDescription(self.described)
        if self.sizeHint() != before:
            self.updateGeometry()
        self.update()

    @property
    def described(self) -> str:
        """The likeliest word of every slot with its probability."""
        if self._start is None:
            return ""
        return ", ".join(
            tr("slot {n}: {word} {odds}", n=n, word=self.title(odds[0][0]), odds=f"{100 * odds[0][1]:.0f} %")
            for n, odds in enumerate(self._start.odds, 1)
        )

    def title(self, word: str) -> str:
        """Write a word as people read it."""
        return tr("nothing (skip)") if word == SKIP else self._title_of(word)

    def sizeHint(self) -> QSize:
        """Return the size it wants."""
        lines = [len(odds) for odds in self._start.odds] if self._start is not None else []
        return QSize(SMALLEST.width(), max(SMALLEST.height(), sum(lines) * LINE + len(lines) * GAP))

    def minimumSizeHint(self) -> QSize:
        """Return the size it wants; it scrolls where there is less room."""
        return self.sizeHint()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the bars."""
        painter = QPainter(self)
        font = painter.font()
        font.setPixelSize(12)
        painter.setFont(font)
        top = 0
        for number, odds in enumerate(self._start.odds if self._start is not None else (), 1):
            painter.setPen(QColor(self._theme.muted))
            painter.drawText(QRect(0, top, NUMBER, LINE), Qt.AlignmentFlag.AlignVCenter, str(number))
            for word, value in odds:
                self._paint_word(painter, top, word, value)
                top += LINE
            top += GAP
        painter.end()

    def _paint_word(self, painter: QPainter, top: int, word: str, value: float) -> None:
        box = QRect(NUMBER, top + 1, max(1, self.width() - NUMBER - PERCENT), LINE - 2)
        painter.fillRect(box, QColor(self._theme.raised))
        bar = QRect(box)
        bar.setWidth(round(box.width() * value))
        painter.fillRect(bar, QColor(self._theme.accent_soft))
        painter.fillRect(bar.adjusted(0, bar.height() - UNDERLINE, 0, 0), QColor(self._theme.accent))
        painter.setPen(QColor(self._theme.text))
        text = painter.fontMetrics().elidedText(
            self.title(word), Qt.TextElideMode.ElideRight, box.width() - 10
        )
        painter.drawText(box.adjusted(5, 0, -5, 0), Qt.AlignmentFlag.AlignVCenter, text)
        percent = QRect(box.right() + 4, top, PERCENT - 4, LINE)
        right = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        painter.drawText(percent, right, f"{100 * value:.0f} %")

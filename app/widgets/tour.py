"""A tour of four steps over the window: what each panel is for."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QPainter, QPainterPath, QPaintEvent, QPen
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from app.theme import Theme
from app.translate import tr
from app.widgets.parts import label

CARD_WIDTH, GAP, MARGIN = 320, 14, 16
DIM = 130
"""Opacity of the shade over everything else, of 255."""


@dataclass(frozen=True)
class Stop:
    """One step of the tour."""

    target: QWidget
    title: str
    text: str


class Tour(QWidget):
    """Shades the window but for one panel, with a card that explains it."""

    ended = Signal()

    def __init__(self, window: QWidget, stops: Sequence[Stop], theme: Theme) -> None:
        super().__init__(window)
        self._window = window
        self._stops = tuple(stops)
        self._theme = theme
        self._at = 0
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._build()
        window.installEventFilter(self)
        self.setGeometry(window.rect())
        self.show()
        self.raise_()
        self.go(0)

    def _build(self) -> None:
        self.card = QFrame(self)
        self.card.setObjectName("card")
        self.card.setFixedWidth(CARD_WIDTH)
        self._title = label("", "plain")
        font = self._title.font()
        font.setBold(True)
        self._title.setFont(font)
        self._text = label("", "muted")
        self._text.setWordWrap(True)
        self._text.setFixedWidth(CARD_WIDTH - 2 * MARGIN)
        self._count = label("", "muted")
        self.skip = QPushButton(tr("Skip"))
        self.skip.setObjectName("flat")
        self.skip.clicked.connect(self.end)
        self.next = QPushButton(tr("Next"))
        self.next.setObjectName("primary")
        self.next.clicked.connect(lambda: self.go(self._at + 1))
        buttons = QHBoxLayout()
        buttons.addWidget(self._count, 1)
        buttons.addWidget(self.skip)
        buttons.addWidget(self.next)
        layout = QVBoxLayout(self.card)
        layout.setContentsMargins(MARGIN, 14, MARGIN, 14)
        layout.setSpacing(8)
        for widget in (self._title, self._text):
            layout.addWidget(widget)
        layout.addLayout(buttons)

    @property
    def position(self) -> int:
        """Which stop is shown, from 0."""
        return self._at

    def go(self, position: int) -> None:
        """Show a stop, or end after the last."""
        if position >= len(self._stops):
            self.end()
            return
        self._at = max(0, position)
        stop = self._stops[self._at]
        self._title.setText(stop.title)
        self._text.setText(stop.text)
        self._count.setText(tr("{at} of {count}", at=self._at + 1, count=len(self._stops)))
        last = self._at == len(self._stops) - 1
        self.next.setText(tr("Done") if last else tr("Next"))
        self.skip.setVisible(not last)
        self.setAccessibleName(tr("Tour: {title}", title=stop.title))
        self.setAccessibleDescription(stop.text)
        self._place()
        self.next.setFocus()

    def end(self) -> None:
        """Take the shade away."""
        self._window.removeEventFilter(self)
        self.ended.emit()
        self.close()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Follow the window's size."""
        if event.type() == QEvent.Type.Resize:
            self.setGeometry(self._window.rect())
            self._place()
        return super().eventFilter(watched, event)

    def event(self, event: QEvent) -> bool:
        """Keep the window's shortcuts from acting below the shade."""
        if event.type() == QEvent.Type.ShortcutOverride:
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Turn pages with the arrow keys and Return, end with Escape."""
        forward = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if event.key() == Qt.Key.Key_Escape or (forward and self.skip.hasFocus()):
            self.end()
        elif forward:
            self.go(self._at + 1)
        elif event.key() in (Qt.Key.Key_Right, Qt.Key.Key_Left):
            self.go(self._at + (1 if event.key() == Qt.Key.Key_Right else -1))
        else:
            super().keyPressEvent(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Shade all but the panel explained."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        shade, hole = QPainterPath(), QPainterPath()
        shade.addRect(self.rect())
        hole.addRoundedRect(self._hole(), 8, 8)
        painter.fillPath(shade.subtracted(hole), QColor(0, 0, 0, DIM))
        painter.setPen(QPen(QColor(self._theme.accent), 2))
        painter.drawPath(hole)
        painter.end()

    def _hole(self) -> QRect:
        target = self._stops[self._at].target
        corner = self.mapFromGlobal(target.mapToGlobal(QPoint(0, 0)))
        return QRect(corner, target.size()).intersected(self.rect().adjusted(2, 2, -2, -2))

    def _place(self) -> None:
        """Put the card beside the panel, above or below it, or within it, where there is room."""
        self.card.adjustSize()
        hole, size = self._hole(), self.card.size()
        room = self.rect().adjusted(GAP, GAP, -GAP, -GAP)
        places = (
            QPoint(hole.right() + GAP, hole.top() + GAP),
            QPoint(hole.left() - GAP - size.width(), hole.top() + GAP),
            QPoint(hole.left() + GAP, hole.top() - GAP - size.height()),
            hole.center() - QPoint(size.width() // 2, size.height() // 2),
        )
        self.card.move(next((at for at in places if room.contains(QRect(at, size))), places[-1]))
        self.update()

"""The best loss so far, drawn as a line between axes."""

from __future__ import annotations

import math
from bisect import bisect_left
from collections.abc import Sequence

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFont, QMouseEvent, QPainter, QPaintEvent, QPen, QPolygonF, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QToolButton, QWidget

from app.theme import Theme
from app.translate import tr
from app.widgets.axes import Scale, round_numbers, short

# Not pyqtgraph: imported in a thread it holds an idle window for 15 ms, one on a busy core for 0.4 to 1.5 s.
HEIGHT = 132
PADDING = 9
LABELS = 34
"""Logical pixels left of the curve for its numbers."""
LINE = 17
"""Logical pixels of the line of text above the curve, and of the numbers below."""
TICK_SPACE = (64, 26)
"""Logical pixels a tick takes at least, across and down."""


class LossCurve(QWidget):
    """Losses against search steps; hovering reads out a step, a button makes the scale logarithmic."""

    scale_changed = Signal(bool)
    """Whether the scale is logarithmic now."""

    def __init__(self, theme: Theme, logarithmic: bool = False) -> None:
        super().__init__()
        self._theme = theme
        self._steps: tuple[int, ...] = ()
        self._losses: tuple[float, ...] = ()
        self._hovered: int | None = None
        self.setMouseTracking(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.log = QToolButton(self)
        self.log.setObjectName("small")
        self.log.setText(tr("log"))
        self.log.setToolTip(tr("Logarithmic scale"))
        self.log.setAccessibleName(tr("Logarithmic scale"))
        self.log.setCheckable(True)
        self.log.setChecked(logarithmic)
        self.log.toggled.connect(self._on_scale)
        self.set_losses(())

    @property
    def losses(self) -> tuple[float, ...]:
        """What is drawn."""
        return self._losses

    @property
    def readout(self) -> str:
        """What is written above the curve: the step pointed at, or the loss now."""
        if not self._losses:
            return ""
        if self._hovered is None:
            return tr("loss {loss}", loss=f"{self._losses[-1]:.3f}")
        loss = f"{self._losses[self._hovered]:.4f}"
        return tr("step {at}: loss {loss}", at=self._steps[self._hovered], loss=loss)

    def set_losses(self, losses: Sequence[float]) -> None:
        """Draw `losses`, one for each step from 1 on, leaving out what is not a number."""
        found = [(step, loss) for step, loss in enumerate(losses, start=1) if math.isfinite(loss)]
        self._steps, self._losses = tuple(step for step, _ in found), tuple(loss for _, loss in found)
        if self._hovered is not None and self._hovered >= len(found):
            self._hovered = None
        text = f"{self._losses[-1]:.3f}" if self._losses else tr("nothing yet")
        self.setAccessibleName(tr("Loss curve, now {loss}", loss=text))
        self.log.setVisible(bool(found))
        self.update()

    def set_theme(self, theme: Theme) -> None:
        """Draw in other colours."""
        self._theme = theme
        self.update()

    def sizeHint(self) -> QSize:
        """Return the size it wants."""
        return QSize(200, HEIGHT)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the button in its corner."""
        super().resizeEvent(event)
        self.log.adjustSize()
        self.log.move(5, 4)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Read out the step under the pointer."""
        self._hovered = self._step_at(event.position().x())
        self.update()

    def leaveEvent(self, _event: QEvent) -> None:
        """Read out the last step again."""
        self._hovered = None
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint it."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        frame = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        painter.setPen(QPen(QColor(self._theme.border), 1))
        painter.setBrush(QColor(self._theme.window))
        painter.drawRoundedRect(frame, 8, 8)
        painter.setPen(QColor(self._theme.muted))
        if self._losses:
            line = frame.adjusted(PADDING, PADDING - 3, -PADDING, 0)
            painter.drawText(line, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignTop, self.readout)
            scale = Scale.around(self._losses, self.log.isChecked())
            self._paint_axes(painter, scale)
            self._paint_curve(painter, scale)
        else:
            painter.drawText(frame, Qt.AlignmentFlag.AlignCenter, tr("the loss appears here"))
        painter.end()

    @property
    def _area(self) -> QRectF:
        return QRectF(self.rect()).adjusted(
            LABELS + PADDING, LINE + PADDING + 4, -PADDING - 3, -LINE - PADDING / 2
        )

    def _step_at(self, x: float) -> int | None:
        if not self._losses:
            return None
        area, last = self._area, self._steps[-1]
        wanted = 1 + (x - area.left()) / max(1.0, area.width()) * (last - 1)
        at = min(bisect_left(self._steps, round(wanted)), len(self._steps) - 1)
        return max(0, at)

    def _paint_axes(self, painter: QPainter, scale: Scale) -> None:
        area, last = self._area, self._steps[-1]
        font = QFont(painter.font())
        font.setPixelSize(11)
        painter.save()
        painter.setFont(font)
        lines, numbers = QPen(QColor(self._theme.border), 1), QColor(self._theme.muted)
        for value in scale.ticks(max(2, int(area.height() // TICK_SPACE[1]) + 1)):
            y = area.bottom() - area.height() * scale.share(value)
            painter.setPen(lines)
            painter.drawLine(QPointF(area.left(), y), QPointF(area.right(), y))
            painter.setPen(numbers)
            place = QRectF(PADDING - 4, y - LINE / 2, LABELS, LINE)
            painter.drawText(place, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, short(value))
        for value in round_numbers(1, last, max(2, int(area.width() // TICK_SPACE[0]) + 1)):
            if value == int(value):
                place = QRectF(self._x(int(value)) - 30, area.bottom() + 2, 60, LINE)
                place.moveRight(min(place.right(), self.width() - PADDING + 30 - len(str(int(value))) * 3))
                painter.drawText(place, Qt.AlignmentFlag.AlignCenter, f"{int(value)}")
        painter.restore()

    def _paint_curve(self, painter: QPainter, scale: Scale) -> None:
        area = self._area
        points = [
            QPointF(self._x(self._steps[i]), area.bottom() - area.height() * scale.share(self._losses[i]))
            for i in picked(len(self._losses), int(area.width()))
        ]
        fill = QColor(self._theme.accent)
        fill.setAlpha(36)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(fill)
        corners = [QPointF(points[0].x(), area.bottom()), *points, QPointF(points[-1].x(), area.bottom())]
        painter.drawPolygon(QPolygonF(corners))
        pen = QPen(QColor(self._theme.accent), 1.8)
        pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
        painter.setPen(pen)
        painter.drawPolyline(QPolygonF(points))
        shown = len(self._losses) - 1 if self._hovered is None else self._hovered
        x = self._x(self._steps[shown])
        if self._hovered is not None:
            painter.setPen(QPen(QColor(self._theme.muted), 1, Qt.PenStyle.DashLine))
            painter.drawLine(QPointF(x, area.top()), QPointF(x, area.bottom()))
        painter.setPen(pen)
        painter.setBrush(QColor(self._theme.accent))
        y = area.bottom() - area.height() * scale.share(self._losses[shown])
        painter.drawEllipse(QPointF(x, y), 2.5, 2.5)

    def _x(self, step: int) -> float:
        area = self._area
        return area.left() + area.width() * (step - 1) / max(1, self._steps[-1] - 1)

    def _on_scale(self, logarithmic: bool) -> None:
        self.update()
        self.scale_changed.emit(logarithmic)


def picked(count: int, most: int) -> list[int]:
    """Return up to about `most` of `count` places, evenly spread; the last is always among them."""
    stride = max(1, count // max(1, most))
    places = list(range(0, count, stride))
    return places if places[-1] == count - 1 else [*places, count - 1]

"""The best loss so far, drawn as a line."""

from __future__ import annotations

import math
from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QWidget

from app.theme import Theme
from app.translate import tr

HEIGHT = 92
PADDING = 10


class LossCurve(QWidget):
    """Losses against search steps; the scale follows what there is."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._losses: tuple[float, ...] = ()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.set_losses(())

    @property
    def losses(self) -> tuple[float, ...]:
        """What is drawn."""
        return self._losses

    def set_losses(self, losses: Sequence[float]) -> None:
        """Draw `losses`, leaving out what is not a number."""
        self._losses = tuple(loss for loss in losses if math.isfinite(loss))
        text = f"{self._losses[-1]:.3f}" if self._losses else tr("nothing yet")
        self.setAccessibleName(tr("Loss curve, now {loss}", loss=text))
        self.update()

    def set_theme(self, theme: Theme) -> None:
        """Draw in other colours."""
        self._theme = theme
        self.update()

    def sizeHint(self) -> QSize:
        """Return the size it wants."""
        return QSize(200, HEIGHT)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint it."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        frame = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        painter.setPen(QPen(QColor(self._theme.border), 1))
        painter.setBrush(QColor(self._theme.window))
        painter.drawRoundedRect(frame, 8, 8)
        if self._losses:
            self._paint_curve(painter, frame)
        else:
            painter.setPen(QColor(self._theme.muted))
            painter.drawText(frame, Qt.AlignmentFlag.AlignCenter, tr("the loss appears here"))
        painter.end()

    def _paint_curve(self, painter: QPainter, frame: QRectF) -> None:
        painter.setPen(QColor(self._theme.muted))
        corner = frame.adjusted(PADDING, PADDING / 2, -PADDING, 0)
        painter.drawText(
            corner,
            Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignTop,
            tr("loss {loss}", loss=f"{self._losses[-1]:.3f}"),
        )
        area = frame.adjusted(PADDING, PADDING + 14, -PADDING, -PADDING)
        points = curve_points(self._losses, area)
        fill = QColor(self._theme.accent)
        fill.setAlpha(36)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(fill)
        painter.drawPolygon(QPolygonF([area.bottomLeft(), *points, QPointF(points[-1].x(), area.bottom())]))
        pen = QPen(QColor(self._theme.accent), 1.8)
        pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
        painter.setPen(pen)
        painter.drawPolyline(QPolygonF(points))
        painter.setBrush(QColor(self._theme.accent))
        painter.drawEllipse(points[-1], 2.5, 2.5)


def curve_points(losses: Sequence[float], area: QRectF) -> list[QPointF]:
    """Place losses in `area`, from zero at its bottom to the largest at its top.

    At most one point for each pixel; the last loss is always among them.
    """
    top = max(*losses, 1e-9) if len(losses) > 1 else max(losses[0], 1e-9)
    stride = max(1, len(losses) // max(1, int(area.width())))
    picked = list(range(0, len(losses), stride))
    if picked[-1] != len(losses) - 1:
        picked.append(len(losses) - 1)
    width = max(1, len(losses) - 1)
    return [
        QPointF(
            area.left() + area.width() * i / width,
            area.bottom() - area.height() * max(0.0, losses[i]) / top,
        )
        for i in picked
    ]

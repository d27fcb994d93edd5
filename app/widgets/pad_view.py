"""A scratch pad: a grid with coloured pointers, which may stand one cell outside."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import QPoint, QPointF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPen, QPolygonF
from PySide6.QtWidgets import QWidget

from app.state.recording import Change, Pads, grid_of
from app.theme import GridLook, Theme
from app.translate import tr
from app.widgets.grid_view import GridView
from app.widgets.paint import grid_extent

POINTER_COLOURS = ("#e8368f", "#0a9d8f", "#d97a00", "#6a5cf0")
"""One for each pointer of an environment, told apart on both themes."""
CORNERS = ((0.0, 0.0), (1.0, 0.0), (1.0, 1.0), (0.0, 1.0))
"""Where in its cell each pointer's triangle sits, so that four can share a cell."""
SHARE = 0.42
"""Of a cell's side that a triangle takes."""


def paint_pointer(painter: QPainter, at: QPointF, cell: float, which: int) -> None:
    """Paint the mark of a pointer into the cell whose top left corner is `at`."""
    right, down = CORNERS[which % len(CORNERS)]
    corner = at + QPointF(right * cell, down * cell)
    along, side = (1 - 2 * right) * cell * SHARE, (1 - 2 * down) * cell * SHARE
    triangle = QPolygonF([corner, corner + QPointF(along, 0), corner + QPointF(0, side)])
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, True)
    painter.setPen(QPen(QColor("#ffffff"), max(1.0, cell / 24)))
    painter.setBrush(QColor(POINTER_COLOURS[which % len(POINTER_COLOURS)]))
    painter.drawPolygon(triangle)


class PadView(GridView):
    """Shows the pad; a ring of one cell around it holds pointers that stand outside."""

    def __init__(self, look: GridLook, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(tr("Pad"), look, theme, parent)
        self._pads: Pads | None = None
        self._names: tuple[str, ...] = ()

    def show_pads(self, pads: Pads, names: tuple[str, ...], changes: tuple[Change, ...] = ()) -> None:
        """Show a pad with its pointers, the cells that the last step changed outlined."""
        self._pads, self._names = pads, names
        changed = None
        if changes:
            changed = np.zeros(pads.cells.shape, bool)
            for row, column, _, _ in changes:
                changed[row, column] = True
        self.show_grid(grid_of(pads), changed=changed)
        places = [
            tr("{pointer} at row {row}, column {column}", pointer=name, row=row + 1, column=column + 1)
            for name, (row, column) in zip(names, pads.pointers, strict=True)
        ]
        self.setAccessibleDescription("; ".join(places))

    def put_cursor(self, cell: tuple[int, int]) -> None:
        """Put the frame of the keyboard on a cell, or on the nearest where it is outside."""
        rows, columns = self._shape
        self._reading = min(max(cell[0], 0), rows - 1), min(max(cell[1], 0), columns - 1)
        if self.hasFocus():
            self.read_out(self._reading)

    @property
    def _corner(self) -> QPoint:
        return QPoint(self._cell, self._cell)

    def sizeHint(self) -> QSize:
        """Return the size it wants."""
        rows, columns = self._shape
        ring = 2 * self._cell
        return QSize(grid_extent(columns, self._cell) + ring, grid_extent(rows, self._cell) + ring)

    def pointer_centre(self, which: int) -> QPoint:
        """Return the middle of the cell a pointer stands on."""
        row, column = self._pads.pointers[which] if self._pads is not None else (0, 0)
        return self.cell_centre(row, column)

    def paint_over(self, painter: QPainter, at: QPoint, cell: int) -> None:
        """Paint the pointers, and the cell that is read."""
        super().paint_over(painter, at, cell)
        if self._pads is None:
            return
        self._paint_ring(painter, at, cell)
        for which, (row, column) in enumerate(self._pads.pointers):
            corner = QPointF(at.x() + column * cell + 0.5, at.y() + row * cell + 0.5)
            paint_pointer(painter, corner, cell, which)

    def _paint_ring(self, painter: QPainter, at: QPoint, cell: int) -> None:
        """Paint a dashed cell wherever a pointer stands outside."""
        rows, columns = self._shape
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(QColor(self._theme.muted), 1, Qt.PenStyle.DotLine))
        for row, column in self._pads.pointers if self._pads is not None else ():
            if not (0 <= row < rows and 0 <= column < columns):
                painter.drawRect(at.x() + column * cell, at.y() + row * cell, cell, cell)

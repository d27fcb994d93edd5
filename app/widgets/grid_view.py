"""One grid on the screen."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from app.theme import GridLook, Theme
from app.widgets.paint import grid_extent, paint_crosses, paint_grid, paint_outline, to_device_pixels
from puzzles.grid import Grid

EMPTY_SIDE = 3
"""Cells a side of the frame shown where there is no grid."""
MARGIN = 5
"""Logical pixels around the grid, for outlines and the resize handle."""


class GridView(QWidget):
    """Shows one grid in cells of a given size, with outlines and crosses on top."""

    def __init__(self, role: str, look: GridLook, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._role = role
        self._grid: Grid | None = None
        self._cell = 16
        self._look = look
        self._theme = theme
        self._changed: NDArray[np.bool_] | None = None
        self._wrong: NDArray[np.bool_] | None = None
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self._describe()

    @property
    def grid(self) -> Grid | None:
        """What is shown."""
        return self._grid

    @property
    def wrong(self) -> NDArray[np.bool_] | None:
        """Which cells are crossed out."""
        return self._wrong

    @property
    def changed(self) -> NDArray[np.bool_] | None:
        """Which cells are outlined as changed."""
        return self._changed

    def show_grid(
        self,
        grid: Grid | None,
        changed: NDArray[np.bool_] | None = None,
        wrong: NDArray[np.bool_] | None = None,
    ) -> None:
        """Show `grid`, outlining the cells of `changed` and crossing out those of `wrong`."""
        resized = self._shape != (grid.shape if grid is not None else (EMPTY_SIDE, EMPTY_SIDE))
        self._grid = grid
        self._changed = changed
        self._wrong = wrong
        self._describe()
        if resized:
            self._fit()
        self.update()

    def set_cell(self, cell: int) -> None:
        """Give every cell `cell` logical pixels a side."""
        if cell != self._cell:
            self._cell = cell
            self._fit()

    def set_look(self, look: GridLook, theme: Theme) -> None:
        """Paint with other colours."""
        self._look = look
        self._theme = theme
        self.update()

    @property
    def _shape(self) -> tuple[int, int]:
        return (EMPTY_SIDE, EMPTY_SIDE) if self._grid is None else (self._grid.shape[0], self._grid.shape[1])

    def sizeHint(self) -> QSize:
        """Return the size it wants."""
        rows, columns = self._shape
        return QSize(
            grid_extent(columns, self._cell) + 2 * MARGIN, grid_extent(rows, self._cell) + 2 * MARGIN
        )

    def minimumSizeHint(self) -> QSize:
        """Return the size it wants; it never shrinks."""
        return self.sizeHint()

    def cell_at(self, point: QPoint) -> tuple[int, int]:
        """Return the (row, column) under a point of the widget, possibly outside the grid."""
        return (point.y() - MARGIN) // self._cell, (point.x() - MARGIN) // self._cell

    def cell_centre(self, row: int, column: int) -> QPoint:
        """Return the point in the middle of a cell."""
        half = self._cell // 2
        return QPoint(MARGIN + column * self._cell + half, MARGIN + row * self._cell + half)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint it."""
        painter = QPainter(self)
        ratio = to_device_pixels(painter)
        at, cell = QPoint(round(MARGIN * ratio), round(MARGIN * ratio)), int(self._cell * ratio)
        if self._grid is None:
            self._paint_empty(painter, at, cell)
        else:
            paint_grid(painter, at, self._grid, cell, self._look)
            self._paint_marks(painter, at, cell)
        self.paint_over(painter, at, cell)
        painter.end()

    def paint_over(self, painter: QPainter, at: QPoint, cell: int) -> None:
        """Paint on top of the grid; for views that show more than a grid."""

    def _paint_marks(self, painter: QPainter, at: QPoint, cell: int) -> None:
        if self._changed is not None and not self._changed.all():
            paint_outline(painter, at, self._changed, cell)
        if self._wrong is not None:
            paint_crosses(painter, at, self._wrong, cell)

    def _paint_empty(self, painter: QPainter, at: QPoint, cell: int) -> None:
        side = EMPTY_SIDE * cell
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, True)
        painter.setPen(QPen(QColor(self._theme.muted), 1, Qt.PenStyle.DashLine))
        painter.drawRoundedRect(QRect(at.x(), at.y(), side, side), 6, 6)
        painter.drawText(QRect(at.x(), at.y(), side, side), Qt.AlignmentFlag.AlignCenter, "?")

    def _fit(self) -> None:
        self.updateGeometry()
        self.resize(self.sizeHint())
        self.update()

    def _describe(self) -> None:
        if self._grid is None:
            self.setAccessibleName(f"{self._role}, nothing yet")
            return
        rows, columns = self._grid.shape
        text = f"{self._role}, {rows} by {columns} cells"
        if self._wrong is not None and self._wrong.any():
            text += f", {int(self._wrong.sum())} wrong"
        self.setAccessibleName(text)

"""One grid on the screen."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QEvent, QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import (
    QAccessible,
    QAccessibleAnnouncementEvent,
    QColor,
    QContextMenuEvent,
    QFocusEvent,
    QFont,
    QHelpEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
)
from PySide6.QtWidgets import QMenu, QSizePolicy, QToolTip, QWidget

from app.plain import plain_tip
from app.state.drawing import Cell, Region
from app.theme import SHOWN_NAMES, GridLook, Theme, place_of
from app.translate import tr
from app.widgets.paint import (
    grid_extent,
    paint_boxes,
    paint_crosses,
    paint_doubts,
    paint_grid,
    paint_marked,
    paint_outline,
    paint_rulers,
    to_device_pixels,
)
from puzzles.grid import Grid
from solver.words.program import NO_CELL, Likeliest

ARROWS = {
    Qt.Key.Key_Left: (0, -1),
    Qt.Key.Key_Right: (0, 1),
    Qt.Key.Key_Up: (-1, 0),
    Qt.Key.Key_Down: (1, 0),
}
EMPTY_SIDE = 3
"""Cells a side of the frame shown where there is no grid."""
MARGIN = 5
"""Logical pixels around the grid, for outlines and the resize handle."""
SIZE_FOOT = 13
"""Logical pixels below a grid with rulers, for its size."""
RULER_MARGIN = 20
"""Logical pixels above and left of a grid whose rows and columns are numbered."""


class GridView(QWidget):
    """Shows one grid in cells of a given size, with outlines and crosses on top."""

    cell_clicked = Signal(int, int)
    """Row and column of a cell that was clicked."""
    copy_asked = Signal(object)
    """`Grid`; from the menu of the right button"""
    looked_at = Signal()
    """It was clicked, or has the keys."""

    def __init__(self, role: str, look: GridLook, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._role = role
        self._grid: Grid | None = None
        self._cell = 16
        self._look = look
        self._theme = theme
        self._changed: NDArray[np.bool_] | None = None
        self._wrong: NDArray[np.bool_] | None = None
        self._confidence: NDArray[np.float32] | None = None
        self._pieces: tuple[Region, ...] = ()
        self._likeliest: Likeliest | None = None
        self._outlined: NDArray[np.bool_] | None = None
        self._marked: NDArray[np.bool_] | None = None
        self._rulers = False
        self._reading: Cell = (0, 0)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
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

    @property
    def confidence(self) -> NDArray[np.float32] | None:
        """How sure the executor was of each cell, where that is shown."""
        return self._confidence

    def show_grid(
        self,
        grid: Grid | None,
        changed: NDArray[np.bool_] | None = None,
        wrong: NDArray[np.bool_] | None = None,
        confidence: NDArray[np.float32] | None = None,
        pieces: tuple[Region, ...] = (),
    ) -> None:
        """Show `grid`: `changed` and `pieces` outlined, `wrong` crossed out, a disc where it is unsure."""
        resized = self._shape != (grid.shape if grid is not None else (EMPTY_SIDE, EMPTY_SIDE))
        self._grid = grid
        self._changed = changed
        self._wrong = wrong
        self._confidence = confidence
        self._pieces = pieces
        self._describe()
        if resized:
            self._fit()
        self.update()

    def set_likeliest(self, likeliest: Likeliest | None) -> None:
        """Say what each cell might have been while the mouse is over it or it is read, or no longer."""
        self._likeliest = likeliest

    def likeliest_text(self, cell: Cell) -> str:
        """Write what a cell might have been, the likeliest first; empty where that is not known."""
        known = self._likeliest
        if known is None or not (
            0 <= cell[0] < known.values.shape[0] and 0 <= cell[1] < known.values.shape[1]
        ):
            return ""
        parts = []
        for value, odds in zip(known.values[cell].tolist(), known.odds[cell].tolist(), strict=True):
            name = tr("no cell") if value == NO_CELL else tr(SHOWN_NAMES[value])
            parts.append(f"{name} {100 * odds:.0f} %")
        return ", ".join(parts)

    def outline(self, cells: NDArray[np.bool_] | None) -> None:
        """Outline these cells as what a step picked, or none."""
        if cells is not None or self._outlined is not None:
            self._outlined = cells
            self.update()

    @property
    def outlined(self) -> NDArray[np.bool_] | None:
        """Which cells are outlined as what a step picked."""
        return self._outlined

    def show_marked(self, cells: NDArray[np.bool_] | None) -> None:
        """Show these cells as what the person marked, or none."""
        if cells is not None or self._marked is not None:
            self._marked = cells
            self.update()

    @property
    def marked(self) -> NDArray[np.bool_] | None:
        """Which cells are shown as marked."""
        return self._marked

    def set_cell(self, cell: int) -> None:
        """Give every cell `cell` logical pixels a side."""
        if cell != self._cell:
            self._cell = cell
            self._fit()

    def set_rulers(self, rulers: bool) -> None:
        """Number rows and columns, or not."""
        if rulers != self._rulers:
            self._rulers = rulers
            self._fit()

    def set_look(self, look: GridLook, theme: Theme) -> None:
        """Paint with other colours."""
        self._look = look
        self._theme = theme
        self.update()

    @property
    def _shape(self) -> tuple[int, int]:
        return (EMPTY_SIDE, EMPTY_SIDE) if self._grid is None else (self._grid.shape[0], self._grid.shape[1])

    @property
    def _corner(self) -> QPoint:
        """Where the first cell begins."""
        margin = RULER_MARGIN if self._rulers else MARGIN
        return QPoint(margin, margin)

    def sizeHint(self) -> QSize:
        """Return the size it wants."""
        return self.room_for(*self._shape)

    def room_for(self, rows: int, columns: int, cell: int = 0) -> QSize:
        """Return the size it wants for a grid of `rows` × `columns` cells, of its own or another size."""
        cell = cell or self._cell
        margin = self._corner.x() + MARGIN
        foot = SIZE_FOOT if self._rulers else 0
        return QSize(grid_extent(columns, cell) + margin, grid_extent(rows, cell) + margin + foot)

    def minimumSizeHint(self) -> QSize:
        """Return the size it wants; it never shrinks."""
        return self.sizeHint()

    def cell_at(self, point: QPoint) -> tuple[int, int]:
        """Return the (row, column) under a point of the widget, possibly outside the grid."""
        inside = point - self._corner
        return inside.y() // self._cell, inside.x() // self._cell

    def cell_centre(self, row: int, column: int) -> QPoint:
        """Return the point in the middle of a cell."""
        half = self._cell // 2
        return self._corner + QPoint(column * self._cell + half, row * self._cell + half)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Tell which cell was clicked."""
        row, column = self.cell_at(event.position().toPoint())
        rows, columns = self._shape
        if self._grid is not None and 0 <= row < rows and 0 <= column < columns:
            self.cell_clicked.emit(row, column)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Offer to copy the grid."""
        if self._grid is not None:
            self.menu().popup(event.globalPos())

    def menu(self) -> QMenu:
        """Return the menu of the right button; it is gone when it closes."""
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.addAction(tr("Copy this grid"), lambda: self.copy_asked.emit(self._grid))
        return menu

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Read the cells one by one; Return is a click on the cell."""
        key = Qt.Key(event.key())
        if self._grid is not None and key in ARROWS:
            by, (rows, columns) = ARROWS[key], self._shape
            row, column = self._reading[0] + by[0], self._reading[1] + by[1]
            self._reading = max(0, min(rows - 1, row)), max(0, min(columns - 1, column))
            self.read_out(self._reading)
        elif self._grid is not None and key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.cell_clicked.emit(*self._reading)
        else:
            super().keyPressEvent(event)

    def event(self, event: QEvent) -> bool:
        """Keep the keys that read cells from becoming shortcuts; tell when somebody turns to the grid."""
        if event.type() in (QEvent.Type.MouseButtonPress, QEvent.Type.FocusIn):
            self.looked_at.emit()
        if (
            isinstance(event, QHelpEvent)
            and event.type() == QEvent.Type.ToolTip
            and self._likeliest is not None
        ):
            text = self.likeliest_text(self.cell_at(event.pos()))
            QToolTip.showText(event.globalPos(), plain_tip(text), self)
            return True
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            plain = event.modifiers() in (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.KeypadModifier)
            if self._grid is not None and plain and event.key() in (*ARROWS, Qt.Key.Key_Return):
                event.accept()
                return True
        return super().event(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Read the cell it was left at."""
        super().focusInEvent(event)
        self.read_out(self._reading)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Show no cell cursor without the focus."""
        super().focusOutEvent(event)
        self.update()

    def read_out(self, cell: Cell) -> None:
        """Let screen readers say what is in a cell; nothing where there is no such cell."""
        if self._grid is None or cell[0] >= self._grid.shape[0] or cell[1] >= self._grid.shape[1]:
            return
        text = tr(
            "row {row}, column {column}, {colour}",
            row=cell[0] + 1,
            column=cell[1] + 1,
            colour=tr(SHOWN_NAMES[place_of(int(self._grid[cell]))]),
        )
        for mask, word in (
            (self._changed, self.outlined_text()),
            (self._wrong, tr("wrong")),
            (self._marked, tr("marked")),
        ):
            if mask is not None and mask.shape == self._grid.shape and mask[cell]:
                text += f", {word}"
        if likely := self.likeliest_text(cell):
            text += f"; {likely}"
        self.setAccessibleDescription(text)
        QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self, text))
        self.update()

    def outlined_text(self) -> str:
        """Return what is said of a cell that is outlined."""
        return tr("changed")

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint it; of a grid larger than what is seen, that part alone."""
        painter = QPainter(self)
        ratio = to_device_pixels(painter)
        corner = round(self._corner.x() * ratio)
        at, cell = QPoint(corner, corner), int(self._cell * ratio)
        if self._grid is None:
            self._paint_empty(painter, at, cell)
        else:
            top, left, part = self._touched(event.rect(), at, cell, ratio)
            paint_grid(painter, at + QPoint(left * cell, top * cell), part, cell, self._look)
            if self._rulers:
                paint_rulers(painter, at, self._grid, cell=cell, colour=self._theme.muted, ratio=ratio)
                self._paint_size(painter, ratio)
            self._paint_marks(painter, at, cell)
        self.paint_over(painter, at, cell)
        painter.end()

    def _touched(self, rect: QRect, at: QPoint, cell: int, ratio: float) -> tuple[int, int, Grid]:
        """Return the first row and column that lie in `rect`, and the cells from there on that do."""
        if self._grid is None:
            raise ValueError("there is no grid")
        top = max(0, int(rect.top() * ratio - at.y()) // cell - 1)
        left = max(0, int(rect.left() * ratio - at.x()) // cell - 1)
        bottom = max(top, int((rect.bottom() + 1) * ratio - at.y()) // cell + 2)
        right = max(left, int((rect.right() + 1) * ratio - at.x()) // cell + 2)
        return top, left, self._grid[top:bottom, left:right]

    def paint_over(self, painter: QPainter, at: QPoint, cell: int) -> None:
        """Paint the cell that is read."""
        if self.hasFocus() and self._grid is not None:
            rows, columns = self._grid.shape
            row, column = min(self._reading[0], rows - 1), min(self._reading[1], columns - 1)
            self.paint_frame(painter, at, cell, Region(row, column, row, column))

    def paint_frame(
        self,
        painter: QPainter,
        at: QPoint,
        cell: int,
        region: Region,
        style: Qt.PenStyle = Qt.PenStyle.SolidLine,
    ) -> None:
        """Paint a frame around cells, readable on any colour."""
        box = QRect(
            at.x() + region.left * cell, at.y() + region.top * cell, region.columns * cell, region.rows * cell
        )
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(QColor("#000000"), 3))
        painter.drawRect(box)
        painter.setPen(QPen(QColor("#ffffff"), 2, style))
        painter.drawRect(box)

    def _paint_marks(self, painter: QPainter, at: QPoint, cell: int) -> None:
        if self._outlined is not None and self._outlined.shape == self._shape:
            paint_outline(painter, at, self._outlined, cell)
        elif self._pieces:
            paint_boxes(painter, at, self._pieces, cell)
        elif self._changed is not None and not self._changed.all():
            paint_outline(painter, at, self._changed, cell)
        if self._wrong is not None:
            paint_crosses(painter, at, self._wrong, cell)
        if self._confidence is not None:
            paint_doubts(painter, at, self._confidence, cell)
        if self._marked is not None and self._marked.shape == self._shape:
            paint_marked(painter, at, self._marked, cell)

    def _paint_size(self, painter: QPainter, ratio: float) -> None:
        """Write rows × columns below the grid, in the font of the rulers."""
        rows, columns = self._shape
        top = self._corner.y() + grid_extent(rows, self._cell)
        box = QRect(0, round(top * ratio), round(self.width() * ratio), round((SIZE_FOOT + MARGIN) * ratio))
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, f"{rows} × {columns}")

    def _paint_empty(self, painter: QPainter, at: QPoint, cell: int) -> None:
        side = EMPTY_SIDE * cell
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, True)
        painter.setPen(QPen(QColor(self._theme.muted), 1, Qt.PenStyle.DashLine))
        painter.drawRoundedRect(QRect(at.x(), at.y(), side, side), 6, 6)
        font = QFont(painter.font())
        font.setPixelSize(max(9, min(cell, side // 2)))
        painter.setFont(font)
        painter.drawText(QRect(at.x(), at.y(), side, side), Qt.AlignmentFlag.AlignCenter, "?")

    def _fit(self) -> None:
        self.updateGeometry()
        self.resize(self.sizeHint())
        self.update()

    def _describe(self) -> None:
        if self._grid is None:
            self.setAccessibleName(tr("{what}, nothing yet", what=self._role))
            return
        rows, columns = self._grid.shape
        text = tr("{what}, {rows} by {columns} cells", what=self._role, rows=rows, columns=columns)
        if self._wrong is not None and self._wrong.any():
            text += tr(", {n} wrong", n=int(self._wrong.sum()))
        self.setAccessibleName(text)

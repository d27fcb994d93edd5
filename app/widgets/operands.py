"""What the step shown was made of, where that is more than the grid before it: small pictures and arrows."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QPointF, QRect, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QWidget

from app.plain import plain_tip
from app.state.rows import Operand
from app.theme import GridLook, Theme
from app.translate import tr
from app.widgets.paint import grid_extent, paint_grid, to_device_pixels

SHARE = 0.5
"""Of the board's cells, the side of a cell here."""
SMALLEST_CELL = 3
CAPTION, GAP, ARROW = 15, 6, 30
"""Logical pixels of a picture's name, the space below it, and the arrows."""
CAPTION_TEXT = 10
"""Logical pixels of the letters of a name."""
HEAD = 4
"""Half the width of an arrow's head."""


def operand_cell(cell: int) -> int:
    """Return the side of a cell here, where the board's cells have `cell` pixels."""
    return max(min(SMALLEST_CELL, cell), int(cell * SHARE))


class OperandsView(QWidget):
    """Pictures one below another, each with its name, and arrows from all of them to the state."""

    def __init__(self, look: GridLook, theme: Theme) -> None:
        super().__init__()
        self._look, self._theme = look, theme
        self._operands: tuple[Operand, ...] = ()
        self._cell = SMALLEST_CELL
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    @property
    def operands(self) -> tuple[Operand, ...]:
        """What is shown."""
        return self._operands

    def show_operands(self, operands: tuple[Operand, ...]) -> None:
        """Show what a step was made of."""
        self._operands = operands
        names = ", ".join(operand.title for operand in operands)
        self.setAccessibleName(tr("made of {names}", names=names) if operands else "")
        self.setToolTip(plain_tip(self.accessibleName()))
        self._fit()

    def set_cell(self, cell: int) -> None:
        """Follow the board's cells."""
        self._cell = operand_cell(cell)
        self._fit()

    def set_look(self, look: GridLook, theme: Theme) -> None:
        """Paint with other colours."""
        self._look, self._theme = look, theme
        self.update()

    def sizeHint(self) -> QSize:
        """Return the size it wants."""
        return self.room_for(self._operands)

    def room_for(self, operands: tuple[Operand, ...], board_cell: int = 0) -> QSize:
        """Return the size it wants when it shows `operands`, beside cells of another size if one is given."""
        if not operands:
            return QSize(0, 0)
        cell = operand_cell(board_cell) if board_cell else self._cell
        return QSize(self._column_of(operands, cell) + ARROW, sum(self._heights_of(operands, cell)))

    def minimumSizeHint(self) -> QSize:
        """Return the size it wants; it never shrinks."""
        return self.sizeHint()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint pictures, names and arrows."""
        painter = QPainter(self)
        painter.setFont(self._caption_font())
        top = 0
        for operand, height in zip(self._operands, self._heights(), strict=True):
            box = QRect(0, top, self._column, CAPTION)
            painter.setPen(QColor(self._theme.muted))
            painter.drawText(box, Qt.AlignmentFlag.AlignCenter, operand.title)
            self._paint_pictures(painter, operand, top + CAPTION)
            top += height
        self._paint_arrows(painter)
        painter.end()

    @property
    def _column(self) -> int:
        return self._column_of(self._operands, self._cell)

    def _column_of(self, operands: tuple[Operand, ...], cell: int) -> int:
        """Width of the pictures and their names."""
        widest = max((operand.columns for operand in operands), default=0)
        names = QFontMetrics(self._caption_font())
        longest = max((names.horizontalAdvance(o.title) for o in operands), default=0)
        return max(grid_extent(widest, cell), longest)

    def _caption_font(self) -> QFont:
        font = QFont(self.font())
        font.setPixelSize(CAPTION_TEXT)
        return font

    def _heights(self) -> list[int]:
        return self._heights_of(self._operands, self._cell)

    def _heights_of(self, operands: tuple[Operand, ...], cell: int) -> list[int]:
        return [CAPTION + grid_extent(o.rows, cell) + GAP for o in operands]

    def _paint_pictures(self, painter: QPainter, operand: Operand, top: int) -> None:
        painter.save()
        painter.translate((self._column - grid_extent(operand.columns, self._cell)) // 2, top)
        cell = int(self._cell * to_device_pixels(painter))
        left = 0
        for grid in operand.grids:
            paint_grid(painter, QPoint(left, 0), grid, cell, GridLook(self._look.palette))
            left += (grid.shape[1] + 1) * cell
        painter.restore()

    def _paint_arrows(self, painter: QPainter) -> None:
        """Draw a line from the middle of every picture to one head at the right."""
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(QColor(self._theme.muted), 1.2))
        heights = self._heights()
        tip = QPointF(self.width() - 3, sum(heights) / 2)
        top = 0
        for height in heights:
            middle = top + CAPTION + (height - CAPTION - GAP) / 2
            painter.drawLine(QPointF(self._column + 4, middle), tip)
            top += height
        painter.setBrush(QColor(self._theme.muted))
        painter.drawPolygon(QPolygonF([tip, tip + QPointF(-2 * HEAD, -HEAD), tip + QPointF(-2 * HEAD, HEAD)]))

    def _fit(self) -> None:
        self.updateGeometry()
        self.resize(self.sizeHint())
        self.update()

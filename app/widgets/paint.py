"""Painting grids. All sizes are whole device pixels, so cells are equal and edges sharp at any scale."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QLine, QPoint, QRect, Qt
from PySide6.QtGui import QColor, QFont, QImage, QPainter, QPen

from app.theme import CellPalette, GridLook
from puzzles.grid import Grid

LINES_FROM_CELL = 4
"""Cells smaller than this many pixels touch: lines would swallow them."""
DIGITS_FROM_CELL = 11
CROSSES_FROM_CELL = 12
"""Smaller wrong cells get a dot: a cross would hide their colour."""
OUTLINE, OUTLINE_CASING = "#ffffff", "#4343b8"
"""White within dark indigo is seen on every cell colour and on both themes."""


def grid_extent(side: int, cell: int) -> int:
    """Return the pixels `side` cells take, the closing line included."""
    return side * cell + (1 if cell >= LINES_FROM_CELL else 0)


def paint_grid(painter: QPainter, at: QPoint, grid: Grid, cell: int, look: GridLook) -> None:
    """Paint `grid` with its top left corner at `at`, in device pixels."""
    rows, columns = grid.shape
    target = QRect(at.x(), at.y(), columns * cell, rows * cell)
    painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, False)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
    painter.drawImage(target, _image(grid, look.palette))
    if cell >= LINES_FROM_CELL:
        painter.setPen(QPen(QColor(look.palette.line), 1))
        right, bottom = at.x() + columns * cell, at.y() + rows * cell
        painter.drawLines(
            [QLine(at.x() + c * cell, at.y(), at.x() + c * cell, bottom) for c in range(columns + 1)]
            + [QLine(at.x(), at.y() + r * cell, right, at.y() + r * cell) for r in range(rows + 1)]
        )
    if look.digits and cell >= DIGITS_FROM_CELL:
        _paint_digits(painter, at, grid, cell, look.palette)


def to_device_pixels(painter: QPainter) -> float:
    """Let `painter` count in whole device pixels from where it stands; return how many make a logical one."""
    ratio = painter.device().devicePixelRatioF()
    painter.scale(1 / ratio, 1 / ratio)
    corner = painter.deviceTransform()
    painter.translate(round(corner.dx()) - corner.dx(), round(corner.dy()) - corner.dy())
    return ratio


def paint_outline(painter: QPainter, at: QPoint, mask: NDArray[np.bool_], cell: int) -> None:
    """Draw a cased line around every region of `mask`, readable on any cell colour."""
    edges = region_edges(mask)
    lines = [
        QLine(at.x() + a * cell, at.y() + b * cell, at.x() + c * cell, at.y() + d * cell)
        for a, b, c, d in edges
    ]
    if not lines:
        return
    width = 2 if cell >= 12 else 1
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
    for pen_colour, pen_width in ((OUTLINE_CASING, width + 2), (OUTLINE, width)):
        painter.setPen(QPen(QColor(pen_colour), pen_width, Qt.PenStyle.SolidLine, Qt.PenCapStyle.SquareCap))
        painter.drawLines(lines)


def paint_crosses(painter: QPainter, at: QPoint, mask: NDArray[np.bool_], cell: int) -> None:
    """Cross out the cells of `mask` in white on black, readable on any cell colour."""
    if cell < CROSSES_FROM_CELL:
        _paint_dots(painter, at, mask, cell)
        return
    inset = max(1, round(cell * 0.3))
    lines = []
    for row, column in np.argwhere(mask).tolist():
        left, top = at.x() + column * cell + inset, at.y() + row * cell + inset
        right, bottom = at.x() + (column + 1) * cell - inset, at.y() + (row + 1) * cell - inset
        lines += [QLine(left, top, right, bottom), QLine(left, bottom, right, top)]
    width = max(1, cell // 12)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, True)
    for colour, pen_width in ((QColor("#000000"), width * 2 + 1), (QColor("#ffffff"), width)):
        painter.setPen(QPen(colour, pen_width, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap))
        painter.drawLines(lines)


def _paint_dots(painter: QPainter, at: QPoint, mask: NDArray[np.bool_], cell: int) -> None:
    side = max(1, cell // 3)
    inset = (cell - side + 1) // 2
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
    for row, column in np.argwhere(mask).tolist():
        dot = QRect(at.x() + column * cell + inset, at.y() + row * cell + inset, side, side)
        painter.fillRect(dot.adjusted(-1, -1, 1, 1), QColor("#000000"))
        painter.fillRect(dot, QColor("#ffffff"))


def region_edges(mask: NDArray[np.bool_]) -> list[tuple[int, int, int, int]]:
    """Return the border of a mask's regions as unit edges (x0, y0, x1, y1) between cell corners."""
    padded = np.pad(mask, 1)
    across = np.argwhere(padded[:-1, 1:-1] != padded[1:, 1:-1]).tolist()
    down = np.argwhere(padded[1:-1, :-1] != padded[1:-1, 1:]).tolist()
    return [(x, y, x + 1, y) for y, x in across] + [(x, y, x, y + 1) for y, x in down]


def changed_mask(before: Grid, after: Grid) -> NDArray[np.bool_]:
    """Return which cells of `after` are not as in `before`; cells beyond `before` count as changed."""
    mask = np.ones(after.shape, dtype=bool)
    rows, columns = min(before.shape[0], after.shape[0]), min(before.shape[1], after.shape[1])
    mask[:rows, :columns] = before[:rows, :columns] != after[:rows, :columns]
    return mask


def _image(grid: Grid, palette: CellPalette) -> QImage:
    rows, columns = grid.shape
    stride = -(-columns // 4) * 4  # QImage wants lines of whole 32-bit words
    padded = np.zeros((rows, stride), dtype=np.uint8)
    padded[:, :columns] = grid
    image = QImage(padded.tobytes(), columns, rows, stride, QImage.Format.Format_Indexed8)
    image.setColorTable([QColor(colour).rgb() for colour in palette.colours])
    return image.convertToFormat(QImage.Format.Format_RGB32)


def _paint_digits(painter: QPainter, at: QPoint, grid: Grid, cell: int, palette: CellPalette) -> None:
    font = QFont(painter.font())
    font.setPixelSize(max(7, round(cell * 0.5)))
    painter.setFont(font)
    inks = [QColor(ink_on(colour)) for colour in palette.colours]
    for (row, column), value in np.ndenumerate(grid):
        painter.setPen(inks[value])
        box = QRect(at.x() + column * cell, at.y() + row * cell, cell, cell)
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, str(value))


def ink_on(colour: str) -> str:
    """Return black or white, whichever reads better on `colour`."""
    return "#000000" if QColor(colour).lightnessF() > 0.5 else "#ffffff"

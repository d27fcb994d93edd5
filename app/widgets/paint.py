"""Painting grids. All sizes are whole device pixels, so cells are equal and edges sharp at any scale."""

from __future__ import annotations

import math
from collections.abc import Sequence
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QLine, QPoint, QPointF, QRect, Qt
from PySide6.QtGui import QColor, QFont, QImage, QPaintEngine, QPainter, QPainterPath, QPen

from app.state.drawing import Region
from app.theme import NUMBERS, SYMBOLS, CellPalette, GridLook
from puzzles.grid import SHOWN_COLOURS, Grid

LINES_FROM_CELL = 4
"""Cells smaller than this many pixels touch: lines would swallow them."""
MARKS_FROM_CELL = 11
CROSSES_FROM_CELL = 12
"""Smaller wrong cells get a dot: a cross would hide their colour."""
RULER_TEXT = 9
"""Logical pixels of the numbers along a grid."""
SURE = 0.98
"""Probability from which a cell counts as certain."""
OUTLINE, OUTLINE_CASING = "#ffffff", "#4343b8"
"""White within dark indigo is seen on every cell colour and on both themes."""


def grid_extent(side: int, cell: int) -> int:
    """Return the pixels `side` cells take, the closing line included."""
    return side * cell + (1 if cell >= LINES_FROM_CELL else 0)


def paint_grid(painter: QPainter, at: QPoint, grid: Grid, cell: int, look: GridLook) -> None:
    """Paint `grid` with its top left corner at `at`, in device pixels.

    In drawings and documents a cell is a shape: a scaled picture would be blurred by the viewer.
    """
    rows, columns = grid.shape
    target = QRect(at.x(), at.y(), columns * cell, rows * cell)
    painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, False)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
    lines = []
    if cell >= LINES_FROM_CELL:
        right, bottom = at.x() + columns * cell, at.y() + rows * cell
        lines = [QLine(at.x() + c * cell, at.y(), at.x() + c * cell, bottom) for c in range(columns + 1)]
        lines += [QLine(at.x(), at.y() + r * cell, right, at.y() + r * cell) for r in range(rows + 1)]
    pen = QPen(QColor(look.palette.line), 1)
    painter.setPen(pen)
    engine = painter.paintEngine().type()
    if engine == QPaintEngine.Type.SVG:
        _draw_as_paths(painter, at, grid, cell=cell, palette=look.palette)
        path = QPainterPath()
        for line in lines:
            path.moveTo(line.p1())
            path.lineTo(line.p2())
        painter.strokePath(path, pen)
    else:
        if engine == QPaintEngine.Type.Pdf:
            for row, start, length in runs_of(grid):
                box = QRect(at.x() + start * cell, at.y() + row * cell, length * cell, cell)
                painter.fillRect(box, QColor(look.palette.colour(int(grid[row, start]))))
        else:
            painter.drawImage(target, _image(grid, look.palette))
        painter.drawLines(lines)
    if look.marks != "none" and cell >= MARKS_FROM_CELL:
        _paint_marks(painter, at, grid, cell, look)


def paint_small(painter: QPainter, grid: Grid, side: int, palette: CellPalette) -> None:
    """Paint `grid` in the middle of `side` × `side` device pixels, in the largest whole cells that fit.

    A grid with more cells than pixels is made smaller as a picture.
    """
    rows, columns = grid.shape
    cell = side // max(rows, columns)
    if cell:
        offset = QPoint((side - columns * cell) // 2, (side - rows * cell) // 2)
        paint_grid(painter, offset, grid, cell, GridLook(palette))
        return
    high, wide = (max(1, length * side // max(rows, columns)) for length in (rows, columns))
    picture = _image(grid, palette).scaled(
        wide, high, Qt.AspectRatioMode.IgnoreAspectRatio, Qt.TransformationMode.SmoothTransformation
    )
    painter.drawImage(QPoint((side - wide) // 2, (side - high) // 2), picture)


def _draw_as_paths(painter: QPainter, at: QPoint, grid: Grid, *, cell: int, palette: CellPalette) -> None:
    """Draw the cells as one shape for each colour: an SVG element for each cell makes far larger files."""
    paths: dict[int, QPainterPath] = {}
    for row, start, length in runs_of(grid):
        path = paths.setdefault(int(grid[row, start]), QPainterPath())
        path.addRect(at.x() + start * cell, at.y() + row * cell, length * cell, cell)
    for value, path in paths.items():
        painter.fillPath(path, QColor(palette.colour(value)))


def runs_of(grid: Grid) -> list[tuple[int, int, int]]:
    """Return the stretches of one colour as (row, first column, length): a drawing of them is far smaller."""
    runs = []
    for row, cells in enumerate(grid):
        starts = [0, *(np.flatnonzero(cells[1:] != cells[:-1]) + 1).tolist(), len(cells)]
        runs += [(row, a, b - a) for a, b in pairwise(starts)]
    return runs


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


def paint_marked(painter: QPainter, at: QPoint, mask: NDArray[np.bool_], cell: int) -> None:
    """Draw a dashed line, white on black, around what a person marked: another look than what a step did."""
    edges = region_edges(mask)
    lines = [
        QLine(at.x() + a * cell, at.y() + b * cell, at.x() + c * cell, at.y() + d * cell)
        for a, b, c, d in edges
    ]
    width = 3 if cell >= 12 else 1
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
    painter.setPen(QPen(QColor("#000000"), width + 2, Qt.PenStyle.SolidLine, Qt.PenCapStyle.SquareCap))
    painter.drawLines(lines)
    pen = QPen(QColor("#ffffff"), width, Qt.PenStyle.CustomDashLine, Qt.PenCapStyle.FlatCap)
    pen.setDashPattern([1.5, 1.5])
    painter.setPen(pen)
    painter.drawLines(lines)


def paint_boxes(painter: QPainter, at: QPoint, regions: Sequence[Region], cell: int) -> None:
    """Draw a cased frame just inside every region, so that neighbours are told apart."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    for region in regions:
        box = QRect(
            at.x() + region.left * cell + 1,
            at.y() + region.top * cell + 1,
            region.columns * cell - 2,
            region.rows * cell - 2,
        )
        for colour, width in ((OUTLINE_CASING, 3), (OUTLINE, 1)):
            painter.setPen(QPen(QColor(colour), width))
            painter.drawRect(box)


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


def paint_rulers(painter: QPainter, at: QPoint, grid: Grid, *, cell: int, colour: str, ratio: float) -> None:
    """Number rows and columns from 1 along the left and the top, as many as there is room for."""
    font = QFont(painter.font())
    font.setPixelSize(round(RULER_TEXT * ratio))
    painter.setFont(font)
    painter.setPen(QColor(colour))
    high, wide = painter.fontMetrics().height(), painter.fontMetrics().horizontalAdvance("00") + 2
    band, gap = round(20 * ratio), round(4 * ratio)
    for column in range(0, grid.shape[1], max(1, -(-wide // cell))):
        centre = at.x() + column * cell + cell // 2
        box = QRect(centre - wide, at.y() - band, 2 * wide, band - gap)
        painter.drawText(box, Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignBottom, str(column + 1))
    for row in range(0, grid.shape[0], max(1, -(-high // cell))):
        centre = at.y() + row * cell + cell // 2
        box = QRect(at.x() - band, centre - high, band - gap, 2 * high)
        painter.drawText(box, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, str(row + 1))


def paint_doubts(painter: QPainter, at: QPoint, confidence: NDArray[np.float32], cell: int) -> None:
    """Lay a disc over every cell the executor was not sure of; its area is the probability of an error."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, True)
    painter.setPen(QPen(QColor(OUTLINE_CASING), 1))
    painter.setBrush(QColor(OUTLINE))
    for row, column in np.argwhere(confidence < SURE).tolist():
        radius = max(1.5, cell / 2 * math.sqrt(1 - float(confidence[row, column])))
        centre = QPointF(at.x() + (column + 0.5) * cell + 0.5, at.y() + (row + 0.5) * cell + 0.5)
        painter.drawEllipse(centre, radius, radius)


def _paint_dots(painter: QPainter, at: QPoint, mask: NDArray[np.bool_], cell: int) -> None:
    side = max(1, cell // 3)
    inset = (cell - side + 1) // 2
    left, top = at.x() + inset, at.y() + inset
    corners = [(left + column * cell, top + row * cell) for row, column in np.argwhere(mask).tolist()]
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
    painter.setPen(Qt.PenStyle.NoPen)
    for colour, rim in (
        ("#000000", 1),
        ("#ffffff", 0),
    ):  # one call each: a call per cell takes ten times as long
        painter.setBrush(QColor(colour))
        painter.drawRects([QRect(x - rim, y - rim, side + 2 * rim, side + 2 * rim) for x, y in corners])


def region_edges(mask: NDArray[np.bool_]) -> list[tuple[int, int, int, int]]:
    """Return the border of a mask's regions as unit edges (x0, y0, x1, y1) between cell corners."""
    padded = np.pad(mask, 1)
    across = np.argwhere(padded[:-1, 1:-1] != padded[1:, 1:-1]).tolist()
    down = np.argwhere(padded[1:-1, :-1] != padded[1:-1, 1:]).tolist()
    return [(x, y, x + 1, y) for y, x in across] + [(x, y, x, y + 1) for y, x in down]


def _image(grid: Grid, palette: CellPalette) -> QImage:
    rows, columns = grid.shape
    stride = -(-columns // 4) * 4  # QImage wants lines of whole 32-bit words
    padded = np.zeros((rows, stride), dtype=np.uint8)
    padded[:, :columns] = np.minimum(grid, SHOWN_COLOURS)  # padding comes last in the table
    image = QImage(padded.tobytes(), columns, rows, stride, QImage.Format.Format_Indexed8)
    image.setColorTable([QColor(colour).rgb() for colour in palette.shown])
    return image.convertToFormat(QImage.Format.Format_RGB32)


def _paint_marks(painter: QPainter, at: QPoint, grid: Grid, cell: int, look: GridLook) -> None:
    texts = SYMBOLS if look.marks == "symbols" else NUMBERS
    font = QFont(painter.font())
    font.setPixelSize(max(7, round(cell * 0.5)))
    painter.setFont(font)
    inks = [QColor(ink_on(colour)) for colour in look.palette.shown]
    for (row, column), value in np.ndenumerate(np.minimum(grid, SHOWN_COLOURS)):
        painter.setPen(inks[value])
        box = QRect(at.x() + column * cell, at.y() + row * cell, cell, cell)
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, texts[value])


def ink_on(colour: str) -> str:
    """Return black or white, whichever reads better on `colour`."""
    return "#000000" if QColor(colour).lightnessF() > 0.5 else "#ffffff"

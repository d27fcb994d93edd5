"""Small pictures of grids, for items of lists and trees."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QIcon, QPainter, QPixmap

from app.theme import CellPalette
from app.widgets.paint import paint_small
from puzzles.grid import Grid


def thumbnail(grid: Grid, side: int, palette: CellPalette, ratio: float) -> QIcon:
    """Return a picture of `grid`, `side` logical pixels a side, in its own colours where it is selected."""
    pixels = round(side * ratio)
    pixmap = QPixmap(pixels, pixels)
    pixmap.setDevicePixelRatio(ratio)
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    painter.scale(1 / ratio, 1 / ratio)
    paint_small(painter, grid, pixels - 1, palette)
    painter.end()
    icon = QIcon(pixmap)
    icon.addPixmap(pixmap, QIcon.Mode.Selected)
    return icon

"""One curve between axes that stand still: what the plots of losses have in common."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import numpy as np
from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QColor

from app.theme import Theme

if TYPE_CHECKING:
    from pyqtgraph import PlotWidget

FILL_ALPHA = 36
GRID_ALPHA = 0.35
TICK_PIXELS = 11
TICK = 3
MOST_POINTS = 160
"""Of a curve that is drawn; thousands look the same and hold the window up whenever they are painted."""
LEFT, BOTTOM = 38, 20
"""Logical pixels of the numbers beside the axes; fixed, so that the curve stands still while they change."""


class StillPlot:
    """A filled curve and an upright line; nothing moves under the mouse, which is reported to its owner.

    Importing pyqtgraph takes 0.2 s, so one is made when there is a curve to draw. It has no colours until it
    is dressed.
    """

    def __init__(self) -> None:
        import pyqtgraph  # noqa: PLC0415

        self.library: Any = pyqtgraph
        self.widget: PlotWidget = pyqtgraph.PlotWidget()
        self.widget.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.widget.setAntialiasing(True)
        self.widget.viewport().setMouseTracking(True)
        self.item = item = self.widget.getPlotItem()
        item.setMenuEnabled(False)
        item.hideButtons()
        item.setMouseEnabled(False, False)
        item.showGrid(y=True, alpha=GRID_ALPHA)
        item.getAxis("left").setWidth(LEFT)
        item.getAxis("bottom").setHeight(BOTTOM)
        self.curve = item.plot([], [], fillLevel=0, antialias=True)
        self.line = pyqtgraph.InfiniteLine(angle=90, movable=False)
        item.addItem(self.line)

    def dress(self, theme: Theme) -> None:
        """Draw in the colours of `theme`."""
        fill = QColor(theme.accent)
        fill.setAlpha(FILL_ALPHA)
        self.widget.setBackground(theme.window)
        font = self.widget.font()
        font.setPixelSize(TICK_PIXELS)
        for name in ("left", "bottom"):
            axis = self.item.getAxis(name)
            axis.setPen(self.library.mkPen(theme.muted))
            axis.setTextPen(theme.muted)
            axis.setStyle(tickFont=font, tickLength=TICK, maxTickLevel=0, hideOverlappingLabels=False)
        self.curve.setPen(self.library.mkPen(theme.accent, width=1.8))
        self.curve.setBrush(fill)

    def draw_curve(self, across: Sequence[float] | np.ndarray, up: Sequence[float] | np.ndarray) -> None:
        """Draw a curve through these points, or through as many of them as can be told apart."""
        shown = np.unique(np.linspace(0, len(across) - 1, min(len(across), MOST_POINTS)).round().astype(int))
        self.curve.setData(np.asarray(across)[shown], np.asarray(up)[shown])

    def reach(self, first: float, last: float) -> None:
        """Let the horizontal axis go a little further than `last`, so that it seldom has to be drawn anew."""
        unit = 10.0 ** (math.floor(math.log10(last)) - 1)
        self.item.setXRange(first, math.ceil(last / unit) * unit, padding=0.02)

    def value_at(self, x: float) -> float:
        """Return what stands on the horizontal axis at pixel `x` of the viewport."""
        scene = self.widget.mapToScene(QPointF(x, 0).toPoint())
        return float(self.item.getViewBox().mapSceneToView(scene).x())

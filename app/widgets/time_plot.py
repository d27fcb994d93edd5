"""The lowest loss against seconds, each stage named where it begins."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QEvent, QObject, QPointF, Qt, Signal
from PySide6.QtGui import QColor, QFont, QFontMetrics, QMouseEvent
from PySide6.QtWidgets import QFrame, QVBoxLayout

from app.state.film import Point, Span
from app.texts import phase_title
from app.theme import Theme
from app.translate import tr
from app.widgets.parts import label

if TYPE_CHECKING:
    from pyqtgraph import PlotWidget  # 0.2 s to import, so not before there is a curve to draw

LEFT, BOTTOM = 38, 20
"""Logical pixels of the numbers beside the axes."""
TICK_PIXELS = 11
FILL_ALPHA = 36
GRID_ALPHA = 0.35
HEADROOM = 0.3
"""Share of the height above the highest loss, for the names of the stages."""
LEAST_S = 1.0


class TimePlot(QFrame):
    """A click goes to a moment; a line stands where one is."""

    time_chosen = Signal(float)
    """Seconds of the search"""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._library: Any = None
        self.widget: PlotWidget | None = None
        self.spans: tuple[Span, ...] = ()
        self._points: tuple[Point, ...] = ()
        self._at_s: float | None = None
        self.setObjectName("plot")
        self._empty = label(tr("the loss appears here"), "muted")
        self._empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(4, 4, 6, 2)
        self.readout = label("", "muted")
        self.readout.setAlignment(Qt.AlignmentFlag.AlignRight)
        self._column.addWidget(self.readout)
        self._column.addWidget(self._empty, 1)
        self.setAccessibleName(tr("Loss against time"))

    def set_theme(self, theme: Theme) -> None:
        """Draw in other colours."""
        self._theme = theme
        if self.widget is not None:
            self._dress()

    def show_losses(self, points: Sequence[Point], spans: Sequence[Span], at_s: float | None) -> None:
        """Draw the losses, name the stages, and mark a time."""
        self.spans = tuple(spans)
        self._points, self._at_s = tuple(points), at_s
        self.read_out(at_s)
        found = [(point.at_s, point.loss) for point in points if math.isfinite(point.loss)]
        self._empty.setVisible(not found)
        if found and self.widget is None:
            self._make()
        if self.widget is None:
            return
        self.widget.setVisible(bool(found))
        if not found:
            return
        times, losses = zip(*found, strict=True)
        last = max(LEAST_S, self.spans[-1].last_s if self.spans else times[-1])
        highest = max(losses) or 1.0
        item = self.widget.getPlotItem()
        item.setXRange(0, last, padding=0.02)
        item.setYRange(0, highest * (1 + HEADROOM), padding=0)
        self._curve.setData([*times, last], [*losses, losses[-1]])
        self._mark(last, highest)
        self._line.setVisible(at_s is not None)
        if at_s is not None:
            self._line.setPos(at_s)
        self.setAccessibleName(tr("Loss against time, {now}", now=self.readout.text()))

    def read_out(self, at_s: float | None) -> None:
        """Name the stage and the loss at a time, by default the last."""
        past = [point for point in self._points if at_s is None or point.at_s <= at_s]
        point = past[-1] if past else None
        self.readout.setText("" if point is None else self._described(point))

    def _described(self, point: Point) -> str:
        stage, at = phase_title(point.stage), f"{point.at_s:.1f}"
        if not math.isfinite(point.loss):
            return tr("{at} s, {stage}", at=at, stage=stage)
        return tr("{at} s, {stage}: loss {loss}", at=at, stage=stage, loss=f"{point.loss:.3f}")

    def _make(self) -> None:
        import pyqtgraph  # noqa: PLC0415

        self._library = pyqtgraph
        self.widget = pyqtgraph.PlotWidget()
        self.widget.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        item = self.widget.getPlotItem()
        item.setMenuEnabled(False)
        item.hideButtons()
        item.setMouseEnabled(False, False)
        item.showGrid(y=True, alpha=GRID_ALPHA)
        item.getAxis("left").setWidth(LEFT)
        item.getAxis("bottom").setHeight(BOTTOM)
        self._curve = item.plot([], [], fillLevel=0)
        self._line = pyqtgraph.InfiniteLine(angle=90, movable=False)
        item.addItem(self._line)
        self._begins: list[Any] = []
        self._names: list[Any] = []
        self.widget.viewport().installEventFilter(self)
        self.widget.viewport().setMouseTracking(True)
        self._column.addWidget(self.widget)
        self._dress()

    def _dress(self) -> None:
        assert self.widget is not None
        theme, pen = self._theme, self._library.mkPen
        fill = QColor(theme.accent)
        fill.setAlpha(FILL_ALPHA)
        self.widget.setBackground(theme.window)
        font = self.widget.font()
        font.setPixelSize(TICK_PIXELS)
        for name in ("left", "bottom"):
            axis = self.widget.getPlotItem().getAxis(name)
            axis.setPen(pen(theme.muted))
            axis.setTextPen(theme.muted)
            axis.setStyle(tickFont=font, tickLength=3, maxTickLevel=0)
        self._curve.setPen(pen(theme.accent, width=1.8))
        self._curve.setBrush(fill)
        self._line.setPen(pen(theme.text, width=1.4))
        for line in self._begins:
            line.setPen(pen(theme.border))
        for name in self._names:
            name.setColor(theme.muted)

    def _mark(self, last: float, highest: float) -> None:
        """Put a line where each stage begins, and its name where there is room for it."""
        assert self.widget is not None
        item, pen = self.widget.getPlotItem(), self._library.mkPen
        while len(self._begins) < len(self.spans):
            line = self._library.InfiniteLine(angle=90, movable=False, pen=pen(self._theme.border))
            name = self._library.TextItem(color=self._theme.muted, anchor=(0, 0))
            font = self.widget.font()
            font.setPixelSize(TICK_PIXELS)
            name.setFont(font)
            for part, parts in ((line, self._begins), (name, self._names)):
                part.setZValue(-1)
                item.addItem(part)
                parts.append(part)
        width, font = item.getViewBox().width(), QFont(self.widget.font())
        font.setPixelSize(TICK_PIXELS)
        words = QFontMetrics(font)
        for place, (line, name) in enumerate(zip(self._begins, self._names, strict=True)):
            there = place < len(self.spans)
            line.setVisible(there)
            name.setVisible(False)
            if there:
                span, text = self.spans[place], phase_title(self.spans[place].stage)
                line.setPos(span.first_s)
                name.setVisible((span.last_s - span.first_s) / last * width >= words.horizontalAdvance(text))
                name.setText(text)
                name.setPos(span.first_s, highest * (1 + HEADROOM))

    def time_at(self, x: float) -> float:
        """Return the seconds that stand at pixel `x` of the plot."""
        assert self.widget is not None
        box = self.widget.getPlotItem().getViewBox()
        return float(box.mapSceneToView(self.widget.mapToScene(QPointF(x, 0).toPoint())).x())

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Read out the time under the pointer; go to one that is clicked, or dragged to."""
        if event.type() == QEvent.Type.Leave:
            self.read_out(self._at_s)
        elif isinstance(event, QMouseEvent) and self.widget is not None:
            at_s = self.time_at(event.position().x())
            self.read_out(at_s)
            if event.buttons() & Qt.MouseButton.LeftButton:
                self.time_chosen.emit(at_s)
                return True
        return super().eventFilter(watched, event)

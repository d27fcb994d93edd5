"""The lowest loss against seconds, each stage named where it begins."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QFont, QFontMetrics, QMouseEvent
from PySide6.QtWidgets import QFrame, QVBoxLayout

from app.state.film import Point, Span
from app.texts import phase_title
from app.theme import Theme
from app.translate import tr
from app.widgets.parts import label
from app.widgets.still_plot import TICK_PIXELS, StillPlot

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
        self.drawn: _Stages | None = None
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
        if self.drawn is not None:
            self.drawn.dress(theme)

    def show_losses(self, points: Sequence[Point], spans: Sequence[Span], at_s: float | None) -> None:
        """Draw the losses, name the stages, and mark a time."""
        self._points, self._at_s = tuple(points), at_s
        self.read_out(at_s)
        found = [(point.at_s, point.loss) for point in points if math.isfinite(point.loss)]
        self._empty.setVisible(not found)
        if found and self.drawn is None:
            self.drawn = _Stages(self._theme)
            self.drawn.widget.viewport().installEventFilter(self)
            self._column.addWidget(self.drawn.widget)
        if self.drawn is None:
            return
        self.drawn.widget.setVisible(bool(found))
        if not found:
            return
        self.drawn.draw(found, spans, at_s)
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

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Read out the time under the pointer; go to one that is clicked, or dragged to."""
        if event.type() == QEvent.Type.Leave:
            self.read_out(self._at_s)
        elif isinstance(event, QMouseEvent) and self.drawn is not None:
            at_s = self.drawn.value_at(event.position().x())
            self.read_out(at_s)
            if event.buttons() & Qt.MouseButton.LeftButton:
                self.time_chosen.emit(at_s)
                return True
        return super().eventFilter(watched, event)


class _Stages(StillPlot):
    """The losses, a line where each stage begins, and its name where there is room for it."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._begins: list[Any] = []
        self._names: list[Any] = []
        self.dress(theme)

    def dress(self, theme: Theme) -> None:
        """Draw in the colours of `theme`."""
        super().dress(theme)
        self._theme = theme
        self.line.setPen(self.library.mkPen(theme.text, width=1.4))
        for line in self._begins:
            line.setPen(self.library.mkPen(theme.border))
        for name in self._names:
            name.setColor(theme.muted)

    def draw(self, losses: Sequence[tuple[float, float]], spans: Sequence[Span], at_s: float | None) -> None:
        """Draw losses by their seconds, name the stages, and stand at a time."""
        times, values = zip(*losses, strict=True)
        last = max(LEAST_S, spans[-1].last_s if spans else times[-1])
        top = (max(values) or 1.0) * (1 + HEADROOM)
        self.reach(0, last)
        self.item.setYRange(0, top, padding=0)
        self.draw_curve([*times, last], [*values, values[-1]])
        self._mark(spans, last, top)
        self.line.setVisible(at_s is not None)
        if at_s is not None:
            self.line.setPos(at_s)

    def _mark(self, spans: Sequence[Span], last: float, top: float) -> None:
        while len(self._begins) < len(spans):
            self._add_mark()
        width = self.item.getViewBox().width()
        words = QFontMetrics(self._font())
        for place, (line, name) in enumerate(zip(self._begins, self._names, strict=True)):
            there = place < len(spans)
            line.setVisible(there)
            name.setVisible(False)
            if there:
                span, text = spans[place], phase_title(spans[place].stage)
                line.setPos(span.first_s)
                name.setVisible((span.last_s - span.first_s) / last * width >= words.horizontalAdvance(text))
                name.setText(text)
                name.setPos(span.first_s, top)

    def _add_mark(self) -> None:
        line = self.library.InfiniteLine(angle=90, movable=False, pen=self.library.mkPen(self._theme.border))
        name = self.library.TextItem(color=self._theme.muted, anchor=(0, 0))
        name.setFont(self._font())
        for part, parts in ((line, self._begins), (name, self._names)):
            part.setZValue(-1)
            self.item.addItem(part)
            parts.append(part)

    def _font(self) -> QFont:
        font = QFont(self.widget.font())
        font.setPixelSize(TICK_PIXELS)
        return font

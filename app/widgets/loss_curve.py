"""The best loss so far, drawn as a line between axes."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np
from PySide6.QtCore import QEvent, QObject, QSize, Qt, QTimer, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QSizePolicy, QToolButton, QVBoxLayout

from app.theme import Theme
from app.translate import tr
from app.widgets.parts import label
from app.widgets.still_plot import StillPlot

HEIGHT = 132
REDRAW_MS = 250
"""Between drawings while losses come: a search tells of itself far more often."""
DOT = 6
PADDING = 0.06
"""Share of the loss axis above the highest and below the lowest loss."""
FIRST_STEPS = 6
"""The axis begins this long, so that its numbers are whole."""
LEAST_DECADES = 0.5
"""Of a logarithmic axis, where all losses are about the same."""
FINE_DECADES = 1.5
"""Decades below which powers of ten alone would leave a logarithmic axis almost bare."""


class LossCurve(QFrame):
    """Losses against search steps; hovering reads out a step, a button makes the scale logarithmic."""

    scale_changed = Signal(bool)
    """Whether the scale is logarithmic now."""

    def __init__(self, theme: Theme, logarithmic: bool = False) -> None:
        super().__init__()
        self._theme = theme
        self._steps = np.zeros(0)
        self._losses = np.zeros(0)
        self._hovered: int | None = None
        self._plot: _Plot | None = None
        self._pace = QTimer(self)
        self._pace.setSingleShot(True)
        self._pace.setInterval(REDRAW_MS)
        self._pace.timeout.connect(self._draw)
        self.setObjectName("plot")
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.log = QToolButton()
        self.log.setObjectName("small")
        self.log.setText(tr("log"))
        self.log.setToolTip(tr("Logarithmic scale"))
        self.log.setAccessibleName(tr("Logarithmic scale"))
        self.log.setCheckable(True)
        self.log.setChecked(logarithmic)
        self.log.toggled.connect(self._on_scale)
        self._readout = label("", "muted")
        self._empty = label(tr("the loss appears here"), "muted")
        self._empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._arrange()
        self.set_losses(())

    def _arrange(self) -> None:
        self._column = layout = QVBoxLayout(self)
        layout.setContentsMargins(6, 5, 8, 3)
        layout.setSpacing(2)
        head = QHBoxLayout()
        head.addWidget(self.log)
        head.addStretch(1)
        head.addWidget(self._readout)
        layout.addLayout(head)
        layout.addWidget(self._empty, 1)

    @property
    def losses(self) -> tuple[float, ...]:
        """What is drawn."""
        return tuple(self._losses.tolist())

    @property
    def readout(self) -> str:
        """What is written above the curve: the step pointed at, or the loss now."""
        if not len(self._losses):
            return ""
        if self._hovered is None:
            return tr("loss {loss}", loss=f"{self._losses[-1]:.3f}")
        loss = f"{self._losses[self._hovered]:.4f}"
        return tr("step {at}: loss {loss}", at=int(self._steps[self._hovered]), loss=loss)

    def set_losses(self, losses: Sequence[float]) -> None:
        """Draw `losses`, one for each step from 1 on, leaving out what is not a number."""
        found = [(step, loss) for step, loss in enumerate(losses, start=1) if math.isfinite(loss)]
        self._steps, self._losses = np.array(found, dtype=float).reshape(-1, 2).T
        if self._hovered is not None and self._hovered >= len(found):
            self._hovered = None
        text = f"{self._losses[-1]:.3f}" if found else tr("nothing yet")
        self.setAccessibleName(tr("Loss curve, now {loss}", loss=text))
        self.log.setVisible(bool(found))
        self._empty.setVisible(not found)
        if found and self._plot is None:
            self._plot = _Plot(self._theme)
            self._plot.widget.viewport().installEventFilter(self)
            self._column.addWidget(self._plot.widget)
        if self._plot is not None:
            self._plot.widget.setVisible(bool(found))
        self._readout.setText(self.readout)
        if found and not self._pace.isActive():
            self._draw()
            self._pace.start()

    def set_theme(self, theme: Theme) -> None:
        """Draw in other colours."""
        self._theme = theme
        if self._plot is not None:
            self._plot.dress(theme)

    def sizeHint(self) -> QSize:
        """Return the size it wants."""
        return QSize(200, HEIGHT)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Read out the step under the pointer, or the last step once it has left."""
        if event.type() == QEvent.Type.MouseMove and self._plot is not None and len(self._steps):
            at = self._plot.value_at(event.position().x())  # type: ignore[attr-defined]  # QMouseEvent
            self._hovered = int(np.abs(self._steps - at).argmin())
            self._draw()
        elif event.type() == QEvent.Type.Leave:
            self._hovered = None
            self._draw()
        return super().eventFilter(watched, event)

    def _draw(self) -> None:
        self._readout.setText(self.readout)
        if self._plot is not None and len(self._losses):
            self._plot.draw(self._steps, self._losses, self._hovered, self.log.isChecked())

    def _on_scale(self, logarithmic: bool) -> None:
        self._draw()
        self.scale_changed.emit(logarithmic)


class _Plot(StillPlot):
    """The curve itself and a dot at the step that is read out."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._dot = self.item.plot([1], [1], symbol="o", symbolSize=DOT, antialias=True)
        self.dress(theme)

    def dress(self, theme: Theme) -> None:
        """Draw in the colours of `theme`."""
        super().dress(theme)
        self.line.setPen(self.library.mkPen(theme.muted, style=Qt.PenStyle.DashLine))
        self._dot.setSymbolBrush(theme.accent)
        self._dot.setSymbolPen(theme.accent)

    def draw(self, steps: np.ndarray, losses: np.ndarray, hovered: int | None, logarithmic: bool) -> None:
        """Draw `losses` at `steps` and a dot at the one pointed at, or the last."""
        above = losses[losses > 0]
        logarithmic = logarithmic and bool(len(above))
        low, high = (above.min(), above.max()) if logarithmic else (0.0, float(losses.max()) or 1.0)
        shown = np.maximum(losses, low)
        at = len(steps) - 1 if hovered is None else hovered
        bottom, top = (math.log10(low), math.log10(high)) if logarithmic else (low, high)
        self._dot.clear()  # what was drawn last may have been zero, which has no logarithm
        self.item.setLogMode(y=logarithmic)
        self.item.getAxis("left").setTicks([decades(bottom, top), []] if logarithmic else None)
        self.reach(1, max(FIRST_STEPS, steps[-1]))
        self.item.setYRange(bottom, max(top, bottom + LEAST_DECADES) if logarithmic else top, padding=PADDING)
        self.curve.setFillLevel(self.item.viewRange()[1][0])
        self.draw_curve(steps, shown)
        self._dot.setData(steps[at : at + 1], shown[at : at + 1])
        self.line.setPos(steps[at])
        self.line.setVisible(hovered is not None)


def decades(bottom: float, top: float) -> list[tuple[float, str]]:
    """Return places and texts of a logarithmic axis: powers of ten, or 1, 2 and 5 times them if few fit."""
    marks = (1,) if top - bottom > FINE_DECADES else (1, 2, 5)
    powers = range(math.floor(bottom), math.ceil(top) + 1)
    values = [mark * 10.0**power for power in powers for mark in marks]
    return [(math.log10(value), f"{value:g}") for value in values]

"""A page on a collection: what was solved in which time, by what, and how two runs differ."""

from __future__ import annotations

import math
from base64 import b64encode
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QBuffer, QIODevice, Qt
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QDialog, QFrame, QGridLayout, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from app import dialogs
from app.state.batch import Result, results_to_json, rows_from_json
from app.state.report import Comparison, Report, as_csv, as_page
from app.theme import Theme
from app.translate import tr
from app.widgets.loss_curve import decades
from app.widgets.parts import heading, label
from puzzles.files import read_text
from puzzles.grid import PuzzleError
from puzzles.storage import write_whole

if TYPE_CHECKING:
    from pyqtgraph import PlotWidget

SIZE = (860, 640)
PLOT_HEIGHT = 230
DOT = 6
LEAST_SECONDS = 0.01
"""Shown for anything quicker, as the axis is logarithmic."""
MOST_NAMED = 40
"""Ids of a comparison that are listed."""


class ReportDialog(QDialog):
    """Shows a report, writes it as a page or a table, and compares it with the results of another run."""

    def __init__(self, report: Report, results: Mapping[str, Result], theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(tr("Report on {name}", name=report.title))
        self.resize(*SIZE)
        self._report, self._results, self._theme = report, results, theme
        self.over_time = _plot(theme, tr("seconds"), tr("puzzles solved"))
        self.over_size = _plot(theme, tr("cells of the largest grid"), tr("seconds"))
        self.comparison = label("", "muted", wrap=True)
        self.comparison.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.compare = QPushButton(tr("Compare with…"))
        self.compare.setToolTip(tr("Another run's results, as written by Save results"))
        self.save_results = QPushButton(tr("Save results…"))
        self.save_table = QPushButton(tr("Save CSV…"))
        self.save_page = QPushButton(tr("Save report…"))
        self.save_page.setObjectName("primary")
        self._arrange()
        self._draw()
        self.compare.clicked.connect(self._ask_other)
        self.save_results.clicked.connect(self._save_results)
        self.save_table.clicked.connect(self._save_table)
        self.save_page.clicked.connect(self._save_page)

    def _arrange(self) -> None:
        layout = QVBoxLayout(self)
        layout.setContentsMargins(18, 16, 18, 16)
        layout.setSpacing(10)
        plots = QHBoxLayout()
        for title, plot in ((tr("Solved within"), self.over_time), (tr("Size and time"), self.over_size)):
            column = QVBoxLayout()
            column.addWidget(heading(title))
            column.addWidget(plot)
            plots.addLayout(column, 1)
        tables = QHBoxLayout()
        tables.setSpacing(24)
        words = [(word, str(count)) for word, count in self._report.words()]
        origins = [(origin, str(count)) for origin, count in self._report.origins()]
        for title, rows in (
            (tr("Numbers"), self._report.numbers()),
            (tr("Found by"), origins),
            (tr("Words used most"), words),
        ):
            tables.addWidget(_rows(title, rows), 1)
        buttons = QHBoxLayout()
        buttons.addWidget(self.compare)
        buttons.addStretch(1)
        for button in (self.save_results, self.save_table, self.save_page):
            buttons.addWidget(button)
        layout.addLayout(plots)
        layout.addLayout(tables, 1)
        layout.addWidget(self.comparison)
        layout.addLayout(buttons)

    def _draw(self) -> None:
        import pyqtgraph  # noqa: PLC0415 - 0.2 s, so not before there is something to draw

        theme = self._theme
        seconds, counts = self._report.curve()
        shown = [max(LEAST_SECONDS, second) for second in seconds]
        item = self.over_time.getPlotItem()
        item.setLogMode(x=True)
        item.getAxis("bottom").setTicks(_log_ticks(shown))
        if shown:
            pen = pyqtgraph.mkPen(theme.accent, width=2)
            item.plot([shown[0], *shown], [0, *counts], pen=pen, antialias=True)
        item = self.over_size.getPlotItem()
        item.setLogMode(y=True)
        every = [max(LEAST_SECONDS, line.result.seconds) for line in self._report.lines]
        item.getAxis("left").setTicks(_log_ticks(every))
        for good, colour in ((False, theme.muted), (True, theme.good)):
            cells, times = self._report.points(good)
            fill = QColor(colour)
            fill.setAlpha(190)
            times = [max(LEAST_SECONDS, time) for time in times]
            item.plot(cells, times, pen=None, symbol="o", symbolSize=DOT, symbolBrush=fill, symbolPen=None)

    def show_comparison(self, name: str, other: Mapping[str, Result]) -> None:
        """Say which puzzles this run and another one solved."""
        found = Comparison.of(self._results, other)
        lines = [
            tr(
                "Beside {name}: both solved {both}, neither {neither}.",
                name=name,
                both=len(found.both),
                neither=found.neither,
            ),
            tr("Only this run ({n}): {ids}", n=len(found.only_first), ids=_named(found.only_first)),
            tr("Only the other ({n}): {ids}", n=len(found.only_second), ids=_named(found.only_second)),
        ]
        self.comparison.setText("\n".join(lines))

    def _ask_other(self) -> None:
        path = dialogs.ask_open(self, "")
        if path is None:
            return
        try:
            rows, bad = rows_from_json(read_text(path), path.name)
        except PuzzleError as error:
            dialogs.show_error(self, self.windowTitle(), str(error))
            return
        if bad:
            dialogs.show_error(self, self.windowTitle(), bad[0])
        self.show_comparison(path.name, rows)

    def _save_results(self) -> None:
        self._save(tr("Save results"), "results", "json", results_to_json(self._report.title, self._results))

    def _save_table(self) -> None:
        self._save(tr("Save CSV"), "results", "csv", as_csv(self._report))

    def _save_page(self) -> None:
        pictures = [
            (tr("Solved within"), _png(self.over_time)),
            (tr("Size and time"), _png(self.over_size)),
        ]
        self._save(tr("Save report"), "report", "html", as_page(self._report, pictures))

    def _save(self, title: str, what: str, ending: str, text: str) -> None:
        safe = "".join(c if c.isalnum() else "-" for c in self._report.title)
        kind = f"{ending.upper()} (*.{ending})"
        path = dialogs.ask_save(self, title, Path(f"{safe}-{what}.{ending}"), kind, f".{ending}")
        if path is None:
            return
        try:
            write_whole(path, text)
        except OSError as error:
            dialogs.show_error(self, title, f"{path}: {error.strerror or error}")


def _plot(theme: Theme, below: str, beside: str) -> PlotWidget:
    import pyqtgraph  # noqa: PLC0415

    widget: PlotWidget = pyqtgraph.PlotWidget()
    widget.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    widget.setBackground(theme.window)
    widget.setMinimumHeight(PLOT_HEIGHT)
    widget.setAntialiasing(True)
    item = widget.getPlotItem()
    item.setMenuEnabled(False)
    item.hideButtons()
    item.setMouseEnabled(False, False)
    item.showGrid(x=True, y=True, alpha=0.25)
    for name, text in (("bottom", below), ("left", beside)):
        axis = item.getAxis(name)
        axis.setLabel(text, color=theme.muted)
        axis.setPen(pyqtgraph.mkPen(theme.muted))
        axis.setTextPen(theme.muted)
    return widget


def _log_ticks(values: list[float]) -> list[list[tuple[float, str]]]:
    """Places and texts of a logarithmic axis over these values."""
    if not values:
        return [[], []]
    return [decades(math.log10(min(values)), math.log10(max(values))), []]


def _rows(title: str, rows: list[tuple[str, str]]) -> QFrame:
    """A heading with names and values below it."""
    card = QFrame()
    card.setObjectName("card")
    grid = QGridLayout(card)
    grid.setContentsMargins(13, 11, 13, 11)
    grid.addWidget(heading(title), 0, 0, 1, 2)
    for at, (name, value) in enumerate(rows, 1):
        grid.addWidget(label(name, "muted", wrap=True), at, 0)
        grid.addWidget(label(value), at, 1, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignTop)
    grid.setColumnStretch(0, 1)
    grid.setRowStretch(len(rows) + 1, 1)
    return card


def _named(ids: tuple[str, ...]) -> str:
    more = f" … (+{len(ids) - MOST_NAMED})" if len(ids) > MOST_NAMED else ""
    return ", ".join(ids[:MOST_NAMED]) + more if ids else "–"


def _png(widget: QWidget) -> str:
    """The picture of a widget as base64 text."""
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    widget.grab().save(buffer, "PNG")
    return b64encode(buffer.data().data()).decode()

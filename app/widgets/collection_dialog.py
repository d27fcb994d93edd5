"""A whole collection solved in the background: a table that fills while one goes on working."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from PySide6.QtCore import QModelIndex, QSortFilterProxyModel, Qt, QTimer, Signal
from PySide6.QtGui import QColor
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QHBoxLayout,
    QHeaderView,
    QProgressBar,
    QPushButton,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from app import dialogs
from app.plain import plain_tip
from app.state.batch import Batch, Result
from app.state.report import Report, solved
from app.state.run import Effort
from app.state.shelf import Shelf
from app.state.workbench import Workbench
from app.translate import counted, mark, tr
from app.widgets.parameters import ENGINE_TITLES
from app.widgets.parts import label
from app.widgets.puzzle_list import Index
from app.widgets.report_dialog import ReportDialog
from app.widgets.solve_panel import SolvePanel, panel_text
from app.widgets.titled_table import TitledTable
from puzzles.collections import Refused
from puzzles.grid import PuzzleError
from solver.words.results import SolveOptions

SIZE = (760, 520)
LONG_MINUTES = 90
"""From here on hours are told."""
WIDTHS = (170, 140, 80)
"""Of all columns but the last, which takes the rest."""
COLUMNS = (mark("Puzzle"), mark("Result"), mark("Seconds"), mark("Program"))


class ResultTable(TitledTable):
    """One row for each puzzle of the batch's collection."""

    TITLES = COLUMNS

    def __init__(self, bench: Workbench, batch: Batch) -> None:
        super().__init__()
        self._bench = bench
        self._batch = batch
        self._rows: dict[str, int] = {}

    def reload(self) -> None:
        """Take the ids of another collection."""
        self.beginResetModel()
        ids = self._batch.collection.ids if self._batch.collection is not None else ()
        self._rows = {puzzle_id: row for row, puzzle_id in enumerate(ids)}
        self.endResetModel()

    def update_row(self, puzzle_id: str) -> None:
        """Show the result of a puzzle."""
        if puzzle_id in self._rows:
            row = self._rows[puzzle_id]
            self.dataChanged.emit(self.index(row, 0), self.index(row, len(COLUMNS) - 1))

    def puzzle_id(self, row: int) -> str:
        """Return the id in a row."""
        return self._batch.collection.ids[row] if self._batch.collection is not None else ""

    def count(self) -> int:
        """Return how many rows there are."""
        return len(self._rows)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return the text, the tool tip or the colour of a cell."""
        puzzle_id = self.puzzle_id(index.row())
        result = self._batch.results.get(puzzle_id)
        if role == Qt.ItemDataRole.ToolTipRole:
            return plain_tip(self.data(index))
        if role == Qt.ItemDataRole.DisplayRole:
            if index.column() == 0:
                return puzzle_id
            if result is None:
                working = index.column() == 1 and puzzle_id == self._batch.current
                return tr("working…") if working else ""
            return self._text(result, index.column())
        if role == Qt.ItemDataRole.ForegroundRole and index.column() == 1 and result is not None:
            theme = self._bench.view.theme
            return QColor(theme.good if solved(result) else theme.warn if result.verified else theme.muted)
        return None

    def _text(self, result: Result, column: int) -> str:
        if column == 1:
            return result.error or outcome_text(result)
        if column == 2:
            return f"{result.seconds:.1f}"
        return " → ".join(self._bench.title_of_word(word) for word in result.program)


def outcome_text(result: Result) -> str:
    """Write in a few words what came of a puzzle."""
    if result.correct is not None:
        return (
            tr("✓ solved")
            if result.correct
            else tr("✗ wrong on a test")
            if result.verified
            else tr("not solved")
        )
    return tr("✓ explained") if result.verified else tr("not explained")


def duration(seconds: float) -> str:
    """Write how long something takes, as roughly as it is known."""
    minutes = round(seconds / 60)
    if minutes < 1:
        return tr("a minute")
    if minutes < LONG_MINUTES:
        return counted(minutes, "{n} minute", "{n} minutes")
    return counted(round(minutes / 60), "{n} hour", "{n} hours")


class CollectionDialog(QDialog):
    """Choose a collection, solve it, open puzzles from the table, and write the submission."""

    open_asked = Signal(object, object)
    """`Puzzle`, and the `Program` that was found for it or None"""
    told = Signal(str)
    """How far it has come, "" when it rests."""
    submission_asked = Signal()

    def __init__(
        self, bench: Workbench, batch: Batch, panel: SolvePanel, shelf: Shelf, parent: QWidget
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(tr("Solve a collection"))
        self.resize(*SIZE)
        self._batch = batch
        self._panel = panel
        self._shelf = shelf
        self._model = ResultTable(bench, batch)
        self._bench = bench
        self._sorted = QSortFilterProxyModel(self)
        self._sorted.setSourceModel(self._model)
        self._build()
        self._connect(bench)
        self._on_shelf()
        self._on_collection()

    def _build(self) -> None:
        self.collections = QComboBox()
        self.collections.setAccessibleName(tr("Collection"))
        self.effort = QComboBox()
        self.effort.setAccessibleName(tr("Effort for each puzzle"))
        for effort in Effort:
            self.effort.addItem(panel_text(effort), effort)
        self.effort.setCurrentIndex(self._panel.effort.currentIndex())
        self.engine = QComboBox()
        self.engine.setAccessibleName(tr("Engine"))
        self._list_engines()
        self.summary = label("", "muted", wrap=True)
        self.progress = QProgressBar()
        self.progress.setTextVisible(False)
        self.progress.setAccessibleName(tr("Puzzles done"))
        self._make_table()
        self.start = QPushButton(tr("Start"))
        self.start.setObjectName("primary")
        self.again = QPushButton(tr("Start over"))
        self.again.setToolTip(tr("Throw these results away"))
        self.report = QPushButton(tr("Report…"))
        self.report.setToolTip(tr("Solved against time and size, by word; compare two runs"))
        self.submit = QPushButton(tr("Write submission.json…"))
        top = QHBoxLayout()
        for chooser in (self.collections, self.effort, self.engine):
            top.addWidget(chooser, 1)
        buttons = QHBoxLayout()
        buttons.addWidget(self.start)
        buttons.addWidget(self.again)
        buttons.addStretch(1)
        buttons.addWidget(self.report)
        buttons.addWidget(self.submit)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 16, 16, 16)
        layout.setSpacing(10)
        layout.addLayout(top)
        layout.addWidget(self.summary)
        layout.addWidget(self.progress)
        layout.addWidget(self.table, 1)
        layout.addLayout(buttons)

    def _make_table(self) -> None:
        self.table = QTableView()
        self.table.setAccessibleName(tr("Results"))
        self.table.setModel(self._sorted)
        self.table.setSortingEnabled(True)
        self.table.sortByColumn(0, Qt.SortOrder.AscendingOrder)
        self.table.setShowGrid(False)
        self.table.verticalHeader().hide()
        self.table.setSelectionBehavior(QTableView.SelectionBehavior.SelectRows)
        self.table.horizontalHeader().setSectionResizeMode(3, QHeaderView.ResizeMode.Stretch)
        self.table.horizontalHeader().setDefaultAlignment(Qt.AlignmentFlag.AlignLeft)
        self.table.setWordWrap(False)
        for column, width in enumerate(WIDTHS):
            self.table.setColumnWidth(column, width)

    def _connect(self, bench: Workbench) -> None:
        self.collections.currentIndexChanged.connect(self._on_collection)
        self._shelf.changed.connect(self._on_shelf)
        self.start.clicked.connect(self._on_start)
        self.again.clicked.connect(self._batch.forget)
        self.report.clicked.connect(self.show_report)
        self.submit.clicked.connect(self.submission_asked)
        self.table.activated.connect(self._on_open)
        self._batch.solved.connect(self._model.update_row)
        self._batch.solved.connect(self.refresh)
        self._batch.changed.connect(self.refresh)
        self._batch.spoilt.connect(self._on_spoilt)
        bench.engines_changed.connect(self._list_engines)
        bench.view.theme_changed.connect(self.table.viewport().update)

    def choose(self, key: str) -> None:
        """Turn to the collection called `key`, unless another is being solved."""
        at = self.collections.findData(key)
        if at >= 0 and not self._batch.running:
            self.collections.setCurrentIndex(at)

    def options(self) -> SolveOptions:
        """Return what is chosen here, and the rest as it is chosen for a single puzzle."""
        budget = float(self.effort.currentData().value)
        return replace(self._panel.options(), budget_s=budget, engine=self.engine.currentData() or "")

    def show_report(self) -> None:
        """Show what there is of the collection's results as numbers and curves."""
        if self._batch.collection is not None:
            report = Report.of(self._batch.collection, self._batch.results)
            ReportDialog(report, dict(self._batch.results), self._bench.view.theme, self).show()

    def _list_engines(self) -> None:
        """Offer the solver's engines; the one chosen stays so, at first that of the solve panel."""
        chosen = self.engine.currentData() if self.engine.count() else None
        chosen = self._panel.options().engine if chosen is None else chosen
        self.engine.clear()
        self.engine.addItem(tr("Best there is"), "")
        for engine in self._bench.engines:
            self.engine.addItem(tr(ENGINE_TITLES.get(engine, engine)), engine)
        self.engine.setCurrentIndex(max(0, self.engine.findData(chosen)))

    def refresh(self) -> None:
        """Show how far the batch has come."""
        batch = self._batch
        results = batch.results.values()
        total = len(batch.collection.ids) if batch.collection is not None else 0
        self.progress.setRange(0, max(1, total))
        self.progress.setValue(len(results))
        good = sum(1 for result in results if solved(result))
        said = tr("{done} of {total} done, {good} solved", done=len(results), total=total, good=good)
        refused = len(batch.collection.refused) if batch.collection is not None else 0
        if refused:
            said += ", " + tr("{n} cannot be read", n=refused)
        left = batch.remaining_s
        if batch.running and left is not None:
            said += ", " + tr("about {time} left", time=duration(left))
        self.summary.setText(said)
        for chooser in (self.collections, self.effort, self.engine):
            chooser.setEnabled(not batch.running)
        self.told.emit(f"{self.collections.currentText()}: {said}" if batch.running else "")
        going = tr("Go on") if batch.waiting else tr("Done")
        self.start.setText(tr("Pause") if batch.running else going if results else tr("Start"))
        self.start.setEnabled(batch.running or bool(batch.waiting))
        self.again.setEnabled(bool(results))
        self.report.setEnabled(bool(results))
        self.submit.setEnabled(bool(results))
        self.table.viewport().update()

    def _on_shelf(self) -> None:
        key = self.collections.currentData()
        blocked = self.collections.blockSignals(True)
        self.collections.clear()
        for name, title in self._shelf.titles.items():
            self.collections.addItem(title, name)
        self.collections.setCurrentIndex(max(0, self.collections.findData(key)))
        self.collections.blockSignals(blocked)

    def _on_collection(self) -> None:
        try:
            found = self._shelf.get(self.collections.currentData())
        except PuzzleError as error:
            dialogs.show_error(self, tr("This collection cannot be opened"), str(error))
            return
        self._batch.show(found)
        self._model.reload()
        self.refresh()

    def _on_spoilt(self, text: str) -> None:
        """Say what became of a file of results when the table is there."""
        QTimer.singleShot(0, self, lambda: dialogs.show_error(self, self.windowTitle(), text))

    def _on_start(self) -> None:
        if self._batch.running:
            self._batch.pause()
        else:
            self._batch.start(self.options())

    def _on_open(self, index: QModelIndex) -> None:
        shown = self._batch.collection
        if shown is None:
            return
        puzzle_id = self._model.puzzle_id(self._sorted.mapToSource(index).row())
        found = shown.entry(puzzle_id)
        if isinstance(found, Refused):
            dialogs.show_error(self, tr("This puzzle cannot be opened"), found.reason)
        else:
            result = self._batch.results.get(puzzle_id)
            self.open_asked.emit(found, result.program_for(found) if result is not None else None)

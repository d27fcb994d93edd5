"""A submission and what it is worth: a table of its tasks, and the attempts at the one chosen."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path
from typing import Any

from PySide6.QtCore import QModelIndex, QSortFilterProxyModel, Qt, Signal
from PySide6.QtGui import QColor
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDialog,
    QHBoxLayout,
    QHeaderView,
    QPushButton,
    QSplitter,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from app import dialogs
from app.plain import plain_tip
from app.state.scoring import Offer, Outcome, ScoredTask, Scoring
from app.state.view import ViewOptions
from app.theme import Theme
from app.translate import counted, mark, tr
from app.widgets.comparison import Comparison
from app.widgets.parts import label
from app.widgets.puzzle_list import Index
from app.widgets.titled_table import TitledTable
from puzzles.grid import PuzzleError

SIZE = (1120, 680)
TABLE_WIDTH = 490
WIDTHS = (140, 150, 88)
"""Of all columns but the last, which takes the rest."""
COLUMNS = (mark("Task"), mark("Result"), mark("Attempt 1"), mark("Within 2"))
OUTCOMES: dict[Outcome, str] = {
    "first": mark("✓ right"),
    "second": mark("✓ at attempt 2"),
    "part": mark("✗ some tests"),
    "wrong": mark("✗ wrong"),
    "count": mark("✗ number of tests"),
    "missing": mark("– missing"),
    "extra": mark("+ no answer known"),
}
OF_NO_USE = (
    mark("{n} missing"),
    mark("{n} without known answers"),
    mark("{n} with another number of tests"),
    mark("{n} cannot be read"),
)
NO_OFFER = mark(
    "Nothing on the list of collections has the ids of this submission. Choose a file of solutions, or open "
    "the folder or file with its tasks first."
)


class ScoreTable(TitledTable):
    """A row for each task."""

    TITLES = COLUMNS

    SORT = Qt.ItemDataRole.UserRole + 1

    def __init__(self, scoring: Scoring, theme: Theme) -> None:
        super().__init__()
        self._scoring = scoring
        self.theme = theme

    def reload(self) -> None:
        """Take the rows of another score."""
        self.beginResetModel()
        self.endResetModel()

    def task(self, row: int) -> ScoredTask:
        """Return what a row is about."""
        return self._scoring.tasks[row]

    def count(self) -> int:
        """Return how many rows there are."""
        return len(self._scoring.tasks)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return the text, the tool tip, the colour or what a cell is sorted by."""
        task, column = self.task(index.row()), index.column()
        if role == Qt.ItemDataRole.DisplayRole:
            return self._text(task, column)
        if role == Qt.ItemDataRole.ToolTipRole:
            return plain_tip(task.problem or self._text(task, column))
        if role == self.SORT:
            rights = {2: task.right_at_1 / max(1, task.tests), 3: task.right_at_2 / max(1, task.tests)}
            return list(OUTCOMES).index(task.outcome) if column == 1 else rights.get(column, index.row())
        if role == Qt.ItemDataRole.ForegroundRole and column == 1:
            return QColor(self._colour(task.outcome))
        return None

    def _text(self, task: ScoredTask, column: int) -> str:
        if column == 0:
            return task.id
        if column == 1:
            return tr(OUTCOMES[task.outcome])
        if task.outcome == "extra":
            return ""
        return f"{task.right_at_1 if column == 2 else task.right_at_2} / {task.tests}"

    def _colour(self, outcome: Outcome) -> str:
        colours = {"first": self.theme.good, "second": self.theme.good, "extra": self.theme.muted}
        return colours.get(outcome, self.theme.warn if outcome in ("part", "missing") else self.theme.bad)


class ScoreRows(QSortFilterProxyModel):
    """Sorts the table, and leaves out what is right where that is asked for."""

    def __init__(self, table: ScoreTable) -> None:
        super().__init__()
        self._table = table
        self._only_wrong = False
        self.setSourceModel(table)
        self.setSortRole(ScoreTable.SORT)

    def show_only_wrong(self, only: bool) -> None:
        """Leave out what is right, or not."""
        self._only_wrong = only
        self.setFilterFixedString("")  # every row is judged anew

    def filterAcceptsRow(self, row: int, _parent: Index) -> bool:
        """Whether a row is shown."""
        return not (self._only_wrong and self._table.task(row).right)


class ScoreDialog(QDialog):
    """Choose the answers, look into every task, and write the table."""

    open_asked = Signal(object, object)
    """`Puzzle`, and the path of its file or None"""
    export_asked = Signal()
    copy_asked = Signal(object)
    """`Grid`"""

    def __init__(self, scoring: Scoring, view: ViewOptions, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle(tr("Score of {file}", file=scoring.path.name))
        self.setWindowFlag(Qt.WindowType.WindowMaximizeButtonHint)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.resize(*SIZE)
        self.scoring, self._view = scoring, view
        self._model = ScoreTable(scoring, view.theme)
        self.rows = ScoreRows(self._model)
        self.comparison = Comparison(view)
        self._make_controls()
        self._make_table()
        self._arrange()
        self._connect()
        self._list_offers(scoring.offers())

    def _make_controls(self) -> None:
        self.answers = QComboBox()
        self.answers.setAccessibleName(tr("Answers to score against"))
        self.solutions = QPushButton(tr("Solutions file…"))
        self.solutions.setToolTip(tr("Score against a file of solutions"))
        self.total = label("", "title")
        self.summary = label("", "muted", wrap=True)
        self.only_wrong = QCheckBox(tr("Only wrong ones"))
        self.export = QPushButton(tr("Write as CSV…"))
        self.open_ = QPushButton(tr("Open the puzzle"))
        self.open_.setObjectName("primary")
        self.close_ = QPushButton(tr("Close"))
        for button in (self.solutions, self.export, self.close_, self.open_):
            button.setAutoDefault(False)  # Return in the table would press it, too

    def _make_table(self) -> None:
        self.table = QTableView()
        self.table.setAccessibleName(tr("Tasks"))
        self.table.setModel(self.rows)
        self.table.setSortingEnabled(True)
        self.table.sortByColumn(0, Qt.SortOrder.AscendingOrder)
        self.table.setShowGrid(False)
        self.table.setWordWrap(False)
        self.table.setTabKeyNavigation(False)
        self.table.verticalHeader().hide()
        self.table.setSelectionBehavior(QTableView.SelectionBehavior.SelectRows)
        self.table.setSelectionMode(QTableView.SelectionMode.SingleSelection)
        self.table.horizontalHeader().setDefaultAlignment(Qt.AlignmentFlag.AlignLeft)
        self.table.horizontalHeader().setSectionResizeMode(3, QHeaderView.ResizeMode.Stretch)
        for column, width in enumerate(WIDTHS):
            self.table.setColumnWidth(column, width)

    def _arrange(self) -> None:
        top = QHBoxLayout()
        top.addWidget(label(tr("Scored against")))
        top.addWidget(self.answers, 1)
        top.addWidget(self.solutions)
        split = QSplitter(Qt.Orientation.Horizontal)
        split.addWidget(self.table)
        split.addWidget(self.comparison)
        split.setSizes([TABLE_WIDTH, SIZE[0] - TABLE_WIDTH])
        split.setChildrenCollapsible(False)
        buttons = QHBoxLayout()
        buttons.addWidget(self.only_wrong)
        buttons.addStretch(1)
        for button in (self.export, self.close_, self.open_):
            buttons.addWidget(button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 16, 16, 16)
        layout.setSpacing(10)
        layout.addLayout(top)
        layout.addWidget(self.total)
        layout.addWidget(self.summary)
        layout.addWidget(split, 1)
        layout.addLayout(buttons)

    def _connect(self) -> None:
        self.answers.currentIndexChanged.connect(lambda: self.choose(self.answers.currentData()))
        self.solutions.clicked.connect(self._on_solutions)
        self.only_wrong.toggled.connect(self._on_only_wrong)
        self.table.selectionModel().currentRowChanged.connect(self._show_task)
        self.table.activated.connect(self._on_open)
        self.open_.clicked.connect(lambda: self._on_open(self.table.currentIndex()))
        self.export.clicked.connect(self.export_asked)
        self.close_.clicked.connect(self.reject)
        self.comparison.copy_asked.connect(self.copy_asked)
        self._view.theme_changed.connect(self._dress)

    @property
    def task(self) -> ScoredTask | None:
        """The task of the current row."""
        index = self.table.currentIndex()
        return self._model.task(self.rows.mapToSource(index).row()) if index.isValid() else None

    def choose(self, source: str | Path | None) -> None:
        """Score against other answers; where that fails, say why and stay with those there are."""
        if source is None:
            return
        try:
            self.scoring.choose(source)
        except PuzzleError as error:
            dialogs.show_error(self, tr("This cannot be scored against"), str(error))
            self._select(self.scoring.source)
        self.refresh()

    def refresh(self) -> None:
        """Show the score there is now."""
        self._model.reload()
        score = self.scoring.score
        for widget in (self.only_wrong, self.table, self.export, self.total):
            widget.setVisible(score is not None)
        if score is None:
            self.comparison.show_text(tr(NO_OFFER))
            self.summary.setText(counted(len(self.scoring.attempts), "{n} task", "{n} tasks"))
            self.open_.setEnabled(False)
            return
        first, second = (f"{100 * score.mean(attempts):.1f} %" for attempts in (1, 2))
        said = tr("{second} within two attempts, {first} at the first", second=second, first=first)
        self.total.setText(said)
        self.summary.setText(self._counts())
        self._choose_first()

    def _counts(self) -> str:
        """Say how many tasks are how, and which are no use."""
        score = self.scoring.score
        if score is None:
            return ""
        solved = tr(
            "{second} of {count} tasks with every test right, {first} of them at the first attempt",
            second=score.solved(2),
            first=score.solved(1),
            count=len(score.tasks),
        )
        counts = (score.missing, score.extra, score.wrong_counts, self.scoring.passed_over)
        said = [tr(text, n=len(ids)) for text, ids in zip(OF_NO_USE, counts, strict=True) if ids]
        return "  ·  ".join((solved, *said))

    def _list_offers(self, offers: list[Offer]) -> None:
        blocked = self.answers.blockSignals(True)
        for offer in offers:
            title = tr("{title} ({has} of its ids)", title=offer.title, has=offer.has)
            self.answers.addItem(title, offer.source)
        self.answers.blockSignals(blocked)
        self.answers.setEnabled(bool(offers))
        for offer in offers:
            try:
                self.scoring.choose(offer.source)
            except PuzzleError:  # such as a collection without answers; the next one may have them
                continue
            self._select(offer.source)
            break
        self.refresh()

    def _select(self, source: str | Path | None) -> None:
        """Show what is scored against; nothing where nothing is."""
        blocked = self.answers.blockSignals(True)
        at = next((n for n in range(self.answers.count()) if self.answers.itemData(n) == source), -1)
        self.answers.setCurrentIndex(at)
        self.answers.blockSignals(blocked)

    def _on_solutions(self) -> None:
        path = dialogs.ask_solutions(self, str(self.scoring.path.resolve().parent))
        if path is None:
            return
        try:
            self.scoring.choose(path)
        except PuzzleError as error:
            dialogs.show_error(self, tr("This cannot be scored against"), str(error))
            return
        if all(self.answers.itemData(n) != path for n in range(self.answers.count())):
            blocked = self.answers.blockSignals(True)
            self.answers.addItem(path.name, path)
            self.answers.blockSignals(blocked)
        self.answers.setEnabled(True)
        self._select(path)
        self.refresh()

    def _on_only_wrong(self, only: bool) -> None:
        self.rows.show_only_wrong(only)
        if not self.table.currentIndex().isValid():
            self._choose_first()

    def _choose_first(self) -> None:
        """Go to the first row, and to the table where the keys belong to nothing else."""
        self.table.setCurrentIndex(self.rows.index(0, 0))
        if not self.rows.rowCount():
            self._show_task()
        self.table.setFocus()

    def _show_task(self, _index: QModelIndex | None = None) -> None:
        task = self.task
        self.open_.setEnabled(task is not None and self.scoring.puzzle(task) is not None)
        if task is None:
            self.comparison.show_text(tr("Every task is right."))
        else:
            self.comparison.show_tests(self.scoring.tests_of(task))
            way: list[QWidget] = [self.table, *self.comparison.views, self.only_wrong]
            for before, after in pairwise(way):  # Tab goes through the grids
                QWidget.setTabOrder(before, after)

    def _on_open(self, _index: QModelIndex) -> None:
        task = self.task
        puzzle = self.scoring.puzzle(task) if task is not None else None
        if task is not None and puzzle is not None:
            self.open_asked.emit(puzzle, self.scoring.path_of(task))

    def _dress(self) -> None:
        self._model.theme = self._view.theme
        self.table.viewport().update()

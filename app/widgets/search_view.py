"""The search, visible: who does what, how many states a second, the nearest states as they come."""

from __future__ import annotations

import os
import time

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QColor
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QHBoxLayout,
    QHeaderView,
    QListWidgetItem,
    QPushButton,
    QSizePolicy,
    QSplitter,
    QTableWidget,
    QTableWidgetItem,
    QWidget,
)

from app.plain import plain_tip
from app.state.search_watch import WorkRow, grown
from app.state.workbench import Workbench
from app.texts import phase_title
from app.texts_of_searches import said
from app.translate import counted, mark, tr
from app.widgets.cards import Cards
from app.widgets.following import FollowingPanel
from app.widgets.grid_view import GridView
from app.widgets.parts import column, heading, label
from app.widgets.search_tree import SearchTree, wrong_text
from app.widgets.thumbnail import thumbnail
from solver.words.watching import TriedState

REFRESH_MS = 400
"""How often the view follows a running search; the rest of the time is the board's."""
TREE_S = 1.5
"""Seconds between two drawings of the tree while the search runs: it is by far the dearest part."""
MOST_LIVE = 24
"""States in the tree while the search runs."""
COLUMNS = (
    mark("Stage"),
    mark("Process"),
    mark("States"),
    mark("A second"),
    mark("Time"),
)
ROW = 24
CARD_PICTURE = 44
CARD = QSize(76, CARD_PICTURE + 46)
PREVIEW = 150
"""Logical pixels a side of the state that is chosen."""
LARGEST_CELL = 22
EMPTY = mark("Press Solve: who searches, how fast, and the states nearest to the outputs appear here.")


class SearchView(FollowingPanel):
    """Follows the run while it is seen; costs nothing while it is not."""

    def __init__(self, bench: Workbench) -> None:
        super().__init__(bench.run, REFRESH_MS)
        self._bench = bench
        self._records: tuple[TriedState, ...] = ()
        self._tree_of: tuple[TriedState, ...] | None = None
        self._tree_at = -TREE_S
        self._build()
        self.follow_run()
        bench.vocabulary_changed.connect(self._redraw)
        bench.view.changed.connect(self._redraw)
        self.tree.state_chosen.connect(self._show_state)
        self.tree.open_asked.connect(self.open_state)
        self.records.currentRowChanged.connect(self._on_record)
        self.records.itemActivated.connect(lambda _item: self.open_state(self.state))
        self.open_button.clicked.connect(lambda: self.open_state(self.state))
        self.state: TriedState | None = None
        self.refresh()

    def _build(self) -> None:
        self.total, self.doing = label(""), label("", "muted", wrap=True)
        self.work = _table()
        self.records = Cards(tr("Nearest states as they came"), CARD_PICTURE, CARD, rows=False)
        self.records_heading = heading(tr("nearest states as they came"))
        self.tree = SearchTree(self._bench)
        self.grid = GridView(tr("State"), self._bench.view.look, self._bench.view.theme)
        self.words = label("", "muted", wrap=True)
        self.open_button = QPushButton(tr("Open on the board"))
        self.open_button.setToolTip(tr("Run the steps up to this state on every grid (Return)"))
        self.empty = label(tr(EMPTY), "muted", wrap=True)
        self.empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        left = column(self.total, self.doing, self.work, self.records_heading, self.records)
        middle, right = column(self.tree), column(self.grid, self.words, _gap(), self.open_button)
        self.parts = QSplitter(Qt.Orientation.Horizontal)
        for part, stretch in ((left, 5), (middle, 4), (right, 2)):
            self.parts.addWidget(part)
            self.parts.setStretchFactor(self.parts.count() - 1, stretch)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(6, 6, 6, 10)
        layout.addWidget(self.empty)
        layout.addWidget(self.parts)

    def _redraw(self) -> None:
        """Draw everything anew: colours or names are others."""
        self._tree_of, self._tree_at, self._records = None, -TREE_S, ()
        self.tree.forget_pictures()
        self.grid.set_look(self._bench.view.look, self._bench.view.theme)
        self.follow()

    def refresh(self) -> None:
        """Show the search as it is now."""
        watch = self._bench.run.watch
        self.empty.setVisible(watch.seen is None)
        self.parts.setVisible(watch.seen is not None)
        if watch.seen is None:
            self._show_state(None)
            return
        self._show_work(watch.rows[::-1])  # the latest first: those are at work
        self.total.setText(_total(watch.states, watch.rate, self._bench.run.solving))
        doing = [said(row.work.doing) for row in watch.rows if row.active and row.work.doing]
        self.doing.setText("; ".join(doing))
        self.doing.setVisible(bool(doing))
        if watch.seen.records != self._records:
            self._show_records(watch.seen.records)
        self._show_tree(watch.seen.states)
        self._enable()

    def _show_tree(self, states: tuple[TriedState, ...]) -> None:
        solving, now = self._bench.run.solving, time.monotonic()
        shown = states[:MOST_LIVE] if solving else states
        if shown != self._tree_of and (not solving or now - self._tree_at >= TREE_S):
            self._tree_of, self._tree_at = shown, now
            self.tree.show_tree(grown(shown))

    def _enable(self) -> None:
        ready = self._bench.can_edit_program
        self.open_button.setEnabled(ready and self.state is not None)
        self.open_button.setText(tr("Open on the board") if ready else tr("Opens when the search has ended"))

    def open_state(self, state: TriedState | None) -> None:
        """Put the program that leads to a state on the board, beside what was found."""
        if state is not None and self._bench.can_edit_program:
            self._bench.add_program(state.program)

    def _show_work(self, rows: tuple[WorkRow, ...]) -> None:
        self.work.setRowCount(len(rows))
        for place, row in enumerate(rows):
            for at, text in enumerate(_texts(row)):
                item = self.work.item(place, at)
                if item is None:
                    item = QTableWidgetItem()
                    if at >= COLUMNS.index("States"):
                        item.setTextAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
                    self.work.setItem(place, at, item)
                item.setText(text)
                item.setToolTip(plain_tip(said(row.work.doing)))
                theme = self._bench.view.theme
                item.setForeground(QColor(theme.text if row.active else theme.muted))

    def _show_records(self, records: tuple[TriedState, ...]) -> None:
        """List them, the latest first; the one that is chosen stays so."""
        self._records = records
        blocked = self.records.blockSignals(True)
        self.records.clear()
        for state in reversed(records):
            item = QListWidgetItem(f"{wrong_text(state)}\n{state.at_s:.1f} s")
            if state.grid is not None:
                palette = self._bench.view.look.palette
                item.setIcon(thumbnail(state.grid, CARD_PICTURE, palette, self.devicePixelRatioF()))
            words = " → ".join(map(self._bench.title_of, state.program.steps))
            item.setToolTip(plain_tip(words))
            item.setData(Qt.ItemDataRole.AccessibleTextRole, f"{words}, {wrong_text(state)}")
            self.records.addItem(item)
            if state is self.state:
                self.records.setCurrentItem(item)
        self.records.blockSignals(blocked)

    def _on_record(self, row: int) -> None:
        if 0 <= row < len(self._records):
            self._show_state(self._records[len(self._records) - 1 - row])

    def _show_state(self, state: TriedState | None) -> None:
        """Show what a state makes of the first demonstration, wrong cells crossed out."""
        self.state = state
        puzzle = self._bench.run.puzzle
        expected = self._bench.run.watch.aim(puzzle) if puzzle is not None else None
        grid = state.grid if state is not None else None
        wrong = None
        if grid is not None:
            same = expected is not None and expected.shape == grid.shape
            wrong = grid != expected if same else None
            self.grid.set_cell(max(2, min(LARGEST_CELL, PREVIEW // max(grid.shape))))
        self.grid.show_grid(grid, wrong=wrong)
        self.grid.setVisible(grid is not None)
        if state is None:
            self.words.setText(tr("Choose a state to see what it makes of the first demonstration."))
        else:
            words = " → ".join(map(self._bench.title_of, state.program.steps))
            self.words.setText(words if grid is not None else tr("{words}: pieces, no grid", words=words))
        self._enable()


def _texts(row: WorkRow) -> tuple[str, ...]:
    """Write a line of the table."""
    work = row.work
    process = tr("Glossa") if work.process == os.getpid() else str(work.process)
    return (
        phase_title(work.stage),
        f"{process}, {work.part}" if work.part else process,
        tr("none") if work.states is None else f"{work.states:,}",
        "" if row.rate is None else f"{row.rate:,.0f}",
        f"{work.seconds:.1f} s",
    )


def _total(states: int, rate: float, going: bool) -> str:
    text = counted(states, "{n} state looked at", "{n} states looked at")
    return tr("{states}, {rate} a second", states=text, rate=f"{rate:,.0f}") if going else text


def _gap() -> QWidget:
    gap = QWidget()
    gap.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Expanding)
    return gap


def _table() -> QTableWidget:
    table = QTableWidget(0, len(COLUMNS))
    table.setAccessibleName(tr("Who does what"))
    table.setHorizontalHeaderLabels([tr(title) for title in COLUMNS])
    table.verticalHeader().hide()
    table.verticalHeader().setMinimumSectionSize(ROW)
    table.verticalHeader().setDefaultSectionSize(ROW)
    table.setShowGrid(False)
    table.setFrameShape(QFrame.Shape.NoFrame)
    table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
    table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
    table.setTabKeyNavigation(False)
    table.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    header = table.horizontalHeader()
    header.setDefaultAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
    for at in range(COLUMNS.index("States")):
        title = QTableWidgetItem(tr(COLUMNS[at]))
        title.setTextAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        table.setHorizontalHeaderItem(at, title)
    header.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
    header.setSectionResizeMode(COLUMNS.index("Stage"), QHeaderView.ResizeMode.Stretch)
    return table

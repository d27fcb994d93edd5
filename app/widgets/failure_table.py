"""A table of the wrong cells of a guess: a row for each demonstration, a column for each step."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableWidget, QTableWidgetItem

from app.state.failure import wrong_by_step
from app.state.workbench import Workbench
from app.translate import counted, tr

ROW, COLUMN = 24, 40
"""Logical pixels."""
MOST_ROWS = 5
"""Rows seen at once."""


class FailureTable(QTableWidget):
    """Shown for a program that does not explain every demonstration; a click goes to the step."""

    def __init__(self, bench: Workbench) -> None:
        super().__init__()
        self._bench = bench
        self.setAccessibleName(tr("Wrong cells by demonstration and step"))
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setShowGrid(False)
        self.setCornerButtonEnabled(False)
        for header, size in ((self.verticalHeader(), ROW), (self.horizontalHeader(), COLUMN)):
            header.setMinimumSectionSize(size)
            header.setDefaultSectionSize(size)
            header.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.cellActivated.connect(self._go)
        self.cellClicked.connect(self._go)

    def refresh(self) -> None:
        """Show how wrong the program shown is, if it is."""
        run = self._bench.run
        candidate, puzzle = run.candidate, run.puzzle
        wrong = (
            wrong_by_step(candidate, puzzle)
            if candidate is not None and puzzle is not None and not candidate.verified and not run.solving
            else {}
        )
        steps = max((len(counts) for counts in wrong.values()), default=0)
        self.setVisible(steps > 1)
        self.setRowCount(len(wrong))
        self.setColumnCount(steps)
        self.setVerticalHeaderLabels([str(i + 1) for i in wrong])
        self.setHorizontalHeaderLabels([str(at) if at else tr("input") for at in range(steps)])
        for row, (i, counts) in enumerate(wrong.items()):
            for at, count in enumerate(counts):
                self.setItem(row, at, self._item(i, at, count))
        self.resizeColumnToContents(0)  # its title is a word
        shown = min(MOST_ROWS, len(wrong))
        self.setFixedHeight(ROW * shown + self.horizontalHeader().sizeHint().height() + ROW // 2)

    def _item(self, demonstration: int, at: int, count: int) -> QTableWidgetItem:
        theme = self._bench.view.theme
        item = QTableWidgetItem(str(count) if count else "✓")
        item.setTextAlignment(Qt.AlignmentFlag.AlignCenter)
        item.setForeground(QColor(theme.bad if count else theme.good))
        wrong = counted(count, "{n} cell wrong", "{n} cells wrong")
        text = tr("demonstration {n}, after step {at}: {wrong}", n=demonstration + 1, at=at, wrong=wrong)
        item.setToolTip(text)
        item.setData(Qt.ItemDataRole.AccessibleTextRole, text)
        return item

    def _go(self, _row: int, at: int) -> None:
        self._bench.timeline.pause()
        self._bench.timeline.go(at)

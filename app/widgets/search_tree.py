"""The nearest states of a search as a tree that can be opened."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QAbstractItemView, QFrame, QHeaderView, QTreeWidget, QTreeWidgetItem

from app.plain import plain_tip
from app.state.search_watch import Branch
from app.state.workbench import Workbench
from app.texts import phase_title
from app.translate import tr
from app.widgets.thumbnail import thumbnail
from solver.words.program import Step
from solver.words.watching import TriedState

PICTURE = 26
"""Logical pixels a side."""
STATE = Qt.ItemDataRole.UserRole
INDENT = 16
WRONG_WIDTH, MET_WIDTH = 68, 78
Key = tuple[Step, ...]


class SearchTree(QTreeWidget):
    """A row for each state: its last word, how wrong it is, when it was met."""

    state_chosen = Signal(object)
    """`TriedState`, or None"""
    open_asked = Signal(object)
    """`TriedState` that was double-clicked, or chosen with Return"""

    def __init__(self, bench: Workbench) -> None:
        super().__init__()
        self._bench = bench
        self._icons: dict[int, QIcon] = {}
        """Pictures by the identity of the grids, which `_shown` keeps alive."""
        self._shown: tuple[Branch, ...] = ()
        self.setAccessibleName(tr("Tree of tried states"))
        self.setHeaderLabels([tr("State"), tr("Wrong"), tr("Met")])
        self.setIconSize(QSize(PICTURE, PICTURE))
        self.setIndentation(INDENT)
        self.setUniformRowHeights(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setTextElideMode(Qt.TextElideMode.ElideMiddle)
        header = self.header()
        header.setStretchLastSection(False)
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        for column, width in ((1, WRONG_WIDTH), (2, MET_WIDTH)):
            header.setSectionResizeMode(column, QHeaderView.ResizeMode.Fixed)
            header.resizeSection(column, width)
        self.currentItemChanged.connect(lambda item, _before: self.state_chosen.emit(_state(item)))
        self.itemActivated.connect(lambda item, _column: self.open_asked.emit(_state(item)))

    @property
    def chosen(self) -> TriedState | None:
        """The state of the row that is chosen."""
        return _state(self.currentItem())

    def show_tree(self, tree: Sequence[Branch]) -> None:
        """Show another tree; what is open and chosen stays so where it is still there."""
        open_, chosen = self._open_rows(), self.chosen
        key = chosen.program.steps if chosen is not None else None
        self._shown, before = tuple(tree), self._icons
        self._icons = {}
        blocked = self.blockSignals(True)
        at = self.verticalScrollBar().value()
        self.clear()
        found: dict[Key, QTreeWidgetItem] = {}
        for branch in self._shown:
            self.addTopLevelItem(self._item(branch, before, found))
        for steps in open_ & found.keys():
            found[steps].setExpanded(True)
        if key in found:
            self.setCurrentItem(found[key])
        self.verticalScrollBar().setValue(at)
        self.blockSignals(blocked)
        if self.chosen is not chosen:
            self.state_chosen.emit(self.chosen)

    def forget_pictures(self) -> None:
        """Draw every picture anew the next time."""
        self._icons = {}

    def _open_rows(self) -> set[Key]:
        """The programs of the rows that are open."""
        found: set[Key] = set()
        waiting = [self.topLevelItem(i) for i in range(self.topLevelItemCount())]
        while waiting:
            item = waiting.pop()
            if item is not None and item.isExpanded():
                found.add(item.data(0, STATE).program.steps)
                waiting += [item.child(i) for i in range(item.childCount())]
        return found

    def _item(
        self, branch: Branch, known: dict[int, QIcon], found: dict[Key, QTreeWidgetItem]
    ) -> QTreeWidgetItem:
        state = branch.state
        title = self._bench.title_of(state.program.steps[-1])
        item = QTreeWidgetItem([title, wrong_text(state), f"{state.at_s:.1f} s"])
        item.setData(0, STATE, state)
        found[state.program.steps] = item
        if state.grid is not None:
            icon = known.get(id(state.grid)) or self._picture(state)
            self._icons[id(state.grid)] = icon
            item.setIcon(0, icon)
        words = " → ".join(self._bench.title_of(step) for step in state.program.steps)
        tip = tr("{words}, {stage}", words=words, stage=phase_title(state.stage))
        item.setToolTip(0, plain_tip(tip))
        item.setData(0, Qt.ItemDataRole.AccessibleTextRole, tip)
        for column in (1, 2):
            item.setTextAlignment(column, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        for below in branch.below:
            item.addChild(self._item(below, known, found))
        return item

    def _picture(self, state: TriedState) -> QIcon:
        assert state.grid is not None
        return thumbnail(state.grid, PICTURE, self._bench.view.look.palette, self.devicePixelRatioF())


def wrong_text(state: TriedState) -> str:
    """Write how far a state is from the outputs."""
    if not state.wrong:
        return "✓"
    if state.grid is None:
        return tr("pieces")
    return f"{100 * state.wrong:.1f} %"


def _state(item: QTreeWidgetItem | None) -> TriedState | None:
    state: TriedState | None = None if item is None else item.data(0, STATE)
    return state

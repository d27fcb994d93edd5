"""The call tree of a run, as a tree that is filled in where one looks."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from PySide6.QtCore import QAbstractItemModel, QModelIndex, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QColor, QFont, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QFrame, QTreeView, QWidget

from app.plain import plain_tip
from app.state.call_tree import ROOT, CallTree
from app.state.procedure_run import ProcedureRun
from app.state.procedure_words import call_text, made_text
from app.theme import Theme
from app.translate import mark, tr

Index = QModelIndex | QPersistentModelIndex
NO_PARENT = QModelIndex()
INDENT = 14
COLUMNS = (mark("Call"), mark("Step"))
STEP_WIDTH = 64
TEXT_WIDTH = 190
"""Of a row's words, which begin where its depth says."""
DEEPEST_EXPANDED = 400
"""Calls inside each other that are opened to show where one stands."""


class CallTreeModel(QAbstractItemModel):
    """Qt's view of a `CallTree`; what is where is decided there."""

    def __init__(self, procedure: ProcedureRun, theme: Theme) -> None:
        super().__init__()
        self._procedure, self._theme = procedure, theme
        self._tree = CallTree(procedure.recording)

    @property
    def tree(self) -> CallTree:
        """The tree that is shown."""
        return self._tree

    def reload(self) -> None:
        """Show another recording."""
        self.beginResetModel()
        self._tree = CallTree(self._procedure.recording)
        self._tree.grow()
        self.endResetModel()

    def grow(self) -> None:
        """Show the steps that have come."""
        for item, first, last in self._tree.grow():
            self._insert(item, first, last)

    def set_theme(self, theme: Theme) -> None:
        """Take other colours."""
        self._theme = theme
        self.layoutChanged.emit()

    def index_of(self, item: int) -> QModelIndex:
        """Return the index of an item that has been given out."""
        return QModelIndex() if item == ROOT else self.createIndex(self._tree.place(item), 0, item + 1)

    def item(self, index: Index) -> int:
        """Return the item at an index."""
        return int(index.internalId()) - 1 if index.isValid() else ROOT

    def reveal(self, item: int) -> QModelIndex:
        """Give out the rows down to an item and return its index."""
        for above in (*self._tree.path(item), item):
            parent = self._tree.parent(above)
            shown = self._tree.shown(parent)
            if self._tree.place(above) >= shown:
                self._insert(parent, shown, shown + self._tree.more(parent, self._tree.place(above) + 1) - 1)
        return self.index_of(item)

    def _insert(self, item: int, first: int, last: int) -> None:
        self.beginInsertRows(self.index_of(item), first, last)
        self._tree.show(item, last - first + 1)
        self.endInsertRows()

    def index(self, row: int, column: int, parent: Index = NO_PARENT) -> QModelIndex:
        """Return the index of a row below another."""
        above = self.item(parent)
        if not 0 <= row < self._tree.shown(above) or not 0 <= column < len(COLUMNS):
            return QModelIndex()
        return self.createIndex(row, column, self._tree.child(above, row) + 1)

    def parent(self, index: Index) -> QModelIndex:  # type: ignore[override]
        """Return what an index is below."""
        return self.index_of(self._tree.parent(self.item(index))) if index.isValid() else QModelIndex()

    def rowCount(self, parent: Index = NO_PARENT) -> int:
        """Return how many rows have been given out below an index."""
        return 0 if parent.isValid() and parent.column() else self._tree.shown(self.item(parent))

    def columnCount(self, parent: Index = NO_PARENT) -> int:
        """Return how many columns there are."""
        return len(COLUMNS)

    def hasChildren(self, parent: Index = NO_PARENT) -> bool:
        """Say whether there is something below, given out or not."""
        item = self.item(parent)
        return item == ROOT or (parent.column() == 0 and self._tree.is_call(item))

    def canFetchMore(self, parent: Index) -> bool:
        """Say whether there is more to give out."""
        return self._tree.more(self.item(parent)) > 0

    def fetchMore(self, parent: Index) -> None:
        """Give out more rows."""
        item = self.item(parent)
        shown, more = self._tree.shown(item), self._tree.more(item)
        if more:
            self._insert(item, shown, shown + more - 1)

    def headerData(self, section: int, way: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return the title of a column."""
        if way is Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return tr(COLUMNS[section])
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return the text, the tool tip, the font or the colour of an item."""
        item = self.item(index)
        if role == Qt.ItemDataRole.DisplayRole:
            return self._text(item) if index.column() == 0 else str(item)
        if role in (Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.AccessibleTextRole):
            text = self._described(item)
            return plain_tip(text) if role == Qt.ItemDataRole.ToolTipRole else text
        if role in (Qt.ItemDataRole.ForegroundRole, Qt.ItemDataRole.DecorationRole):
            return self._colour(item, index.column(), role)
        if role == Qt.ItemDataRole.FontRole and self._tree.is_call(item) and index.column() == 0:
            font = QFont()
            font.setWeight(QFont.Weight.DemiBold)
            return font
        if role == Qt.ItemDataRole.TextAlignmentRole and index.column():
            return int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        return None

    def _text(self, item: int) -> str:
        recording, facts = self._procedure.recording, self._procedure.facts
        if item == 0:
            first = recording.frames[0]
            return call_text(facts, first.program, first.arguments)
        made = recording.steps[item - 1].made
        sign = {"act": "·  ", "return": "↩  "}.get(made.kind, "↻  " if self._tree.repeats(item) else "")
        wrong = "✗  " if recording.diverged == item - 1 else ""
        return f"{wrong}{sign}{made_text(facts, made)}"

    def _described(self, item: int) -> str:
        """The item for screen readers and as a tip: also what its signs and its colour say."""
        parts = [self._text(item)]
        if item:
            parts.append(tr("step {at}", at=item))
        if self._tree.repeats(item):
            parts.append(tr("the program calls itself"))
        if self._procedure.recording.diverged == item - 1:
            true = self._procedure.recording.steps[item - 1].true
            if true is not None:
                text = made_text(self._procedure.facts, true)
                parts.append(tr("the true procedure does: {what}", what=text))
        return ", ".join(parts)

    def _colour(self, item: int, column: int, role: int) -> QColor | None:
        """The text's colour; a red square too marks the first wrong step, on a chosen row as well."""
        diverged = self._procedure.recording.diverged
        wrong = diverged is not None and item - 1 == diverged
        if role == Qt.ItemDataRole.DecorationRole:
            return QColor(self._theme.bad) if wrong and not column else None
        if wrong:
            return QColor(self._theme.bad)
        quiet = column or (item and self._procedure.recording.steps[item - 1].made.kind == "return")
        return QColor(self._theme.muted) if quiet else None


class CallTreeView(QTreeView):
    """Choosing a row goes to its step; going elsewhere chooses the row."""

    step_chosen = Signal(int)
    """The position after the step that was chosen"""

    def __init__(self, procedure: ProcedureRun, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._procedure = procedure
        self._quiet = False
        self._deepest = 0
        self.calls = CallTreeModel(procedure, theme)
        self.setModel(self.calls)
        self.setAccessibleName(tr("Call tree"))
        self.setUniformRowHeights(True)
        self.setIndentation(INDENT)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setFrameShape(QFrame.Shape.NoFrame)
        header = self.header()
        header.setStretchLastSection(False)
        header.setSectionResizeMode(header.ResizeMode.Fixed)
        header.resizeSection(1, STEP_WIDTH)
        header.moveSection(1, 0)
        self.selectionModel().currentChanged.connect(self._on_current)
        self.expanded.connect(self._on_expanded)
        procedure.chosen.connect(self.reload)
        procedure.grown.connect(self._grow)
        procedure.timeline.moved.connect(self.follow)
        self.reload()

    def reload(self) -> None:
        """Show another recording from its first call on."""
        with self._silently():
            self.calls.reload()
            self._deepest = 0
            self._make_room(0)
            self.expand(self.calls.index_of(0))
            self.setCurrentIndex(self.calls.index_of(0))

    def follow(self, position: int) -> None:
        """Choose the row of the step before `position`."""
        if position >= len(self.calls.tree.recording) + 1 or self._procedure.running:
            return
        above = self.calls.tree.path(position)
        if len(above) > DEEPEST_EXPANDED:
            position = above[DEEPEST_EXPANDED]
            above = above[:DEEPEST_EXPANDED]
        with self._silently():
            index = self.calls.reveal(position)
            for item in above:
                self.expand(self.calls.index_of(item))
            self.setCurrentIndex(index)
            self.scrollTo(index)
            self._look_at_depth(len(above))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Let the calls take the room there is."""
        super().resizeEvent(event)
        self._make_room(0)

    def _make_room(self, depth: int) -> None:
        """Give the calls as much width as rows of that depth need, or what there is."""
        self._deepest = max(self._deepest, depth)
        needed = (self._deepest + 2) * INDENT + TEXT_WIDTH
        self.header().resizeSection(0, max(needed, self.viewport().width() - STEP_WIDTH))

    def _on_expanded(self, index: QModelIndex) -> None:
        self._make_room(len(self.calls.tree.path(self.calls.item(index))) + 1)

    def _look_at_depth(self, depth: int) -> None:
        """Scroll sideways to where rows that are so deep begin."""
        self._make_room(depth)
        room = self.viewport().width() // 3
        self.horizontalScrollBar().setValue(max(0, STEP_WIDTH + depth * INDENT - room))

    def _grow(self) -> None:
        with self._silently():
            self.calls.grow()

    def _on_current(self, current: QModelIndex, _before: QModelIndex) -> None:
        if not self._quiet and current.isValid():
            self.step_chosen.emit(self.calls.item(current))

    @contextmanager
    def _silently(self) -> Iterator[None]:
        before, self._quiet = self._quiet, True
        try:
            yield
        finally:
            self._quiet = before

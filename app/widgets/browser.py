"""The browser: named collections of puzzles, each with a small picture."""

from __future__ import annotations

import random
from typing import Any

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QPersistentModelIndex,
    QPoint,
    QRect,
    QSize,
    QSortFilterProxyModel,
    Qt,
    Signal,
)
from PySide6.QtGui import QColor, QFocusEvent, QPainter
from PySide6.QtWidgets import (
    QComboBox,
    QHBoxLayout,
    QLineEdit,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from app.settings import Settings
from app.state.solved import Solved
from app.state.view import ViewOptions
from app.theme import GridLook
from app.translate import counted, tr
from app.widgets.paint import paint_grid, to_device_pixels
from app.widgets.parts import IconButton, label, make_surface, paint_row_background
from puzzles.collections import COLLECTIONS, Collection, collection
from puzzles.grid import Grid, PuzzleError
from puzzles.puzzle import Puzzle

ROW_HEIGHT = 60
THUMBNAIL = 42
"""Logical pixels a side."""
Index = QModelIndex | QPersistentModelIndex
NO_PARENT = QModelIndex()


class PuzzleList(QAbstractListModel):
    """The ids of a collection; a puzzle is read when its row is first painted."""

    PUZZLE = Qt.ItemDataRole.UserRole + 1

    def __init__(self) -> None:
        super().__init__()
        self._collection: Collection | None = None

    def show(self, shown: Collection) -> None:
        """List another collection."""
        self.beginResetModel()
        self._collection = shown
        self.endResetModel()

    def rowCount(self, parent: Index = NO_PARENT) -> int:
        """Return how many puzzles are listed."""
        return 0 if parent.isValid() or self._collection is None else len(self._collection.ids)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return the id or the puzzle of a row; None for a puzzle that cannot be read."""
        if self._collection is None or not index.isValid():
            return None
        puzzle_id = self._collection.ids[index.row()]
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return puzzle_id
        if role == self.PUZZLE:
            try:
                return self._collection[puzzle_id]
            except PuzzleError:
                return None
        return None


class PuzzleDelegate(QStyledItemDelegate):
    """Paints a row: the first demonstration, small, then the id."""

    def __init__(self, view: ViewOptions, solved: Solved) -> None:
        super().__init__()
        self._view = view
        self._solved = solved

    def sizeHint(self, _option: QStyleOptionViewItem, _index: Index) -> QSize:
        """Return the size it wants."""
        return QSize(0, ROW_HEIGHT)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Paint one row."""
        theme = self._view.theme
        rect: QRect = option.rect.adjusted(6, 2, -6, -2)
        state: QStyle.StateFlag = option.state
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        paint_row_background(painter, rect, state, theme)
        puzzle = index.data(PuzzleList.PUZZLE)
        left = rect.left() + 8
        if isinstance(puzzle, Puzzle):
            top = rect.top() + (rect.height() - THUMBNAIL) // 2
            pair = puzzle.train[0]
            self._thumbnail(painter, pair.input, QRect(left, top, THUMBNAIL, THUMBNAIL))
            if pair.output is not None:
                at = QRect(left + THUMBNAIL + 6, top, THUMBNAIL, THUMBNAIL)
                self._thumbnail(painter, pair.output, at)
        text = rect.adjusted(8 + 2 * THUMBNAIL + 20, 0, -8, 0)
        if puzzle in self._solved:
            painter.setPen(QColor(theme.good))
            painter.drawText(text, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight, "✓")
            text.adjust(0, 0, -16, 0)
        painter.setPen(QColor(theme.text))
        name = option.fontMetrics.elidedText(str(index.data()), Qt.TextElideMode.ElideRight, text.width())
        painter.drawText(text, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, name)
        painter.restore()

    def _thumbnail(self, painter: QPainter, grid: Grid, box: QRect) -> None:
        painter.save()
        painter.translate(box.topLeft())
        ratio = to_device_pixels(painter)
        side = int(box.width() * ratio)
        cell = max(1, side // max(grid.shape))
        offset = QPoint((side - grid.shape[1] * cell) // 2, (side - grid.shape[0] * cell) // 2)
        paint_grid(painter, offset, grid, cell, GridLook(self._view.look.palette))
        painter.restore()


class PuzzleView(QListView):
    """A list in which nothing becomes current just because the focus comes by: that would open it."""

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Take the focus and leave the selection as it is."""
        if self.currentIndex().isValid():
            super().focusInEvent(event)
            return
        self.selectionModel().blockSignals(True)
        super().focusInEvent(event)
        self.clear_current()
        self.selectionModel().blockSignals(False)

    def clear_current(self) -> None:
        """Select nothing, without a word to anybody."""
        blocked = self.selectionModel().blockSignals(True)
        self.setCurrentIndex(QModelIndex())
        self.selectionModel().blockSignals(blocked)
        self.viewport().update()


class Browser(QWidget):
    """Choose a collection, search it, and open puzzles from it."""

    chosen = Signal(object)
    """`Puzzle`"""

    def __init__(self, view: ViewOptions, solved: Solved, settings: Settings) -> None:
        super().__init__()
        make_surface(self, "panel")
        self._settings = settings
        self._model = PuzzleList()
        self._filtered = QSortFilterProxyModel()
        self._filtered.setSourceModel(self._model)
        self._filtered.setFilterCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        self._view = view
        self._solved = solved
        self._build()
        self._connect()
        self._show(settings.text("browser/collection", next(iter(COLLECTIONS))))

    def _build(self) -> None:
        theme = self._view.theme
        self.collections = QComboBox()
        self.collections.setAccessibleName(tr("Collection"))
        for name, title in COLLECTIONS.items():
            self.collections.addItem(title, name)
        self.search = QLineEdit()
        self.search.setPlaceholderText(tr("Search by id"))
        self.search.setAccessibleName(tr("Search by id"))
        self.search.setClearButtonEnabled(True)
        self.list = PuzzleView()
        self.list.setAccessibleName(tr("Puzzles"))
        self.list.setModel(self._filtered)
        self._delegate = PuzzleDelegate(self._view, self._solved)
        self.list.setItemDelegate(self._delegate)
        self.list.setUniformItemSizes(True)
        self.list.setMouseTracking(True)
        self.list.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.count = label("", "muted")
        self.previous = IconButton("previous", tr("Previous puzzle"), theme, "Ctrl+PgUp")
        self.next = IconButton("next", tr("Next puzzle"), theme, "Ctrl+PgDown")
        self.random = IconButton("random", tr("A random puzzle"), theme, "Ctrl+R")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(14, 8, 8, 10)
        layout.setSpacing(8)
        top = QVBoxLayout()
        top.setContentsMargins(0, 0, 6, 0)
        top.setSpacing(8)
        top.addWidget(self.collections)
        top.addWidget(self.search)
        layout.addLayout(top)
        layout.addWidget(self.list, 1)
        bottom = QHBoxLayout()
        bottom.addWidget(self.count, 1)
        for button in (self.previous, self.next, self.random):
            bottom.addWidget(button)
        layout.addLayout(bottom)

    def _connect(self) -> None:
        self.collections.currentIndexChanged.connect(lambda: self._show(self.collections.currentData()))
        self.search.textChanged.connect(self._on_search)
        self.search.returnPressed.connect(lambda: self._open_row(0))
        self.list.selectionModel().currentChanged.connect(self._on_current)
        self.list.activated.connect(self._on_current)
        self.previous.clicked.connect(lambda: self.step(-1))
        self.next.clicked.connect(lambda: self.step(1))
        self.random.clicked.connect(self.open_random)
        self._view.changed.connect(self._on_view)
        self._solved.changed.connect(self.list.viewport().update)

    def step(self, by: int) -> None:
        """Open the puzzle `by` rows further down."""
        current = self.list.currentIndex()
        row = current.row() + by if current.isValid() else 0
        self._open_row(max(0, min(self._filtered.rowCount() - 1, row)))

    def open_random(self) -> None:
        """Open any puzzle of those listed."""
        if self._filtered.rowCount():
            self._open_row(random.randrange(self._filtered.rowCount()))

    def clear_selection(self) -> None:
        """Select nothing, because what is open came from elsewhere."""
        self.list.clear_current()

    def _show(self, name: str) -> None:
        if name not in COLLECTIONS:
            name = next(iter(COLLECTIONS))
        self.collections.blockSignals(True)
        self.collections.setCurrentIndex(self.collections.findData(name))
        self.collections.blockSignals(False)
        self._model.show(collection(name))
        self._settings.set("browser/collection", name)
        self._recount()

    def _on_search(self, text: str) -> None:
        self._filtered.setFilterFixedString(text.strip())
        self._recount()

    def _recount(self) -> None:
        number = self._filtered.rowCount()
        self.count.setText(counted(number, "{n} puzzle", "{n} puzzles") if number else tr("no puzzle"))

    def _open_row(self, row: int) -> None:
        index = self._filtered.index(row, 0)
        if index.isValid():
            self.list.setCurrentIndex(index)
            self.list.scrollTo(index)

    def _on_current(self, index: QModelIndex) -> None:
        puzzle = index.data(PuzzleList.PUZZLE)
        if isinstance(puzzle, Puzzle):
            self.chosen.emit(puzzle)

    def _on_view(self) -> None:
        for button in (self.previous, self.next, self.random):
            button.set_theme(self._view.theme)
        self.list.viewport().update()

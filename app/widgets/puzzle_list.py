"""The list of puzzles in the browser: what it holds, how a row is painted, and which rows are shown."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QPersistentModelIndex,
    QPoint,
    QPointF,
    QRect,
    QSize,
    QSortFilterProxyModel,
    Qt,
)
from PySide6.QtGui import QColor, QFocusEvent, QPainter, QPen
from PySide6.QtWidgets import QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem

from app.plain import plain_tip
from app.state.filters import Filter
from app.state.solved import Solved, Solver
from app.state.view import ViewOptions
from app.translate import mark, tr
from app.widgets.paint import paint_small, to_device_pixels
from app.widgets.parts import paint_row_background
from puzzles.collections import Collection, Refused
from puzzles.grid import Grid
from puzzles.puzzle import Puzzle

ROW_HEIGHT = 60
THUMBNAIL = 42
"""Logical pixels a side."""
TICK, TEXT_GAP = 14, 12
"""Logical pixels: the disc that says solved, and from the pictures to the name."""
Index = QModelIndex | QPersistentModelIndex
NO_PARENT = QModelIndex()
SOLVED_BY: dict[Solver, str] = {"me": mark("solved by you"), "glossa": mark("solved by Glossa")}


class PuzzleList(QAbstractListModel):
    """The ids of a collection; a puzzle is read when its row is first painted."""

    PUZZLE = Qt.ItemDataRole.UserRole + 1
    ABOUT = Qt.ItemDataRole.UserRole + 2
    """What is said about a puzzle."""

    def __init__(self, solved: Solved) -> None:
        super().__init__()
        self._solved = solved
        self._collection: Collection | None = None

    def show(self, shown: Collection) -> None:
        """List another collection."""
        self.beginResetModel()
        self._collection = shown
        self.endResetModel()

    @property
    def has_texts(self) -> bool:
        """Whether there may be descriptions to search."""
        return self._collection is not None and self._collection.has_texts

    def row_of(self, puzzle_id: str) -> int | None:
        """Return where a puzzle is listed."""
        if self._collection is None or puzzle_id not in self._collection:
            return None
        return self._collection.ids.index(puzzle_id)

    def rowCount(self, parent: Index = NO_PARENT) -> int:
        """Return how many puzzles are listed."""
        return 0 if parent.isValid() or self._collection is None else len(self._collection.ids)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return the id or the puzzle of a row; for an entry that cannot be read, a `Refused`."""
        if self._collection is None or not index.isValid():
            return None
        puzzle_id = self._collection.ids[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return puzzle_id
        if role == self.ABOUT:
            return self._collection.about(puzzle_id)
        if role in (self.PUZZLE, Qt.ItemDataRole.AccessibleTextRole, Qt.ItemDataRole.ToolTipRole):
            found = self._collection.entry(puzzle_id)
            if role == self.PUZZLE:
                return found
            said = self._described(puzzle_id, found)
            return plain_tip(said) if role == Qt.ItemDataRole.ToolTipRole else said
        return None

    def _described(self, puzzle_id: str, found: Puzzle | Refused) -> str:
        """Say what a row shows as a mark, or why it is grey."""
        if isinstance(found, Refused):
            return f"{puzzle_id}: {found.reason}"
        solvers = self._solved.solvers(found)
        said = [tr(text) for solver, text in SOLVED_BY.items() if solver in solvers]
        return "\n".join(filter(None, (", ".join([puzzle_id, *said]), found.description)))


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
        text = rect.adjusted(8 + 2 * THUMBNAIL + 6 + TEXT_GAP, 0, -4, 0)
        if puzzle in self._solved:
            self._paint_tick(painter, QPoint(left + 2 * THUMBNAIL + 6, rect.bottom() - TICK // 2 - 2))
        painter.setPen(QColor(theme.text if isinstance(puzzle, Puzzle) else theme.muted))
        name = option.fontMetrics.elidedText(str(index.data()), Qt.TextElideMode.ElideRight, text.width())
        painter.drawText(text, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, name)
        painter.restore()

    def _paint_tick(self, painter: QPainter, middle: QPoint) -> None:
        """Paint a tick in a disc, over the corner of the picture, where it takes no room from the name."""
        theme = self._view.theme
        box = QRect(middle.x() - TICK // 2, middle.y() - TICK // 2, TICK, TICK)
        painter.setPen(QPen(QColor(theme.surface), 2))
        painter.setBrush(QColor(theme.good))
        painter.drawEllipse(box)
        painter.setPen(QPen(QColor(theme.surface), 1.8))
        across = TICK / 2
        corners = ((-0.45, 0.0), (-0.1, 0.35), (0.45, -0.35))
        painter.drawPolyline([QPointF(middle) + QPointF(x * across, y * across) for x, y in corners])

    def _thumbnail(self, painter: QPainter, grid: Grid, box: QRect) -> None:
        painter.save()
        painter.translate(box.topLeft())
        side = int(box.width() * to_device_pixels(painter))
        paint_small(painter, grid, side, self._view.look.palette)
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

    def keep_current(self, change: Callable[[], object]) -> None:
        """Let `change` list other rows; the current one stays so if it is still listed, else none is.

        Otherwise a neighbour of a row that goes would become current, and be opened.
        """
        current = self.currentIndex().data() if self.currentIndex().isValid() else None
        blocked = self.selectionModel().blockSignals(True)
        change()
        self.selectionModel().blockSignals(blocked)
        self.mark(current)

    def mark(self, name: str | None) -> None:
        """Make the row called `name` current without opening it; none where it is not listed."""
        blocked = self.selectionModel().blockSignals(True)
        model = self.model()
        at = next((row for row in range(model.rowCount()) if model.index(row, 0).data() == name), None)
        self.selectionModel().clear()
        self.setCurrentIndex(model.index(at, 0) if at is not None else QModelIndex())
        self.selectionModel().blockSignals(blocked)
        self.viewport().update()

    def clear_current(self) -> None:
        """Select nothing, without a word to anybody."""
        blocked = self.selectionModel().blockSignals(True)
        self.setCurrentIndex(QModelIndex())
        self.selectionModel().blockSignals(blocked)
        self.viewport().update()


class FilteredPuzzles(QSortFilterProxyModel):
    """Leaves out of a `PuzzleList` what the filter does not ask for."""

    def __init__(self, source: PuzzleList, solved: Solved) -> None:
        super().__init__()
        self.filter = Filter()
        self._asks_anything = self._looks_at_puzzles = False
        self._solved = solved
        self._puzzles = source
        self.setSourceModel(source)

    def apply(self, wanted: Filter) -> None:
        """List what `wanted` asks for."""
        self.filter = wanted
        self._asks_anything, self._looks_at_puzzles = wanted != Filter(), wanted.active
        self.setFilterFixedString(wanted.text)  # every row is judged anew

    def filterAcceptsRow(self, row: int, parent: Index) -> bool:
        """Whether a puzzle is listed; it is read only where its name does not decide."""
        if not self._asks_anything:
            return True
        index = self.sourceModel().index(row, 0, parent)
        name = str(index.data())
        if not self.filter.accepts_name(name):
            if not self._puzzles.has_texts:
                return False
            if not self.filter.accepts_name(name, index.data(PuzzleList.ABOUT)):
                return False
        if not self._looks_at_puzzles:
            return True
        puzzle = index.data(PuzzleList.PUZZLE)
        return isinstance(puzzle, Puzzle) and self.filter.accepts(puzzle, self._solved)

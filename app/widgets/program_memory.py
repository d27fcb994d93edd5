"""The program memory of a core: its rows, who may call whom, and which were added later."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QColor, QFont, QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from app.plain import plain_tip
from app.procedures import Library, Row
from app.state.procedure_run import ProcedureRun
from app.theme import Theme
from app.translate import counted, mark, tr
from app.widgets.parts import label, make_surface
from app.widgets.puzzle_list import Index
from app.widgets.titled_table import TitledTable

COLUMNS = (mark("Row"), mark("Program"), mark("Called by"), mark("Key"), mark("Added"))
ROW, PROGRAM, CALLERS, KEY, ADDED = range(len(COLUMNS))
WIDTHS = (40, 104, 104, 84, 60)
ROW_HEIGHT = 34
NUMBERS = Qt.ItemDataRole.UserRole
ABOUT = mark(
    "A step's key is compared with every row's; the best match is called, and its value tells the core "
    "what it runs. Callers are those of the true procedures. Rows added later are called by such rows alone."
)


class MemoryModel(TitledTable):
    """One row for each program."""

    TITLES = COLUMNS

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._rows: tuple[Row, ...] = ()

    def show_library(self, library: Library | None) -> None:
        """Show another core's memory."""
        self.beginResetModel()
        self._rows = library.rows if library is not None else ()
        self.endResetModel()

    def set_theme(self, theme: Theme) -> None:
        """Take other colours."""
        self._theme = theme
        self.layoutChanged.emit()

    def count(self) -> int:
        """Return how many rows there are."""
        return len(self._rows)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return the text, the tip, the numbers of a key, the font or the colour of a cell."""
        row, column = self._rows[index.row()], index.column()
        if role == Qt.ItemDataRole.DisplayRole:
            return self._text(row, index.row(), column)
        if role == Qt.ItemDataRole.ToolTipRole:
            return plain_tip(self._tip(row, column) or self._text(row, index.row(), column))
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return self._tip(row, column) or self._text(row, index.row(), column)
        return row.key if role == NUMBERS and column == KEY else self._dress(role, column)

    def _dress(self, role: int, column: int) -> QColor | QFont | None:
        if role == Qt.ItemDataRole.ForegroundRole and column in (ROW, CALLERS):
            return QColor(self._theme.muted)
        if role == Qt.ItemDataRole.FontRole and column == PROGRAM:
            font = QFont()
            font.setWeight(QFont.Weight.DemiBold)
            return font
        return None

    def _text(self, row: Row, place: int, column: int) -> str:
        if column == ROW:
            return str(place)
        if column == PROGRAM:
            return row.program
        if column == CALLERS:
            return ", ".join(row.callers) or "–"
        if column == ADDED:
            return tr("later") if row.grown else ""
        return ""

    def _tip(self, row: Row, column: int) -> str:
        if column == KEY:
            numbers = counted(len(row.value), "{n} number", "{n} numbers")
            return tr("key of {n} numbers, value of {value}", n=len(row.key), value=numbers)
        if column == PROGRAM and row.calls:
            return tr("{program} calls {others}", program=row.program, others=", ".join(row.calls))
        return ""


class KeyStrip(QStyledItemDelegate):
    """Paints a key as a strip: a stripe for each number, accent above zero, amber below."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self.theme = theme

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Paint the cell's background and the stripes."""
        super().paint(painter, option, index)
        numbers = index.data(NUMBERS)
        if not numbers:
            return
        box: QRect = option.rect.adjusted(6, 9, -6, -9)
        largest = max(abs(number) for number in numbers) or 1.0
        painter.save()
        painter.setPen(Qt.PenStyle.NoPen)
        for place, number in enumerate(numbers):
            left = box.left() + place * box.width() // len(numbers)
            right = box.left() + (place + 1) * box.width() // len(numbers)
            colour = QColor(self.theme.accent if number > 0 else self.theme.warn)
            colour.setAlphaF(min(1.0, abs(number) / largest))
            painter.fillRect(left, box.top(), max(1, right - left), box.height(), colour)
        painter.restore()

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """Return the room a strip takes."""
        return QSize(WIDTHS[KEY], ROW_HEIGHT)


class ProgramMemory(QWidget):
    """The table and a sentence on how it is read."""

    def __init__(self, procedure: ProcedureRun, theme: Theme) -> None:
        super().__init__()
        make_surface(self, "panel")
        self._procedure = procedure
        self.model = MemoryModel(theme)
        self.table = QTableView()
        self.table.setModel(self.model)
        self.table.setAccessibleName(tr("Program memory"))
        self.table.setFrameShape(QFrame.Shape.NoFrame)
        self.table.setShowGrid(False)
        self.table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.table.setTabKeyNavigation(False)
        self.table.verticalHeader().hide()
        self.table.verticalHeader().setDefaultSectionSize(ROW_HEIGHT)
        self._strip = KeyStrip(theme, self.table)
        self.table.setItemDelegateForColumn(KEY, self._strip)
        header = self.table.horizontalHeader()
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        for column, width in enumerate(WIDTHS):
            header.resizeSection(column, width)
        header.setMinimumSectionSize(WIDTHS[ROW])
        header.setSectionResizeMode(CALLERS, header.ResizeMode.Stretch)
        self.about = label(tr(ABOUT), "muted", wrap=True)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(14, 12, 14, 12)
        layout.setSpacing(10)
        layout.addWidget(self.about)
        layout.addWidget(self.table, 1)
        procedure.library_changed.connect(self.refresh)
        procedure.chosen.connect(self.refresh)
        self.refresh()

    def refresh(self) -> None:
        """Show the memory of the core that runs the example."""
        self.model.show_library(self._procedure.library)

    def set_theme(self, theme: Theme) -> None:
        """Paint with other colours."""
        self._strip.theme = theme
        self.model.set_theme(theme)

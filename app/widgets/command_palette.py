"""One field for everything: type a few letters, choose with the arrow keys, press Return."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QPainter
from PySide6.QtWidgets import (
    QApplication,
    QDialog,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from app.state.palette import Entry, Recent, ranked
from app.theme import Theme
from app.translate import mark, tr
from app.widgets.parts import label, paint_row_background
from app.widgets.puzzle_list import Index

SIZE = (620, 440)
TOP = 70
"""Logical pixels from the upper edge of the window."""
ROW_HEIGHT, INSET, GAP = 34, 12, 14
MOST = 60
"""Entries that are listed: whoever looks further types another letter."""
LIST_KEYS = (Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_PageUp, Qt.Key.Key_PageDown)
KINDS = {"action": mark("action"), "puzzle": mark("puzzle"), "word": mark("word"), "file": mark("file")}
ENTRY = Qt.ItemDataRole.UserRole


class EntryDelegate(QStyledItemDelegate):
    """Paints an entry: its title, and muted what stands beside it, at the right its shortcut."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme

    def sizeHint(self, _option: QStyleOptionViewItem, _index: Index) -> QSize:
        """Return the height of a row."""
        return QSize(0, ROW_HEIGHT)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Paint one row."""
        entry = index.data(ENTRY)
        if not isinstance(entry, Entry):
            return
        rect: QRect = option.rect.adjusted(4, 1, -4, -1)
        state: QStyle.StateFlag = option.state
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        paint_row_background(painter, rect, state, self._theme)
        line = rect.adjusted(INSET, 0, -INSET, 0)
        metrics = painter.fontMetrics()
        left = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        right = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        painter.setPen(QColor(self._theme.muted))
        beside = entry.shortcut or tr(KINDS[entry.kind])
        painter.drawText(line, right, beside)
        line.setRight(line.right() - metrics.horizontalAdvance(beside) - GAP)
        title = metrics.elidedText(entry.title, Qt.TextElideMode.ElideRight, line.width())
        painter.setPen(QColor(self._theme.text))
        painter.drawText(line, left, title)
        line.setLeft(line.left() + metrics.horizontalAdvance(title) + GAP)
        painter.setPen(QColor(self._theme.muted))
        painter.drawText(
            line, left, metrics.elidedText(entry.detail, Qt.TextElideMode.ElideRight, line.width())
        )
        painter.restore()


class CommandPalette(QDialog):
    """Lists what fits the letters typed; the field keeps the focus, Escape closes."""

    chosen = Signal(object)
    """`Entry`, after the palette has closed"""

    def __init__(self, entries: list[Entry], recent: Recent, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle(tr("Command palette"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.resize(*SIZE)
        self._entries, self._recent = entries, recent
        self.field = QLineEdit()
        self.field.setPlaceholderText(tr("An action, a puzzle or a word"))
        self.field.setAccessibleName(tr("An action, a puzzle or a word"))
        self.list = QListWidget()
        self.list.setAccessibleName(tr("Found"))
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.list.setUniformItemSizes(True)
        self.list.setMouseTracking(True)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._delegate = EntryDelegate(theme)
        self.list.setItemDelegate(self._delegate)
        self.nothing = label(tr("Nothing has these letters in this order."), "muted")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(12, 12, 12, 12)
        layout.setSpacing(8)
        layout.addWidget(self.field)
        layout.addWidget(self.nothing)
        layout.addWidget(self.list, 1)
        self.field.textChanged.connect(self.refresh)
        self.field.returnPressed.connect(self._on_return)
        self.field.installEventFilter(self)
        self.list.itemClicked.connect(self._choose)
        self.refresh()
        self.move(parent.mapToGlobal(QPoint((parent.width() - SIZE[0]) // 2, TOP)))

    def refresh(self) -> None:
        """List what fits, the best first and chosen."""
        self.list.clear()
        for entry in ranked(self._entries, self.field.text(), self._recent.names, MOST):
            item = QListWidgetItem(entry.title)
            item.setData(ENTRY, entry)
            spoken = (entry.title, entry.detail, tr(KINDS[entry.kind]), entry.shortcut)
            item.setData(Qt.ItemDataRole.AccessibleTextRole, ", ".join(filter(None, spoken)))
            self.list.addItem(item)
        self.list.setCurrentRow(0)
        self.nothing.setVisible(not self.list.count())

    @property
    def shown(self) -> list[Entry]:
        """The entries listed, in their order."""
        return [self.list.item(row).data(ENTRY) for row in range(self.list.count())]

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Let the field hand on the keys that move in the list."""
        if (
            event.type() == QEvent.Type.KeyPress
            and isinstance(event, QKeyEvent)
            and event.key() in LIST_KEYS
            and event.modifiers() in (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.KeypadModifier)
        ):
            QApplication.sendEvent(self.list, event)
            return True
        return super().eventFilter(watched, event)

    def _on_return(self) -> None:
        item = self.list.currentItem()
        if item is not None:
            self._choose(item)

    def _choose(self, item: QListWidgetItem) -> None:
        entry: Entry = item.data(ENTRY)
        self._recent.note(entry.name)
        self.accept()
        self.chosen.emit(entry)

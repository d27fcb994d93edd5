"""One field for everything: type a few letters, choose with the arrow keys, press Return."""

from __future__ import annotations

from collections.abc import Callable

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
        beside = entry.shortcut or entry.beside or tr(KINDS[entry.kind])
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

    def __init__(
        self,
        entries: list[Entry],
        recent: Recent,
        theme: Theme,
        parent: QWidget,
        *,
        asks: str = "",
        more: Callable[[str], list[Entry]] | None = None,
    ) -> None:
        """asks: what the field is for, if not for everything. more: what else a text may stand for."""
        super().__init__(parent)
        self.setWindowTitle(asks or tr("Command palette"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.resize(*SIZE)
        self._entries, self._recent, self._more = entries, recent, more
        asks = asks or tr("An action, a puzzle or a word")
        self.field = QLineEdit()
        self.field.setPlaceholderText(asks)
        self.field.setAccessibleName(asks)
        self.list = _found_list()
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
        for entry in self._found():
            item = QListWidgetItem(entry.title)
            item.setData(ENTRY, entry)
            spoken = (entry.title, entry.detail, entry.beside or tr(KINDS[entry.kind]), entry.shortcut)
            item.setData(Qt.ItemDataRole.AccessibleTextRole, ", ".join(filter(None, spoken)))
            self.list.addItem(item)
        self.list.setCurrentRow(0)
        self.nothing.setVisible(not self.list.count())

    def _found(self) -> list[Entry]:
        """Return what fits; what the text may become comes first where it is that already."""
        text = self.field.text()
        found = ranked(self._entries, text, self._recent.names, MOST)
        more = self._more(text) if self._more is not None and text.strip() else []
        whole = " ".join(text.split())
        return [*(e for e in more if e.title == whole), *found, *(e for e in more if e.title != whole)]

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
        if self._more is not None and event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            item = self.list.currentItem()
            if event.key() == Qt.Key.Key_Tab and item is not None:
                self.field.setText(item.text())  # to go on typing from there
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


def _found_list() -> QListWidget:
    found = QListWidget()
    found.setAccessibleName(tr("Found"))
    found.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    found.setUniformItemSizes(True)
    found.setMouseTracking(True)
    found.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    return found

"""The dictionary: every word of the language, with what it makes of a few probe grids."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from PySide6.QtCore import QAbstractListModel, QPoint, QRect, QSize, QSortFilterProxyModel, Qt
from PySide6.QtGui import QColor, QFont, QPainter
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLineEdit,
    QListView,
    QMenu,
    QPushButton,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from app import dialogs
from app.probes import PROBES, WordEntry
from app.state.saved_programs import SavedPrograms
from app.state.view import ViewOptions
from app.state.workbench import Workbench
from app.translate import mark, tr
from app.widgets.paint import paint_small, to_device_pixels
from app.widgets.parts import label, make_surface, paint_row_background
from app.widgets.puzzle_list import NO_PARENT, Index
from app.widgets.word_card import WordCard
from puzzles.grid import Grid

ROW_HEIGHT = 96
PICTURE, ARROW, GAP = 26, 14, 10
"""Logical pixels of a probe grid's side, the arrow after it, and between two probes."""
KINDS = {
    "learned": mark("learned"),
    "exact": mark("exact"),
    "procedure": mark("procedure"),
    "coined": mark("coined for this puzzle"),
}


class WordList(QAbstractListModel):
    """The words of the language in its own order."""

    ENTRY = Qt.ItemDataRole.UserRole + 1

    def __init__(self) -> None:
        super().__init__()
        self._entries: tuple[WordEntry, ...] = ()

    def show(self, entries: tuple[WordEntry, ...]) -> None:
        """List another vocabulary."""
        self.beginResetModel()
        self._entries = entries
        self.endResetModel()

    def rowCount(self, parent: Index = NO_PARENT) -> int:
        """Return how many words there are."""
        return 0 if parent.isValid() else len(self._entries)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return the title or the entry of a row."""
        if not index.isValid():
            return None
        entry = self._entries[index.row()]
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return f"{entry.given} {entry.title} {_kind(entry)}".strip()
        return entry if role == self.ENTRY else None


def _kind(entry: WordEntry) -> str:
    return tr(KINDS["coined" if entry.code else entry.kind])


class WordDelegate(QStyledItemDelegate):
    """Paints a word: its name and kind, its meaning, and the probe grids before and after."""

    def __init__(self, view: ViewOptions) -> None:
        super().__init__()
        self._view = view

    def sizeHint(self, _option: QStyleOptionViewItem, _index: Index) -> QSize:
        """Return the height of a row."""
        return QSize(0, ROW_HEIGHT)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Paint one row."""
        entry = index.data(WordList.ENTRY)
        if not isinstance(entry, WordEntry):
            return
        theme = self._view.theme
        rect: QRect = option.rect.adjusted(4, 2, -4, -2)
        state: QStyle.StateFlag = option.state
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        paint_row_background(painter, rect, state, theme)
        self._paint_text(painter, rect, entry)
        left = rect.left() + 10
        top = rect.bottom() - PICTURE - 9
        for before, after in zip(PROBES, entry.results, strict=True):
            self._picture(painter, before, QRect(left, top, PICTURE, PICTURE))
            painter.setPen(QColor(theme.muted))
            painter.drawText(QRect(left + PICTURE, top, ARROW, PICTURE), Qt.AlignmentFlag.AlignCenter, "→")
            self._picture(painter, after, QRect(left + PICTURE + ARROW, top, PICTURE, PICTURE))
            left += 2 * PICTURE + ARROW + GAP
        painter.restore()

    def _paint_text(self, painter: QPainter, rect: QRect, entry: WordEntry) -> None:
        theme = self._view.theme
        name, kind = entry.given or entry.name, _kind(entry)
        line = QRect(rect.left() + 10, rect.top() + 9, rect.width() - 20, 22)
        normal = QFont(painter.font())
        bold = QFont(normal)
        bold.setBold(True)
        painter.setFont(bold)
        painter.setPen(QColor(theme.text))
        painter.drawText(line, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, name)
        used = painter.fontMetrics().horizontalAdvance(name)
        painter.setFont(normal)
        painter.setPen(QColor(theme.muted))
        painter.drawText(line, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, kind)
        room = line.adjusted(used + 8, 0, -painter.fontMetrics().horizontalAdvance(kind) - 8, 0)
        meaning = f"≈ {entry.meaning}" if entry.meaning else ""
        if entry.given:
            meaning = f"{entry.name} {meaning}".strip()
        text = painter.fontMetrics().elidedText(meaning, Qt.TextElideMode.ElideRight, room.width())
        painter.drawText(room, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, text)

    def _picture(self, painter: QPainter, grid: Grid, box: QRect) -> None:
        painter.save()
        painter.translate(box.topLeft())
        side = int(box.width() * to_device_pixels(painter))
        paint_small(painter, grid, side, self._view.look.palette)
        painter.restore()


class Dictionary(QWidget):
    """Search the words, see what each is and where it is used, and put one into the program."""

    def __init__(self, bench: Workbench, programs: SavedPrograms) -> None:
        super().__init__()
        make_surface(self, "panel")
        self._bench = bench
        self._programs = programs
        self._model = WordList()
        self._filtered = QSortFilterProxyModel()
        self._filtered.setSourceModel(self._model)
        self._filtered.setFilterCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        self._build()
        self._connect()
        self._on_vocabulary()

    def _build(self) -> None:
        self.search = QLineEdit()
        self.search.setPlaceholderText(tr("Search words"))
        self.search.setAccessibleName(tr("Search words"))
        self.search.setClearButtonEnabled(True)
        self.message = label("", "muted", wrap=True)
        self.list = QListView()
        self.list.setAccessibleName(tr("Words"))
        self.list.setModel(self._filtered)
        self._delegate = WordDelegate(self._bench.view)
        self.list.setItemDelegate(self._delegate)
        self.list.setMouseTracking(True)
        self.list.setUniformItemSizes(True)
        self.list.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.list.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.insert = QPushButton(tr("Insert"))
        self.insert.setToolTip(tr("Add the word after the step shown (double-click, Return)"))
        self.replace = QPushButton(tr("Replace"))
        self.replace.setToolTip(tr("Use the word in place of the step shown"))
        self.name = QPushButton(tr("Name…"))
        self.name.setToolTip(tr("Give the learned word a name of your own"))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(14, 8, 8, 10)
        layout.setSpacing(8)
        layout.addWidget(self.search)
        layout.addWidget(self.message)
        layout.addWidget(self.list, 1)
        self.card = WordCard()
        layout.addWidget(self.card)
        buttons = QHBoxLayout()
        buttons.addWidget(self.insert)
        buttons.addWidget(self.replace)
        buttons.addWidget(self.name)
        layout.addLayout(buttons)

    def _connect(self) -> None:
        bench = self._bench
        self.search.textChanged.connect(lambda text: self._filtered.setFilterFixedString(text.strip()))
        self.list.activated.connect(self._on_insert)
        self.list.customContextMenuRequested.connect(self._offer)
        self.list.selectionModel().currentChanged.connect(self.refresh)
        self.list.selectionModel().currentChanged.connect(self._describe)
        self._programs.changed.connect(self._describe)
        self.insert.clicked.connect(self._on_insert)
        self.replace.clicked.connect(self._on_replace)
        self.name.clicked.connect(self._on_name)
        bench.vocabulary_changed.connect(self._on_vocabulary)
        bench.run.changed.connect(self.refresh)
        bench.timeline.moved.connect(self.refresh)
        bench.document.opened.connect(self.refresh)
        bench.view.changed.connect(self.list.viewport().update)

    @property
    def chosen(self) -> WordEntry | None:
        """The word selected."""
        entry = self.list.currentIndex().data(WordList.ENTRY)
        return entry if isinstance(entry, WordEntry) else None

    def choose(self, name: str) -> None:
        """Select the word called `name`, as if it were clicked."""
        for row in range(self._filtered.rowCount()):
            index = self._filtered.index(row, 0)
            if index.data(WordList.ENTRY).name == name:
                self.list.setCurrentIndex(index)

    def refresh(self) -> None:
        """Enable what can be done with the word selected."""
        self.name.setEnabled(self.chosen is not None and self.chosen.kind == "learned")
        ready = self.chosen is not None and self._bench.can_edit_program
        self.insert.setEnabled(ready)
        self.replace.setEnabled(ready and self._bench.timeline.position > 0)

    def _describe(self) -> None:
        """Say what is known of the word selected."""
        entry = self.chosen
        files: tuple[Path, ...] = ()
        if entry is not None:
            files = self._programs.using(entry.name, entry.fingerprint, entry.kind == "learned")
        self.card.show_word(entry, files)

    def _offer(self, at: QPoint) -> None:
        """Offer wishes about the word under the mouse, or the one selected."""
        entry = self.list.indexAt(at).data(WordList.ENTRY)
        if isinstance(entry, WordEntry) and not entry.code:
            self.wish_menu(entry).popup(self.list.viewport().mapToGlobal(at))

    def wish_menu(self, entry: WordEntry) -> QMenu:
        """Return the menu of the right button on a word; it is gone when it closes."""
        wishes, menu = self._bench.wishes, QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.addAction(tr("Search without this word"), lambda: wishes.forbid(entry.name))
        menu.addAction(tr("Search with this word"), lambda: wishes.demand(entry.name))
        return menu

    def _on_insert(self) -> None:
        entry = self.chosen
        if entry is not None:
            self._bench.insert_word(entry)

    def _on_replace(self) -> None:
        entry = self.chosen
        if entry is not None:
            self._bench.replace_word(entry)

    def _on_name(self) -> None:
        entry = self.chosen
        if entry is None:
            return
        name = dialogs.ask_name(self, entry.title, entry.given)
        if name is not None:
            self._bench.name_word(entry, name)

    def _on_vocabulary(self) -> None:
        chosen = self.chosen
        self._model.show(self._bench.vocabulary)
        if chosen is not None:
            self.choose(chosen.name)
        if self._bench.vocabulary_error:
            text = tr("The language could not be loaded.") + f"\n\n{self._bench.vocabulary_error}"
        else:
            text = "" if self._bench.vocabulary else tr("Loading the language…")
        self.message.setText(text)
        self.message.setVisible(bool(text))
        self.refresh()
        self._describe()

"""The browser: collections of puzzles, each with a small picture, searched and filtered."""

from __future__ import annotations

import random
from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import QEvent, QModelIndex, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QComboBox,
    QHBoxLayout,
    QLineEdit,
    QListView,
    QMenu,
    QStackedWidget,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from app import dialogs
from app.plain import plain_tip
from app.settings import Settings
from app.state.filters import Filter
from app.state.shelf import Shelf
from app.state.solved import Solved
from app.state.view import ViewOptions
from app.translate import counted, tr
from app.widgets.empty_list import EmptyList, reason
from app.widgets.filter_bar import FilterBar
from app.widgets.parts import IconButton, label, make_surface
from app.widgets.puzzle_list import FilteredPuzzles, PuzzleDelegate, PuzzleList, PuzzleView
from puzzles.collections import COLLECTIONS, MINE, Collection, Refused, data_version
from puzzles.grid import PuzzleError
from puzzles.puzzle import Puzzle


class Browser(QWidget):
    """Choose a collection, search and filter it, and open puzzles from it."""

    chosen = Signal(object, object)
    """`Puzzle`, and the path of its file or None"""
    settled = Signal()
    """A search has ended in a puzzle: the keys belong to the board again."""
    told = Signal(str)
    """What was passed over in the descriptions of a collection."""
    folder_asked = Signal()
    kaggle_asked = Signal()

    def __init__(self, view: ViewOptions, solved: Solved, shelf: Shelf, settings: Settings) -> None:
        super().__init__()
        make_surface(self, "panel")
        self._settings = settings
        self._view = view
        self._solved = solved
        self._shelf = shelf
        self._model = PuzzleList(solved)
        self._filtered = FilteredPuzzles(self._model, solved)
        self._make_controls()
        self._make_list()
        self._arrange()
        self._connect()
        self._on_shelf()
        stored = settings.text("browser/collection", "")
        self.show_collection(stored if stored in shelf.titles else next(iter(COLLECTIONS)), quiet=True)

    def _make_controls(self) -> None:
        theme = self._view.theme
        self.collections = QComboBox()
        self.collections.setAccessibleName(tr("Collection"))
        self.collections.setMinimumContentsLength(10)
        self.folders = IconButton("folder", tr("Folders and Kaggle files"), theme)
        self.folders.setMenu(self._folder_menu())
        self.folders.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.search = QLineEdit()
        self.search.setPlaceholderText(tr("Search ids and descriptions"))
        self.search.setAccessibleName(tr("Search ids and descriptions"))
        self.search.setClearButtonEnabled(True)
        self.filter_button = IconButton("filter", tr("Filter by size, colours and who solved it"), theme)
        self.filter_button.setCheckable(True)
        self.filters = FilterBar()
        self.filters.hide()
        self.count = label("", "muted")
        self.previous = IconButton("previous", tr("Previous puzzle"), theme, "Ctrl+PgUp")
        self.next = IconButton("next", tr("Next puzzle"), theme, "Ctrl+PgDown")
        self.random = IconButton("random", tr("A random puzzle"), theme, "Ctrl+R")

    def _folder_menu(self) -> QMenu:
        menu = QMenu(self)
        menu.addAction(tr("Add a &folder of tasks…"), self.folder_asked.emit)
        menu.addAction(tr("Add a &Kaggle challenges file…"), self.kaggle_asked.emit)
        self._forget = menu.addAction(tr("&Take this one off the list"), self._on_forget)
        return menu

    def _make_list(self) -> None:
        self.list = PuzzleView()
        self.list.setAccessibleName(tr("Puzzles"))
        self.list.setModel(self._filtered)
        self._delegate = PuzzleDelegate(self._view, self._solved)
        self.list.setItemDelegate(self._delegate)
        self.list.setUniformItemSizes(True)
        self.list.setMouseTracking(True)
        self.list.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.empty = EmptyList()
        self._stack = QStackedWidget()
        self._stack.addWidget(self.list)
        self._stack.addWidget(self.empty)

    def _arrange(self) -> None:
        layout = QVBoxLayout(self)
        layout.setContentsMargins(14, 8, 8, 10)
        layout.setSpacing(8)
        top = QVBoxLayout()
        top.setContentsMargins(0, 0, 6, 0)
        top.setSpacing(8)
        for field, button in ((self.collections, self.folders), (self.search, self.filter_button)):
            line = QHBoxLayout()
            line.setSpacing(4)
            line.addWidget(field, 1)
            line.addWidget(button)
            top.addLayout(line)
        top.addWidget(self.filters)
        layout.addLayout(top)
        layout.addWidget(self._stack, 1)
        bottom = QHBoxLayout()
        bottom.addWidget(self.count, 1)
        for button in (self.previous, self.next, self.random):
            bottom.addWidget(button)
        layout.addLayout(bottom)

    def _connect(self) -> None:
        self.collections.currentIndexChanged.connect(
            lambda: self.show_collection(self.collections.currentData())
        )
        self.search.textChanged.connect(self._refilter)
        self.search.returnPressed.connect(self._open_found)
        self.search.installEventFilter(self)
        self.filter_button.toggled.connect(self._on_filter_button)
        self.filters.changed.connect(self._refilter)
        self.list.selectionModel().currentChanged.connect(self._on_current)
        self.list.activated.connect(self._on_current)
        self.list.clicked.connect(self._on_clicked)
        self.previous.clicked.connect(lambda: self.step(-1))
        self.next.clicked.connect(lambda: self.step(1))
        self.random.clicked.connect(self.open_random)
        self._view.changed.connect(self._on_view)
        self._solved.changed.connect(self.list.viewport().update)
        self._shelf.changed.connect(self._on_shelf)

    def step(self, by: int) -> None:
        """Open the puzzle `by` rows further down."""
        current = self.list.currentIndex()
        row = current.row() + by if current.isValid() else 0
        self._open_row(max(0, min(self._filtered.rowCount() - 1, row)))

    def open_random(self) -> None:
        """Open any puzzle of those listed."""
        if self._filtered.rowCount():
            self._open_row(random.randrange(self._filtered.rowCount()))

    def open_id(self, key: str, puzzle_id: str) -> None:
        """Open a puzzle of a collection and show where it stands, whatever was searched for."""
        self.search.clear()
        self.filter_button.setChecked(False)
        self.show_collection(key)
        row = self._model.row_of(puzzle_id)
        if self.collections.currentData() == key and row is not None:
            self._open_row(self._filtered.mapFromSource(self._model.index(row, 0)).row())
            self.settled.emit()

    def listed(self, most: int) -> tuple[Puzzle, ...]:
        """Return the puzzles listed, the first `most` of them, past entries that are none."""
        rows = range(min(most, self._filtered.rowCount()))
        found = (self._filtered.index(row, 0).data(PuzzleList.PUZZLE) for row in rows)
        return tuple(puzzle for puzzle in found if isinstance(puzzle, Puzzle))

    def mark(self, puzzle: Puzzle) -> None:
        """Show where a puzzle that is open stands, if its collection is the one listed."""
        if self.collections.currentData() == puzzle.source:
            self.list.mark(puzzle.name)

    def clear_selection(self) -> None:
        """Select nothing, because what is open came from elsewhere."""
        self.list.clear_current()

    def show_collection(self, key: str, quiet: bool = False) -> None:
        """List a collection of the shelf; say why it cannot be read, or take the first one if `quiet`."""
        try:
            found = self._shelf.get(key)
        except PuzzleError as error:
            if not quiet:
                dialogs.show_error(self, tr("This collection cannot be opened"), str(error))
            key = self._settings.text("browser/collection", "") if not quiet else ""
            key = key if key in COLLECTIONS else next(iter(COLLECTIONS))
            found = self._shelf.get(key)
        self._select_collection(key)
        self._forget.setEnabled(key not in self._shelf.builtin)
        self._model.show(found)
        self._settings.set("browser/collection", key)
        self._recount()
        self.collections.setToolTip(_version_text(key))
        if found.told.problems:
            self.told.emit("; ".join(found.told.problems))

    def _on_shelf(self) -> None:
        key = self.collections.currentData()
        blocked = self.collections.blockSignals(True)
        self.collections.clear()
        for name, title in self._shelf.titles.items():
            self.collections.addItem(title, name)
            tip = _version_text(name)
            self.collections.setItemData(self.collections.count() - 1, tip, Qt.ItemDataRole.ToolTipRole)
        self.collections.blockSignals(blocked)
        self._select_collection(key)
        if key == MINE:  # it may have one puzzle more, or another state of one
            self.list.keep_current(lambda: self._model.show(self._shelf.get(MINE)))
            self._recount()

    def _select_collection(self, key: str) -> None:
        blocked = self.collections.blockSignals(True)
        self.collections.setCurrentIndex(max(0, self.collections.findData(key)))
        self.collections.blockSignals(blocked)

    def _on_forget(self) -> None:
        key = self.collections.currentData()
        self.show_collection(next(iter(COLLECTIONS)))
        self._shelf.remove(key)

    def _on_filter_button(self, shown: bool) -> None:
        self.filters.setVisible(shown)
        if not shown:
            self.filters.clear()

    def _refilter(self) -> None:
        """List what is searched for; nothing is opened by that."""
        self.list.keep_current(lambda: self._filtered.apply(self.filters.chosen(self.search.text())))
        self._recount()

    def _recount(self) -> None:
        number = self._filtered.rowCount()
        self.count.setText(counted(number, "{n} puzzle", "{n} puzzles") if number else tr("no puzzle"))
        if not number:
            self._say_why_empty()
        self._stack.setCurrentWidget(self.list if number else self.empty)

    def _say_why_empty(self) -> None:
        """Say why nothing is listed, and offer where else the id is."""
        text, key = self.search.text(), self.collections.currentData()
        by_name, titles = Filter(text), self._shelf.titles
        shown = self._shelf.get(key)
        hidden = sum(_is_found(by_name, shown, puzzle_id) for puzzle_id in shown.ids)
        ways: list[tuple[str, Callable[[], object]]] = []
        if self.filters.chosen("") != Filter():
            ways.append((tr("Clear the filters"), self.filters.clear))
        if text.strip() and not hidden:
            for other, count in self._shelf.elsewhere(partial(_is_found, by_name), key).items():
                found = counted(
                    count, "{n} found in {collection}", "{n} found in {collection}", collection=titles[other]
                )
                ways.append((found, partial(self.show_collection, other)))
        self.empty.show_reason(reason(text, titles[key], hidden), ways)

    def _open_found(self) -> None:
        """Open the first puzzle that was found."""
        self._open_row(0)
        if self._filtered.rowCount():
            self.settled.emit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Go from the search field down into the list."""
        if (
            event.type() == QEvent.Type.KeyPress
            and isinstance(event, QKeyEvent)
            and event.key() == Qt.Key.Key_Down
            and self._filtered.rowCount()
        ):
            self.list.setFocus()
            return True
        return super().eventFilter(watched, event)

    def _open_row(self, row: int) -> None:
        index = self._filtered.index(row, 0)
        if index.isValid():
            self.list.setCurrentIndex(index)
            self.list.scrollTo(index)

    def _on_current(self, index: QModelIndex) -> None:
        puzzle = index.data(PuzzleList.PUZZLE)
        if isinstance(puzzle, Puzzle):
            key = self.collections.currentData()
            self.chosen.emit(puzzle, self._shelf.path_of(key, str(index.data())))

    def _on_clicked(self, index: QModelIndex) -> None:
        refused = index.data(PuzzleList.PUZZLE)
        if isinstance(refused, Refused):
            dialogs.show_error(self, tr("This puzzle cannot be opened"), refused.reason)

    def _on_view(self) -> None:
        for button in (self.previous, self.next, self.random, self.folders, self.filter_button):
            button.set_theme(self._view.theme)
        self.list.viewport().update()


def _is_found(wanted: Filter, shown: Collection, puzzle_id: str) -> bool:
    """Whether a puzzle's id has the words searched for, or together with what is said about it."""
    if wanted.accepts_name(puzzle_id):
        return True
    return shown.has_texts and wanted.accepts_name(puzzle_id, shown.about(puzzle_id))


def _version_text(key: str) -> str:
    """Say which state of the published data a collection has; of a folder or file, where it lies."""
    version = data_version(key)
    if version:
        return tr("The published data at commit {version}", version=version)
    return plain_tip(key) if Path(key).is_absolute() else ""

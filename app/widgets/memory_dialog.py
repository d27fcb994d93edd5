"""The programs that explained earlier puzzles: open, rename and forget them."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QDateTime, QLocale, QSize, Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QAbstractItemView,
    QDialog,
    QHBoxLayout,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from app import dialogs
from app.plain import plain_tip
from app.state.workbench import Workbench
from app.translate import mark, tr
from app.widgets.parts import label
from solver.words.errors import UsageError

if TYPE_CHECKING:
    from solver.search.memory import Entry, Memory

SIZE = (560, 420)
ROW_HEIGHT = 52
ABOUT = mark("Programs that explained a puzzle. A search tries those of similar puzzles first.")
EMPTY = mark("None yet. A program is remembered once a search finds one that explains every demonstration.")


class MemoryDialog(QDialog):
    """A list, newest first; Return or a double click opens a program with its puzzle."""

    open_asked = Signal(object)
    """`Entry`"""

    def __init__(self, memory: Memory, bench: Workbench, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle(tr("Remembered programs"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.resize(*SIZE)
        self._memory, self._bench = memory, bench
        self._entries: list[Entry] = []
        self.list = QListWidget()
        self.list.setAccessibleName(tr("Remembered programs"))
        self.list.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.empty = label(tr(EMPTY), "muted", wrap=True)
        self.open_ = QPushButton(tr("Open"))
        self.open_.setObjectName("primary")
        self.rename = QPushButton(tr("Rename…"))
        self.forget = QPushButton(tr("Forget"))
        self.close_ = QPushButton(tr("Close"))
        self._arrange()
        self._connect()
        self.refresh()

    def _arrange(self) -> None:
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 16, 16, 16)
        layout.setSpacing(12)
        layout.addWidget(label(tr(ABOUT), "muted", wrap=True))
        layout.addWidget(self.list, 1)
        layout.addWidget(self.empty, 1, Qt.AlignmentFlag.AlignTop)
        buttons = QHBoxLayout()
        buttons.addWidget(self.rename)
        buttons.addWidget(self.forget)
        buttons.addStretch(1)
        buttons.addWidget(self.close_)
        buttons.addWidget(self.open_)
        layout.addLayout(buttons)

    def _connect(self) -> None:
        self.list.itemActivated.connect(lambda _item: self._on_open())
        self.list.itemSelectionChanged.connect(self._enable)
        self.open_.clicked.connect(self._on_open)
        self.rename.clicked.connect(self._on_rename)
        self.forget.clicked.connect(self._on_forget)
        self.close_.clicked.connect(self.reject)
        QShortcut(QKeySequence("F2"), self.list, self._on_rename)
        QShortcut(QKeySequence("Del"), self.list, self._on_forget)

    @property
    def chosen(self) -> list[Entry]:
        """The entries selected, in the order of the list."""
        return [self._entries[row] for row in sorted(index.row() for index in self.list.selectedIndexes())]

    def refresh(self) -> None:
        """List the entries as they are on the disk now."""
        self._entries = self._memory.entries()
        self.list.clear()
        for entry in self._entries:
            words = "  →  ".join(self._bench.title_of(step) for step in entry.program.steps)
            item = QListWidgetItem(f"{entry.name}\n{words}")
            item.setSizeHint(QSize(0, ROW_HEIGHT))
            item.setToolTip(plain_tip(f"{words}\n{_when(entry.solved_at)}"))
            self.list.addItem(item)
        self.list.setVisible(bool(self._entries))
        self.empty.setVisible(not self._entries)
        if self._entries:
            self.list.setCurrentRow(0)
        self._enable()

    def _enable(self) -> None:
        count = len(self.list.selectedIndexes())
        self.open_.setEnabled(count == 1)
        self.rename.setEnabled(count == 1)
        self.forget.setEnabled(count > 0)

    def _on_open(self) -> None:
        chosen = self.chosen
        if len(chosen) == 1:
            self.accept()
            self.open_asked.emit(chosen[0])

    def _on_rename(self) -> None:
        chosen = self.chosen
        if len(chosen) == 1:
            name = dialogs.ask_program_name(self, chosen[0].name)
            if name is not None:
                self._change(lambda: self._memory.rename(chosen[0].id, name))

    def _on_forget(self) -> None:
        chosen = self.chosen
        self._change(lambda: [self._memory.forget(entry.id) for entry in chosen])

    def _change(self, change: Callable[[], object]) -> None:
        try:
            change()
        except (UsageError, OSError) as error:  # another window may have forgotten it meanwhile
            dialogs.show_error(self, self.windowTitle(), str(error))
        self.refresh()


def _when(moment: str) -> str:
    """Write a date and time as they are written here; the ISO text where it is none."""
    at = QDateTime.fromString(moment, Qt.DateFormat.ISODate)
    return QLocale().toString(at.toLocalTime(), QLocale.FormatType.ShortFormat) if at.isValid() else moment

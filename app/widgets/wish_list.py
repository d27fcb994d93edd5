"""What the next search is to do: words left out or used, marked objects; a button takes each wish back."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QToolButton, QVBoxLayout, QWidget

from app.plain import plain_tip
from app.state.workbench import Workbench
from app.translate import counted, tr
from app.widgets.parts import label


class WishList(QWidget):
    """A line for each word, and one for the marks; hidden where there is none."""

    def __init__(self, bench: Workbench) -> None:
        super().__init__()
        self._bench = bench
        self.lines: list[tuple[str, QToolButton]] = []
        """What stands on every line, and its button."""
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setSpacing(3)
        bench.wishes.changed.connect(self.refresh)
        bench.marked.changed.connect(self.refresh)
        bench.vocabulary_changed.connect(self.refresh)
        self.refresh()

    def refresh(self) -> None:
        """Show the wishes there are now."""
        while self._layout.count():
            item = self._layout.takeAt(0)
            widget = item.widget() if item is not None else None
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        wishes, title = self._bench.wishes, self._bench.title_of_word
        self.lines = []
        for word in wishes.forbidden:
            self._add(tr("without {word}", word=title(word)), partial(wishes.drop, word))
        for word in wishes.demanded:
            self._add(tr("with {word}", word=title(word)), partial(wishes.drop, word))
        if count := len(self._bench.marked.marks):
            text = counted(
                count,
                "first rules that pick what is marked in {n} input",
                "first rules that pick what is marked in {n} inputs",
            )
            self._add(text, self._bench.marked.clear)
        self.setVisible(bool(self.lines))

    def _add(self, text: str, take_back: Callable[[], None]) -> None:
        says = label(text, "muted")
        says.setToolTip(plain_tip(text))
        says.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        drop = QToolButton()
        drop.setText("×")
        drop.setObjectName("small")
        drop.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        drop.setToolTip(plain_tip(tr("No longer: {wish}", wish=text)))
        drop.setAccessibleName(tr("No longer: {wish}", wish=text))
        drop.clicked.connect(lambda _checked=False: take_back())
        line = QWidget()
        row = QHBoxLayout(line)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(says, 1)
        row.addWidget(drop)
        self._layout.addWidget(line)
        self.lines.append((text, drop))

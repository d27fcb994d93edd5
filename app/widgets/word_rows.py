"""The rows of the dictionary: a word's name, its kind, and small pictures of it before and after."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QAbstractListModel, QRect, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from app.probes import WordEntry
from app.state.examples import Example, Examples
from app.state.view import ViewOptions
from app.texts_of_words import GROUPS, family_title
from app.translate import tr
from app.widgets.paint import paint_small, to_device_pixels
from app.widgets.parts import paint_row_background
from app.widgets.puzzle_list import NO_PARENT, Index
from puzzles.grid import Grid

ROW_HEIGHT = 96
PICTURE, ARROW, GAP = 26, 14, 10
"""Logical pixels of a probe grid's side, the arrow after it, and between two probes."""
PIECE, BETWEEN = 18, 3
"""The same of one piece of several, and between two."""


def kind_of(entry: WordEntry) -> str:
    """Return what stands at the right of a word: its family, or that it is learned."""
    if entry.steps is not None:
        return tr("named by you")
    if entry.code:
        return tr("coined for this puzzle")
    return tr(family_title(entry.group, entry.family)) if entry.family else tr("learned")


def said_of(entry: WordEntry) -> str:
    """Return what is searched besides a word's name."""
    return f"{tr(GROUPS[entry.group])} {kind_of(entry)}"


class WordList(QAbstractListModel):
    """The words that were found, in their order."""

    ENTRY = Qt.ItemDataRole.UserRole + 1

    def __init__(self) -> None:
        super().__init__()
        self.entries: tuple[WordEntry, ...] = ()

    def show(self, entries: Sequence[WordEntry]) -> None:
        """List other words."""
        self.beginResetModel()
        self.entries = tuple(entries)
        self.endResetModel()

    def rowCount(self, parent: Index = NO_PARENT) -> int:
        """Return how many words there are."""
        return 0 if parent.isValid() else len(self.entries)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return the title or the entry of a row."""
        if not index.isValid():
            return None
        entry = self.entries[index.row()]
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return f"{entry.given} {entry.title} {kind_of(entry)}".strip()
        return entry if role == self.ENTRY else None


class WordDelegate(QStyledItemDelegate):
    """Paints a word: its name and family, its meaning, and grids before and after."""

    def __init__(self, view: ViewOptions, examples: Examples) -> None:
        super().__init__()
        self._view = view
        self._examples = examples

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
        self._paint_examples(painter, rect, self._examples.of(entry))
        painter.restore()

    def _paint_text(self, painter: QPainter, rect: QRect, entry: WordEntry) -> None:
        theme = self._view.theme
        name, kind = entry.given or entry.name, kind_of(entry)
        line = QRect(rect.left() + 10, rect.top() + 9, rect.width() - 20, 22)
        left = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        normal = QFont(painter.font())
        bold = QFont(normal)
        bold.setBold(True)
        painter.setPen(QColor(theme.muted))
        painter.drawText(line, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, kind)
        line.setRight(line.right() - painter.fontMetrics().horizontalAdvance(kind) - 8)
        painter.setFont(bold)
        painter.setPen(QColor(theme.text))
        name, rest = _first_line(name, painter.fontMetrics(), line.width())
        painter.drawText(line, left, name)
        if rest:
            below = QRect(line.left(), line.bottom() - 1, rect.width() - 20, line.height())
            rest = painter.fontMetrics().elidedText(rest, Qt.TextElideMode.ElideRight, below.width())
            painter.drawText(below, left, rest)
        used = painter.fontMetrics().horizontalAdvance(name)
        painter.setFont(normal)
        painter.setPen(QColor(theme.muted))
        room = line.adjusted(used + 8, 0, 0, 0)
        meaning = f"≈ {entry.meaning}" if entry.meaning else ""
        if entry.given:
            meaning = f"{entry.name} {meaning}".strip()
        text = painter.fontMetrics().elidedText(meaning, Qt.TextElideMode.ElideRight, room.width())
        painter.drawText(room, left, text)

    def _paint_examples(self, painter: QPainter, rect: QRect, examples: tuple[Example, ...] | None) -> None:
        top = rect.bottom() - PICTURE - 9
        left = rect.left() + 10
        painter.setPen(QColor(self._view.theme.muted))
        if not examples:
            text = "…" if examples is None else tr("does nothing on these small grids")
            box = QRect(left, top, rect.width() - 20, PICTURE)
            painter.drawText(box, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, text)
            return
        for example in examples:
            width = _width(example)
            if left + width > rect.right() - 4:
                return
            self._paint_example(painter, example, left, top)
            left += width + GAP

    def _paint_example(self, painter: QPainter, example: Example, left: int, top: int) -> None:
        self._picture(painter, example.before, QRect(left, top, PICTURE, PICTURE))
        painter.setPen(QColor(self._view.theme.muted))
        middle = Qt.AlignmentFlag.AlignCenter
        painter.drawText(QRect(left + PICTURE, top, ARROW, PICTURE), middle, "→")
        left += PICTURE + ARROW
        if len(example.after) == 1:
            self._picture(painter, example.after[0], QRect(left, top, PICTURE, PICTURE))
            return
        for piece in example.after:
            box = QRect(left, top + (PICTURE - PIECE) // 2, PIECE, PIECE)
            self._picture(painter, piece, box)
            left += PIECE + BETWEEN
        if example.more:
            painter.drawText(QRect(left, top, ARROW, PICTURE), middle, "…")

    def _picture(self, painter: QPainter, grid: Grid, box: QRect) -> None:
        painter.save()
        painter.translate(box.topLeft())
        side = int(box.width() * to_device_pixels(painter))
        paint_small(painter, grid, side, self._view.look.palette)
        painter.restore()


def _first_line(name: str, metrics: QFontMetrics, room: int) -> tuple[str, str]:
    """Part a name where a line is full: as many words as have room, at least one, and the rest."""
    words = name.split(" ")
    count = len(words)
    while count > 1 and metrics.horizontalAdvance(" ".join(words[:count])) > room:
        count -= 1
    first = metrics.elidedText(" ".join(words[:count]), Qt.TextElideMode.ElideRight, room)
    return first, " ".join(words[count:])


def _width(example: Example) -> int:
    """Return the logical pixels an example takes."""
    many = len(example.after)
    after = PICTURE if many == 1 else many * (PIECE + BETWEEN) + (ARROW if example.more else 0)
    return PICTURE + ARROW + after

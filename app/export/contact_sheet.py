"""Many puzzles on one picture, or on the pages of a document: a card each, all cards alike."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property, partial

from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter

from app.export.devices import Paint, Size, as_pdf, as_png, as_svg
from app.export.picture import (
    UNKNOWN_SIDE,
    WITHOUT_PROGRAM,
    PictureOptions,
    paint_target,
    pair_at,
    rows_of,
    shown_output,
    text_font,
)
from app.state.draft import Part
from app.theme import GridLook, Theme
from app.translate import tr
from app.widgets.paint import grid_extent, paint_grid
from puzzles.puzzle import Pair, Puzzle
from puzzles.terminal import printable
from solver.words.program import ProgramError

CARD = (352, 196)
"""Pixels of a card; all of a sheet are higher where a puzzle has grids with more rows than that."""
MARGIN, CARD_GAP, PADDING = 28, 14, 10
TITLE_TEXT, LABEL_TEXT, TITLE, LABEL = 13, 10, 22, 14
"""Pixels of letters, and of the lines they stand in."""
PAIR_GAP, BETWEEN = 8, 5
"""Pixels from pair to pair, and from an input to the output below it."""
LARGEST_CELL = 14
PAGE_COLUMNS, PAGE_ROWS = 3, 7
"""Cards of a page, which is as high as a sheet of paper is."""
MOST_COLUMNS = 12
MOST_PUZZLES = 1500
"""More make no sheet that a person looks at; the largest published set has a thousand."""


@dataclass(frozen=True)
class ContactSheet:
    """What is on the sheet, in which order, and how it looks."""

    title: str
    puzzles: tuple[Puzzle, ...]
    look: GridLook
    theme: Theme
    options: PictureOptions = WITHOUT_PROGRAM

    def __post_init__(self) -> None:
        if not 1 <= len(self.puzzles) <= MOST_PUZZLES:
            raise ProgramError(
                tr(
                    "{title}: a sheet of {count} puzzles, expected 1 to {most}",
                    title=printable(self.title),
                    count=len(self.puzzles),
                    most=MOST_PUZZLES,
                )
            )

    @cached_property
    def card(self) -> Size:
        """Pixels of a card: higher than `CARD` where the smallest cells of a puzzle need it."""
        options = self.options
        beside = 2 * PADDING + TITLE * options.name + LABEL * options.labels + BETWEEN + 2
        tallest = max(
            pair.input.shape[0] + _output_shape(pair, part, options)[0]
            for puzzle in self.puzzles
            for part, pair in ((part, pair_at(puzzle, part, index)) for part, index in rows_of(puzzle))
        )
        return CARD[0], max(CARD[1], beside + tallest)


def sheet_png(sheet: ContactSheet) -> bytes:
    """Return all cards on one PNG picture; raise `ProgramError` where it would be too large."""
    size, paint = _whole(sheet)
    return as_png(size, paint, printable(sheet.title))


def sheet_svg(sheet: ContactSheet) -> bytes:
    """Return all cards on one SVG drawing."""
    size, paint = _whole(sheet)
    return as_svg(size, paint, sheet.title)


def sheet_pdf(sheet: ContactSheet) -> bytes:
    """Return the cards as a PDF document, as many on a page as there is room for."""
    pages = pages_of(sheet)
    return as_pdf(
        _size(sheet, PAGE_COLUMNS, PAGE_ROWS),
        [_painter(sheet, page, PAGE_COLUMNS) for page in pages],
        sheet.title,
    )


def first_page_png(sheet: ContactSheet) -> bytes:
    """Return the first page of the document as a PNG picture, to look at before it is written."""
    size = _size(sheet, PAGE_COLUMNS, PAGE_ROWS)
    return as_png(size, _painter(sheet, pages_of(sheet)[0], PAGE_COLUMNS), printable(sheet.title))


SHEETS = {"pdf": sheet_pdf, "png": sheet_png, "svg": sheet_svg}
"""The formats a sheet is written in, by the keys of `FORMATS`."""


def pages_of(sheet: ContactSheet) -> list[tuple[Puzzle, ...]]:
    """Return the puzzles of every page."""
    most = PAGE_COLUMNS * PAGE_ROWS
    return [sheet.puzzles[first : first + most] for first in range(0, len(sheet.puzzles), most)]


def _whole(sheet: ContactSheet) -> tuple[Size, Paint]:
    """Return the size and the painter of one picture with every card, about as wide as it is high."""
    count = len(sheet.puzzles)
    wide, high = sheet.card
    columns = min(MOST_COLUMNS, math.ceil(math.sqrt(count * high / wide)))
    return _size(sheet, columns, math.ceil(count / columns)), _painter(sheet, sheet.puzzles, columns)


def _size(sheet: ContactSheet, columns: int, rows: int) -> Size:
    wide, high = sheet.card
    return (
        2 * MARGIN + columns * (wide + CARD_GAP) - CARD_GAP,
        2 * MARGIN + rows * (high + CARD_GAP) - CARD_GAP,
    )


def _painter(sheet: ContactSheet, puzzles: Sequence[Puzzle], columns: int) -> Paint:
    return partial(_paint_cards, sheet, puzzles, columns)


def _paint_cards(sheet: ContactSheet, puzzles: Sequence[Puzzle], columns: int, painter: QPainter) -> None:
    lines = max(math.ceil(len(puzzles) / columns), PAGE_ROWS if columns == PAGE_COLUMNS else 1)
    size, (wide, high) = _size(sheet, columns, lines), sheet.card
    painter.fillRect(QRect(0, 0, *size), QColor(sheet.theme.window))
    for number, puzzle in enumerate(puzzles):
        row, column = divmod(number, columns)
        left, top = MARGIN + column * (wide + CARD_GAP), MARGIN + row * (high + CARD_GAP)
        _paint_card(painter, sheet, puzzle, QRect(left, top, wide, high))


def _paint_card(painter: QPainter, sheet: ContactSheet, puzzle: Puzzle, box: QRect) -> None:
    theme, options = sheet.theme, sheet.options
    painter.fillRect(box, QColor(theme.surface))
    inside = box.adjusted(PADDING, PADDING, -PADDING, -PADDING)
    if options.name:
        painter.setFont(text_font(TITLE_TEXT, bold=True))
        painter.setPen(QColor(theme.text))
        line = QRect(inside.left(), inside.top() - 3, inside.width(), TITLE)
        name = painter.fontMetrics().elidedText(
            printable(puzzle.name), Qt.TextElideMode.ElideMiddle, line.width()
        )
        painter.drawText(line, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, name)
        inside.setTop(inside.top() + TITLE)
    card = CardLayout(puzzle, options, (inside.width(), inside.height()))
    for (part, index), left in zip(card.rows, card.lefts, strict=True):
        row = pair_at(puzzle, part, index), part, index
        _paint_pair(painter, sheet, card, row, inside.topLeft() + QPoint(left, 0))
    if card.left_out:
        painter.setFont(text_font(LABEL_TEXT))
        painter.setPen(QColor(theme.muted))
        text = tr("and {n} more", n=card.left_out)
        painter.drawText(inside, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignBottom, text)


def _paint_pair(
    painter: QPainter, sheet: ContactSheet, card: CardLayout, row: tuple[Pair, Part, int], at: QPoint
) -> None:
    pair, part, index = row
    if sheet.options.labels:
        painter.setFont(text_font(LABEL_TEXT))
        painter.setPen(QColor(sheet.theme.accent if part == "test" else sheet.theme.muted))
        box = QRect(at.x(), at.y(), CARD[0], LABEL)
        painter.drawText(
            box, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop, short_label(part, index)
        )
    paint_grid(painter, at + QPoint(0, card.input_top), pair.input, card.cell, sheet.look)
    target = shown_output(pair, part, sheet.options.expected)
    below = at + QPoint(0, card.output_top)
    paint_target(painter, below, target, cell=card.cell, look=sheet.look, theme=sheet.theme)


def short_label(part: Part, index: int) -> str:
    """Return what a pair is called where there is little room: a demonstration by its number alone."""
    return str(index + 1) if part == "train" else tr("test {n}", n=index + 1)


class CardLayout:
    """Where the pairs of one puzzle stand on its card, side by side, each output below its input.

    room: pixels across and down. The cells are as large as fits; where even the smallest do not, the last
    demonstrations are left out first, then tests.
    """

    def __init__(self, puzzle: Puzzle, options: PictureOptions, room: Size) -> None:
        self.input_top = LABEL if options.labels else 0
        rows = rows_of(puzzle)
        shown = rows
        largest = min(options.cell or LARGEST_CELL, LARGEST_CELL)
        while not (cell := self._cell(puzzle, options, shown, room, largest)) and len(shown) > 1:
            demonstrations = [row for row in shown if row[0] == "train"]
            shown = [row for row in shown if row != (demonstrations[1:] or shown)[-1]]
        self.rows, self.cell, self.left_out = shown, max(1, cell), len(rows) - len(shown)
        self.lefts: list[int] = []
        left = 0
        for part, index in shown:
            self.lefts.append(left)
            left += self._width(puzzle, options, part, index, self.cell) + PAIR_GAP
        tallest = max(pair_at(puzzle, part, index).input.shape[0] for part, index in shown)
        self.output_top = self.input_top + grid_extent(tallest, self.cell) + BETWEEN

    def _cell(
        self, puzzle: Puzzle, options: PictureOptions, rows: list[tuple[Part, int]], room: Size, largest: int
    ) -> int:
        """Return the pixels of the largest cell with which `rows` fit, 0 where none does."""
        pairs = [(pair_at(puzzle, part, index), part) for part, index in rows]
        outputs = [_output_shape(pair, part, options) for pair, part in pairs]
        down = max(pair.input.shape[0] for pair, _ in pairs) + max(shape[0] for shape in outputs)
        for cell in range(largest, 0, -1):
            widths = [self._width(puzzle, options, part, index, cell) for part, index in rows]
            across = sum(widths) + PAIR_GAP * (len(rows) - 1)
            if across <= room[0] and self.input_top + down * cell + BETWEEN + 2 <= room[1]:
                return cell
        return 0

    def _width(self, puzzle: Puzzle, options: PictureOptions, part: Part, index: int, cell: int) -> int:
        pair = pair_at(puzzle, part, index)
        columns = max(pair.input.shape[1], _output_shape(pair, part, options)[1])
        label = QFontMetrics(text_font(LABEL_TEXT)).horizontalAdvance(short_label(part, index))
        return max(grid_extent(columns, cell), label if options.labels else 0)


def _output_shape(pair: Pair, part: Part, options: PictureOptions) -> tuple[int, ...]:
    target = shown_output(pair, part, options.expected)
    return (UNKNOWN_SIDE, UNKNOWN_SIDE) if target is None else target.shape

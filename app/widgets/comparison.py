"""Attempts at the tests of one task beside what was expected, wrong cells crossed out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QLabel, QScrollArea, QVBoxLayout, QWidget

from app.plain import plain_tip
from app.state.scoring import ScoredTest
from app.state.view import ViewOptions
from app.translate import counted, tr
from app.widgets.grid_view import EMPTY_SIDE, MARGIN, GridView
from app.widgets.parts import heading, label, make_surface
from puzzles.grid import Grid, wrong_mask
from puzzles.score import Attempt, is_right

LARGEST_CELL, SMALLEST_CELL = 26, 4
ENDLESS = 2**20
"""Pixels to scroll over."""
COMFORTABLE_CELL, READABLE_CELL = 16, 10
"""From the one on grids stand in a row, larger ones or not; below the other they may be scrolled."""
GAP, SIDE_MARGIN = 18, 20
LINE_HEIGHT = 18
"""Of a caption, and of the line below a grid."""
LONGEST_VERDICT = 36
"""Characters; a tool tip has all of them."""
IN_A_ROW, IN_A_SQUARE = (0, 1, 2, 3), (3, 0, 2, 1)
"""Where input, attempts and expected stand: side by side, or the expected beside the first attempt."""


@dataclass
class _Place:
    """A grid with what stands above and below it."""

    caption: QLabel
    view: GridView
    verdict: QLabel

    @property
    def shape(self) -> tuple[int, int]:
        grid = self.view.grid
        return (EMPTY_SIDE, EMPTY_SIDE) if grid is None else (grid.shape[0], grid.shape[1])


class Comparison(QScrollArea):
    """Every test of a task as a row of four grids, or as a square where their cells are larger so."""

    copy_asked = Signal(object)
    """`Grid`"""

    def __init__(self, view: ViewOptions) -> None:
        super().__init__()
        self._view = view
        self._tests: list[list[_Place]] = []
        self._grids: list[QGridLayout] = []
        self._columns = 0
        make_surface(self, "canvas")
        self.setWidgetResizable(True)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        view.changed.connect(self._dress)
        self.show_text("")

    @property
    def views(self) -> list[GridView]:
        """The grids, test by test: input, both attempts, expected."""
        return [place.view for places in self._tests for place in places]

    @property
    def verdicts(self) -> list[str]:
        """What stands below the grids."""
        return [place.verdict.text() for places in self._tests for place in places]

    def show_text(self, text: str) -> None:
        """Say something in place of grids."""
        page, column = self._begin()
        column.addWidget(label(text, "muted", wrap=True))
        column.addStretch(1)
        self.setWidget(page)

    def show_tests(self, tests: Sequence[ScoredTest]) -> None:
        """Show attempts, wrong cells crossed out, beside what was expected."""
        page, column = self._begin()
        for number, test in enumerate(tests, start=1):
            if len(tests) > 1:
                column.addWidget(heading(tr("test {n}", n=number)))
            grid = QGridLayout()
            grid.setHorizontalSpacing(GAP)
            grid.setVerticalSpacing(2)
            self._tests.append(self._places(number, test))
            self._grids.append(grid)
            column.addLayout(grid)
            column.addSpacing(GAP)
        column.addStretch(1)
        self._columns = 0
        self._fit()  # before it is seen, so that all of it is shown at once
        self.setWidget(page)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fit the grids into the room there is."""
        super().resizeEvent(event)
        self._fit()

    def _begin(self) -> tuple[QWidget, QVBoxLayout]:
        self._tests, self._grids = [], []
        page = QWidget()
        make_surface(page, "canvas")
        column = QVBoxLayout(page)
        column.setContentsMargins(SIDE_MARGIN, 16, SIDE_MARGIN, 16)
        column.setSpacing(6)
        return page, column

    def _places(self, number: int, test: ScoredTest) -> list[_Place]:
        first, second = test.attempts
        unknown = test.expected is None
        return [
            self._place(number, tr("input"), test.input, ""),
            self._attempt(number, tr("attempt 1"), first, test.expected),
            self._attempt(number, tr("attempt 2"), second, test.expected),
            self._place(number, tr("expected"), test.expected, tr("not known") if unknown else ""),
        ]

    def _place(self, number: int, caption: str, grid: Grid | None, said: str, kind: str = "muted") -> _Place:
        role = tr("test {n}, {what}", n=number, what=caption)
        view = GridView(role, self._view.look, self._view.theme)
        view.show_grid(grid)
        view.copy_asked.connect(self.copy_asked)
        verdict = label(said if len(said) <= LONGEST_VERDICT else said[:LONGEST_VERDICT] + "…", kind)
        verdict.setToolTip(plain_tip(said))
        above = heading(caption)
        for line in (above, verdict):
            line.setIndent(MARGIN)  # where the cells begin
        return _Place(above, view, verdict)

    def _attempt(self, number: int, caption: str, attempt: Attempt, expected: Grid | None) -> _Place:
        said, kind = verdict_of(attempt, expected)
        place = self._place(number, caption, attempt.grid, said, kind)
        if attempt.grid is not None and expected is not None and attempt.grid.shape == expected.shape:
            place.view.show_grid(attempt.grid, wrong=wrong_mask(attempt.grid, expected))
        return place

    def _fit(self) -> None:
        """Choose between row and square, and the largest cells with which a test fits."""
        if not self._tests:
            return
        bar = self.verticalScrollBar().sizeHint().width()  # there or not, so that it changes nothing
        width, height = self.width() - bar - 2 * SIDE_MARGIN, self.height() - 3 * LINE_HEIGHT
        in_row = min(_largest(places, IN_A_ROW, 4, width, height) for places in self._tests)
        in_square = min(_largest(places, IN_A_SQUARE, 2, width, height) for places in self._tests)
        scrolled = min(_largest(places, IN_A_SQUARE, 2, width, ENDLESS) for places in self._tests)
        in_square = max(in_square, min(READABLE_CELL, scrolled))
        in_row_is_fine = in_row >= min(COMFORTABLE_CELL, in_square)
        columns, cell = (4, in_row) if in_row_is_fine else (2, in_square)
        for places in self._tests:
            for place in places:
                place.view.set_cell(cell)
        if columns != self._columns:
            self._columns = columns
            self._lay_out(IN_A_ROW if columns == 4 else IN_A_SQUARE, columns)

    def _lay_out(self, order: tuple[int, ...], columns: int) -> None:
        left = Qt.AlignmentFlag.AlignLeft
        for grid, places in zip(self._grids, self._tests, strict=True):
            for place, at in zip(places, order, strict=True):
                row, column = 4 * (at // columns), at % columns
                for line, widget in enumerate((place.caption, place.view, place.verdict)):
                    grid.removeWidget(widget)
                    top = left | Qt.AlignmentFlag.AlignTop
                    grid.addWidget(widget, row + line, column, top)
            grid.setRowMinimumHeight(3, GAP // 2 if columns == 2 else 0)
            for column in range(5):
                grid.setColumnStretch(column, int(column == columns))

    def _dress(self) -> None:
        for view in self.views:
            view.set_look(self._view.look, self._view.theme)


def verdict_of(attempt: Attempt, expected: Grid | None) -> tuple[str, str]:
    """Say in a few words how an attempt did, and in which of the style sheet's kinds of label."""
    if attempt.grid is None:
        return (attempt.problem, "bad") if attempt.problem else (tr("none"), "muted")
    if expected is None:
        return "", "muted"
    if is_right(attempt, expected):
        return tr("✓ right"), "good"
    if attempt.grid.shape != expected.shape:
        size, wanted = (f"{grid.shape[0]} × {grid.shape[1]}" for grid in (attempt.grid, expected))
        return tr("{size}, expected {wanted}", size=size, wanted=wanted), "bad"
    wrong = int(wrong_mask(attempt.grid, expected).sum())
    return counted(wrong, "{n} cell wrong", "{n} cells wrong"), "bad"


def _largest(places: Sequence[_Place], order: tuple[int, ...], columns: int, width: int, height: int) -> int:
    """The largest cell with which four grids in this order fit into a width and a height."""
    shapes = [place.shape for place, _ in sorted(zip(places, order, strict=True), key=lambda item: item[1])]
    lines = [shapes[at : at + columns] for at in range(0, 4, columns)]
    across = sum(max(column) for column in zip(*([w for _, w in line] for line in lines), strict=True))
    down = sum(max(h for h, _ in line) for line in lines)
    width -= columns * (2 * MARGIN + 1) + (columns - 1) * GAP
    height -= len(lines) * (2 * MARGIN + 1 + 2 * LINE_HEIGHT)
    return max(SMALLEST_CELL, min(LARGEST_CELL, width // across, height // down))

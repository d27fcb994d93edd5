"""The board: every pair of the puzzle, with the state of the program between input and output."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QResizeEvent, QWheelEvent
from PySide6.QtWidgets import (
    QGridLayout,
    QHBoxLayout,
    QPushButton,
    QScrollArea,
    QStackedLayout,
    QVBoxLayout,
    QWidget,
)

from app.state.draft import Draft
from app.state.rows import widest_state
from app.state.run import Status
from app.state.workbench import Workbench
from app.widgets.grid_view import EMPTY_SIDE
from app.widgets.parts import heading, label, make_surface, rule, set_kind
from app.widgets.row import CENTRE, COLUMNS, PairRow, centred

SMALLEST_CELL, LARGEST_CELL = 3, 30
CHROME_WIDTH = 356
"""Pixels of a row that are not grids: names, arrows, verdict, gaps and margins."""
TALLEST_ROW = 0.5
"""Share of the board's height a row may take."""


class Board(QWidget):
    """Shows the workbench's puzzle; a page of suggestions when there is none."""

    open_asked = Signal()
    new_asked = Signal()
    random_asked = Signal()

    def __init__(self, bench: Workbench) -> None:
        super().__init__()
        make_surface(self, "canvas")
        self.setAccessibleName("Board")
        self._bench = bench
        self.rows: list[PairRow] = []
        self._stack = QStackedLayout(self)
        self._stack.addWidget(self._welcome())
        self._scroll = QScrollArea()
        self._scroll.setWidgetResizable(True)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._scroll.viewport().installEventFilter(self)
        self._stack.addWidget(self._scroll)
        self._title = label("", "title")
        self._subtitle = label("", "muted")
        self._state_heading = heading("")
        self._target_heading = heading("")
        self._connect()

    def _connect(self) -> None:
        bench = self._bench
        bench.document.opened.connect(self.rebuild)
        bench.document.changed.connect(self._on_edited)
        bench.run.candidate_changed.connect(self.refresh)
        bench.run.changed.connect(self._refresh_headings)
        bench.timeline.moved.connect(self.refresh)
        bench.view.changed.connect(self._on_view)

    def rebuild(self) -> None:
        """Lay out the rows of another puzzle."""
        draft = self._bench.document.draft
        if draft is None:
            self._stack.setCurrentIndex(0)
            return
        page = QWidget()
        make_surface(page, "canvas")
        self._title = label("", "title")
        self._title.setAccessibleName("Puzzle")
        self._subtitle = label("", "muted")
        outer = QVBoxLayout(page)
        outer.setContentsMargins(32, 24, 32, 32)
        outer.setSpacing(4)
        outer.addWidget(self._title)
        outer.addWidget(self._subtitle)
        outer.addSpacing(14)
        outer.addLayout(self._lay_rows(draft))
        outer.addStretch(1)
        self._scroll.setWidget(page)
        self._stack.setCurrentIndex(1)
        self.refresh()

    def refresh(self) -> None:
        """Show the step the timeline stands at."""
        draft = self._bench.document.draft
        if draft is None or not self._matches(draft):
            return
        for row in self.rows:
            row.refresh(draft)
        self._refresh_headings()
        self._fit(draft)

    def _lay_rows(self, draft: Draft) -> QGridLayout:
        grid = QGridLayout()
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(18)
        self._state_heading, self._target_heading = heading(""), heading("")
        grid.addWidget(heading("input"), 0, 1, CENTRE)
        grid.addWidget(self._state_heading, 0, 3, CENTRE)
        grid.addWidget(self._target_heading, 0, 5, CENTRE)
        self.rows = []
        line = 1
        for i in range(len(draft.puzzle.train)):
            self.rows.append(PairRow(self._bench, "train", i, grid, line))
            line += 1
        grid.addWidget(rule(), line, 0, 1, COLUMNS + 1)
        for i in range(len(draft.puzzle.test)):
            line += 1
            self.rows.append(PairRow(self._bench, "test", i, grid, line))
        grid.setColumnStretch(COLUMNS, 1)
        return grid

    def _matches(self, draft: Draft) -> bool:
        return len(self.rows) == len(draft.puzzle.train) + len(draft.puzzle.test)

    def _on_edited(self) -> None:
        draft = self._bench.document.draft
        if draft is not None and not self._matches(draft):
            self.rebuild()
        else:
            self.refresh()

    def _on_view(self) -> None:
        for row in self.rows:
            for view in row.views:
                view.set_look(self._bench.view.look, self._bench.view.theme)
        self.refresh()

    def _refresh_headings(self) -> None:
        bench = self._bench
        puzzle = bench.document.puzzle
        if puzzle is None:
            return
        self._title.setText(puzzle.name)
        counts = f"{_count(len(puzzle.train), 'demonstration')}, {_count(len(puzzle.test), 'test')}"
        self._subtitle.setText(f"{puzzle.source}  ·  {counts}" if puzzle.source else counts)
        self._target_heading.setText("EXPECTED")
        timeline = bench.timeline
        if bench.run.candidate is None:
            text = ""
        elif timeline.position == timeline.length and bench.run.status is Status.SOLVING:
            text = "BEST SO FAR"
        elif timeline.position == 0:
            text = "BEFORE STEP 1"
        else:
            text = f"AFTER STEP {timeline.position} OF {timeline.length}"
        self._state_heading.setText(f"{text} · STALE" if bench.run.stale else text)
        set_kind(self._state_heading, "stale" if bench.run.stale else "heading")

    def _fit(self, draft: Draft) -> None:
        cell = self._best_cell(draft)
        for row in self.rows:
            for view in row.views:
                view.set_cell(cell)

    def _best_cell(self, draft: Draft) -> int:
        candidate = self._bench.run.candidate
        widths, tallest = [0, 0, 0], 1
        for row in self.rows:
            state = widest_state(candidate, row.part, row.index)
            shapes = [
                row.input.grid.shape if row.input.grid is not None else (1, 1),
                state,
                row.target.grid.shape if row.target.grid is not None else (EMPTY_SIDE, EMPTY_SIDE),
            ]
            widths = [max(width, shape[1]) for width, shape in zip(widths, shapes, strict=True)]
            tallest = max(tallest, *(shape[0] for shape in shapes))
        viewport = self._scroll.viewport()
        by_width = (viewport.width() - CHROME_WIDTH) // max(1, sum(widths))
        by_height = int(viewport.height() * TALLEST_ROW) // tallest
        best = max(SMALLEST_CELL, min(LARGEST_CELL, by_width, by_height))
        return max(SMALLEST_CELL, best + self._bench.view.zoom)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fit the cells to the new size."""
        super().resizeEvent(event)
        self._refit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Zoom with Ctrl and the wheel, and fit again when the view changes size."""
        if event.type() == QEvent.Type.Resize:
            self._refit()
        if (
            isinstance(event, QWheelEvent)
            and event.type() == QEvent.Type.Wheel
            and event.modifiers() & Qt.KeyboardModifier.ControlModifier
        ):
            self._bench.view.set_zoom(self._bench.view.zoom + (1 if event.angleDelta().y() > 0 else -1))
            return True
        return super().eventFilter(watched, event)

    def _refit(self) -> None:
        draft = self._bench.document.draft
        if draft is not None and self._matches(draft):
            self._fit(draft)

    def _welcome(self) -> QWidget:
        box = QWidget()
        layout = QVBoxLayout(box)
        layout.setSpacing(10)
        title = label("Nothing is open", "title")
        text = label(
            "Choose a puzzle in the browser, drop a task file here, or draw one of your own.", "muted"
        )
        layout.addWidget(title, 0, CENTRE)
        layout.addWidget(text, 0, CENTRE)
        layout.addSpacing(8)
        buttons = QHBoxLayout()
        for caption, signal in (
            ("Open a file…", self.open_asked),
            ("New puzzle", self.new_asked),
            ("Surprise me", self.random_asked),
        ):
            button = QPushButton(caption)
            button.clicked.connect(lambda _checked=False, ask=signal: ask.emit())
            buttons.addWidget(button)
        layout.addLayout(buttons)
        return centred(box)


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"

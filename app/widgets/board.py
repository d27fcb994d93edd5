"""The board: every pair of the puzzle, with the state of the program between input and output."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QEvent, QObject, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QResizeEvent, QWheelEvent
from PySide6.QtWidgets import (
    QGridLayout,
    QHBoxLayout,
    QPushButton,
    QScrollArea,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from app import dialogs
from app.plain import plain_tip
from app.state.draft import Draft, Part, add_pair, pairs_of, without_padding
from app.state.editor import Mode
from app.state.fitting import READABLE, SMALLEST, RowShape, fit_cells
from app.state.workbench import Workbench
from app.translate import counted, tr
from app.widgets.edit_bar import EditBar
from app.widgets.pager import Pager
from app.widgets.parts import heading, label, make_surface, rule, set_kind
from app.widgets.row import CENTRE, COLUMNS, PairRow
from app.widgets.welcome import Welcome
from puzzles.beyond import padding_in
from puzzles.puzzle import Puzzle

SIDE_MARGINS = (24, 20)
COLUMN_GAP = 10
HEADER_HEIGHT, ROW_GAP = 200, 10
ROW_CHROME = ROW_GAP + 10
"""Pixels of a row that are not cells: the gap below it and the margins of its grids."""
PARTS: tuple[Part, Part] = ("train", "test")
LONGEST_NOTE = 70
"""Characters of a note that are shown; its tool tip has all of it."""
PAGE = 20
"""Pairs of a part that are laid out at once: each has a dozen widgets, and more than this take seconds."""


class Board(QWidget):
    """Shows the workbench's puzzle; a page of suggestions when there is none."""

    note_asked = Signal()
    """The person wants to change the note of the puzzle."""

    def __init__(self, bench: Workbench) -> None:
        super().__init__()
        make_surface(self, "canvas")
        self.setAccessibleName(tr("Board"))
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self._bench = bench
        self.rows: list[PairRow] = []
        self._first: dict[Part, int] = dict.fromkeys(PARTS, 0)
        self.pagers: dict[Part, Pager] = {}
        self._fitted: tuple[tuple[RowShape, ...], QSize, int] | None = None
        """What the cells were last made for: the same needs no second look."""
        self.welcome = Welcome()
        self.edit_bar = EditBar(bench)
        self._scroll = QScrollArea()
        self._scroll.setWidgetResizable(True)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._scroll.viewport().installEventFilter(self)
        self._stack = QStackedWidget()
        self._stack.addWidget(self.welcome)
        self._stack.addWidget(self._scroll)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.edit_bar)
        layout.addWidget(self._stack, 1)
        self._make_labels()
        self._connect()

    def _make_labels(self) -> None:
        self._title = label("", "title")
        self._title.setAccessibleName(tr("Puzzle"))
        self._subtitle = label("", "muted")
        self.report = label("", "warn", wrap=True)
        self.note = QPushButton("")
        self.note.setObjectName("link")
        self.note.clicked.connect(self.note_asked)
        self.padding = QPushButton("")
        self.padding.setObjectName("link")
        self.padding.setToolTip(tr("The solver knows no padding; this can be undone"))
        self.padding.clicked.connect(self._cut_padding)
        self.description = QPushButton("")
        self.description.setObjectName("link")
        self.description.clicked.connect(self._show_description)
        self._state_heading = heading("")
        self._target_heading = heading("")
        self._answer_heading = heading("")
        self._check = QPushButton(tr("Check the answer"))
        self._check.setToolTip(tr("Compare with the expected output (Ctrl+K)"))
        self._check.clicked.connect(self._bench.editor.check)
        self._teach = QPushButton(tr("As a demonstration"))
        self._teach.setObjectName("flat")
        self._teach.setToolTip(tr("Make the answer a demonstration (Ctrl+Shift+M)"))
        self._teach.clicked.connect(self._bench.steering.add_answer)
        self._reveal = QPushButton("")
        self._reveal.setObjectName("flat")
        self._reveal.clicked.connect(lambda: self._bench.view.set_reveal(not self._bench.view.reveal))
        self._edit = QPushButton(tr("Edit"))
        self._edit.setObjectName("flat")
        self._edit.setToolTip(tr("Draw on the grids (E)"))
        self._edit.clicked.connect(lambda: self._bench.editor.set_enabled(True))
        self._adders = [QPushButton(tr("+ Demonstration")), QPushButton(tr("+ Test"))]
        for button, text, part in zip(
            self._adders, (tr("add demonstration"), tr("add test")), PARTS, strict=True
        ):
            button.setObjectName("flat")
            button.clicked.connect(partial(self._add_pair, text, part))

    def _connect(self) -> None:
        bench = self._bench
        bench.document.opened.connect(self._on_opened)
        bench.document.changed.connect(self._on_edited)
        bench.document.saved_changed.connect(self._refresh_headings)
        bench.run.candidate_changed.connect(self.refresh)
        bench.run.changed.connect(self._refresh_headings)
        bench.timeline.moved.connect(self.refresh)
        bench.view.changed.connect(self._on_view)
        bench.editor.checked_changed.connect(self.refresh)
        bench.editor.changed.connect(self._refresh_editing)
        bench.notes.changed.connect(self._refresh_notes)
        bench.pair_changed.connect(self._mark_pair)
        bench.pointed_changed.connect(self._show_matches)
        bench.marked.changed.connect(self._show_marked)

    def show_pair(self, part: Part, index: int) -> None:
        """Turn to the page with a pair, by its number among the demonstrations or the tests."""
        first = index // PAGE * PAGE
        if first != self._first[part]:
            self._first[part] = first
            self.rebuild()

    def go_to_answer(self, test: int) -> None:
        """Give the keys to the person's answer to a test, and bring it into sight."""
        self.show_pair("test", test)
        target = next((r.target for r in self.rows if (r.part, r.index) == ("test", test)), None)
        if target is not None:
            target.setFocus()
            # once what appears above the grids has taken its room
            QTimer.singleShot(0, target, lambda: self._scroll.ensureWidgetVisible(target))

    def _mark_pair(self) -> None:
        for row in self.rows:
            row.mark()

    def _show_matches(self) -> None:
        for row in self.rows:
            row.show_match()

    def _show_marked(self) -> None:
        for row in self.rows:
            row.show_marked()

    def _on_opened(self) -> None:
        self._first = dict.fromkeys(PARTS, 0)
        self.rebuild()

    def _add_pair(self, text: str, part: Part, _checked: bool = False) -> None:
        """Append a pair and show it."""
        self._bench.editor.change_pairs(text, lambda draft: add_pair(draft, part))
        draft = self._bench.document.draft
        if draft is not None:
            self.show_pair(part, len(pairs_of(draft.puzzle, part)) - 1)

    def _shown(self, draft: Draft, part: Part) -> range:
        """Return the numbers of the pairs on the page of a part; its last page where there are fewer now."""
        count = len(pairs_of(draft.puzzle, part))
        first = min(self._first[part], (count - 1) // PAGE * PAGE)
        return range(first, min(count, first + PAGE))

    def rebuild(self) -> None:
        """Lay out the rows of another puzzle, or of another page."""
        draft = self._bench.document.draft
        if draft is None:
            self._stack.setCurrentWidget(self.welcome)
            return
        self.rows = []
        old = self._scroll.takeWidget()
        if old is not None:
            old.deleteLater()  # not at once: a click on one of its buttons may have brought us here
        self._make_labels()
        page = QWidget()
        make_surface(page, "canvas")
        across = QHBoxLayout(page)
        across.setContentsMargins(SIDE_MARGINS[0], 22, SIDE_MARGINS[1], 28)
        outer = QVBoxLayout()
        outer.setSpacing(4)
        across.addStretch(1)
        across.addLayout(outer)
        across.addStretch(1)
        top = QHBoxLayout()
        top.addWidget(self._title, 1)
        top.addWidget(self._edit)
        outer.addLayout(top)
        outer.addWidget(self._subtitle)
        outer.addWidget(self.report)
        outer.addWidget(self.note, 0, Qt.AlignmentFlag.AlignLeft)
        outer.addWidget(self.padding, 0, Qt.AlignmentFlag.AlignLeft)
        outer.addWidget(self.description, 0, Qt.AlignmentFlag.AlignLeft)
        outer.addSpacing(14)
        outer.addLayout(self._lay_rows(draft))
        outer.addStretch(1)
        for row in self.rows:
            row.set_look()
        self._scroll.setWidget(page)
        self._stack.setCurrentWidget(self._scroll)
        self.refresh()
        self._refresh_editing()
        self._refresh_notes()
        self._refresh_padding()

    def refresh(self) -> None:
        """Show the step the timeline stands at."""
        draft = self._bench.document.draft
        if draft is None or not self._matches(draft):
            return
        for row in self.rows:
            row.refresh(draft)
        self._refresh_headings()
        self._fit()

    def _lay_rows(self, draft: Draft) -> QGridLayout:
        self.pagers = {}
        self._fitted = None
        grid = QGridLayout()
        grid.setHorizontalSpacing(COLUMN_GAP)
        grid.setVerticalSpacing(ROW_GAP)
        grid.addWidget(heading(tr("input")), 0, 1, CENTRE)
        grid.addWidget(self._state_heading, 0, 3, CENTRE)
        grid.addWidget(self._target_heading, 0, 5, CENTRE)
        line = 0
        for part, adder in zip(PARTS, self._adders, strict=True):
            if part == "test":
                grid.addWidget(rule(), line + 1, 0, 1, COLUMNS)
                line += 2
                grid.addWidget(self._answer_heading, line, 5, CENTRE)
            shown, count = self._shown(draft, part), len(pairs_of(draft.puzzle, part))
            for i in shown:
                line += 1
                self.rows.append(PairRow(self._bench, part, i, grid, line=line))
            line += 1
            if len(shown) < count:
                self.pagers[part] = Pager(shown, count, partial(self.show_pair, part))
                grid.addWidget(self.pagers[part], line, 1, 1, COLUMNS - 1, Qt.AlignmentFlag.AlignLeft)
                line += 1
            grid.addWidget(adder, line, 1, 1, 2, Qt.AlignmentFlag.AlignLeft)
        buttons = QHBoxLayout()
        buttons.addWidget(self._check)
        buttons.addWidget(self._teach)
        buttons.addWidget(self._reveal)
        grid.addLayout(buttons, line, 3, 1, COLUMNS - 3, Qt.AlignmentFlag.AlignRight)
        return grid

    def _matches(self, draft: Draft) -> bool:
        shown = [(row.part, row.index) for row in self.rows]
        counts = {part: pager.count for part, pager in self.pagers.items()}
        return shown == [(part, i) for part in PARTS for i in self._shown(draft, part)] and counts == {
            part: len(pairs_of(draft.puzzle, part)) for part in PARTS if part in counts
        }

    def _on_edited(self) -> None:
        draft = self._bench.document.draft
        if draft is not None and not self._matches(draft):
            self.rebuild()
        else:
            self.refresh()
            self._refresh_padding()

    def _refresh_padding(self) -> None:
        """Offer to cut padding away where there is some."""
        puzzle = self._bench.document.puzzle
        value = None if puzzle is None else padding_in(puzzle)
        self.padding.setText(tr("Padding ({value}) around the grids: cut it away", value=value))
        self.padding.setVisible(value is not None)

    def _cut_padding(self) -> None:
        puzzle = self._bench.document.puzzle
        value = None if puzzle is None else padding_in(puzzle)
        if value is not None:
            text = tr("cut the padding away")
            self._bench.editor.change_pairs(text, lambda draft: without_padding(draft, value))

    def _refresh_editing(self) -> None:
        if not self.rows:
            return
        editing = self._bench.editor.mode is Mode.EDIT
        self._edit.setVisible(not editing)
        for button in self._adders:
            button.setVisible(editing)
        for row in self.rows:
            row.more.setVisible(editing)

    def _refresh_notes(self) -> None:
        """Show what was reported about the puzzle and what the person noted, where there is something."""
        if not self.rows:
            return
        notes = self._bench.notes
        self.report.setText(notes.reported)
        self.report.setVisible(bool(notes.reported))
        first = notes.own.partition("\n")[0]
        cut = first[:LONGEST_NOTE] + ("…" if first != notes.own or len(first) > LONGEST_NOTE else "")
        self.note.setText(tr("Note: {text}", text=cut.replace("&", "&&")))
        self.note.setToolTip(plain_tip(notes.own))
        self.note.setVisible(bool(notes.own))

    def _refresh_description(self, puzzle: Puzzle) -> None:
        """Show how what is said about the puzzle begins, and how much there is."""
        text = puzzle.description
        first = text.partition("\n")[0]
        cut = first[:LONGEST_NOTE] + ("…" if first != text or len(first) > LONGEST_NOTE else "")
        count = len(puzzle.told)
        if count > 1:
            cut = tr("{n} descriptions: {text}", n=count, text=cut)
        self.description.setText(cut.replace("&", "&&"))
        self.description.setToolTip(plain_tip(text))
        self.description.setVisible(bool(text))

    def _show_description(self) -> None:
        puzzle = self._bench.document.puzzle
        if puzzle is not None:
            dialogs.show_lines(self, puzzle.name, puzzle.description)

    def _on_view(self) -> None:
        for row in self.rows:
            row.set_look()
        self.refresh()

    def _refresh_headings(self) -> None:
        bench = self._bench
        puzzle = bench.document.puzzle
        if puzzle is None or not self.rows:
            return
        self._title.setText(puzzle.name)
        self._title.setToolTip(plain_tip(puzzle.description))
        self._refresh_description(puzzle)
        counts = ", ".join(
            (
                counted(len(puzzle.train), "{n} demonstration", "{n} demonstrations"),
                counted(len(puzzle.test), "{n} test", "{n} tests"),
            )
        )
        self._subtitle.setText(f"{puzzle.source}  ·  {counts}" if puzzle.source else counts)
        self._target_heading.setText(tr("EXPECTED"))
        self._answer_heading.setText(tr("EXPECTED") if bench.view.reveal else tr("YOUR ANSWER"))
        draft = bench.document.draft
        answered = draft is not None and any(answer is not None for answer in draft.answers)
        self._reveal.setText(tr("Hide the expected") if bench.view.reveal else tr("Show the expected"))
        for button in (self._check, self._teach):
            button.setVisible(answered and not bench.view.reveal)
        text = self._state_text()
        self._state_heading.setText(tr("{text} · STALE", text=text) if bench.run.stale else text)
        self._state_heading.setVisible(bench.run.candidate is not None)
        set_kind(self._state_heading, "stale" if bench.run.stale else "heading")
        # as wide as at any step, so that the grids below it stay where they are
        texts = (self._step_text(at) for at in (0, bench.timeline.length))
        metrics = self._state_heading.fontMetrics()
        self._state_heading.setMinimumWidth(max(metrics.horizontalAdvance(text) for text in texts))

    def _state_text(self) -> str:
        timeline = self._bench.timeline
        if timeline.position == timeline.length and self._bench.run.solving:
            return tr("BEST SO FAR")
        return self._step_text(timeline.position)

    def _step_text(self, position: int) -> str:
        if position == 0:
            return tr("BEFORE STEP 1")
        return tr("AFTER STEP {at} OF {count}", at=position, count=self._bench.timeline.length)

    def _fit(self) -> None:
        """Give every row the largest cells with which the page is no wider than the view."""
        shapes = tuple(row.shape() for row in self.rows)
        bar = self._scroll.verticalScrollBar().sizeHint().width()
        room = self._scroll.size() - QSize(bar, 0)  # with the bar or without, so that it changes nothing
        zoom = self._bench.view.zoom
        if (shapes, room, zoom) == self._fitted:
            return
        self._fitted = (shapes, room, zoom)
        width = room.width()
        height = room.height() - HEADER_HEIGHT - ROW_CHROME * len(shapes)
        cells = fit_cells(shapes, max(1, width), max(1, height))
        if self._width_with([SMALLEST] * len(shapes)) > room.width():  # names and arrows alone: it scrolls
            cells = [min(cell, READABLE) for cell in cells]
        else:
            while width > 1 and (excess := self._width_with(cells) - room.width()) > 0:
                width -= excess
                cells = fit_cells(shapes, max(1, width), max(1, height))
        for row, cell in zip(self.rows, cells, strict=True):
            row.set_cell(max(SMALLEST, cell + zoom))

    def _width_with(self, cells: list[int]) -> int:
        """Return the width of the page with these cells, which its layout knows only later."""
        columns = zip(*(row.widths(cell) for row, cell in zip(self.rows, cells, strict=True)), strict=True)
        widest = [max(column) for column in columns]
        heads = {3: self._state_heading, 5: self._answer_heading}
        for column, head in heads.items():
            widest[column] = max(widest[column], 0 if head.isHidden() else head.sizeHint().width())
        return sum(widest) + COLUMN_GAP * (COLUMNS - 1) + sum(SIDE_MARGINS)

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
            self._fit()

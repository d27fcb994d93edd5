"""One row of the board: input → state of the program → what is expected."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QGridLayout, QLabel, QMenu, QPushButton, QToolButton, QVBoxLayout, QWidget

from app.state.draft import Draft, Part, Place, Side, delete_pair, duplicate_pair, grid_at, move_pair
from app.state.editor import Mode
from app.state.fitting import RowShape
from app.state.matches import match_of
from app.state.rows import (
    Operand,
    StepState,
    Verdict,
    all_operands,
    judge,
    operands_of,
    states_of,
    step_state,
    widest_state,
)
from app.state.sources import changed_mask, earlier_change, goes_wrong_at
from app.state.workbench import Workbench
from app.translate import tr
from app.widgets.grid_editor import GridEditor
from app.widgets.grid_view import EMPTY_SIDE, GridView
from app.widgets.operands import SHARE, OperandsView
from app.widgets.parts import IconButton, label, set_kind
from puzzles.grid import Grid
from solver.words.results import Candidate

COLUMNS = 8
"""name, input, arrow, state, arrow, expected, verdict, menu"""
VERDICT_WIDTH = 100
"""Enough for the usual verdicts, so that the row does not move while stepping."""
CENTRE = Qt.AlignmentFlag.AlignCenter
_ALIGNMENT = {
    0: Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter,
    6: Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter,
}


class PairRow:
    """The widgets of one pair, laid into a row of the board's grid."""

    def __init__(self, bench: Workbench, part: Part, index: int, layout: QGridLayout, *, line: int) -> None:
        self._bench = bench
        self.part: Part = part
        self.index = index
        title = tr("demonstration {n}", n=index + 1) if part == "train" else tr("test {n}", n=index + 1)
        self.name = label(str(index + 1) if part == "train" else title, "muted")
        self.input = GridEditor(bench, Place(part, index, "input"), tr("{pair} input", pair=title))
        self.state = GridView(tr("{pair} state", pair=title), bench.view.look, bench.view.theme)
        self.target = GridEditor(
            bench, Place(part, index, self._target_side()), tr("{pair} expected output", pair=title)
        )
        self.input.pointed.connect(lambda row, column: bench.marked.point_at(part, index, (row, column)))
        self.input.mark_asked.connect(lambda row, column: bench.marked.toggle(part, index, (row, column)))
        self.target.begin_asked.connect(self._begin)
        self.first_arrow = label("→", "muted")
        self.operands = OperandsView(bench.view.look, bench.view.theme)
        self._between = _stack(self.first_arrow, self.operands)
        self.second_arrow = label("→", "muted")
        self.verdict = label("")
        self.own_verdict = label("")
        """How the person's answer compares; below it, as the program's stands below what it made."""
        self.blame = QPushButton("")
        self.blame.setObjectName("link")
        self.blame.setToolTip(tr("Go to the first step at which something right becomes wrong"))
        self.blame.clicked.connect(self._on_blame)
        self._blamed: int | None = None
        self._measured: Candidate | None = None
        self._widest_state = (0, 0)
        self._all_operands: tuple[tuple[Operand, ...], ...] = ()
        self.state.cell_clicked.connect(self._on_cell)
        for view in self.views:
            view.copy_asked.connect(bench.editor.take)
            view.looked_at.connect(lambda: bench.look_at(self.part, self.index))
        self.state.setToolTip(tr("Click a cell to go to the last step that changed it"))
        self._says = self._verdicts()
        self.more = self._menu_button(title)
        self._state_box, self._target_box, self._input_box = self._boxes()
        for column, widget in enumerate(self._widgets()):
            layout.addWidget(widget, line, column, _ALIGNMENT.get(column, CENTRE))

    def _verdicts(self) -> QWidget:
        """What is said of the state, and the way to the step that is to blame."""
        says = QWidget()
        says.setMinimumWidth(VERDICT_WIDTH)
        lines = QVBoxLayout(says)
        lines.setContentsMargins(0, 0, 0, 0)
        lines.setSpacing(0)
        if self.part == "train":
            lines.addWidget(self.verdict)
        self.verdict.setMinimumHeight(self.verdict.fontMetrics().height())
        lines.addWidget(self.blame, 0, Qt.AlignmentFlag.AlignLeft)
        return says

    @property
    def views(self) -> tuple[GridView, GridView, GridView]:
        """Input, state and expected output."""
        return self.input, self.state, self.target

    def refresh(self, draft: Draft) -> None:
        """Show the pair as it is now, at the step the timeline stands at."""
        state = step_state(self._bench.run.candidate, self.part, self.index, self._bench.timeline.position)
        self.input.show_grid(grid_at(draft, Place(self.part, self.index, "input")))
        expected = grid_at(draft, Place(self.part, self.index, "output"))
        hidden = self._target_side() == "answer"
        self.target.place = Place(self.part, self.index, self._target_side())
        self.target.setToolTip(
            "" if self._target_grid(draft) is not None else tr("Click to draw your answer")
        )
        verdict = judge(state.grid, expected) if state is not None and expected is not None else None
        shown = None if hidden else verdict
        self._show_state(state, shown)
        self._show_operands()
        self._show_verdict(state, verdict, hidden)
        self._show_blame(None if hidden else expected)
        self._show_target(draft, self._differences(state, shown))
        self.more.setVisible(self._bench.editor.mode is Mode.EDIT)
        self.mark()
        self.show_match()
        self.show_marked()

    def show_marked(self) -> None:
        """Show which objects of the input the person marked."""
        self.input.show_marked(self._bench.marked.mask(self.part, self.index))

    def show_match(self) -> None:
        """Outline the objects that the step under the mouse, or the one shown, picked."""
        bench, shown = self._bench, self._bench.timeline.position
        position = shown if bench.pointed is None else bench.pointed
        editing = bench.editor.mode is Mode.EDIT
        match = None if editing else match_of(bench.run.candidate, self.part, self.index, position)
        fits = (
            match is not None and self.input.grid is not None and self.input.grid.shape == match.cells.shape
        )
        self.input.outline(match.cells if match is not None and fits and not match.state else None)
        here = match is not None and bool(match.state) and match.state == shown
        self.state.outline(match.cells if match is not None and here else None)

    def mark(self) -> None:
        """Show whether the program's chips show this pair's states."""
        shown = self._bench.run.candidate is not None and self._bench.pair == (self.part, self.index)
        set_kind(self.name, "current" if shown else "muted")

    def _widgets(self) -> tuple[QWidget, ...]:
        first, second = self._between, self.second_arrow
        boxes = self._input_box, first, self._state_box, second, self._target_box
        return self.name, *boxes, self._says, self.more

    def _boxes(self) -> tuple[QWidget, QWidget, QWidget]:
        """Return what holds state, target and input; in a test, each with room for a verdict below it."""
        if self.part == "train":
            return _stack(self.state), self.target, self.input
        feet = (self.verdict, self.own_verdict, label(""))
        for foot in feet:
            foot.setMinimumSize(VERDICT_WIDTH, foot.fontMetrics().height() + 2)
            foot.setAlignment(CENTRE)
        state, target, above = (
            _stack(view, foot) for view, foot in zip((self.state, self.target, self.input), feet, strict=True)
        )
        return state, target, above

    def _target_side(self) -> Side:
        return "answer" if self.part == "test" and not self._bench.view.reveal else "output"

    def _target_grid(self, draft: Draft) -> Grid | None:
        return grid_at(draft, self.target.place)

    def _differences(self, state: StepState | None, verdict: Verdict | None) -> NDArray[np.bool_] | None:
        """Return the cells in which the state and the expected output differ, when they are compared."""
        if state is None or verdict is None or not verdict.wrong or not verdict.same_size:
            return None
        return verdict.mask if state.last or self._bench.view.differences else None

    def _show_target(self, draft: Draft, differences: NDArray[np.bool_] | None) -> None:
        grid = self._target_grid(draft)
        if self.target.place.side != "answer" or grid is None or not self._bench.editor.checked:
            self.target.show_grid(grid, changed=differences)
            _say(self.own_verdict, "", "")
            return
        expected = grid_at(draft, Place("test", self.index, "output"))
        if expected is None:
            self.target.show_grid(grid)
            _say(self.own_verdict, tr("nothing to compare with"), "muted")
            return
        verdict = judge(grid, expected)
        self.target.show_grid(grid, wrong=verdict.mask if verdict.wrong else None)
        text = tr("✓ correct") if not verdict.wrong else verdict.text
        _say(self.own_verdict, text, "bad" if verdict.wrong else "good")

    def _show_state(self, state: StepState | None, verdict: Verdict | None) -> None:
        for widget in (self._state_box, self.second_arrow, self._says):
            widget.setVisible(self._bench.run.candidate is not None)
        if state is None:
            self.state.show_grid(None)
            self.state.set_likeliest(None)
            return
        wrong = self._differences(state, verdict)
        outlined = state.before if wrong is None else None
        changed = None if outlined is None else changed_mask(outlined, state.grid)
        confidence = state.confidence if self._bench.view.confidence else None
        self.state.show_grid(state.grid, changed, wrong, confidence, state.pieces)
        self.state.set_likeliest(state.likeliest if self._bench.view.confidence else None)

    def _show_operands(self) -> None:
        position = self._bench.timeline.position
        operands = operands_of(self._bench.run.candidate, self.part, self.index, position)
        self.operands.show_operands(operands)
        self.operands.setVisible(bool(operands))
        self.first_arrow.setVisible(not operands)

    def shape(self) -> RowShape:
        """Return what the row has to hold at whatever step, so that nothing moves between steps."""
        self._measure()
        shapes = (_shape(self.input.grid), self._widest_state, _shape(self.target.grid))
        operand = max((o.columns for operands in self._all_operands for o in operands), default=0)
        return RowShape(
            max(rows for rows, _ in shapes), (*(columns for _, columns in shapes), SHARE * operand)
        )

    def set_cell(self, cell: int) -> None:
        """Give every cell `cell` logical pixels a side, and keep the room that the largest state takes."""
        for view in self.views:
            view.set_cell(cell)
        self.operands.set_cell(cell)
        foot = self.verdict.minimumHeight() if self.part == "test" else 0
        room = self.state.room_for(*self._widest_state) if any(self._widest_state) else QSize(0, 0)
        self._state_box.setMinimumSize(room + QSize(0, foot) if foot else room)
        rooms = [self.operands.room_for(operands) for operands in self._all_operands]
        self._between.setMinimumSize(
            max((room.width() for room in rooms), default=0),
            max((room.height() for room in rooms), default=0),
        )

    def widths(self, cell: int) -> list[int]:
        """Return the pixels that each column takes with cells of `cell` pixels."""
        self._measure()
        solved = self._bench.run.candidate is not None
        grids = [view.room_for(*_shape(view.grid), cell).width() for view in (self.input, self.target)]
        state = self.state.room_for(*self._widest_state, cell).width() if any(self._widest_state) else 0
        foot = VERDICT_WIDTH if self.part == "test" else 0
        operands = max((self.operands.room_for(o, cell).width() for o in self._all_operands), default=0)
        arrow = self.first_arrow.sizeHint().width()
        return [
            self.name.sizeHint().width(),
            max(grids[0], foot),
            max(arrow, operands),
            max(state, foot) if solved else 0,
            arrow if solved else 0,
            max(grids[1], foot),
            max(VERDICT_WIDTH, self._says.sizeHint().width()) if solved else 0,
            0 if self.more.isHidden() else self.more.sizeHint().width(),
        ]

    def _measure(self) -> None:
        """Look through the steps of another program."""
        candidate = self._bench.run.candidate
        if candidate is not self._measured:
            self._measured = candidate
            self._widest_state = widest_state(candidate, self.part, self.index)
            self._all_operands = all_operands(candidate, self.part, self.index)

    def set_look(self) -> None:
        """Paint as the view options ask for now."""
        options = self._bench.view
        for view in self.views:
            view.set_look(options.look, options.theme)
            view.set_rulers(options.rulers)
        self.operands.set_look(options.look, options.theme)
        self.more.set_theme(options.theme)

    def _show_blame(self, expected: Grid | None) -> None:
        candidate = self._bench.run.candidate
        states = states_of(candidate, self.part, self.index)
        self._blamed = None
        if candidate is not None and states and expected is not None:
            self._blamed = goes_wrong_at(candidate.program, states, expected)
        self.blame.setVisible(self._blamed is not None)
        since = self._blamed is None or self._bench.timeline.position >= self._blamed
        self.blame.setText(
            (tr("since step {at}") if since else tr("wrong from step {at}")).format(at=self._blamed)
        )

    def _on_blame(self) -> None:
        if self._blamed is not None:
            self._bench.timeline.pause()
            self._bench.timeline.go(self._blamed)

    def _on_cell(self, row: int, column: int) -> None:
        """Go to the step that gave a cell its value; from there, to the one before that."""
        timeline, candidate = self._bench.timeline, self._bench.run.candidate
        states = states_of(candidate, self.part, self.index)
        if candidate is None or not states:
            return
        timeline.pause()
        timeline.go(earlier_change(candidate.program, states, timeline.position, (row, column)))

    def _show_verdict(self, state: StepState | None, verdict: Verdict | None, hidden: bool) -> None:
        if state is None or verdict is None:
            _say(self.verdict, "", "")
            return
        right = not verdict.wrong
        text = verdict.text
        if hidden:
            text = "" if not state.last else tr("✓ correct") if right else tr("✗ not correct")
        _say(self.verdict, text, "good" if right else "bad" if state.last else "muted")

    def _begin(self) -> None:
        if self.part == "test":
            if not self._bench.editor.may_draw(self.target.place):
                self._bench.editor.set_mode(Mode.ANSWER if self._target_side() == "answer" else Mode.EDIT)
            self._bench.editor.begin(self.target.place)
            self.target.setFocus()

    def _menu_button(self, title: str) -> IconButton:
        button = IconButton("more", tr("Change {pair}", pair=title), self._bench.view.theme)
        menu = QMenu(button)
        part, index = self.part, self.index
        for text, change in (
            (tr("Duplicate"), lambda draft: duplicate_pair(draft, part, index)),
            (tr("Move up"), lambda draft: move_pair(draft, part, index, index - 1)),
            (tr("Move down"), lambda draft: move_pair(draft, part, index, index + 1)),
            (tr("Delete"), lambda draft: delete_pair(draft, part, index)),
        ):
            self._add_change(menu, text, change)
        button.setMenu(menu)
        button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        return button

    def _add_change(self, menu: QMenu, text: str, change: Callable[[Draft], Draft]) -> None:
        action = menu.addAction(text)
        action.triggered.connect(lambda: self._bench.editor.change_pairs(text.lower(), change))


def _shape(grid: Grid | None) -> tuple[int, int]:
    return (EMPTY_SIDE, EMPTY_SIDE) if grid is None else (grid.shape[0], grid.shape[1])


def _say(verdict: QLabel, text: str, kind: str) -> None:
    verdict.setText(text)
    set_kind(verdict, kind)


def _stack(*widgets: QWidget) -> QWidget:
    """Return a widget that shows those of `widgets` that are visible; the first has all room left over."""
    holder = QWidget()
    layout = QVBoxLayout(holder)
    layout.setContentsMargins(0, 0, 0, 0)
    layout.setSpacing(0)
    for place, widget in enumerate(widgets):
        layout.addWidget(widget, int(place == 0), CENTRE)
    return holder

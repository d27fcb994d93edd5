"""One row of the board: input → state of the program → what is expected."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QLabel, QVBoxLayout, QWidget

from app.state.draft import Draft, Part, Place, grid_at
from app.state.rows import StepState, Verdict, judge, step_state
from app.state.workbench import Workbench
from app.widgets.grid_view import GridView
from app.widgets.paint import changed_mask
from app.widgets.parts import label, make_surface, set_kind

COLUMNS = 7
"""name, input, arrow, state, arrow, expected, verdict"""
VERDICT_WIDTH = 100
"""Enough for the usual verdicts, so that the row does not move while stepping."""
CENTRE = Qt.AlignmentFlag.AlignCenter
_ALIGNMENT = {
    0: Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter,
    COLUMNS - 1: Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter,
}


class PairRow:
    """The widgets of one pair, laid into a row of the board's grid."""

    def __init__(self, bench: Workbench, part: Part, index: int, layout: QGridLayout, line: int) -> None:
        self._bench = bench
        self.part: Part = part
        self.index = index
        title = f"{'demonstration' if part == 'train' else 'test'} {index + 1}"
        look, theme = bench.view.look, bench.view.theme
        self.name = label(str(index + 1) if part == "train" else f"test {index + 1}", "muted")
        self.input = GridView(f"{title} input", look, theme)
        self.state = GridView(f"{title} state", look, theme)
        self.target = GridView(f"{title} expected output", look, theme)
        self.first_arrow = label("→", "muted")
        self.second_arrow = label("→", "muted")
        self.verdict = label("")
        self.verdict.setMinimumWidth(VERDICT_WIDTH)
        widgets = (
            self.name,
            self.input,
            self.first_arrow,
            self.state,
            self.second_arrow,
            self.target,
            self.verdict,
        )
        for column, widget in enumerate(widgets):
            side = Qt.AlignmentFlag.AlignRight if column == 0 else Qt.AlignmentFlag.AlignLeft
            centred = column in range(1, COLUMNS - 1)
            layout.addWidget(
                widget, line, column, CENTRE if centred else side | Qt.AlignmentFlag.AlignVCenter
            )

    @property
    def views(self) -> tuple[GridView, GridView, GridView]:
        """Input, state and expected output."""
        return self.input, self.state, self.target

    @property
    def labels(self) -> tuple[QLabel, ...]:
        """Everything that is not a grid."""
        return self.name, self.first_arrow, self.second_arrow, self.verdict

    def refresh(self, draft: Draft) -> None:
        """Show the pair as it is now, at the step the timeline stands at."""
        state = step_state(self._bench.run.candidate, self.part, self.index, self._bench.timeline.position)
        self.input.show_grid(grid_at(draft, Place(self.part, self.index, "input")))
        expected = grid_at(draft, Place(self.part, self.index, "output"))
        hidden = self.part == "test" and not self._bench.view.reveal
        self.target.show_grid(grid_at(draft, Place("test", self.index, "answer")) if hidden else expected)
        verdict = judge(state.grid, expected) if state is not None and expected is not None else None
        self._show_state(state, None if hidden else verdict)
        self._show_verdict(state, verdict, hidden)

    def _show_state(self, state: StepState | None, verdict: Verdict | None) -> None:
        for widget in (self.state, self.first_arrow):
            widget.setVisible(self._bench.run.candidate is not None)
        if state is None:
            self.state.show_grid(None)
            return
        wrong = verdict.mask if verdict is not None and state.last and verdict.wrong else None
        outlined = state.before if wrong is None else None
        changed = None if outlined is None else changed_mask(outlined, state.grid)
        self.state.show_grid(state.grid, changed, wrong)

    def _show_verdict(self, state: StepState | None, verdict: Verdict | None, hidden: bool) -> None:
        if state is None or verdict is None:
            self.verdict.setText("")
            return
        if hidden:
            right, text = not verdict.wrong, "✓ correct" if not verdict.wrong else "✗ not correct"
            text = text if state.last else ""
        else:
            right, text = not verdict.wrong, verdict.text
        self.verdict.setText(text)
        set_kind(self.verdict, "good" if right else "bad" if state.last else "muted")


def centred(widget: QWidget) -> QWidget:
    """Return a page with `widget` in its middle."""
    page = QWidget()
    make_surface(page, "canvas")
    layout = QVBoxLayout(page)
    layout.addWidget(widget, 0, CENTRE)
    return page

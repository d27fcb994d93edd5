"""Draw what the demonstrations are to be after a step: the search looks for steps that lead there, or on."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QCheckBox,
    QDialog,
    QGridLayout,
    QHBoxLayout,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from app.state.document import Document
from app.state.draft import Place
from app.state.editor import Editor, Mode, Tool
from app.state.fitting import SMALLEST
from app.state.workbench import Workbench
from app.translate import tr
from app.widgets.edit_bar import EditBar
from app.widgets.grid_editor import GridEditor
from app.widgets.grid_view import GridView
from app.widgets.parts import heading, label
from puzzles.grid import Grid
from puzzles.puzzle import Pair, Puzzle

SIZE = (760, 600)
ROOM = 160
"""Logical pixels a side that a grid should fill."""
LARGEST = 36
"""Logical pixels of a cell."""
MOST_ROWS = 24
"""Demonstrations that are shown; further ones do not count."""
CENTRE = Qt.AlignmentFlag.AlignCenter


class WantedDialog(QDialog):
    """A row per demonstration: what is there, what is wanted and the output; a tick says that it counts."""

    asked = Signal(str)
    """Which steps to search: "before", "after" or "both"."""

    def __init__(self, bench: Workbench, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        at = bench.timeline.position
        self.setWindowTitle(tr("Wanted after step {at}", at=at) if at else tr("Wanted after the first steps"))
        self.resize(*SIZE)
        self.view, states, puzzle = bench.view, bench.steering.states_here, bench.document.puzzle
        self._outputs = [pair.output for pair in puzzle.train] if puzzle is not None else []
        self.document = Document(parent=self)
        pairs = tuple(Pair(*pair) for pair in zip(states, bench.steering.drawn_here, strict=True))
        self.document.open(Puzzle(tr("wanted"), pairs, (Pair(states[0], None),)))
        self.editor = Editor(self.document, self)
        self.editor.set_mode(Mode.EDIT)
        self.boxes: list[QCheckBox] = []
        self.editors: list[GridEditor] = []
        self.buttons: dict[str, QPushButton] = {}
        self._build(states)
        self._add_keys()
        self.document.changed.connect(self.refresh)
        self.editor.activate(Place("train", 0, "output"), (0, 0))
        self.editors[0].setFocus()
        self.refresh()

    @property
    def drawn(self) -> tuple[Grid, ...]:
        """What is drawn for every demonstration."""
        puzzle = self.document.puzzle
        return tuple(p.output for p in puzzle.train if p.output is not None) if puzzle is not None else ()

    @property
    def counting(self) -> tuple[bool, ...]:
        """Which of the grids drawn are meant."""
        shown = tuple(box.isChecked() for box in self.boxes)
        return (*shown, *(False for _ in self.drawn[len(shown) :]))

    def _build(self, states: tuple[Grid, ...]) -> None:
        bar = EditBar(self)
        bar.mode.hide()
        bar.done.hide()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 12)
        layout.setSpacing(8)
        layout.addWidget(bar)
        about = label(
            tr(
                "Draw what the grids are to be at this place. Untick a demonstration for which you do not "
                "know it; a grid left as it is counts as it is."
            ),
            "muted",
            wrap=True,
        )
        about.setContentsMargins(16, 0, 16, 0)
        layout.addWidget(about)
        layout.addWidget(self._rows(states), 1)
        layout.addLayout(self._make_buttons())

    def _rows(self, states: tuple[Grid, ...]) -> QScrollArea:
        page = QWidget()
        middle, grid = QHBoxLayout(page), QGridLayout()
        middle.addStretch(1)
        middle.addLayout(grid)
        middle.addStretch(1)
        grid.setHorizontalSpacing(24)
        grid.setVerticalSpacing(14)
        for column, text in ((1, tr("here")), (3, tr("wanted")), (5, tr("EXPECTED"))):
            grid.addWidget(heading(text), 0, column, CENTRE)
        look, theme = self.view.look, self.view.theme
        for index, (state, output) in enumerate(zip(states[:MOST_ROWS], self._outputs, strict=False)):
            title = tr("demonstration {n}", n=index + 1)
            box = QCheckBox(str(index + 1))
            box.setChecked(True)
            box.setAccessibleName(tr("{pair} counts", pair=title))
            box.toggled.connect(self.refresh)
            here = GridView(tr("{pair} state", pair=title), look, theme)
            here.show_grid(state)
            editor = GridEditor(self, Place("train", index, "output"), tr("{pair} wanted", pair=title))
            target = GridView(tr("{pair} expected output", pair=title), look, theme)
            target.show_grid(output)
            sides = [side for shown in (state, output) if shown is not None for side in shown.shape]
            cell = max(SMALLEST, min(LARGEST, ROOM // max(sides)))
            parts = (box, here, label("→", "muted"), editor, label("→", "muted"), target)
            for column, widget in enumerate(parts):
                grid.addWidget(widget, index + 1, column, CENTRE)
                if isinstance(widget, GridView):
                    widget.set_cell(cell)
            self.boxes.append(box)
            self.editors.append(editor)
        grid.setRowStretch(len(states) + 1, 1)
        area = QScrollArea()
        area.setWidget(page)
        area.setWidgetResizable(True)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        return area

    def _make_buttons(self) -> QHBoxLayout:
        buttons = QHBoxLayout()
        buttons.setContentsMargins(16, 0, 16, 0)
        close = QPushButton(tr("Cancel"))
        close.clicked.connect(self.reject)
        buttons.addWidget(close)
        buttons.addStretch(1)
        for side, text, tip in (
            ("before", tr("Steps before"), tr("Search steps that lead to these grids; later steps stay")),
            ("after", tr("Steps after"), tr("Search steps that go on from these grids; earlier steps stay")),
            ("both", tr("All steps"), tr("Search steps that lead to these grids, then steps that go on")),
        ):
            button = QPushButton(text)
            button.setToolTip(tip)
            button.setAutoDefault(False)
            button.clicked.connect(partial(self._ask, side))
            buttons.addWidget(button)
            self.buttons[side] = button
        self.buttons["both"].setObjectName("primary")
        return buttons

    def _add_keys(self) -> None:
        """The keys of the Edit menu, which are out of reach while a dialog is open."""
        stack = self.document.undo_stack
        keys = {"Ctrl+Z": stack.undo, "Ctrl+Shift+Z": stack.redo, "Ctrl+Y": stack.redo}
        keys |= {tool.value: partial(self.editor.choose_tool, tool) for tool in Tool}
        keys |= {str(value): partial(self.editor.choose_colour, value) for value in range(10)}
        for key, do in keys.items():
            QShortcut(QKeySequence(key), self, do)

    def refresh(self) -> None:
        """Show what is drawn, and whether anything is meant."""
        for editor, grid in zip(self.editors, self.drawn, strict=False):
            editor.show_grid(grid)
        for button in self.buttons.values():
            button.setEnabled(any(self.counting))

    def _ask(self, side: str, _checked: bool = False) -> None:
        self.asked.emit(side)
        self.accept()

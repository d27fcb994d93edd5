"""The tools and colours for drawing, above the board while the puzzle is edited."""

from __future__ import annotations

import re

import numpy as np
from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QColor, QIcon, QPainter, QPixmap
from PySide6.QtWidgets import (
    QButtonGroup,
    QFrame,
    QHBoxLayout,
    QLineEdit,
    QPushButton,
    QSizePolicy,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from app.state.draft import Draft
from app.state.editor import Drawable, Mode, Tool
from app.theme import NUMBERS, SHOWN_NAMES, place_of
from app.translate import mark, tr
from app.widgets.parts import IconButton, label, make_surface, set_kind
from puzzles.beyond import grids_of
from puzzles.grid import COLOURS, PADDING, SHOWN_COLOURS

SWATCH = 18
"""Logical pixels a side."""
TOOLS = {
    Tool.PENCIL: ("pencil", mark("Pencil")),
    Tool.LINE: ("line", mark("Line")),
    Tool.RECTANGLE: ("rectangle", mark("Rectangle, filled with Shift")),
    Tool.FILL: ("fill", mark("Flood fill")),
    Tool.PICK: ("pick", mark("Pick a colour from a cell")),
    Tool.SELECT: ("select", mark("Select, and drag to move")),
}


VALUES = (*range(SHOWN_COLOURS), PADDING)
"""What every swatch paints; those beyond ARC's colours are offered where the puzzle has them."""
SIMPLE = (Tool.PENCIL, Tool.FILL, Tool.SELECT)
"""What the simple tool set offers; every key works in both."""


class EditBar(QWidget):
    """Shows and chooses what the editor draws with."""

    def __init__(self, bench: Drawable) -> None:
        super().__init__()
        make_surface(self, "bar")
        self.setAccessibleName(tr("Drawing tools"))
        self._bench = bench
        self.tools: dict[Tool, IconButton] = {}
        self.swatches: list[QToolButton] = []
        self._build()
        bench.editor.changed.connect(self.refresh)
        bench.document.changed.connect(self.refresh)
        bench.view.changed.connect(self._on_view)
        self.refresh()

    def _build(self) -> None:
        self.mode = label("")
        self.mode.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(0)
        outer.addWidget(self.mode)
        layout = QHBoxLayout()
        outer.addLayout(layout)
        outer.addWidget(self._make_further())
        layout.setContentsMargins(10, 6, 10, 6)
        layout.setSpacing(1)
        group = QButtonGroup(self)
        for tool, (name, tip) in TOOLS.items():
            button = IconButton(name, tr(tip), self._bench.view.theme, tool.value)
            button.setCheckable(True)
            button.clicked.connect(lambda _checked=False, tool=tool: self._bench.editor.choose_tool(tool))
            group.addButton(button)
            layout.addWidget(button)
            self.tools[tool] = button
        self.all_tools = IconButton("more", tr("All tools, or the simple ones"), self._bench.view.theme)
        self.all_tools.setCheckable(True)
        self.all_tools.clicked.connect(self._bench.view.show_full_tools)
        layout.addWidget(self.all_tools)
        layout.addWidget(_divider())
        self._add_swatches(layout)
        self._further_row.addStretch(1)
        layout.addWidget(_divider())
        self._add_size_field(layout)
        layout.addStretch(1)
        layout.addSpacing(8)
        self.done = QPushButton(tr("Done"))
        self.done.setToolTip(tr("Stop editing (E)"))
        self.done.clicked.connect(lambda: self._bench.editor.set_enabled(False))
        layout.addWidget(self.done)
        self._paint_swatches()

    def _make_further(self) -> QWidget:
        """Return a second row, for values beyond ARC's colours."""
        self.further = QWidget()
        self._further_row = QHBoxLayout(self.further)
        self._further_row.setContentsMargins(14, 0, 10, 6)
        self._further_row.setSpacing(1)
        self._further_row.addWidget(label(tr("Shown, but not solved:"), "muted"))
        self._further_row.addSpacing(8)
        return self.further

    def _add_swatches(self, layout: QHBoxLayout) -> None:
        colours = QButtonGroup(self)
        for name, number, value in zip(SHOWN_NAMES, NUMBERS, VALUES, strict=True):
            swatch = QToolButton()
            swatch.setObjectName("swatch")
            swatch.setCheckable(True)
            swatch.setIconSize(QSize(SWATCH, SWATCH))
            swatch.setToolTip(f"{tr(name)} ({number})")
            swatch.setAccessibleName(tr("colour {value}, {name}", value=number, name=tr(name)))
            swatch.clicked.connect(lambda _checked=False, v=value: self._bench.editor.choose_colour(v))
            colours.addButton(swatch)
            (layout if value < COLOURS else self._further_row).addWidget(swatch)
            self.swatches.append(swatch)

    def _add_size_field(self, layout: QHBoxLayout) -> None:
        self.size_field = QLineEdit()
        self.size_field.setAccessibleName(tr("Size of the grid, rows by columns"))
        self.size_field.setToolTip(tr("Rows × columns of the active grid; type and press Return"))
        self.size_field.setPlaceholderText(tr("size"))
        self.size_field.setFixedWidth(66)
        self.size_field.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.size_field.returnPressed.connect(self._on_size)
        layout.addWidget(self.size_field)

    def refresh(self) -> None:
        """Show the tool, colour and size in use."""
        editor = self._bench.editor
        self.setVisible(editor.enabled)
        answering = editor.mode is Mode.ANSWER
        self.mode.setText(
            tr("Your answer: the puzzle stays as it is")
            if answering
            else tr("Editing the puzzle: every grid can be changed")
        )
        set_kind(self.mode, "answering" if answering else "editing")
        full = self._bench.view.full_tools
        for tool, button in self.tools.items():
            button.setVisible(full or tool in SIMPLE or tool is editor.tool)
        self.all_tools.setChecked(full)
        self.size_field.setVisible(full)
        self.tools[editor.tool].setChecked(True)
        further = {editor.colour} | (beyond_arc(self._bench.document.draft) if editor.enabled else set())
        for value, swatch in zip(VALUES, self.swatches, strict=True):
            swatch.setVisible(value < COLOURS or value in further)
        self.further.setVisible(any(value >= COLOURS for value in further))
        self.swatches[place_of(editor.colour)].setChecked(True)
        grid = editor.grid
        self.size_field.setEnabled(grid is not None)
        self.size_field.setText("" if grid is None else f"{grid.shape[0]} × {grid.shape[1]}")

    def _on_size(self) -> None:
        size = parse_size(self.size_field.text())
        if size is not None:
            self._bench.editor.resize(*size)
        self.refresh()

    def _on_view(self) -> None:
        for button in (*self.tools.values(), self.all_tools):
            button.set_theme(self._bench.view.theme)
        self._paint_swatches()
        self.refresh()

    def _paint_swatches(self) -> None:
        ratio = self.devicePixelRatioF()
        for swatch, colour in zip(self.swatches, self._bench.view.look.palette.shown, strict=True):
            pixmap = QPixmap(QSize(SWATCH, SWATCH) * ratio)
            pixmap.setDevicePixelRatio(ratio)
            pixmap.fill(Qt.GlobalColor.transparent)
            painter = QPainter(pixmap)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(QColor(self._bench.view.theme.muted))
            painter.setBrush(QColor(colour))
            painter.drawRoundedRect(1, 1, SWATCH - 2, SWATCH - 2, 4, 4)
            painter.end()
            swatch.setIcon(QIcon(pixmap))


def beyond_arc(draft: Draft | None) -> set[int]:
    """Return which values of a puzzle and its answers are no colours of ARC's."""
    if draft is None:
        return set()
    grids = [grid for _, grid in grids_of(draft.puzzle)] + [
        grid for grid in draft.answers if grid is not None
    ]
    return set[int]().union(*(np.unique(grid[grid >= COLOURS]).tolist() for grid in grids))


def parse_size(text: str) -> tuple[int, int] | None:
    """Read "rows × columns" with anything between the two numbers; one number means a square."""
    numbers = [int(number) for number in re.findall(r"\d{1,3}", text)]
    if len(numbers) == 1:
        numbers *= 2
    if len(numbers) != 2 or not all(numbers):
        return None
    return numbers[0], numbers[1]


def _divider() -> QFrame:
    line = QFrame()
    line.setObjectName("divider")
    line.setFixedSize(1, 22)
    return line

"""What can be done while a procedure is recorded: eight directions, writing, pushing, calling."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QGridLayout, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from app.state.procedure_words import DIRECTIONS, pointer_title
from app.state.teaching import Teaching
from app.taught import POINTERS, callable_programs
from app.translate import mark, tr
from app.widgets.parts import label, make_surface

ARROWS = ("↑", "↗", "→", "↘", "↓", "↙", "←", "↖")
KEYS = (
    mark("Up"),
    mark("PgUp"),
    mark("Right"),
    mark("PgDown"),
    mark("Down"),
    mark("End"),
    mark("Left"),
    mark("Home"),
)
DIRECTION_OF = {
    Qt.Key.Key_Up: 0,
    Qt.Key.Key_PageUp: 1,
    Qt.Key.Key_Right: 2,
    Qt.Key.Key_PageDown: 3,
    Qt.Key.Key_Down: 4,
    Qt.Key.Key_End: 5,
    Qt.Key.Key_Left: 6,
    Qt.Key.Key_Home: 7,
}
_PLACES = ((0, 1), (0, 2), (1, 2), (2, 2), (2, 1), (2, 0), (1, 0), (0, 0))
"""Row and column of each direction's button."""
BUTTON = (40, 30)


class MovePad(QWidget):
    """Buttons for what the keys do too."""

    def __init__(self, teaching: Teaching) -> None:
        super().__init__()
        make_surface(self, "panel")
        self._teaching = teaching
        self.pointer = [QPushButton(pointer_title(name)) for name in POINTERS]
        self.directions = [QPushButton(arrow) for arrow in ARROWS]
        self.write = QPushButton("✎")
        self.push = QPushButton(tr("Push"))
        self.program = QComboBox()
        self.direction = QComboBox()
        self.call = QPushButton(tr("Call"))
        self._name_all()
        self._arrange()
        self._connect()
        self.refresh()

    def _name_all(self) -> None:
        for name, button in zip(POINTERS, self.pointer, strict=True):
            button.setCheckable(True)
            button.setObjectName("chip")
            button.setToolTip(tr("Move the {pointer} (P changes)", pointer=pointer_title(name)))
        for key, direction, button in zip(KEYS, DIRECTIONS, self.directions, strict=True):
            button.setToolTip(f"{tr(direction)} ({tr(key)})")
            button.setAccessibleName(tr(direction))
        self.write.setToolTip(tr("Write the hand's colour (Space)"))
        self.write.setAccessibleName(tr("Write the hand's colour"))
        self.push.setCheckable(True)
        self.push.setObjectName("chip")
        self.push.setToolTip(tr("The four arrows push the piece under the eye (Ctrl and an arrow key)"))
        self.program.setAccessibleName(tr("Procedure to call"))
        self.direction.setAccessibleName(tr("Direction of the call"))
        self.call.setToolTip(tr("Do what this procedure does from here"))
        for name, directed in callable_programs():
            self.program.addItem(name, directed)
        for place, name in enumerate(DIRECTIONS):
            self.direction.addItem(tr(name), place)
        for button in (*self.pointer, *self.directions, self.write, self.push, self.call):
            button.setAutoDefault(False)

    def _arrange(self) -> None:
        grid = QGridLayout()
        grid.setSpacing(3)
        for (row, column), button in zip(_PLACES, self.directions, strict=True):
            button.setFixedSize(*BUTTON)
            button.setStyleSheet("padding: 0")
            grid.addWidget(button, row, column)
        self.write.setFixedSize(*BUTTON)
        self.write.setStyleSheet("padding: 0")
        grid.addWidget(self.write, 1, 1)
        pointers, calls, right = QHBoxLayout(), QHBoxLayout(), QVBoxLayout()
        for button in (*self.pointer, self.push):
            pointers.addWidget(button)
        pointers.addStretch(1)
        for widget in (self.program, self.direction, self.call):
            calls.addWidget(widget)
        calls.addStretch(1)
        right.setSpacing(8)
        right.addLayout(pointers)
        right.addLayout(calls)
        right.addWidget(label(tr("Keys: arrows, Space writes, P other pointer, Ctrl+Z takes back"), "muted"))
        layout = QHBoxLayout(self)
        layout.setContentsMargins(14, 10, 14, 12)
        layout.setSpacing(18)
        layout.addLayout(grid)
        layout.addLayout(right, 1)

    def _connect(self) -> None:
        teaching = self._teaching
        for which, button in enumerate(self.pointer):
            button.clicked.connect(lambda _on, which=which: teaching.take_pointer(which))
        for direction, button in enumerate(self.directions):
            button.clicked.connect(lambda _on, direction=direction: self.go(direction))
        self.write.clicked.connect(teaching.write)
        self.push.toggled.connect(lambda _on: self.refresh())
        self.program.currentIndexChanged.connect(lambda _place: self.refresh())
        self.call.clicked.connect(self._call)
        teaching.changed.connect(self.refresh)

    def go(self, direction: int) -> None:
        """Move the pointer, or push the piece while that is switched on."""
        if self.push.isChecked():
            self._teaching.push(direction)
        else:
            self._teaching.move(direction)

    def _call(self) -> None:
        directed = bool(self.program.currentData())
        direction = int(self.direction.currentData()) if directed else 0
        self._teaching.call(self.program.currentText(), direction)

    def refresh(self) -> None:
        """Offer what can be done now."""
        teaching, pushing = self._teaching, self.push.isChecked()
        for which, button in enumerate(self.pointer):
            button.setChecked(which == teaching.pointer)
        movable = teaching.recording or teaching.preparing
        for direction, button in enumerate(self.directions):
            button.setEnabled(movable and not (pushing and (direction % 2 or not teaching.recording)))
        for widget in (self.write, self.push, self.program, self.call):
            widget.setEnabled(teaching.recording)
        directed = bool(self.program.currentData())
        self.direction.setVisible(directed)
        self.direction.setEnabled(teaching.recording)

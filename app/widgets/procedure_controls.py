"""The line below the pad: step back, on, over, out, play and scrub through a run."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QPushButton, QSlider, QVBoxLayout, QWidget

from app.state.procedure_run import ProcedureRun
from app.theme import Theme
from app.translate import tr
from app.widgets.parts import IconButton, label, make_surface

SPEEDS = (1.0, 4.0, 16.0, 64.0)
"""A run of a thousand steps takes eleven minutes at the usual speed."""
USUAL = 4.0


class ProcedureControls(QWidget):
    """Buttons, scrubber and keys; the keys work in the whole dialog."""

    def __init__(self, procedure: ProcedureRun, theme: Theme) -> None:
        super().__init__()
        make_surface(self, "panel")
        self._procedure, self._theme = procedure, theme
        self.first = IconButton("first", tr("First state"), theme, "Alt+Home")
        self.back = IconButton("back", tr("Step back"), theme, "F7")
        self.play = IconButton("play", tr("Play"), theme, "Space")
        self.last = IconButton("last", tr("Last state"), theme, "Alt+End")
        self.into = self._button(tr("Into"), tr("Step into"), "F11")
        self.over = self._button(tr("Over"), tr("Step over the next call"), "F10")
        self.out = self._button(tr("Out"), tr("Step out of the call"), "Shift+F11")
        self.scrubber = QSlider(Qt.Orientation.Horizontal)
        self.scrubber.setAccessibleName(tr("Step"))
        self.counter = label("", "muted")
        self.counter.setMinimumWidth(130)
        self.counter.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self.speed = QComboBox()
        self.speed.setAccessibleName(tr("Speed of playing"))
        self.speed.setToolTip(tr("Speed of playing"))
        for speed in SPEEDS:
            self.speed.addItem(f"{speed:g} ×", speed)
        self._arrange()
        self._connect()
        self.speed.setCurrentIndex(SPEEDS.index(USUAL))
        self.refresh()

    def _button(self, text: str, tip: str, key: str) -> QPushButton:
        button = QPushButton(text)
        button.setObjectName("flat")
        button.setToolTip(f"{tip} ({key})")
        button.setAccessibleName(tip)
        return button

    def _arrange(self) -> None:
        layout = QVBoxLayout(self)
        layout.setContentsMargins(14, 8, 14, 10)
        layout.setSpacing(6)
        line, buttons = QHBoxLayout(), QHBoxLayout()
        line.addWidget(self.scrubber, 1)
        line.addWidget(self.counter)
        buttons.setSpacing(4)
        for widget in (self.first, self.back, self.play, self.last, self.into, self.over, self.out):
            buttons.addWidget(widget)
        buttons.addStretch(1)
        buttons.addWidget(self.speed)
        layout.addLayout(line)
        layout.addLayout(buttons)

    def _connect(self) -> None:
        procedure, timeline = self._procedure, self._procedure.timeline
        self.first.clicked.connect(lambda: timeline.step(-timeline.length))
        self.last.clicked.connect(lambda: timeline.step(timeline.length))
        self.back.clicked.connect(procedure.step_back)
        self.play.clicked.connect(timeline.toggle)
        self.into.clicked.connect(procedure.step_into)
        self.over.clicked.connect(procedure.step_over)
        self.out.clicked.connect(procedure.step_out)
        self.scrubber.valueChanged.connect(self._on_scrub)
        self.speed.currentIndexChanged.connect(lambda: timeline.set_speed(self.speed.currentData()))
        for changed in (timeline.moved, timeline.playing_changed, procedure.changed):
            changed.connect(self.refresh)

    def add_keys(self, dialog: QWidget) -> None:
        """Let the keys work wherever the focus is in a dialog."""
        timeline, procedure = self._procedure.timeline, self._procedure
        for key, do in (
            ("F7", procedure.step_back),
            ("F11", procedure.step_into),
            ("F10", procedure.step_over),
            ("Shift+F11", procedure.step_out),
            ("Space", timeline.toggle),
            ("Alt+Home", lambda: timeline.step(-timeline.length)),
            ("Alt+End", lambda: timeline.step(timeline.length)),
        ):
            QShortcut(QKeySequence(key), dialog, do)

    def set_theme(self, theme: Theme) -> None:
        """Draw the icons in other colours."""
        self._theme = theme
        for button in (self.first, self.back, self.play, self.last):
            button.set_theme(theme)

    def refresh(self) -> None:
        """Show where one stands."""
        timeline = self._procedure.timeline
        self.scrubber.blockSignals(True)
        self.scrubber.setRange(0, timeline.length)
        self.scrubber.setPageStep(max(1, timeline.length // 20))
        self.scrubber.setValue(timeline.position)
        self.scrubber.blockSignals(False)
        self.counter.setText(tr("step {at} of {count}", at=timeline.position, count=timeline.length))
        ready = timeline.length > 0 and not self._procedure.running
        for widget in (self.first, self.back, self.play, self.last, self.into, self.over, self.out):
            widget.setEnabled(ready)
        self.scrubber.setEnabled(ready)
        self.play.set_icon("pause" if timeline.playing else "play", self._theme)

    def _on_scrub(self, position: int) -> None:
        self._procedure.timeline.pause()
        self._procedure.timeline.go(position)

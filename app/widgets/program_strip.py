"""The program as a line of chips, with a scrubber to run through it."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QEvent, QObject, QPoint, Qt, QTimer
from PySide6.QtGui import QAction
from PySide6.QtWidgets import (
    QComboBox,
    QHBoxLayout,
    QMenu,
    QScrollArea,
    QSlider,
    QVBoxLayout,
    QWidget,
)

from app.settings import Settings
from app.state.palette import Recent
from app.state.rows import states_of
from app.state.sources import is_straight, sources_of
from app.state.timeline import SPEEDS
from app.state.workbench import Workbench
from app.translate import mark, tr
from app.widgets.chip import HEIGHT, ChipLine, Gap, StepChip
from app.widgets.parts import IconButton, label, make_surface
from app.widgets.slot_line import argument_menu
from app.widgets.word_field import WordField
from solver.words.program import Program

CHIP_LINE = HEIGHT + 12
"""Logical pixels: a chip and the scroll bar below it."""
EMPTY_TEXT = mark(
    "A program appears here once one is found: each step is a word, and each word makes a grid."
)


def _speed_chooser() -> QComboBox:
    """Return a field with the speeds, at the usual one."""
    chooser = QComboBox()
    chooser.setAccessibleName(tr("Speed of playing"))
    chooser.setToolTip(tr("Speed of playing"))
    for speed in SPEEDS:
        chooser.addItem(f"{speed:g} ×", speed)
    chooser.setCurrentIndex(SPEEDS.index(1.0))
    return chooser


def _mark_stop(chip: StepChip, stops: bool) -> None:
    """Show whether playing stops at a chip."""
    if bool(chip.property("stops")) == stops:
        return
    chip.setProperty("stops", stops)
    chip.setAccessibleDescription(tr("playing stops here") if stops else "")
    chip.style().unpolish(chip)
    chip.style().polish(chip)


class ProgramStrip(QWidget):
    """Chips `input → word → …`; a click, the buttons, the scrubber or the keys choose the step shown."""

    def __init__(self, bench: Workbench, settings: Settings) -> None:
        super().__init__()
        make_surface(self, "panel")
        self._bench = bench
        self._recent = Recent(settings)
        self._program: Program | None = None
        self.chips: list[StepChip] = []
        self.gaps: list[Gap] = []
        self._step_actions: tuple[QAction, ...] = ()
        self._list_arguments: Callable[[QMenu], None] | None = None
        self._build()
        self._connect()
        self.rebuild()

    def _build(self) -> None:
        theme = self._bench.view.theme
        self._line = ChipLine(self._bench.view)
        make_surface(self._line, "panel")
        self._chip_layout = QHBoxLayout(self._line)
        self._chip_layout.setContentsMargins(0, 0, 0, 0)
        self._chip_layout.setSpacing(4)
        self._chip_layout.setAlignment(Qt.AlignmentFlag.AlignTop)
        self._scroll = QScrollArea()
        make_surface(self._scroll, "panel")
        self._scroll.setWidget(self._line)
        self._scroll.viewport().installEventFilter(self)
        self._scroll.horizontalScrollBar().rangeChanged.connect(lambda *_: self._show_position())
        self._scroll.setWidgetResizable(True)
        self._scroll.setFixedHeight(CHIP_LINE)
        self._scroll.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.first = IconButton("first", tr("First state"), theme, "Home")
        self.back = IconButton("back", tr("One step back"), theme, "Left")
        self.play = IconButton("play", tr("Play"), theme, "Space")
        self.forward = IconButton("forward", tr("One step on"), theme, "Right")
        self.last = IconButton("last", tr("Last state"), theme, "End")
        self.scrubber = QSlider(Qt.Orientation.Horizontal)
        self.scrubber.setAccessibleName(tr("Step"))
        self.scrubber.setPageStep(1)
        self.counter = label("", "muted")
        self.counter.setMinimumWidth(90)
        self.loop = IconButton("loop", tr("Play again and again"), theme)
        self.loop.setCheckable(True)
        self.speed = _speed_chooser()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(14, 6, 14, 10)
        layout.setSpacing(4)
        layout.addWidget(self._scroll)
        layout.addLayout(self._controls())

    def _controls(self) -> QHBoxLayout:
        """Return the line below the chips."""
        controls = QHBoxLayout()
        controls.setSpacing(4)
        for button in (self.first, self.back, self.play, self.forward, self.last):
            controls.addWidget(button)
        controls.addSpacing(10)
        controls.addWidget(self.scrubber, 1)
        controls.addSpacing(10)
        controls.addWidget(self.counter)
        controls.addWidget(self.loop)
        controls.addWidget(self.speed)
        return controls

    @property
    def _buttons(self) -> tuple[IconButton, ...]:
        return self.first, self.back, self.play, self.forward, self.last, self.loop

    def _connect(self) -> None:
        timeline = self._bench.timeline
        self.first.clicked.connect(lambda: timeline.step(-timeline.length))
        self.back.clicked.connect(lambda: timeline.step(-1))
        self.play.clicked.connect(timeline.toggle)
        self.forward.clicked.connect(lambda: timeline.step(1))
        self.last.clicked.connect(lambda: timeline.step(timeline.length))
        self.scrubber.valueChanged.connect(timeline.go)
        self.loop.toggled.connect(timeline.set_loop)
        self.speed.currentIndexChanged.connect(lambda: timeline.set_speed(self.speed.currentData()))
        timeline.changed.connect(self.refresh)
        timeline.moved.connect(self.refresh)
        timeline.playing_changed.connect(self.refresh)
        self._bench.run.candidate_changed.connect(self._on_candidate)
        self._bench.run.changed.connect(self._enable)
        self._bench.document.opened.connect(self._enable)
        self._bench.pair_changed.connect(self._show_pictures)
        self._bench.view.changed.connect(self._line.update)
        self._bench.vocabulary_changed.connect(self.rebuild)
        self._bench.view.theme_changed.connect(self._on_theme)

    def set_step_actions(
        self, actions: Sequence[QAction], list_arguments: Callable[[QMenu], None] | None = None
    ) -> None:
        """Offer `actions`, which act on the step shown, and its arguments when a chip is right-clicked."""
        self._step_actions = tuple(actions)
        self._list_arguments = list_arguments

    def rebuild(self) -> None:
        """Lay out the chips of another program."""
        candidate = self._bench.run.candidate
        self._program = candidate.program if candidate else None
        self.chips, self.gaps = [], []
        self._line.set_links(())
        self._bench.point_at(None)
        while self._chip_layout.count():
            item = self._chip_layout.takeAt(0)
            widget = item.widget() if item is not None else None
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        if candidate is None or self._program is None:
            self._chip_layout.addWidget(label(tr(EMPTY_TEXT), "muted"))
            self._add_gap("+", 0)
        else:
            self._add_chip(tr("input"), 0)
            for i, title in enumerate(self._bench.titles(candidate), start=1):
                self._add_gap("→", i - 1)
                self._add_chip(f"{title}{self._sources(self._program, i)}", i)
            self._mark_coined(self._program)
            if self._program.steps or len(self.chips) == 1:
                self._add_gap("+", len(self._program.steps))
            self._draw_links(self._program)
        self._chip_layout.addStretch(1)
        self._scroll.setFixedHeight(CHIP_LINE + self._line.foot)
        self._show_pictures()
        self._enable()
        self.refresh()

    def _draw_links(self, program: Program) -> None:
        """Draw where a step reads more than, or other than, the result before it."""
        links = [
            (self.chips[source], self.chips[position])
            for position in range(1, len(program.steps) + 1)
            for source in dict.fromkeys(sources_of(program, position))
            if source != position - 1
        ]
        self._line.set_links(links)

    def _show_pictures(self) -> None:
        """Show in every chip the state after its step, of the pair looked at."""
        candidate, (part, index) = self._bench.run.candidate, self._bench.pair
        if candidate is None:
            return
        states = states_of(candidate, part, index)
        for position, chip in enumerate(self.chips):
            chip.set_grid(states[position] if position < len(states) else None)

    def _enable(self) -> None:
        """Let words be put in and changed when the program may be edited."""
        ready = self._bench.can_edit_program
        for gap in self.gaps:
            gap.setVisible(self._program is not None or self._bench.document.puzzle is not None)
            gap.setEnabled(ready)
        steps = self._program.steps if self._program is not None else ()
        for chip, step in zip(self.chips[1:], steps, strict=False):
            written = ready and chip.text().startswith(step.word)
            chip.set_arguments(self._bench.client.arguments(step.word) if written else ())

    def refresh(self) -> None:
        """Show where the timeline stands."""
        timeline = self._bench.timeline
        self.scrubber.blockSignals(True)
        self.scrubber.setRange(0, timeline.length)
        self.scrubber.setValue(timeline.position)
        self.scrubber.blockSignals(False)
        for i, chip in enumerate(self.chips):
            chip.setChecked(i == timeline.position)
            _mark_stop(chip, i in timeline.breakpoints)
        self._show_position()
        has_program = self._program is not None
        counter = tr("step {at} of {count}", at=timeline.position, count=timeline.length)
        self.counter.setText(counter if has_program else "")
        for widget in (*self._buttons, self.scrubber):
            widget.setEnabled(timeline.length > 0)
        self.play.set_icon("pause" if timeline.playing else "play", self._bench.view.theme)

    def _show_position(self) -> None:
        """Scroll to the chip of the step shown."""
        position = self._bench.timeline.position
        if position < len(self.chips):
            self._scroll.ensureWidgetVisible(self.chips[position], 40, 0)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Keep the step shown in sight when chips have found their places, or there is less room."""
        if event.type() == QEvent.Type.Resize:
            QTimer.singleShot(0, self, self._show_position)
        return super().eventFilter(watched, event)

    def _sources(self, program: Program, position: int) -> str:
        """Name what a step reads, where that is not just the result before it."""
        if is_straight(program, position):
            return ""
        names = [str(source) if source else tr("input") for source in sources_of(program, position)]
        return f"  ({' + '.join(names)})"

    def _add_chip(self, text: str, position: int) -> None:
        chip = StepChip(text, self._bench.view)
        chip.setAccessibleName(tr("step {at}: {word}", at=position, word=text) if position else text)
        chip.clicked.connect(lambda: self._on_chip(position))
        if position:
            chip.pointed.connect(lambda here: self._bench.point_at(position if here else None))
            chip.argument_asked.connect(lambda number: self._ask_argument(chip, position, number))
            chip.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
            chip.customContextMenuRequested.connect(lambda at: self._offer(chip, position, at))
        self._chip_layout.addWidget(chip, 0, Qt.AlignmentFlag.AlignTop)
        self.chips.append(chip)

    def _add_gap(self, shown: str, position: int) -> None:
        """Add a place where a word can be put in."""
        gap = Gap(shown, position)
        gap.clicked.connect(lambda: self.ask_word(position))
        self._chip_layout.addWidget(gap)
        self.gaps.append(gap)

    def ask_word(self, position: int) -> WordField:
        """Open a field for a word that is put in after the step at `position`."""
        field = WordField(
            self._bench, self._recent, self.window(), lambda entry: self._bench.insert_word(entry, position)
        )
        field.open()
        field.field.setFocus()
        return field

    def _ask_argument(self, chip: StepChip, position: int, number: int) -> None:
        """Offer what else may stand in a part of a step's name."""
        arguments = self._bench.arguments(position)
        if position == self._bench.timeline.position and number < len(arguments):
            menu = argument_menu(arguments[number], self._bench.view, self._bench.change_word, self)
            menu.popup(chip.mapToGlobal(chip.rect_of(number).bottomLeft()))
            self.argument_menu = menu

    def _mark_coined(self, program: Program) -> None:
        """Tell words that were coined for this puzzle from those of the language."""
        for chip, step in zip(self.chips[1:], program.steps, strict=False):
            if self._bench.is_coined(step.word):
                chip.setText(f"✱ {chip.text()}")
                chip.setToolTip(tr("A word coined for this puzzle; only this program knows it."))
                chip.setAccessibleName(tr("{step}, coined for this puzzle", step=chip.accessibleName()))

    def _on_chip(self, position: int) -> None:
        self._bench.timeline.pause()
        self._bench.timeline.go(position)
        self.refresh()

    def _offer(self, chip: StepChip, position: int, at: QPoint) -> None:
        self._on_chip(position)
        menu = QMenu(self)
        menu.addActions(list(self._step_actions))
        if self._list_arguments is not None:
            self._list_arguments(menu.addMenu(tr("Change an argument")))
        menu.popup(chip.mapToGlobal(at))
        menu.aboutToHide.connect(menu.deleteLater)

    def _on_candidate(self) -> None:
        candidate = self._bench.run.candidate
        if (candidate.program if candidate else None) != self._program:
            self.rebuild()
        else:
            self._show_pictures()
            self.refresh()

    def _on_theme(self) -> None:
        for button in self._buttons:
            button.set_theme(self._bench.view.theme)
        self.refresh()

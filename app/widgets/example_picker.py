"""Which procedure is run on what: a task, and a random pad of a size or numbers that are typed in."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import (
    QComboBox,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)

from app.procedures import Example, taught
from app.state.procedure_examples import MOST_CELLS, examples, is_row
from app.state.procedure_run import ProcedureRun
from app.state.procedure_words import ABOUT_TASKS, DIRECTIONS, TASK_TITLES
from app.translate import counted, tr
from app.widgets.parts import heading, label, make_surface

WIDTH = 250
ROW_HEIGHT = 30
MOST_SEEDS = 9999
MOST_STEPS = 6
"""Of a taught procedure that are named."""
FIELD_MARGIN = 7
"""Logical pixels left of a number, as in a line of text."""


class ExamplePicker(QWidget):
    """The list of examples and the fields below it; whatever is changed shows at once."""

    def __init__(self, procedure: ProcedureRun) -> None:
        super().__init__()
        make_surface(self, "panel")
        self.setFixedWidth(WIDTH)
        self._procedure = procedure
        self._quiet = False
        self._build()
        self._arrange()
        self._connect()
        self.list.setCurrentRow(0)

    def _build(self) -> None:
        self.list = QListWidget()
        self.list.setAccessibleName(tr("Procedures, from easy to hard"))
        for example in examples():
            self._add(example)
        self.about = label("", "muted", wrap=True)
        self.length = QSpinBox()
        self.length.setAccessibleName(tr("Size"))
        self.seed = QSpinBox()
        self.seed.setAccessibleName(tr("Seed of the random pad"))
        self.seed.setMaximum(MOST_SEEDS)
        for field in (self.length, self.seed):
            field.lineEdit().setTextMargins(FIELD_MARGIN, 0, 0, 0)
        self.another = QPushButton(tr("Another"))
        self.another.setAccessibleName(tr("Another random pad"))
        self.typed = [QLineEdit() for _ in range(2)]
        self.direction = QComboBox()
        self.direction.setAccessibleName(tr("Direction"))
        self.run = QPushButton(tr("Run"))
        self.another.setAutoDefault(False)
        self.run.setDefault(True)  # Return runs the example, wherever one is in the dialog
        self.run.setObjectName("primary")
        self.problem = label("", "bad", wrap=True)
        self.teach, self.remove = QPushButton(tr("Teach…")), QPushButton(tr("Remove…"))
        self.teach.setToolTip(tr("Perform a procedure on a few pads, and have it learned (Ctrl+T)"))
        self.teach.setShortcut("Ctrl+T")
        self.remove.setToolTip(tr("Remove the procedure that was taught"))
        for button in (self.teach, self.remove):
            button.setAutoDefault(False)

    def _add(self, example: Example) -> None:
        item = QListWidgetItem(example_title(example))
        item.setSizeHint(QSize(0, ROW_HEIGHT))
        item.setData(Qt.ItemDataRole.UserRole, example)
        self.list.addItem(item)

    def show_taught(self, found: Sequence[Example], chosen: str = "") -> None:
        """List these after the others, and choose one by its name."""
        self.list.blockSignals(True)
        row = self.list.currentRow()
        while self.list.count() > len(examples()):
            self.list.takeItem(self.list.count() - 1)
        for example in found:
            self._add(example)
        self.list.setCurrentRow(-1)
        self.list.blockSignals(False)
        names = [example.task for example in found]
        place = len(examples()) + names.index(chosen) if chosen in names else row
        self.list.setCurrentRow(min(place, self.list.count() - 1))

    def _arrange(self) -> None:
        layout = QVBoxLayout(self)
        layout.setContentsMargins(12, 12, 12, 12)
        layout.setSpacing(8)
        layout.addWidget(heading(tr("From easy to hard")))
        layout.addWidget(self.list, 1)
        teaching = QHBoxLayout()
        teaching.setSpacing(6)
        teaching.addWidget(self.teach, 1)
        teaching.addWidget(self.remove, 1)
        layout.addLayout(teaching)
        layout.addWidget(self.about)
        form = QGridLayout()
        form.setHorizontalSpacing(10)
        form.setVerticalSpacing(6)
        form.setColumnStretch(1, 1)
        line = QHBoxLayout()
        line.setSpacing(6)
        line.addWidget(self.seed, 1)
        line.addWidget(self.another)
        form.addWidget(QLabel(tr("Size")), 0, 0)
        form.addWidget(self.length, 0, 1)
        form.addWidget(QLabel(tr("Seed")), 1, 0)
        form.addLayout(line, 1, 1)
        self._captions = [QLabel() for _ in self.typed]
        for row, (caption, field) in enumerate(zip(self._captions, self.typed, strict=True), start=2):
            form.addWidget(caption, row, 0)
            form.addWidget(field, row, 1)
        self._direction_caption = QLabel(tr("Direction"))
        form.addWidget(self._direction_caption, 4, 0)
        form.addWidget(self.direction, 4, 1)
        layout.addLayout(form)
        layout.addWidget(self.problem)
        layout.addWidget(self.run)

    def _connect(self) -> None:
        self.list.currentRowChanged.connect(self._on_row)
        self.list.itemActivated.connect(lambda _item: self._press())
        self.length.valueChanged.connect(self._on_random)
        self.seed.valueChanged.connect(self._on_random)
        self.another.clicked.connect(lambda: self.seed.setValue((self.seed.value() + 1) % (MOST_SEEDS + 1)))
        for field in self.typed:
            field.textEdited.connect(self._on_typed)
            field.returnPressed.connect(self._press)
        self.direction.activated.connect(self._on_direction)
        self.run.clicked.connect(self._press)
        self._procedure.chosen.connect(self.refresh)
        self._procedure.changed.connect(self._show_state)

    def refresh(self) -> None:
        """Show the example that is looked at."""
        example, facts = self._procedure.example, self._procedure.facts
        self._quiet = True
        self.about.setText(about_text(example.task))
        self.remove.setVisible(facts.taught)
        self.length.setRange(facts.least, max(MOST_CELLS, example.size))
        self.length.setValue(example.size)
        self.seed.setValue(example.seed)
        captions = {2: (tr("Add"), tr("and")), 1: (tr("Digits"), "")}.get(facts.typed, ("", ""))
        for place, (field, caption) in enumerate(zip(self.typed, self._captions, strict=True)):
            field.setVisible(place < facts.typed)
            caption.setVisible(place < facts.typed)
            caption.setText(captions[place])
            names = (tr("First number"), tr("Second number")) if facts.typed > 1 else (tr("Digits"), "")
            field.setAccessibleName(names[place])
            if not field.hasFocus():
                field.setText(example.given[place] if place < len(example.given) else "")
            field.setPlaceholderText(tr("or type digits"))
        self._show_directions()
        self._show_state()
        self._quiet = False

    def _show_directions(self) -> None:
        choices = self._procedure.facts.directions
        self.direction.setVisible(bool(choices))
        self._direction_caption.setVisible(bool(choices))
        self.direction.clear()
        for choice in choices:
            self.direction.addItem(tr(DIRECTIONS[choice]), choice)
        first = self._procedure.recording.frames[0].arguments[0]
        self.direction.setCurrentIndex(max(0, self.direction.findData(first)))

    def _show_state(self) -> None:
        self.problem.setText(self._procedure.error)
        self.problem.setVisible(bool(self._procedure.error))
        self.run.setText(tr("Stop") if self._procedure.running else tr("Run"))

    def _press(self) -> None:
        if self._procedure.running:
            self._procedure.cancel()
        elif not self._procedure.refused:
            self._procedure.run()

    def _on_row(self, row: int) -> None:
        if row >= 0:
            for field in self.typed:
                field.clear()
            self._procedure.choose(self.list.item(row).data(Qt.ItemDataRole.UserRole))
            self._procedure.look_up()

    def _on_random(self) -> None:
        if not self._quiet:
            for field in self.typed:
                field.clear()
            old = self._procedure.example
            self._procedure.choose(Example(old.task, self.length.value(), self.seed.value()))

    def _on_typed(self) -> None:
        facts, old = self._procedure.facts, self._procedure.example
        texts = tuple(field.text().strip() for field in self.typed[: facts.typed])
        if all(texts):
            self._procedure.choose(replace(old, given=texts, drawn=None))
        elif not any(texts):
            self._procedure.choose(replace(old, given=(), drawn=None))

    def _on_direction(self) -> None:
        if not self._quiet:
            old = self._procedure.example
            self._procedure.choose(replace(old, arguments=(int(self.direction.currentData()), 0, 0)))


def about_text(task: str) -> str:
    """Return what a procedure does; what was taught is said in the words of its recording."""
    found = taught(task)
    if found is None:
        return tr(ABOUT_TASKS.get(task, ""))
    steps = ", ".join(found.steps[:MOST_STEPS]) + (" …" if len(found.steps) > MOST_STEPS else "")
    return tr("Again and again: {steps}", steps=steps) if found.repeats else steps


def example_title(example: Example) -> str:
    """Return a line for the list."""
    if taught(example.task) is not None:
        return tr("{name} (taught)", name=example.task)
    title = tr(TASK_TITLES[example.task])
    if example.given:
        return f"{title}: {' + '.join(example.given)}"
    if example.task == "addition":
        size = counted(example.size, "{n} digit", "{n} digits")
    elif is_row(example.task):
        size = counted(example.size, "{n} cell", "{n} cells")
    else:
        size = f"{example.size} × {example.size}"
    return f"{title}, {size}"

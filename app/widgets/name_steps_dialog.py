"""Give consecutive steps of the program shown a name: they become a word of the dictionary."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QFormLayout,
    QHBoxLayout,
    QLineEdit,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)

from app.state.lexicon import spelled
from app.state.workbench import Workbench
from app.translate import tr
from app.widgets.parts import label, set_kind
from solver.words.named import LONGEST_NAME, NamedWord, cut_out
from solver.words.program import Program, ProgramError

WIDTH = 440


class NameStepsDialog(QDialog):
    """Asks for a name and the first and last of the steps, and says at once what is in the way."""

    def __init__(self, bench: Workbench, program: Program, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle(tr("Name steps as a word"))
        self._bench, self._program = bench, program
        self.word: NamedWord | None = None
        """What was named, as soon as it can be."""
        count = len(program.steps)
        self.name = QLineEdit()
        self.name.setMaxLength(LONGEST_NAME)
        self.first, self.last = QSpinBox(), QSpinBox()
        for box, value, text in (
            (self.first, 1, tr("First step")),
            (self.last, bench.timeline.position or count, tr("Last step")),
        ):
            box.setRange(1, count)
            box.setValue(value)
            box.setAlignment(Qt.AlignmentFlag.AlignCenter)
            box.setAccessibleName(text)
        self.steps = label("", "muted", wrap=True)
        self.trouble = label("", wrap=True)
        set_kind(self.trouble, "warn")
        self.buttons = QDialogButtonBox(
            QDialogButtonBox.StandardButton.Save | QDialogButtonBox.StandardButton.Cancel
        )
        self._lay_out()
        self.name.textChanged.connect(self.refresh)
        self.first.valueChanged.connect(self.refresh)
        self.last.valueChanged.connect(self.refresh)
        self.buttons.accepted.connect(self.accept)
        self.buttons.rejected.connect(self.reject)
        self.refresh()

    def _lay_out(self) -> None:
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 16, 16, 16)
        layout.setSpacing(10)
        form = QFormLayout()
        form.addRow(tr("Name"), self.name)
        range_ = QHBoxLayout()
        range_.addWidget(self.first)
        range_.addWidget(label(tr("to"), "muted"))
        range_.addWidget(self.last)
        range_.addStretch(1)
        form.addRow(tr("Steps"), range_)
        layout.addLayout(form)
        layout.addWidget(self.steps)
        layout.addWidget(self.trouble)
        layout.addWidget(self.buttons)
        self.setMinimumWidth(WIDTH)

    def refresh(self) -> None:
        """Show the steps meant, and whether they can have the name."""
        first, last = self.first.value(), self.last.value()
        meant = self._program.steps[first - 1 : last]
        self.steps.setText("  →  ".join(self._bench.title_of(step) for step in meant))
        self.word, trouble = None, ""
        name = " ".join(self.name.text().split())
        try:
            steps = cut_out(self._program, first, last)
            if name and (spelled(name) is not None or name in {e.name for e in self._bench.vocabulary}):
                trouble = tr("There is a word of this name already.")
            elif name:
                self.word = NamedWord(name, steps)
                if any(word.name == name for word in self._bench.named.words):
                    trouble = tr("It takes the place of the word you gave this name before.")
                elif not self.word.exact:
                    trouble = tr("Only words of exact steps are used by the search; this one is for you.")
        except ProgramError as error:
            trouble = str(error)
        self.trouble.setText(trouble)
        self.buttons.button(QDialogButtonBox.StandardButton.Save).setEnabled(self.word is not None)

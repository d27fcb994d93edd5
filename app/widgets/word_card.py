"""What is known of one word of the dictionary, in words, and where it is used."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QFrame, QPushButton, QVBoxLayout

from app.plain import plain_tip
from app.probes import WordEntry
from app.state.view import ViewOptions
from app.texts_of_words import sentence
from app.translate import counted, tr
from app.widgets.parts import label
from app.widgets.slot_line import SlotLine
from solver.words.results import Candidate

if TYPE_CHECKING:
    from solver.words.arguments import Argument

MOST_FILES = 3
"""Programs named; the rest are counted."""


class WordCard(QFrame):
    """Shows what a word resembles, and links to the programs that use it."""

    open_asked = Signal(object)
    """`Path`"""
    candidate_asked = Signal(object)
    """`Candidate` that uses the word"""
    changed = Signal(str)
    """The name of the word with another value in one of its places"""

    def __init__(self, view: ViewOptions) -> None:
        super().__init__()
        self.setObjectName("card")
        self.slots = SlotLine(view)
        self.slots.changed.connect(self.changed)
        self.about = label("", "muted", wrap=True)
        self.used = label("", "muted", wrap=True)
        self.links: list[QPushButton] = []
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(12, 9, 12, 9)
        self._layout.setSpacing(3)
        self._layout.addWidget(self.slots)
        self._layout.addWidget(self.about)
        self._layout.addWidget(self.used)

    def show_word(
        self,
        entry: WordEntry,
        files: Sequence[Path],
        candidates: Sequence[Candidate] = (),
        arguments: Sequence[Argument] = (),
    ) -> None:
        """Describe a word used in `files` and in `candidates`, and what can be changed in its name."""
        self.show()
        for link in self.links:
            link.hide()
            link.deleteLater()
        self.links = []
        self.slots.show_name(entry.name, arguments)
        self.about.setText(about_text(entry))
        self.used.setText(used_text(len(files)))
        for path in files[:MOST_FILES]:
            link = QPushButton(path.name)
            link.setObjectName("link")
            link.setToolTip(plain_tip(str(path)))
            link.clicked.connect(lambda _checked=False, path=path: self._ask(path))
            self._layout.addWidget(link)
            self.links.append(link)
        if candidates:
            link = QPushButton(found_text(len(candidates)))
            link.setObjectName("link")
            link.setToolTip(tr("Show the best of them"))
            link.clicked.connect(lambda: self.candidate_asked.emit(candidates[0]))
            self._layout.addWidget(link)
            self.links.append(link)

    def _ask(self, path: Path) -> None:
        """Ask when the click is over: opening may ask something, and meanwhile other links be shown."""
        QTimer.singleShot(0, self, lambda: self.open_asked.emit(path))


def about_text(entry: WordEntry) -> str:
    """Say what a word is, and for learned ones which exact word it resembles."""
    if entry.code:
        return tr("Coined for this puzzle: {meaning}. Its program carries it.", meaning=entry.meaning)
    if entry.steps is not None:
        return counted(
            len(entry.steps.steps),
            "Named by you: {steps}. Programs have its {n} step.",
            "Named by you: {steps}. Programs have its {n} steps.",
            steps=entry.meaning,
        )
    if entry.kind != "learned":
        said = sentence(entry.group, entry.family)
        return tr(said) if said else tr("An exact word: it does what its name says.")
    if not entry.meaning:
        return tr("A learned word that resembles no exact word.")
    if entry.agreement is None:
        return tr("A learned word that resembles “{word}”.", word=entry.meaning)
    return tr(
        "A learned word that resembles “{word}”: both agree on {share} % of the probe grids.",
        word=entry.meaning,
        share=round(100 * entry.agreement),
    )


def used_text(number: int) -> str:
    """Say in how many saved programs a word is used."""
    if not number:
        return tr("Used in no saved program yet.")
    return counted(number, "Used in {n} saved program:", "Used in {n} saved programs:")


def found_text(number: int) -> str:
    """Say in how many programs for the open puzzle a word is used."""
    return counted(number, "In {n} program found for this puzzle", "In {n} programs found for this puzzle")

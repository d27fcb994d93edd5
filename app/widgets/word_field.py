"""A field for one word of any kind, with completion: what is put in between two steps."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QWidget

from app.probes import WordEntry
from app.state.lexicon import suggestions
from app.state.palette import Entry, Recent
from app.state.workbench import Workbench
from app.translate import tr
from app.widgets.command_palette import CommandPalette
from app.widgets.word_rows import kind_of


class WordField(CommandPalette):
    """Lists the words that fit the letters typed, and those that the text may become; Tab takes one over."""

    def __init__(
        self, bench: Workbench, recent: Recent, parent: QWidget, put_in: Callable[[WordEntry], object]
    ) -> None:
        """put_in: is given the word, after the field has closed."""
        usable = [entry for entry in bench.lexicon if bench.can_use(entry)]
        self._bench, self._put_in = bench, put_in
        self._words = {entry.name: entry for entry in usable}
        super().__init__(
            [_row(entry) for entry in usable],
            recent,
            bench.view.theme,
            parent,
            asks=tr("A word: type its letters, or write a rule; Tab completes"),
            more=self._becoming,
        )
        self.chosen.connect(self._on_chosen)
        self._owner = parent

    def _becoming(self, text: str) -> list[Entry]:
        """Return words that are not listed and begin like the text."""
        found = [entry for entry in suggestions(text) if self._bench.can_use(entry)]
        self._words |= {entry.name: entry for entry in found}
        return [_row(entry) for entry in found]

    def _on_chosen(self, row: Entry) -> None:
        """Tell when the field is gone: the program runs again, and what it shows with it."""
        word, put_in = self._words[row.key], self._put_in
        QTimer.singleShot(0, self._owner, lambda: put_in(word))


def _row(entry: WordEntry) -> Entry:
    return Entry("word", entry.name, entry.shown, entry.meaning if entry.given else "", beside=kind_of(entry))

"""Words that the next search over the open puzzle leaves out, and words that its programs must have."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import QObject, Signal

from solver.words.results import SolveOptions


class WordWishes(QObject):
    """Two lists of names of words, none in both; `changed` announces another."""

    changed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.forbidden: tuple[str, ...] = ()
        self.demanded: tuple[str, ...] = ()

    def forbid(self, word: str) -> None:
        """Leave a word out."""
        self._set((*_without(self.forbidden, word), word), _without(self.demanded, word))

    def demand(self, word: str) -> None:
        """Let every program have a word."""
        self._set(_without(self.forbidden, word), (*_without(self.demanded, word), word))

    def drop(self, word: str) -> None:
        """Wish nothing of a word any more."""
        self._set(_without(self.forbidden, word), _without(self.demanded, word))

    def clear(self) -> None:
        """Wish nothing."""
        self._set((), ())

    def added_to(self, options: SolveOptions) -> SolveOptions:
        """Return options of a search that keeps to them."""
        return replace(options, forbidden=self.forbidden, demanded=self.demanded)

    def _set(self, forbidden: tuple[str, ...], demanded: tuple[str, ...]) -> None:
        if (forbidden, demanded) != (self.forbidden, self.demanded):
            self.forbidden, self.demanded = forbidden, demanded
            self.changed.emit()


def _without(words: tuple[str, ...], word: str) -> tuple[str, ...]:
    return tuple(other for other in words if other != word)

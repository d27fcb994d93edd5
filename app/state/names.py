"""The names a person gave to learned words; they belong to the weights the words came from."""

from __future__ import annotations

from dataclasses import replace

from app.probes import WordEntry
from app.settings import Settings

LONGEST = 40
"""Characters of a name; longer ones would not fit a chip."""


class GivenNames:
    """Remembers names between sessions, for each language apart."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings

    def give(self, entry: WordEntry, name: str) -> WordEntry:
        """Call a word `name`, or by its own name again when that is empty; return the renamed word."""
        self._settings.set(_key(entry), " ".join(name.split())[:LONGEST])
        return self.named(entry)

    def named(self, entry: WordEntry) -> WordEntry:
        """Return the word under the name it was given."""
        given = self._settings.text(_key(entry), "") if entry.kind == "learned" else ""
        return replace(entry, given=given)


def _key(entry: WordEntry) -> str:
    return f"words-{entry.fingerprint}/{entry.name}"

"""All words there are to look up, of every kind, and those that a text somebody types may spell.

The solver's modules that know them need no torch; they are imported when words are first asked for.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from functools import cache

from app.probes import WordEntry
from solver.words.program import EXACT_FINGERPRINT

MOST_SUGGESTED = 12


@cache
def exact_entries() -> tuple[WordEntry, ...]:
    """Return the words that need not be learned: those on grids and pieces, kinds of rules, calls."""
    from solver.npi.lexicon import listed_calls  # noqa: PLC0415
    from solver.words.lexicon import listings  # noqa: PLC0415

    found = [spelled(listing.name) for listing in listings()]
    found += [spelled(call.name) for call in listed_calls()]
    return tuple(entry for entry in found if entry is not None)


@cache
def spelled(name: str) -> WordEntry | None:
    """Return the word that `name` spells, whether or not it is listed; None where it spells none."""
    from solver.npi.calls import parse_for_each  # noqa: PLC0415
    from solver.words.lexicon import listing_of  # noqa: PLC0415

    call = parse_for_each(name)
    if call is not None:
        return WordEntry(
            name, "procedure", "", name, (), "", group="procedure", family=call.procedure, pattern=True
        )
    found = listing_of(name)
    if found is None:
        return None
    return WordEntry(
        name,
        "exact",
        "",
        name,
        (),
        EXACT_FINGERPRINT,
        group=found.group,
        family=found.family,
        pattern=found.pattern,
        of_two=found.of_two,
    )


def all_entries(vocabulary: Sequence[WordEntry]) -> tuple[WordEntry, ...]:
    """Return the vocabulary, and behind it every other word; what is in both stands among the others."""
    listed = {entry.name: entry for entry in exact_entries()}
    own = [entry for entry in vocabulary if entry.name not in listed]
    tried = {entry.name: entry for entry in vocabulary if entry.name in listed}
    others = (
        replace(entry, results=tried[name].results) if name in tried else entry
        for name, entry in listed.items()
    )
    return (*own, *others)


def suggestions(text: str) -> tuple[WordEntry, ...]:
    """Return words that go on as `text` begins and are not listed, itself first where it is whole."""
    from solver.npi.lexicon import call_completions  # noqa: PLC0415
    from solver.words.lexicon import completions  # noqa: PLC0415

    names = (*completions(text, MOST_SUGGESTED), *call_completions(text, MOST_SUGGESTED))
    listed = {entry.name for entry in exact_entries()}
    found = (spelled(name) for name in dict.fromkeys(names) if name not in listed)
    return tuple(entry for entry in found if entry is not None)[:MOST_SUGGESTED]


def is_used(entry: WordEntry, words: Iterable[str]) -> bool:
    """Whether a word, or one of the kind that it stands for, is among `words`."""
    if entry.steps is not None:
        return set(entry.steps.words) <= set(words)
    if not entry.pattern:
        return entry.name in words
    return any(_same_kind(entry, word) for word in words)


def _same_kind(entry: WordEntry, word: str) -> bool:
    from solver.words.lexicon import same_kind  # noqa: PLC0415

    if entry.kind == "procedure":
        other = spelled(word) if word.startswith("for each ") else None
        return other is not None and other.family == entry.family
    return same_kind(entry.name, word)


class Words:
    """The words of a dictionary, with what is searched in them, which is put into small letters once."""

    def __init__(self, entries: Sequence[WordEntry], said: Sequence[str]) -> None:
        """said: for every entry, the kind and family as they are shown."""
        self.entries = tuple(entries)
        self._texts = [
            f"{e.given} {e.title} {more}".lower() for e, more in zip(self.entries, said, strict=True)
        ]

    def find(self, text: str, group: str = "", family: str = "") -> tuple[WordEntry, ...]:
        """Return the words that have all words of `text` in them, those whose name begins so first."""
        words = text.lower().split()
        whole = " ".join(words)
        found = [
            entry
            for entry, said in zip(self.entries, self._texts, strict=True)
            if (not group or entry.group == group)
            and (not family or entry.family == family)
            and all(word in said for word in words)
        ]
        if words:
            found.sort(key=lambda entry: _fit(entry, whole))
        return tuple(found)


def _fit(entry: WordEntry, text: str) -> int:
    names = (entry.given.lower(), entry.name.lower(), entry.meaning.lower())
    if text in names:
        return 0
    return (
        1 if any(name.startswith(text) for name in names) else 2 if any(text in name for name in names) else 3
    )

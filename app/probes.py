"""A few small grids on which every word of the language is shown before and after."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from puzzles.grid import Grid, as_grid
from solver.words.program import Language, Program, Step, Word, WordKind

PROBE_CANVAS = (10, 10)
"""Rows and columns that a word's result may occupy."""
PROBES: tuple[Grid, ...] = (
    as_grid([[2, 0, 0, 0], [2, 0, 0, 0], [2, 2, 0, 0], [0, 0, 0, 0]]),
    as_grid([[0, 1, 1, 0, 0], [0, 1, 0, 0, 4], [0, 0, 0, 4, 4], [3, 0, 0, 0, 0], [3, 3, 0, 0, 8]]),
    as_grid([[5, 6, 0], [0, 7, 9], [0, 0, 5]]),
)


@dataclass(frozen=True)
class WordEntry:
    """One line of the dictionary: a word and what it makes of each probe grid."""

    name: str
    kind: WordKind
    meaning: str
    title: str
    """The word as it is written in programs, e.g. "w17 ≈ flip left-right"."""
    results: tuple[Grid, ...]
    """What it makes of the probe grids; none where its examples are made when they are looked at."""
    fingerprint: str
    """Of the language the word belongs to."""
    agreement: float | None = None
    """Share of probe grids on which a learned word does what its meaning says; None where unknown."""
    code: tuple[float, ...] = ()
    """Of a word that was coined for one puzzle, which its programs carry; empty for other words."""
    given: str = ""
    """The name a person gave to it."""
    group: str = "learned"
    """What it works on, one of `app.texts_of_words.GROUPS`."""
    family: str = ""
    """Words that do alike, one of `app.texts_of_words.FAMILIES`; empty for learned words."""
    pattern: bool = False
    """Whether it stands for a kind of words without end."""
    steps: Program | None = None
    """What a word stands for that a person named; None for other words."""
    of_two: bool = False
    """Whether it also needs the grid that what it is given came from."""

    @property
    def shown(self) -> str:
        """The word as it stands in programs: by its given name where it has one."""
        return self.given or self.title


def describe_words(language: Language, stopped: Callable[[], bool]) -> tuple[WordEntry, ...]:
    """Try every word of `language` on the probe grids, until `stopped` says there is no use."""
    entries = []
    for word in language.words:
        if stopped():
            break
        entries.append(_describe(language, word))
    return tuple(entries)


def describe_coined(language: Language, program: Program) -> tuple[WordEntry, ...]:
    """Try the words that `program` brings; raise `ProgramError` for one that does not fit the language."""
    language = language.with_words(program)
    return tuple(replace(_describe(language, language[name]), code=code) for name, code in program.coined)


def _describe(language: Language, word: Word) -> WordEntry:
    results = tuple(outcome.grid for outcome in word.apply(PROBES, PROBE_CANVAS))
    title = language.describe(Step(word.name))
    agreement = getattr(word, "agreement", None)
    return WordEntry(word.name, word.kind, word.meaning, title, results, language.fingerprint, agreement)

"""Words that a person named: one small file each, read once and kept by this model."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from hashlib import sha256
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from app.probes import PROBE_CANVAS, PROBES, WordEntry
from puzzles.files import read_text
from puzzles.grid import Grid, PuzzleError
from puzzles.storage import write_whole
from puzzles.versions import holds_newer
from solver.words.named import FORMAT, NamedWord, named_from_json, named_to_json
from solver.words.program import ProgramError

GROUP = "named"
"""What the dictionary lists them under."""
log = logging.getLogger(__name__)


class NamedWords(QObject):
    """All named words by their names, in the order of the alphabet; without a folder there are none."""

    changed = Signal()

    def __init__(self, folder: Path | None, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._folder = folder
        self._words: dict[str, NamedWord] | None = None

    @property
    def words(self) -> tuple[NamedWord, ...]:
        """Every word; one whose file cannot be read is passed over."""
        if self._words is None:
            self._words = _read(self._folder) if self._folder is not None else {}
        return tuple(sorted(self._words.values(), key=lambda word: word.name))

    def save(self, word: NamedWord) -> None:
        """Keep a word, in place of the one with its name; raises `OSError` where the disk takes nothing.

        Raises `ProgramError` where a newer Glossa keeps one of this name, which stays as it is.
        """
        if self._folder is None:
            return
        file = self._file(word.name)
        if holds_newer(file, FORMAT):
            raise ProgramError(f"{file.name} is of a newer Glossa, expected another name")
        self._folder.mkdir(parents=True, exist_ok=True)
        write_whole(file, named_to_json(word))
        self._words = {**{known.name: known for known in self.words}, word.name: word}
        self.changed.emit()

    def delete(self, name: str) -> None:
        """Forget a word; programs that were made with it have its steps. Raises `OSError` as `save` does."""
        if self._folder is not None and any(word.name == name for word in self.words):
            self._file(name).unlink(missing_ok=True)
            self._words = {word.name: word for word in self.words if word.name != name}
            self.changed.emit()

    def _file(self, name: str) -> Path:
        return (self._folder or Path()) / f"{sha256(name.encode()).hexdigest()[:16]}.json"


def _read(folder: Path) -> dict[str, NamedWord]:
    found = {}
    for file in sorted(folder.glob("*.json")):
        try:
            word = named_from_json(read_text(file), file.name)
        except (OSError, PuzzleError, ProgramError) as error:
            log.warning("a named word cannot be read: %s", error)
        else:
            found[word.name] = word
    return found


def entries_of(words: Sequence[NamedWord]) -> tuple[WordEntry, ...]:
    """Return what the dictionary lists for named words; those of exact words with what they make of grids."""
    return tuple(
        WordEntry(
            word.name,
            "exact",
            " → ".join(word.program.words),
            word.name,
            _results(word),
            word.program.fingerprint,
            group=GROUP,
            steps=word.program,
        )
        for word in words
    )


def _results(word: NamedWord) -> tuple[Grid, ...]:
    """Return what a word of exact words makes of the probe grids; nothing where it has no answer for one."""
    from solver.words.vocabulary import EXACT_LANGUAGE  # noqa: PLC0415 (the window shows sooner without)

    if not word.exact:
        return ()
    try:
        return tuple(trace.output for trace in EXACT_LANGUAGE.execute(word.program, PROBES, PROBE_CANVAS))
    except ProgramError:
        return ()

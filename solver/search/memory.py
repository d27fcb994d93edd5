"""Programs that solved earlier puzzles, found again by how the inductor reads a puzzle.

After the key-value program memory of Reed and de Freitas, "Neural Programmer-Interpreters" (2016). The key
is the inductor's pooled slot embedding of the demonstrations; it means something to these weights alone, so
every set of weights has a folder of its own. Each entry is one JSON file, written whole or not at all:
processes that solve at the same time do not lose each other's entries.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import appdirs
import numpy as np
from numpy.typing import NDArray

from puzzles.files import read_text
from puzzles.puzzle import Puzzle
from puzzles.storage import write_whole
from puzzles.versions import holds_newer
from solver.words.errors import UsageError
from solver.words.program import EXACT_FINGERPRINT, Program, program_from_json, program_to_json

_FORMAT = 1
_DIGITS = 3
"""Decimals kept of a key; slot embeddings are normalised, so their values are about 1."""
_MOST = 2_000
"""Entries read at most, the newest: more would make looking up slower than searching."""


@dataclass(frozen=True)
class Entry:
    """One remembered program."""

    id: str
    """Follows from the program, so that a program is remembered once."""
    name: str
    """What a person calls it; at first the puzzle it solved."""
    program: Program
    puzzle: Puzzle
    """The puzzle it solved."""
    solved_at: str
    """Date and time, ISO 8601."""
    key: NDArray[np.float32]
    """Flattened slot embeddings of that puzzle."""


class Memory:
    """The remembered programs of one set of weights."""

    def __init__(self, fingerprint: str, folder: Path | None = None) -> None:
        self._fingerprint = fingerprint
        self._folder = (folder or default_folder()) / fingerprint

    def entries(self) -> list[Entry]:
        """All entries, newest first; files that are not entries are passed over."""
        found = [entry for path in self._folder.glob("*.json") if (entry := _read(path, self._fingerprint))]
        return sorted(found, key=lambda entry: (entry.solved_at, entry.id), reverse=True)[:_MOST]

    def remember(self, program: Program, puzzle: Puzzle, key: NDArray[np.float32]) -> Entry:
        """Keep a program that solved a puzzle; one that is there already keeps its name.

        What a newer Glossa keeps of it stays as it is.
        """
        id_ = hashlib.sha256(repr(program.steps).encode()).hexdigest()[:12]
        known = _read(self._folder / f"{id_}.json", self._fingerprint)
        now = datetime.now(UTC).isoformat(timespec="seconds")
        name = known.name if known else puzzle.name or id_
        entry = Entry(id_, name, program, puzzle, now, np.round(key, _DIGITS).astype(np.float32))
        if not holds_newer(self._path(id_), _FORMAT):
            self._write(entry)
        return entry

    def nearest(self, key: NDArray[np.float32], count: int) -> list[Entry]:
        """Up to `count` entries whose puzzles the inductor read most like this one, nearest first."""
        entries = [entry for entry in self.entries() if entry.key.shape == key.shape]
        distance = [float(np.linalg.norm(entry.key - key)) for entry in entries]
        return [entries[i] for i in np.argsort(distance, kind="stable")[:count]]

    def rename(self, id_: str, name: str) -> Entry:
        """Give an entry another name; raises `UsageError` when there is no such entry or no name."""
        if not name.strip():
            raise UsageError("the name is empty, expected some text")
        entry = replace(self._find(id_), name=name.strip())
        self._write(entry)
        return entry

    def forget(self, id_: str) -> Entry:
        """Remove an entry; raises `UsageError` when there is none."""
        entry = self._find(id_)
        self._path(entry.id).unlink(missing_ok=True)
        return entry

    def _find(self, id_: str) -> Entry:
        matches = [entry for entry in self.entries() if id_ and entry.id.startswith(id_)]
        if len(matches) != 1:
            found = "no entry" if not matches else f"{len(matches)} entries"
            raise UsageError(f"{found} {id_!r}, expected the id of one, as `memory list` shows it")
        return matches[0]

    def _path(self, id_: str) -> Path:
        return self._folder / f"{id_}.json"

    def _write(self, entry: Entry) -> None:
        self._folder.mkdir(parents=True, exist_ok=True)
        document = {
            "format": _FORMAT,
            "name": entry.name,
            "program": json.loads(program_to_json(entry.program, entry.puzzle)),
            "solved_at": entry.solved_at,
            "key": [round(float(value), _DIGITS) for value in entry.key],
        }
        write_whole(self._path(entry.id), json.dumps(document))


def default_folder() -> Path:
    """Where the memory is kept: in the user's data directory."""
    return Path(appdirs.user_data_dir("glossa", appauthor=False)) / "memory"


def _read(path: Path, fingerprint: str) -> Entry | None:
    """The entry in a file; None where there is none, or something else."""
    try:
        document: dict[str, Any] = json.loads(read_text(path))
        if document["format"] != _FORMAT:
            return None
        program, puzzle = program_from_json(json.dumps(document["program"]), path.name)
        if program.fingerprint not in (fingerprint, EXACT_FINGERPRINT):
            return None
        key = np.array(document["key"], np.float32)
        if key.ndim != 1 or not np.isfinite(key).all():
            return None
        return Entry(path.stem, str(document["name"]), program, puzzle, str(document["solved_at"]), key)
    except (OSError, ValueError, KeyError, TypeError, ArithmeticError, RecursionError):
        return None

"""Which puzzles a person saved: a list of paths among their data, for the window and the commands."""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path

import appdirs

from puzzles.files import read_text
from puzzles.grid import PuzzleError
from puzzles.storage import put_aside, write_whole

MOST_SAVED = 1000
"""Saved puzzles that are remembered, the latest."""


def saved_list() -> Path:
    """The file with the list."""
    return Path(appdirs.user_data_dir("glossa", appauthor=False)) / "saved.json"


def read_saved(file: Path) -> list[Path] | None:
    """The paths in a list, the latest first; None where there is none, or something else."""
    if not file.is_file():
        return None
    try:
        return paths_in(read_text(file))
    except PuzzleError:
        return None


def paths_in(text: str) -> list[Path] | None:
    """Read paths from a JSON list of texts; None from anything else."""
    try:
        found = json.loads(text)
    except (ValueError, RecursionError):
        return None
    return [Path(item) for item in found if isinstance(item, str)] if isinstance(found, list) else None


def write_saved(file: Path, paths: Iterable[Path]) -> None:
    """Write a list; raise `OSError` where that is not possible. Something else in its place is put aside."""
    if file.is_file() and read_saved(file) is None:
        put_aside(file)
    file.parent.mkdir(parents=True, exist_ok=True)
    write_whole(file, json.dumps([str(path) for path in paths], indent=1, ensure_ascii=False) + "\n")

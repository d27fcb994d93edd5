"""Files that a newer Glossa wrote: an older one leaves them as they are and keeps its own beside them."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from puzzles.files import read_text
from puzzles.grid import PuzzleError


def is_newer(document: Any, known: int) -> bool:
    """Whether a JSON document says that its format came after the format `known`."""
    form = document.get("format") if isinstance(document, dict) else None
    return isinstance(form, int) and not isinstance(form, bool) and form > known


def holds_newer(file: Path, known: int) -> bool:
    """Whether a file holds such a document; what cannot be read does not."""
    try:
        return file.is_file() and is_newer(json.loads(read_text(file)), known)
    except (OSError, ValueError, RecursionError, PuzzleError):
        return False


def own_place(file: Path, known: int) -> Path:
    """Return where this Glossa keeps a file: there, or under its format's name while a newer one is there."""
    return file.with_name(f"{file.stem}.format-{known}{file.suffix}") if holds_newer(file, known) else file

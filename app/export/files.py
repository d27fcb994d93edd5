"""Writing files so that a crash leaves the old one or the new one, never half of either."""

from __future__ import annotations

import os
import uuid
from pathlib import Path

MOST_ASIDE = 100
"""Files put aside under one name; beyond that the last is replaced."""


def write_bytes(path: Path, content: bytes) -> None:
    """Write `content` to `path`, whole or not at all; raise `OSError` when the place cannot be written."""
    path = path.resolve()
    temporary = path.with_name(f".{path.name}.{uuid.uuid4().hex}")
    try:
        temporary.write_bytes(content)
        os.replace(temporary, path)
    finally:
        temporary.unlink(missing_ok=True)


def write_text(path: Path, text: str) -> None:
    """Write `text` in UTF-8, whole or not at all."""
    write_bytes(path, text.encode("utf-8"))


def put_aside(path: Path) -> Path:
    """Give a file that cannot be used another name beside it, one that is free; return that.

    Raises `OSError` when it cannot be renamed.
    """
    for number in range(1, MOST_ASIDE):
        aside = path.with_name(f"{path.stem}.aside-{number}{path.suffix}")
        if not aside.exists():
            break
    os.replace(path, aside)
    return aside

"""What a file held when it was read or written last, to notice that another program has changed it."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class FileStamp:
    """A file's content in short; its time says nothing, as copying keeps it and saving the same renews it."""

    size: int
    """Bytes"""
    digest: str
    """SHA-256, in hexadecimal digits"""


def stamp_of(path: Path) -> FileStamp | None:
    """Return the stamp of a regular file as it is now; None where there is none that can be read."""
    try:
        if not path.is_file():
            return None
        with path.open("rb") as stream:
            digest = hashlib.file_digest(stream, "sha256").hexdigest()
            return FileStamp(stream.tell(), digest)
    except (OSError, ValueError):
        return None


def has_changed(path: Path, known: FileStamp | None) -> bool:
    """Whether `path` holds something else than it did; not where it is gone or was never known."""
    now = stamp_of(path) if known is not None else None
    return now is not None and now != known

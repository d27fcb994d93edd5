"""A lock on the folder of a person's data: whoever holds it has the window."""

from __future__ import annotations

import os
import sys
from pathlib import Path

if sys.platform == "win32":
    import msvcrt
else:
    import fcntl

LOCK_NAME = "glossa.lock"
LOCKED_BYTE = 1 << 30
"""Far behind what the file says, as Windows keeps locked bytes from being read."""


class ProfileLock:
    """Held by one process at a time and freed by the system when that ends, however it ends.

    A record lock: child processes do not inherit it. The file itself stays, as removing it would let two
    processes hold locks on two files of the same name.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._descriptor: int | None = None

    @property
    def file(self) -> Path:
        """The file that is locked; it names the process."""
        return self.folder / LOCK_NAME

    def take(self) -> bool:
        """Try to take the lock; return whether it is held. Raises `OSError` where no file can be written."""
        if self._descriptor is not None:
            return True
        self.folder.mkdir(parents=True, exist_ok=True)
        descriptor = os.open(self.file, os.O_RDWR | os.O_CREAT | getattr(os, "O_CLOEXEC", 0), 0o600)
        if not _lock(descriptor):
            os.close(descriptor)
            return False
        os.ftruncate(descriptor, 0)
        os.write(descriptor, f"{os.getpid()}\n".encode())
        self._descriptor = descriptor
        return True

    def release(self) -> None:
        """Let another process take it."""
        if self._descriptor is not None:
            os.close(self._descriptor)
            self._descriptor = None

    def owner(self) -> int | None:
        """Return the process that holds the lock as far as its file tells."""
        try:
            return int(self.file.read_text(encoding="ascii")[:20])
        except (OSError, ValueError):
            return None


def _lock(descriptor: int) -> bool:
    """Lock without waiting; return whether that was possible."""
    try:
        if sys.platform == "win32":
            os.lseek(descriptor, LOCKED_BYTE, os.SEEK_SET)
            msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
            os.lseek(descriptor, 0, os.SEEK_SET)
        else:
            fcntl.lockf(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except (BlockingIOError, PermissionError):
        return False
    return True

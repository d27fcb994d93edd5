"""Writing files so that a crash leaves the old one or the new one, never half of either."""

from __future__ import annotations

import os
import re
import stat
import tempfile
import time
from contextlib import suppress
from pathlib import Path

_SUFFIX = ".tmp"
_RANDOM = re.compile(r"[a-z0-9_]{8}\.tmp")
"""What `tempfile` puts after the prefix, and the suffix."""
_LEFT_OVER_S = 3600.0
"""A temporary file as old as this belongs to a writer that was killed."""
_MOST_ASIDE = 100
"""Files put aside under one name; beyond that the last is replaced."""


def write_whole(path: str | os.PathLike[str], content: bytes | str) -> None:
    """Write `content` (text as UTF-8) to `path`, whole or not at all, and flushed to the disk.

    The temporary file stands beside `path` under a name nobody can guess and is removed if anything fails.
    An existing file keeps its mode; where `path` is a link, the file it leads to is replaced and the link
    stays. What a killed writer of the same file left long ago is removed. Raises `OSError` where the place
    cannot be written, or is anything but a regular file.
    """
    target = Path(path).resolve()
    mode = _mode(target)
    _clear_left_overs(target)
    handle, temporary = _begin(target)
    try:
        with os.fdopen(handle, "wb") as stream:
            stream.write(content.encode() if isinstance(content, str) else content)
            stream.flush()
            os.fsync(stream.fileno())
        temporary.chmod(mode)
        os.replace(temporary, target)
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise


def check_writable(path: str | os.PathLike[str]) -> None:
    """Raise the `OSError` that `write_whole` would raise now; what is there stays as it is."""
    target = Path(path).resolve()
    _mode(target)
    handle, temporary = _begin(target)
    os.close(handle)
    temporary.unlink()


def _begin(target: Path) -> tuple[int, Path]:
    """A new temporary file beside the target, open for writing."""
    try:
        handle, name = tempfile.mkstemp(prefix=_prefix(target), suffix=_SUFFIX, dir=target.parent)
    except OSError as error:  # the person knows the target, not the temporary name
        raise OSError(error.errno, error.strerror, str(target)) from None
    return handle, Path(name)


def _clear_left_overs(target: Path) -> None:
    """Remove the target's temporary files that a killed writer left; a young one may still be written."""
    prefix, before = _prefix(target), time.time() - _LEFT_OVER_S
    with suppress(OSError), os.scandir(target.parent) as entries:
        for entry in entries:
            name = entry.name
            if not (name.startswith(prefix) and _RANDOM.fullmatch(name[len(prefix) :])):
                continue
            with suppress(OSError):  # another writer was quicker, or it is not ours
                known = entry.stat(follow_symlinks=False)
                if stat.S_ISREG(known.st_mode) and known.st_mtime < before:
                    os.unlink(entry.path)


def _prefix(target: Path) -> str:
    return f".{target.name[:40]}."


def put_aside(path: Path) -> Path:
    """Give a file that cannot be used another name beside it, one that is free; return that.

    Raises `OSError` when it cannot be renamed.
    """
    for number in range(1, _MOST_ASIDE):
        aside = path.with_name(f"{path.stem}.aside-{number}{path.suffix}")
        if not aside.exists():
            break
    os.replace(path, aside)
    return aside


def _mode(target: Path) -> int:
    """Permissions of the file that is there, or those a new file gets from the process's mask."""
    try:
        known = target.stat()
    except FileNotFoundError:
        return 0o666 & ~_mask()
    if not stat.S_ISREG(known.st_mode):
        raise OSError(f"{target}: it is no regular file, expected a file that can be replaced")
    return stat.S_IMODE(known.st_mode)


def _mask() -> int:
    # `os.umask` can only tell the mask by setting it, for all threads at once; Linux shows it here.
    status = Path("/proc/self/status")
    if status.exists():
        for line in status.read_text().splitlines():
            if line.startswith("Umask:"):
                return int(line.split()[1], 8)
    return 0o022

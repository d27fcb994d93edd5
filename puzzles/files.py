"""From the bytes on a disk to text and JSON: regular files only, unpacked within bounds, nothing executed.

What was packed may declare any size; nothing is unpacked beyond `MAX_FILE_BYTES`, whatever it declares.
"""

from __future__ import annotations

import codecs
import gzip
import json
import os
import stat
import struct
import zipfile
import zlib
from io import BytesIO
from pathlib import Path
from typing import IO, Any

from puzzles.grid import PuzzleError

MAX_FILE_BYTES = 64 * 2**20
"""Larger files are refused unread; the published task collections take less than a tenth of this."""
MAX_COLLECTION_BYTES = 768 * 2**20
"""The same for files whose tasks are read one by one, which are kept as bytes."""
MAX_MEMBERS = 50_000
"""Files in an archive."""
_MEBI = 2**20
_MAX_DIRECTORY_BYTES = 16 * _MEBI
_END_RECORD = b"PK\5\6"
_END_RECORD_BYTES = 22
_LONGEST_COMMENT = 2**16
_GZIP, _ZIP = b"\x1f\x8b", b"PK\3\4"
_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
"""Byte order marks; that of UTF-32 begins like that of UTF-16, so it comes first."""
_UNPACKING_FAILS = (
    OSError,
    EOFError,
    RuntimeError,  # a member is encrypted
    NotImplementedError,  # packed in a way that is not known here
    ValueError,
    struct.error,
    zipfile.BadZipFile,
    zlib.error,
)


def read_bytes(path: Path, limit: int | None = None) -> bytes:
    """Read a regular file of at most `limit` bytes (by default `MAX_FILE_BYTES`), unpacked if gzipped.

    A pipe or a device is refused without waiting for it. Raises `PuzzleError`.
    """
    limit = MAX_FILE_BYTES if limit is None else limit
    try:
        with open_regular(path) as stream:
            content = stream.read(limit + 1)
    except (OSError, ValueError) as error:  # ValueError: a name with a null character
        reason = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
        raise PuzzleError(f"{path.name or path}: cannot be read ({reason}), expected a JSON file") from None
    if len(content) > limit:
        raise _too_large(path.name, limit)
    return unpacked(content, path.name, limit)


def open_regular(path: Path) -> IO[bytes]:
    """Open a regular file; raise `OSError` for anything else, without waiting for what a pipe may send."""
    if not stat.S_ISREG(os.stat(path).st_mode):  # opening a device may already do something
        raise OSError(0, "Is a directory" if path.is_dir() else "not a regular file")
    descriptor = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0))
    try:
        if not stat.S_ISREG(os.fstat(descriptor).st_mode):  # exchanged meanwhile
            raise OSError(0, "not a regular file")
        return os.fdopen(descriptor, "rb")
    except BaseException:
        os.close(descriptor)
        raise


def unpacked(content: bytes, name: str, limit: int | None = None) -> bytes:
    """Return what a gzip file holds, up to `limit` bytes, and any other content as it is."""
    limit = MAX_FILE_BYTES if limit is None else limit
    if not content.startswith(_GZIP):
        return content
    try:
        with gzip.open(BytesIO(content)) as stream:
            plain = stream.read(limit + 1)
    except _UNPACKING_FAILS:
        raise PuzzleError(f"{name}: cannot be unpacked, expected a whole gzip file") from None
    if len(plain) > limit:
        raise _too_large(name, limit)
    if plain.startswith((_GZIP, _ZIP)):
        raise PuzzleError(f"{name}: holds another archive, expected a file of tasks")
    return plain


def text_of(content: bytes, name: str) -> str:
    """Decode UTF-8, or UTF-16 or 32 with a byte order mark; raise `PuzzleError` for anything else."""
    encoding = next((encoding for bom, encoding in _BOMS if content.startswith(bom)), "utf-8")
    try:
        return content.decode(encoding)
    except UnicodeDecodeError as error:
        title = encoding.removesuffix("-sig").upper()
        raise PuzzleError(f"{name}: byte {error.start} is not {title}, expected a JSON text") from None


def read_text(path: Path) -> str:
    """Read a text file of at most `MAX_FILE_BYTES`; raise `PuzzleError` when that is not possible."""
    return text_of(read_bytes(path), path.name)


def parse_json(text: str, file: str, expected: str = "an ARC task") -> Any:
    """Parse JSON; raise `PuzzleError` with the place for anything else."""
    try:
        return json.loads(text)
    except json.JSONDecodeError as error:
        place = f"line {error.lineno} column {error.colno}"
        raise PuzzleError(f"{file}: {place} is not JSON ({error.msg}), expected {expected}") from None
    except RecursionError:
        raise PuzzleError(f"{file}: the file is nested too deeply, expected {expected}") from None
    except ValueError:  # an integer of more digits than Python will read
        raise PuzzleError(f"{file}: the file holds a huge number, expected {expected}") from None


def open_zip(content: bytes, name: str) -> zipfile.ZipFile:
    """Open an archive of at most `MAX_MEMBERS` files that declare at most `MAX_COLLECTION_BYTES`."""
    refusal = PuzzleError(f"{name}: is no whole zip file, expected an archive of tasks")
    end = content.rfind(_END_RECORD, max(0, len(content) - _END_RECORD_BYTES - _LONGEST_COMMENT))
    if end < 0 or len(content) < end + _END_RECORD_BYTES:
        raise refusal
    members, directory_bytes = struct.unpack("<HI", content[end + 10 : end + 16])
    if members > MAX_MEMBERS or directory_bytes > _MAX_DIRECTORY_BYTES:
        raise PuzzleError(f"{name}: has too many files, expected at most {MAX_MEMBERS:,}")
    try:
        archive = zipfile.ZipFile(BytesIO(content))
    except _UNPACKING_FAILS:
        raise refusal from None
    if len(archive.filelist) > MAX_MEMBERS:
        raise PuzzleError(f"{name}: has too many files, expected at most {MAX_MEMBERS:,}")
    declared = sum(member.file_size for member in archive.filelist)
    if declared > MAX_COLLECTION_BYTES:
        raise PuzzleError(
            f"{name}: unpacks to {declared // _MEBI:,} MiB, expected at most {MAX_COLLECTION_BYTES // _MEBI}"
        )
    return archive


def read_member(archive: zipfile.ZipFile, member: str, limit: int | None = None) -> bytes:
    """Unpack one file of an archive up to `MAX_FILE_BYTES`; an archive within it is refused.

    With a `limit`, only the beginning of that length is returned. Raises `PuzzleError`.
    """
    try:
        with archive.open(member) as stream:
            content = stream.read(MAX_FILE_BYTES + 1 if limit is None else limit)
    except _UNPACKING_FAILS:
        raise PuzzleError(f"{member}: cannot be unpacked, expected a whole file") from None
    if len(content) > MAX_FILE_BYTES:
        raise _too_large(member, MAX_FILE_BYTES)
    if content.startswith((_GZIP, _ZIP)):
        raise PuzzleError(f"{member}: is an archive within an archive, expected a file of tasks")
    return content


def is_zip(content: bytes) -> bool:
    """Whether bytes begin as a zip file does, .npz files among them."""
    return content.startswith((_ZIP, _END_RECORD))


def _too_large(name: str, limit: int) -> PuzzleError:
    return PuzzleError(f"{name}: the file is larger than {limit // _MEBI} MiB, expected an ARC task")

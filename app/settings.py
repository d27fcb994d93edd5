"""Where the user's files live, and the few things remembered between sessions."""

from __future__ import annotations

import json
import logging
from base64 import b64decode, b64encode
from dataclasses import dataclass
from pathlib import Path

import appdirs
from PySide6.QtCore import QByteArray

from app.ini_import import plain_values
from puzzles.storage import check_writable, put_aside, write_whole
from puzzles.versions import is_newer

APP_NAME = "glossa"
FORMAT = 1
"""Of the settings file; earlier ones, which name none, are alike."""
LARGEST_FILE = 16_000_000
"""Bytes of a settings file."""
log = logging.getLogger(__name__)


@dataclass(frozen=True)
class UserPaths:
    """The only folders written to without being asked."""

    config: Path
    data: Path

    @classmethod
    def default(cls) -> UserPaths:
        """Return the folders this desktop reserves for the application."""
        return cls(
            Path(appdirs.user_config_dir(APP_NAME, appauthor=False)),
            Path(appdirs.user_data_dir(APP_NAME, appauthor=False)),
        )

    def why_nothing_is_kept(self) -> str:
        """Return why files cannot be written here, empty where they can."""
        for folder in (self.config, self.data):
            try:
                folder.mkdir(parents=True, exist_ok=True)
                check_writable(folder / "anything")  # under a name of its own: another start may try too
            except OSError as error:
                return f"{folder}: {error.strerror or error}"
        return ""

    @property
    def settings_file(self) -> Path:
        """The file behind `Settings`."""
        return self.config / "settings.json"

    @property
    def earlier_settings_file(self) -> Path:
        """Where earlier versions kept them; read once."""
        return self.config / "settings.ini"

    @property
    def restoring_file(self) -> Path:
        """Lies there while a stored layout is being restored; what it does to a start that dies is known."""
        return self.config / "restoring-layout"

    @property
    def results(self) -> Path:
        """The folder of what came of whole collections."""
        return self.data / "collections"

    @property
    def answers(self) -> Path:
        """The folder of the person's own answers."""
        return self.data / "answers"

    @property
    def notes(self) -> Path:
        """The folder of the person's notes about puzzles."""
        return self.data / "notes"

    @property
    def findings(self) -> Path:
        """The folder of what searches found, by puzzle."""
        return self.data / "findings"

    @property
    def memory(self) -> Path:
        """The folder of programs that solved earlier puzzles."""
        return self.data / "memory"

    @property
    def procedures(self) -> Path:
        """The folder of procedures the person taught, and of their recordings."""
        return self.data / "procedures"

    @property
    def words(self) -> Path:
        """The folder of words the person named."""
        return self.data / "words"

    @property
    def log_file(self) -> Path:
        """What went wrong, for reports."""
        return self.data / "glossa.log"

    @property
    def recovery_file(self) -> Path:
        """Where unsaved work is kept in case the application dies."""
        return self.data / "recovery.json"


class Settings:
    """Typed access to what is remembered; every value has a default and survives nonsense in the file.

    The file is a JSON object of texts and the number of its format. It is written whole at every change, as
    changes are rare. A file that cannot be read is put aside before another is written; one that a newer
    Glossa wrote stays as it is, and nothing is remembered.
    """

    def __init__(self, paths: UserPaths) -> None:
        self._file = paths.settings_file
        self._told = False
        self._spoilt = False
        self._newer = False
        self._values = self._read()
        if not self._file.exists() and paths.earlier_settings_file.is_file():
            self._values = _imported(paths.earlier_settings_file)

    def text(self, key: str, default: str) -> str:
        """Return the text stored under `key`."""
        return self._values.get(key, default)

    def flag(self, key: str, default: bool) -> bool:
        """Return the truth value stored under `key`."""
        return self.text(key, "yes" if default else "no") == "yes"

    def blob(self, key: str) -> QByteArray | None:
        """Return the bytes stored under `key`, None when there are none."""
        try:
            found = b64decode(self.text(key, ""), validate=True)
        except ValueError:
            return None
        return QByteArray(found) if found else None

    def set(self, key: str, value: str | bool | QByteArray) -> None:
        """Remember `value` under `key`."""
        if isinstance(value, bool):
            value = "yes" if value else "no"
        elif isinstance(value, QByteArray):
            value = b64encode(value.data()).decode()
        if self._values.get(key) != value:
            self._values[key] = value
            self.sync()

    def forget(self, *keys: str) -> None:
        """Remember nothing under `keys` any more."""
        known = self._values.keys() & set(keys)
        for key in known:
            del self._values[key]
        if known:
            self.sync()

    def sync(self) -> None:
        """Write everything to disk; where that is impossible it is remembered until the window closes."""
        if self._newer:
            return
        text = json.dumps({"format": FORMAT, **dict(sorted(self._values.items()))}, indent=1)
        try:
            self._file.parent.mkdir(parents=True, exist_ok=True)
            if self._spoilt:
                put_aside(self._file)
                self._spoilt = False
            write_whole(self._file, text + "\n")
        except OSError as error:
            if not self._told:
                log.warning("the settings could not be written: %s", error)
            self._told = True

    def _read(self) -> dict[str, str]:
        """Return what the file remembers; nothing but texts."""
        try:
            found = json.loads(_bounded(self._file))
        except (FileNotFoundError, NotADirectoryError):
            return {}
        except (OSError, ValueError, RecursionError) as error:
            log.warning("the settings cannot be read: %s", error)
            self._spoilt = self._file.is_file()
            return {}
        if not isinstance(found, dict):
            log.warning("the settings cannot be read: %s: expected an object of texts", self._file.name)
            self._spoilt = True
            return {}
        if is_newer(found, FORMAT):
            log.warning(
                "%s is of a newer Glossa (format %s, expected %d): it stays as it is, nothing is remembered",
                self._file,
                found["format"],
                FORMAT,
            )
            self._newer = True
            return {}
        return {key: value for key, value in found.items() if isinstance(value, str)}


def _bounded(file: Path) -> str:
    """Read a file of texts; raise `ValueError` when it is far larger than any that Glossa writes."""
    if not file.is_file() and file.exists():
        raise ValueError(f"{file.name} is no regular file")
    with file.open("rb") as stream:
        content = stream.read(LARGEST_FILE + 1)
    if len(content) > LARGEST_FILE:
        raise ValueError(f"{file.name} has more than {LARGEST_FILE} bytes")
    return content.decode("utf-8")


def _imported(file: Path) -> dict[str, str]:
    """Return the texts an earlier version remembered."""
    try:
        return plain_values(_bounded(file))
    except (OSError, ValueError) as error:
        log.warning("earlier settings cannot be read: %s", error)
        return {}

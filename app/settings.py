"""Where the user's files live, and the few things remembered between sessions."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import appdirs
from PySide6.QtCore import QByteArray, QSettings

APP_NAME = "glossa"


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

    @property
    def settings_file(self) -> Path:
        """The file behind `Settings`."""
        return self.config / "settings.ini"

    @property
    def results(self) -> Path:
        """The folder of what came of whole collections."""
        return self.data / "collections"

    @property
    def answers(self) -> Path:
        """The folder of the person's own answers."""
        return self.data / "answers"

    @property
    def memory(self) -> Path:
        """The folder of programs that solved earlier puzzles."""
        return self.data / "memory"

    @property
    def log_file(self) -> Path:
        """What went wrong, for reports."""
        return self.data / "glossa.log"

    @property
    def recovery_file(self) -> Path:
        """Where unsaved work is kept in case the application dies."""
        return self.data / "recovery.json"


class Settings:
    """Typed access to what is remembered; every value has a default and survives nonsense in the file."""

    def __init__(self, paths: UserPaths) -> None:
        paths.config.mkdir(parents=True, exist_ok=True)
        self._store = QSettings(str(paths.settings_file), QSettings.Format.IniFormat)

    def text(self, key: str, default: str) -> str:
        """Return the text stored under `key`."""
        value = self._store.value(key, default)
        return value if isinstance(value, str) else default

    def flag(self, key: str, default: bool) -> bool:
        """Return the truth value stored under `key`."""
        return self.text(key, "yes" if default else "no") == "yes"

    def blob(self, key: str) -> QByteArray | None:
        """Return the bytes stored under `key`, None when there are none."""
        value = self._store.value(key)
        return value if isinstance(value, QByteArray) else None

    def set(self, key: str, value: str | bool | QByteArray) -> None:
        """Remember `value` under `key`."""
        if isinstance(value, bool):
            value = "yes" if value else "no"
        self._store.setValue(key, value)

    def sync(self) -> None:
        """Write everything to disk now."""
        self._store.sync()

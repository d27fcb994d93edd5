"""glossa desktop: the menu entry, the icon and the file type, put into the person's own folders.

Packages of a system bring these along; a tool install (uv, pipx) lies where no desktop looks. The folders
and files are those of the XDG Base Directory, Desktop Entry, Icon Theme and Shared MIME-info specifications.
"""

from __future__ import annotations

import argparse
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Sequence
from functools import partial
from importlib.resources import files
from pathlib import Path

from puzzles.files import read_text
from puzzles.grid import PuzzleError
from puzzles.own_program import command_file
from puzzles.storage import write_whole
from puzzles.terminal import complain, exit_status
from solver.words.errors import UsageError

MARK = "written by glossa desktop"
"""Stands in every file that was written here; no other file is written over or removed."""
ENTRY = "applications/glossa.desktop"
TYPES = "mime/packages/glossa.xml"
ICON = "icons/hicolor/scalable/apps/glossa.svg"
REFRESH = (
    ("update-desktop-database", "applications"),
    ("update-mime-database", "mime"),
)
"""What tells a desktop of changes, and the folder it is told."""
_PATIENCE_S = 60
_RESERVED = '"`$\\'
"""Characters that a quoted argument of a desktop entry escapes."""


def main(arguments: Sequence[str]) -> int:
    """Run the command; exit status 0, or 2 with one line on standard error."""
    parser = argparse.ArgumentParser(
        prog="glossa desktop",
        description="Put Glossa into the menu of this desktop, with its icon and the file type *.arc.json.",
    )
    parser.add_argument("--remove", action="store_true", help="take all of it away again")
    options = parser.parse_args(arguments)
    act = remove if options.remove else install
    return exit_status("glossa", partial(_run, act), (UsageError, OSError))


def _run(act: Callable[[Path], list[Path]]) -> int:
    if sys.platform in ("win32", "darwin"):
        raise UsageError("menu entries are written on Linux only; pin the command glossa-gui here")
    folder = data_folder()
    for file in act(folder):
        print(file)
    _refresh(folder)
    return 0


def data_folder() -> Path:
    """Return where desktops look for a person's own entries."""
    given = os.environ.get("XDG_DATA_HOME", "")
    return Path(given) if given.startswith("/") else Path.home() / ".local" / "share"


def install(folder: Path) -> list[Path]:
    """Write the entry, the icon and the file type below `folder`; return the files.

    Raises `UsageError` where the command cannot be found, or where another's file has the name of one of
    them; then nothing is written.
    """
    command = command_file()
    if command is None:
        raise UsageError("there is no command glossa on this system, expected an installed Glossa")
    contents = _contents(command)
    for name in contents:
        if (folder / name).exists() and not _is_ours(folder / name):
            raise UsageError(f"{folder / name}: was not written by glossa desktop, expected no such file")
    for name, content in contents.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        write_whole(folder / name, content)
    return [folder / name for name in contents]


def remove(folder: Path) -> list[Path]:
    """Remove what `install` wrote below `folder`; return the files. Others of the same names stay."""
    gone = []
    for name in (ENTRY, ICON, TYPES):
        file = folder / name
        if not file.exists():
            continue
        if not _is_ours(file):
            complain("glossa", f"{file}: was not written by glossa desktop and stays")
            continue
        file.unlink()
        gone.append(file)
    return gone


def _contents(command: Path) -> dict[str, str]:
    """Return what is written, by the name below the folder."""
    assets = files("assets")
    entry = assets.joinpath("glossa.desktop").read_text(encoding="utf-8")
    lines = [
        f"Exec={quoted(command)} %u" if line.startswith("Exec=") else line for line in entry.splitlines()
    ]
    drawn = assets.joinpath("icons", "glossa.svg").read_text(encoding="utf-8")
    types = assets.joinpath("glossa.xml").read_text(encoding="utf-8")
    comment = f"\n<!-- {MARK} -->\n"
    return {
        ENTRY: "\n".join([f"# {MARK}", *lines]) + "\n",
        ICON: drawn.rstrip() + comment,
        TYPES: types.rstrip() + comment,
    }


def quoted(command: Path) -> str:
    """Return a path as the Exec key of a desktop entry wants it: quoted, then escaped as a text."""
    inner = "".join(f"\\{sign}" if sign in _RESERVED else sign for sign in str(command))
    return f'"{inner}"'.replace("\\", "\\\\").replace("%", "%%")


def _is_ours(file: Path) -> bool:
    try:
        return MARK in read_text(file)
    except (OSError, PuzzleError):
        return False


def _refresh(folder: Path) -> None:
    """Tell the desktop where it has programs for that; the others look by themselves."""
    for program, below in REFRESH:
        if shutil.which(program) and (folder / below).is_dir():
            subprocess.run(
                [program, str(folder / below)],
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                timeout=_PATIENCE_S,
                check=False,
            )

"""glossa reset: what Glossa keeps of a person on this computer, listed and removed."""

from __future__ import annotations

import argparse
import shutil
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from app.profile_lock import ProfileLock
from app.settings import UserPaths
from puzzles.terminal import complain, exit_status
from solver.words.errors import UsageError


@dataclass(frozen=True)
class Kind:
    """Files of one kind, by the patterns of their names in the folders of settings and of data."""

    title: str
    config: tuple[str, ...] = ()
    data: tuple[str, ...] = ()

    def found(self, paths: UserPaths) -> list[Path]:
        """Return the files and folders of this kind that are there."""
        return [
            *(file for pattern in self.config for file in sorted(paths.config.glob(pattern))),
            *(file for pattern in self.data for file in sorted(paths.data.glob(pattern))),
        ]


KINDS = {
    "settings": Kind(
        "settings, and which puzzles were solved",
        config=(
            "settings.json",
            "settings.*.json",
            ".settings.json.*.tmp",
            "settings.ini",
            "restoring-layout",
        ),
    ),
    "memory": Kind("programs that solved earlier puzzles", data=("memory",)),
    "results": Kind("results of whole collections", data=("collections",)),
    "findings": Kind("what searches found, by puzzle", data=("findings",)),
    "saved": Kind("which puzzles you saved", data=("saved.json", "saved*.json.*", ".saved.json.*.tmp")),
    "answers": Kind("your answers", data=("answers",)),
    "notes": Kind("your notes about puzzles", data=("notes",)),
    "procedures": Kind("procedures you taught, and their recordings", data=("procedures",)),
    "words": Kind("words you named", data=("words",)),
    "unsaved": Kind("unsaved work", data=("recovery.json", "recovery.*.json", ".recovery.json.*.tmp")),
    "logs": Kind(
        "what went wrong, and where a second start finds the first",
        data=("glossa.log", "glossa.log.*", "run"),
    ),
    "baselines": Kind("weights of the compared methods", data=("baselines",)),
}
"""All that is written without being asked, by the name it has on the command line."""
DECLINED = 1
"""Exit status where nobody agreed."""
_UNITS = ("B", "kB", "MB", "GB")
_THOUSAND = 1000


def main(arguments: Sequence[str]) -> int:
    """Run the command; exit status 0, `DECLINED`, or 2 with one line on standard error."""
    parser = argparse.ArgumentParser(
        prog="glossa reset",
        description="List what Glossa keeps of you on this computer, and remove it. Puzzles, programs and "
        "pictures that you saved are yours and are not touched.",
    )
    parser.add_argument("--list", action="store_true", help="only list it")
    parser.add_argument("--yes", action="store_true", help="remove it without asking")
    parser.add_argument(
        "--keep",
        action="append",
        choices=KINDS,
        default=[],
        metavar="KIND",
        help=f"leave one of these alone: {', '.join(KINDS)}; may be given several times",
    )
    return exit_status("glossa", partial(_run, parser.parse_args(arguments)), (UsageError, OSError))


def _run(options: argparse.Namespace) -> int:
    paths = UserPaths.default()
    there = {name: files for name, kind in KINDS.items() if (files := kind.found(paths))}
    _show(there, options.keep)
    doomed = [file for name, files in there.items() if name not in options.keep for file in files]
    if options.list or (there and not doomed):
        return 0
    lock = _locked(paths)
    try:
        if doomed and not options.yes and not _agreed(len(doomed)):
            print("Nothing was removed.")
            return DECLINED
        for file in doomed:
            remove(file)
    finally:
        _let_go(lock, paths)
    if doomed:
        print("Removed.")
    return 0


def _show(there: Mapping[str, list[Path]], keep: Sequence[str]) -> None:
    """Print what is there, a line per file or folder."""
    for name, files in there.items():
        kept = ", stays" if name in keep else ""
        print(f"{name}: {KINDS[name].title} ({_size(files)}{kept})")
        for file in files:
            print(f"  {file}")
    if not there:
        print("Glossa keeps nothing here.")


def _locked(paths: UserPaths) -> ProfileLock | None:
    """Keep a window from opening meanwhile; None where there is no folder to keep it from.

    Raises `UsageError` while a window is open: it would write everything anew.
    """
    if not paths.data.is_dir():
        return None
    lock = ProfileLock(paths.data)
    if not lock.take():
        raise UsageError(
            f"Glossa is running (process {lock.owner() or '?'}), expected its window to be closed first"
        )
    return lock


def _let_go(lock: ProfileLock | None, paths: UserPaths) -> None:
    """Remove the lock's file where nothing else is left, and the folders that are empty then."""
    if lock is not None:
        alone = [file.name for file in paths.data.iterdir()] == [lock.file.name]
        if alone and sys.platform != "win32":  # while it is held: nobody else can take it for a live one
            lock.file.unlink()
        lock.release()
        if alone:
            lock.file.unlink(missing_ok=True)
    for folder in {paths.config, paths.data}:
        with suppress(OSError):  # it is not empty, or not there
            folder.rmdir()


def _agreed(number: int) -> bool:
    """Ask; whoever cannot be asked has not agreed."""
    if not sys.stdin.isatty():
        complain("glossa", "nobody can be asked here; --yes removes it without asking")
        return False
    things = "this file or folder" if number == 1 else f"these {number} files and folders"
    return input(f"Remove {things} for good? [y/N] ").strip().lower() in ("y", "yes")


def remove(file: Path) -> None:
    """Remove a file, a link without what it leads to, or a folder with all that is in it."""
    if file.is_dir() and not file.is_symlink():
        shutil.rmtree(file)
    else:
        file.unlink(missing_ok=True)


def _size(files: Sequence[Path]) -> str:
    """Return what files and folders take on the disk, as a person reads it."""
    size = float(sum(part.lstat().st_size for file in files for part in _parts(file)))
    unit = 0
    while size >= _THOUSAND and unit < len(_UNITS) - 1:
        size /= _THOUSAND
        unit += 1
    return f"{size:.0f} {_UNITS[unit]}" if unit == 0 else f"{size:.1f} {_UNITS[unit]}"


def _parts(file: Path) -> Iterator[Path]:
    if file.is_dir() and not file.is_symlink():
        yield from (part for part in file.rglob("*") if not part.is_dir())
    else:
        yield file

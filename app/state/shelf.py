"""The collections a person may browse: those that come along, folders and Kaggle files, and recent files."""

from __future__ import annotations

import hashlib
import json
import logging
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from app.settings import Settings
from app.translate import mark, tr
from puzzles.beyond import PADDING_VALUES
from puzzles.collections import COLLECTIONS, MINE, Collection, collection, folder, saved_puzzles
from puzzles.grid import PuzzleError
from puzzles.puzzle import Puzzle
from puzzles.saved import MOST_SAVED, paths_in, read_saved, saved_list, write_saved

EVERYTHING = "everything"
"""Key of the collection that holds all that come along."""
EVERYTHING_TITLE = mark("All of these")
MINE_TITLE = mark("Mine")
LONGEST_RECENT = 12
"""Files and folders that are remembered."""
log = logging.getLogger(__name__)


class Shelf(QObject):
    """Collections by key: of `COLLECTIONS`, `EVERYTHING`, `MINE`, or the path of a folder or Kaggle file."""

    changed = Signal()
    """Another folder or recent file."""

    def __init__(self, settings: Settings, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._settings = settings
        self._folders = _paths(settings.text("browser/folders", ""))
        self._recent = _paths(settings.text("files/recent", ""))
        self._padding = _values(settings.text("browser/padding", ""))
        self._saved_list = saved_list()
        saved = read_saved(self._saved_list)
        self._saved = _paths(settings.text("files/saved", "")) if saved is None else saved
        self._open: dict[str, Collection] = {}

    @property
    def titles(self) -> dict[str, str]:
        """Key to title, in the order a list should show them."""
        added = {str(path): path.name for path in self._folders}
        mine = {MINE: tr(MINE_TITLE)} if any(path.is_file() for path in self._saved) else {}
        return {**COLLECTIONS, EVERYTHING: tr(EVERYTHING_TITLE), **mine, **added}

    @property
    def recent(self) -> tuple[Path, ...]:
        """Files opened lately that still exist, the latest first."""
        return tuple(path for path in self._recent if path.exists())

    def get(self, key: str) -> Collection:
        """Return a collection; raise `PuzzleError` where its folder or file cannot be read."""
        if key in COLLECTIONS:
            return collection(key)
        if key not in self._open:
            if key == EVERYTHING:
                self._open[key] = _everything()
            elif key == MINE:
                self._open[key] = saved_puzzles(self._saved, tr(MINE_TITLE))
            else:
                self._open[key] = _from_path(Path(key), self._padding.get(key))
        return self._open[key]

    def path_of(self, key: str, puzzle_id: str) -> Path | None:
        """Return the file a puzzle is saved in; None where it has none of its own."""
        return self.get(key).paths.get(puzzle_id)

    def elsewhere(self, wanted: Callable[[Collection, str], bool], besides: str) -> dict[str, int]:
        """Return which other collections have puzzles that are `wanted`, and how many each.

        Looks at what comes along and at folders and files that are open.
        """
        keys = [key for key in (*COLLECTIONS, *self._open) if key not in (besides, EVERYTHING)]
        counts = {key: sum(wanted(self.get(key), i) for i in self.get(key).ids) for key in keys}
        return {key: count for key, count in counts.items() if count}

    def known(self) -> Iterator[tuple[str, str, tuple[str, ...]]]:
        """Yield key, title and ids of what comes along and of folders and files that are open."""
        mine = (MINE,) if MINE in self.titles else ()
        for key in dict.fromkeys((*COLLECTIONS, *mine, *self._open)):
            if key != EVERYTHING:
                found = self.get(key)
                yield key, found.title, found.ids

    @property
    def builtin(self) -> tuple[str, ...]:
        """Keys that cannot be removed."""
        return (*COLLECTIONS, EVERYTHING, MINE)

    def add(self, path: Path, found: Collection | None = None, padding: int | None = None) -> str:
        """Put a folder or a file of tasks on the shelf, opened as `found` or now; return its key.

        Its grids are padded with `padding`, which is cut away from now on. Raises `PuzzleError`.
        """
        path = path.resolve()
        self._open.pop(str(path), None)
        self._note_padding(str(path), padding)
        if found is not None:
            self._open[str(path)] = _named(path, found, padding)
        self.get(str(path))
        self._folders = _with_first(self._folders, path)
        self._remember("browser/folders", self._folders)
        return str(path)

    def remove(self, key: str) -> None:
        """Take a folder or Kaggle file off the shelf; nothing on the disk is touched."""
        self._open.pop(key, None)
        self._note_padding(key, None)
        self._folders = [path for path in self._folders if str(path) != key]
        self._remember("browser/folders", self._folders)

    def note_recent(self, path: Path) -> None:
        """Remember a file that was opened or saved."""
        self._recent = _with_first(self._recent, path.resolve())
        self._remember("files/recent", self._recent)

    def note_saved(self, path: Path) -> None:
        """Remember a puzzle the person saved: it is one of theirs."""
        self._saved = _with_first(self._saved, path.resolve(), MOST_SAVED)
        self._open.pop(MINE, None)
        try:
            write_saved(self._saved_list, self._saved)
        except OSError as error:
            log.warning("the list of saved puzzles could not be written: %s", error)
        self.changed.emit()

    def forget_recent(self) -> None:
        """Forget which files were opened."""
        self._recent = []
        self._remember("files/recent", self._recent)

    def _note_padding(self, key: str, padding: int | None) -> None:
        """Remember what is cut away of a folder or file, or that nothing is."""
        if padding == self._padding.get(key):
            return
        self._padding.pop(key, None)
        if padding is not None:
            self._padding[key] = padding
        self._settings.set("browser/padding", json.dumps(self._padding))

    def _remember(self, key: str, paths: list[Path]) -> None:
        self._settings.set(key, json.dumps([str(path) for path in paths]))
        self.changed.emit()


def _everything() -> Collection:
    ids = [f"{name}/{puzzle_id}" for name in COLLECTIONS for puzzle_id in collection(name)]
    return Collection(EVERYTHING, EVERYTHING_TITLE, ids, _of_any)


def _of_any(reference: str) -> Puzzle:
    name, _, puzzle_id = reference.partition("/")
    return collection(name)[puzzle_id]


def _from_path(path: Path, padding: int | None) -> Collection:
    if not path.exists():
        raise PuzzleError(f"{path}: no such file or folder, expected ARC tasks")
    return _named(path, folder(path), padding)


def _named(path: Path, found: Collection, padding: int | None) -> Collection:
    """A collection with a name that is safe in file names and differs from folder to folder."""
    if padding is not None:
        found = found.cut(padding)
    digest = hashlib.sha256(str(path).encode()).hexdigest()[:8]
    build = found.__getitem__
    return Collection(
        f"{path.stem}-{digest}",
        path.name,
        found.ids,
        lambda i: replace(build(i), source="/".join((path.name, *i.split("/")[:-1]))),
        found.paths,
        told=found.told,
    )


def _paths(text: str) -> list[Path]:
    """Read paths written by `_remember`; none from anything else."""
    return paths_in(text) or []


def _values(text: str) -> dict[str, int]:
    """Read padding values by path; none from anything else."""
    try:
        found = json.loads(text)
    except (ValueError, RecursionError):
        return {}
    items = found.items() if isinstance(found, dict) else ()
    return {key: value for key, value in items if type(value) is int and value in PADDING_VALUES}


def _with_first(paths: list[Path], path: Path, most: int = LONGEST_RECENT) -> list[Path]:
    return [path, *(other for other in paths if other != path)][:most]

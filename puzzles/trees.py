"""Folders and archives of tasks: their files, and the entries these hold.

An ordinary task file is read when it is asked for; its first bytes tell it from other files.
"""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path, PurePosixPath
from typing import Any, NamedTuple
from zipfile import ZipFile

from puzzles.descriptions import Descriptions, describe, is_description_file
from puzzles.files import (
    MAX_COLLECTION_BYTES,
    open_regular,
    parse_json,
    read_bytes,
    read_member,
    text_of,
)
from puzzles.formats import NotTasks, Tasks, natural_key, solutions_name, stem_of, task_of, tasks_in
from puzzles.grid import PuzzleError
from puzzles.puzzle import Puzzle, puzzle_from_task, with_answers

MOST_FILES = 200_000
"""Files in a folder and those below it."""
_TASK_FILE = re.compile(r"\.(json|jsonl|ndjson)(\.gz)?$", re.IGNORECASE)
_ARCHIVE = re.compile(r"\.(zip|npz)$", re.IGNORECASE)
_PLAIN_TASK = re.compile(rb'\s*\{\s*"(train|test)"\s*:\s*\[\s*\{\s*"(input|output)"')
_BEGINNING = 160
_HEADER = 4096
"""Bytes that hold the first line of a table."""


class Entry(NamedTuple):
    """One entry of a collection."""

    build: Callable[[], Puzzle]
    """Raises `PuzzleError` where it is no puzzle."""
    path: Path | None = None
    """The file it can be saved in, where it has one of its own."""


class Tree:
    """The files of a folder or of an archive by their path below it; each is read when it is asked for."""

    def __init__(self, names: dict[str, Path | None], read: Callable[[str, int | None], bytes]) -> None:
        self.paths = names
        """Path on the disk, None in an archive."""
        self._read = read

    @classmethod
    def of_folder(cls, folder: Path) -> Tree:
        """The regular files of a folder and of those below it, hidden ones left out."""
        paths: dict[str, Path | None] = {}
        for home, folders, files in os.walk(folder):
            folders[:] = sorted(name for name in folders if not name.startswith("."))
            for name in sorted(files):
                path = Path(home, name)
                if not name.startswith(".") and path.is_file():
                    paths[path.relative_to(folder).as_posix()] = path
            if len(paths) > MOST_FILES:
                raise PuzzleError(f"{folder.name}: has more than {MOST_FILES:,} files, expected fewer")

        def read(name: str, limit: int | None) -> bytes:
            if limit is None:
                return read_bytes(folder / name)
            with open_regular(folder / name) as stream:
                return stream.read(limit)

        return cls(paths, read)

    @classmethod
    def of_zip(cls, archive: ZipFile) -> Tree:
        """The files of an archive; names are never used as places on the disk."""
        names: dict[str, Path | None] = {
            member.filename: None
            for member in archive.filelist
            if not member.is_dir() and not PurePosixPath(member.filename).name.startswith(".")
        }
        return cls(names, lambda name, limit: read_member(archive, name, limit))

    def read(self, name: str) -> bytes:
        """Return the content of a file; raise `PuzzleError` where it cannot be read."""
        return self._read(name, None)

    def beginning(self, name: str, length: int) -> bytes:
        """Return the first bytes of a file; none where it cannot be read."""
        try:
            return self._read(name, length)
        except (OSError, PuzzleError):
            return b""


def entries_of(tree: Tree, demonstrations: int | None = None) -> dict[str, Entry]:
    """The tasks in the files of a tree, by the path of the file, with the id of the task in a collection.

    A single collection file gives the ids as they are. Solutions belong to their challenges; they,
    submissions beside challenges and descriptions are left out. Raises `PuzzleError` where there is nothing
    to read.
    """
    names = sorted(filter(_TASK_FILE.search, tree.paths), key=natural_key)
    names = [name for name in names if not _describes(tree, name)]
    archives = sorted(filter(_ARCHIVE.search, tree.paths), key=natural_key)
    gathered = _Gathered(tree, names, demonstrations)
    for name in names:
        if name not in gathered.answered:
            gathered.add_file(name)
    for name in archives:
        gathered.refuse(name, f"{name}: is an archive within another place, expected it opened by itself")
    return gathered.entries


class _Gathered:
    """The entries of a tree's files, one after the other; what cannot be read is an entry that says why."""

    def __init__(self, tree: Tree, names: Sequence[str], demonstrations: int | None) -> None:
        self.entries: dict[str, Entry] = {}
        self._tree, self._names, self._demonstrations = tree, names, demonstrations
        self._answers = {name: solutions_name(name) for name in names}
        self.answered = {name for name in self._answers.values() if name is not None and name in tree.paths}
        """Files that hold the solutions of others."""
        self._held = 0

    def refuse(self, name: str, reason: str) -> None:
        """Add an entry that says why there is none."""
        _add(self.entries, name, Entry(partial(_refuse, reason)))

    def add_file(self, name: str) -> None:
        """Add the task of a file, or all tasks of a collection."""
        if _PLAIN_TASK.match(self._tree.beginning(name, _BEGINNING)):
            self._add_task(name)
            return
        try:
            content = self._tree.read(name)
            found = tasks_in(content, name)
        except PuzzleError as error:
            if not (self.answered and isinstance(error, NotTasks) and error.kind == "submission"):
                self.refuse(name, str(error))
            return
        if found.single:
            self._add_task(name)
            return
        self._held += len(content)
        if self._held > MAX_COLLECTION_BYTES:
            self.refuse(
                name, f"{name}: too much to hold together with the other files, expected it opened by itself"
            )
            return
        self._add_collection(name, found)

    def _add_task(self, name: str) -> None:
        read = partial(_single, self._tree, name, self._demonstrations)
        _add(self.entries, name, Entry(read, _savable(self._tree, name)))

    def _add_collection(self, name: str, found: Tasks) -> None:
        prefix = "" if _one_set(self._names, self.answered) else f"{_stem(name)}/"
        answers_file = self._answers[name] or ""
        try:
            answers = _answers_in(self._tree, answers_file)
        except PuzzleError as error:
            answers = None
            self.refuse(answers_file, str(error))
        self.entries |= entries_in(
            found,
            name,
            prefix,
            answers=answers,
            answers_file=answers_file,
            demonstrations=self._demonstrations,
        )


def descriptions_in(tree: Tree, ids: Iterable[str]) -> Descriptions:
    """What the tables and other files of a tree say about its puzzles."""
    names = [name for name in tree.paths if name.lower().endswith(".csv") or is_description_file(name)]
    names.sort(key=natural_key)
    return describe(ids, names, tree.read, lambda name: tree.beginning(name, _HEADER))


def _describes(tree: Tree, name: str) -> bool:
    """Whether a file holds descriptions, by its name and because it has no tasks."""
    if not is_description_file(name) or _PLAIN_TASK.match(tree.beginning(name, _BEGINNING)):
        return False
    try:
        tasks_in(tree.read(name), name)
    except NotTasks as error:
        return not error.kind
    except PuzzleError:
        return True  # what is wrong with it is said of the descriptions
    return False


def entries_in(
    found: Tasks,
    file: str,
    prefix: str = "",
    *,
    answers: dict[str, Any] | None = None,
    answers_file: str = "",
    demonstrations: int | None = None,
) -> dict[str, Entry]:
    """The tasks of one collection file by id; where `answers` has an id, its tests get their outputs."""

    def build(name: str) -> Puzzle:
        value = task_of(found.values[name], demonstrations, f"{file}: {name}")
        puzzle = puzzle_from_task(value, name.rpartition("/")[2] or name, file, f"{name}.")
        if answers is None or name not in answers:
            return puzzle
        return with_answers(puzzle, answers[name], f"{answers_file}: {name}")

    return {prefix + name: Entry(partial(build, name)) for name in found.values}


def answers_from(content: bytes, file: str) -> dict[str, Any]:
    """Read a solutions file, {id: [output of test 0, …], …}, whose grids are checked with their puzzle."""
    answers = parse_json(text_of(content, file), file)
    if not isinstance(answers, dict):
        raise PuzzleError(f"{file}: the file is no object, expected an object of lists by id")
    return answers


def _answers_in(tree: Tree, name: str) -> dict[str, Any] | None:
    return answers_from(tree.read(name), name) if name in tree.paths else None


def _one_set(names: Sequence[str], answered: set[str]) -> bool:
    """Whether all there is are the files of one Kaggle set: challenges, solutions and submissions."""
    left = [name for name in names if name not in answered and "submission" not in name.lower()]
    return len(left) == 1


def _single(tree: Tree, name: str, demonstrations: int | None) -> Puzzle:
    found = tasks_in(tree.read(name), name)
    file, value = PurePosixPath(name).name, next(iter(found.values.values()))
    puzzle = puzzle_from_task(task_of(value, demonstrations, f"{file}: the file"), stem_of(file), file, "")
    return replace(puzzle, text=found.text)


def _savable(tree: Tree, name: str) -> Path | None:
    return tree.paths[name] if name.lower().endswith(".json") else None


def _stem(name: str) -> str:
    return (PurePosixPath(name).parent / stem_of(PurePosixPath(name).name)).as_posix()


def _add(entries: dict[str, Entry], name: str, entry: Entry) -> None:
    entries[_stem(name) if _stem(name) not in entries else name] = entry


def _refuse(reason: str) -> Puzzle:
    raise PuzzleError(reason)

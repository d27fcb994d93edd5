"""The layouts in which people keep tasks: what the content of a file is, and its tasks by id.

Nothing is checked here beyond what tells one layout from another; a task is checked when it is built, so
that one bad task spoils no other. `docs/formats.md` lists what happens layout by layout.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import islice
from pathlib import PurePath
from typing import Any

from puzzles.files import MAX_FILE_BYTES, is_zip, parse_json, text_of
from puzzles.grid import PuzzleError, shown
from puzzles.spans import ID_KEYS, Spans, lines_of, object_spans, shown_id, usable_id

INDEXED_FROM = 4 * 2**20
"""Bytes from which the tasks of a file are found by their brackets and parsed one by one."""
ATTEMPTS = ("attempt_1", "attempt_2")
"""Keys of a submission."""
_DEEPEST = 4
_LOOKED_AT = 20
_LINES = (".jsonl", ".ndjson")
_LONGEST_KEYS = 60
_GRIDS, _LISTS_OF_GRIDS = 2, 3


class NotTasks(PuzzleError):
    """A file that holds something else; `kind` says what, as far as it was recognised."""

    def __init__(self, message: str, kind: str = "") -> None:
        super().__init__(message)
        self.kind = kind


@dataclass(frozen=True)
class Tasks:
    """What a file holds: tasks by id as parsed JSON, not checked yet."""

    values: Mapping[str, Any]
    single: bool
    """Whether the file is one task, rather than a collection that may have one."""
    text: str = ""
    """The text of a single task."""


def tasks_in(content: bytes, file: str) -> Tasks:
    """Recognise the content of a file; raise `NotTasks`, or `PuzzleError` where it is no JSON at all."""
    if is_zip(content):
        raise PuzzleError(f"{file}: is an archive within an archive, expected a file of tasks")
    if not content[:4].isascii() or b"\0" in content[:4]:
        content = text_of(content, file).encode()  # a byte order mark
    lines = lines_of(content, sure=_plain_name(file).endswith(_LINES))
    if lines is not None:
        return _from_lines(lines, file)
    if len(content) >= INDEXED_FROM:
        spans = object_spans(content)
        if spans is not None and any(map(_is_task, islice(spans.values(), _LOOKED_AT))):
            return Tasks(spans, single=False)
    if len(content) > MAX_FILE_BYTES:
        raise PuzzleError(
            f"{file}: is larger than {MAX_FILE_BYTES // 2**20} MiB, expected an object or a list of tasks"
        )
    text = text_of(content, file)
    found = _recognise(parse_json(text, file), file)
    return replace(found, text=text) if found.single else found


def task_of(value: Any, demonstrations: int | None, where: str) -> Any:
    """Return the ARC task that an entry of a file stands for.

    Of a list of pairs the first `demonstrations` become those (by default all but the last), the others
    tests; anything else is returned as it is. Raises `PuzzleError` for a list of fewer than two pairs.
    """
    if not _is_pairs(value):
        return value
    if len(value) < 2:
        raise PuzzleError(f"{where} is a list of 1 pair, expected at least 2: demonstrations and a test")
    first = len(value) - 1 if demonstrations is None else min(max(1, demonstrations), len(value) - 1)
    return {"train": value[:first], "test": value[first:]}


def stem_of(name: str) -> str:
    """A file's name without what says how it is kept: ".json", ".jsonl", ".gz" and both."""
    return PurePath(_plain_name(name)).stem


def solutions_name(name: str) -> str | None:
    """The solutions file that belongs to a Kaggle challenges file; None for another name."""
    return name.replace("challenges", "solutions") if "challenges" in PurePath(name).name else None


def _plain_name(name: str) -> str:
    return name[: -len(".gz")] if name.lower().endswith(".gz") else name


def _from_lines(lines: Spans, file: str) -> Tasks:
    first = next(iter(lines.values()))
    if isinstance(first, dict) and "input" in first and "train" not in first:
        return Tasks({stem_of(file): list(lines.values())}, single=True)
    return Tasks(lines, single=False)


def _recognise(value: Any, file: str) -> Tasks:
    if _is_task(value) or _is_pairs(value):
        return Tasks({stem_of(file): value}, single=True)
    holds_tasks = _holds_tasks(value, _DEEPEST) and not _is_program(value)
    found = dict(_gather(value, "", _DEEPEST)) if holds_tasks else {}
    if not found:
        kind, seen = _looks_like(value, file)
        raise NotTasks(f"{file}: {seen}", kind)
    return Tasks(found, single=False)


def _is_task(value: Any) -> bool:
    """Whether this is meant as a task: an object with train or test that do not hold tasks themselves."""
    if not isinstance(value, dict):
        return False
    parts = [value[part] for part in ("train", "test") if part in value]
    return bool(parts) and not any(_holds_directly(part) for part in parts)


def _is_program(value: Any) -> bool:
    """Whether this is a Glossa program, which holds a task too: the one it was found for."""
    return isinstance(value, dict) and "steps" in value and "language" in value


def _is_pairs(value: Any) -> bool:
    if not isinstance(value, list) or not value or not isinstance(value[0], dict):
        return False
    return "input" in value[0] and "train" not in value[0]


def _holds_directly(value: Any) -> bool:
    return any(isinstance(child, dict) and "train" in child for child in _children(value))


def _children(value: Any) -> list[Any]:
    if isinstance(value, dict):
        return list(value.values())
    return value if isinstance(value, list) else []


def _holds_tasks(value: Any, depth: int) -> bool:
    return depth > 0 and any(
        _is_task(child) or _is_pairs(child) or _holds_tasks(child, depth - 1) for child in _children(value)
    )


def _gather(value: Any, prefix: str, depth: int) -> Iterator[tuple[str, Any]]:
    """Yield the tasks below a value with ids that say where they stood.

    Beside tasks, an object or list that is none is yielded too, and refused when it is built; beside groups
    of tasks it is taken for something about them and left out, as plain values are everywhere.
    """
    named = _named_children(value)
    beside_tasks = any(_is_task(child) or _is_pairs(child) for _, child in named)
    groups = [name for name, child in named if _holds_tasks(child, depth - 1) and not _is_task(child)]
    for name, child in named:
        if name in groups and not _is_pairs(child):
            alone = len(groups) == 1 and not beside_tasks
            yield from _gather(child, prefix if alone else f"{prefix}{name}/", depth - 1)
        elif beside_tasks and isinstance(child, (dict, list)):
            yield prefix + name, child


def _named_children(value: Any) -> list[tuple[str, Any]]:
    if isinstance(value, dict):
        return [(shown_id(name), child) for name, child in value.items()]
    taken: dict[str, Any] = {}
    for number, child in enumerate(value):
        keys = (child.get(key) for key in ID_KEYS) if isinstance(child, dict) else ()
        name = next(filter(None, map(usable_id, keys)), str(number))
        taken[name if name not in taken else f"{name} ({number})"] = child
    return list(taken.items())


def _looks_like(value: Any, file: str) -> tuple[str, str]:
    """What kind of file this is, and what to say about it."""
    if _is_program(value):
        return "program", "this is a Glossa program, expected tasks"
    children = _children(value)
    inner = [_children(child) if isinstance(child, list) else [child] for child in children]
    tests = [test for tests in inner for test in tests]
    if any(isinstance(test, dict) and any(key in test for key in ATTEMPTS) for test in tests):
        return "submission", "this is a submission, expected tasks; `glossa score` compares it with answers"
    if isinstance(value, dict) and children and all(_depth(child) > _GRIDS for child in children):
        challenges = file.replace("solutions", "challenges")
        opened = challenges if challenges != file else "the challenges file it belongs to"
        return "solutions", f"this is a solutions file, expected tasks; open {opened}"
    if _depth(value) == _GRIDS:
        return "grid", "this is a single grid, expected an object with train and test"
    if isinstance(value, dict) and value:
        keys = ", ".join(repr(key)[:_LONGEST_KEYS] for key in list(value)[:3])
        return "", f"the file is an object with {keys}, expected train and test, or tasks by id"
    seen = "empty" if value in ({}, []) else shown(value)
    return "", f"the file is {seen}, expected an object with train and test"


def _depth(value: Any) -> int:
    """How deeply lists are nested, along the first of each; the lists of a grid count 2."""
    depth = 0
    while isinstance(value, list) and depth <= _LISTS_OF_GRIDS:
        depth += 1
        value = value[0] if value else None
    return depth


_DIGITS = re.compile(r"([0-9]+)")
_MOST_DIGITS = 18
_HEX_ID = re.compile(r"[0-9a-f]{8}")


def natural_key(name: str) -> tuple[tuple[tuple[int, int, str], ...], ...]:
    """Sort "task 2" before "task 10", part by part of a path; ids like those of ARC sort as they are."""
    return tuple(_natural_part(part) for part in name.split("/"))


def _natural_part(part: str) -> tuple[tuple[int, int, str], ...]:
    if _HEX_ID.fullmatch(part):
        return ((1, 0, part),)
    words = _DIGITS.split(part.lower())  # words and numbers take turns
    pieces = [(1, 0, word) for word in words]
    pieces[1::2] = [(0, int(digits[:_MOST_DIGITS]), digits) for digits in words[1::2]]
    return (*(piece for piece in pieces if piece[2]), (1, 0, part))

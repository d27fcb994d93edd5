"""A puzzle: demonstrations and tests, and the files they are read from and written to."""

from __future__ import annotations

import os
import re
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import numpy as np

from puzzles.files import parse_json, read_text
from puzzles.grid import Grid, PuzzleError, as_grid, rows_of, same_grid, shown
from puzzles.keeping import Extra, described, exchanged, extra_of, forms, in_style_of, json_text, with_extra
from puzzles.storage import write_whole

_NUMBER = re.compile("-1|1?[0-9]")
LONGEST_NAME = 80
"""Characters of a name that a message repeats."""


@dataclass(frozen=True, eq=False)
class Pair:
    """An input grid and the output grid it becomes; None where the output is unknown."""

    input: Grid
    output: Grid | None = None
    extra: Extra = ()
    """Further keys it has in its file; two pairs are equal when their grids are."""

    def __post_init__(self) -> None:
        object.__setattr__(self, "input", as_grid(self.input, "input"))
        if self.output is not None:
            object.__setattr__(self, "output", as_grid(self.output, "output"))

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Pair):
            return NotImplemented
        if self.output is None or other.output is None:
            return self.output is other.output and same_grid(self.input, other.input)
        return same_grid(self.input, other.input) and same_grid(self.output, other.output)

    def __hash__(self) -> int:
        output = None if self.output is None else (self.output.shape, self.output.tobytes())
        return hash((self.input.shape, self.input.tobytes(), output))


@dataclass(frozen=True)
class Puzzle:
    """Demonstrations that explain a rule and tests that ask for it.

    There is at least one demonstration and one test, and every demonstration has an output; anything
    else raises `PuzzleError`. Two puzzles are equal when their names and grids are.
    """

    name: str
    train: tuple[Pair, ...]
    test: tuple[Pair, ...]
    source: str = field(default="", compare=False)
    """The collection or file it came from; empty for a puzzle that was drawn."""
    extra: Extra = field(default=(), compare=False, repr=False)
    """Further keys it has in its file."""
    text: str = field(default="", compare=False, repr=False)
    """The text of its file where it has one of its own, to save it in the same layout."""
    told: tuple[str, ...] = field(default=(), compare=False, repr=False)
    """What people wrote about it in another file; it is not saved with it."""

    def __post_init__(self) -> None:
        object.__setattr__(self, "train", tuple(self.train))
        object.__setattr__(self, "test", tuple(self.test))
        for part, pairs in (("train", self.train), ("test", self.test)):
            if not pairs:
                raise PuzzleError(f"{part} has no pairs, expected at least 1")
        for index, pair in enumerate(self.train):
            if pair.output is None:
                raise PuzzleError(f"train[{index}].output is missing, expected a grid")

    @property
    def description(self) -> str:
        """What its file says about it under the usual keys, a line each, and what other files say."""
        return "\n\n".join(filter(None, (described(self.extra), *self.told)))


def puzzle_from_json(text: str, file: str, name: str | None = None) -> Puzzle:
    """Read an ARC task: {"train": [{"input": rows, "output": rows}, …], "test": […]}.

    `file` is named in messages; `name` defaults to its stem. The output of a test may be absent or
    null. Raises `PuzzleError` for anything that is not an ARC task.
    """
    return _read_task(parse_json(text, file), f"{file}: ", Path(file).stem if name is None else name, file)


def puzzle_to_json(puzzle: Puzzle) -> str:
    """Write an ARC task, one line for each row of a grid; name and source are not part of the format."""
    return _write_document(_bare(puzzle))


def load_puzzle(path: str | os.PathLike[str]) -> Puzzle:
    """Read an ARC task file; raise `PuzzleError` when it cannot be read or is not one."""
    path = Path(path)
    text = read_text(path)
    return replace(puzzle_from_json(text, path.name), source=str(path), text=text)


def puzzle_to_text(puzzle: Puzzle) -> str:
    """Write a puzzle for its file: with the further keys it had there, and laid out as it was.

    A change of cells changes only these in the text. Where grids or pairs came or went, the text is in the
    style of `json.dumps` that the file had, or a line for each row.
    """
    task = _document(puzzle)
    if not puzzle.text:
        return _write_document(puzzle)
    for form in forms(task):
        text = exchanged(puzzle.text, form)
        if text is not None and (form is not task or _reads_as(text, puzzle)):
            return text
    return in_style_of(puzzle.text, task) or _write_document(puzzle)


def save_puzzle(puzzle: Puzzle, path: str | os.PathLike[str]) -> None:
    """Write an ARC task file, whole or not at all; raise `OSError` when the place cannot be written."""
    path = Path(path).resolve()
    write_whole(path, puzzle_to_text(puzzle))


def puzzle_from_task(task: Any, name: str, source: str, place: str | None = None) -> Puzzle:
    """Check one parsed task; messages begin with "source: place", by default the name and a dot.

    Rows may be strings of digits, and cells strings of a number. Raises `PuzzleError`.
    """
    place = f"{name}." if place is None else place
    if len(place) > LONGEST_NAME:
        place = f"{place[:LONGEST_NAME]}…."
    return _read_task(task, f"{source}: {place}", name, source)


def _read_task(task: Any, prefix: str, name: str, source: str) -> Puzzle:
    if not isinstance(task, dict):
        place = prefix.removesuffix(".") if prefix.endswith(".") else f"{prefix}the file"
        raise PuzzleError(f"{place} is {_shape(task)}, expected an object with train and test")
    train = tuple(
        _read_pair(pair, f"{prefix}train[{i}]", needs_output=True)
        for i, pair in enumerate(_read_list(task, "train", prefix))
    )
    test = tuple(
        _read_pair(pair, f"{prefix}test[{i}]", needs_output=False)
        for i, pair in enumerate(_read_list(task, "test", prefix))
    )
    try:
        extra = extra_of(task, ("train", "test"))
    except RecursionError:
        raise PuzzleError(f"{prefix}is nested too deeply, expected an ARC task") from None
    return Puzzle(name, train, test, source, extra)


def _read_list(task: dict[str, Any], part: str, prefix: str) -> list[Any]:
    if part not in task:
        raise PuzzleError(f"{prefix}{part} is missing, expected a list of pairs")
    pairs = task[part]
    if not isinstance(pairs, list):
        raise PuzzleError(f"{prefix}{part} is {shown(pairs)}, expected a list of pairs")
    if not pairs:
        raise PuzzleError(f"{prefix}{part} has no pairs, expected at least 1")
    return pairs


def _read_pair(pair: Any, where: str, needs_output: bool) -> Pair:
    if not isinstance(pair, dict):
        raise PuzzleError(f"{where} is {shown(pair)}, expected an object with input and output")
    if "input" not in pair:
        raise PuzzleError(f"{where}.input is missing, expected a grid")
    if needs_output and pair.get("output") is None:
        raise PuzzleError(f"{where}.output is missing, expected a grid")
    output = pair.get("output")
    if not needs_output and isinstance(output, list) and not output:
        output = None  # as some write an answer that is not known
    return Pair(
        _grid(pair["input"], f"{where}.input"),
        None if output is None else _grid(output, f"{where}.output"),
        () if isinstance(pair["input"], np.ndarray) else _pair_extra(pair, where),
    )


def _pair_extra(pair: dict[str, Any], where: str) -> Extra:
    try:
        return extra_of(pair, ("input", "output"))
    except RecursionError:
        raise PuzzleError(f"{where} is nested too deeply, expected an object with input and output") from None


def grids_from_rows(answers: list[Any], where: str) -> list[Grid]:
    """Check the answers of a task in a solutions file; messages begin with `where` and the number."""
    return [_grid(answer, f"{where}[{index}]") for index, answer in enumerate(answers)]


def _grid(rows: Any, where: str) -> Grid:
    """Check a grid, as lists of numbers or with strings of digits for rows or cells."""
    if isinstance(rows, list) and any(isinstance(row, str) or _has_text(row) for row in rows):
        rows = [[_number(cell) for cell in row] if isinstance(row, (list, str)) else row for row in rows]
    return as_grid(rows, where)


def _has_text(row: Any) -> bool:
    return isinstance(row, list) and any(isinstance(cell, str) for cell in row)


def _number(cell: Any) -> Any:
    is_number = isinstance(cell, str) and _NUMBER.fullmatch(cell)
    return int(cell) if is_number else cell


def with_answers(puzzle: Puzzle, answers: Any, where: str) -> Puzzle:
    """Give the tests their outputs, a list of grids; raise `PuzzleError` where they do not fit."""
    expected = f"a list with one grid for each test ({len(puzzle.test)})"
    if not isinstance(answers, list):
        raise PuzzleError(f"{where} is {shown(answers)}, expected {expected}")
    if len(answers) != len(puzzle.test):
        raise PuzzleError(f"{where} has {len(answers)} grids, expected {len(puzzle.test)}")
    outputs = grids_from_rows(answers, where)
    test = tuple(replace(pair, output=output) for pair, output in zip(puzzle.test, outputs, strict=True))
    return replace(puzzle, test=test)


def _reads_as(text: str, puzzle: Puzzle) -> bool:
    """Whether a text that was made is the task meant; a key that stood twice could deceive."""
    try:
        return puzzle_from_json(text, "", puzzle.name) == puzzle
    except PuzzleError:
        return False


def _bare(puzzle: Puzzle) -> Puzzle:
    """The puzzle without what its file says beside it."""
    train, test = (
        tuple(replace(pair, extra=()) if pair.extra else pair for pair in pairs)
        for pairs in (puzzle.train, puzzle.test)
    )
    return replace(puzzle, train=train, test=test, extra=(), text="")


def _document(puzzle: Puzzle) -> dict[str, Any]:
    """The task as JSON values, with its further keys in their places."""
    parts = {
        part: [
            with_extra(
                {
                    "input": rows_of(pair.input),
                    "output": None if pair.output is None else rows_of(pair.output),
                },
                pair.extra,
            )
            for pair in pairs
        ]
        for part, pairs in (("train", puzzle.train), ("test", puzzle.test))
    }
    return with_extra(parts, puzzle.extra)


def _write_document(puzzle: Puzzle) -> str:
    """The task with its further keys, a line for each row of a grid."""
    document = _document(puzzle)
    parts = [
        f'"{key}": [\n' + ",\n".join(map(_write_object, value)) + "\n ]"
        if key in ("train", "test")
        else f"{json_text(key)}: {json_text(value)}"
        for key, value in document.items()
    ]
    return "{\n " + ",\n ".join(parts) + "\n}\n"


def _write_object(pair: dict[str, Any]) -> str:
    parts = [
        f'"{key}": [\n' + ",\n".join(f"    {row}" for row in value) + "\n   ]"
        if key in ("input", "output") and value
        else f"{json_text(key)}: {json_text(value)}"
        for key, value in pair.items()
    ]
    return "  {\n   " + ",\n   ".join(parts) + "\n  }"


def _shape(value: Any) -> str:
    return "empty" if value == {} else shown(value)

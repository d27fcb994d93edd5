"""A puzzle: demonstrations and tests, and the files they are read from and written to."""

from __future__ import annotations

import json
import os
import uuid
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from puzzles.grid import Grid, PuzzleError, as_grid, same_grid, shown

MAX_FILE_BYTES = 64 * 2**20
"""Larger files are refused unread; the published task collections take less than a tenth of this."""


@dataclass(frozen=True, eq=False)
class Pair:
    """An input grid and the output grid it becomes; None where the output is unknown."""

    input: Grid
    output: Grid | None = None

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

    def __post_init__(self) -> None:
        object.__setattr__(self, "train", tuple(self.train))
        object.__setattr__(self, "test", tuple(self.test))
        for part, pairs in (("train", self.train), ("test", self.test)):
            if not pairs:
                raise PuzzleError(f"{part} has no pairs, expected at least 1")
        for index, pair in enumerate(self.train):
            if pair.output is None:
                raise PuzzleError(f"train[{index}].output is missing, expected a grid")


def puzzle_from_json(text: str, file: str, name: str | None = None) -> Puzzle:
    """Read an ARC task: {"train": [{"input": rows, "output": rows}, …], "test": […]}.

    `file` is named in messages; `name` defaults to its stem. The output of a test may be absent or
    null. Raises `PuzzleError` for anything that is not an ARC task.
    """
    return _read_task(_parse(text, file), f"{file}: ", Path(file).stem if name is None else name, file)


def puzzle_to_json(puzzle: Puzzle) -> str:
    """Write an ARC task, one line for each row of a grid; name and source are not part of the format."""
    return f'{{\n "train": {_write_pairs(puzzle.train)},\n "test": {_write_pairs(puzzle.test)}\n}}\n'


def load_puzzle(path: str | os.PathLike[str]) -> Puzzle:
    """Read an ARC task file; raise `PuzzleError` when it cannot be read or is not one."""
    path = Path(path)
    puzzle = puzzle_from_json(read_text(path), path.name)
    return Puzzle(puzzle.name, puzzle.train, puzzle.test, source=str(path))


def save_puzzle(puzzle: Puzzle, path: str | os.PathLike[str]) -> None:
    """Write an ARC task file, whole or not at all; raise `OSError` when the place cannot be written."""
    path = Path(path).resolve()
    temporary = path.with_name(f".{path.name}.{uuid.uuid4().hex}")
    try:
        temporary.write_text(puzzle_to_json(puzzle), encoding="utf-8")
        os.replace(temporary, path)
    finally:
        temporary.unlink(missing_ok=True)


def kaggle_tasks(
    challenges: str, file: str, solutions: str | None = None, solutions_file: str = ""
) -> tuple[tuple[str, ...], Callable[[str], Puzzle]]:
    """Read the text of a Kaggle challenges file, {id: task, …}; return its ids and how to build one puzzle.

    With the text of its solutions file, {id: [output of test 0, …], …}, the tests of the ids it has get
    their outputs; the others stay open. Raises `PuzzleError` where a file is no object; building raises it
    for a task that is none, or whose solutions are not one grid for each test.
    """
    tasks = _parse(challenges, file)
    if not isinstance(tasks, dict) or not tasks:
        raise PuzzleError(f"{file}: the file is {_shape(tasks)}, expected an object of tasks by id")
    answers = {} if solutions is None else _parse(solutions, solutions_file)
    if not isinstance(answers, dict):
        raise PuzzleError(
            f"{solutions_file}: the file is {_shape(answers)}, expected an object of lists by id"
        )

    def build(name: str) -> Puzzle:
        puzzle = puzzle_from_task(tasks[name], name, file)
        if name not in answers:
            return puzzle
        return _with_answers(puzzle, answers[name], f"{solutions_file}: {name}")

    return tuple(tasks), build


def puzzle_from_task(task: Any, name: str, source: str) -> Puzzle:
    """Check one task of a parsed collection; messages begin with "source: name."."""
    return _read_task(task, f"{source}: {name}.", name, source)


def read_text(path: Path) -> str:
    """Read a UTF-8 file of at most `MAX_FILE_BYTES`; raise `PuzzleError` when that is not possible."""
    try:
        with path.open("rb") as stream:
            content = stream.read(MAX_FILE_BYTES + 1)
    except (OSError, ValueError) as error:  # ValueError: a name with a null character
        reason = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
        raise PuzzleError(f"{path.name or path}: cannot be read ({reason}), expected a JSON file") from None
    if len(content) > MAX_FILE_BYTES:
        raise PuzzleError(f"{path.name}: the file is larger than 64 MiB, expected an ARC task")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise PuzzleError(f"{path.name}: byte {error.start} is not UTF-8, expected a JSON text") from None


def _parse(text: str, file: str) -> Any:
    try:
        return json.loads(text)
    except json.JSONDecodeError as error:
        place = f"line {error.lineno} column {error.colno}"
        raise PuzzleError(f"{file}: {place} is not JSON ({error.msg}), expected an ARC task") from None
    except RecursionError:
        raise PuzzleError(f"{file}: the file is nested too deeply, expected an ARC task") from None
    except ValueError:  # an integer of more digits than Python will read
        raise PuzzleError(f"{file}: the file holds a huge number, expected an ARC task") from None


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
    return Puzzle(name, train, test, source)


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
    return Pair(
        as_grid(pair["input"], f"{where}.input"),
        None if output is None else as_grid(output, f"{where}.output"),
    )


def _with_answers(puzzle: Puzzle, answers: Any, where: str) -> Puzzle:
    expected = f"a list with one grid for each test ({len(puzzle.test)})"
    if not isinstance(answers, list):
        raise PuzzleError(f"{where} is {shown(answers)}, expected {expected}")
    if len(answers) != len(puzzle.test):
        raise PuzzleError(f"{where} has {len(answers)} grids, expected {len(puzzle.test)}")
    test = tuple(
        Pair(pair.input, as_grid(answer, f"{where}[{i}]"))
        for i, (pair, answer) in enumerate(zip(puzzle.test, answers, strict=True))
    )
    return Puzzle(puzzle.name, puzzle.train, test, puzzle.source)


def _write_pairs(pairs: tuple[Pair, ...]) -> str:
    return "[\n" + ",\n".join(_write_pair(pair) for pair in pairs) + "\n ]"


def _write_pair(pair: Pair) -> str:
    grids = [f'"input": [\n{_write_rows(pair.input)}\n   ]']
    if pair.output is not None:
        grids.append(f'"output": [\n{_write_rows(pair.output)}\n   ]')
    return "  {\n   " + ",\n   ".join(grids) + "\n  }"


def _write_rows(grid: Grid) -> str:
    return ",\n".join(f"    {row}" for row in grid.tolist())


def _shape(value: Any) -> str:
    return "empty" if value == {} else shown(value)

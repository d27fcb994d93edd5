"""What a person marked in the inputs: cells that stand for the objects that matter.

Of a grid that is cut into objects, those with a marked cell are meant and the others are not. A pair without
marks says nothing: there a rule may pick what it likes.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

from puzzles.grid import shown
from puzzles.puzzle import Puzzle
from solver.words.errors import UsageError

Part = Literal["train", "test"]
_CELL = re.compile(r"(train|test)\[(\d{1,9})\]\.input\[(\d{1,9})\]\[(\d{1,9})\]")


@dataclass(frozen=True)
class Mark:
    """The marked cells of one input."""

    part: Part
    pair: int
    """Which demonstration or test, from 0."""
    cells: frozenset[tuple[int, int]]
    """(row, column) from 0."""


def marks_from(texts: Iterable[str]) -> tuple[Mark, ...]:
    """Read marked cells written as "train[0].input[2][3]": pair, row and column from 0, as in the file.

    Raises `UsageError` for anything else.
    """
    found: dict[tuple[Part, int], set[tuple[int, int]]] = {}
    for text in texts:
        match = _CELL.fullmatch(text)
        if match is None:
            raise UsageError(f"--marked is {shown(text)}, expected a cell as in train[0].input[2][3]")
        part: Part = "train" if match[1] == "train" else "test"
        found.setdefault((part, int(match[2])), set()).add((int(match[3]), int(match[4])))
    return tuple(Mark(part, pair, frozenset(cells)) for (part, pair), cells in found.items())


def check_marks(marks: Sequence[Mark], puzzle: Puzzle) -> None:
    """Raise `UsageError` where a marked cell is in no input of the puzzle."""
    for mark in marks:
        pairs = puzzle.train if mark.part == "train" else puzzle.test
        rows, columns = pairs[mark.pair].input.shape if mark.pair < len(pairs) else (0, 0)
        for row, column in sorted(mark.cells):
            if not (0 <= row < rows and 0 <= column < columns):
                place = f"{mark.part}[{mark.pair}].input[{row}][{column}]"
                has = f"it has {rows} by {columns} cells" if rows else f"there are {len(pairs)} such pairs"
                raise UsageError(f"marked: {place} is no cell of {puzzle.name}: {has}")


def marked_cells(marks: Sequence[Mark], part: Part, pair: int) -> frozenset[tuple[int, int]]:
    """The marked cells of one input; none where nothing is marked."""
    return frozenset().union(*(mark.cells for mark in marks if (mark.part, mark.pair) == (part, pair)))

"""Between: lines with one corner that are drawn between marks."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache, partial

import numpy as np

from puzzles.grid import Cells
from solver.words.operations.pieces import background
from solver.words.operations.registry import NotApplicable, Operation

_MOST_MARKS = 40
"""More marks than this are texture."""

Mark = tuple[int, int, int]
"""Row, column and colour of a cell that stands alone."""


def _marks(grid: Cells) -> tuple[Mark, ...]:
    """Content cells without content among their four neighbours, in reading order."""
    found = _all_marks(grid.tobytes(), grid.shape)
    if not 2 <= len(found) <= _MOST_MARKS:
        raise NotApplicable("no marks, or too many")
    return found


@lru_cache(maxsize=64)
def _all_marks(data: bytes, shape: tuple[int, int]) -> tuple[Mark, ...]:
    """All marks, remembered, since the words of this family are tried one after the other."""
    grid = np.frombuffer(data, np.uint8).reshape(shape)
    content = np.pad(grid != background(grid), 1)
    beside = content[:-2, 1:-1] | content[2:, 1:-1] | content[1:-1, :-2] | content[1:-1, 2:]
    found = np.argwhere(content[1:-1, 1:-1] & ~beside)
    return tuple((row, column, int(grid[row, column])) for row, column in found.tolist())


def _couples(marks: Sequence[Mark]) -> Iterator[tuple[Mark, Mark]]:
    """Two marks of one colour each; where there are but two marks, these."""
    if len(marks) == 2:
        yield marks[0], marks[1]
        return
    for colour in sorted({mark[2] for mark in marks}):
        alike = [mark for mark in marks if mark[2] == colour]
        if len(alike) == 2:
            yield alike[0], alike[1]


def _first(one: Mark, other: Mark, start: str) -> bool:
    """Whether the line leaves `one` along its row, and so `other` along its column."""
    if start == "upper":
        return one[0] <= other[0]
    if start == "lower":
        return one[0] > other[0]
    if start == "left":
        return one[1] <= other[1]
    if start == "right":
        return one[1] > other[1]
    return (one[2] < other[2]) == (start == "lower-numbered")


def join_around(grid: Cells, start: str) -> Cells:
    """Join two marks by a line with one corner that leaves the `start` mark along its row, in its colour."""
    marks = _marks(grid)
    back = background(grid)
    result = grid.copy()
    for one, other in _couples(marks):
        if start.endswith("numbered") and one[2] == other[2]:
            continue
        level, upright = (one, other) if _first(one, other, start) else (other, one)
        row, column = level[0], upright[1]
        columns = slice(min(level[1], column), max(level[1], column) + 1)
        rows = slice(min(upright[0], row), max(upright[0], row) + 1)
        for line in (result[row, columns], result[rows, column]):
            line[line == back] = level[2]
    if np.array_equal(result, grid):
        raise NotApplicable("no two marks belong together")
    return result


BETWEEN: list[Operation] = [
    *(
        Operation(
            f"join around a corner, level from the {start} one",
            "between",
            partial(join_around, start=start),
            cost=1.2,
        )
        for start in ("upper", "lower", "left", "right", "lower-numbered", "higher-numbered")
    ),
]

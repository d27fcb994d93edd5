"""Continuation: content that repeats goes on over the background, along lines, as a whole, or by steps."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from puzzles.grid import Cells
from solver.words.operations.limits import side_limit
from solver.words.operations.pieces import Piece, background, boxes, components, place
from solver.words.operations.registry import NotApplicable, Operation

_MOST_OBJECTS = 30


def period_of(lines: Cells) -> int:
    """The smallest distance at which rows repeat and that is seen twice; else the number of rows."""
    number = len(lines)
    for period in range(1, number // 2 + 1):
        if np.array_equal(lines[period:], lines[:-period]):
            return period
    return number


def _span(mask: NDArray[np.bool_]) -> tuple[int, int]:
    """First and last place (excluded) where a mask holds; raises `NotApplicable` where it never does."""
    found = np.flatnonzero(mask)
    if not found.size:
        raise NotApplicable("the grid has no content")
    return int(found[0]), int(found[-1]) + 1


def continue_content(grid: Cells, before: bool, after: bool) -> Cells:
    """Repeat the rows that hold content upwards (before) and downwards (after) by their own period."""
    content = grid != background(grid)
    top, bottom = _span(content.any(1))
    if bottom - top < 2:
        raise NotApplicable("one row has no period")
    period = period_of(grid[top:bottom])
    rows = np.arange(len(grid))
    source = np.where(rows < top, top + (rows - top) % period, rows) if before else rows.copy()
    if after:
        behind = rows >= bottom
        # The last whole period goes on, so that a pattern which begins late is continued all the same.
        source[behind] = bottom - period + (rows[behind] - bottom) % period
    if np.array_equal(source, rows):
        raise NotApplicable("there is no room to go on")
    return grid[source]


def continue_lines(grid: Cells) -> Cells:
    """Repeat the content of every row with two cells or more of it along the row, over background."""
    back = background(grid)
    content = grid != back
    width = grid.shape[1]
    first = content.argmax(1)
    last = width - content[:, ::-1].argmax(1)
    number = content.sum(1)
    result = grid.copy()
    for row in np.flatnonzero((number >= 2) & (number < width)).tolist():
        line = _repeated(grid[row].tobytes(), int(first[row]), int(last[row]))
        np.copyto(result[row], np.frombuffer(line, np.uint8), where=~content[row])
    return result


def _repeated(line: bytes, first: int, last: int) -> bytes:
    """A line filled with what stands from `first` to `last` (excluded), by its period as in `period_of`."""
    shown = line[first:last]
    length = len(shown)
    period = next((p for p in range(1, length // 2 + 1) if shown[p:] == shown[:-p]), length)
    turn = -first % period
    unit = shown[turn:period] + shown[:turn]
    return (unit * (len(line) // period + 1))[: len(line)]


def continue_both(grid: Cells) -> Cells:
    """`continue_lines` along rows and along columns; rows paint first."""
    back = background(grid)
    along_rows, along_columns = continue_lines(grid), continue_lines(grid.T).T
    return np.where(along_rows == back, along_columns, along_rows)


def continue_steps(grid: Cells, back_too: bool) -> Cells:
    """Go on with objects of one form that stand at equal steps, with their colours in turn, to the edge.

    back_too: at the other end as well.
    """
    back = background(grid)
    pieces = _objects(grid, back)
    pieces = _in_line(pieces)
    down, right = pieces[1].top - pieces[0].top, pieces[1].left - pieces[0].left
    form = pieces[0].cells != back
    for one, other in pairwise(pieces):
        alike = np.array_equal(other.cells != back, form)
        if not alike or (other.top - one.top, other.left - one.left) != (down, right):
            raise NotApplicable("the objects differ, or so do their steps")
    looks = np.stack([piece.cells for piece in pieces]).reshape(len(pieces), -1)
    period = period_of(looks)
    canvas = grid.copy()
    most = side_limit(grid.shape)
    ways = [range(len(pieces), len(pieces) + most)] + [range(-1, -most, -1)] * back_too
    for steps in ways:
        for number in steps:
            top, left = pieces[0].top + number * down, pieces[0].left + number * right
            inside = -form.shape[0] < top < grid.shape[0] and -form.shape[1] < left < grid.shape[1]
            if not inside:
                break
            place(canvas, Piece(pieces[number % period].cells, top, left), back)
    return canvas


def _objects(grid: Cells, back: int) -> list[Piece]:
    labels = components(grid, True, True, back)
    if not 2 <= int(labels.max(initial=0)) <= _MOST_OBJECTS:
        raise NotApplicable("one object makes no steps, and too many are texture")
    found = boxes(labels)
    if len({(bottom - top, right - left) for top, bottom, left, right in found}) != 1:
        raise NotApplicable("the objects differ")
    return [
        Piece(
            np.where(labels[top:bottom, left:right] == label, grid[top:bottom, left:right], np.uint8(back)),
            top,
            left,
        )
        for label, (top, bottom, left, right) in enumerate(found, 1)
    ]


def _in_line(pieces: Sequence[Piece]) -> list[Piece]:
    """Objects in the order of their line, beginning at the end that is nearer to an edge of the grid."""
    by_place = sorted(pieces, key=lambda piece: (piece.top, piece.left))
    first, last = by_place[0], by_place[-1]
    begins = min(first.top, first.left) <= min(last.top, last.left)
    return by_place if begins else by_place[::-1]


def mirrored_on(grid: Cells, first: bool) -> Cells:
    """Below the grid its mirror image, the last row shared; above it and the first row shared if `first`."""
    if not 2 <= len(grid) <= (side_limit(grid.shape) + 1) // 2:
        raise NotApplicable("it would not fit, or there is one row")
    return np.vstack([grid[:0:-1], grid]) if first else np.vstack([grid, grid[-2::-1]])


def _upright(grid: Cells, before: bool, after: bool) -> Cells:
    return continue_content(grid.T, before, after).T


def _everywhere(grid: Cells) -> Cells:
    try:
        tall = continue_content(grid, True, True)
    except NotApplicable:
        return _upright(grid, True, True)
    try:
        return _upright(tall, True, True)
    except NotApplicable:
        return tall


def _columns(grid: Cells) -> Cells:
    return continue_lines(grid.T).T


def _mirrored_right(grid: Cells, first: bool) -> Cells:
    return mirrored_on(grid.T, first).T


CONTINUATIONS: list[Operation] = [
    *(
        Operation(f"continue the content {name}", "continue", function, cost=1.1)
        for name, function in (
            ("up", partial(continue_content, before=True, after=False)),
            ("down", partial(continue_content, before=False, after=True)),
            ("up and down", partial(continue_content, before=True, after=True)),
            ("left", partial(_upright, before=True, after=False)),
            ("right", partial(_upright, before=False, after=True)),
            ("left and right", partial(_upright, before=True, after=True)),
            ("on all sides", _everywhere),
        )
    ),
    Operation("continue each row", "continue", continue_lines, cost=1.1),
    Operation("continue each column", "continue", _columns, cost=1.1),
    Operation("continue each row and column", "continue", continue_both, cost=1.1),
    Operation("continue the steps of objects", "continue", partial(continue_steps, back_too=False), cost=1.1),
    Operation(
        "continue the steps of objects both ways",
        "continue",
        partial(continue_steps, back_too=True),
        cost=1.2,
    ),
    *(
        Operation(f"mirror on {name}, sharing the edge", "unfold", partial(function, first=first), cost=1.1)
        for name, function, first in (
            ("below", mirrored_on, False),
            ("above", mirrored_on, True),
            ("to the right", _mirrored_right, False),
            ("to the left", _mirrored_right, True),
        )
    ),
]

"""Stamp: draw a motif found in the grid again, where parts of it are or where lone cells wait for it."""

from __future__ import annotations

from functools import partial
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from puzzles.operations.pieces import Piece, background, boxes, components, counts, place
from puzzles.operations.registry import Cells, NotApplicable, Operation

Mask = NDArray[np.bool_]

_MOST = 30
"""More objects than this are noise, not things."""


class _Found(NamedTuple):
    piece: Piece
    mask: Mask
    """(h, w) where in the grid it is."""


def _objects(grid: Cells, back: int) -> list[_Found]:
    """Objects of any colours, the largest first."""
    labels = components(grid, True, True, back)
    found = []
    for label, (top, bottom, left, right) in enumerate(boxes(labels), 1):
        mask = labels == label
        window = np.where(mask, grid, np.uint8(back))[top:bottom, left:right]
        found.append(_Found(Piece(window, top, left), mask))
    if not 1 < len(found) <= _MOST:
        raise NotApplicable("one object, or too many")
    return sorted(found, key=lambda one: -int(one.mask.sum()))


def stamp_on_parts(grid: Cells, turned: bool, keep: bool) -> Cells:
    """Complete every motif wherever the grid shows a part of it: all but its main colour, or only that.

    A motif is an object of several colours, one of which is the most common.
    turned: parts may be turned and mirrored. keep: the motif stays where it was found.
    """
    back = background(grid)
    found = _objects(grid, back)
    motifs = [(one, _main(grid[one.mask])) for one in found if len(np.unique(grid[one.mask])) > 1]
    motifs = [(one, main) for one, main in motifs if main is not None]
    result, free = grid.copy(), grid.copy()
    for one, _ in motifs:
        free[one.mask] = back
        if not keep:
            result[one.mask] = back
    parts = [
        (cells, part & (cells != back))
        for one, main in motifs
        for cells in (_turns(one.piece.cells) if turned else [one.piece.cells])
        for part in (cells != main, cells == main)
    ]
    # Large parts first: a small one would be found within them. The sort keeps unturned motifs in front.
    parts.sort(key=lambda entry: -int(entry[1].sum()))
    done = sum(_complete(cells, part, free, result, back) for cells, part in parts)
    if not done:
        raise NotApplicable("no part of a motif is found elsewhere")
    return result


def _complete(cells: Cells, part: Mask, free: Cells, result: Cells, back: int) -> int:
    """Draw `cells` wherever `part` of them lies in `free`, which is used up; return how often."""
    rows, columns = np.nonzero(part)
    colours = cells[rows, columns]
    done = 0
    for row, column in np.argwhere(free == colours[0]).tolist():
        there, across = rows + row - rows[0], columns + column - columns[0]
        inside = (there >= 0) & (there < free.shape[0]) & (across >= 0) & (across < free.shape[1])
        if inside.all() and (free[there, across] == colours).all():
            free[there, across] = back
            place(result, Piece(cells, row - int(rows[0]), column - int(columns[0])), back)
            done += 1
    return done


def _main(colours: Cells) -> int | None:
    """The most common colour, None where two are."""
    number = counts(colours)
    main = int(number.argmax())
    return None if (number == number[main]).sum() > 1 else main


def _turns(cells: Cells) -> list[Cells]:
    turns: list[Cells] = []
    for flipped in (cells, cells[:, ::-1]):
        for quarter in range(4):
            turn = np.rot90(flipped, quarter)
            if not any(np.array_equal(turn, known) for known in turns):
                turns.append(np.ascontiguousarray(turn))
    return turns


def stamp_on_cells(grid: Cells, keep: bool) -> Cells:
    """Draw the largest object centred on every cell that stands alone; keep: also where it was found."""
    back = background(grid)
    largest, *others = _objects(grid, back)
    lone = [one.piece for one in others if one.mask.sum() == 1]
    height, width = largest.piece.cells.shape
    if len(lone) != len(others) or height % 2 == 0 or width % 2 == 0 or largest.mask.sum() < 3:
        raise NotApplicable("there is no motif with a centre and lone cells beside it")
    result = grid.copy()
    if not keep:
        result[largest.mask] = back
    for one in lone:
        place(result, Piece(largest.piece.cells, one.top - height // 2, one.left - width // 2), back)
    return result


STAMPS: list[Operation] = [
    *(
        Operation(
            f"stamp on parts{', turned too' * turned}{', motif gone' * (not keep)}",
            "stamp",
            partial(stamp_on_parts, turned=turned, keep=keep),
            cost=1.2,
        )
        for turned in (False, True)
        for keep in (True, False)
    ),
    *(
        Operation(
            f"stamp on lone cells{', motif gone' * (not keep)}",
            "stamp",
            partial(stamp_on_cells, keep=keep),
            cost=1.2,
        )
        for keep in (True, False)
    ),
]

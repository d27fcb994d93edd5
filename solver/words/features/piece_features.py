"""Features: what can be said about each piece among its fellows, as one small number per piece and statement.

The names complete the sentence "take the piece where <name> = 3"; they are the features of rules over pieces.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Sequence

import numpy as np
from numpy.typing import NDArray

from solver.words.features.view import NONE, Features
from solver.words.operations.pieces import Piece, Pieces, components, holes

_MOST = 80
"""With more pieces than this they are not compared."""

Counts = NDArray[np.int64]


def piece_features(pieces: Pieces) -> Features:
    """Every feature of every piece: features of shape (1, pieces)."""
    found = Features((1, len(pieces.items)))
    if len(pieces.items) > _MOST:
        return found
    masks = [piece.cells != pieces.background for piece in pieces.items]
    number = np.array([np.bincount(p.cells.ravel(), minlength=10) for p in pieces.items])
    number[:, pieces.background] = 0
    _measured(pieces, masks, number, found)
    _coloured(number, found)
    _compared(pieces, masks, number, found)
    _placed(pieces, found)
    return found


def _measured(pieces: Pieces, masks: Sequence[NDArray[np.bool_]], number: Counts, found: Features) -> None:
    area = np.array([p.cells.size for p in pieces.items])
    cells = number.sum(1)
    height = np.array([p.cells.shape[0] for p in pieces.items])
    width = np.array([p.cells.shape[1] for p in pieces.items])
    _ranked(found, "cells", cells, 0.9)
    _ranked(found, "area", area, 1.0)
    _ranked(found, "height", height, 1.1)
    _ranked(found, "width", width, 1.1)
    _ranked(found, "colours", (number > 0).sum(1), 0.9)
    _ranked(found, "holes", np.array([int(holes(mask).max(initial=0)) for mask in masks]), 1.0)
    parts = [int(components(p.cells, True, False, pieces.background).max(initial=0)) for p in pieces.items]
    _ranked(found, "parts", np.array(parts), 1.0)
    _ranked(found, "odd cells", cells - number.max(1), 1.0)
    _ranked(found, "density", 1000 * cells // area, 1.1, values_too=False)
    found.add("fullness", (cells == area)[None], 1.0)
    found.add("squareness", (height == width)[None], 1.1)
    found.add("height against width", np.sign(height - width)[None], 1.2)
    found.add("parity of cells", (cells % 2)[None], 1.3)
    left_right = [np.array_equal(p.cells, p.cells[:, ::-1]) for p in pieces.items]
    up_down = [np.array_equal(p.cells, p.cells[::-1]) for p in pieces.items]
    diagonal = [np.array_equal(p.cells, p.cells.T) for p in pieces.items]
    other = [np.array_equal(p.cells, p.cells[::-1, ::-1].T) for p in pieces.items]
    found.add("left-right symmetry", np.array([left_right]), 1.0)
    found.add("up-down symmetry", np.array([up_down]), 1.0)
    found.add("diagonal symmetry", np.array([np.array(diagonal) | other]), 1.1)
    every = np.array([left_right, up_down, diagonal, other]).sum(0)
    _ranked(found, "mirror symmetries", every, 0.9)


def _ranked(found: Features, name: str, values: Counts, cost: float, values_too: bool = True) -> None:
    """Add a measure, its ranks from both ends, and how many pieces share it."""
    if values_too:
        found.add(name, values[None], cost)
    order = np.unique(values, return_inverse=True)[1]
    found.add(f"rank by {name}", (1 + order.max() - order)[None], cost)
    found.add(f"rank by fewest {name}", (1 + order)[None], cost)
    _shared(found, name, values.tolist(), cost + 0.1)


def _shared(found: Features, name: str, keys: Sequence[Hashable], cost: float) -> None:
    company = Counter(keys)
    found.add(f"pieces of that {name}", np.array([[company[key] for key in keys]]), cost)


def _coloured(number: Counts, found: Features) -> None:
    """The colours of each piece, and how many cells it has of each."""
    kinds = (number > 0).sum(1)
    main = np.where(kinds > 0, number.argmax(1), NONE)
    rare = np.where(kinds > 1, np.where(number == 0, 9999, number).argmin(1), NONE)
    found.add("main colour", main[None], 0.9, colour=True)
    found.add("rarest colour", rare[None], 1.0, colour=True)
    total = number.sum(0)
    found.add("main colour being the commonest", (main == total.argmax())[None], 1.2)
    for colour in range(10):
        found.add(f"cells of {colour}", number[:, colour][None], 1.1)
        found.add(f"having {colour}", (number[:, colour] > 0)[None], 1.0)
        order = np.unique(number[:, colour], return_inverse=True)[1]
        found.add(f"rank by cells of {colour}", (1 + order.max() - order)[None], 1.4)


def _compared(pieces: Pieces, masks: Sequence[NDArray[np.bool_]], number: Counts, found: Features) -> None:
    """How many pieces look like each, in one way or another."""
    shapes = [mask.shape for mask in masks]
    _shared(found, "size", shapes, 1.1)
    _shared(found, "cells in place", [(p.cells.shape, p.cells.tobytes()) for p in pieces.items], 0.9)
    _shared(found, "shape", [(mask.shape, mask.tobytes()) for mask in masks], 0.9)
    _shared(found, "shape, turned or not", [_turned(mask) for mask in masks], 1.0)
    _shared(found, "main colour", number.argmax(1).tolist(), 1.0)
    _shared(found, "set of colours", [(row > 0).tobytes() for row in number], 1.1)


def _turned(mask: NDArray[np.bool_]) -> bytes:
    """Bytes that all turns and reflections of a mask share."""
    views = [np.rot90(side, k) for side in (mask, mask.T) for k in range(4)]
    return min(bytes(view.shape) + view.tobytes() for view in views)


def _placed(pieces: Pieces, found: Features) -> None:
    """Where each piece lies: order, sides touched, nesting."""
    box = np.array([_box(piece) for piece in pieces.items])  # top, bottom, left, right
    height, width = pieces.shape
    count = len(box)
    found.add("place in reading order", np.arange(1, count + 1)[None], 1.2)
    found.add("place from the end", np.arange(count, 0, -1)[None], 1.2)
    for name, values in (
        ("the topmost", -box[:, 0]),
        ("the lowest", box[:, 1]),
        ("the leftmost", -box[:, 2]),
        ("the rightmost", box[:, 3]),
    ):
        order = np.unique(values, return_inverse=True)[1]
        found.add(f"rank by being {name}", (1 + order.max() - order)[None], 1.1)
    edges = (box == np.array([0, height, 0, width])).sum(1)
    found.add("edges touched", edges[None], 0.9)
    corners = (np.minimum(box[:, 0], height - box[:, 1]) == 0) & (
        np.minimum(box[:, 2], width - box[:, 3]) == 0
    )
    found.add("being in a corner", corners[None], 1.1)
    within = (box[None, :, 0] >= box[:, None, 0]) & (box[None, :, 1] <= box[:, None, 1])
    within &= (box[None, :, 2] >= box[:, None, 2]) & (box[None, :, 3] <= box[:, None, 3])
    np.fill_diagonal(within, False)
    found.add("pieces inside its box", within.sum(1)[None], 1.0)
    found.add("boxes it is inside", within.sum(0)[None], 1.0)
    found.add("number of pieces", count, 1.2)
    if pieces.layout is not None:
        rows, columns = np.divmod(np.arange(count), pieces.layout[1])
        found.add("row of the layout", rows[None], 1.1)
        found.add("column of the layout", columns[None], 1.1)


def _box(piece: Piece) -> tuple[int, int, int, int]:
    height, width = piece.cells.shape
    return piece.top, piece.top + height, piece.left, piece.left + width

"""Features that other grids of the same size, or several parts laid on each other, give to each cell."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache, partial

import numpy as np
from numpy.typing import ArrayLike, NDArray

from puzzles.grid import Cells
from solver.words.features.piece_features import piece_features
from solver.words.features.view import NONE, Features
from solver.words.operations.pieces import Pieces, background, components, counts

_NUMBERED = 9
"""Parts with a feature of their own."""
OTHER_NAMES = tuple(f"grid {letter}" for letter in "BCDEFGHIJKLMNOPQRSTUVWXYZ")
"""Names of further grids, in the order they are given; the grid itself would be grid A."""


def features_of_grid(grid: Cells, other: Cells, place: int, features: Features) -> None:
    """Add the colours of the further grid number `place`; of one of another shape, what it is as a whole."""
    add = partial(_add, features, place)
    if other.shape != grid.shape:
        _as_a_whole(grid, other, add)
        return
    number = counts(other)
    back = background(other)
    number[back] = 0
    present = np.flatnonzero(number)
    add("{}", other, 0.5, colour=True)
    add("{} being equal", other == grid, 0.8)
    add("{} being content", other != back, 0.5)
    if len(present):
        main = int(number.argmax())
        rare = int(present[number[present].argmin()])
        add("{} having its most common colour", other == main, 0.8)
        add("{} having its rarest colour", other == rare, 0.9)
        every = int(counts(other).argmax())
        add("{} having the most common colour of all", other == every, 0.9)


@lru_cache(maxsize=2048)
def named_after(template: str, place: int) -> str:
    """Name of a feature of the further grid number `place`: "grid B being equal" for "{} being equal", 0."""
    return template.format(OTHER_NAMES[place])


def _add(
    features: Features, place: int, template: str, values: ArrayLike, cost: float, *, colour: bool = False
) -> None:
    name = named_after(template, place)
    features.add(name, values, cost, colour)
    features.of_others[name] = place, template


def _as_a_whole(grid: Cells, other: Cells, add: Callable[..., None]) -> None:
    back = background(other)
    number = counts(other)
    number[back] = 0
    found = np.flatnonzero(number)
    order = found[np.argsort(-number[found], kind="stable")]
    add("the most common colour of {}", order[0] if len(order) else NONE, 0.6, colour=True)
    add("the rarest colour of {}", order[-1] if len(order) > 1 else NONE, 0.7, colour=True)
    add("the second colour of {}", order[1] if len(order) > 1 else NONE, 0.8, colour=True)
    absent = order[~np.isin(order, grid)]
    add("the commonest colour of {} missing here", absent[0] if len(absent) else NONE, 0.7, colour=True)
    add("the rarest colour of {} missing here", absent[-1] if len(absent) else NONE, 0.8, colour=True)
    add("number of colours of {}", len(found), 0.7)
    add("content of {}", int(number.sum()), 1.0)
    objects = components(other, True, False, back)
    add("number of objects of {}", int(objects.max()), 0.7)
    add("number of shapes of {}", int(components(other, True, True, back).max()), 0.8)
    add("{} being left-right symmetric", np.array_equal(other, other[:, ::-1]), 0.8)
    add("{} being up-down symmetric", np.array_equal(other, other[::-1]), 0.9)
    for colour in range(10):
        parts = np.unique(objects[other == colour])
        add(f"objects of {colour} of {{}}", int((parts > 0).sum()), 1.0)
        add(f"cells of {colour} of {{}}", int(number[colour]), 1.1)


def features_of_parts(grid: Cells, pieces: Pieces, features: Features) -> None:
    """Add the features of parts that all have the grid's shape, or else what is said of each cell's piece."""
    differ = any(piece.cells.shape != grid.shape for piece in pieces.items)
    if differ or pieces.layout == grid.shape:
        _features_of_pieces(grid, pieces, features)
    if differ:
        return
    stack = np.stack([piece.cells for piece in pieces.items]).astype(np.int16)
    content = stack != pieces.background
    for index, part in enumerate(stack[:_NUMBERED], 1):
        features.add(f"part {index}", part, 0.3, colour=True)
    number = content.sum(0)
    features.add("parts with content", number, 0.4)
    features.add("every part having content", number == len(stack), 0.4)
    features.add("all parts being alike", (stack == stack[0]).all(0), 0.6)
    first = np.take_along_axis(stack, content.argmax(0)[None], 0)[0]
    features.add("the first part with content", np.where(number > 0, first, NONE), 0.6, colour=True)
    last = np.take_along_axis(stack, (len(stack) - 1 - content[::-1].argmax(0))[None], 0)[0]
    features.add("the last part with content", np.where(number > 0, last, NONE), 0.6, colour=True)


def _features_of_pieces(grid: Cells, pieces: Pieces, features: Features) -> None:
    """For a grid with one cell per piece, or the grid the pieces were cut from."""
    number = len(pieces.items)
    if pieces.layout == grid.shape:
        index = np.arange(number).reshape(grid.shape)
    elif pieces.shape == grid.shape:
        index = _owners(pieces)
    else:
        return
    found = piece_features(pieces)
    for name, values in found.values.items():
        is_colour = name in found.colour_names
        none = np.int16(NONE if is_colour else 0)
        per_cell = np.append(values[0], none)[index]
        features.add(f"{name} of its piece", per_cell, found.costs[name], is_colour)


def _owners(pieces: Pieces) -> NDArray[np.int64]:
    """Index of the smallest piece that shows something at a cell; the number of pieces where none does."""
    owners = np.full(pieces.shape, len(pieces.items))
    for index in sorted(range(len(pieces.items)), key=lambda i: -pieces.items[i].cells.size):
        piece = pieces.items[index]
        height, width = piece.cells.shape
        window = owners[piece.top : piece.top + height, piece.left : piece.left + width]
        window[(piece.cells != pieces.background) | (pieces.layout is not None)] = index
    return owners

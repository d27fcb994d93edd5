"""Layers that other grids of the same size, or several parts laid on each other, give to each cell."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from puzzles.grid import Cells
from solver.words.features.piece_features import features
from solver.words.features.view import NONE, Layers
from solver.words.operations.pieces import Pieces, background, components, counts

_NUMBERED = 9
"""Parts with a layer of their own."""
OTHER_NAMES = tuple(f"grid {letter}" for letter in "BCDEFGHIJKLMNOPQRSTUVWXYZ")
"""Names of further grids, in the order they are given; the grid itself would be grid A."""


def grid_layers(grid: Cells, other: Cells, name: str, layers: Layers) -> None:
    """Add the colours of another grid under `name`; where it has another shape, what it is as a whole."""
    if other.shape != grid.shape:
        _as_a_whole(other, name, layers)
        return
    number = counts(other)
    back = background(other)
    number[back] = 0
    present = np.flatnonzero(number)
    layers.add(name, other, 0.5, colour=True)
    layers.add(f"{name} being equal", other == grid, 0.8)
    layers.add(f"{name} being content", other != back, 0.5)
    if len(present):
        main = int(number.argmax())
        rare = int(present[number[present].argmin()])
        layers.add(f"{name} having its most common colour", other == main, 0.8)
        layers.add(f"{name} having its rarest colour", other == rare, 0.9)
        every = int(counts(other).argmax())
        layers.add(f"{name} having the most common colour of all", other == every, 0.9)


def _as_a_whole(other: Cells, name: str, layers: Layers) -> None:
    back = background(other)
    number = counts(other)
    number[back] = 0
    found = np.flatnonzero(number)
    order = found[np.argsort(-number[found], kind="stable")]
    layers.add(f"the most common colour of {name}", order[0] if len(order) else NONE, 0.6, colour=True)
    layers.add(f"the rarest colour of {name}", order[-1] if len(order) > 1 else NONE, 0.7, colour=True)
    layers.add(f"the second colour of {name}", order[1] if len(order) > 1 else NONE, 0.8, colour=True)
    layers.add(f"number of colours of {name}", len(found), 0.7)
    layers.add(f"content of {name}", int(number.sum()), 1.0)
    objects = components(other, True, False, back)
    layers.add(f"number of objects of {name}", int(objects.max()), 0.7)
    layers.add(f"number of shapes of {name}", int(components(other, True, True, back).max()), 0.8)
    layers.add(f"{name} being left-right symmetric", np.array_equal(other, other[:, ::-1]), 0.8)
    layers.add(f"{name} being up-down symmetric", np.array_equal(other, other[::-1]), 0.9)
    for colour in range(10):
        parts = np.unique(objects[other == colour])
        layers.add(f"objects of {colour} of {name}", int((parts > 0).sum()), 1.0)
        layers.add(f"cells of {colour} of {name}", int(number[colour]), 1.1)


def part_layers(grid: Cells, pieces: Pieces, layers: Layers) -> None:
    """Add the layers of parts that all have the grid's shape, or else what is said of each cell's piece."""
    differ = any(piece.cells.shape != grid.shape for piece in pieces.items)
    if differ or pieces.layout == grid.shape:
        _features_of_pieces(grid, pieces, layers)
    if differ:
        return
    stack = np.stack([piece.cells for piece in pieces.items]).astype(np.int16)
    content = stack != pieces.background
    for index, part in enumerate(stack[:_NUMBERED], 1):
        layers.add(f"part {index}", part, 0.3, colour=True)
    number = content.sum(0)
    layers.add("parts with content", number, 0.4)
    layers.add("every part having content", number == len(stack), 0.4)
    layers.add("all parts being alike", (stack == stack[0]).all(0), 0.6)
    first = np.take_along_axis(stack, content.argmax(0)[None], 0)[0]
    layers.add("the first part with content", np.where(number > 0, first, NONE), 0.6, colour=True)
    last = np.take_along_axis(stack, (len(stack) - 1 - content[::-1].argmax(0))[None], 0)[0]
    layers.add("the last part with content", np.where(number > 0, last, NONE), 0.6, colour=True)


def _features_of_pieces(grid: Cells, pieces: Pieces, layers: Layers) -> None:
    """For a grid with one cell per piece, or the grid the pieces were cut from."""
    number = len(pieces.items)
    if pieces.layout == grid.shape:
        index = np.arange(number).reshape(grid.shape)
    elif pieces.shape == grid.shape:
        index = _owners(pieces)
    else:
        return
    found = features(pieces)
    for name, values in found.values.items():
        is_colour = name in found.colour_names
        none = np.int16(NONE if is_colour else 0)
        per_cell = np.append(values[0], none)[index]
        layers.add(f"{name} of its piece", per_cell, found.costs[name], is_colour)


def _owners(pieces: Pieces) -> NDArray[np.int64]:
    """Index of the smallest piece that shows something at a cell; the number of pieces where none does."""
    owners = np.full(pieces.shape, len(pieces.items))
    for index in sorted(range(len(pieces.items)), key=lambda i: -pieces.items[i].cells.size):
        piece = pieces.items[index]
        height, width = piece.cells.shape
        window = owners[piece.top : piece.top + height, piece.left : piece.left + width]
        window[(piece.cells != pieces.background) | (pieces.layout is not None)] = index
    return owners

"""Layers that other grids of the same size, or several parts laid on each other, give to each cell."""

from __future__ import annotations

import numpy as np

from puzzles.operations.layers.view import NONE, Layers
from puzzles.operations.pieces import Pieces
from puzzles.operations.registry import Cells

_NUMBERED = 9
"""Parts with a layer of their own."""
OTHER_NAMES = tuple(f"grid {letter}" for letter in "BCDEFGHIJKLMNOPQRSTUVWXYZ")
"""Names of further grids, in the order they are given; the grid itself would be grid A."""


def grid_layers(grid: Cells, other: Cells, name: str, layers: Layers) -> None:
    """Add the colours of another grid under `name`, where it has the same shape."""
    if other.shape == grid.shape:
        layers.add(name, other, 0.5, colour=True)
        layers.add(f"{name} being equal", other == grid, 0.8)


def part_layers(grid: Cells, pieces: Pieces, layers: Layers) -> None:
    """Add the layers of parts that all have the grid's shape; other parts add none."""
    if any(piece.cells.shape != grid.shape for piece in pieces.items):
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

"""What all layers of one grid share, and the collection they are put into."""

from __future__ import annotations

from functools import cached_property

import numpy as np
from numpy.typing import ArrayLike, NDArray

from solver.words.operations.pieces import background
from solver.words.operations.registry import Cells

Layer = NDArray[np.int16]
NONE = -1
"""Value of a colour layer where there is no such colour."""


class Layers:
    """Named layers of one grid with what each costs to mention."""

    def __init__(self, shape: tuple[int, ...]) -> None:
        self.shape = shape
        self.values: dict[str, Layer] = {}
        self.costs: dict[str, float] = {}
        self.colour_names: set[str] = set()

    def add(self, name: str, values: ArrayLike, cost: float = 1.0, colour: bool = False) -> None:
        """Add a layer; a single number is spread over the grid."""
        layer = np.asarray(values, np.int16)
        self.values[name] = layer if layer.shape == self.shape else np.broadcast_to(layer, self.shape)
        self.costs[name] = cost
        if colour:
            self.colour_names.add(name)

    def copy(self) -> Layers:
        """Layers to which more can be added; the numbers themselves are shared."""
        twin = Layers(self.shape)
        twin.values, twin.costs = dict(self.values), dict(self.costs)
        twin.colour_names = set(self.colour_names)
        return twin


class View:
    """A grid with what most layers need, worked out once."""

    def __init__(self, grid: Cells) -> None:
        self.grid = grid
        self.shape: tuple[int, int] = (grid.shape[0], grid.shape[1])
        self.background = background(grid)

    @cached_property
    def content(self) -> NDArray[np.bool_]:
        """Cells that are not background."""
        return self.grid != self.background

    @cached_property
    def padded(self) -> Layer:
        """The grid with a margin of two cells of `NONE`."""
        return np.pad(self.grid.astype(np.int16), 2, constant_values=NONE)

    def seen_from(self, down: int, right: int) -> Layer:
        """Colour at the offset (down, right), at most two cells away, from every cell; NONE outside."""
        height, width = self.shape
        return self.padded[2 + down : 2 + down + height, 2 + right : 2 + right + width]

    @cached_property
    def one_hot(self) -> NDArray[np.int16]:
        """(10, h, w) one layer of 0 and 1 per colour."""
        return (self.grid[None] == np.arange(10)[:, None, None]).astype(np.int16)

"""What all features of one grid share, and the collection they are put into."""

from __future__ import annotations

from functools import cached_property

import numpy as np
from numpy.typing import ArrayLike, NDArray

from puzzles.grid import Cells
from solver.words.operations.pieces import background

Numbers = NDArray[np.int16]
NONE = -1
"""Value of a colour feature where there is no such colour."""


class Features:
    """Named features of one grid with what each costs to mention."""

    def __init__(self, shape: tuple[int, ...]) -> None:
        self.shape = shape
        self.values: dict[str, Numbers] = {}
        self.costs: dict[str, float] = {}
        self.colour_names: set[str] = set()
        self.of_others: dict[str, tuple[int, str]] = {}
        """Names of features of further grids: the number of that grid, and the name with "{}" for it."""

    def add(self, name: str, values: ArrayLike, cost: float = 1.0, colour: bool = False) -> None:
        """Add a feature; a single number is spread over the grid."""
        feature = np.asarray(values, np.int16)
        self.values[name] = feature if feature.shape == self.shape else np.broadcast_to(feature, self.shape)
        self.costs[name] = cost
        if colour:
            self.colour_names.add(name)

    def copy(self) -> Features:
        """Features to which more can be added; the numbers themselves are shared."""
        twin = Features(self.shape)
        twin.values, twin.costs = dict(self.values), dict(self.costs)
        twin.colour_names = set(self.colour_names)
        twin.of_others = dict(self.of_others)
        return twin


class View:
    """A grid with what most features need, worked out once."""

    def __init__(self, grid: Cells) -> None:
        self.grid = grid
        self.shape: tuple[int, int] = (grid.shape[0], grid.shape[1])
        self.background = background(grid)

    @cached_property
    def content(self) -> NDArray[np.bool_]:
        """Cells that are not background."""
        return self.grid != self.background

    @cached_property
    def padded(self) -> Numbers:
        """The grid with a margin of two cells of `NONE`."""
        return np.pad(self.grid.astype(np.int16), 2, constant_values=NONE)

    def seen_from(self, down: int, right: int) -> Numbers:
        """Colour at the offset (down, right), at most two cells away, from every cell; NONE outside."""
        height, width = self.shape
        return self.padded[2 + down : 2 + down + height, 2 + right : 2 + right + width]

    @cached_property
    def one_hot(self) -> NDArray[np.int16]:
        """(10, h, w) one feature of 0 and 1 per colour."""
        return (self.grid[None] == np.arange(10)[:, None, None]).astype(np.int16)

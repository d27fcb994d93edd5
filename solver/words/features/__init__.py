"""Layers: what can be said about each cell of a grid, as one small number per cell and statement.

A layer is an (h, w) int16 array with a name that completes the sentence "paint red where <name> = 3".
Layers in `COLOUR_LAYERS` hold a colour (or -1 for none), so a cell may also be painted in them.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

import numpy as np

from puzzles.grid import Cells
from solver.words.features.cells import colours, neighbours, positions, symmetry
from solver.words.features.objects import objects
from solver.words.features.partners import in_line, partners, repetition
from solver.words.features.parts import OTHER_NAMES, grid_layers, part_layers
from solver.words.features.rays import lines, rays
from solver.words.features.relations import beside_objects, distances, lattice
from solver.words.features.view import Layer, Layers, View
from solver.words.features.visible import nearest, sights, thickness
from solver.words.operations.pieces import Pieces

__all__ = ["BY_NOW", "Layer", "Layers", "add_current", "add_others", "all_layers"]

FAMILIES = (
    colours,
    neighbours,
    positions,
    symmetry,
    rays,
    lines,
    objects,
    distances,
    beside_objects,
    lattice,
    partners,
    repetition,
    in_line,
    sights,
    nearest,
    thickness,
)


def all_layers(grid: Cells, others: Sequence[Cells | Pieces] = ()) -> Layers:
    """Every layer of a grid; `others` add those of further grids, or of parts, of the same size."""
    layers = _own_layers(grid.tobytes(), grid.shape).copy()
    add_others(grid, others, layers)
    return layers


@lru_cache(maxsize=40)
def _own_layers(data: bytes, shape: tuple[int, int]) -> Layers:
    """Layers of a grid alone; they are remembered, since rules of one list look at the same grids."""
    grid = np.frombuffer(data, np.uint8).reshape(shape)
    layers = Layers(shape)
    view = View(grid)
    for family in FAMILIES:
        family(view, layers)
    return layers


BY_NOW = " by now"
"""Ends the names of layers of the canvas as painted so far."""


def add_current(canvas: Cells, layers: Layers) -> None:
    """Add the neighbour layers of a canvas that is still being painted; earlier ones are replaced."""
    current = Layers(canvas.shape)
    neighbours(View(canvas), current)
    for name, layer in current.values.items():
        layers.add(name + BY_NOW, layer, current.costs[name] + 0.2, name in current.colour_names)


def add_others(grid: Cells, others: Sequence[Cells | Pieces], layers: Layers) -> None:
    """Add the layers that further grids or parts give to the cells of `grid`."""
    for name, other in zip(OTHER_NAMES, others, strict=False):
        if isinstance(other, Pieces):
            part_layers(grid, other, layers)
        else:
            grid_layers(grid, other, name, layers)

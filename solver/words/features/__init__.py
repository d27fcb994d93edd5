"""Features: what can be said about each cell of a grid, as one small number per cell and statement.

A feature is an (h, w) int16 array with a name that completes the sentence "paint red where <name> = 3".
Those in `Features.colour_names` hold a colour (or -1 for none), so a cell may also be painted in them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from functools import lru_cache

import numpy as np

from puzzles.grid import Cells
from solver.words.features.cells import colours, neighbours, positions, symmetry
from solver.words.features.objects import objects
from solver.words.features.partners import in_line, partners, repetition
from solver.words.features.parts import OTHER_NAMES, features_of_grid, features_of_parts
from solver.words.features.piece_features import piece_features
from solver.words.features.rays import lines, rays
from solver.words.features.relations import beside_objects, distances, lattice
from solver.words.features.view import Features, Numbers, View
from solver.words.features.visible import nearest, sights, thickness
from solver.words.operations.pieces import Piece, Pieces
from solver.words.rule import Part, open_names, slotted

__all__ = [
    "Features",
    "Numbers",
    "add_current",
    "add_others",
    "cell_features",
    "features_named",
    "similar_features",
]

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


def cell_features(grid: Cells, others: Sequence[Cells | Pieces] = ()) -> Features:
    """Every feature of a grid; `others` add those of further grids, or of parts, of the same size."""
    own = _own_features if grid.size <= _ORDINARY else _large_features
    features = own(grid.tobytes(), grid.shape).copy()
    add_others(grid, others, features)
    return features


_ORDINARY = 900
"""Cells of ARC's largest grids."""


@lru_cache(maxsize=40)
def _own_features(data: bytes, shape: tuple[int, int]) -> Features:
    """Features of a grid alone; they are remembered, since rules of one list look at the same grids."""
    return _features(data, shape)


@lru_cache(maxsize=8)
def _large_features(data: bytes, shape: tuple[int, int]) -> Features:
    """The same with fewer remembered: those of 100 × 100 cells take some 10 MB."""
    return _features(data, shape)


def _features(data: bytes, shape: tuple[int, int]) -> Features:
    grid = np.frombuffer(data, np.uint8).reshape(shape)
    features = Features(shape)
    view = View(grid)
    for family in FAMILIES:
        family(view, features)
    return features


def features_named(grid: Cells, names: Iterable[str]) -> Features:
    """Features of a grid alone, those of these names at least: only the families that have them are computed.

    A name that no family has is left out.
    """
    families, features, view = _families(), Features(grid.shape), View(grid)
    for family in dict.fromkeys(families[name] for name in names if name in families):
        family(view, features)
    return features


@lru_cache(maxsize=1)
def _families() -> dict[str, Callable[[View, Features], None]]:
    """The family that each name comes from; names do not depend on the grid."""
    found: dict[str, Callable[[View, Features], None]] = {}
    view = View(np.zeros((3, 3), np.uint8))
    for family in FAMILIES:
        features = Features((3, 3))
        family(view, features)
        found |= dict.fromkeys(features.values, family)
    return found


def add_current(canvas: Cells, features: Features) -> frozenset[str]:
    """Add the neighbour features of a canvas that is still being painted; earlier ones are replaced.

    Returns their names, "colour up by now" and so on.
    """
    current = Features(canvas.shape)
    neighbours(View(canvas), current)
    named = {f"{name} by now": name for name in current.values}
    for name, own in named.items():
        features.add(name, current.values[own], current.costs[own] + 0.2, own in current.colour_names)
    return frozenset(named)


def add_others(grid: Cells, others: Sequence[Cells | Pieces], features: Features) -> None:
    """Add the features that further grids or parts give to the cells of `grid`."""
    for place, other in enumerate(others[: len(OTHER_NAMES)]):
        if isinstance(other, Pieces):
            features_of_parts(grid, other, features)
        else:
            features_of_grid(grid, other, place, features)


def similar_features(name: str) -> tuple[Part, ...]:
    """The name in pieces, with slots where another word makes another feature ("colour up", "colour down").

    Features of further grids and of canvases painted so far are not among the others.
    """
    return slotted(name, _open_names())


@lru_cache(maxsize=1)
def _open_names() -> dict[str, tuple[str, ...]]:
    grid = np.zeros((3, 3), np.uint8)
    names = [*cell_features(grid).values, *piece_features(Pieces((Piece(grid, 0, 0),), (3, 3))).values]
    return open_names(tuple(dict.fromkeys(names)))

"""Measures of pieces: the numbers by which one piece may be told from the others."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import numpy as np

from puzzles.grid import COLOURS, Cells
from solver.words.operations.pieces import Piece, Pieces, components, holes

Measure = Callable[[Piece, Pieces], float]


def _content(piece: Piece, pieces: Pieces) -> np.ndarray:
    return piece.cells != pieces.background


def _same(piece: Piece, pieces: Pieces, view: Callable[[Piece, Pieces], object]) -> int:
    mine = view(piece, pieces)
    return sum(view(other, pieces) == mine for other in pieces.items)


def _cells_key(piece: Piece, _: Pieces) -> object:
    return piece.cells.shape, piece.cells.tobytes()


def _shape_key(piece: Piece, pieces: Pieces) -> object:
    return piece.cells.shape, _content(piece, pieces).tobytes()


def _size_key(piece: Piece, _: Pieces) -> object:
    return piece.cells.shape


def main_colour(cells: Cells, background: int) -> int:
    """Most common colour that is not background; the background where there is nothing else."""
    number = np.bincount(cells.ravel(), minlength=10)
    number[background] = 0
    return int(number.argmax()) if number.any() else background


def _colour_key(piece: Piece, pieces: Pieces) -> object:
    return main_colour(piece.cells, pieces.background)


def _colours_key(piece: Piece, _: Pieces) -> object:
    return np.unique(piece.cells).tobytes()


def _count_colours(piece: Piece, pieces: Pieces) -> float:
    found = np.unique(piece.cells)
    return float(found.size - (pieces.background in found))


def _components(piece: Piece, pieces: Pieces) -> float:
    return float(components(piece.cells, True, False, pieces.background).max(initial=0))


def _rare_cells(piece: Piece, pieces: Pieces) -> float:
    """Cells that differ from the piece's main colour and from the background."""
    main = main_colour(piece.cells, pieces.background)
    return float(((piece.cells != main) & (piece.cells != pieces.background)).sum())


def mirrored(cells: Cells) -> int:
    """How many of the mirror symmetries hold: left-right, up-down and, for squares, both diagonals."""
    number = int(np.array_equal(cells, cells[:, ::-1])) + int(np.array_equal(cells, cells[::-1]))
    if cells.shape[0] == cells.shape[1]:
        number += int(np.array_equal(cells, cells.T)) + int(np.array_equal(cells, cells[::-1, ::-1].T))
    return number


def _cells_of(colour: int, piece: Piece, _: Pieces) -> float:
    return float((piece.cells == colour).sum())


MEASURES: dict[str, Measure] = {
    "cells": lambda p, ps: float(_content(p, ps).sum()),
    "area": lambda p, _: float(p.cells.size),
    "colours": _count_colours,
    "parts": _components,
    "holes": lambda p, ps: float(holes(_content(p, ps)).max(initial=0)),
    "mirror symmetry": lambda p, _: float(mirrored(p.cells)),
    "density": lambda p, ps: round(float(_content(p, ps).mean()), 6),
    "height": lambda p, _: float(p.cells.shape[0]),
    "width": lambda p, _: float(p.cells.shape[1]),
    "distance from the top": lambda p, _: float(p.top),
    "distance from the left": lambda p, _: float(p.left),
    "lowest row": lambda p, _: float(p.top + p.cells.shape[0]),
    "rightmost column": lambda p, _: float(p.left + p.cells.shape[1]),
    "odd cells": _rare_cells,
    "copies": lambda p, ps: float(_same(p, ps, _cells_key)),
    "pieces of its shape": lambda p, ps: float(_same(p, ps, _shape_key)),
    "pieces of its size": lambda p, ps: float(_same(p, ps, _size_key)),
    "pieces of its colour": lambda p, ps: float(_same(p, ps, _colour_key)),
    "pieces of its colours": lambda p, ps: float(_same(p, ps, _colours_key)),
    "contact with the edge": lambda p, ps: float(
        p.top == 0
        or p.left == 0
        or p.top + p.cells.shape[0] == ps.shape[0]
        or p.left + p.cells.shape[1] == ps.shape[1]
    ),
    "fullness": lambda p, ps: float(bool(_content(p, ps).all())),
    "squareness": lambda p, _: float(p.cells.shape[0] == p.cells.shape[1]),
}
"""By name; "the piece with most <name>" must read well."""

MEASURES_OF_COLOURS: dict[str, Measure] = {
    f"cells of colour {c}": partial(_cells_of, c) for c in range(COLOURS)
}
"""Measures that mention a colour by its number."""

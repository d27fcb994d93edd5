"""Pieces: parts cut out of a grid, each remembering where it stood, and how a grid falls into components."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from puzzles.grid import COLOURS, Cells
from solver.words.operations.limits import side_limit

Labels = NDArray[np.int16]
"""(h, w) component numbers from 1 in reading order of their first cell; 0 where there is none."""


@dataclass(frozen=True)
class Piece:
    """A rectangle cut out of a grid; cells that belong to something else show the background."""

    cells: Cells
    top: int
    left: int


@dataclass(frozen=True)
class Pieces:
    """Pieces of one grid in reading order."""

    items: tuple[Piece, ...]
    shape: tuple[int, int]
    """Rows and columns of the grid they were cut from."""
    background: int = 0
    layout: tuple[int, int] | None = None
    """(rows, columns) of pieces, where they tile the grid regularly."""

    def picture(self) -> Cells:
        """Draw every piece where it stood, background showing through."""
        height = max([self.shape[0], *(p.top + p.cells.shape[0] for p in self.items)])
        width = max([self.shape[1], *(p.left + p.cells.shape[1] for p in self.items)])
        most = side_limit(self.shape)
        canvas = np.full((min(height, most), min(width, most)), self.background, np.uint8)
        for piece in self.items:
            place(canvas, piece, self.background)
        return canvas


def place(canvas: Cells, piece: Piece, transparent: int) -> None:
    """Draw a piece onto a canvas in place, leaving out its cells of the transparent colour."""
    top, left = max(piece.top, 0), max(piece.left, 0)
    part = piece.cells[top - piece.top :, left - piece.left :]
    window = canvas[top : top + part.shape[0], left : left + part.shape[1]]
    part = part[: window.shape[0], : window.shape[1]]
    np.copyto(window, part, where=part != transparent)


def counts(grid: Cells) -> NDArray[np.int64]:
    """How many cells there are of each colour."""
    return np.bincount(grid.ravel(), minlength=COLOURS)


_SEA_SHARE = 0.2
"""Share of the cells that makes 0 the background even where another colour is more common."""


def background(grid: Cells) -> int:
    """The colour things lie on: 0 where it is common enough, else the most common colour."""
    number = counts(grid)
    if number[0] >= _SEA_SHARE * grid.size:
        return 0
    return int(number.argmax())


def components(grid: Cells, diagonal: bool, mixed: bool, skip: int | None) -> Labels:
    """Label connected cells: of one colour, or (mixed) of any colours but `skip`; `skip` gets label 0.

    diagonal: corners touch too. The result is read-only and remembered.
    """
    found = _components if grid.size <= _ORDINARY else _large_components
    return found(grid.tobytes(), grid.shape, diagonal, mixed, -1 if skip is None else skip)


_ORDINARY = 32 * 32
"""Cells of ARC's largest grids with a rim around them."""


@lru_cache(maxsize=20_000)
def _components(data: bytes, shape: tuple[int, int], diagonal: bool, mixed: bool, skip: int) -> Labels:
    return _flooded(data, shape, diagonal, mixed, skip)


@lru_cache(maxsize=1_000)
def _large_components(data: bytes, shape: tuple[int, int], diagonal: bool, mixed: bool, skip: int) -> Labels:
    """The same with fewer remembered: one of 100 × 100 cells takes 30 KB."""
    return _flooded(data, shape, diagonal, mixed, skip)


def _flooded(data: bytes, shape: tuple[int, int], diagonal: bool, mixed: bool, skip: int) -> Labels:
    """Flood from every cell in reading order, over a flat grid padded by one cell that is never entered."""
    height, width = shape
    stride = width + 1
    cells = [-2] * stride
    for row in range(height):
        cells += [-2 if v == skip else v for v in data[row * width : (row + 1) * width]]
        cells.append(-2)
    cells += [-2] * (stride + 1)
    steps = [1, -1, stride, -stride]
    if diagonal:
        steps += [stride + 1, stride - 1, -stride + 1, -stride - 1]
    labels = [0] * len(cells)
    label = 0
    for start, colour in enumerate(cells):
        if colour == -2 or labels[start]:
            continue
        label += 1
        labels[start] = label
        stack = [start]
        while stack:
            here = stack.pop()
            for step in steps:
                there = here + step
                if labels[there] == 0 and (cells[there] == colour or (mixed and cells[there] != -2)):
                    labels[there] = label
                    stack.append(there)
    # The last padding cell keeps diagonal steps inside the list; it is cut off with the border.
    result = np.array(labels[stride : stride * (height + 1)], np.int16).reshape(height, stride)[:, :width]
    result.flags.writeable = False
    return result


def forget_components() -> None:
    """Give back the memory of the components found so far."""
    _components.cache_clear()
    _large_components.cache_clear()


def boxes(labels: Labels) -> list[tuple[int, int, int, int]]:
    """Bounding box (top, bottom, left, right; ends excluded) of every label from 1 on."""
    number = int(labels.max(initial=0))
    if number == 0:
        return []
    height, width = labels.shape
    rows, columns = np.divmod(np.arange(labels.size), width)
    flat = labels.ravel()
    top, left = np.full(number + 1, height), np.full(number + 1, width)
    bottom, right = np.zeros(number + 1, np.int64), np.zeros(number + 1, np.int64)
    np.minimum.at(top, flat, rows)
    np.minimum.at(left, flat, columns)
    np.maximum.at(bottom, flat, rows + 1)
    np.maximum.at(right, flat, columns + 1)
    return [(int(top[i]), int(bottom[i]), int(left[i]), int(right[i])) for i in range(1, number + 1)]


def holes(mask: NDArray[np.bool_]) -> Labels:
    """Label the 4-connected empty regions of a mask that do not reach its edge."""
    padded = np.pad(mask, 1).astype(np.uint8)
    labels = components(padded, diagonal=False, mixed=False, skip=1)
    inner = np.array(labels[1:-1, 1:-1])
    inner[inner == 1] = 0  # the padding makes the outside region the first one
    return np.where(inner > 0, inner - 1, 0).astype(np.int16)

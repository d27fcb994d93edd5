"""Together: words that put changed pieces and the grid they came from together."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np

from puzzles.grid import Cells
from solver.words.operations.pieces import Piece, Pieces, background
from solver.words.operations.registry import NotApplicable
from solver.words.operations.split import between_lines

PUT_BACK_OVER = "put back over the grid"


def put_back_over(operands: Sequence[Cells | Pieces]) -> Cells:
    """Draw the pieces, background and all, where they stood on the grid they were cut from."""
    pieces, grid = operands
    if not isinstance(pieces, Pieces) or isinstance(grid, Pieces) or pieces.shape != grid.shape:
        raise NotApplicable("it needs pieces, then the grid they were cut from")
    result = grid.copy()
    for piece in pieces.items:
        height, width = piece.cells.shape
        top, left = max(piece.top, 0), max(piece.left, 0)
        window = result[top : piece.top + height, left : piece.left + width]
        window[...] = piece.cells[top - piece.top :, left - piece.left :][
            : window.shape[0], : window.shape[1]
        ]
    return result


SPREAD = "spread the cells over the parts between lines"


def spread(operands: Sequence[Cells | Pieces]) -> Cells:
    """Fill each part between the lines of the second grid with the colour of its cell in the first."""
    cells, grid = operands
    if isinstance(cells, Pieces) or isinstance(grid, Pieces):
        raise NotApplicable("it needs two grids")
    parts = between_lines(grid)
    if parts.layout != cells.shape:
        raise NotApplicable("there are not as many parts as cells")
    result = grid.copy()
    for piece, colour in zip(parts.items, cells.ravel(), strict=True):
        height, width = piece.cells.shape
        result[piece.top : piece.top + height, piece.left : piece.left + width] = colour
    return result


INTO_PARTS = "put between the lines"


def into_parts(operands: Sequence[Cells | Pieces]) -> Cells:
    """Fill the parts between the lines of the second grid with the first, which has no lines."""
    picture, grid = operands
    if isinstance(picture, Pieces) or isinstance(grid, Pieces):
        raise NotApplicable("it needs two grids")
    parts = between_lines(grid)
    shapes = {piece.cells.shape for piece in parts.items}
    if parts.layout is None or len(shapes) != 1:
        raise NotApplicable("the parts differ in size")
    ((height, width),) = shapes
    rows, columns = parts.layout
    if picture.shape != (rows * height, columns * width):
        raise NotApplicable("the picture is not as large as the parts together")
    result = grid.copy()
    for number, piece in enumerate(parts.items):
        row, column = divmod(number, columns)
        tile = picture[row * height : (row + 1) * height, column * width : (column + 1) * width]
        result[piece.top : piece.top + height, piece.left : piece.left + width] = tile
    return result


STACK = "stack over"


def stack_over(operands: Sequence[Cells | Pieces]) -> Cells:
    """Lay the first grid over the second, its background letting the second show."""
    upper, lower = operands
    if isinstance(upper, Pieces) or isinstance(lower, Pieces) or upper.shape != lower.shape:
        raise NotApplicable("it needs two grids of one shape")
    return np.where(upper == background(upper), lower, upper)


def for_each(
    change: Callable[[Sequence[Cells | Pieces]], Cells | Pieces], operands: Sequence[Cells | Pieces]
) -> Pieces:
    """Change every piece as a grid of its own."""
    (pieces,) = operands
    if not isinstance(pieces, Pieces):
        raise NotApplicable("it needs pieces, not a grid")
    items = []
    for piece in pieces.items:
        cells = change([piece.cells])
        if isinstance(cells, Pieces):
            raise NotApplicable("a piece cannot become pieces")
        items.append(Piece(np.ascontiguousarray(cells), piece.top, piece.left))
    return Pieces(tuple(items), pieces.shape, pieces.background, pieces.layout)

"""Choose: pick one piece, or keep some, by a measure; sort pieces; merge them into one grid."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from functools import partial

import numpy as np

from puzzles.grid import Cells
from solver.words.operations.geometry import anti_transpose, rotate_anticlockwise, rotate_clockwise, transpose
from solver.words.operations.limits import side_limit
from solver.words.operations.measure import MEASURES, MEASURES_OF_COLOURS, main_colour
from solver.words.operations.pieces import Piece, Pieces, place
from solver.words.operations.registry import Filter, Merge, NotApplicable
from solver.words.operations.size import crop_to_content


def measured(pieces: Pieces, name: str) -> list[float]:
    """The measure called `name` of every piece."""
    measure = MEASURES[name] if name in MEASURES else MEASURES_OF_COLOURS[name]
    return [measure(piece, pieces) for piece in pieces.items]


def choose_extreme(pieces: Pieces, name: str, most: bool) -> Cells:
    """The one piece with the most (or least) of a measure; identical ties are one piece."""
    values = measured(pieces, name)
    wanted = max(values) if most else min(values)
    winners = [p.cells for p, value in zip(pieces.items, values, strict=True) if value == wanted]
    if min(values) == max(values) or any(not np.array_equal(w, winners[0]) for w in winners):
        raise NotApplicable("no single piece stands out")
    return winners[0]


def choose_odd(pieces: Pieces, name: str) -> Cells:
    """The one piece whose measure no other piece shares, while the others do share theirs."""
    values = measured(pieces, name)
    number = Counter(values)
    lonely = [p.cells for p, value in zip(pieces.items, values, strict=True) if number[value] == 1]
    if len(lonely) != 1 or len(values) < 3:
        raise NotApplicable("no piece, or several, are odd")
    return lonely[0]


def keep_extreme(pieces: Pieces, name: str, most: bool, drop: bool) -> Pieces:
    """Keep (or drop) every piece with the most (or least) of a measure."""
    values = measured(pieces, name)
    wanted = max(values) if most else min(values)
    kept = [p for p, value in zip(pieces.items, values, strict=True) if (value == wanted) != drop]
    return _kept(pieces, kept)


def keep_shared(pieces: Pieces, name: str, drop: bool) -> Pieces:
    """Keep (or drop) the pieces of which there is more than one, by a measure of company."""
    values = measured(pieces, name)
    return _kept(pieces, [p for p, v in zip(pieces.items, values, strict=True) if (v > 1) != drop])


def _kept(pieces: Pieces, kept: list[Piece]) -> Pieces:
    if not 0 < len(kept) < len(pieces.items):
        raise NotApplicable("all pieces, or none, are kept")
    return Pieces(tuple(kept), pieces.shape, pieces.background)


def sort_by(pieces: Pieces, name: str, falling: bool) -> Pieces:
    """Sort pieces by a measure; equal ones keep their order."""
    values = measured(pieces, name)
    order = sorted(range(len(values)), key=lambda i: -values[i] if falling else values[i])
    return Pieces(tuple(pieces.items[i] for i in order), pieces.shape, pieces.background)


def each(pieces: Pieces, change: Callable[[Cells], Cells]) -> Pieces:
    """Change every piece in its place."""
    items = tuple(Piece(np.ascontiguousarray(change(p.cells)), p.top, p.left) for p in pieces.items)
    return Pieces(items, pieces.shape, pieces.background, pieces.layout)


def put_back(pieces: Pieces) -> Cells:
    """Draw the pieces where they stood, on an empty grid."""
    return pieces.picture()


def side_by_side(pieces: Pieces) -> Cells:
    """Join pieces of one height from left to right."""
    return _joined(pieces, 1)


def one_below_another(pieces: Pieces) -> Cells:
    """Join pieces of one width from top to bottom."""
    return _joined(pieces, 0)


def _joined(pieces: Pieces, axis: int) -> Cells:
    sides = {p.cells.shape[1 - axis] for p in pieces.items}
    if len(sides) != 1 or sum(p.cells.shape[axis] for p in pieces.items) > side_limit(pieces.shape):
        raise NotApplicable("the pieces do not fit together")
    return np.concatenate([p.cells for p in pieces.items], axis=axis)


def on_top_of_each_other(pieces: Pieces, first_on_top: bool) -> Cells:
    """Stack pieces of one size, background showing what lies below."""
    if len({p.cells.shape for p in pieces.items}) != 1:
        raise NotApplicable("the pieces differ in size")
    canvas = np.full(pieces.items[0].cells.shape, pieces.background, np.uint8)
    for piece in pieces.items[::-1] if first_on_top else pieces.items:
        place(canvas, Piece(piece.cells, 0, 0), pieces.background)
    return canvas


def reassemble(pieces: Pieces) -> Cells:
    """Put the parts of a regular layout back together without the lines between them."""
    rows = [np.hstack([p.cells for p in line]) for line in _lines(pieces)]
    return np.vstack(rows)


def _lines(pieces: Pieces) -> list[list[Piece]]:
    if pieces.layout is None or len({p.cells.shape for p in pieces.items}) != 1:
        raise NotApplicable("the pieces are no regular layout")
    rows, columns = pieces.layout
    return [list(pieces.items[r * columns : (r + 1) * columns]) for r in range(rows)]


def one_cell_each(pieces: Pieces, most: bool) -> Cells:
    """A grid with one cell per part of a layout: its main colour, or the colour it has fewest cells of."""
    if pieces.layout is None:
        raise NotApplicable("the pieces are no regular layout")
    view = main_colour if most else _rarest_colour
    cells = [view(p.cells, pieces.background) for p in pieces.items]
    return np.array(cells, np.uint8).reshape(pieces.layout)


def _rarest_colour(cells: Cells, _: int) -> int:
    number = np.bincount(cells.ravel(), minlength=10)
    return int(np.where(number == 0, cells.size + 1, number).argmin())


def line_of_colours(pieces: Pieces, column: bool) -> Cells:
    """One cell per piece in its main colour, as a row or a column."""
    if len(pieces.items) > side_limit(pieces.shape):
        raise NotApplicable("too many pieces for one line")
    cells = np.array([main_colour(p.cells, pieces.background) for p in pieces.items], np.uint8)
    return cells[:, None] if column else cells[None, :]


def bars(pieces: Pieces) -> Cells:
    """One row per piece: as many cells of its main colour as it has, the rest background."""
    lengths = [int((p.cells != pieces.background).sum()) for p in pieces.items]
    if max(*lengths, len(lengths)) > side_limit(pieces.shape):
        raise NotApplicable("the bars are too long")
    grid = np.full((len(lengths), max(lengths)), pieces.background, np.uint8)
    for row, (piece, length) in enumerate(zip(pieces.items, lengths, strict=True)):
        grid[row, :length] = main_colour(piece.cells, pieces.background)
    return grid


def tally(pieces: Pieces) -> Cells:
    """A row with one cell per piece, in the pieces' commonest colour."""
    colours = [main_colour(p.cells, pieces.background) for p in pieces.items]
    if len(colours) > side_limit(pieces.shape):
        raise NotApplicable("too many pieces for one line")
    return np.full((1, len(colours)), Counter(colours).most_common(1)[0][0], np.uint8)


def diagonal_tally(pieces: Pieces) -> Cells:
    """A square with one diagonal cell per piece, in the pieces' commonest colour."""
    row = tally(pieces)
    grid = np.full((row.size, row.size), pieces.background, np.uint8)
    np.fill_diagonal(grid, row[0, 0])
    return grid


MERGES: list[Merge] = [
    Merge("the first piece", lambda ps: ps.items[0].cells, 0.9),
    Merge("the last piece", lambda ps: ps.items[-1].cells, 1.0),
    Merge("put back", put_back, 0.5),
    Merge("side by side", side_by_side, 0.8),
    Merge("one below another", one_below_another, 0.8),
    Merge("stack, last on top", partial(on_top_of_each_other, first_on_top=False), 0.8),
    Merge("stack, first on top", partial(on_top_of_each_other, first_on_top=True), 0.8),
    Merge("reassemble", reassemble, 0.8),
    Merge("one cell for each, its main colour", partial(one_cell_each, most=True), 1.0),
    Merge("one cell for each, its rarest colour", partial(one_cell_each, most=False), 1.2),
    Merge("row of their colours", partial(line_of_colours, column=False), 1.0),
    Merge("column of their colours", partial(line_of_colours, column=True), 1.0),
    Merge("bar for each", bars, 1.2),
    Merge("row with a cell for each", tally, 1.2),
    Merge("diagonal with a cell for each", diagonal_tally, 1.4),
]

CHOICES: list[Merge] = [
    *(
        Merge(
            f"the piece with {degree} {name}",
            partial(choose_extreme, name=name, most=most),
            1.0 + 0.1 * place_ / 4 + (0.6 if name in MEASURES_OF_COLOURS else 0.0),
        )
        for place_, name in enumerate([*MEASURES, *MEASURES_OF_COLOURS])
        for degree, most in (("most", True), ("least", False))
    ),
    *(Merge(f"the odd piece by {name}", partial(choose_odd, name=name), 1.3) for name in MEASURES),
]

_FILTER_MEASURES = (
    "cells", "area", "colours", "holes", "mirror symmetry", "height", "width", "copies",
    "pieces of its shape", "pieces of its colour", "contact with the edge", "squareness", "fullness",
)  # fmt: skip
_CHANGES: tuple[tuple[str, Callable[[Cells], Cells]], ...] = (
    ("flipped left-right", lambda g: g[:, ::-1]),
    ("flipped up-down", lambda g: g[::-1]),
    ("turned clockwise", rotate_clockwise),
    ("turned anticlockwise", rotate_anticlockwise),
    ("turned half-way", lambda g: g[::-1, ::-1]),
    ("transposed", transpose),
    ("anti-transposed", anti_transpose),
    ("cropped to content", crop_to_content),
    ("filled with its main colour", lambda g: np.full_like(g, main_colour(g, 0))),
)

FILTERS: list[Filter] = [
    *(
        Filter(
            f"{verb} those with {degree} {name}", partial(keep_extreme, name=name, most=most, drop=drop), 1.2
        )
        for name in _FILTER_MEASURES
        for verb, drop in (("keep", False), ("drop", True))
        for degree, most in (("most", True), ("least", False))
    ),
    *(
        Filter(f"{verb} those with {name} more than once", partial(keep_shared, name=name, drop=drop), 1.2)
        for name in ("copies", "pieces of its shape", "pieces of its colour", "pieces of its size")
        for verb, drop in (("keep", False), ("drop", True))
    ),
    *(
        Filter(f"sort by {degree} {name}", partial(sort_by, name=name, falling=falling), 1.1)
        for name in ("cells", "area", "height", "width", "distance from the left", "density")
        for degree, falling in (("rising", False), ("falling", True))
    ),
    *(Filter(f"each {name}", partial(each, change=change), 1.1) for name, change in _CHANGES),
]

"""Features of what stands in relation to a cell or its object: nearest content, twins, touching colours."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from solver.words.features.view import NONE, Features, Numbers, View
from solver.words.operations.lines import DIRECTIONS
from solver.words.operations.pieces import Labels, background, boxes, components

_REACH = 6
"""Steps to which distances are counted."""
_MOST = 80
"""With more objects than this, objects are not compared."""


def distances(view: View, features: Features) -> None:
    """Steps, diagonal ones included, to the nearest content and to each colour; the nearest colour."""
    features.add("distance to content", _steps_to(view.content), 1.1)
    for colour in range(10):
        mask = view.grid == colour
        features.add(f"distance to {colour}", _steps_to(mask) if mask.any() else _REACH + 1, 1.2)


def _steps_to(mask: NDArray[np.bool_]) -> Numbers:
    distance = np.where(mask, 0, _REACH + 1).astype(np.int16)
    reached = mask
    for step in range(1, _REACH + 1):
        wide = np.pad(reached, 1)
        wide = wide[:-2] | wide[1:-1] | wide[2:]
        grown = wide[:, :-2] | wide[:, 1:-1] | wide[:, 2:]
        distance[grown & ~reached] = step
        if grown.all():
            break
        reached = grown
    return distance


def beside_objects(view: View, features: Features) -> None:
    """Measures of the largest object a cell touches, corners included, and of what objects touch."""
    for name, diagonal, extra in (("object", True, 0.0), ("side-joined object", False, 0.1)):
        labels = components(view.grid, diagonal, False, view.background)
        _beside(view, features, name, labels, extra)


def _beside(view: View, features: Features, name: str, labels: Labels, extra: float) -> None:
    size = np.bincount(labels.ravel())
    size[0] = 0
    touching = _touching(view, labels, len(size))
    near = np.zeros(view.shape, np.int64)
    padded = np.pad(labels, 1)
    height, width = view.shape
    for down, right in DIRECTIONS.values():
        there = padded[1 + down : 1 + down + height, 1 + right : 1 + right + width]
        near = np.where(size[there] > size[near], there, near)
    colour = np.full(len(size), NONE, np.int64)
    colour[labels.ravel()] = view.grid.ravel()
    colour[0] = NONE
    rank = np.zeros(len(size), np.int64)
    if len(size) > 1:
        rank[1:] = 1 + np.unique(-size[1:], return_inverse=True)[1]
    features.add(f"size of the {name} beside it", size[near], 1.1 + extra)
    features.add(f"size rank of the {name} beside it", rank[near], 1.2 + extra)
    features.add(f"colour of the {name} beside it", colour[near], 1.1 + extra, colour=True)
    if name == "object":
        _what_it_touches(features, labels, colour, touching)


def _what_it_touches(
    features: Features, labels: Labels, colour: NDArray[np.int64], touching: NDArray[np.bool_]
) -> None:
    kinds = touching.sum(1)
    only = np.where(kinds == 1, touching.argmax(1), NONE)
    only[0] = NONE
    features.add("the colour its object touches", only[labels], 1.1, colour=True)
    features.add("colours its object touches", kinds[labels], 1.2)
    for value in range(10):
        features.add(f"its object touching {value}", touching[labels, value], 1.1)
    features.add("the colour of its object's twin", _twin(labels, colour)[labels], 1.2, colour=True)


def _touching(view: View, labels: Labels, number: int) -> NDArray[np.bool_]:
    """(labels, colours) which other content colours an object touches, corners included."""
    touching = np.zeros((number, 10), np.bool_)
    for down, right in DIRECTIONS.values():
        seen = view.seen_from(down, right)
        mask = (labels > 0) & (seen >= 0) & (seen != view.background) & (seen != view.grid)
        touching[labels[mask], seen[mask]] = True
    return touching


def _twin(labels: Labels, colour: NDArray[np.int64]) -> NDArray[np.int64]:
    """Per label the colour of the one other object of the same shape and another colour."""
    twin = np.full(len(colour), NONE, np.int64)
    found = boxes(labels)
    if len(found) > _MOST:
        return twin
    by_shape: dict[bytes, list[int]] = {}
    for label, (top, bottom, left, right) in enumerate(found, 1):
        mask = labels[top:bottom, left:right] == label
        by_shape.setdefault(bytes((bottom - top,)) + mask.tobytes(), []).append(label)
    for group in by_shape.values():
        for label in group:
            others = {int(colour[other]) for other in group} - {int(colour[label])}
            if len(others) == 1:
                twin[label] = others.pop()
    return twin


def lattice(view: View, features: Features) -> None:
    """Where lines run through the whole grid: the part a cell is in, and how it compares with the others."""
    found = _line_spans(view)
    if found is None:
        return
    row_part, column_part = found
    rows, columns = int(row_part.max()) + 1, int(column_part.max()) + 1
    inside = (row_part[:, None] >= 0) & (column_part[None] >= 0)
    part = np.where(inside, row_part[:, None] * columns + column_part[None], rows * columns)
    back = background(view.grid[row_part >= 0][:, column_part >= 0])
    number = np.zeros((rows * columns + 1, 10), np.int64)
    np.add.at(number, (part.ravel(), view.grid.ravel()), 1)
    number[-1] = 0
    number[:, back] = 0
    content = number.sum(1)
    main = np.where(content > 0, number.argmax(1), NONE)
    features.add("being in a part", inside, 0.8)
    features.add("row of its part", np.where(inside, row_part[:, None], NONE), 1.1)
    features.add("column of its part", np.where(inside, column_part[None], NONE), 1.1)
    features.add("content of its part", content[part], 1.0)
    features.add("main colour of its part", main[part], 0.9, colour=True)
    features.add("colours of its part", (number > 0).sum(1)[part], 1.1)
    features.add("its part having the most content", inside & (content == content[:-1].max())[part], 1.0)
    features.add("its part having the least content", inside & (content == content[:-1].min())[part], 1.1)
    for value in range(10):
        features.add(f"cells of {value} in its part", number[part, value], 1.1)
    place = np.concatenate([np.arange(n) for n in np.diff(_starts(row_part))])
    beside = np.concatenate([np.arange(n) for n in np.diff(_starts(column_part))])
    features.add("row inside its part", np.where(inside, place[:, None], NONE), 1.2)
    features.add("column inside its part", np.where(inside, beside[None], NONE), 1.2)


def _starts(parts: NDArray[np.int64]) -> list[int]:
    return [0, *(np.flatnonzero(np.diff(parts)) + 1).tolist(), len(parts)]


def _line_spans(view: View) -> tuple[NDArray[np.int64], NDArray[np.int64]] | None:
    """Number of the part each row and each column belongs to (-1 for lines); None without lines."""
    grid = view.grid
    best = None
    for colour in np.unique(grid).tolist():
        full = grid == colour
        rows, columns = full.all(1), full.all(0)
        if full.all() or not (rows.any() or columns.any()):
            continue
        spans = _numbered(~rows), _numbered(~columns)
        parts = (int(spans[0].max()) + 1) * (int(spans[1].max()) + 1)
        lines = int(rows.sum() + columns.sum())
        if 1 < parts <= 100 and colour != 0 and (best is None or lines < best[0]):
            best = lines, spans
    return None if best is None else best[1]


def _numbered(open_: NDArray[np.bool_]) -> NDArray[np.int64]:
    starts = open_ & ~np.concatenate([[False], open_[:-1]])
    return np.where(open_, starts.cumsum() - 1, -1)

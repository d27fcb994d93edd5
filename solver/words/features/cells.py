"""Features of single cells: colour, neighbours, position and mirror partners."""

from __future__ import annotations

import numpy as np

from solver.words.features.view import NONE, Features, Numbers, View
from solver.words.operations.lines import DIRECTIONS

_SIDES = ("up", "down", "left", "right")


def colours(view: View, features: Features) -> None:
    """The cell's colour and the part it plays; colours of the whole grid."""
    grid, back = view.grid, view.background
    number = np.bincount(grid.ravel(), minlength=10)
    order = [c for c in np.argsort(-number, kind="stable").tolist() if number[c] and c != back]
    rank = np.zeros(10, np.int16)
    for place, colour in enumerate(order, 1):
        rank[colour] = place
    features.add("colour", grid, 0.2, colour=True)
    features.add("being content", view.content, 0.2)
    features.add("frequency rank of its colour", rank[grid], 0.8)
    features.add("having the rarest colour", (grid == order[-1]) if len(order) > 1 else False, 0.8)
    features.add("the background", back, 0.5, colour=True)
    features.add("the most common colour", order[0] if order else NONE, 0.6, colour=True)
    features.add("the rarest colour", order[-1] if len(order) > 1 else NONE, 0.6, colour=True)
    features.add("the second colour", order[1] if len(order) > 1 else NONE, 0.8, colour=True)
    features.add("number of colours", len(order), 1.2)
    for name, row, column in (
        ("top left", 0, 0),
        ("top right", 0, -1),
        ("bottom left", -1, 0),
        ("bottom right", -1, -1),
    ):
        features.add(f"the {name} colour", grid[row, column], 1.0, colour=True)
    middle = grid[view.shape[0] // 2, view.shape[1] // 2]
    features.add("the middle colour", middle, 1.2, colour=True)


def neighbours(view: View, features: Features) -> None:
    """Colours next to the cell, and how many neighbours are of a kind."""
    around = {name: view.seen_from(*offset) for name, offset in DIRECTIONS.items()}
    for name, colour in around.items():
        features.add(f"colour {name}", colour, 0.7 if name in _SIDES else 0.8, colour=True)
    for name in _SIDES:
        down, right = DIRECTIONS[name]
        features.add(f"colour two {name}", view.seen_from(2 * down, 2 * right), 1.2, colour=True)
    _arriving(view, around, features)
    sides = np.stack([around[name] for name in _SIDES])
    corners = np.stack([c for name, c in around.items() if name not in _SIDES])
    back = view.background
    content = ((sides != back) & (sides != NONE)).sum(0), ((corners != back) & (corners != NONE)).sum(0)
    equal = (sides == view.grid).sum(0), (corners == view.grid).sum(0)
    features.add("content beside it", content[0], 0.8)
    features.add("content at its corners", content[1], 1.0)
    features.add("content around it", content[0] + content[1], 0.8)
    features.add("equal cells beside it", equal[0], 0.8)
    features.add("equal cells at its corners", equal[1], 1.2)
    features.add("equal cells around it", equal[0] + equal[1], 0.8)
    for value in range(10):
        beside, at_corners = (sides == value).sum(0), (corners == value).sum(0)
        features.add(f"cells of {value} beside it", beside, 0.9)
        features.add(f"cells of {value} at its corners", at_corners, 1.1)
        features.add(f"cells of {value} around it", beside + at_corners, 0.9)


def _arriving(view: View, around: dict[str, Numbers], features: Features) -> None:
    """The one colour of which two cells in a row point at the cell, straight or diagonally."""
    back = view.background
    for kind, straight in (("straight", True), ("diagonally", False)):
        lines = []
        for name, (down, right) in DIRECTIONS.items():
            if (name in _SIDES) == straight:
                near, far = around[name], view.seen_from(2 * down, 2 * right)
                lines.append(np.where((near == far) & (near != back), near, np.int16(NONE)))
        stack = np.stack(lines)
        most = stack.max(0)
        clash = ((stack != NONE) & (stack != most)).any(0)
        features.add(f"colour of the line arriving {kind}", np.where(clash, NONE, most), 1.1, colour=True)


def positions(view: View, features: Features) -> None:
    """Where the cell is: from each edge, and on which stripe or diagonal."""
    height, width = view.shape
    rows, columns = np.indices(view.shape)
    from_bottom, from_right = height - 1 - rows, width - 1 - columns
    for name, values in (
        ("row", rows),
        ("column", columns),
        ("row from the bottom", from_bottom),
        ("column from the right", from_right),
    ):
        features.add(name, values, 1.3)
        for period in (2, 3, 4):
            features.add(f"{name} modulo {period}", values % period, 1.0 + 0.2 * period)
    edge = np.minimum(np.minimum(rows, from_bottom), np.minimum(columns, from_right))
    features.add("distance to the edge", edge, 0.9)
    features.add("parity of the distance to the edge", edge % 2, 1.2)
    features.add("column less row", columns - rows, 1.3)
    features.add("column from the right less row", from_right - rows, 1.3)
    for period in (2, 3, 4):
        features.add(f"row plus column modulo {period}", (rows + columns) % period, 1.0 + 0.2 * period)
        features.add(f"row less column modulo {period}", (rows - columns) % period, 1.1 + 0.2 * period)
    features.add("being in the middle row", 2 * rows == height - 1, 1.2)
    features.add("being in the middle column", 2 * columns == width - 1, 1.2)
    found = np.argwhere(view.content)
    low, high = (found.min(0), found.max(0)) if found.size else ((1, 1), (0, 0))
    inside = (rows >= low[0]) & (rows <= high[0]) & (columns >= low[1]) & (columns <= high[1])
    features.add("being in the content's box", inside, 1.0)


def symmetry(view: View, features: Features) -> None:
    """Colours at the mirror partners."""
    grid = view.grid
    features.add("left-right partner", grid[:, ::-1], 0.9, colour=True)
    features.add("up-down partner", grid[::-1], 0.9, colour=True)
    features.add("half-turn partner", grid[::-1, ::-1], 1.0, colour=True)
    if grid.shape[0] == grid.shape[1]:
        features.add("diagonal partner", grid.T, 1.0, colour=True)
        features.add("other diagonal partner", grid[::-1, ::-1].T, 1.0, colour=True)
        features.add("quarter-turn partner", np.rot90(grid), 1.2, colour=True)

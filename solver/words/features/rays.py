"""Features of what a cell sees along straight lines, and of the row and column it is in."""

from __future__ import annotations

import numpy as np

from solver.words.features.view import NONE, Features, Numbers, View
from solver.words.operations.lines import DIRECTIONS

_SIDES = ("up", "down", "left", "right")
_OPPOSITE = (("left", "right"), ("up", "down"), ("up-left", "down-right"), ("up-right", "down-left"))


def first_seen(view: View, down: int, right: int) -> tuple[Numbers, Numbers]:
    """First content colour in one direction (NONE where there is none) and the number of cells before it."""
    height, width = view.shape
    # Sweep away from the edge the ray comes from; one extra row and column stand for "outside".
    seen = np.full((height + 2, width + 2), NONE, np.int16)
    gap = np.full((height + 2, width + 2), NONE, np.int16)
    source = np.pad(view.grid.astype(np.int16), 1, constant_values=NONE)
    content = np.pad(view.content, 1)
    inner = slice(1, -1)
    if down:
        order = range(1, height + 1) if down < 0 else range(height, 0, -1)
        columns = slice(1 + right, width + 1 + right)
        for row in order:
            behind = row + down
            hit = content[behind, columns]
            seen[row, inner] = np.where(hit, source[behind, columns], seen[behind, columns])
            further = np.where(gap[behind, columns] >= 0, gap[behind, columns] + 1, NONE)
            gap[row, inner] = np.where(hit, 0, further)
    else:
        order = range(1, width + 1) if right < 0 else range(width, 0, -1)
        for column in order:
            behind = column + right
            hit = content[inner, behind]
            seen[inner, column] = np.where(hit, source[inner, behind], seen[inner, behind])
            further = np.where(gap[inner, behind] >= 0, gap[inner, behind] + 1, NONE)
            gap[inner, column] = np.where(hit, 0, further)
    return seen[inner, inner], gap[inner, inner]


def rays(view: View, features: Features) -> None:
    """The first content in each of the eight directions, and agreement of opposite ones."""
    seen = {name: first_seen(view, *offset) for name, offset in DIRECTIONS.items()}
    for name, (colour, gap) in seen.items():
        features.add(f"colour seen {name}", colour, 1.0 if name in _SIDES else 1.1, colour=True)
        if name in _SIDES:
            features.add(f"gap {name}", gap, 1.4)
            features.add(f"parity of the gap {name}", np.where(gap < 0, NONE, gap % 2), 1.5)
    for one, other in _OPPOSITE:
        alike = np.where(seen[one][0] == seen[other][0], seen[one][0], NONE)
        features.add(f"colour seen both {one} or {other}", alike, 0.9, colour=True)
    sides = np.stack([seen[name][0] for name in _SIDES])
    corners = np.stack([colour for name, (colour, _) in seen.items() if name not in _SIDES])
    features.add("sides with content in sight", (sides != NONE).sum(0), 0.9)
    features.add("diagonals with content in sight", (corners != NONE).sum(0), 1.1)
    for value in range(10):
        straight, slanted = (sides == value).sum(0), (corners == value).sum(0)
        features.add(f"sides with {value} in sight", straight, 1.0)
        features.add(f"diagonals with {value} in sight", slanted, 1.1)
        features.add(f"directions with {value} in sight", straight + slanted, 1.1)
    nearest = np.stack([gap for _, gap in (seen[name] for name in _SIDES)])
    reach = np.where(nearest < 0, 99, nearest)
    best = np.take_along_axis(sides, reach.argmin(0)[None], 0)[0]
    features.add("nearest colour in sight", np.where(view.content, view.grid, best), 1.2, colour=True)


def lines(view: View, features: Features) -> None:
    """What is in the cell's row and column."""
    for axis, name in ((1, "row"), (0, "column")):
        number = view.one_hot.sum(axis + 1)  # (10, lines)
        number[view.background] = 0
        kinds = (number > 0).sum(0)
        total = number.sum(0)
        only = np.where(kinds == 1, number.argmax(0), NONE)
        main = np.where(kinds > 0, number.argmax(0), NONE)
        length = view.shape[axis]
        grid = (view.grid if axis == 1 else view.grid.T).astype(np.int16)

        def spread(values: np.ndarray, axis: int = axis) -> np.ndarray:
            across = values[:, None] if axis == 1 else values[None, :]
            return np.broadcast_to(across, view.shape)

        features.add(f"the only colour of its {name}", spread(only), 0.9, colour=True)
        features.add(f"the main colour of its {name}", spread(main), 1.0, colour=True)
        features.add(f"content in its {name}", spread(total), 1.0)
        features.add(f"colours in its {name}", spread(kinds), 1.0)
        features.add(f"its {name} being full", spread(total == length), 0.9)
        features.add(f"its {name} being of one colour", spread((grid == grid[:, :1]).all(1)), 0.9)
        features.add(f"its {name} having the most content", spread(total == total.max()), 1.1)
        features.add(f"first cell of its {name}", spread(grid[:, 0]), 1.0, colour=True)
        features.add(f"last cell of its {name}", spread(grid[:, -1]), 1.0, colour=True)
        alike = np.where(grid[:, 0] == grid[:, -1], grid[:, 0], NONE)
        features.add(f"both ends of its {name}", spread(alike), 1.0, colour=True)
        for colour in range(10):
            features.add(f"cells of {colour} in its {name}", spread(number[colour]), 1.1)
    mirror = (view.grid == view.grid[:, ::-1]).all(1)
    features.add("its row being mirror-symmetric", np.broadcast_to(mirror[:, None], view.shape), 1.2)

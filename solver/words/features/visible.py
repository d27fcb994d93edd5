"""Features of what is in sight of a cell, which other colour is nearest, and how thick its colour is."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from solver.words.features.rays import first_seen
from solver.words.features.view import NONE, Features, Numbers, View
from solver.words.operations.lines import DIRECTIONS
from solver.words.operations.pieces import components

_SIDES = ("up", "down", "left", "right")
_FAR = 999
_THICKEST = 5
"""Side of the largest square that is looked for."""


def sights(view: View, features: Features) -> None:
    """What is told of the first content in each direction: its object's size, and its equal neighbours."""
    labels = components(view.grid, True, False, view.background)
    size = np.bincount(labels.ravel())
    around = sum((view.seen_from(*step) == view.grid) for step in DIRECTIONS.values())
    rows, columns = np.indices(view.shape)
    seen: dict[str, list[tuple[str, Numbers]]] = {"size of the object": [], "equal cells around what is": []}
    for name, (down, right) in DIRECTIONS.items():
        _, gap = first_seen(view, down, right)
        there = np.where(gap < 0, 0, gap + 1)
        place = rows + down * there, columns + right * there
        for what, told in (
            ("size of the object", size[labels]),
            ("equal cells around what is", np.asarray(around)),
        ):
            seen[what].append((name, np.where(gap < 0, NONE, told[place]).astype(np.int16)))
    for what, directions in seen.items():
        for name, told in directions:
            features.add(f"{what} seen {name}", told, 1.4 if name in _SIDES else 1.5)
        for kind, chosen in (("straight", True), ("diagonally", False)):
            stack = np.stack([told for name, told in directions if (name in _SIDES) == chosen])
            least = np.where(stack == NONE, _FAR, stack).min(0)
            features.add(f"most {what} seen {kind}", stack.max(0), 1.4)
            features.add(f"least {what} seen {kind}", np.where(least == _FAR, NONE, least), 1.4)


def nearest(view: View, features: Features) -> None:
    """The nearest content colour but the cell's own, counting steps to the sides; none where two are."""
    grid = view.grid
    colours = [c for c in np.unique(grid).tolist() if c != view.background]
    if not colours:
        features.add("the nearest other colour", NONE, 1.1, colour=True)
        return
    steps = np.stack([_steps_to(grid == c) for c in colours])
    steps[steps == 0] = _FAR
    order = steps.argmin(0)
    least = steps.min(0)
    single = ((steps == least).sum(0) == 1) & (least < _FAR)
    features.add(
        "the nearest other colour", np.where(single, np.array(colours)[order], NONE), 1.1, colour=True
    )


def _steps_to(mask: NDArray[np.bool_]) -> NDArray[np.int64]:
    """Steps to the sides from every cell to the nearest one of the mask."""
    steps = np.where(mask, 0, _FAR)
    for _ in range(2):
        place = np.arange(len(steps))[:, None]
        before = np.minimum.accumulate(steps - place) + place
        after = np.minimum.accumulate((steps + place)[::-1])[::-1] - place
        steps = np.minimum(before, after).T
    return steps


def thickness(view: View, features: Features) -> None:
    """The side of the largest square of one colour, and of content, that a cell is part of."""
    features.add("thickness of its colour", _thickness(view.grid), 1.0)
    features.add("thickness of its content", _thickness(view.content) * view.content, 1.1)


def _thickness(grid: NDArray[np.generic]) -> Numbers:
    result = np.ones(grid.shape, np.int16)
    down, right = grid[1:] == grid[:-1], grid[:, 1:] == grid[:, :-1]
    corner = down[:, :-1] & down[:, 1:] & right[:-1]  # top left corners of squares of one value
    for side in range(2, min(_THICKEST, *grid.shape) + 1):
        if side > 2:
            corner = corner[:-1, :-1] & corner[1:, :-1] & corner[:-1, 1:] & corner[1:, 1:]
        height, width = corner.shape
        if not corner.any():
            break
        for down in range(side):
            for right in range(side):
                window = result[down : down + height, right : right + width]
                window[corner] = side
    return result

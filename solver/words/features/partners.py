"""Colour features of what a cell would be if things went on: mirror partners, repetition, colours in line."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from solver.words.features.rays import first_seen
from solver.words.features.view import NONE, Features, Numbers, View
from solver.words.operations.lines import DIRECTIONS
from solver.words.operations.pieces import Labels, boxes, components

_MOST = 80
"""With more objects than this, boxes and lines of objects say nothing."""
_LEAST_PAIRS = 2
"""Cells that must agree before a period or an axis is believed."""


def partners(view: View, features: Features) -> None:
    """Mirror partners across the content's best axes, and within the box of the shape a cell is in."""
    for name, turned in (("upright", False), ("level", True)):
        grid = view.grid.T if turned else view.grid
        partner = _across_best_axis(grid, view.background)
        features.add(
            f"partner across the best {name} axis", partner.T if turned else partner, 1.1, colour=True
        )
    found = boxes(components(view.grid, True, True, view.background))
    if len(found) > _MOST:
        found = []
    box = np.full((*view.shape, 4), NONE)
    for top, bottom, left, right in sorted(found, key=lambda b: -(b[1] - b[0]) * (b[3] - b[2])):
        box[top:bottom, left:right] = top, bottom, left, right
    rows, columns = np.indices(view.shape)
    outside = box[..., 0] == NONE
    other_row = np.where(outside, 0, box[..., 0] + box[..., 1] - 1 - rows)
    other_column = np.where(outside, 0, box[..., 2] + box[..., 3] - 1 - columns)
    for name, there, across in (
        ("left-right", rows, other_column),
        ("up-down", other_row, columns),
        ("half-turn", other_row, other_column),
    ):
        partner = np.where(outside, NONE, view.grid[there, across].astype(np.int16))
        features.add(f"{name} partner in its shape's box", partner, 1.1, colour=True)


def _across_best_axis(grid: NDArray[np.uint8], back: int) -> Numbers:
    """Colour mirrored left to right at the axis that pairs up most equal content; NONE without one."""
    width = grid.shape[1]
    content = grid != back
    best, score = None, _LEAST_PAIRS
    for total in range(1, 2 * width - 2):  # column c is paired with column total - c
        low, high = max(0, total - width + 1), min(width - 1, total)
        part, mirrored = grid[:, low : high + 1], grid[:, low : high + 1][:, ::-1]
        both = content[:, low : high + 1] & content[:, low : high + 1][:, ::-1]
        alike = int((both & (part == mirrored)).sum())
        points = 3 * alike - 2 * int(both.sum())
        if points > score:
            best, score = total, points
    partner: Numbers = np.full(grid.shape, NONE, np.int16)
    if best is not None:
        low, high = max(0, best - width + 1), min(width - 1, best)
        partner[:, low : high + 1] = grid[:, low : high + 1][:, ::-1]
    return partner


def repetition(view: View, features: Features) -> None:
    """What the content would be here if its rows, its columns or its diagonals repeated."""
    down = _continued(view.grid, view.background)
    right = _continued(view.grid.T, view.background).T
    features.add("colour repeated from its column", down, 1.1, colour=True)
    features.add("colour repeated from its row", right, 1.1, colour=True)
    both = np.where(down == NONE, view.background, down).astype(np.uint8)
    features.add("colour repeated both ways", _continued(both.T, view.background).T, 1.2, colour=True)
    rows, columns = np.indices(view.shape)
    features.add("colour repeated along falling diagonals", _by_phase(view, columns - rows), 1.2, colour=True)
    features.add("colour repeated along rising diagonals", _by_phase(view, columns + rows), 1.2, colour=True)


def _continued(grid: NDArray[np.uint8], back: int) -> Numbers:
    """Content repeated up and down with the smallest period that no content contradicts; NONE without."""
    height = len(grid)
    content = grid != back
    for period in range(1, height):
        both = content[period:] & content[:-period]
        if both.sum() < _LEAST_PAIRS or (grid[period:] != grid[:-period])[both].any():
            continue
        shown = np.where(content, grid, np.int16(NONE)).astype(np.int16)
        phases = np.stack([shown[phase::period].max(0) for phase in range(period)])
        return phases[np.arange(height) % period]
    return np.full(grid.shape, NONE, np.int16)


def _by_phase(view: View, diagonal: NDArray[np.int64]) -> Numbers:
    """Colour that content has wherever the diagonal's number leaves the same remainder; NONE without."""
    content = view.content
    number, colours = diagonal[content], view.grid[content].astype(np.int64)
    for period in range(2, max(view.shape)):
        if len(number) <= period:
            break
        seen = np.bincount(number % period * 10 + colours, minlength=period * 10).reshape(period, 10) > 0
        if (seen.sum(1) == 1).all():
            return np.asarray(seen.argmax(1)[diagonal % period], np.int16)
    return np.full(view.shape, NONE, np.int16)


def in_line(view: View, features: Features) -> None:
    """The one colour an object sees on each side, and on all sides together."""
    labels = components(view.grid, False, False, view.background)
    number = int(labels.max(initial=0))
    if number > _MOST:
        labels, number = np.zeros_like(labels), 0
    every = np.zeros((number + 1, 10), np.bool_)
    for name in ("up", "down", "left", "right"):
        seen = _seen_by_object(view, labels, number, DIRECTIONS[name])
        every |= seen
        features.add(f"the colour its object sees {name}", _only(seen)[labels], 1.1, colour=True)
    features.add("the colour its object sees", _only(every)[labels], 1.0, colour=True)
    box = np.array([(0, 0, 0, 0), *(boxes(labels) if number else [])])
    for name, low, high, length in (("row", 0, 1, view.shape[0]), ("column", 2, 3, view.shape[1])):
        middle = box[1:, low] + box[1:, high] - 1
        exact = np.bincount(middle[middle % 2 == 0] // 2, minlength=length)
        across = exact[:, None] if name == "row" else exact[None]
        features.add(f"objects with their middle in its {name}", across + np.zeros(view.shape, np.int16), 1.1)


def _seen_by_object(view: View, labels: Labels, number: int, direction: tuple[int, int]) -> NDArray[np.bool_]:
    """(objects, colours) which colours but its own an object sees in one direction."""
    colour, _ = first_seen(view, *direction)
    seen = np.zeros((number + 1, 10), np.bool_)
    mask = (labels > 0) & (colour != NONE) & (colour != view.grid)
    seen[labels[mask], colour[mask]] = True
    return seen


def _only(seen: NDArray[np.bool_]) -> NDArray[np.int64]:
    only = np.where(seen.sum(1) == 1, seen.argmax(1), NONE)
    only[0] = NONE
    return only

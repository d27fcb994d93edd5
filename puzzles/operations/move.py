"""Move: objects that go as a whole, by their own length, until something stops them, or towards a colour."""

from __future__ import annotations

from functools import partial

import numpy as np
from numpy.typing import NDArray

from puzzles.operations.lines import DIRECTIONS, moved
from puzzles.operations.pieces import Labels, background, boxes, components
from puzzles.operations.registry import Cells, NotApplicable, Operation

Mask = NDArray[np.bool_]

_MOST = 30
"""More objects than this are noise, not things."""
_SIDES = ("up", "down", "left", "right")


def _labelled(grid: Cells, colour: int | None) -> Labels:
    """Objects of one colour, or (None) of every colour but the background."""
    if colour is None:
        return components(grid, True, False, background(grid))
    return components((grid == colour).astype(np.uint8), True, False, 0)


def _front_first(labels: Labels, direction: tuple[int, int]) -> list[int]:
    """Numbers of the objects from 1 on, the one furthest ahead first."""
    found = boxes(labels)
    if not 0 < len(found) <= _MOST:
        raise NotApplicable("no objects, or too many")
    down, right = direction

    def ahead(label: int) -> int:
        top, bottom, left, edge = found[label - 1]
        return max(down, 0) * bottom - max(-down, 0) * top + max(right, 0) * edge - max(-right, 0) * left

    return sorted(range(1, len(found) + 1), key=ahead, reverse=True)


def move_until_stopped(grid: Cells, colour: int, direction: tuple[int, int]) -> Cells:
    """Move every object of one colour until something else, or the edge, is in its way."""
    back = background(grid)
    if colour == back:
        raise NotApplicable("the background does not move")
    labels = _labelled(grid, colour)
    result = grid
    for label in _front_first(labels, direction):
        result = _slide(result, labels == label, direction, colour, back)
    return result


def _slide(grid: Cells, mask: Mask, direction: tuple[int, int], colour: int, back: int) -> Cells:
    rest = np.where(mask, np.uint8(back), grid)
    there = mask
    while True:
        ahead = _shifted(there, *direction)
        if ahead.sum() < mask.sum() or (rest[ahead] != back).any():
            return np.where(there, np.uint8(colour), rest)
        there = ahead


def move_own_length(grid: Cells, direction: tuple[int, int]) -> Cells:
    """Move every object by its own height or width, beyond the edge if need be."""
    back = background(grid)
    labels = _labelled(grid, None)
    found = boxes(labels)
    if not 0 < len(found) <= _MOST:
        raise NotApplicable("no objects, or too many")
    result = np.where(labels > 0, np.uint8(back), grid)
    for label, (top, bottom, left, right) in enumerate(found, 1):
        length = bottom - top if direction[0] else right - left
        down, across = direction[0] * length, direction[1] * length
        mask = labels == label
        result = np.where(_shifted(mask, down, across), moved(grid, down, across, back), result)
    return result


def move_towards(grid: Cells, colour: int | None, goal: int) -> Cells:
    """Move every object (of one colour, or of any but the goal's) straight until it touches the goal's."""
    back = background(grid)
    target = grid == goal
    if back in (goal, colour) or not target.any():
        raise NotApplicable("there is no goal")
    things = np.where(target, np.uint8(back), grid)
    labels = _labelled(things, colour)
    found = boxes(labels)
    if not 0 < len(found) <= _MOST:
        raise NotApplicable("no objects, or too many")
    result = np.where(labels > 0, np.uint8(back), grid)
    for label in range(1, len(found) + 1):
        mask = labels == label
        down, right = _way(mask, target)
        result = np.where(_shifted(mask, down, right), moved(grid, down, right, back), result)
    return result


def _way(mask: Mask, target: Mask) -> tuple[int, int]:
    """The shortest straight way to contact, (down, right)."""
    for length in range(max(mask.shape)):
        for name in _SIDES:
            down, right = DIRECTIONS[name]
            if (_shifted(mask, (length + 1) * down, (length + 1) * right) & target).any():
                return length * down, length * right
    raise NotApplicable("nothing lies in its way")


def _shifted(mask: Mask, down: int, right: int) -> Mask:
    return moved(mask.astype(np.uint8), down, right, 0) > 0


MOVES: list[Operation] = [
    *(
        Operation(
            f"move {c} {name} until stopped",
            "move",
            partial(move_until_stopped, colour=c, direction=DIRECTIONS[name]),
            cost=1.2,
        )
        for c in range(1, 10)
        for name in _SIDES
    ),
    *(
        Operation(
            f"move objects {name} by their length",
            "move",
            partial(move_own_length, direction=DIRECTIONS[name]),
            cost=1.2,
        )
        for name in _SIDES
    ),
    *(
        Operation(f"move {c} towards {goal}", "move", partial(move_towards, colour=c, goal=goal), cost=1.2)
        for c in range(1, 10)
        for goal in range(1, 10)
        if c != goal
    ),
    *(
        Operation(f"move all towards {goal}", "move", partial(move_towards, colour=None, goal=goal), cost=1.2)
        for goal in range(1, 10)
    ),
]

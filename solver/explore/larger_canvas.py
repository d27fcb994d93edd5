"""Learn how large outputs are that hold their input and more, and where in them the input lies."""

from __future__ import annotations

from collections.abc import Sequence

from puzzles.grid import Cells
from solver.explore.costs import COSTS
from solver.explore.states import Node
from solver.words.operations import NotApplicable
from solver.words.operations.extend import MEASURES, PLACES, Extend, Side, corner, measured
from solver.words.operations.pieces import background

_HALVES = (2, 4, 6, 3, 8, 10, 12)
"""Twice the factors tried, the plainest first."""


def larger_canvases(root: Node, targets: Sequence[Cells]) -> list[Node]:
    """The inputs on canvases of the outputs' size; none where outputs are not larger or do not hold them."""
    grids = root.grids
    known = list(zip(grids, targets, strict=False))
    if all(grid.shape == target.shape for grid, target in known):
        return []
    places = [
        at
        for recoloured in (False, True)
        for at in PLACES
        if all(_holds(grid, target, at, recoloured) for grid, target in known)
    ]
    if not places:
        return []
    rows, columns = (_sides(grids, [target.shape[axis] for target in targets], axis) for axis in (0, 1))
    found = []
    for number, (down, right) in enumerate((a, b) for a in rows for b in columns):
        rule = Extend(down, right, places[0])
        try:
            values = tuple(rule.apply([grid]) for grid in grids)
        except NotApplicable:
            continue
        found.append(Node(str(rule), (root,), values, COSTS.larger_canvas + COSTS.dearer_canvas * number))
    return found


def _holds(grid: Cells, target: Cells, at: str, recoloured: bool) -> bool:
    """Whether a target shows the content of the grid at a place; in other colours if `recoloured`."""
    try:
        top, left = corner(at, (target.shape[0], target.shape[1]), (grid.shape[0], grid.shape[1]))
    except NotApplicable:
        return False
    window = target[top : top + grid.shape[0], left : left + grid.shape[1]]
    content = grid != background(grid)
    shown = window != background(target) if recoloured else window == grid
    return bool(shown[content].all())


def _sides(grids: Sequence[Cells], lengths: Sequence[int], axis: int) -> list[Side]:
    """At most two ways to say how long the outputs are along an axis, that of the input's own side first."""
    own = MEASURES[axis]
    measures = [own, *(name for name in MEASURES if name != own)]
    found = [
        Side(halves, measure)
        for measure in measures
        for halves in _HALVES
        if all(
            halves * measured(grid, measure) == 2 * length
            for grid, length in zip(grids, lengths, strict=False)
        )
    ]
    if len(set(lengths)) == 1:
        varied = len({grid.shape[axis] for grid in grids}) > 1
        found.insert(0 if varied else 1, Side(2 * lengths[0]))
    return found[:2]

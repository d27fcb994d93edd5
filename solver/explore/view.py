"""Another look at a puzzle: where demonstrations differ in colours or in direction, these are made alike."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np

from puzzles.grid import Cells
from solver.explore.costs import COSTS
from solver.explore.states import Node
from solver.words.operations.renumber import ORDERS, GiveBack, Renumber, give_back, numbering
from solver.words.operations.turn import TURNINGS, Turn, TurnBack, turned, turned_like


class View(Protocol):
    """A puzzle looked at in another way."""

    @property
    def start(self) -> Node:
        """The inputs."""

    @property
    def targets(self) -> tuple[Cells, ...]:
        """The outputs."""

    def finished(self, node: Node) -> Node:
        """The step that turns a state of this view into one of the puzzle as it is."""


@dataclass(frozen=True)
class RoleView:
    """The puzzle with colours by role."""

    start: Node
    """The inputs, renumbered."""
    targets: tuple[Cells, ...]
    kept: tuple[int, ...]
    """Colours that play a part of their own: in every input, or in outputs without being in the input."""
    order: str
    """What the other colours are ordered by."""

    def finished(self, node: Node) -> Node:
        """The step that gives a state of this view its own colours back."""
        (root,) = self.start.parents
        values = tuple(
            give_back(grid, original, self.kept, self.order)
            for grid, original in zip(node.grids, root.grids, strict=True)
        )
        return Node(str(GiveBack(self.kept, self.order)), (node, root), values, node.cost)


def role_view(root: Node, targets: Sequence[Cells]) -> RoleView | None:
    """Look at a puzzle by roles; None where the numbering is the same for all grids.

    Of the orders in which colours may be numbered the one is taken under which demonstrations agree best
    on what becomes of which role; where several agree as well, the first of `ORDERS`.
    """
    palettes = [set(np.unique(grid).tolist()) for grid in root.grids]
    kept = set.intersection(*palettes) | {0}
    for target, palette in zip(targets, palettes, strict=False):
        kept |= set(np.unique(target).tolist()) - palette
    views = [_numbered(root, targets, tuple(sorted(kept)), order) for order in ORDERS]
    different = [view for view in views if view is not None]
    return min(different, key=_fates, default=None)


def _numbered(root: Node, targets: Sequence[Cells], kept: tuple[int, ...], order: str) -> RoleView | None:
    mappings = [numbering(grid, kept, order) for grid in root.grids]
    if all(np.array_equal(mapping, mappings[0]) for mapping in mappings):
        return None
    numbered = tuple(mapping[grid] for mapping, grid in zip(mappings, root.grids, strict=True))
    start = Node(str(Renumber(kept, order)), (root,), numbered, COSTS.view)
    wanted = tuple(mapping[target] for mapping, target in zip(mappings, targets, strict=False))
    return RoleView(start, wanted, kept, order)


def _fates(view: RoleView) -> int:
    """How many things become of roles in all demonstrations together; fewer where they agree.

    Of grids that keep their shape, pairs of a cell's role before and after count; of others, the roles that
    are left.
    """
    pairs = list(zip(view.start.grids, view.targets, strict=False))
    if all(grid.shape == target.shape for grid, target in pairs):
        return len({code for grid, target in pairs for code in np.unique(grid * 10 + target).tolist()})
    return len({colour for _, target in pairs for colour in np.unique(target).tolist()})


@dataclass(frozen=True)
class TurnedView:
    """The puzzle with all grids in one direction."""

    start: Node
    """The inputs, turned."""
    targets: tuple[Cells, ...]
    turning: str

    def finished(self, node: Node) -> Node:
        """The step that turns a state of this view back."""
        (root,) = self.start.parents
        values = tuple(
            turned_like(grid, original, self.turning, back=True)
            for grid, original in zip(node.grids, root.grids, strict=True)
        )
        return Node(str(TurnBack(self.turning)), (node, root), values, node.cost)


def turned_views(root: Node, targets: Sequence[Cells]) -> list[TurnedView]:
    """Ways of turning by which grids are turned differently, no two of them with the same effect."""
    found: dict[tuple[int, ...], TurnedView] = {}
    for turning, times in TURNINGS.items():
        effect = tuple(times(grid) for grid in root.grids)
        if len(set(effect)) == 1 or effect in found:
            continue
        values = tuple(turned(grid, turning) for grid in root.grids)
        wanted = tuple(
            turned_like(target, grid, turning, back=False)
            for target, grid in zip(targets, root.grids, strict=False)
        )
        found[effect] = TurnedView(Node(str(Turn(turning)), (root,), values, COSTS.view), wanted, turning)
    return list(found.values())

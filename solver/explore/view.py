"""Another look at a puzzle: colours that differ from demonstration to demonstration get common numbers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from puzzles.operations import Cells
from puzzles.operations.renumber import give_back, numbering, renumber_word
from solver.explore.states import Node

ROLES_COST = 1.0
"""Description length of looking at a puzzle this way."""


@dataclass(frozen=True)
class RoleView:
    """The puzzle with colours by role."""

    start: Node
    """The inputs, renumbered."""
    targets: tuple[Cells, ...]
    kept: tuple[int, ...]
    """Colours that play a part of their own: in every input, or in outputs without being in the input."""

    def finished(self, node: Node) -> Node:
        """The step that gives a state of this view its own colours back."""
        (root,) = self.start.parents
        values = tuple(
            give_back(grid, original, self.kept)
            for grid, original in zip(node.grids, root.grids, strict=True)
        )
        return Node(renumber_word(self.kept, back=True), (node, root), values, node.cost)


def role_view(root: Node, targets: Sequence[Cells]) -> RoleView | None:
    """Look at a puzzle by roles; None where the numbering is the same for all grids."""
    palettes = [set(np.unique(grid).tolist()) for grid in root.grids]
    kept = set.intersection(*palettes) | {0}
    for target, palette in zip(targets, palettes, strict=False):
        kept |= set(np.unique(target).tolist()) - palette
    mappings = [numbering(grid, kept) for grid in root.grids]
    if all(np.array_equal(mapping, mappings[0]) for mapping in mappings):
        return None
    numbered = tuple(mapping[grid] for mapping, grid in zip(mappings, root.grids, strict=True))
    start = Node(renumber_word(tuple(kept), back=False), (root,), numbered, ROLES_COST)
    wanted = tuple(mapping[target] for mapping, target in zip(mappings, targets, strict=False))
    return RoleView(start, wanted, tuple(sorted(kept)))

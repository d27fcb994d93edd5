"""Compose partial outputs: states that are right wherever they show content, laid over one another.

A state is *partial* when every cell of it that is not background is as wanted, in all demonstrations. Two or
three partial states that show everything wanted between them, stacked, are a program. They are found by
greedy set cover (V. Chvátal, "A greedy heuristic for the set-covering problem", 1979): each newly met one is
completed by those known that add most.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

import numpy as np

from puzzles.grid import Cells
from solver.explore.costs import COSTS
from solver.explore.evidence import Mask
from solver.explore.states import Node
from solver.words.operations import NotApplicable
from solver.words.operations.pieces import background
from solver.words.operations.together import STACK, stack_over

_MOST_PARTS = 3
"""States laid over one another."""
_LEAST_SHARE = 0.15
"""Share of what is wanted that a state must show in all, and that it must add to the others."""
_KEPT = 48
"""Partial states kept; no two of them show the same cells."""


@dataclass(frozen=True)
class _Part:
    node: Node
    shown: Mask
    """Which of the cells that are wanted, in all demonstrations, it shows."""


@dataclass
class Stacking:
    """All partial states met so far."""

    targets: Sequence[Cells]
    _wanted: list[Mask] = field(init=False)
    """Content of the targets."""
    _number: int = field(init=False)
    _parts: dict[bytes, _Part] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._wanted = [target != background(target) for target in self.targets]
        self._number = sum(int(wanted.sum()) for wanted in self._wanted)

    def offer(self, node: Node) -> bool:
        """Keep a state of the outputs' shapes if it is a new partial one."""
        if len(self._parts) >= _KEPT:
            return False
        shown = []
        for grid, target, wanted in zip(node.grids, self.targets, self._wanted, strict=False):
            content = grid != background(grid)
            if (content & (grid != target)).any() or (content & ~wanted).any():
                return False
            shown.append(content[wanted])
        together = np.concatenate(shown)
        if not _LEAST_SHARE * self._number <= together.sum() < self._number:
            return False
        key = together.tobytes()
        if key in self._parts:
            return False
        self._parts[key] = _Part(node, together)
        return True

    def complete(self, node: Node) -> Iterator[Node]:
        """Stacks of this partial state and others that show all that is wanted; at most one per partner."""
        start = next(part for part in self._parts.values() if part.node is node)
        others = [part for part in self._parts.values() if part is not start]
        done = False
        for partner in sorted(others, key=lambda part: part.node.cost):
            if (start.shown | partner.shown).all():
                done = True
                yield from _stacked([start, partner])
        if not done:
            yield from self._greedy(start, others)

    def _greedy(self, start: _Part, others: Sequence[_Part]) -> Iterator[Node]:
        chosen, shown = [start], start.shown
        while not shown.all() and len(chosen) < _MOST_PARTS and others:
            missing = ~shown
            best = max(others, key=lambda part: (int((part.shown & missing).sum()), -part.node.cost))
            if (best.shown & missing).sum() < _LEAST_SHARE * self._number:
                return
            chosen.append(best)
            shown = shown | best.shown
        if shown.all():
            yield from _stacked(chosen)


def _stacked(parts: Sequence[_Part]) -> Iterator[Node]:
    """The parts over one another, the cheapest at the bottom."""
    lowest, *rest = sorted((part.node for part in parts), key=lambda node: node.cost)
    here, cost = lowest, lowest.cost
    for node in rest:
        try:
            values = tuple(stack_over(pair) for pair in zip(node.grids, here.grids, strict=True))
        except NotApplicable:
            return
        cost += node.cost + COSTS.stack
        here = Node(STACK, (node, here), values, cost)
    yield here

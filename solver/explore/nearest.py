"""The states of a search that came nearest to the outputs, written down for a process that shows them."""

from __future__ import annotations

import heapq
import itertools
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from puzzles.grid import Cells, Grid, as_grid
from solver.explore.states import Node, program_of
from solver.explore.telling import sent, step_of
from solver.words.operations.pieces import Pieces
from solver.words.program import EXACT_FINGERPRINT, Program
from solver.words.watching import Ledger, TriedState

_MOST = 40
"""States that are near: a further one must be nearer than the last of them."""
_AT_ONCE = 6
"""States that are written down at a time, those above them not counted."""


@dataclass
class Nearest:
    """Notes near states as they are met, and writes down those that were not written before."""

    targets: tuple[Cells, ...]
    _distances: list[float] = field(default_factory=list)
    """How far the nearest states are, as a heap with the worst on top: negative distances."""
    _fresh: list[tuple[float, int, Node]] = field(default_factory=list)
    """Those not written yet, as a heap with the worst on top."""
    _numbers: dict[Node, int] = field(default_factory=dict)
    _count: Iterator[int] = field(default_factory=itertools.count)

    def offer(self, node: Node, distance: float) -> None:
        """Note a state of grids, whose distance from the outputs the search has measured already."""
        if len(self._distances) == _MOST and -distance <= self._distances[0]:
            return
        heapq.heappush(self._distances, -distance)
        if len(self._distances) > _MOST:
            heapq.heappop(self._distances)
        heapq.heappush(self._fresh, (-distance, next(self._count), node))
        if len(self._fresh) > _AT_ONCE:
            heapq.heappop(self._fresh)

    def take(self) -> list[dict[str, Any]]:
        """What has been noted since the last time, each state after that above it; empty lists nothing."""
        documents: list[dict[str, Any]] = []
        for _, _, node in sorted(self._fresh, key=lambda noted: -noted[0]):
            self._write(node, documents)
        self._fresh.clear()
        return documents

    def _write(self, node: Node, documents: list[dict[str, Any]]) -> int | None:
        """Write a state and those above it, each once; its number, or None for the input itself."""
        if not node.parents:
            return None
        if node not in self._numbers:
            above = self._write(node.parents[0], documents)
            self._numbers[node] = len(self._numbers)
            steps = [sent(step) for step in program_of(node).steps]
            value = node.values[0]
            documents.append(
                {
                    "number": self._numbers[node],
                    "above": above,
                    "steps": steps,
                    "wrong": 1.0 if isinstance(value, Pieces) else wrong_share(node.grids, self.targets),
                    "grid": None if isinstance(value, Pieces) else value.tolist(),
                }
            )
        return self._numbers[node]


def wrong_share(grids: Sequence[Cells], targets: Sequence[Cells]) -> float:
    """Share of cells that are wrong; where shapes differ, all of the larger grid."""
    wrong = whole = 0
    for grid, target in zip(grids, targets, strict=False):
        cells = max(grid.size, target.size)
        whole += cells
        wrong += cells if grid.shape != target.shape else int(np.count_nonzero(grid != target))
    return wrong / whole


@dataclass
class Reader:
    """Reads what `Nearest` wrote in other processes into a ledger."""

    ledger: Ledger
    _known: dict[tuple[tuple[int, int], int], TriedState] = field(default_factory=dict)
    """By whose they are, and their numbers."""

    def read(self, whose: tuple[int, int], documents: Sequence[dict[str, Any]]) -> None:
        """List what one of the searches of a process has written; `whose` tells it from others."""
        for document in documents:
            above = document["above"]
            steps = tuple(map(step_of, document["steps"]))
            state = TriedState(
                Program(steps, EXACT_FINGERPRINT),
                document["wrong"],
                _grid(document["grid"]),
                None if above is None else self._known[whose, above],
                "explore",
                self.ledger.now,
            )
            self._known[whose, document["number"]] = state
            self.ledger.note(state)


def _grid(rows: list[list[int]] | None) -> Grid | None:
    return None if rows is None else as_grid(rows)

"""Solve a puzzle whose grids are parted by lines as if the lines were not there, then put them back.

Where parts are equal in size and the output has the input's lines, what lies between them is one picture:
patterns that go on from part to part, mirror images and tilings are seen in it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from puzzles.grid import Cells
from puzzles.puzzle import Pair, Puzzle
from solver.explore.cell_per_part import replay
from solver.explore.costs import COSTS
from solver.explore.states import Node, program_of
from solver.words.operations import NotApplicable
from solver.words.operations.choose import reassemble
from solver.words.operations.pieces import Piece, Pieces
from solver.words.operations.together import INTO_PARTS, into_parts
from solver.words.vocabulary import sealed

REASSEMBLED = "reassemble"


@dataclass(frozen=True)
class WithoutLines:
    """The smaller puzzle, and the states it starts from."""

    puzzle: Puzzle
    start: Node
    """The inputs without their lines."""
    root: Node

    def finished(self, solution: Node, solution_cost: float) -> Node | None:
        """A program for the whole puzzle made of one for the smaller one; None where it has no answer."""
        last = replay(program_of(solution), self.start)
        if last is None or any(isinstance(value, Pieces) for value in last.values):
            return None
        try:
            values = tuple(into_parts(pair) for pair in zip(last.grids, self.root.grids, strict=True))
        except NotApplicable:
            return None
        return Node(INTO_PARTS, (last, self.root), values, self.start.cost + solution_cost + COSTS.into_parts)


def without_lines_puzzle(node: Node, root: Node, targets: Sequence[Cells]) -> WithoutLines | None:
    """The puzzle without lines; None where outputs have other lines, or parts differ in size."""
    cut = [value for value in node.values if isinstance(value, Pieces)]
    try:
        inputs = [reassemble(pieces) for pieces in cut]
        outputs = [
            _wanted(pieces, grid, target)
            for pieces, grid, target in zip(cut, root.grids, targets, strict=False)
        ]
    except NotApplicable:
        return None
    if all(np.array_equal(given, wanted) for given, wanted in zip(inputs, outputs, strict=False)):
        return None
    pairs = [Pair(sealed(given), sealed(wanted)) for given, wanted in zip(inputs, outputs, strict=False)]
    tests = [Pair(sealed(grid), None) for grid in inputs[len(targets) :]]
    start = Node(REASSEMBLED, (node,), tuple(inputs), node.cost)
    return WithoutLines(Puzzle("without lines", tuple(pairs), tuple(tests)), start, root)


def _wanted(pieces: Pieces, grid: Cells, target: Cells) -> Cells:
    """What the parts of the target make together; raises `NotApplicable` where the lines change."""
    if grid.shape != target.shape:
        raise NotApplicable("the output has other parts")
    changed = grid != target
    items = []
    for piece in pieces.items:
        rows = slice(piece.top, piece.top + piece.cells.shape[0])
        columns = slice(piece.left, piece.left + piece.cells.shape[1])
        items.append(Piece(target[rows, columns], piece.top, piece.left))
        changed[rows, columns] = False
    if changed.any():
        raise NotApplicable("the output has other lines")
    return reassemble(Pieces(tuple(items), pieces.shape, pieces.background, pieces.layout))

"""Solve a puzzle whose grids are parted by lines as if the lines were not there, then put them back.

Where parts are equal in size and the output has the input's lines, what lies between them is one picture:
patterns that go on from part to part, mirror images and tilings are seen in it.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from puzzles.grid import Cells
from solver.explore.costs import COSTS
from solver.explore.smaller import PutBack, SmallerPuzzle
from solver.explore.states import Node
from solver.words.operations import NotApplicable
from solver.words.operations.choose import reassemble
from solver.words.operations.pieces import Piece, Pieces
from solver.words.operations.together import INTO_PARTS, into_parts

REASSEMBLED = "reassemble"


_PUT_BACK = PutBack(INTO_PARTS, into_parts, COSTS.into_parts)


def without_lines_puzzle(node: Node, root: Node, targets: Sequence[Cells]) -> SmallerPuzzle | None:
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
    start = Node(REASSEMBLED, (node,), tuple(inputs), node.cost)
    return SmallerPuzzle.of(start, outputs, root, _PUT_BACK)


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

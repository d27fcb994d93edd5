"""Solve a puzzle of parts between lines as a smaller one, a cell for each part, then spread the answer."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from puzzles.grid import Cells
from solver.explore.costs import COSTS
from solver.explore.smaller import PutBack, SmallerPuzzle
from solver.explore.states import Node
from solver.words.operations import NotApplicable
from solver.words.operations.choose import one_cell_each
from solver.words.operations.pieces import Pieces
from solver.words.operations.split import between_lines
from solver.words.operations.together import SPREAD, spread

CELLS = "one cell for each, its main colour"


_PUT_BACK = PutBack(SPREAD, spread, COSTS.spread)


def cell_per_part_puzzle(node: Node, root: Node, targets: Sequence[Cells]) -> SmallerPuzzle | None:
    """The puzzle with one cell for each part; None where outputs are not parts of one colour each."""
    inputs, outputs = [], []
    try:
        for place, value in enumerate(node.values):
            assert isinstance(value, Pieces)
            inputs.append(one_cell_each(value, most=True))
            if place < len(targets):
                outputs.append(_cell_per_part_output(root.grids[place], targets[place], inputs[place]))
    except NotApplicable:
        return None
    start = Node(CELLS, (node,), tuple(inputs), node.cost)
    return SmallerPuzzle.of(start, outputs, root, _PUT_BACK)


def _cell_per_part_output(given: Cells, target: Cells, cells: Cells) -> Cells:
    if given.shape != target.shape:
        raise NotApplicable("the output has other parts")
    coarse = one_cell_each(between_lines(target), most=True)
    if coarse.shape != cells.shape or not np.array_equal(spread([coarse, given]), target):
        raise NotApplicable("the output is not made of parts of one colour")
    return coarse

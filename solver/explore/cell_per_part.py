"""Solve a puzzle of parts between lines as a smaller one, a cell for each part, then spread the answer."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from puzzles.grid import Cells
from puzzles.puzzle import Pair, Puzzle
from solver.explore.costs import COSTS
from solver.explore.states import Node, program_of
from solver.words.operations import NotApplicable
from solver.words.operations.choose import one_cell_each
from solver.words.operations.pieces import Pieces
from solver.words.operations.split import between_lines
from solver.words.operations.together import SPREAD, spread
from solver.words.program import Program
from solver.words.vocabulary import checked, exact_word, sealed

CELLS = "one cell for each, its main colour"


@dataclass(frozen=True)
class CellPerPart:
    """The smaller puzzle, and the states it starts from."""

    puzzle: Puzzle
    start: Node
    """One cell for each part."""
    root: Node

    def finished(self, solution: Node, solution_cost: float) -> Node | None:
        """A program for the whole puzzle made of one for the smaller one."""
        last = replay(program_of(solution), self.start)
        if last is None or any(isinstance(value, Pieces) for value in last.values):
            return None
        try:
            values = tuple(spread(pair) for pair in zip(last.grids, self.root.grids, strict=True))
        except NotApplicable:
            return None
        return Node(SPREAD, (last, self.root), values, self.start.cost + solution_cost + COSTS.spread)


def cell_per_part_puzzle(node: Node, root: Node, targets: Sequence[Cells]) -> CellPerPart | None:
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
    pairs = [Pair(sealed(a), sealed(b)) for a, b in zip(inputs, outputs, strict=False)]
    tests = [Pair(sealed(grid), None) for grid in inputs[len(targets) :]]
    start = Node(CELLS, (node,), tuple(inputs), node.cost)
    return CellPerPart(Puzzle("coarse", tuple(pairs), tuple(tests)), start, root)


def _cell_per_part_output(given: Cells, target: Cells, cells: Cells) -> Cells:
    if given.shape != target.shape:
        raise NotApplicable("the output has other parts")
    coarse = one_cell_each(between_lines(target), most=True)
    if coarse.shape != cells.shape or not np.array_equal(spread([coarse, given]), target):
        raise NotApplicable("the output is not made of parts of one colour")
    return coarse


def replay(program: Program, start: Node) -> Node | None:
    """Run a program from another state than the puzzle's inputs; None where a word has no answer."""
    reached = [start]
    for index, step in enumerate(program.steps):
        source = index - 1 if step.source is None else step.source
        parents = tuple(reached[used + 1] for used in (source, *step.others))
        word = exact_word(step.word)
        assert word is not None
        try:
            values = tuple(
                checked(word.function(operands))
                for operands in zip(*(parent.values for parent in parents), strict=True)
            )
        except NotApplicable:
            return None
        reached.append(Node(step.word, parents, values, start.cost))
    return reached[-1]

"""The canvas that programs run on: how large the grids of a puzzle, and its answers, may be."""

from __future__ import annotations

import math

from puzzles.grid import MAX_SIDE
from puzzles.puzzle import Puzzle


def canvas_for(puzzle: Puzzle) -> tuple[int, int]:
    """Rows and columns that hold every known grid and every test output one may expect.

    A test output may outgrow its input by the largest ratio seen in a demonstration.
    """
    pairs = [(pair.input, pair.output) for pair in puzzle.train if pair.output is not None]
    sides = []
    for axis in (0, 1):
        known = [grid.shape[axis] for pair in pairs for grid in pair]
        ratio = max(output.shape[axis] / input_.shape[axis] for input_, output in pairs)
        tests = [pair.input.shape[axis] for pair in puzzle.test]
        sides.append(min(MAX_SIDE, max(*known, *tests, *(math.ceil(side * ratio) for side in tests))))
    return sides[0], sides[1]

"""What one row of the board shows: the state of the program on one pair, and how right it is."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from app.state.draft import Part
from puzzles.grid import Grid, count_wrong, wrong_mask
from solver.results import Candidate


@dataclass(frozen=True)
class StepState:
    """The grid after some steps on one pair, and the one it was made from."""

    grid: Grid
    before: Grid | None
    """None at the input."""
    last: bool
    """Whether this is the program's answer."""


@dataclass(frozen=True)
class Verdict:
    """How a grid compares with the expected one."""

    wrong: int
    """Wrong cells; the larger of the two areas where the shapes differ."""
    mask: NDArray[np.bool_]
    text: str
    same_size: bool


def step_state(candidate: Candidate | None, part: Part, index: int, position: int) -> StepState | None:
    """Return the state of `candidate` after `position` steps on a pair; None where it has not run there."""
    if candidate is None:
        return None
    traces = candidate.demonstrations if part == "train" else candidate.tests
    if index >= len(traces):
        return None
    grids = traces[index].grids
    position = min(position, len(grids) - 1)
    source = candidate.program.steps[position - 1].source if position else None
    before = None if not position else grids[position - 1 if source is None else source + 1]
    return StepState(grids[position], before, position == len(grids) - 1)


def widest_state(candidate: Candidate | None, part: Part, index: int) -> tuple[int, int]:
    """Return the rows and columns that hold every state of a pair, (0, 0) where there is none."""
    traces = () if candidate is None else candidate.demonstrations if part == "train" else candidate.tests
    if index >= len(traces):
        return 0, 0
    shapes = [grid.shape for grid in traces[index].grids]
    return max(shape[0] for shape in shapes), max(shape[1] for shape in shapes)


def judge(grid: Grid, expected: Grid) -> Verdict:
    """Compare `grid` with `expected`, sizes first."""
    wrong = count_wrong(grid, expected)
    mask = wrong_mask(grid, expected)
    if grid.shape != expected.shape:
        text = f"✗ size {_size(grid)}"
    elif wrong:
        text = f"✗ {wrong} {'cell' if wrong == 1 else 'cells'}"
    else:
        text = "✓"
    return Verdict(wrong, mask, text, grid.shape == expected.shape)


def _size(grid: Grid) -> str:
    return f"{grid.shape[0]} × {grid.shape[1]}"

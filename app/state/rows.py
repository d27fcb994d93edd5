"""What one row of the board shows: the state of the program on one pair, and how right it is."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from app.state.draft import Part
from app.state.sources import sources_of
from app.translate import counted, tr
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
    confidence: NDArray[np.float32] | None = None
    """Probability of each cell's value; None for exact words and for the input."""


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
    outcomes = traces[index].outcomes
    position = min(position, len(outcomes) - 1)
    sources = sources_of(candidate.program, position)
    outcome = outcomes[position]
    before = outcomes[sources[0]].grid if sources else None
    return StepState(outcome.grid, before, position == len(outcomes) - 1, outcome.confidence)


def states_of(candidate: Candidate | None, part: Part, index: int) -> tuple[Grid, ...]:
    """Return every state of a pair, the input first; none where the program has not run there."""
    if candidate is None:
        return ()
    traces = candidate.demonstrations if part == "train" else candidate.tests
    return traces[index].grids if index < len(traces) else ()


def widest_state(candidate: Candidate | None, part: Part, index: int) -> tuple[int, int]:
    """Return the rows and columns that hold every state of a pair, (0, 0) where there is none."""
    shapes = [grid.shape for grid in states_of(candidate, part, index)]
    return max((shape[0] for shape in shapes), default=0), max((shape[1] for shape in shapes), default=0)


def judge(grid: Grid, expected: Grid) -> Verdict:
    """Compare `grid` with `expected`, sizes first."""
    wrong = count_wrong(grid, expected)
    mask = wrong_mask(grid, expected)
    if grid.shape != expected.shape:
        text = tr("✗ size {size}", size=f"{grid.shape[0]} × {grid.shape[1]}")
    elif wrong:
        text = counted(wrong, "✗ {n} cell", "✗ {n} cells")
    else:
        text = "✓"
    return Verdict(wrong, mask, text, grid.shape == expected.shape)

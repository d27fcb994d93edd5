"""What one row of the board shows: the state of the program on one pair, and how right it is."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from app.state.draft import Part
from app.state.drawing import Region
from app.state.sources import sources_of
from app.translate import counted, tr
from puzzles.grid import Grid, as_grid, count_wrong, wrong_mask
from solver.words.program import Likeliest, Outcome
from solver.words.results import Candidate

MOST_PIECES = 4
"""Pieces of one result that are shown one by one."""


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
    pieces: tuple[Region, ...] = ()
    """Where the pieces stand that the step cut the grid into."""
    likeliest: Likeliest | None = None
    """What each cell might have been; None where there is no confidence."""


@dataclass(frozen=True)
class Operand:
    """One of the results a step was made of."""

    title: str
    """Where it came from, e.g. "step 2"."""
    grids: tuple[Grid, ...]
    """Its picture, or its pieces one by one."""

    @property
    def columns(self) -> int:
        """Columns the pictures take side by side, one left free between two."""
        return sum(grid.shape[1] for grid in self.grids) + len(self.grids) - 1

    @property
    def rows(self) -> int:
        """Rows of the highest picture."""
        return max(grid.shape[0] for grid in self.grids)


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
    outcomes = _outcomes(candidate, part, index)
    if candidate is None or not outcomes:
        return None
    position = min(position, len(outcomes) - 1)
    sources = sources_of(candidate.program, position)
    outcome = outcomes[position]
    before = outcomes[sources[0]].grid if sources else None
    last = position == len(outcomes) - 1
    places, likeliest = _places(outcome), outcome.likeliest
    return StepState(outcome.grid, before, last, outcome.confidence, places, likeliest)


def _places(outcome: Outcome) -> tuple[Region, ...]:
    """Return the parts of an outcome's picture that its pieces cover."""
    items = outcome.pieces.items if outcome.pieces is not None else ()
    places = (
        Region(p.top, p.left, p.top + p.cells.shape[0] - 1, p.left + p.cells.shape[1] - 1).clipped(
            outcome.grid
        )
        for p in items
    )
    return tuple(place for place in places if place is not None)


def operands_of(candidate: Candidate | None, part: Part, index: int, position: int) -> tuple[Operand, ...]:
    """Return what the step before `position` was made of; none where that is just the grid before it."""
    outcomes = _outcomes(candidate, part, index)
    if candidate is None or not 0 < position < len(outcomes):
        return ()
    sources = sources_of(candidate.program, position)
    if sources == (position - 1,) and outcomes[position - 1].pieces is None:
        return ()
    return tuple(_operand(outcomes[source], source) for source in dict.fromkeys(sources))


def _operand(outcome: Outcome, source: int) -> Operand:
    """Show a result as one picture, or its pieces, as many as there is room for."""
    title = tr("step {n}", n=source) if source else tr("input")
    if outcome.pieces is None or not outcome.pieces.items:
        return Operand(title, (outcome.grid,))
    pieces = outcome.pieces.items
    shown = tuple(as_grid(piece.cells) for piece in pieces[:MOST_PIECES])
    if len(pieces) > MOST_PIECES:
        return Operand(tr("{step}, {some} of {all}", step=title, some=MOST_PIECES, all=len(pieces)), shown)
    return Operand(counted(len(pieces), "{step}, {n} piece", "{step}, {n} pieces", step=title), shown)


def all_operands(candidate: Candidate | None, part: Part, index: int) -> tuple[tuple[Operand, ...], ...]:
    """Return the operands of every step of a pair that has some, for the room they take."""
    positions = range(1, len(_outcomes(candidate, part, index)))
    found = (operands_of(candidate, part, index, at) for at in positions)
    return tuple(operands for operands in found if operands)


def _outcomes(candidate: Candidate | None, part: Part, index: int) -> tuple[Outcome, ...]:
    if candidate is None:
        return ()
    traces = candidate.demonstrations if part == "train" else candidate.tests
    return traces[index].outcomes if index < len(traces) else ()


def states_of(candidate: Candidate | None, part: Part, index: int) -> tuple[Grid, ...]:
    """Return every state of a pair, the input first; none where the program has not run there."""
    return tuple(outcome.grid for outcome in _outcomes(candidate, part, index))


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

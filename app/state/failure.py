"""Why a program does not explain a puzzle: at which step of which demonstration which cells are wrong."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from app.state.drawing import Cell
from puzzles.grid import count_wrong, wrong_mask
from puzzles.puzzle import Puzzle
from solver.words.results import Candidate

MOST_SUSPECTS = 3
"""Wrong cells of a demonstration that may be slips of its author; more are hardly that."""
LEAST_WITNESSES = 2
"""Demonstrations that must be explained before the one that is not is suspected itself."""


@dataclass(frozen=True)
class Suspect:
    """The one demonstration that is not explained, and the few cells of it that may be errors."""

    demonstration: int
    """Counted from 0."""
    cells: tuple[Cell, ...]
    """Rows and columns from 0; none where too many are wrong, or the size is."""


def wrong_by_step(candidate: Candidate, puzzle: Puzzle) -> dict[int, tuple[int, ...]]:
    """Return the wrong cells of each demonstration, by its number, at the input and after every step."""
    pairs = enumerate(zip(candidate.demonstrations, puzzle.train, strict=False))
    return {
        i: tuple(count_wrong(outcome.grid, pair.output) for outcome in trace.outcomes)
        for i, (trace, pair) in pairs
        if pair.output is not None and trace.outcomes
    }


def suspect(candidate: Candidate, puzzle: Puzzle) -> Suspect | None:
    """Return the only demonstration that is not explained; None where none is, or several are."""
    counts = {i: steps[-1] for i, steps in wrong_by_step(candidate, puzzle).items()}
    odd = [i for i, count in counts.items() if count]
    if len(odd) != 1 or len(counts) - 1 < LEAST_WITNESSES:
        return None
    made, wanted = candidate.demonstrations[odd[0]].output, puzzle.train[odd[0]].output
    if wanted is None or made.shape != wanted.shape or counts[odd[0]] > MOST_SUSPECTS:
        return Suspect(odd[0], ())
    cells = np.argwhere(wrong_mask(made, wanted)).tolist()
    return Suspect(odd[0], tuple((int(row), int(column)) for row, column in cells))

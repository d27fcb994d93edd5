"""Halves: compare the two halves of a grid cell by cell, with or without a separator between them."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import numpy as np
from numpy.typing import NDArray

from solver.words.operations.registry import Cells, NotApplicable, Operation

Mask = NDArray[np.bool_]
Rule = Callable[[Mask, Mask], Mask]

MARK = 1
"""Colour of the cells for which a rule holds."""

RULES: dict[str, Rule] = {
    "both": lambda first, second: first & second,
    "either": lambda first, second: first | second,
    "one of": lambda first, second: first ^ second,
    "neither of": lambda first, second: ~(first | second),
}


def compare_sides(grid: Cells, rule: Rule) -> Cells:
    """Mark the cells where the rule holds for "is content" in the left and the right half.

    With an odd width the middle column separates the halves and is ignored.
    """
    half = grid.shape[1] // 2
    if half == 0:
        raise NotApplicable("a single column has no halves")
    marked = rule(grid[:, :half] != 0, grid[:, -half:] != 0)
    return np.where(marked, np.uint8(MARK), np.uint8(0))


def overlay_sides(grid: Cells) -> Cells:
    """Lay the left half over the right half."""
    half = grid.shape[1] // 2
    if half == 0:
        raise NotApplicable("a single column has no halves")
    return np.where(grid[:, :half] != 0, grid[:, :half], grid[:, -half:])


def compare_ends(grid: Cells, rule: Rule) -> Cells:
    """As `compare_sides`, for the upper and the lower half."""
    return compare_sides(grid.T, rule).T


HALVES: list[Operation] = [
    *(
        Operation(f"{n} left and right", "halves", partial(compare_sides, rule=r), needs="sides")
        for n, r in RULES.items()
    ),
    *(
        Operation(f"{n} top and bottom", "halves", partial(compare_ends, rule=r), needs="ends")
        for n, r in RULES.items()
    ),
    Operation("left over right", "halves", overlay_sides, needs="sides"),
    Operation("top over bottom", "halves", lambda g: overlay_sides(g.T).T, needs="ends"),
]

"""How large the result of a word may be."""

from __future__ import annotations

from puzzles.grid import LARGEST_SIDE, MAX_SIDE


def side_limit(*shapes: tuple[int, ...]) -> int:
    """Cells a side of what is made of grids of these shapes: 30, and 100 where one of them is larger itself.

    So words do on ARC's grids what they do on the canvas of learned words, and larger grids keep their size.
    """
    return MAX_SIDE if all(side <= MAX_SIDE for shape in shapes for side in shape) else LARGEST_SIDE

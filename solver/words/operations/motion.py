"""Motion: operations in which cells move because of what is around them."""

from __future__ import annotations

import numpy as np

from solver.words.operations.registry import Cells, Operation, table


def fall(grid: Cells) -> Cells:
    """Let every cell that is not 0 fall to the bottom of its column, keeping the order."""
    # A stable sort by "is content" puts the empty cells first and keeps the rest in order.
    order = np.argsort(grid != 0, axis=0, kind="stable")
    return np.take_along_axis(grid, order, axis=0)


GRAVITY: list[Operation] = table(
    "gravity",
    [
        ("fall down", fall),
        ("fall up", lambda g: fall(g[::-1])[::-1]),
        ("fall right", lambda g: fall(g.T).T),
        ("fall left", lambda g: fall(g[:, ::-1].T).T[:, ::-1]),
    ],
)

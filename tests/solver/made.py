"""Puzzles made for tests."""

from __future__ import annotations

import numpy as np

from puzzles.grid import as_grid
from puzzles.puzzle import Pair, Puzzle


def role_puzzle() -> Puzzle:
    """The rarer of two colours becomes the more common one; the colours are others in every grid."""
    pairs = []
    for seed, (common, rare) in enumerate(((1, 2), (3, 8), (6, 4), (9, 5))):
        rng = np.random.default_rng(seed)
        given = np.where(rng.random((7, 7)) < 0.4, np.uint8(common), np.uint8(0))
        given[rng.permutation(7)[:3], rng.permutation(7)[:3]] = rare
        wanted = np.where(given == rare, np.uint8(common), given)
        pairs.append(Pair(as_grid(given), as_grid(wanted)))
    return Puzzle("roles", tuple(pairs[:3]), tuple(pairs[3:]))

"""Views of a puzzle: the same puzzle turned, mirrored and recoloured.

A puzzle keeps its meaning under the eight symmetries of the square (D8) and under a renaming of its
colours. A solver that sees several views and maps every answer back can let them vote.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import factorial

import numpy as np
from numpy.typing import NDArray

from puzzles.grid import COLOURS, Grid, as_grid
from puzzles.puzzle import Pair, Puzzle

_UNCHANGED = tuple(range(COLOURS))


@dataclass(frozen=True)
class View:
    """One way to look at a puzzle: transpose or not, then quarter turns, then new colours."""

    transposed: bool = False
    turns: int = 0
    """Quarter turns anticlockwise, 0 to 3."""
    colours: tuple[int, ...] = _UNCHANGED
    """The new colour of each colour, a permutation of 0 to 9."""

    def __post_init__(self) -> None:
        if self.turns not in range(4):
            raise ValueError(f"a view has {self.turns} quarter turns, expected 0 to 3")
        if sorted(self.colours) != list(_UNCHANGED):
            raise ValueError(f"a view has colours {self.colours}, expected a permutation of 0 to 9")

    def apply(self, grid: NDArray[np.integer]) -> Grid:
        """Return the grid as this view shows it; (h, w) becomes (w, h) for odd turns or a transpose."""
        return as_grid(np.array(self.colours, dtype=np.uint8)[self.place(grid)])

    def place(self, grid: NDArray[np.integer]) -> NDArray[np.integer]:
        """Transpose and turn an array of cells, colours and checks left out."""
        return np.rot90(grid.T if self.transposed else grid, self.turns)

    def invert(self, grid: NDArray[np.integer]) -> Grid:
        """Return the grid that `apply` turns into `grid`."""
        turned = np.rot90(np.argsort(self.colours)[grid], -self.turns)
        return as_grid(turned.T if self.transposed else turned)

    def apply_puzzle(self, puzzle: Puzzle) -> Puzzle:
        """Return the puzzle with this view of every grid, under the same name."""
        train = tuple(self._apply_pair(pair) for pair in puzzle.train)
        test = tuple(self._apply_pair(pair) for pair in puzzle.test)
        return Puzzle(puzzle.name, train, test, puzzle.source)

    def _apply_pair(self, pair: Pair) -> Pair:
        return Pair(self.apply(pair.input), None if pair.output is None else self.apply(pair.output))


IDENTITY = View()
SYMMETRIES = tuple(View(transposed, turns) for transposed in (False, True) for turns in range(4))
"""The eight symmetries of the square, colours unchanged, the identity first."""


def views(
    count: int, seed: int = 0, *, geometry: bool = True, colours: Sequence[int] = range(1, COLOURS)
) -> Iterator[View]:
    """Yield up to `count` distinct views, the identity first; the same arguments give the same views.

    `colours` are the colours that change places among themselves; by default 0 stays, because it is
    most often the background, and an empty list leaves all of them. Without `geometry` no view turns or
    mirrors. Fewer views come when fewer exist. The symmetries take turns, so that a few views already
    look from every side.
    """
    rng = np.random.default_rng(seed)
    symmetries = SYMMETRIES if geometry else (IDENTITY,)
    movable = sorted(set(colours))
    count = min(count, len(symmetries) * factorial(len(movable)))
    seen: set[View] = set()
    order = [IDENTITY, *(symmetries[1:][i] for i in rng.permutation(len(symmetries) - 1))]
    while len(seen) < count:
        symmetry = order[len(seen) % len(order)]
        recolour = _recolour(rng, movable) if seen else _UNCHANGED
        view = View(symmetry.transposed, symmetry.turns, recolour)
        if view not in seen:
            seen.add(view)
            yield view


def _recolour(rng: np.random.Generator, movable: Sequence[int]) -> tuple[int, ...]:
    new = np.arange(COLOURS)
    new[movable] = rng.permutation(movable)
    return tuple(int(colour) for colour in new)

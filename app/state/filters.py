"""Which puzzles of a collection a person wants to see."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Literal

import numpy as np

from app.state.solved import Solved, Solver
from puzzles.grid import LARGEST_SIDE, SHOWN_COLOURS
from puzzles.puzzle import Puzzle

ANY_SIDE = (1, LARGEST_SIDE)
ANY_COLOURS = (1, SHOWN_COLOURS + 1)
"""Padding counts as one."""
Wanted = Literal["any", "me", "glossa", "unsolved"]


@dataclass(frozen=True)
class Filter:
    """What is listed; the default lists everything."""

    text: str = ""
    """Words that all occur in the id, the name or a description, in any order."""
    solved: Wanted = "any"
    sides: tuple[int, int] = ANY_SIDE
    """Least and most cells of the longest side of any grid."""
    colours: tuple[int, int] = ANY_COLOURS
    """Least and most colours in all grids together."""

    @property
    def looks_inside(self) -> bool:
        """Whether puzzles must be read to be judged."""
        return (self.sides, self.colours) != (ANY_SIDE, ANY_COLOURS)

    @property
    def active(self) -> bool:
        """Whether it asks for more than a text."""
        return replace(self, text="") != Filter()

    def accepts_name(self, name: str, about: str = "") -> bool:
        """Whether the words are in a name and what is said about it; hyphens and underscores are spaces."""
        plain = f"{_plain(name)} {_plain_text(about)}" if about else _plain(name)
        return all(word in plain for word in _plain(self.text).split())

    def accepts(self, puzzle: Puzzle, solved: Solved) -> bool:
        """Whether a puzzle's grids and its history are what is asked for."""
        if not _accepts_history(self.solved, solved.solvers(puzzle)):
            return False
        if not self.looks_inside:
            return True
        side, colours = measure(puzzle)
        return self.sides[0] <= side <= self.sides[1] and self.colours[0] <= colours <= self.colours[1]


def _accepts_history(wanted: Wanted, solvers: frozenset[Solver]) -> bool:
    if wanted == "any":
        return True
    return not solvers if wanted == "unsolved" else wanted in solvers


def measure(puzzle: Puzzle) -> tuple[int, int]:
    """Return the longest side of any grid of a puzzle, and how many colours there are in all."""
    grids = [grid for pair in (*puzzle.train, *puzzle.test) for grid in (pair.input, pair.output)]
    known = [grid for grid in grids if grid is not None]
    colours = set[int]().union(*(np.unique(grid).tolist() for grid in known))
    return max(max(grid.shape) for grid in known), len(colours)


@lru_cache(maxsize=4096)
def _plain(text: str) -> str:
    return _plain_text(text)


def _plain_text(text: str) -> str:
    return text.lower().replace("-", " ").replace("_", " ")

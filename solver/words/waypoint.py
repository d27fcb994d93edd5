"""What a person wants the grids to be in the middle of a program."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from puzzles.grid import Grid
from solver.words.program import Program

Side = Literal["before", "after", "both"]
"""Which steps are searched: those that lead to what is wanted, those that go on from it, or all."""


@dataclass(frozen=True, eq=False)
class Waypoint:
    """Grids wanted after some steps of a program."""

    program: Program
    """The program there is; it may have no steps."""
    position: int
    """After how many of its steps the grids are wanted."""
    wanted: tuple[Grid | None, ...]
    """One per demonstration; None where it is not said what is wanted, and at least one that is."""
    side: Side

    def __post_init__(self) -> None:
        """Raise `ValueError` for what is no waypoint."""
        if not 0 <= self.position <= len(self.program.steps):
            raise ValueError(f"position is {self.position}, expected 0 to {len(self.program.steps)}")
        if all(grid is None for grid in self.wanted):
            raise ValueError("no grid is wanted, expected one for at least one demonstration")

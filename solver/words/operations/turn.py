"""Turn: grids that differ in their direction are turned until something lies level or below, and back.

"turn so that its lines lie level" looks at the grid alone; the word that turns back looks at the grid
as it was.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import ClassVar, Self

import numpy as np

from puzzles.grid import Cells
from solver.words.operations.pieces import Pieces, background
from solver.words.operations.registry import NotApplicable
from solver.words.rule import Operands, Part, Rule, Slot, Value

_TURN = re.compile(r"turn so that (?P<turning>.+)")
_TURN_BACK = re.compile(r"turn back from where (?P<turning>.+)")
_TRANSPOSE = 4
"""Instead of a number of quarter turns."""


def _lines_level(grid: Cells) -> int:
    content = grid != background(grid)
    level = ((grid[:, 1:] == grid[:, :-1]) & content[:, 1:]).sum()
    upright = ((grid[1:] == grid[:-1]) & content[1:]).sum()
    return _TRANSPOSE if upright > level else 0


def _content_wide(grid: Cells) -> int:
    found = np.argwhere(grid != background(grid))
    if not found.size:
        return 0
    height, width = np.ptp(found, axis=0)
    return _TRANSPOSE if height > width else 0


def _wide(grid: Cells) -> int:
    return _TRANSPOSE if grid.shape[0] > grid.shape[1] else 0


def _fullest_edge_below(grid: Cells) -> int:
    content = grid != background(grid)
    # In the order in which anticlockwise quarter turns bring them to the bottom.
    edges = [edge.mean() for edge in (content[-1], content[:, 0], content[0], content[:, -1])]
    return int(np.argmax(edges))


def _most_below(grid: Cells) -> int:
    found = np.argwhere(grid != background(grid))
    if not found.size:
        return 0
    down, right = found.mean(0) - (np.array(grid.shape) - 1) / 2
    return int(np.argmax([down, -right, -down, right]))


TURNINGS: dict[str, Callable[[Cells], int]] = {
    "its lines lie level": _lines_level,
    "its content is wide": _content_wide,
    "it is wide": _wide,
    "its fullest edge is below": _fullest_edge_below,
    "most of its content is below": _most_below,
}
"""Per description how often a grid is turned anticlockwise, or that it is transposed."""


def turned(grid: Cells, turning: str) -> Cells:
    """Turn a grid so that the description is true of it."""
    return turned_like(grid, grid, turning, back=False)


def turned_like(grid: Cells, original: Cells, turning: str, back: bool) -> Cells:
    """Turn a grid, or turn it back, as the original is turned."""
    times = TURNINGS[turning](original)
    return np.ascontiguousarray(grid.T if times == _TRANSPOSE else np.rot90(grid, -times if back else times))


def turn(turning: str, operands: Sequence[Cells | Pieces]) -> Cells:
    """Turn one grid so that the description is true of it."""
    (grid,) = operands
    if isinstance(grid, Pieces):
        raise NotApplicable("it needs a grid, not pieces")
    return turned(grid, turning)


def turn_back(turning: str, operands: Sequence[Cells | Pieces]) -> Cells:
    """Turn the first grid back as the second would be turned."""
    grids = [operand for operand in operands if not isinstance(operand, Pieces)]
    if len(grids) != 2 or len(operands) != 2:
        raise NotApplicable("two grids are needed")
    return turned_like(grids[0], grids[1], turning, back=True)


@dataclass(frozen=True)
class Turn(Rule):
    """Turn a grid so that a description is true of it."""

    description: ClassVar[str] = "Turn a grid until what is said is true of it."
    turning: str
    """One of `TURNINGS`."""

    @classmethod
    def parse(cls, text: str) -> Self | None:
        """Read a rule back from its text; None when it is not one."""
        match = _TURN.fullmatch(text)
        return cls(match["turning"]) if match and match["turning"] in TURNINGS else None

    @property
    def parts(self) -> tuple[Part, ...]:
        """The description behind what is done."""
        return ("turn so that ", Slot(self.turning, tuple(TURNINGS)))

    @property
    def function(self) -> Callable[[Operands], Value]:
        """`turn` with the description."""
        return partial(turn, self.turning)


@dataclass(frozen=True)
class TurnBack(Rule):
    """Undo `Turn`, looking at the grid as it was before."""

    description: ClassVar[str] = "Turn a grid back as the grid before was turned."
    turning: str
    """One of `TURNINGS`."""

    @classmethod
    def parse(cls, text: str) -> Self | None:
        """Read a rule back from its text; None when it is not one."""
        match = _TURN_BACK.fullmatch(text)
        return cls(match["turning"]) if match and match["turning"] in TURNINGS else None

    @property
    def parts(self) -> tuple[Part, ...]:
        """The description behind what is done."""
        return ("turn back from where ", Slot(self.turning, tuple(TURNINGS)))

    @property
    def function(self) -> Callable[[Operands], Value]:
        """`turn_back` with the description."""
        return partial(turn_back, self.turning)

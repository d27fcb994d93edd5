"""Renumber: colours that differ from grid to grid get numbers by how common they are, and get them back.

The colours that play a part of their own in every grid are kept; which those are is in the word's name.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from functools import partial
from typing import ClassVar, Self

import numpy as np
from numpy.typing import NDArray

from puzzles.grid import COLOURS, Cells
from solver.words.operations.pieces import Pieces, counts
from solver.words.operations.registry import NotApplicable
from solver.words.rule import COLOURS as NAMES
from solver.words.rule import Operands, Part, Rule, Slot, Value, joined

_KEPT = r"(?P<kept>[0-9](?: [0-9])*|none)"
_RENUMBER = re.compile(rf"number the colours by frequency but {_KEPT}")
_GIVE_BACK = re.compile(rf"give the colours back but {_KEPT}")


def numbering(grid: Cells, kept: Collection[int]) -> NDArray[np.uint8]:
    """(10,) a permutation: kept colours stay, the others of the grid follow by how common they are."""
    number = counts(grid)
    others = [colour for colour in range(COLOURS) if colour not in kept]
    mapping = np.arange(COLOURS, dtype=np.uint8)
    # The sort is stable, so colours that are absent stay in order behind those that are there.
    mapping[sorted(others, key=lambda colour: -number[colour])] = others
    return mapping


def renumbered(grid: Cells, kept: Collection[int]) -> Cells:
    """Number the colours of a grid by how common they are."""
    return numbering(grid, kept)[grid]


def give_back(grid: Cells, original: Cells, kept: Collection[int]) -> Cells:
    """Turn the numbers back into the colours they had in the original."""
    return np.argsort(numbering(original, kept)).astype(np.uint8)[grid]


def renumber(kept: tuple[int, ...], operands: Sequence[Cells | Pieces]) -> Cells:
    """Number the colours of one grid by how common they are."""
    (grid,) = _grids(operands, 1)
    return renumbered(grid, kept)


def give_back_to(kept: tuple[int, ...], operands: Sequence[Cells | Pieces]) -> Cells:
    """Give a grid the colours back it had in the second one."""
    grid, original = _grids(operands, 2)
    return give_back(grid, original, kept)


def _grids(operands: Sequence[Cells | Pieces], number: int) -> list[Cells]:
    grids = [operand for operand in operands if not isinstance(operand, Pieces)]
    if len(grids) != len(operands) or len(grids) != number:
        raise NotApplicable("two grids are needed" if number == 2 else "one grid is needed")
    return grids


def _kept(pattern: re.Pattern[str], text: str) -> tuple[int, ...] | None:
    match = pattern.fullmatch(text)
    if match is None:
        return None
    return () if match["kept"] == "none" else tuple(map(int, match["kept"].split()))


def _kept_parts(kept: tuple[int, ...]) -> tuple[Part, ...]:
    """The kept colours; each may give way to one that is not kept yet."""
    free = [name for name in NAMES if int(name) not in kept]
    slots = [(Slot(str(colour), tuple(sorted([*free, str(colour)]))),) for colour in kept]
    return joined(slots, " ") or ("none",)


@dataclass(frozen=True)
class Renumber(Rule):
    """Give the colours that are not kept numbers by how common they are in the grid."""

    description: ClassVar[str] = "Number the colours of a grid by how common they are there, except some."
    kept: tuple[int, ...]

    @classmethod
    def parse(cls, text: str) -> Self | None:
        """Read a rule back from its text; None when it is not one."""
        kept = _kept(_RENUMBER, text)
        return None if kept is None else cls(kept)

    @property
    def parts(self) -> tuple[Part, ...]:
        """The kept colours behind what is done."""
        return ("number the colours by frequency but ", *_kept_parts(self.kept))

    @property
    def function(self) -> Callable[[Operands], Value]:
        """`renumber` with the kept colours."""
        return partial(renumber, self.kept)


@dataclass(frozen=True)
class GiveBack(Rule):
    """Undo `Renumber`, looking at the grid as it was before."""

    description: ClassVar[str] = "Give numbered colours back what they were in the grid before."
    kept: tuple[int, ...]

    @classmethod
    def parse(cls, text: str) -> Self | None:
        """Read a rule back from its text; None when it is not one."""
        kept = _kept(_GIVE_BACK, text)
        return None if kept is None else cls(kept)

    @property
    def parts(self) -> tuple[Part, ...]:
        """The kept colours behind what is done."""
        return ("give the colours back but ", *_kept_parts(self.kept))

    @property
    def function(self) -> Callable[[Operands], Value]:
        """`give_back_to` with the kept colours."""
        return partial(give_back_to, self.kept)

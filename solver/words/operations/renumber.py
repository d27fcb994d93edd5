"""Renumber: colours that differ from grid to grid get numbers by the part they play, and get them back.

What they are ordered by (how common they are, how large their objects are, where they lie …) and the colours
that play a part of their own in every grid, which are kept, are in the word's name.
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
from solver.words.operations.pieces import Pieces, components, counts
from solver.words.operations.registry import NotApplicable
from solver.words.rule import COLOURS as NAMES
from solver.words.rule import Operands, Part, Rule, Slot, Value, joined

_KEPT = r"(?P<kept>[0-9](?: [0-9])*|none)"


def _largest_object(grid: Cells, colour: int) -> int:
    """Negative cells of the largest connected part of a colour."""
    labels = components(grid, True, False, None)[grid == colour]
    return -int(np.bincount(labels).max())


def _objects(grid: Cells, colour: int) -> int:
    """Negative number of connected parts of a colour."""
    return -int(np.unique(components(grid, True, False, None)[grid == colour]).size)


def _box(grid: Cells, colour: int) -> int:
    """Negative area of the box around a colour, so that what encloses comes before what is enclosed."""
    rows, columns = np.nonzero(grid == colour)
    return -int((np.ptp(rows) + 1) * (np.ptp(columns) + 1))


def _from_the_top(grid: Cells, colour: int) -> int:
    """Place of a colour's first cell in reading order."""
    return int((grid == colour).ravel().argmax())


def _from_the_left(grid: Cells, colour: int) -> int:
    """Place of a colour's first cell, column by column."""
    return int((grid == colour).T.ravel().argmax())


FREQUENCY = "frequency"
ORDERS: dict[str, Callable[[Cells, int], int]] = {
    FREQUENCY: lambda grid, colour: -int((grid == colour).sum()),
    "their largest object": _largest_object,
    "the box around them": _box,
    "their number of objects": _objects,
    "place from the top": _from_the_top,
    "place from the left": _from_the_left,
}
"""What the colours of a grid may be ordered by: a number for each that is there, the least comes first."""
_ORDER = rf"(?P<order>{'|'.join(ORDERS)})"
_RENUMBER = re.compile(rf"number the colours by {_ORDER} but {_KEPT}")
_GIVE_BACK = re.compile(rf"give the colours back(?: by {_ORDER})? but {_KEPT}")


def numbering(grid: Cells, kept: Collection[int], order: str = FREQUENCY) -> NDArray[np.uint8]:
    """(10,) a permutation: kept colours stay, the others of the grid follow in one of `ORDERS`.

    Where the order leaves two alike, the more common one comes first.
    """
    number = counts(grid)
    others = [colour for colour in range(COLOURS) if colour not in kept]
    place = {
        colour: (ORDERS[order](grid, colour), -int(number[colour])) for colour in others if number[colour]
    }
    last = (grid.size, 0)
    mapping = np.arange(COLOURS, dtype=np.uint8)
    # The sort is stable, so colours that are absent stay in order behind those that are there.
    mapping[sorted(others, key=lambda colour: place.get(colour, last))] = others
    return mapping


def renumbered(grid: Cells, kept: Collection[int], order: str = FREQUENCY) -> Cells:
    """Number the colours of a grid in an order."""
    return numbering(grid, kept, order)[grid]


def give_back(grid: Cells, original: Cells, kept: Collection[int], order: str = FREQUENCY) -> Cells:
    """Turn the numbers back into the colours they had in the original."""
    return np.argsort(numbering(original, kept, order)).astype(np.uint8)[grid]


def renumber(kept: tuple[int, ...], order: str, operands: Sequence[Cells | Pieces]) -> Cells:
    """Number the colours of one grid in an order."""
    (grid,) = _grids(operands, 1)
    return renumbered(grid, kept, order)


def give_back_to(kept: tuple[int, ...], order: str, operands: Sequence[Cells | Pieces]) -> Cells:
    """Give a grid the colours back it had in the second one."""
    grid, original = _grids(operands, 2)
    return give_back(grid, original, kept, order)


def _grids(operands: Sequence[Cells | Pieces], number: int) -> list[Cells]:
    grids = [operand for operand in operands if not isinstance(operand, Pieces)]
    if len(grids) != len(operands) or len(grids) != number:
        raise NotApplicable("two grids are needed" if number == 2 else "one grid is needed")
    return grids


def _kept(text: str) -> tuple[int, ...]:
    return () if text == "none" else tuple(map(int, text.split()))


def _kept_parts(kept: tuple[int, ...]) -> tuple[Part, ...]:
    """The kept colours; each may give way to one that is not kept yet."""
    free = [name for name in NAMES if int(name) not in kept]
    slots = [(Slot(str(colour), tuple(sorted([*free, str(colour)]))),) for colour in kept]
    return joined(slots, " ") or ("none",)


@dataclass(frozen=True)
class Renumber(Rule):
    """Give the colours that are not kept numbers by the part they play in the grid."""

    description: ClassVar[str] = "Number the colours of a grid by the part they play there, except some."
    kept: tuple[int, ...]
    order: str = FREQUENCY
    """One of `ORDERS`."""

    @classmethod
    def parse(cls, text: str) -> Self | None:
        """Read a rule back from its text; None when it is not one."""
        match = _RENUMBER.fullmatch(text)
        return None if match is None else cls(_kept(match["kept"]), match["order"])

    @property
    def parts(self) -> tuple[Part, ...]:
        """The order and the kept colours behind what is done."""
        return ("number the colours by ", Slot(self.order, tuple(ORDERS)), " but ", *_kept_parts(self.kept))

    @property
    def function(self) -> Callable[[Operands], Value]:
        """`renumber` with the kept colours and the order."""
        return partial(renumber, self.kept, self.order)


@dataclass(frozen=True)
class GiveBack(Rule):
    """Undo `Renumber`, looking at the grid as it was before."""

    description: ClassVar[str] = "Give numbered colours back what they were in the grid before."
    kept: tuple[int, ...]
    order: str = FREQUENCY
    """One of `ORDERS`; the text names it where it is not how common they are."""

    @classmethod
    def parse(cls, text: str) -> Self | None:
        """Read a rule back from its text; None when it is not one."""
        match = _GIVE_BACK.fullmatch(text)
        if match is None or match["order"] == FREQUENCY:
            return None
        return cls(_kept(match["kept"]), match["order"] or FREQUENCY)

    @property
    def parts(self) -> tuple[Part, ...]:
        """The order and the kept colours behind what is done."""
        if self.order == FREQUENCY:
            return ("give the colours back but ", *_kept_parts(self.kept))
        order = Slot(self.order, tuple(name for name in ORDERS if name != FREQUENCY))
        return ("give the colours back by ", order, " but ", *_kept_parts(self.kept))

    @property
    def function(self) -> Callable[[Operands], Value]:
        """`give_back_to` with the kept colours and the order."""
        return partial(give_back_to, self.kept, self.order)

"""Copies: "lay copies flipped up-down for each cell where row = 1", a tile for every cell of a small grid.

One grid is the layout, a cell for every tile, and another the template. Tiles are laid where conditions on
the layout's cells hold, so fractals, mirrored tilings and patterns of stamps are one kind of word. Several
such rules in a row, each on the canvas of the one before, lay tiles in several ways.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import ClassVar, Self

import numpy as np

from puzzles.grid import Cells
from solver.words.features import cell_features
from solver.words.operations.condition import Condition, parse_conditions, where_parts
from solver.words.operations.limits import side_limit
from solver.words.operations.pieces import Pieces, background
from solver.words.operations.registry import NotApplicable
from solver.words.operations.roles import swap_two
from solver.words.rule import Operands, Part, Rule, Slot, Value


def _as_it_is(template: Cells, _: int) -> Cells:
    return template


def _flipped_left_right(template: Cells, _: int) -> Cells:
    return template[:, ::-1]


def _flipped_up_down(template: Cells, _: int) -> Cells:
    return template[::-1]


def _turned_half_way(template: Cells, _: int) -> Cells:
    return template[::-1, ::-1]


def _turned_clockwise(template: Cells, _: int) -> Cells:
    return np.rot90(template, -1)


def _turned_anticlockwise(template: Cells, _: int) -> Cells:
    return np.rot90(template)


def _transposed(template: Cells, _: int) -> Cells:
    return template.T


def _anti_transposed(template: Cells, _: int) -> Cells:
    return template[::-1, ::-1].T


def _in_the_colour(template: Cells, colour: int) -> Cells:
    return np.where(template == empty_colour(template), template, np.uint8(colour))


def _filled(template: Cells, colour: int) -> Cells:
    return np.full_like(template, colour)


def _swapped(template: Cells, _: int) -> Cells:
    return swap_two(template)


WAYS: dict[str, Callable[[Cells, int], Cells]] = {
    "as they are": _as_it_is,
    "in the cell's colour": _in_the_colour,
    "flipped left-right": _flipped_left_right,
    "flipped up-down": _flipped_up_down,
    "turned half-way": _turned_half_way,
    "turned clockwise": _turned_clockwise,
    "turned anticlockwise": _turned_anticlockwise,
    "transposed": _transposed,
    "anti-transposed": _anti_transposed,
    "with their two colours swapped": _swapped,
    "filled with the cell's colour": _filled,
}
"""How a copy may differ from the template, the plainest first; given the template and the cell's colour."""
BY_COLOUR = frozenset({"in the cell's colour", "filled with the cell's colour"})
"""Ways for which the colour of the layout's cell matters."""
_COPIES = re.compile(rf"lay copies (?P<way>{'|'.join(WAYS)}) for each cell(?: where (?P<where>.+))?")


@dataclass(frozen=True)
class Copies(Rule):
    """How the copies look, and for which cells of the layout they are laid."""

    description: ClassVar[str] = "Lay a copy of the second grid for each cell of the first one that is meant."
    way: str
    """One of `WAYS`."""
    where: tuple[Condition, ...] = ()

    @classmethod
    def parse(cls, text: str) -> Self | None:
        """Read a rule back from its text; None when it is not one."""
        match = _COPIES.fullmatch(text)
        if match is None:
            return None
        where = parse_conditions(match["where"]) if match["where"] else ()
        return None if where is None else cls(match["way"], where)

    @property
    def parts(self) -> tuple[Part, ...]:
        """ "lay copies ", the way, " for each cell", the conditions."""
        return ("lay copies ", Slot(self.way, tuple(WAYS)), " for each cell", *where_parts(self.where))

    @property
    def function(self) -> Callable[[Operands], Value]:
        """`lay_copies` with this rule's way and conditions."""
        return partial(lay_copies, self.way, self.where)


def empty_colour(template: Cells) -> int:
    """The colour where no copy lies: the template's background, or 0 where the template has none."""
    return background(template) if (template == 0).any() else 0


def lay_copies(way: str, where: tuple[Condition, ...], operands: Sequence[Cells | Pieces]) -> Cells:
    """Lay copies of a template on a canvas.

    Operands are the layout, the template, and the canvas, or none for an empty one. The canvas has as many
    rows as layout and template multiplied, and so many columns.
    """
    grids = [operand for operand in operands if not isinstance(operand, Pieces)]
    if len(grids) != len(operands) or len(grids) not in (2, 3):
        raise NotApplicable("it needs two grids, or three")
    layout, template = grids[:2]
    height, width = template.shape
    shape = layout.shape[0] * height, layout.shape[1] * width
    if max(shape) > side_limit(layout.shape, template.shape):
        raise NotApplicable("the copies would not fit")
    if len(grids) == 3 and grids[2].shape != shape:
        raise NotApplicable("the canvas has another shape than the copies need")
    canvas = grids[2].copy() if len(grids) == 3 else np.full(shape, empty_colour(template), np.uint8)
    meant = np.ones(layout.shape, np.bool_)
    if where:
        features = cell_features(layout)
        for condition in where:
            meant &= condition.holds(features)
    for row, column in np.argwhere(meant):
        copy = WAYS[way](template, int(layout[row, column]))
        if copy.shape != template.shape:
            raise NotApplicable("a turned copy has another shape")
        canvas[row * height : (row + 1) * height, column * width : (column + 1) * width] = copy
    return canvas

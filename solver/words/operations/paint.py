"""Paint: "paint <colour> where <condition> and <condition>", a rule by which cells get their colour.

A colour is a number, or the name of a cell feature that holds a colour (`solver.words.features`), so that
it is found in each grid. `KeepPainting`, "keep on: paint …", applies such a rule until nothing changes.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import ClassVar, Self

import numpy as np

from puzzles.grid import Cells
from solver.words.features import Features, add_current, cell_features, similar_features
from solver.words.operations.condition import Condition, parse_conditions, values_of, where_parts
from solver.words.operations.pieces import Pieces
from solver.words.operations.registry import NotApplicable
from solver.words.rule import COLOURS, Operands, Part, Rule, Slot, Value

_MOST_ROUNDS = 60
_PAINT = re.compile(r"paint (?P<source>.+?)(?: where (?P<where>.+))?")
_KEEP_PAINTING = re.compile(r"keep on: (?P<rule>.+)")


@dataclass(frozen=True)
class Paint(Rule):
    """Which colour goes where; without conditions it goes everywhere."""

    description: ClassVar[str] = "Paint the cells for which all conditions hold in one colour."
    colour: int | str
    """A colour's number, or the name of the feature that holds it."""
    where: tuple[Condition, ...] = ()

    @classmethod
    def parse(cls, text: str) -> Self | None:
        """Read a rule back from its text; None when it is not one."""
        match = _PAINT.fullmatch(text)
        if match is None:
            return None
        where = parse_conditions(match["where"]) if match["where"] else ()
        colour: int | str = match["source"]
        if match["source"].isdecimal():
            colour = int(match["source"])
            if colour not in range(len(COLOURS)):
                return None
        return None if where is None else cls(colour, where)

    @property
    def parts(self) -> tuple[Part, ...]:
        """ "paint ", the colour, the conditions."""
        named = isinstance(self.colour, str)
        colour = similar_features(str(self.colour)) if named else (Slot(str(self.colour), COLOURS),)
        return ("paint ", *colour, *where_parts(self.where))

    @property
    def function(self) -> Callable[[Operands], Value]:
        """`paint` with this rule's colour and conditions."""
        return partial(paint, self.colour, self.where)

    @property
    def features(self) -> frozenset[str]:
        """Names of all features it looks at."""
        named = {self.colour} if isinstance(self.colour, str) else set()
        return frozenset(named | {condition.feature for condition in self.where})

    def with_features(self, names: dict[str, str]) -> Paint:
        """The same rule with some features replaced by others, by name."""
        colour = self.colour
        return Paint(
            names.get(colour, colour) if isinstance(colour, str) else colour,
            tuple(replace(one, feature=names.get(one.feature, one.feature)) for one in self.where),
        )


@dataclass(frozen=True)
class KeepPainting(Rule):
    """A painting rule that is applied until nothing changes."""

    description: ClassVar[str] = "Apply a painting rule again and again until nothing changes."
    rule: Paint

    @classmethod
    def parse(cls, text: str) -> Self | None:
        """Read a rule back from its text; None when it is not one."""
        match = _KEEP_PAINTING.fullmatch(text)
        rule = Paint.parse(match["rule"]) if match else None
        return None if rule is None else cls(rule)

    @property
    def parts(self) -> tuple[Part, ...]:
        """ "keep on: ", the painting rule."""
        return ("keep on: ", *self.rule.parts)

    @property
    def function(self) -> Callable[[Operands], Value]:
        """`keep_painting` with the rule's colour and conditions."""
        return partial(keep_painting, self.rule.colour, self.rule.where)


def paint(source: int | str, where: tuple[Condition, ...], operands: Sequence[Cells | Pieces]) -> Cells:
    """Paint a canvas where conditions hold.

    Operands are the canvas, the grid that is looked at (or none: the canvas), then further grids or pieces.
    """
    canvas, *rest = operands
    looked_at = rest[0] if rest else canvas
    if isinstance(canvas, Pieces) or isinstance(looked_at, Pieces):
        raise NotApplicable("pieces cannot be painted on")
    return painted(canvas, cell_features(looked_at, rest[1:]), source, where)


def keep_painting(
    source: int | str, where: tuple[Condition, ...], operands: Sequence[Cells | Pieces]
) -> Cells:
    """Paint again and again, looking at what is painted by now, until nothing changes."""
    canvas, *rest = operands
    if isinstance(canvas, Pieces) or rest:
        raise NotApplicable("one grid is painted on and looked at")
    features = cell_features(canvas)
    for _ in range(_MOST_ROUNDS):
        add_current(canvas, features)
        following = painted(canvas, features, source, where)
        if np.array_equal(following, canvas):
            return canvas
        canvas = following
    raise NotApplicable("the painting never ends")


def painted(canvas: Cells, features: Features, source: int | str, where: tuple[Condition, ...]) -> Cells:
    """Paint a canvas of the features' shape; cells whose colour does not exist stay as they are."""
    if canvas.shape != features.shape:
        raise NotApplicable("the canvas and the grid that is looked at differ in shape")
    mask = np.ones(canvas.shape, np.bool_)
    for condition in where:
        mask &= condition.holds(features)
    if isinstance(source, int):
        return np.where(mask, np.uint8(source), canvas)
    colour = values_of(features, source)
    return np.where(mask & (colour >= 0), colour, canvas).astype(np.uint8)

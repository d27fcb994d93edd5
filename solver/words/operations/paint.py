"""Paint: "paint <colour> where <condition> and <condition>", the rule a cell's colour is found by.

A colour is a number, or a colour layer's name for a colour found on the spot; a condition compares a
layer (solver/words/features) with a number. The text is the rule: it is read back by `parse_paint`.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from puzzles.grid import Cells
from solver.words.features import Layers, add_current, all_layers
from solver.words.operations.pieces import Pieces
from solver.words.operations.registry import NotApplicable

KEEP_PAINTING = "keep on: "
"""Before a rule: apply it until nothing changes."""
_MOST_ROUNDS = 60
RELATIONS = ("=", "≠", "≥", "≤")
_RULE = re.compile(r"paint (?P<source>.+?)(?: where (?P<where>.+))?")
_CONDITION = re.compile(r"(?P<layer>.+) (?P<relation>[=≠≥≤]) (?P<value>-?\d+)")


@dataclass(frozen=True)
class Condition:
    """One comparison of a layer with a number."""

    layer: str
    relation: str
    value: int

    def __str__(self) -> str:
        return f"{self.layer} {self.relation} {self.value}"

    def holds(self, layers: Layers) -> NDArray[np.bool_]:
        """Cells for which it is true; raises `NotApplicable` where the grid has no such layer."""
        return compare(_layer(layers, self.layer), self.relation, self.value)


@dataclass(frozen=True)
class Paint:
    """Which colour goes where; without conditions it goes everywhere."""

    source: str
    where: tuple[Condition, ...]

    def __str__(self) -> str:
        conditions = " and ".join(map(str, self.where))
        return f"paint {self.source}" + (f" where {conditions}" if conditions else "")

    def apply(self, canvas: Cells, layers: Layers) -> Cells:
        """Paint a canvas of the layers' shape; cells whose colour does not exist stay as they are."""
        if canvas.shape != layers.shape:
            raise NotApplicable("the canvas and the grid that is looked at differ in shape")
        mask = np.ones(canvas.shape, np.bool_)
        for condition in self.where:
            mask &= condition.holds(layers)
        if self.source.isdigit():
            return np.where(mask, np.uint8(int(self.source)), canvas)
        colour = _layer(layers, self.source)
        return np.where(mask & (colour >= 0), colour, canvas).astype(np.uint8)


def compare(values: NDArray[np.int16], relation: str, value: int) -> NDArray[np.bool_]:
    """Compare a layer with a number."""
    if relation == "=":
        return np.asarray(values == value)
    if relation == "≠":
        return np.asarray(values != value)
    return np.asarray(values >= value) if relation == "≥" else np.asarray(values <= value)


def parse_paint(text: str) -> Paint | None:
    """Read a rule back from its text; None when it is not one."""
    match = _RULE.fullmatch(text)
    if match is None:
        return None
    conditions = parse_conditions(match["where"]) if match["where"] else ()
    return None if conditions is None else Paint(match["source"], conditions)


def parse_conditions(text: str) -> tuple[Condition, ...] | None:
    """Read "<condition> and <condition>"; None when one of them is none."""
    found = [_CONDITION.fullmatch(part) for part in text.split(" and ")]
    if None in found:
        return None
    return tuple(Condition(m["layer"], m["relation"], int(m["value"])) for m in found if m)


def paint(rule: Paint, operands: Sequence[Cells | Pieces]) -> Cells:
    """Apply a rule: operands are the canvas, the grid that is looked at (or none: the canvas), others."""
    canvas, *rest = operands
    looked_at = rest[0] if rest else canvas
    if isinstance(canvas, Pieces) or isinstance(looked_at, Pieces):
        raise NotApplicable("pieces cannot be painted on")
    return rule.apply(canvas, all_layers(looked_at, rest[1:]))


def keep_painting(rule: Paint, operands: Sequence[Cells | Pieces]) -> Cells:
    """Apply a rule again and again, looking at what is painted by now, until nothing changes."""
    canvas, *rest = operands
    if isinstance(canvas, Pieces) or rest:
        raise NotApplicable("one grid is painted on and looked at")
    layers = all_layers(canvas)
    for _ in range(_MOST_ROUNDS):
        add_current(canvas, layers)
        following = rule.apply(canvas, layers)
        if np.array_equal(following, canvas):
            return canvas
        canvas = following
    raise NotApplicable("the painting never ends")


def _layer(layers: Layers, name: str) -> NDArray[np.int16]:
    if name not in layers.values:
        raise NotApplicable(f"this grid has no {name}")
    return layers.values[name]

"""Words beyond the curriculum that the exact search used in at least two ARC-AGI-1 training tasks.

Counted by `python -m tools.count_words` on the tasks outside the held-out 40; where a word has a direction,
the other directions stand beside it.
"""

from __future__ import annotations

from functools import partial

from puzzles.grid import Cells
from solver.words.features import features_named
from solver.words.operations.complete import RESTORATIONS
from solver.words.operations.lines import AREAS, LINES
from solver.words.operations.paint import Paint, painted
from solver.words.operations.registry import Operation
from solver.words.operations.roles import ROLE_OPERATIONS
from solver.words.operations.scale import SCALES

_SIDES = ("up", "down", "left", "right", "up-left", "up-right", "down-left", "down-right")
_WORDS = (
    *(f"extend {side}" for side in _SIDES),
    "join diagonally",
    "fill boxes",
    "hollow out",
    "restore pattern over 0",
    "restore symmetry over 0",
    "scale up by the number of colours",
    "swap the two colours",
)
_RULES = (
    "paint 1 where size rank of its object = 1",
    "paint 2 where size rank from the smallest of its object = 1",
    "paint 0 where thickness of its colour = 1",
    "paint 1 where cells of 2 around it = 1",
)


def _painted(name: str, grid: Cells) -> Cells:
    rule = Paint.parse(name)
    if rule is None:
        raise ValueError(f"{name!r} is no painting rule")
    return painted(grid, features_named(grid, rule.features), rule.colour, rule.where)


_BY_NAME = {op.name: op for op in (*RESTORATIONS, *LINES, *AREAS, *ROLE_OPERATIONS, *SCALES)}

COUNTED_OPERATIONS: tuple[Operation, ...] = (
    *(_BY_NAME[name] for name in _WORDS),
    *(Operation(name, "rule", partial(_painted, name)) for name in _RULES),
)
"""Operations that training may take besides those of the curriculum (`TrainConfig.counted`)."""

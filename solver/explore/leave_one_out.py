"""Whether rules generalise: learn them without one demonstration, and see if they get it right."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from puzzles.grid import Cells
from solver.explore.conditions import separate
from solver.explore.costs import COSTS
from solver.explore.decision_lists import learn
from solver.explore.evidence import Mask, gather
from solver.explore.states import Node
from solver.words.features import Features

_TRIED = 4
"""Rule lists of a smaller puzzle that may get the demonstration right."""


def confirmed(
    cost: float, features: Sequence[Features], bases: Sequence[Cells], targets: Sequence[Cells]
) -> float:
    """Share of the demonstrations that rules learned from the others get right; 1 for cheap rules."""
    number = len(targets)
    if cost <= COSTS.surely_general or number < 2:
        return 1.0
    return sum(_predicted(place, features, bases, targets) for place in range(number)) / number


def _predicted(
    place: int, features: Sequence[Features], bases: Sequence[Cells], targets: Sequence[Cells]
) -> bool:
    others = [i for i in range(len(targets)) if i != place]
    order = [*others, place]
    evidence = gather([features[i] for i in order], [bases[i] for i in order], [targets[i] for i in others])
    return any(np.array_equal(rules.answers[0], targets[place]) for rules in learn(evidence)[:_TRIED])


@dataclass(frozen=True)
class Supported:
    """A state that a rule on pieces leads to, and how well the rule is supported."""

    node: Node
    weight: float
    """Of the rule alone, before what the pieces cost."""
    confirmed: float
    """Share of the demonstrations that rules learned from the others foretell."""


def foretold(
    cost: float, features: Sequence[Features], wanted: Sequence[Mask], allowed: Sequence[Mask]
) -> float:
    """Share of the demonstrations in which conditions learned from the others pick what is wanted.

    `features`: the features of every demonstration's pieces (and of the tests', which are not looked at).
    wanted, allowed: per demonstration the pieces that must be picked, and those that may be. 1 for
    conditions whose `cost` is low.
    """
    number = len(wanted)
    if cost <= COSTS.surely_general or number < 2:
        return 1.0
    return sum(_picked(place, features, wanted, allowed) for place in range(number)) / number


def _picked(
    place: int, features: Sequence[Features], wanted: Sequence[Mask], allowed: Sequence[Mask]
) -> bool:
    others = [i for i in range(len(wanted)) if i != place]
    order = [features[i] for i in (*others, place)]
    nothing = [np.zeros(one.shape, np.uint8) for one in order]
    evidence = gather(order, nothing, [wanted[i][None].astype(np.uint8) for i in others])
    free = np.concatenate([allowed[i] for i in others])
    readings = separate(evidence, evidence.wrong, ~free)[:_TRIED] if evidence.wrong.any() else []
    return any(
        not (reading.best.mask & ~allowed[place]).any() and not (wanted[place] & ~reading.best.mask).any()
        for reading in readings
    )

"""Whether rules generalise: leave-one-out cross-validation over the demonstrations.

The rule is learned again without one demonstration, whose output it must then predict; the share of the
demonstrations for which it does is its leave-one-out accuracy (M. Stone, "Cross-validatory choice", 1974).
"""

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
"""How many of the likeliest rules learned from the other demonstrations may predict the left-out one."""


def accuracy_of_lists(
    cost: float, features: Sequence[Features], bases: Sequence[Cells], targets: Sequence[Cells]
) -> float:
    """Leave-one-out accuracy of decision lists on these canvases; 1 without a check where `cost` is low."""
    number = len(targets)
    if cost <= COSTS.surely_general or number < 2:
        return 1.0
    return sum(_list_predicts(place, features, bases, targets) for place in range(number)) / number


def _list_predicts(
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
    accuracy: float
    """Leave-one-out accuracy."""


def accuracy_of_conditions(
    cost: float, features: Sequence[Features], wanted: Sequence[Mask], allowed: Sequence[Mask]
) -> float:
    """Leave-one-out accuracy of conditions on pieces.

    `features`: the features of every demonstration's pieces (and of the tests', which are not looked at).
    wanted, allowed: per demonstration the pieces that must be picked, and those that may be. 1 for
    conditions whose `cost` is low.
    """
    number = len(wanted)
    if cost <= COSTS.surely_general or number < 2:
        return 1.0
    return sum(_conditions_predict(place, features, wanted, allowed) for place in range(number)) / number


def _conditions_predict(
    place: int, features: Sequence[Features], wanted: Sequence[Mask], allowed: Sequence[Mask]
) -> bool:
    others = [i for i in range(len(wanted)) if i != place]
    order = [features[i] for i in (*others, place)]
    nothing = [np.zeros(one.shape, np.uint8) for one in order]
    evidence = gather(order, nothing, [wanted[i][None].astype(np.uint8) for i in others])
    free = np.concatenate([allowed[i] for i in others])
    hypotheses = separate(evidence, evidence.wrong, ~free)[:_TRIED] if evidence.wrong.any() else []
    return any(
        not (hypothesis.best.mask & ~allowed[place]).any()
        and not (wanted[place] & ~hypothesis.best.mask).any()
        for hypothesis in hypotheses
    )

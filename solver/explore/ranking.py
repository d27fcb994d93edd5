"""Which of several programs that fit to believe: the odds that one is right.

With few demonstrations many programs reproduce them. Each has the weight that the search gives it (4^-cost,
and how many conjunctions say the same), changed by a handful of signs: above all by what it does to the test
inputs, where a rule that was learned by accident betrays itself by doing nothing, by emptying the grid, or by
a shape or a colour that no demonstration leads one to expect. The weights of all programs behind an answer
add up, so that agreement counts. What a sign changes, in `WEIGHTS`, is fitted to
programs for training puzzles by `python -m tools.fit_ranking`, as a conditional logit (D. McFadden,
"Conditional logit analysis of qualitative choice behavior", 1974).
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import astuple, dataclass
from typing import Any

import numpy as np

from puzzles.grid import MAX_SIDE, Cells, same_grid
from puzzles.puzzle import Puzzle
from solver.explore.costs import COSTS
from solver.words.operations import CHOICES, FILTERS, MERGES, OPERATIONS, SPLITS
from solver.words.operations.paint import KeepPainting
from solver.words.operations.renumber import Renumber
from solver.words.operations.turn import Turn
from solver.words.program import Program
from solver.words.results import Candidate
from solver.words.rules import Each, Listed, parse_rule

_WORD_COSTS = {
    **{word.name: word.cost for word in OPERATIONS},
    **{word.name: word.cost for word in SPLITS},
    **{word.name: word.cost for word in FILTERS},
    **{word.name: word.cost for word in (*MERGES, *CHOICES)},
}
_CONDITION = 0.8
"""What a condition costs on the average, feature and all."""
_LEAST_WEIGHT = 1e-300
"""So that every weight has a logarithm."""


@dataclass(frozen=True)
class Signs:
    """What is known of a program; a field is a column of the regression."""

    cost: float
    """Description length."""
    missed: float
    """Share of left-out demonstrations that the rules, learned without them, did not predict."""
    viewed: float
    """Whether it looks at the puzzle in another way: by colour roles, or turned."""
    unchanged: float
    """Whether it leaves a test input as it is, which it does to no demonstration."""
    emptied: float
    """Whether a test output has one colour only, which no demonstration's has."""
    odd_shape: float
    """Whether a test output breaks what holds for the shapes of all demonstrations, or fills the canvas."""
    odd_colour: float
    """Whether a test output has a colour that neither its input nor any demonstration's output has."""


SUSPICIOUS = ("unchanged", "emptied", "odd_shape", "odd_colour")
"""Signs of a rule that was learned by accident."""


def signs_of(puzzle: Puzzle, candidate: Candidate, cost: float, accuracy: float) -> Signs:
    """Describe a program by its text and by what it did; `cost` and `accuracy` as in `Finding`."""
    rules = [parse_rule(step.word) for step in candidate.program.steps]
    outputs = [trace.output for trace in candidate.tests]
    return Signs(
        cost=cost,
        missed=1.0 - accuracy,
        viewed=float(any(isinstance(rule, (Renumber, Turn)) for rule in rules)),
        unchanged=float(_unchanged(puzzle, outputs)),
        emptied=float(_emptied(puzzle, outputs)),
        odd_shape=float(_odd_shape(puzzle, outputs)),
        odd_colour=float(_odd_colour(puzzle, outputs)),
    )


def rough_cost(program: Program) -> float:
    """About what a program costs that came without a search's count; learned words as `COSTS.learned`."""
    return sum(_rough_cost(parse_rule(step.word)) for step in program.steps)


def cost_of_meanings(meanings: Iterable[str]) -> float:
    """About what the exact words cost that learned words stand for; an unknown meaning as `COSTS.learned`."""
    return sum(_rough_cost(parse_rule(meaning)) for meaning in meanings)


def _rough_cost(rule: Any) -> float:
    if rule is None:
        return COSTS.learned
    if isinstance(rule, Each):
        return COSTS.per_piece + _rough_cost(rule.word)
    if isinstance(rule, Listed):
        return _WORD_COSTS.get(rule.name, COSTS.put_back)
    return COSTS.paint + _CONDITION * _conditions(rule)


def _conditions(rule: Any) -> int:
    rule = rule.rule if isinstance(rule, KeepPainting) else rule
    return len(getattr(rule, "where", ()))


def _unchanged(puzzle: Puzzle, outputs: Sequence[Cells]) -> bool:
    if any(pair.output is not None and same_grid(pair.input, pair.output) for pair in puzzle.train):
        return False
    return any(same_grid(pair.input, output) for pair, output in zip(puzzle.test, outputs, strict=True))


def _emptied(puzzle: Puzzle, outputs: Sequence[Cells]) -> bool:
    if any(_plain(output) for output in _known(puzzle)):
        return False
    return any(map(_plain, outputs))


def _plain(grid: Cells) -> bool:
    return bool((grid == grid[0, 0]).all())


def _known(puzzle: Puzzle) -> list[Cells]:
    return [pair.output for pair in puzzle.train if pair.output is not None]


def _odd_shape(puzzle: Puzzle, outputs: Sequence[Cells]) -> bool:
    pairs = [(pair.input.shape, pair.output.shape) for pair in puzzle.train if pair.output is not None]
    tests = [(pair.input.shape, output.shape) for pair, output in zip(puzzle.test, outputs, strict=True)]
    if all(before == after for before, after in pairs):
        return any(before != after for before, after in tests)
    if all(after[0] <= before[0] and after[1] <= before[1] for before, after in pairs):
        if any(after[0] > before[0] or after[1] > before[1] for before, after in tests):
            return True
    elif all(after[0] >= before[0] and after[1] >= before[1] for before, after in pairs) and any(
        after[0] < before[0] or after[1] < before[1] for before, after in tests
    ):
        return True
    full = any(max(before + after) == MAX_SIDE for before, after in pairs)
    return not full and any(max(after) == MAX_SIDE > max(before) for before, after in tests)


def _odd_colour(puzzle: Puzzle, outputs: Sequence[Cells]) -> bool:
    seen = set().union(*(_colours(output) for output in _known(puzzle)))
    return any(
        _colours(output) - _colours(pair.input) - seen
        for pair, output in zip(puzzle.test, outputs, strict=True)
    )


def _colours(grid: Cells) -> set[int]:
    return set(np.unique(grid).tolist())


WEIGHTS = Signs(
    cost=-1.19,
    missed=-0.10,
    viewed=-1.81,
    unchanged=-1.01,
    emptied=-1.26,
    odd_shape=-1.00,
    odd_colour=-1.04,
)
"""What every sign adds to the logarithm (natural) of a program's weight.

Fitted to 50 training puzzles cut to two demonstrations; what it gained: docs/results/exact-search.md.
"""


@dataclass(frozen=True)
class Judged:
    """A program and what is believed of it."""

    candidate: Candidate
    log_weight: float
    """Against other programs for the same puzzle; meaningless where it is not verified."""
    meaning_cost: float = 0.0
    """Description length of what its learned words stand for, which settles equals."""


def judged(
    puzzle: Puzzle,
    candidate: Candidate,
    cost: float | None = None,
    accuracy: float = 1.0,
    weight: float | None = None,
) -> Judged:
    """Judge a program; without a `cost` or `weight` from a search, by what it costs roughly."""
    if not candidate.verified:
        return Judged(candidate, -math.inf)
    cost = rough_cost(candidate.program) if cost is None else cost
    prior = -cost * math.log(4.0) if weight is None else math.log(max(weight, _LEAST_WEIGHT))
    return Judged(candidate, prior + change(signs_of(puzzle, candidate, cost, accuracy)))


def change(signs: Signs) -> float:
    """What these signs add to the logarithm of a program's weight."""
    return float(np.dot(astuple(signs), astuple(WEIGHTS)))


def best_first(found: Iterable[Judged]) -> list[Candidate]:
    """Programs by fewest wrong cells; verified ones by the weight of their answers, then by their own.

    Among equals comes first the one whose words stand for less text, then the one found first.
    """
    found = list(found)
    weight: dict[bytes, float] = {}
    for one in found:
        if one.candidate.verified:
            key = one.candidate.answers
            weight[key] = float(np.logaddexp(weight.get(key, -math.inf), one.log_weight))

    def rank(one: Judged) -> tuple[int, float, float, float]:
        if not one.candidate.verified:
            return sum(one.candidate.wrong), 0.0, 0.0, 0.0
        return 0, -weight[one.candidate.answers], -one.log_weight, one.meaning_cost

    return [one.candidate for one in sorted(found, key=rank)]

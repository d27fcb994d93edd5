"""Learn how to repaint a canvas: a decision list of "paint <colour> where <conditions>" rules.

Decision lists: R. Rivest, "Learning decision lists" (1987). Here the last rule that holds for a cell decides,
since a later rule paints over an earlier one; every rule paints what must change and nothing that must not.
Where one rule is not enough for a colour, several are found by sequential covering (`conditions`).
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import product

import numpy as np
from numpy.typing import NDArray

from puzzles.grid import Cells
from solver.explore.conditions import Conjunction, Hypothesis, cover_most, separate, sequential_covering
from solver.explore.costs import COSTS
from solver.explore.evidence import Evidence, Mask
from solver.words.operations.paint import Paint

_MOST_HYPOTHESES = 3
"""Hypotheses of where one colour goes that are followed up."""
_SOURCES = 6
"""Colour features tried as the one colour of everything that changes."""
_LEAST_OF_TWO = 0.1
"""Least share of what changes that each of two sources must explain alone."""
_PAIRS = 4
"""Pairs of sources that are followed up."""
_MOST_TERMS = 3
_MOST_COLOURS = 6
_LEAST_PART = 0.25
"""Share of what must change that a rule has to paint to be worth a canvas of its own."""
_PART_SOURCES = 3
_PARTS_KEPT = 2


@dataclass(frozen=True)
class DecisionList:
    """Painting rules in the order they are applied, and what they make of the test inputs."""

    paints: tuple[Paint, ...]
    cost: float
    weight: float
    """How many hypotheses, cheaper ones counting more, agree with it."""
    answers: tuple[Cells, ...]


_Source = tuple["int | str", "int | None", float]
"""What is painted with: its name, its row among the features (None for a fixed colour) and its cost."""


@dataclass(frozen=True)
class _Group:
    """Cells that one colour explains, and the hypotheses of where it goes."""

    source: int | str
    row: int | None
    """Row of the colour feature; None for a fixed colour."""
    wanted: Mask
    hypotheses: list[Hypothesis]
    cost: float = COSTS.fixed_colour
    """What it costs to mention the source."""


def learn(evidence: Evidence) -> list[DecisionList]:
    """Rule lists that turn the base into the target on all demonstrations, the best first."""
    wrong = evidence.wrong
    if not wrong.any():
        return []
    found = one_colour(evidence, wrong)
    fixed = _colour_by_colour(evidence, wrong)
    either = _either_or(evidence, wrong)
    if all(rules.cost > COSTS.plain for rules in found + fixed + either):
        found += _two_sources(evidence, wrong)
    short = [rules for rules in found + fixed + either if rules.cost <= COSTS.most_of_decision_list]
    return sorted(short, key=lambda rules: rules.cost - 0.5 * np.log2(rules.weight + 1e-9))


def learn_partial_rules(evidence: Evidence) -> list[tuple[Paint, float]]:
    """Rules that paint some of what must change and nothing else, with their costs, the best first.

    They are for canvases that no rule list explains: what follows may look at what is painted already.
    """
    wrong = evidence.wrong
    number = int(wrong.sum())
    if number == 0:
        return []
    sources: list[tuple[int | str, Mask, float]] = [
        (int(colour), evidence.target == colour, COSTS.fixed_colour)
        for colour in np.unique(evidence.target[wrong])
    ]
    for row in evidence.colour_rows:
        right = evidence.values[row, : evidence.known] == evidence.target
        if right[wrong].mean() >= _LEAST_PART:
            sources.append((evidence.names[row], right, float(evidence.costs[row])))
    sources.sort(key=lambda source: source[2] - 2.0 * float(source[1][wrong].mean()))
    found = []
    for source, right, cost in sources[:_PART_SOURCES]:
        positive = wrong & right
        hypotheses = separate(evidence, positive, ~right)
        term = (hypotheses[0].best, 1.0) if hypotheses else cover_most(evidence, positive, ~right)
        if term is None:
            continue
        share = term[1] * int(positive.sum()) / number
        if share >= _LEAST_PART and term[0].cost <= COSTS.most_of_part:
            total = cost + COSTS.paint + term[0].cost
            found.append((total - 2.0 * share, Paint(source, term[0].conditions), total))
    found.sort(key=lambda entry: entry[0])
    return [(paint, cost) for _, paint, cost in found[:_PARTS_KEPT]]


def one_colour(evidence: Evidence, wrong: Mask) -> list[DecisionList]:
    """Rules in which one source explains everything that changes."""
    found: list[DecisionList] = []
    targets = np.unique(evidence.target[wrong])
    sources: list[tuple[float, int | str, int | None, Mask]] = []
    if len(targets) == 1:
        sources.append((COSTS.fixed_colour, int(targets[0]), None, evidence.target == targets[0]))
    for feature in evidence.colour_rows:
        right = evidence.values[feature, : evidence.known] == evidence.target
        if right[wrong].all():
            sources.append((float(evidence.costs[feature]), evidence.names[feature], feature, right))
    sources.sort(key=lambda source: source[0])
    for cost, name, row, right in sources[:_SOURCES]:
        for hypothesis in separate(evidence, wrong, ~right)[:_MOST_HYPOTHESES]:
            painted = _painted(evidence, evidence.base[evidence.known :], row, name, hypothesis.best.mask)
            paints = (Paint(name, hypothesis.best.conditions),)
            total = cost + hypothesis.best.cost + COSTS.paint
            weight = hypothesis.weight * 2.0 ** (-2.0 * (cost + COSTS.paint))
            found.append(DecisionList(paints, total, weight, evidence.test_grids(painted)))
    return found


def _painted(
    evidence: Evidence, cells: NDArray[np.int16], row: int | None, name: int | str, mask: Mask
) -> NDArray[np.int16]:
    if row is None:
        return np.where(mask, np.int16(int(name)), cells)
    colour = evidence.values[row, evidence.known :]
    return np.where(mask & (colour >= 0), colour, cells)


def _colour_by_colour(evidence: Evidence, wrong: Mask) -> list[DecisionList]:
    """One rule for every colour that appears among the changes; one colour may need several terms."""
    targets = np.unique(evidence.target[wrong]).tolist()
    if not 1 < len(targets) <= _MOST_COLOURS:
        return []
    groups: list[_Group] = []
    hard: int | None = None
    for colour in targets:
        wanted = wrong & (evidence.target == colour)
        hypotheses = separate(evidence, wanted, evidence.target != colour)
        if hypotheses:
            groups.append(_Group(colour, None, wanted, hypotheses))
        elif hard is None:
            hard = colour
        else:
            return []
        if sum(group.hypotheses[0].best.cost for group in groups) > COSTS.most_of_decision_list:
            return []
    if hard is not None:
        first = _hard_group(evidence, wrong, hard, groups)
        return _combined(evidence, first + groups) if first else []
    return _combined(evidence, groups)


def _either_or(evidence: Evidence, wrong: Mask) -> list[DecisionList]:
    """Two rules for the one colour of everything that changes: "where this, or where that"."""
    colour = int(evidence.target[wrong][0])
    if (evidence.target[wrong] != colour).any():
        return []
    terms = sequential_covering(evidence, wrong, evidence.target != colour, 2)
    if len(terms) != 2:
        return []
    return _combined(evidence, [_Group(colour, None, wrong, [_reading(term)]) for term in terms])


def _two_sources(evidence: Evidence, wrong: Mask) -> list[DecisionList]:
    """Two rules that paint in different sources, at least one of them a colour found on the spot."""
    target = evidence.target[wrong]
    colours = np.unique(target)
    right = np.concatenate(
        [
            colours[:, None] == target,
            evidence.values[evidence.colour_rows, : evidence.known][:, wrong] == target,
        ]
    )
    share = right.mean(1)
    index = np.flatnonzero((share >= _LEAST_OF_TWO) & (share < 1.0))
    missed = (~right[index]).astype(np.float32)
    first, second = np.nonzero(np.triu(missed @ missed.T == 0, 1))
    number = len(colours)
    sources: list[_Source] = [(colour, None, COSTS.fixed_colour) for colour in colours.tolist()]
    sources += [(evidence.names[row], row, float(evidence.costs[row])) for row in evidence.colour_rows]
    pairs = [
        (sources[index[one]][2] + sources[index[other]][2], int(index[one]), int(index[other]))
        for one, other in zip(first.tolist(), second.tolist(), strict=True)
        if index[other] >= number
    ]
    found = []
    for _, one, other in sorted(pairs)[:_PAIRS]:
        for leading, following in ((one, other), (other, one)):
            groups = _led_by(evidence, wrong, sources[leading], sources[following])
            if groups:
                found += [_dearer(rules) for rules in _combined(evidence, groups)]
                break
    return found


def _dearer(rules: DecisionList) -> DecisionList:
    weight = rules.weight * 4.0**-COSTS.two_sources
    return DecisionList(rules.paints, rules.cost + COSTS.two_sources, weight, rules.answers)


def _led_by(evidence: Evidence, wrong: Mask, leading: _Source, following: _Source) -> list[_Group]:
    """Groups of two sources, the second of which has only to paint what the first does not explain."""
    left = wrong
    groups = []
    for name, row, cost in (leading, following):
        right = evidence.target == (int(name) if row is None else evidence.values[row, : evidence.known])
        hypotheses = separate(evidence, left & right, ~right) if (left & right).any() else []
        if not hypotheses:
            return []
        groups.append(_Group(name, row, left & right, hypotheses, cost))
        left = left & ~right
    return groups


def _hard_group(evidence: Evidence, wrong: Mask, colour: int, done: list[_Group]) -> list[_Group]:
    """Rules for a colour that is painted before the others, which may paint over it; or several terms."""
    wanted = wrong & (evidence.target == colour)
    over = np.zeros_like(wanted)
    for group in done:
        over |= group.wanted
    negative = (evidence.target != colour) & ~over
    if over.any():
        hypotheses = separate(evidence, wanted, negative)
        if hypotheses:
            return [_Group(colour, None, wanted, hypotheses)]
    if len(done) > 2:
        return []
    terms = sequential_covering(evidence, wanted, negative, _MOST_TERMS)
    return [_Group(colour, None, wanted, [_reading(term)]) for term in terms]


def _reading(term: Conjunction) -> Hypothesis:
    dearer = Conjunction(term.conditions, term.cost + COSTS.further_term, term.mask)
    return Hypothesis(dearer, 2.0 ** (-2.0 * dearer.cost))


def _combined(evidence: Evidence, groups: list[_Group]) -> list[DecisionList]:
    """Choose a hypothesis for every group: the likeliest of each, and those that differ in few places."""
    found = []
    choices = [
        range(min(2 if len(groups) > 2 else _MOST_HYPOTHESES, len(group.hypotheses))) for group in groups
    ]
    for picks in product(*choices):
        if sum(pick > 0 for pick in picks) > 2:
            continue
        cells = evidence.base[evidence.known :]
        cost, weight = 0.0, 1.0
        paints = []
        for group, pick in zip(groups, picks, strict=True):
            hypothesis = group.hypotheses[pick]
            cells = _painted(evidence, cells, group.row, group.source, hypothesis.best.mask)
            cost += group.cost + COSTS.paint + hypothesis.best.cost
            weight *= hypothesis.weight * 2.0 ** (-2.0 * (group.cost + COSTS.paint))
            paints.append(Paint(group.source, hypothesis.best.conditions))
        found.append(DecisionList(tuple(paints), cost, weight, evidence.test_grids(cells)))
    return found

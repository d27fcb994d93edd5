"""Find conditions that hold for all positives (cells that must be painted) and for no negative.

`separate` looks for one conjunction. Its tests are read off the positives (the value they share, the range
they span, values they never take), so that each holds for all of them; what is left is to exclude the
negatives with few and cheap tests.
`sequential_covering` looks for several conjunctions that share the positives among them, one after the other
(J. Fürnkranz, "Separate-and-conquer rule learning", 1999).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from solver.explore.costs import COSTS
from solver.explore.evidence import Evidence, Mask
from solver.words.operations.condition import RELATIONS, Condition, compare

_MOST_TESTS = 300
"""Tests taken into pairs."""
_MOST_NEGATIVES = 1200
"""Negatives looked at when pairs are formed; the result is checked on all of them."""
_AGREEMENT = 6.0
_TRIPLE_ROOTS = 12
_KEPT = 60
"""Conjunctions kept of one kind."""
_OTHER_VALUES = range(-1, 12)
"""Values for which "is not" is asked."""


@dataclass(frozen=True)
class Tests:
    """Comparisons that all positives pass."""

    rows: NDArray[np.int64]
    relations: NDArray[np.int64]
    values: NDArray[np.int64]
    costs: NDArray[np.float64]
    passed: Mask
    """(tests, columns) which cells pass: the negatives first, then the test inputs' cells."""

    def take(self, index: NDArray[np.int64]) -> Tests:
        """The tests with these indices."""
        return Tests(
            self.rows[index], self.relations[index], self.values[index], self.costs[index], self.passed[index]
        )


@dataclass(frozen=True)
class Conjunction:
    """Conditions that together separate the positives from the negatives."""

    conditions: tuple[Condition, ...]
    cost: float
    mask: Mask
    """(test cells,) where it holds in the test inputs."""


@dataclass(frozen=True)
class Hypothesis:
    """A way to tell positives from negatives: all conjunctions that say the same about the test inputs."""

    best: Conjunction
    weight: float
    """Sum of 4^-cost over the conjunctions, at most `_AGREEMENT` times the best one's."""


def separate(evidence: Evidence, positive: Mask, negative: Mask) -> list[Hypothesis]:
    """Hypotheses by conjunctions of up to three conditions that hold for all positives and no negative.

    The likeliest comes first; none where no such conjunction was found. Masks: (known cells,).
    """
    unknown = evidence.values.shape[1] - evidence.known
    if not negative.any():
        nothing = Conjunction((), 0.0, np.ones(unknown, np.bool_))
        return [Hypothesis(nothing, 1.0)]
    tests = _tests(evidence, positive, negative)
    number = int(negative.sum())
    if not len(tests.rows):
        return []
    found = _singles(tests, number)
    if len(found) < 3 or min(float(tests.costs[list(f)].sum()) for f in found) > 1.5:
        found += _pairs(tests, number)
    if not found:
        found = _triples(tests, number)
    return _hypotheses(evidence, tests, found, number)


def _hypotheses(
    evidence: Evidence, tests: Tests, found: list[tuple[int, ...]], number: int
) -> list[Hypothesis]:
    groups: dict[bytes, tuple[Conjunction, float]] = {}
    for chosen in found:
        index = list(chosen)
        cost = float(tests.costs[index].sum()) + COSTS.and_ * (len(chosen) - 1)
        mask = np.asarray(tests.passed[index][:, number:].all(0))
        key = mask.tobytes()
        best, weight = groups.get(key, (None, 0.0))
        if best is None or cost < best.cost:
            best = Conjunction(tuple(_condition(evidence, tests, i) for i in index), cost, mask)
        groups[key] = best, weight + 4.0**-cost
    hypotheses = [
        Hypothesis(best, min(weight, _AGREEMENT * 4.0**-best.cost)) for best, weight in groups.values()
    ]
    return sorted(hypotheses, key=lambda hypothesis: -hypothesis.weight)


def _condition(evidence: Evidence, tests: Tests, index: int) -> Condition:
    return Condition(
        evidence.names[tests.rows[index]], RELATIONS[tests.relations[index]], int(tests.values[index])
    )


def _tests(evidence: Evidence, positive: Mask, negative: Mask) -> Tests:
    """Every comparison that holds for all positives and fails for some negative, cheapest twin kept."""
    known = evidence.values[:, : evidence.known]
    wanted, excluded = known[:, positive], known[:, negative]
    unknown = evidence.values[:, evidence.known :]
    low, high = wanted.min(1), wanted.max(1)
    columns = np.concatenate([excluded, unknown], axis=1)
    same = np.flatnonzero(low == high)
    entries = [(int(row), 0, int(low[row])) for row in same]
    entries += [
        (row, relation, int(bound[row]))
        for row in range(len(known))
        for relation, bound in ((2, low), (3, high))
    ]
    for value in _OTHER_VALUES:
        never = (excluded == value).any(1) & ~(wanted == value).any(1)
        entries += [(int(row), 1, value) for row in np.flatnonzero(never)]
    rows, relations, values = (np.array(column) for column in zip(*entries, strict=True))
    passed = np.empty((len(entries), columns.shape[1]), np.bool_)
    for relation, sign in enumerate(RELATIONS):
        chosen = relations == relation
        passed[chosen] = compare(columns[rows[chosen]], sign, values[chosen][:, None])
    ranges = relations >= 2
    numbers = np.clip(np.abs(values), 0, 10)
    is_colour = np.isin(rows, evidence.colour_rows)
    costs = (
        evidence.costs[rows]
        + np.where(relations == 0, 0.0, COSTS.not_equal)
        + np.where(is_colour, COSTS.colour_value, COSTS.number * numbers)
    )
    # An order of colours means nothing to people, so ranges of colours are not asked for.
    useful = ~passed[:, : excluded.shape[1]].all(1) & ~(ranges & is_colour)
    tests = Tests(rows, relations, values, costs, passed).take(np.flatnonzero(useful))
    return tests.take(_distinct(tests))


def _distinct(tests: Tests) -> NDArray[np.int64]:
    """Of tests that agree on every cell, the cheapest, cheapest first."""
    packed = np.packbits(tests.passed, axis=1)
    seen: set[bytes] = set()
    kept = []
    for index in np.argsort(tests.costs, kind="stable"):
        key = packed[index].tobytes()
        if key not in seen:
            seen.add(key)
            kept.append(index)
    return np.array(kept, np.int64)


def _singles(tests: Tests, number: int) -> list[tuple[int, ...]]:
    return [(int(i),) for i in np.flatnonzero(~tests.passed[:, :number].any(1))[:_KEPT]]


def _strongest(passed: Mask, costs: NDArray[np.float64], most: int) -> NDArray[np.int64]:
    """Indices of the tests that leave the fewest negatives, and of the cheapest."""
    left = passed.mean(1)
    by_power = np.argsort(left + 0.02 * costs, kind="stable")[: most - most // 3]
    return np.unique(np.concatenate([by_power, np.argsort(costs, kind="stable")[: most // 3]]))


def _pairs(tests: Tests, number: int) -> list[tuple[int, ...]]:
    passed = tests.passed[:, :number]
    index = _strongest(passed, tests.costs, _MOST_TESTS)
    index = index[passed[index].any(1)]
    columns = slice(None, None, 1 + number // _MOST_NEGATIVES)
    left = passed[index][:, columns].astype(np.float32)
    first, second = np.nonzero(np.triu(left @ left.T == 0, 1))
    costs = tests.costs[index][first] + tests.costs[index][second]
    found = []
    for place in np.argsort(costs, kind="stable")[: 2 * _KEPT]:
        pair = int(index[first[place]]), int(index[second[place]])
        if not (passed[pair[0]] & passed[pair[1]]).any():
            found.append(pair)
    return list(found[:_KEPT])


def _triples(tests: Tests, number: int) -> list[tuple[int, ...]]:
    """Pairs that exclude what one of the strongest tests leaves."""
    passed = tests.passed[:, :number]
    found: list[tuple[float, tuple[int, ...]]] = []
    for root in np.argsort(passed.mean(1) + 0.02 * tests.costs, kind="stable")[:_TRIPLE_ROOTS]:
        rest = passed[:, passed[root]]
        index = _strongest(rest, tests.costs, 160)
        left = rest[index][:, :: 1 + rest.shape[1] // _MOST_NEGATIVES].astype(np.float32)
        first, second = np.nonzero(np.triu(left @ left.T == 0, 1))
        costs = tests.costs[index][first] + tests.costs[index][second]
        for place in np.argsort(costs, kind="stable")[:8]:
            one, other = int(index[first[place]]), int(index[second[place]])
            if not (rest[one] & rest[other]).any():
                found.append((float(costs[place] + tests.costs[root]), (int(root), one, other)))
    return [triple for _, triple in sorted(found)[:_KEPT]]


def sequential_covering(evidence: Evidence, positive: Mask, negative: Mask, most: int) -> list[Conjunction]:
    """Up to `most` conjunctions of one or two equalities that together hold for all positives and for no
    negative; empty where there are none. Each is grown around a positive not yet covered."""
    known = evidence.values[:, : evidence.known]
    wanted, excluded = known[:, positive], known[:, negative]
    unknown = evidence.values[:, evidence.known :]
    left = np.ones(wanted.shape[1], np.bool_)
    found: list[Conjunction] = []
    while left.any() and len(found) < most:
        seed = wanted[:, np.flatnonzero(left)[0]][:, None]
        term = _grow(evidence, wanted[:, left] == seed, excluded == seed)
        if term is None:
            return []
        rows, cost = term
        conditions = tuple(Condition(evidence.names[row], "=", int(seed[row, 0])) for row in rows)
        mask = (unknown[list(rows)] == seed[list(rows)]).all(0)
        found.append(Conjunction(conditions, cost, mask))
        left &= ~(wanted[list(rows)] == seed[list(rows)]).all(0)
    return [] if left.any() else found


def cover_most(evidence: Evidence, positive: Mask, negative: Mask) -> tuple[Conjunction, float] | None:
    """One or two equalities that hold for many positives and for no negative, and the share they hold for."""
    known = evidence.values[:, : evidence.known]
    wanted, excluded = known[:, positive], known[:, negative]
    seed = wanted[:, wanted.shape[1] // 2][:, None]
    term = _grow(evidence, wanted == seed, excluded == seed)
    if term is None:
        return None
    rows, cost = list(term[0]), term[1]
    conditions = tuple(Condition(evidence.names[row], "=", int(seed[row, 0])) for row in rows)
    mask = (evidence.values[rows, evidence.known :] == seed[rows]).all(0)
    share = float((wanted[rows] == seed[rows]).all(0).mean())
    return Conjunction(conditions, cost, mask), share


def _grow(evidence: Evidence, hits: Mask, misses: Mask) -> tuple[tuple[int, ...], float] | None:
    """One or two rows that miss no negative and hit the most positives, cheap rows preferred."""
    costs = evidence.costs
    clean = ~misses.any(1)
    best: tuple[float, tuple[int, ...]] | None = None
    if clean.any():
        score = np.where(clean, hits.mean(1) - 0.05 * costs, -9.0)
        row = int(score.argmax())
        best = float(score[row]), (row,)
    share_missed = misses.sum(1) / max(1, misses.shape[1])
    index = np.argsort(share_missed - hits.mean(1), kind="stable")[:_MOST_TESTS]
    step = 1 + misses.shape[1] // _MOST_NEGATIVES
    wrong = misses[index][:, ::step].astype(np.float32)
    right = hits[index].astype(np.float32)
    score = np.where(wrong @ wrong.T == 0, right @ right.T / hits.shape[1], -9.0)
    score -= 0.05 * (costs[index][:, None] + costs[index][None]) + 0.05
    for place in np.argsort(-score, axis=None, kind="stable")[:20]:
        one, other = (int(index[i]) for i in np.unravel_index(place, score.shape))
        if best is not None and score.flat[place] <= best[0]:
            break
        if not (misses[one] & misses[other]).any():
            best = float(score.flat[place]), (one, other)
            break
    return None if best is None or best[0] < -5 else (best[1], float(costs[list(best[1])].sum()))

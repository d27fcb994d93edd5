"""Two programs side by side: their states aligned, which cells differ, and where they part.

Positions count states: 0 is the input, `k` the result of the k-th step.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import zip_longest

import numpy as np
from numpy.typing import NDArray

from app.state.draft import Part
from app.state.rows import states_of
from app.translate import counted, tr
from puzzles.grid import Grid, count_wrong, same_grid, wrong_mask
from solver.words.results import Candidate

Pair = tuple[Part, int]
"""Which demonstration or test, counted from 0."""
_Score = tuple[int, int]
"""Equal states and equal words of an alignment; more states count before more words."""


@dataclass(frozen=True)
class Column:
    """Positions of two programs that stand side by side; None where a program has none there."""

    first: int | None
    second: int | None


@dataclass(frozen=True)
class Compared:
    """What two programs have made of one pair where they stand side by side."""

    column: Column
    first: Grid | None
    second: Grid | None

    @property
    def both(self) -> bool:
        """Whether both programs have a state here."""
        return self.first is not None and self.second is not None

    @property
    def alike(self) -> bool:
        """Whether both have the same state here."""
        return self.first is not None and self.second is not None and same_grid(self.first, self.second)

    @property
    def mask(self) -> NDArray[np.bool_] | None:
        """Which cells differ; None where there are not two states of one size."""
        if self.first is None or self.second is None or self.first.shape != self.second.shape:
            return None
        return wrong_mask(self.first, self.second)

    @property
    def text(self) -> str:
        """In a few words, how the two states differ."""
        if self.first is None or self.second is None:
            return ""
        return "=" if self.alike else f"≠ {_difference(self.first, self.second)}"


def align(first: Candidate, second: Candidate) -> tuple[Column, ...]:
    """Put the states of two programs side by side, in order: the same for every pair of the puzzle.

    Longest common subsequence (Needleman and Wunsch 1970, without a price for gaps): as many states that
    are equal on every pair as possible, then as many equal words. What lies between two such places stands
    side by side from its start, and what follows the last of them from its end, so that answers meet.
    """
    states = _states(first), _states(second)
    words = _words(first, len(states[0])), _words(second, len(states[1]))
    columns: list[Column] = []
    begun = (-1, -1)
    for met in _common(states, words):
        columns += _side_by_side(range(begun[0] + 1, met[0]), range(begun[1] + 1, met[1]))
        columns.append(Column(*met))
        begun = met
    rest = _side_by_side(range(len(states[0]) - 1, begun[0], -1), range(len(states[1]) - 1, begun[1], -1))
    return (*columns, *reversed(rest))


def _side_by_side(first: range, second: range) -> list[Column]:
    return [Column(*both) for both in zip_longest(first, second)]


def _states(candidate: Candidate) -> list[bytes]:
    """Return for every position what tells it from others: its state on every pair."""
    traces = (*candidate.demonstrations, *candidate.tests)
    length = max((len(trace.outcomes) for trace in traces), default=1)
    return [
        b"".join(bytes(grid.shape) + grid.tobytes() for trace in traces for grid in trace.grids[at : at + 1])
        for at in range(length)
    ]


def _words(candidate: Candidate, length: int) -> list[str]:
    """Return the word before every position; empty at the input, and for an answer no program gave."""
    words = ("", *candidate.program.words)
    return [words[at] if at < len(words) else "" for at in range(length)]


def _common(
    states: tuple[list[bytes], list[bytes]], words: tuple[list[str], list[str]]
) -> Iterator[tuple[int, int]]:
    """Yield the pairs of positions that are alike, the inputs first, along the best alignment."""

    def score(i: int, j: int) -> _Score:
        same_word = bool(words[0][i]) and words[0][i] == words[1][j]
        return int(states[0][i] == states[1][j]), int(same_word)

    rows, columns = len(states[0]), len(states[1])
    best: list[list[_Score]] = [[(0, 0)] * (columns + 1) for _ in range(rows + 1)]
    """The best score of what is left from there on."""
    for i in range(rows - 1, -1, -1):
        for j in range(columns - 1, -1, -1):
            best[i][j] = max(_sum(score(i, j), best[i + 1][j + 1]), best[i + 1][j], best[i][j + 1])
    yield 0, 0
    i = j = 1
    while i < rows and j < columns:
        here = score(i, j)
        if any(here) and best[i][j] == _sum(here, best[i + 1][j + 1]):
            yield i, j
            i, j = i + 1, j + 1
        elif best[i][j] == best[i + 1][j]:
            i += 1
        else:
            j += 1


def _sum(one: _Score, other: _Score) -> _Score:
    return one[0] + other[0], one[1] + other[1]


def compare(
    first: Candidate, second: Candidate, columns: Sequence[Column], pair: Pair
) -> tuple[Compared, ...]:
    """Return what stands side by side on one demonstration or test."""
    ours, theirs = states_of(first, *pair), states_of(second, *pair)
    return tuple(Compared(column, _at(ours, column.first), _at(theirs, column.second)) for column in columns)


def _at(states: Sequence[Grid], position: int | None) -> Grid | None:
    return states[position] if position is not None and position < len(states) else None


def parting(compared: Sequence[Compared]) -> int | None:
    """Return the place where two programs part; None where they have the same state everywhere.

    That is the first one with two different states, or the steps of one alone that lead to it; where there
    are no different states, the first step that only one takes.
    """
    at = next((at for at, place in enumerate(compared) if place.both and not place.alike), None)
    if at is None:
        return next((at for at, place in enumerate(compared) if not place.both), None)
    while at and not compared[at - 1].both:
        at -= 1
    return at


def pairs_of(candidate: Candidate) -> tuple[Pair, ...]:
    """Return the pairs that can be compared, demonstrations first."""
    demonstrations: list[Pair] = [("train", i) for i in range(len(candidate.demonstrations))]
    return (*demonstrations, *(("test", i) for i in range(len(candidate.tests))))


def first_parted(first: Candidate, second: Candidate, columns: Sequence[Column]) -> int:
    """Return which of `pairs_of` is the first on which two programs pass through other states; else 0."""
    parted = (
        at
        for at, pair in enumerate(pairs_of(first))
        if any(place.both and not place.alike for place in compare(first, second, columns, pair))
    )
    return next(parted, 0)


def rival(candidate: Candidate, others: Sequence[Candidate]) -> Candidate | None:
    """Return the best of `others` that answers a test differently, else the best; None without another."""
    others = [other for other in others if other is not candidate]
    return next((other for other in others if other.answers != candidate.answers), next(iter(others), None))


def parting_text(compared: Sequence[Compared]) -> str:
    """Say where two programs part on one pair, and how far apart they end."""
    at = parting(compared)
    if at is None:
        return tr("Alike at every step.")
    first, second = _end([place.first for place in compared]), _end([place.second for place in compared])
    apart = next((place for place in compared if place.both and not place.alike), None)
    if apart is None:
        text = counted(
            sum(not place.both for place in compared),
            "Alike but for {n} step that only one takes.",
            "Alike but for {n} steps that only one takes.",
        )
        return text if same_grid(first, second) else text + " " + _in_the_end(first, second)
    difference = _difference(apart.first, apart.second)
    alike = _alike_up_to(compared[at - 1].column) if at else tr("Their inputs differ")
    text = tr("{alike}; from there: {difference}.", alike=alike, difference=difference)
    if same_grid(first, second):
        return text + " " + tr("In the end they agree.")
    return text if _difference(first, second) == difference else text + " " + _in_the_end(first, second)


def _end(states: Sequence[Grid | None]) -> Grid:
    """Return the last state there is; the input always is."""
    return next(grid for grid in reversed(states) if grid is not None)


def _in_the_end(first: Grid, second: Grid) -> str:
    return tr("In the end: {difference}.", difference=_difference(first, second))


def answers_text(first: Candidate, second: Candidate) -> str:
    """Say whether two programs answer the tests alike; empty where there is no test."""
    tests = list(zip(first.tests, second.tests, strict=False))
    other = sum(not same_grid(ours.output, theirs.output) for ours, theirs in tests)
    if not tests:
        return ""
    if not other:
        return counted(
            len(tests), "Their answers to the test are alike.", "Their answers to the tests are alike."
        )
    if other == len(tests):
        return counted(other, "Their answers to the test differ.", "Their answers to the tests differ.")
    return tr("Their answers to {n} of {all} tests differ.", n=other, all=len(tests))


def _alike_up_to(column: Column) -> str:
    if not column.first or not column.second:
        return tr("Alike at the input")
    if column.first == column.second:
        return tr("Alike up to step {n}", n=column.first)
    return tr(
        "Alike up to step {first} of A and step {second} of B", first=column.first, second=column.second
    )


def _difference(first: Grid | None, second: Grid | None) -> str:
    if first is None or second is None:
        return ""
    if first.shape != second.shape:
        return tr("{first} and {second}", first=_size(first), second=_size(second))
    return counted(count_wrong(first, second), "{n} cell differs", "{n} cells differ")


def _size(grid: Grid) -> str:
    return f"{grid.shape[0]} × {grid.shape[1]}"

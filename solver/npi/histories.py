"""Every observation history that a frame of recursive addition or bubble sort can have, at any length.

The lists are supersets: a history that no pad produces does no harm as long as the network is right on it.
Why they leave out none is told in `docs/npi.md`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from itertools import product

from solver.npi.pad import WALL, Observation
from solver.npi.programs import Call, column_sum

History = tuple[Call, tuple[Observation, ...]]
Histories = Mapping[str, Callable[[], Iterator[History]]]
"""Program → what lists its histories."""

DIGITS = range(10)
OR_WALL = range(WALL + 1)
_OUTSIDE = (WALL,) * 4


def _columns() -> Iterator[Observation]:
    """A column of addition before it is added: two digits, a carry, and nothing written yet."""
    for first, second, carry in product(DIGITS, DIGITS, (0, 1)):
        yield (first, second, carry, 0)


def _written(column: Observation) -> Observation:
    """The column once its sum is written."""
    return (*column[:3], column_sum(column) % 10)


def _next_columns(column: Observation) -> Iterator[Observation]:
    """What can stand on the left of a column that has been added."""
    carry = column_sum(column) // 10
    for first, second in product(DIGITS, DIGITS):
        yield (first, second, carry, 0)
    yield _OUTSIDE


def _add() -> Iterator[History]:
    yield Call("ADD"), (_OUTSIDE,)
    for column in _columns():
        for following in _next_columns(column):
            yield Call("ADD"), (column, _written(column), following, _OUTSIDE)


def _add1() -> Iterator[History]:
    for column in _columns():
        after = (_written(column),) * (2 if column_sum(column) >= 10 else 1)
        yield Call("ADD1"), (column, *after)


def _carry() -> Iterator[History]:
    for column in _columns():
        if column_sum(column) >= 10:
            here = _written(column)
            for before, after in ((0, 1), (WALL, WALL)):
                left = [(*here[:2], carry, here[3]) for carry in (before, after)]
                yield Call("CARRY"), (here, *left, here)


def _add_lshift() -> Iterator[History]:
    for column in _columns():
        here = _written(column)
        for following in _next_columns(column):
            yield Call("LSHIFT"), tuple((*following[:moved], *here[moved:]) for moved in range(5))


ADDITION_HISTORIES: Histories = {"ADD": _add, "ADD1": _add1, "CARRY": _carry, "LSHIFT": _add_lshift}


# Bubble sort sees (left, right, all passes done, left at the start).


def _bubblesort() -> Iterator[History]:
    call = Call("BUBBLESORT")
    for left in DIGITS:
        for right in OR_WALL:
            yield call, ((left, right, 1, 1),)  # the last call: every pass is done
        alone = [(left, WALL, done, 1) for done in (0, 0, 1, 1)]
        yield call, tuple(alone)
    for left, right in product(DIGITS, DIGITS):
        low, high = min(left, right), max(left, right)
        for greatest, second in product(range(high, 10), range(high + 1)):
            bubbled = ((left, right, 0, 1), (greatest, WALL, 0, 0))
            yield call, (*bubbled, (low, second, 1, 1), (low, second, 1, 1))
            for least in range(min(low, second) + 1):
                for next_least in range(least, max(low, second) + 1):
                    yield call, (*bubbled, (low, second, 0, 1), (least, next_least, 1, 1))


def _bubble() -> Iterator[History]:
    for left, first in product(DIGITS, (0, 1)):
        yield Call("BUBBLE"), ((left, WALL, 0, first),)
        for right in DIGITS:
            start, greater = (left, right, 0, first), max(left, right)
            yield Call("BUBBLE"), (start, (greater, WALL, 0, 0), (greater, WALL, 0, 0))
            for following in DIGITS:
                for greatest in range(max(greater, following), 10):
                    yield Call("BUBBLE"), (start, (greater, following, 0, 0), (greatest, WALL, 0, 0))


def _bstep() -> Iterator[History]:
    for left, right, first, following in product(DIGITS, DIGITS, (0, 1), OR_WALL):
        low, high = min(left, right), max(left, right)
        swapped = (low, high, 0, first)
        yield Call("BSTEP"), ((left, right, 0, first), swapped, (high, following, 0, 0))


def _compswap() -> Iterator[History]:
    for left, right, first in product(DIGITS, DIGITS, (0, 1)):
        seen = (left, right, 0, first)
        yield Call("COMPSWAP"), (seen, (right, left, 0, first)) if left > right else (seen,)


def _rshift() -> Iterator[History]:
    """Also when all passes are done: sorting itself never calls it then, but programs added later do."""
    for left, right, first, following in product(DIGITS, DIGITS, (0, 1), OR_WALL):
        for done in (0, 1):
            seen = ((left, right, done, first), (right, right, done, 0), (right, following, done, 0))
            yield Call("RSHIFT"), seen


def _sort_lshift() -> Iterator[History]:
    for left, right, before, first in product(DIGITS, OR_WALL, DIGITS, (0, 1)):
        seen = ((left, right, 0, 0), (before, right, 0, first), (before, left, 0, first))
        yield Call("LSHIFT"), seen


def _reset() -> Iterator[History]:
    call = Call("RESET")
    for left, right, done in product(DIGITS, OR_WALL, (0, 1)):
        yield call, ((left, right, 0, 1), (left, right, done, 1))
    for left, right, before, done in product(DIGITS, OR_WALL, DIGITS, (0, 1)):
        start = (left, right, 0, 0)
        yield call, (start, (before, left, 0, 1), (before, left, done, 1))
        for first, second in product(DIGITS, DIGITS):
            yield call, (start, (before, left, 0, 0), (first, second, done, 1))


SORTING_HISTORIES: Histories = {
    "BUBBLESORT": _bubblesort,
    "BUBBLE": _bubble,
    "RESET": _reset,
    "BSTEP": _bstep,
    "COMPSWAP": _compswap,
    "LSHIFT": _sort_lshift,
    "RSHIFT": _rshift,
}

"""The puzzle being worked on as one immutable value, and the ways to change it.

Every function returns a new `Draft`; undo is keeping the old one.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal, NamedTuple, TypeVar

import numpy as np

from puzzles import beyond
from puzzles.grid import Grid, as_grid, same_grid
from puzzles.puzzle import Pair, Puzzle

Part = Literal["train", "test"]
Side = Literal["input", "output", "answer"]
T = TypeVar("T")
NEW_SIDE = 3
"""Rows and columns of a fresh grid."""


class Place(NamedTuple):
    """Which grid of a draft is meant; only tests have an "answer"."""

    part: Part
    pair: int
    side: Side


@dataclass(frozen=True)
class Draft:
    """A puzzle and the person's own answers to its tests."""

    puzzle: Puzzle
    answers: tuple[Grid | None, ...]

    @classmethod
    def of(cls, puzzle: Puzzle) -> Draft:
        """Start on `puzzle` with nothing answered."""
        return cls(puzzle, (None,) * len(puzzle.test))


def blank(rows: int = NEW_SIDE, columns: int = NEW_SIDE) -> Grid:
    """Return a black grid."""
    return as_grid(np.zeros((rows, columns), dtype=np.uint8))


def new_puzzle() -> Puzzle:
    """Return an empty puzzle to draw in: one demonstration and one test."""
    return Puzzle("untitled", (Pair(blank(), blank()),), (Pair(blank(), None),))


def grid_at(draft: Draft, place: Place) -> Grid | None:
    """Return the grid at `place`, None when nothing has been drawn there."""
    if place.side == "answer":
        return draft.answers[place.pair]
    pair = pairs_of(draft.puzzle, place.part)[place.pair]
    return pair.input if place.side == "input" else pair.output


def pairs_of(puzzle: Puzzle, part: Part) -> tuple[Pair, ...]:
    """Return the demonstrations or the tests."""
    return puzzle.train if part == "train" else puzzle.test


def without_padding(draft: Draft, value: int) -> Draft:
    """Cut padding of this value away around every grid; answers stay unless a test was padding alone."""
    puzzle = beyond.without_padding(draft.puzzle, value)
    return replace(draft, puzzle=puzzle) if len(puzzle.test) == len(draft.answers) else Draft.of(puzzle)


def with_grid(draft: Draft, place: Place, grid: Grid) -> Draft:
    """Put `grid` at `place`."""
    if place.side == "answer":
        return replace(draft, answers=_set(draft.answers, place.pair, grid))
    pairs = pairs_of(draft.puzzle, place.part)
    pair = pairs[place.pair]
    changed = replace(pair, input=grid) if place.side == "input" else replace(pair, output=grid)
    return _with_pairs(draft, place.part, _set(pairs, place.pair, changed), draft.answers)


def add_pair(draft: Draft, part: Part) -> Draft:
    """Append a black pair; a new test has no expected output yet."""
    pair = Pair(blank(), blank() if part == "train" else None)
    return _insert(draft, part, len(pairs_of(draft.puzzle, part)), pair, None)


def duplicate_pair(draft: Draft, part: Part, index: int) -> Draft:
    """Put a copy of a pair right after it."""
    answer = draft.answers[index] if part == "test" else None
    return _insert(draft, part, index + 1, pairs_of(draft.puzzle, part)[index], answer)


def delete_pair(draft: Draft, part: Part, index: int) -> Draft:
    """Remove a pair; a puzzle keeps at least one demonstration and one test, so the last one stays."""
    pairs = pairs_of(draft.puzzle, part)
    if len(pairs) == 1:
        return draft
    answers = _drop(draft.answers, index) if part == "test" else draft.answers
    return _with_pairs(draft, part, _drop(pairs, index), answers)


def move_pair(draft: Draft, part: Part, index: int, to: int) -> Draft:
    """Give a pair another position, as near to `to` as there is one."""
    pairs = pairs_of(draft.puzzle, part)
    to = max(0, min(len(pairs) - 1, to))
    order = list(range(len(pairs)))
    order.insert(to, order.pop(index))
    answers = tuple(draft.answers[i] for i in order) if part == "test" else draft.answers
    return _with_pairs(draft, part, tuple(pairs[i] for i in order), answers)


def add_demonstration(draft: Draft, test: int) -> Draft:
    """Append the person's answer to a test as a demonstration, where there is one; the test stays."""
    answer = draft.answers[test]
    if answer is None:
        return draft
    pair = Pair(draft.puzzle.test[test].input, answer)
    return _insert(draft, "train", len(draft.puzzle.train), pair, None)


def only_demonstrations_come_or_go(a: Puzzle, b: Puzzle) -> bool:
    """Whether one puzzle is the other with fewer demonstrations: what is known of the others stays true."""
    fewer, more = sorted((a.train, b.train), key=len)
    left = iter(more)
    return (
        len(fewer) < len(more)
        and all(any(pair == other for other in left) for pair in fewer)
        and same_task(replace(a, train=b.train), b)
    )


def same_task(a: Puzzle, b: Puzzle) -> bool:
    """Whether two puzzles look alike to a solver: the demonstrations and the test inputs."""
    if a.train != b.train or len(a.test) != len(b.test):
        return False
    return all(same_grid(x.input, y.input) for x, y in zip(a.test, b.test, strict=True))


def carried_over(draft: Draft, to: Puzzle, earlier: Sequence[Grid | None]) -> tuple[Grid | None, ...]:
    """Return the draft's answers for another state of its puzzle, matched by the inputs of the tests.

    A test of `to` that the draft does not have keeps its answer among `earlier`.
    """
    left = list(zip(draft.puzzle.test, draft.answers, strict=True))
    answers: list[Grid | None] = []
    for pair, before in zip(to.test, earlier, strict=True):
        at = next((i for i, (test, _) in enumerate(left) if same_grid(test.input, pair.input)), None)
        answers.append(before if at is None else left.pop(at)[1])
    return tuple(answers)


def answers_all(draft: Draft) -> bool:
    """Whether the person's answers are the expected outputs of every test; not where one is unknown."""
    return all(
        answer is not None and pair.output is not None and same_grid(answer, pair.output)
        for pair, answer in zip(draft.puzzle.test, draft.answers, strict=True)
    )


def rename(draft: Draft, name: str) -> Draft:
    """Give the puzzle another name."""
    return replace(draft, puzzle=replace(draft.puzzle, name=name))


def _insert(draft: Draft, part: Part, at: int, pair: Pair, answer: Grid | None) -> Draft:
    pairs = pairs_of(draft.puzzle, part)
    answers = draft.answers
    if part == "test":
        answers = (*answers[:at], answer, *answers[at:])
    return _with_pairs(draft, part, (*pairs[:at], pair, *pairs[at:]), answers)


def _with_pairs(draft: Draft, part: Part, pairs: tuple[Pair, ...], answers: tuple[Grid | None, ...]) -> Draft:
    puzzle = replace(draft.puzzle, train=pairs) if part == "train" else replace(draft.puzzle, test=pairs)
    return Draft(puzzle, answers)


def _set(items: Sequence[T], index: int, item: T) -> tuple[T, ...]:
    return (*items[:index], item, *items[index + 1 :])


def _drop(items: Sequence[T], index: int) -> tuple[T, ...]:
    return (*items[:index], *items[index + 1 :])

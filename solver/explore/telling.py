"""Steps and marks as the search processes tell them: [word, source, others] and [part, pair, cells]."""

from __future__ import annotations

from typing import Any

from solver.words.marks import Mark
from solver.words.program import Step


def sent(step: Step) -> list[Any]:
    """A step as JSON."""
    return [step.word, step.source, list(step.others)]


def step_of(told: list[Any]) -> Step:
    """Read what `sent` wrote."""
    word, source, others = told
    return Step(word, source, tuple(others))


def sent_mark(mark: Mark) -> list[Any]:
    """The marked cells of an input as JSON."""
    return [mark.part, mark.pair, sorted(map(list, mark.cells))]


def mark_of(told: list[Any]) -> Mark:
    """Read what `sent_mark` wrote."""
    part, pair, cells = told
    return Mark(part, pair, frozenset((row, column) for row, column in cells))

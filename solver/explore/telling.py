"""Steps as the search processes tell them: [word, source, others]."""

from __future__ import annotations

from typing import Any

from solver.words.program import Step


def sent(step: Step) -> list[Any]:
    """A step as JSON."""
    return [step.word, step.source, list(step.others)]


def step_of(told: list[Any]) -> Step:
    """Read what `sent` wrote."""
    word, source, others = told
    return Step(word, source, tuple(others))

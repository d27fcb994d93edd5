"""What learned words mean: each is run on fixed probe grids and compared with every exact operation."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import torch

from puzzles.grid import Grid, as_grid, same_grid
from solver.training.synthetic import random_grid, random_palette
from solver.words.operations import CURRICULUM_OPERATIONS as OPERATIONS
from solver.words.operations import NotApplicable, Operation
from solver.words.operations.registry import Needs
from solver.words.program import Word

PROBES = 64
"""Grids every word is run on."""
NEEDS: tuple[Needs, ...] = ("any", "any", "island", "sparse", "sides", "ends", "outlines", "blocks")
"""Kinds of probe grids, taken in turn, so that every operation meets inputs on which it shows."""
_LONGEST = 6
"""Longest side of a probe."""
_UNKNOWN = 0.5
"""Agreement below which a word is left without a meaning."""


@dataclass(frozen=True)
class Meaning:
    """The exact operation a learned word resembles most."""

    operation: str
    agreement: float
    """Share of the probes, among those the operation changes within the canvas, on which both agree."""


def probe_grids(side: int = _LONGEST, seed: int = 0) -> list[Grid]:
    """The fixed probe grids: sides up to `side`, rich in colours, most with empty cells."""
    rng = np.random.default_rng(seed)
    grids: list[Grid] = []
    while len(grids) < PROBES:
        shape = (int(rng.integers(2, side + 1)), int(rng.integers(2, side + 1)))
        palette = [0, *random_palette(rng, list(range(1, 10)))[1:]]
        grid = random_grid(rng, shape, palette, NEEDS[len(grids) % len(NEEDS)])
        if len(np.unique(grid)) > 1:
            grids.append(as_grid(grid))
    return grids


@torch.no_grad()
def meanings(
    words: Sequence[Word], side: int, operations: Sequence[Operation] = OPERATIONS
) -> dict[str, Meaning]:
    """The meaning of every word that agrees with some operation on at least half of its probes.

    `side` is the longest side the words were trained on; probes and answers stay within it.
    """
    probes = probe_grids(min(side, _LONGEST))
    answers = [[_answer(operation, grid, side) for grid in probes] for operation in operations]
    found = {}
    for word in words:
        outcomes = [outcome.grid for outcome in word.apply(probes, (side, side))]
        shares = [_agreement(outcomes, expected) for expected in answers]
        best = int(np.argmax(shares))
        if shares[best] >= _UNKNOWN:
            found[word.name] = Meaning(operations[best].name, shares[best])
    return found


def describe(words: Sequence[Word], side: int) -> dict[str, dict[str, str | float]]:
    """The meanings of words as plain values for the weights' JSON."""
    return {
        name: {"operation": meaning.operation, "agreement": round(meaning.agreement, 4)}
        for name, meaning in meanings(words, side).items()
    }


def _answer(operation: Operation, grid: Grid, side: int) -> Grid | None:
    try:
        answer = operation(grid)
    except NotApplicable:
        return None
    return as_grid(answer) if max(answer.shape) <= side and not same_grid(answer, grid) else None


def _agreement(outcomes: Sequence[Grid], expected: Sequence[Grid | None]) -> float:
    agree = [
        same_grid(outcome, answer)
        for outcome, answer in zip(outcomes, expected, strict=True)
        if answer is not None
    ]
    return sum(agree) / len(agree) if agree else 0.0

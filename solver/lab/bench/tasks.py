"""The three sequence suites of the NLI paper: what is trained, what is tested out of distribution.

Sequences of twenty symbols are 1×20 grids of ten colours. A transformation maps a sequence to a sequence of
the same length; a task is one transformation shown on several random sequences.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import product
from typing import Protocol

import numpy as np
import torch
from numpy.typing import NDArray

from puzzles.grid import COLOURS
from solver.lab.baselines.examples import Examples

LENGTH = 20
"""Symbols per sequence, as in the paper."""
CANVAS = (1, LENGTH)
"""Rows and columns of the grid that carries a sequence."""

Symbols = NDArray[np.int64]
Function = Callable[[Symbols], Symbols]

SPLITS = ("train", "validation", "test")
_PROBE_SEED = 20


@dataclass(frozen=True)
class Transformation:
    """A named function on sequences (…, 20)."""

    name: str
    function: Function


class Suite(Protocol):
    """A source of tasks with a training distribution and test kinds beyond it."""

    @property
    def name(self) -> str:
        """Short name, e.g. "shift-l"."""
        ...

    @property
    def kinds(self) -> tuple[str, ...]:
        """Columns of the table; the first is "in", the training distribution."""
        ...

    def draw(
        self, split: str, index: int, tasks: int, pairs: int, *, seed: int, kind: str = "in"
    ) -> Examples:
        """Batch number `index` of a split: `tasks` tasks of `pairs` examples.

        The splits never share a random stream; the same arguments give the same batch. Training draws are
        of kind "in" alone; raises ValueError otherwise.
        """
        ...


def stream(suite: Suite, split: str, index: int, seed: int, kind: str) -> np.random.Generator:
    """The random stream of one batch."""
    if split == "train" and kind != "in":
        raise ValueError("tasks outside the distribution are never trained on")
    return np.random.default_rng((seed, SPLITS.index(split), index, suite.kinds.index(kind)))


@dataclass(frozen=True)
class SequenceSuite:
    """Transformations for training and others for the test."""

    name: str
    summary: str
    inside: tuple[Transformation, ...]
    """Trained on; tested on fresh sequences."""
    outside: tuple[Transformation, ...]
    """Never trained on."""
    kinds: tuple[str, ...] = ("in", "out")

    def draw(
        self, split: str, index: int, tasks: int, pairs: int, *, seed: int, kind: str = "in"
    ) -> Examples:
        """A batch, as `Suite.draw` says; test splits hold every transformation equally often."""
        rng = stream(self, split, index, seed, kind)
        pool = self.inside if kind == "in" else self.outside
        if split == "train":
            chosen = [pool[i] for i in rng.integers(len(pool), size=tasks)]
        else:
            order = rng.permutation(len(pool))
            chosen = [pool[order[i % len(pool)]] for i in range(tasks)]
        inputs = rng.integers(COLOURS, size=(tasks, pairs, LENGTH))
        outputs = np.stack([t.function(x) for t, x in zip(chosen, inputs, strict=True)])
        names = tuple(t.name for t in chosen)
        laid = torch.from_numpy(np.stack([inputs, outputs], 2))
        # Only trained transformations are words; anything else would have to be composed of them.
        words = torch.tensor([[pool.index(t)] for t in chosen]) if kind == "in" else None
        return Examples(CANVAS, laid[:, :, 0], laid[:, :, 1], names, words, None if words is None else laid)


def _shift(by: int) -> Transformation:
    return Transformation(f"shift {by}", lambda x: np.roll(x, by, axis=-1))


def _halves(function: Function) -> Function:
    middle = LENGTH // 2
    return lambda x: np.concatenate([function(x[..., :middle]), function(x[..., middle:])], -1)


def _gather(order: Sequence[int]) -> Function:
    index = np.array(order)
    return lambda x: x[..., index]


SINGLE: tuple[Transformation, ...] = (
    _shift(1),
    Transformation("reverse", lambda x: x[..., ::-1].copy()),
    Transformation("reverse halves", _halves(lambda x: x[..., ::-1])),
    Transformation("swap neighbours", _gather([i ^ 1 for i in range(LENGTH)])),
    Transformation("evens, then odds", _gather([*range(0, LENGTH, 2), *range(1, LENGTH, 2)])),
    Transformation("add one", lambda x: (x + 1) % COLOURS),
    Transformation("complement", lambda x: COLOURS - 1 - x),
    Transformation("halve", lambda x: x // 2),
)
"""The single operations of Comp-I: moves of symbols and maps of symbols."""


def compositions(singles: Sequence[Transformation]) -> tuple[Transformation, ...]:
    """All g after f that no single operation, the identity, or an earlier composition already does."""
    probe = np.random.default_rng(_PROBE_SEED).integers(COLOURS, size=(32, LENGTH))
    seen = {probe.tobytes()} | {s.function(probe).tobytes() for s in singles}
    found = []
    for first, second in product(singles, repeat=2):
        key = np.ascontiguousarray(second.function(first.function(probe))).tobytes()
        if key not in seen:
            seen.add(key)
            found.append(
                Transformation(f"{first.name}, {second.name}", _after(second.function, first.function))
            )
    return tuple(found)


def _after(second: Function, first: Function) -> Function:
    return lambda x: second(first(x))


SUITES: dict[str, SequenceSuite] = {
    suite.name: suite
    for suite in (
        SequenceSuite(
            "shift-l",
            "train cyclic shifts 1–5, test 6–10",
            tuple(_shift(by) for by in range(1, 6)),
            tuple(_shift(by) for by in range(6, 11)),
        ),
        SequenceSuite(
            "shift-p",
            "train cyclic shifts 6–10, test 1–5",
            tuple(_shift(by) for by in range(6, 11)),
            tuple(_shift(by) for by in range(1, 6)),
        ),
        SequenceSuite(
            "comp-i",
            f"train {len(SINGLE)} single operations, test every f∘g that none of them equals",
            SINGLE,
            compositions(SINGLE),
        ),
    )
}

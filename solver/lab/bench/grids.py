"""Two-dimensional puzzles: compositions of exact operations, some pairs of which are never trained.

Programs of one word and three quarters of the pairs are the training distribution; the remaining pairs and
programs of three to five words are the test. A test program is dropped where it does what a trained program
does, judged by a fixed set of probe grids.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import product

import numpy as np
import torch

from puzzles.grid import Cells
from solver.lab.baselines.examples import Examples
from solver.lab.bench.tasks import stream
from solver.nli.model import to_canvas
from solver.training.synthetic import random_grid, random_palette, random_shape, trace
from solver.words.operations import OPERATIONS, NotApplicable, Operation

_FAMILIES = ("symmetry", "shift", "roll")
_MORE = (
    *(f"fall {way}" for way in ("up", "down", "left", "right")),
    *(f"{part} half" for part in ("left", "right", "top", "bottom")),
    "trim border",
)
_HELD_SHARE = 0.25
_PROBES = 12
_SEED = 25
_TRIES = 12

Words = tuple[int, ...]


def grid_operations() -> tuple[Operation, ...]:
    """The 24 operations of the suite: none mentions a colour, all are learned at this size."""
    return tuple(op for op in OPERATIONS if op.family in _FAMILIES or op.name in _MORE)


@dataclass(frozen=True)
class GridSuite:
    """Puzzles on a canvas of up to `side` × `side` cells; smaller grids leave cells outside."""

    side: int = 6
    name: str = "grids"
    kinds: tuple[str, ...] = ("in", "held-out pairs", "depth 3", "depth 4", "depth 5")
    operations: tuple[Operation, ...] = field(default_factory=grid_operations)
    trained: tuple[Words, ...] = field(init=False)
    """Programs of the training distribution: every single word, then the trained pairs."""
    held: tuple[Words, ...] = field(init=False)
    """Pairs of words that are never trained on and that no trained program equals."""
    _known: frozenset[bytes] = field(init=False, repr=False)

    def __post_init__(self) -> None:
        count = len(self.operations)
        singles: list[Words] = [(w,) for w in range(count)]
        by_behaviour: dict[bytes, Words] = {}
        for words in product(range(count), repeat=2):
            by_behaviour.setdefault(self.behaviour(words), words)
        for words in [(), *singles]:  # neither the identity nor a single word is a pair
            by_behaviour.pop(self.behaviour(words), None)
        pairs = list(by_behaviour.values())
        order = np.random.default_rng(_SEED).permutation(len(pairs))
        cut = round(_HELD_SHARE * len(pairs))
        object.__setattr__(self, "held", tuple(pairs[i] for i in order[:cut]))
        object.__setattr__(self, "trained", (*singles, *(pairs[i] for i in order[cut:])))
        known = frozenset(self.behaviour(words) for words in [(), *self.trained, *self.held])
        object.__setattr__(self, "_known", known)

    @property
    def canvas(self) -> tuple[int, int]:
        """Rows and columns of the canvas."""
        return (self.side, self.side)

    def random_input(self, rng: np.random.Generator) -> Callable[[], Cells]:
        """Draws the inputs of one task, which share their colours."""
        palette = random_palette(rng, [])
        return lambda: random_grid(rng, random_shape(rng, self.canvas), palette)

    def probes(self) -> list[Cells]:
        """Fixed inputs by which programs are told apart."""
        return _probes(self.side)

    def behaviour(self, words: Words) -> bytes:
        """What a program makes of the probe grids; equal for programs that do the same."""
        results = []
        for probe in self.probes():
            grid: Cells | None = probe
            for word in words:
                try:
                    grid = self.operations[word](grid) if grid is not None else None
                except NotApplicable:
                    grid = None
            results.append(b"-" if grid is None else bytes(grid.shape) + grid.tobytes())
        return b"|".join(results)

    def draw(
        self, split: str, index: int, tasks: int, pairs: int, *, seed: int, kind: str = "in"
    ) -> Examples:
        """A batch, as `Suite.draw` says, on a canvas of `side` × `side`."""
        rng = stream(self, split, index, seed, kind)
        programs: list[Words] = []
        drawn: list[Sequence[tuple[Cells, ...]]] = []
        while len(programs) < tasks:
            words = self._program(rng, kind)
            examples = self._examples(rng, words, pairs)
            if examples is not None:
                programs.append(words)
                drawn.append(examples)
        depth = max(len(words) for words in programs)
        grids = [
            states[min(t, len(states) - 1)] for task in drawn for states in task for t in range(depth + 1)
        ]
        laid = to_canvas(grids, self.canvas).view(tasks, pairs, depth + 1, -1)
        names = tuple(", ".join(self.operations[w].name for w in words) for words in programs)
        told = torch.tensor([[*words, *[-1] * (depth - len(words))] for words in programs])
        return Examples(self.canvas, laid[:, :, 0], laid[:, :, -1], names, told, laid)

    def _program(self, rng: np.random.Generator, kind: str) -> Words:
        if kind == "in":
            singles = len(self.operations)
            # Half of the tasks have one word, though there are far more pairs.
            low, high = (0, singles) if rng.random() < 0.5 else (singles, len(self.trained))
            return self.trained[int(rng.integers(low, high))]
        if kind == "held-out pairs":
            return self.held[int(rng.integers(len(self.held)))]
        while True:
            words = tuple(int(w) for w in rng.integers(len(self.operations), size=int(kind.split()[1])))
            if self.behaviour(words) not in self._known:
                return words

    def _examples(
        self, rng: np.random.Generator, words: Words, pairs: int
    ) -> Sequence[tuple[Cells, ...]] | None:
        """States of every example; None where the program does not suit the grids of this canvas."""
        program = [self.operations[w] for w in words]
        draw = self.random_input(rng)
        examples: list[tuple[Cells, ...]] = []
        for _ in range(_TRIES * pairs):
            states = trace(program, draw(), self.canvas)
            if states is not None:
                examples.append(states)
            if len(examples) == pairs:
                return examples
        return None


@lru_cache
def _probes(side: int) -> list[Cells]:
    rng = np.random.default_rng(_SEED)
    shapes = [random_shape(rng, (side, side)) for _ in range(_PROBES - 2)] + [(side, side)] * 2
    return [random_grid(rng, shape, random_palette(rng, [])) for shape in shapes]

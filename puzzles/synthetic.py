"""The synthetic curriculum: random inputs, random programs over exact operations, every state kept.

Nothing here is taken from an ARC puzzle; grids are drawn from noise, rectangles, lines and islands.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from puzzles.operations import CURRICULUM_OPERATIONS, Cells, NotApplicable, Operation

FAMILY_WEIGHTS: dict[str, float] = {
    "symmetry": 3.0,
    "shift": 2.0,
    "roll": 1.0,
    "enlarge": 4.0,
    "crop": 2.5,
    "gravity": 2.5,
    "frame": 1.0,
    "border": 1.0,
    "replace": 3.0,
    "swap": 2.5,
    "paint": 1.0,
    "keep": 1.0,
}
"""How often each family is drawn; within a family every operation is equally likely."""

_TRIES = 12
"""Inputs drawn for one example before the program is given up."""


@dataclass(frozen=True)
class Task:
    """A random program and what it does to several inputs."""

    words: tuple[int, ...]
    """Indices into the operations the task was drawn from, in order of application."""
    examples: tuple[tuple[Cells, ...], ...]
    """Per example the states: input, after the first word, …, output."""


class Curriculum:
    """Draws tasks from a set of operations."""

    def __init__(self, operations: Sequence[Operation] = CURRICULUM_OPERATIONS) -> None:
        self.operations = tuple(operations)
        sizes = {op.family: 0 for op in operations}
        for op in operations:
            sizes[op.family] += 1
        weights = np.array([FAMILY_WEIGHTS[op.family] / sizes[op.family] for op in operations])
        self._weights = weights / weights.sum()

    def draw(self, rng: np.random.Generator, depth: int, pairs: int, limit: tuple[int, int]) -> Task:
        """Draw a task of `depth` words and `pairs` examples whose grids all fit into `limit` (rows, columns).

        In every example each word changes the grid; no two symmetries follow each other; where two words
        commute on all examples, they stand in the order of their indices, so that one task has one program.
        """
        while True:
            words = tuple(int(w) for w in rng.choice(len(self.operations), size=depth, p=self._weights))
            families = [self.operations[w].family for w in words]
            if any(a == b == "symmetry" for a, b in pairwise(families)):
                continue
            examples = self._examples(rng, words, pairs, limit)
            if examples is not None:
                return self._in_order(Task(words, examples))

    def _examples(
        self, rng: np.random.Generator, words: tuple[int, ...], pairs: int, limit: tuple[int, int]
    ) -> tuple[tuple[Cells, ...], ...] | None:
        program = [self.operations[w] for w in words]
        palette = random_palette(rng, [c for op in program for c in op.colours])
        shape = random_shape(rng, limit)
        same_shape = rng.random() < 0.5
        islands = program[0].name == "crop to content"
        examples = []
        for _ in range(pairs):
            for attempt in range(_TRIES):
                if attempt or not same_shape:
                    # Later tries draw smaller grids, for programs that enlarge.
                    shrink = 1 + attempt // 3
                    shape = random_shape(rng, (max(2, limit[0] // shrink), max(2, limit[1] // shrink)))
                grid = random_grid(rng, shape, palette, island=islands or rng.random() < 0.1)
                states = trace(program, grid, limit)
                if states is not None:
                    examples.append(states)
                    break
            else:
                return None
        return tuple(examples)

    def _in_order(self, task: Task) -> Task:
        words = list(task.words)
        examples = task.examples
        for i in range(len(words) - 1):
            if words[i] <= words[i + 1]:
                continue
            first, second = self.operations[words[i + 1]], self.operations[words[i]]
            swapped = [_two(first, second, states[i]) for states in examples]
            if all(
                pair is not None and np.array_equal(pair[1], states[i + 2])
                for pair, states in zip(swapped, examples, strict=True)
            ):
                words[i], words[i + 1] = words[i + 1], words[i]
                examples = tuple(
                    (*states[: i + 1], pair[0], *states[i + 2 :])
                    for pair, states in zip(swapped, examples, strict=True)
                    if pair is not None
                )
        return Task(tuple(words), examples)


def _two(first: Operation, second: Operation, grid: Cells) -> tuple[Cells, Cells] | None:
    try:
        middle = first(grid)
        return middle, second(middle)
    except NotApplicable:
        return None


def trace(program: Sequence[Operation], grid: Cells, limit: tuple[int, int]) -> tuple[Cells, ...] | None:
    """Run a program and keep every state; None where it fails, repeats a state or grows too large."""
    states = [grid]
    for operation in program:
        try:
            following = operation(states[-1])
        except NotApplicable:
            return None
        if following.shape[0] > limit[0] or following.shape[1] > limit[1]:
            return None
        if any(np.array_equal(following, earlier) for earlier in states):
            return None
        states.append(following)
    return tuple(states)


def random_palette(rng: np.random.Generator, required: Sequence[int]) -> list[int]:
    """Draw the colours of a task: the background first (0 in four of five tasks), then two to six others."""
    background = 0 if rng.random() < 0.8 else int(rng.integers(1, 10))
    others = [c for c in rng.permutation(10).tolist() if c != background]
    chosen = others[: int(rng.choice([1, 2, 3, 4, 6, 8], p=[0.1, 0.2, 0.25, 0.2, 0.15, 0.1]))]
    return [background, *chosen, *(c for c in required if c != background and c not in chosen)]


def random_shape(rng: np.random.Generator, limit: tuple[int, int]) -> tuple[int, int]:
    """Draw rows and columns up to `limit`; two of five grids are square."""
    height = int(rng.integers(min(2, limit[0]), limit[0] + 1))
    if rng.random() < 0.4:
        side = min(height, limit[1])
        return side, side
    return height, int(rng.integers(min(2, limit[1]), limit[1] + 1))


def random_grid(
    rng: np.random.Generator, shape: tuple[int, int], palette: Sequence[int], island: bool = False
) -> Cells:
    """Draw a grid: noise of any density, or rectangles and lines; an island stands in a margin of 0."""
    if island and min(shape) > 2:
        height, width = (int(rng.integers(1, side)) for side in shape)
        top, left = int(rng.integers(0, shape[0] - height + 1)), int(rng.integers(0, shape[1] - width + 1))
        grid = np.zeros(shape, np.uint8)
        grid[top : top + height, left : left + width] = _plain_grid(rng, (height, width), palette)
        return grid
    return _plain_grid(rng, shape, palette)


def _plain_grid(rng: np.random.Generator, shape: tuple[int, int], palette: Sequence[int]) -> Cells:
    background, others = palette[0], np.array(palette[1:], np.uint8)
    grid = np.full(shape, background, np.uint8)
    if rng.random() < 0.6:
        density = rng.choice([0.15, 0.3, 0.5, 0.75, 1.0])
        filled = rng.random(shape) < density
        grid[filled] = rng.choice(others, size=int(filled.sum()))
        return grid
    for _ in range(int(rng.integers(1, 5))):
        height = 1 if rng.random() < 0.3 else int(rng.integers(1, shape[0] + 1))
        width = 1 if rng.random() < 0.3 else int(rng.integers(1, shape[1] + 1))
        top, left = int(rng.integers(0, shape[0] - height + 1)), int(rng.integers(0, shape[1] - width + 1))
        block = grid[top : top + height, left : left + width]
        if rng.random() < 0.7:
            block[:] = rng.choice(others)
        else:
            block[rng.random(block.shape) < 0.7] = rng.choice(others)
    return grid

"""The synthetic curriculum: random inputs, random programs over exact operations, every state kept.

Nothing here is taken from an ARC puzzle; grids are drawn from noise, rectangles, lines and islands.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import islice, pairwise

import numpy as np

from puzzles.grid import Cells
from solver.training.rich import rich_grid
from solver.words.operations import CURRICULUM_OPERATIONS, NotApplicable, Operation
from solver.words.operations.registry import Needs

FAMILY_WEIGHTS: dict[str, float] = {
    "symmetry": 3.0,
    "shift": 2.0,
    "roll": 1.0,
    "enlarge": 4.0,
    "crop": 2.5,
    "gravity": 2.5,
    "ray": 3.0,
    "complete": 1.5,
    "halves": 3.0,
    "whole": 2.5,
    "halo": 1.0,
    "fill": 1.5,
    "frame": 1.0,
    "border": 1.0,
    "replace": 3.0,
    "swap": 2.5,
    "paint": 1.0,
    "keep": 1.0,
    "line": 2.5,
    "area": 1.5,
    "scale": 0.5,
    "role": 0.5,
    "rule": 2.0,
}
"""How often each family is drawn; within a family every operation is equally likely."""

SURPRISES: tuple[Needs, ...] = ("island", "sparse", "sides", "outlines", "blocks")
"""Kinds of input that an operation without needs of its own also meets now and then."""

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
    """Draws tasks from a set of operations; `rich`: share of inputs drawn by `solver.training.rich`."""

    def __init__(self, operations: Sequence[Operation] = CURRICULUM_OPERATIONS, rich: float = 0.0) -> None:
        self.operations = tuple(operations)
        self._rich = rich
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
            words = self.draw_words(rng, depth)
            examples = self._examples(rng, words, pairs, limit)
            if examples is not None:
                return self._in_order(Task(words, examples), limit)

    def draw_on(
        self,
        rng: np.random.Generator,
        depth: int,
        pairs: int,
        limit: tuple[int, int],
        grids: Sequence[Cells],
    ) -> Task | None:
        """Like `draw`, on the first given input grids that a program changes; None after some tries."""
        for _ in range(_TRIES):
            words = self.draw_words(rng, depth)
            program = [self.operations[w] for w in words]
            traces = (trace(program, grid, limit) for grid in grids)
            examples = tuple(islice((states for states in traces if states is not None), pairs))
            if len(examples) == pairs:
                return self._in_order(Task(words, examples), limit)
        return None

    def draw_words(self, rng: np.random.Generator, depth: int) -> tuple[int, ...]:
        """Draw a program in which no two symmetries follow each other."""
        while True:
            words = tuple(int(w) for w in rng.choice(len(self.operations), size=depth, p=self._weights))
            families = [self.operations[w].family for w in words]
            if not any(a == b == "symmetry" for a, b in pairwise(families)):
                return words

    def _examples(
        self, rng: np.random.Generator, words: tuple[int, ...], pairs: int, limit: tuple[int, int]
    ) -> tuple[tuple[Cells, ...], ...] | None:
        program = [self.operations[w] for w in words]
        palette = random_palette(rng, [c for op in program for c in op.colours])
        shape = random_shape(rng, limit)
        same_shape = rng.random() < 0.5
        examples = []
        for _ in range(pairs):
            for attempt in range(_TRIES):
                if attempt or not same_shape:
                    # Later tries draw smaller grids, for programs that enlarge.
                    shrink = 1 + attempt // 3
                    shape = random_shape(rng, (max(2, limit[0] // shrink), max(2, limit[1] // shrink)))
                needs = program[0].needs
                if needs == "any" and rng.random() < 0.2:
                    needs = SURPRISES[int(rng.integers(len(SURPRISES)))]
                grid = self._grid(rng, shape, palette, needs)
                states = trace(program, grid, limit)
                if states is not None:
                    examples.append(states)
                    break
            else:
                return None
        return tuple(examples)

    def _grid(
        self, rng: np.random.Generator, shape: tuple[int, int], palette: Sequence[int], needs: Needs
    ) -> Cells:
        # Without a share of rich inputs no random number is used up, so older tasks stay the same.
        rich = self._rich and rng.random() < self._rich
        grid = rich_grid(rng, shape, palette, needs) if rich else None
        return random_grid(rng, shape, palette, needs) if grid is None else grid

    def _in_order(self, task: Task, limit: tuple[int, int]) -> Task:
        """Exchange neighbours that commute until none of them stands after one with a larger index."""
        place = 0
        while place < len(task.words) - 1:
            exchanged = self._exchanged(task, place, limit)
            # Words that were exchanged may now commute with those before them.
            place = place + 1 if exchanged is None else max(0, place - 1)
            task = exchanged or task
        return task

    def _exchanged(self, task: Task, place: int, limit: tuple[int, int]) -> Task | None:
        """The task with this word and the next in the other order; None where they stand right or differ."""
        words = list(task.words)
        if words[place] <= words[place + 1]:
            return None
        words[place], words[place + 1] = words[place + 1], words[place]
        program = [self.operations[word] for word in words[place : place + 2]]
        examples = []
        for states in task.examples:
            other = trace(program, states[place], limit)
            if other is None or not np.array_equal(other[2], states[place + 2]):
                return None
            examples.append((*states[: place + 1], other[1], *states[place + 2 :]))
        return Task(tuple(words), tuple(examples))


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
    rng: np.random.Generator, shape: tuple[int, int], palette: Sequence[int], needs: Needs = "any"
) -> Cells:
    """Draw a grid of about this shape that has what an operation needs; palette[0] is the background."""
    if min(shape) < 3:
        return _mixed(rng, shape, palette)
    return _DRAWERS[needs](rng, shape, palette)


def _island(rng: np.random.Generator, shape: tuple[int, int], palette: Sequence[int]) -> Cells:
    """Something smaller in a margin of 0."""
    height, width = (int(rng.integers(1, side)) for side in shape)
    top, left = int(rng.integers(0, shape[0] - height + 1)), int(rng.integers(0, shape[1] - width + 1))
    grid = np.zeros(shape, np.uint8)
    grid[top : top + height, left : left + width] = _mixed(rng, (height, width), palette)
    return grid


def _sparse(rng: np.random.Generator, shape: tuple[int, int], palette: Sequence[int]) -> Cells:
    """A few cells on 0."""
    count = int(rng.integers(1, max(2, shape[0] * shape[1] // 6) + 1))
    grid = np.zeros(shape, np.uint8)
    cells = rng.choice(grid.size, size=count, replace=False)
    grid.flat[cells] = rng.choice(np.array(_on_empty(palette)[1:], np.uint8), size=count)
    return grid


def _blocks(rng: np.random.Generator, shape: tuple[int, int], palette: Sequence[int]) -> Cells:
    """A small grid, every cell of it a square of two or three."""
    factor = int(rng.choice([2, 3])) if min(shape) >= 6 else 2
    small = _mixed(rng, (shape[0] // factor, shape[1] // factor), palette)
    return small.repeat(factor, 0).repeat(factor, 1)


def _on_empty(palette: Sequence[int]) -> list[int]:
    """The palette with 0 as its background."""
    return [0, *(colour for colour in palette if colour != 0)]


def _halved(rng: np.random.Generator, shape: tuple[int, int], palette: Sequence[int]) -> Cells:
    """Two halves side by side, each mostly in one colour of its own, with a separator in odd widths."""
    palette, width = _on_empty(palette), shape[1] // 2
    plain = rng.random() < 0.7
    halves = []
    for _ in range(2):
        colours = [0, int(rng.choice(palette[1:]))] if plain else palette
        halves.append(_noise(rng, (shape[0], width), colours, float(rng.uniform(0.3, 0.7))))
    separator = np.full((shape[0], shape[1] % 2), rng.integers(1, 10), np.uint8)
    return np.hstack([halves[0], separator, halves[1]])


def _outlines(rng: np.random.Generator, shape: tuple[int, int], palette: Sequence[int]) -> Cells:
    """Rectangles drawn as outlines, some of them broken, over a little noise."""
    palette = _on_empty(palette)
    grid = _noise(rng, shape, palette, 0.1 if rng.random() < 0.5 else 0.0)
    for _ in range(int(rng.integers(1, 4))):
        height, width = (int(rng.integers(3, side + 1)) for side in shape)
        block = np.full((height, width), rng.choice(palette[1:]), np.uint8)
        block[1:-1, 1:-1] = 0
        if rng.random() < 0.25:
            block.flat[int(rng.integers(block.size))] = 0
        top, left = int(rng.integers(shape[0] - height + 1)), int(rng.integers(shape[1] - width + 1))
        grid[top : top + height, left : left + width] = block
    return grid


def _noise(rng: np.random.Generator, shape: tuple[int, int], palette: Sequence[int], density: float) -> Cells:
    grid = np.full(shape, palette[0], np.uint8)
    filled = rng.random(shape) < density
    grid[filled] = rng.choice(np.array(palette[1:], np.uint8), size=int(filled.sum()))
    return grid


def _mixed(rng: np.random.Generator, shape: tuple[int, int], palette: Sequence[int]) -> Cells:
    """Noise of any density, or rectangles and lines."""
    if rng.random() < 0.6:
        return _noise(rng, shape, palette, float(rng.choice([0.15, 0.3, 0.5, 0.75, 1.0])))
    grid = np.full(shape, palette[0], np.uint8)
    others = np.array(palette[1:], np.uint8)
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


_DRAWERS: dict[Needs, Callable[[np.random.Generator, tuple[int, int], Sequence[int]], Cells]] = {
    "any": _mixed,
    "island": _island,
    "sparse": _sparse,
    "sides": _halved,
    "ends": lambda rng, shape, palette: _halved(rng, shape[::-1], palette).T,
    "outlines": _outlines,
    "blocks": _blocks,
}

"""List tasks after DeepCoder: compositions of functions on lists of small integers.

Balog et al., "DeepCoder: Learning to Write Programs" (arXiv 1611.01989) compose first- and higher-order
functions on lists. Here every value is a digit and every function maps one list to one list, arithmetic
stopping at 0 and 9, so that a list is a grid of one row and every state of a program can be shown. Programs
of one function and three quarters of the pairs are trained; the other pairs (composition) and programs of
three to five functions (length) are the test, as in Shi et al., "ExeDec" (arXiv 2307.13883), in small.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from puzzles.grid import COLOURS, Cells
from solver.lab.bench.grids import GridSuite
from solver.words.operations import NotApplicable, Operation

LENGTH = 10
"""Longest list."""
_PROBES = 24
_SEED = 26

Numbers = NDArray[np.int64]


def _digits(values: Numbers) -> Numbers:
    return np.clip(values, 0, COLOURS - 1)


def _running(combine: Callable[[int, int], int]) -> Callable[[Numbers], Numbers]:
    def scan(values: Numbers) -> Numbers:
        made = [int(values[0])]
        for value in values[1:]:
            made.append(combine(made[-1], int(value)))
        return np.array(made)

    return scan


def _differences(values: Numbers) -> Numbers:
    return np.concatenate([values[:1], np.abs(np.diff(values))])


_FUNCTIONS: tuple[tuple[str, Callable[[Numbers], Numbers]], ...] = (
    ("reverse", lambda x: x[::-1]),
    ("sort", np.sort),
    ("tail", lambda x: x[1:]),
    ("init", lambda x: x[:-1]),
    ("take 3", lambda x: x[:3]),
    ("drop 3", lambda x: x[3:]),
    ("map +1", lambda x: x + 1),
    ("map -1", lambda x: x - 1),
    ("map *2", lambda x: x * 2),
    ("map /2", lambda x: x // 2),
    ("map 9-", lambda x: COLOURS - 1 - x),
    ("filter even", lambda x: x[x % 2 == 0]),
    ("filter odd", lambda x: x[x % 2 == 1]),
    ("filter >4", lambda x: x[x > 4]),
    ("filter <5", lambda x: x[x < 5]),
    ("scan +", _running(lambda a, b: min(a + b, COLOURS - 1))),
    ("scan max", _running(max)),
    ("scan min", _running(min)),
    ("differences", _differences),
    ("maximum", lambda x: x.max(keepdims=True)),
    ("sum", lambda x: x.sum(keepdims=True)),
)


def list_operations() -> tuple[Operation, ...]:
    """The functions as operations on grids of one row; an empty list is no answer."""
    return tuple(Operation(name, "list", _on_row(function)) for name, function in _FUNCTIONS)


def _on_row(function: Callable[[Numbers], Numbers]) -> Callable[[Cells], Cells]:
    def apply(grid: Cells) -> Cells:
        made = _digits(function(grid[0].astype(np.int64)))
        if not len(made):
            raise NotApplicable("the list is empty")
        return made.astype(grid.dtype)[None]

    return apply


@dataclass(frozen=True)
class ListSuite(GridSuite):
    """Lists of up to `side` digits on a canvas of one row."""

    side: int = LENGTH
    name: str = "lists"
    operations: tuple[Operation, ...] = field(default_factory=list_operations)

    @property
    def canvas(self) -> tuple[int, int]:
        """One row."""
        return (1, self.side)

    def random_input(self, rng: np.random.Generator) -> Callable[[], Cells]:
        """Lists of at least four digits, any of them equally likely."""

        def draw() -> Cells:
            return rng.integers(COLOURS, size=(1, int(rng.integers(4, self.side + 1)))).astype(np.uint8)

        return draw

    def probes(self) -> list[Cells]:
        """Fixed lists by which programs are told apart."""
        draw = self.random_input(np.random.default_rng(_SEED))
        return [draw() for _ in range(_PROBES)]

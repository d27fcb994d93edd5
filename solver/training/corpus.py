"""Tasks from files to train on: rearc.npz, or a folder (or Kaggle file) of ARC tasks."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np

from puzzles.arrays import ArrayTasks
from puzzles.beyond import beyond_canvas, beyond_solver
from puzzles.collections import folder, held_out
from puzzles.files import MAX_COLLECTION_BYTES, is_zip, open_zip, read_bytes
from puzzles.grid import COLOURS, MAX_SIDE, Cells
from puzzles.puzzle import Puzzle
from puzzles.symmetry import SYMMETRIES
from solver.words.errors import UsageError

Example = tuple[Cells, Cells]
"""Input and output grid."""
_Limit = tuple[int, int]
_BUCKET = 0.4
"""The first example of a draw fills at least this share of the canvas, so that little of it is wasted."""
_SCALED = _MOVED = 0.1
"""Share of tasks shown larger, and of tasks of unchanged shape shown somewhere in a larger empty grid."""


@dataclass(frozen=True)
class Source:
    """All examples of one task."""

    name: str
    shapes: Cells
    """(n, 4) input height and width, output height and width."""
    cells: Cells
    """Row-major cells, input then output, example after example."""
    starts: np.ndarray = field(init=False, repr=False)

    def __post_init__(self) -> None:
        shapes = self.shapes.astype(np.int64)
        sizes = shapes[:, 0] * shapes[:, 1] + shapes[:, 2] * shapes[:, 3]
        object.__setattr__(self, "starts", np.concatenate([[0], sizes.cumsum()]))

    def example(self, index: int) -> Example:
        """Input and output of one example."""
        a, b, c, d = (int(side) for side in self.shapes[index])
        start = self.starts[index]
        middle = start + a * b
        return self.cells[start:middle].reshape(a, b), self.cells[middle : middle + c * d].reshape(c, d)

    def sides(self) -> np.ndarray:
        """(n, 2) rows and columns of a canvas that holds both grids of an example."""
        return np.maximum(self.shapes[:, :2], self.shapes[:, 2:])


class Corpus:
    """Examples by task, found by the canvas they fit."""

    def __init__(self, sources: Iterable[Source]) -> None:
        self.sources = tuple(sources)
        self._fitting: dict[tuple[_Limit, int], list[tuple[Source, np.ndarray, np.ndarray]]] = {}

    def draw(self, rng: np.random.Generator, pairs: int, limit: _Limit) -> list[Example] | None:
        """Different examples of one random task that fit into `limit` (rows, columns); None without one."""
        found = self.draw_of(rng, pairs, limit)
        return None if found is None else found[1]

    def draw_of(
        self, rng: np.random.Generator, pairs: int, limit: _Limit
    ) -> tuple[Source, list[Example]] | None:
        """The same, and the task they are of."""
        fitting = self._fit(limit, pairs)
        if not fitting:
            return None
        source, indices, large = fitting[int(rng.integers(len(fitting)))]
        first = int(rng.choice(large if len(large) else indices))
        others = rng.choice(indices[indices != first], size=pairs - 1, replace=False)
        return source, [source.example(int(index)) for index in (first, *others)]

    def _fit(self, limit: _Limit, pairs: int) -> list[tuple[Source, np.ndarray, np.ndarray]]:
        """Per task with that many the examples that fit a canvas, and those that fill enough of it."""
        if (limit, pairs) not in self._fitting:
            rows = []
            for source in self.sources:
                sides = source.sides()
                indices = np.flatnonzero((sides <= limit).all(1)).astype(np.int32)
                if len(indices) >= pairs:
                    area = sides[indices].astype(np.int64).prod(1)
                    rows.append((source, indices, indices[area >= _BUCKET * limit[0] * limit[1]]))
            self._fitting[limit, pairs] = rows
        return self._fitting[limit, pairs]


def load_corpus(path: Path) -> Corpus:
    """Read what `--data` names; raises `UsageError`, or `PuzzleError` for what holds no tasks.

    Of an .npz file the held-out tasks (`puzzles.collections`) are left out; a person's own folder is taken
    whole, but for puzzles beyond ARC's sizes and colours.
    """
    if path.suffix != ".npz":
        found = (puzzle for _, puzzle in folder(path).puzzles())
        return Corpus(_from_puzzle(p) for p in found if not beyond_solver(p) and not beyond_canvas(p))
    sources = load_archive(path)
    left_out = set(held_out(source.name for source in sources))
    return Corpus(source for source in sources if source.name not in left_out)


def load_archive(path: Path) -> tuple[Source, ...]:
    """Read every task of an .npz file of examples, the held-out ones too; raises `UsageError`."""
    content = read_bytes(path, MAX_COLLECTION_BYTES)
    if not is_zip(content):
        raise UsageError(f"{path.name}: is no .npz file, expected arrays <task>/shapes and <task>/cells")
    with open_zip(content, path.name) as archive:
        tasks = ArrayTasks(archive, path.name)
        return tuple(_from_arrays(tasks, name, path.name) for name in sorted(tasks))


def _from_arrays(tasks: ArrayTasks, name: str, file: str) -> Source:
    shapes, cells = tasks.arrays(name)
    if not len(shapes) or shapes.min() < 1 or shapes.max() > MAX_SIDE:
        raise UsageError(f"{file}: {name}/shapes has sides beyond 1 to {MAX_SIDE}, or none")
    if cells.max(initial=0) >= COLOURS:
        raise UsageError(f"{file}: {name}/cells has values beyond 0 to {COLOURS - 1}")
    return Source(name, shapes, cells)


def _from_puzzle(puzzle: Puzzle) -> Source:
    """Demonstrations and those tests whose answer is known."""
    pairs = [(p.input, p.output) for p in (*puzzle.train, *puzzle.test) if p.output is not None]
    shapes = np.array([[*a.shape, *b.shape] for a, b in pairs], np.uint8)
    return Source(puzzle.name, shapes, np.concatenate([grid.ravel() for pair in pairs for grid in pair]))


def varied(rng: np.random.Generator, examples: Sequence[Example], limit: _Limit) -> list[Example]:
    """The same task turned, recoloured, and now and then scaled up or moved; grids stay within `limit`.

    Black stays black in four of five: it is the background of most tasks, and of the operations.
    """
    fixed = int(rng.random() < 0.8)
    colours = np.array([*range(fixed), *(fixed + rng.permutation(COLOURS - fixed))], np.uint8)
    view = SYMMETRIES[int(rng.integers(len(SYMMETRIES)))]
    grids = [[colours[view.place(grid)] for grid in pair] for pair in examples]
    rows, columns = (max(grid.shape[axis] for pair in grids for grid in pair) for axis in (0, 1))
    if max(rows, columns) > min(limit) and (rows > limit[0] or columns > limit[1]):
        grids = [[grid.T for grid in pair] for pair in grids]
        rows, columns = columns, rows
    factor = min(limit[0] // rows, limit[1] // columns, 3)
    if factor > 1 and rng.random() < _SCALED:
        factor = int(rng.integers(2, factor + 1))
        return [(_scaled(a, factor), _scaled(b, factor)) for a, b in grids]
    if rng.random() < _MOVED and all(a.shape == b.shape for a, b in grids):
        return [_moved(rng, pair, limit) for pair in grids]
    return [(np.ascontiguousarray(a), np.ascontiguousarray(b)) for a, b in grids]


def _scaled(grid: Cells, factor: int) -> Cells:
    return grid.repeat(factor, 0).repeat(factor, 1)


def _moved(rng: np.random.Generator, pair: Sequence[Cells], limit: _Limit) -> Example:
    """Both grids at the same place of a larger grid of 0."""
    height, width = pair[0].shape
    rows, columns = int(rng.integers(height, limit[0] + 1)), int(rng.integers(width, limit[1] + 1))
    top, left = int(rng.integers(rows - height + 1)), int(rng.integers(columns - width + 1))
    edges = ((top, rows - height - top), (left, columns - width - left))
    before, after = (np.pad(grid, edges) for grid in pair)
    return before, after

"""The training set of a rule: every feature of every cell (or piece) of all demonstrations and tests."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from puzzles.grid import Cells
from solver.words.features import Features

Mask = NDArray[np.bool_]


@dataclass
class Evidence:
    """Cells of all grids in one row: demonstrations first, then tests."""

    names: list[str]
    """Features every grid has."""
    costs: NDArray[np.float64]
    colour_rows: list[int]
    """Rows of `values` that hold colours."""
    values: NDArray[np.int16]
    """(features, cells)."""
    base: NDArray[np.int16]
    """(cells,) the canvas that is painted on."""
    target: NDArray[np.int16]
    """(known,) the wanted colours, of the demonstrations alone."""
    test_shapes: tuple[tuple[int, int], ...]
    known: int = field(init=False)
    """Cells of the demonstrations; they come first."""

    def __post_init__(self) -> None:
        self.known = len(self.target)

    @property
    def wrong(self) -> Mask:
        """(known,) cells of the demonstrations that must be repainted."""
        return self.base[: self.known] != self.target

    def test_grids(self, cells: NDArray[np.int16]) -> tuple[Cells, ...]:
        """Cut the cells of the tests back into grids."""
        grids, start = [], 0
        for height, width in self.test_shapes:
            part = cells[start : start + height * width]
            grids.append(part.reshape(height, width).astype(np.uint8))
            start += height * width
        return tuple(grids)


def gather(features: Sequence[Features], bases: Sequence[Cells], targets: Sequence[Cells]) -> Evidence:
    """Collect the features all grids share; `targets` are those of the first grids, the rest are tests."""
    first = features[0].values
    names = [name for name in first if all(name in other.values for other in features[1:])]
    values = np.concatenate(
        [np.stack([one.values[name].ravel() for name in names]) for one in features], axis=1
    )
    # A feature that is one number everywhere says nothing.
    varied = (values != values[:, :1]).any(1)
    colours = features[0].colour_names
    kept = [name for name, varies in zip(names, varied, strict=True) if varies or name in colours]
    values = values[[varies or name in colours for name, varies in zip(names, varied, strict=True)]]
    costs = np.array([features[0].costs[name] for name in kept])
    return Evidence(
        kept,
        costs,
        [row for row, name in enumerate(kept) if name in colours],
        np.ascontiguousarray(values),
        np.concatenate([base.ravel() for base in bases]).astype(np.int16),
        np.concatenate([target.ravel() for target in targets]).astype(np.int16),
        tuple((base.shape[0], base.shape[1]) for base in bases[len(targets) :]),
    )


def unexplained(bases: Sequence[Cells], others: Sequence[Cells], targets: Sequence[Cells]) -> int:
    """Cells left wrong when each pair of colours (of base and other) gets its commonest wanted colour."""
    seen = np.zeros(1000, np.int64)
    for base, other, target in zip(bases, others, targets, strict=False):
        codes = base.astype(np.int16) * 100 + other * np.int16(10) + target
        seen += np.bincount(codes.ravel(), minlength=1000)
    return int(seen.sum() - seen.reshape(100, 10).max(1).sum())

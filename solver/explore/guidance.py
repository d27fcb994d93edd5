"""Which exact word is likely next: a small network over what is seen of (current grid, wanted grid) pairs.

It is read and run with numpy alone, so that search processes start without torch. The weights are made by
`solver.lab.bench.guide`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from solver.words.operations import Cells
from solver.words.operations.pieces import background, components, counts

SHIPPED = Path(str(files("assets"))) / "models" / "guide.npz"
Numbers = NDArray[np.float32]


def pair_features(grid: Cells, wanted: Cells) -> Numbers:
    """What tells the words from each other: sizes, colours gained and lost, symmetry, objects."""
    same = grid.shape == wanted.shape
    ratio = np.log(np.array(wanted.shape) / np.array(grid.shape))
    have, want = counts(grid), counts(wanted)
    back = background(grid)
    seen: list[Any] = [
        same,
        wanted.shape == grid.shape[::-1],
        *ratio,
        *np.abs(ratio),
        *(abs(r - np.log(k)) < 0.01 for r in ratio for k in (0.5, 1 / 3, 1.0, 2.0, 3.0)),
        *(abs(w - g) for w, g in zip(wanted.shape, grid.shape, strict=True)),
        *np.log(grid.shape),
        *np.log(wanted.shape),
        *(have > 0),
        *(want > 0),
        *((want > 0) & (have == 0)),
        *((have > 0) & (want == 0)),
        *(want / wanted.size - have / grid.size),
        back == 0,
        (want > 0).sum() - (have > 0).sum(),
        (wanted != background(wanted)).mean() - (grid != back).mean(),
        *_symmetries(grid),
        *_symmetries(wanted),
        np.log1p(components(grid, True, False, back).max(initial=0)),
        np.log1p(components(wanted, True, False, background(wanted)).max(initial=0)),
        *(_changes(grid, wanted, back) if same else np.zeros(8)),
    ]
    return np.array(seen, np.float32)


def _symmetries(grid: Cells) -> list[bool]:
    return [
        np.array_equal(grid, grid[:, ::-1]),
        np.array_equal(grid, grid[::-1]),
        np.array_equal(grid, grid.T),
    ]


def _changes(grid: Cells, wanted: Cells, back: int) -> list[float]:
    changed = grid != wanted
    share = float(changed.mean())
    number = max(1, int(changed.sum()))
    return [
        share,
        float((changed & (grid == back)).sum() / number),
        float((changed & (wanted == back)).sum() / number),
        float(np.unique(wanted[changed]).size),
        float(np.unique(grid[changed]).size),
        float(np.sort(grid, axis=None).tobytes() == np.sort(wanted, axis=None).tobytes()),
        float((np.sort(grid, axis=0) == np.sort(wanted, axis=0)).all()),
        float((np.sort(grid, axis=1) == np.sort(wanted, axis=1)).all()),
    ]


def features(grids: Sequence[Cells], targets: Sequence[Cells]) -> Numbers:
    """Mean and spread of the pairs' features over the demonstrations."""
    seen = np.stack([pair_features(grid, target) for grid, target in zip(grids, targets, strict=False)])
    return np.concatenate([seen.mean(0), seen.std(0)])


@dataclass(frozen=True)
class Guide:
    """A network with one hidden layer and a logit for each word."""

    words: dict[str, int]
    centre: Numbers
    scale: Numbers
    layers: tuple[Numbers, Numbers, Numbers, Numbers]
    """Weights and biases of the hidden layer, then of the output."""

    def logits(self, seen: Numbers) -> Numbers:
        """Log-probabilities of the words, for one row of features or several."""
        first, bias, second, last = self.layers
        hidden = np.maximum((seen - self.centre) / self.scale @ first + bias, 0)
        out = hidden @ second + last
        out = out - out.max(-1, keepdims=True)
        return np.asarray(out - np.log(np.exp(out).sum(-1, keepdims=True)), np.float32)

    def surprise(self, grids: Sequence[Cells], targets: Sequence[Cells]) -> dict[str, float]:
        """Per word how unlikely it is, in bits."""
        bits = -self.logits(features(grids, targets)) / np.log(2)
        return {word: float(bits[place]) for word, place in self.words.items()}

    def save(self, path: Path) -> None:
        """Write the weights, at half precision; nothing is pickled."""
        arrays = dict(zip(("first", "bias", "second", "last"), self.layers, strict=True))
        arrays |= {"centre": self.centre, "scale": self.scale}
        half: dict[str, Any] = {name: array.astype(np.float16) for name, array in arrays.items()}
        np.savez_compressed(path, words=np.array(list(self.words)), **half)


@lru_cache(maxsize=2)
def load_guide(path: Path = SHIPPED) -> Guide | None:
    """The shipped weights; None where there are none."""
    if not path.exists():
        return None
    with np.load(path, allow_pickle=False) as stored:
        names = [str(word) for word in stored["words"]]
        first, bias, second, last, centre, scale = (
            stored[name].astype(np.float32) for name in ("first", "bias", "second", "last", "centre", "scale")
        )
    words = {word: place for place, word in enumerate(names)}
    return Guide(words, centre, scale, (first, bias, second, last))

"""Train the guide of the search over exact words: `python -m solver.lab.bench.guide --data rearc.npz`.

Programs of one to three random words are run on inputs of ARC-AGI-1 training puzzles (those of the held-out
sample left out) and of generated examples of the same tasks; the guide learns to tell the first word from
the input and the result.
"""

from __future__ import annotations

import argparse
import random
import sys
import time
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from puzzles.collections import collection
from puzzles.grid import MAX_SIDE
from solver.explore.guidance import SHIPPED, Guide, features
from solver.words.operations import OPERATIONS, SPLITS, Cells, NotApplicable
from solver.words.operations.choose import CHOICES, MERGES
from solver.words.operations.pieces import Pieces, forget_components

HELD_OUT = 80
"""Puzzles of the sample with seed 0, which no choice may depend on."""
_PAIRS = 3
_HIDDEN = 128
_LENGTHS = (0.5, 0.35, 0.15)
"""How often programs have one word, two or three."""
_RATE, _DECAY = 2e-3, 1e-4
_BATCH = 256
_FORGET_AFTER = 2000


def main() -> int:
    """Make examples, train, report the share found among the likeliest words, and write the weights."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, help="generated examples (npz with <task>/shapes and /cells)")
    parser.add_argument("--examples", type=int, default=20_000)
    parser.add_argument("--epochs", type=int, default=30)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--out", type=Path, default=SHIPPED)
    options = parser.parse_args()
    rng = np.random.default_rng(options.seed)
    started = time.monotonic()
    seen, labels = examples(input_groups(options.data), options.examples, rng)
    print(f"{len(seen)} examples in {time.monotonic() - started:.0f} s")
    guide = train(seen, labels, options.epochs, rng)
    guide.save(options.out)
    return 0


def input_groups(data: Path | None) -> list[list[Cells]]:
    """Inputs that belong to one task each; tasks of the held-out sample are left out."""
    puzzles = collection("arc1-train")
    ids = sorted(puzzles.ids)
    held_out = set(random.Random(0).sample(ids, HELD_OUT))
    known = [name for name in ids if name not in held_out]
    groups: list[list[Cells]] = [[pair.input for pair in puzzles[name].train] for name in known]
    if data is not None:
        with np.load(data, allow_pickle=False) as stored:
            groups += [
                _generated(stored[f"{n}/shapes"], stored[f"{n}/cells"])
                for n in known
                if f"{n}/cells" in stored
            ]
    return groups


def _generated(shapes: NDArray[np.integer], cells: NDArray[np.uint8], most: int = 40) -> list[Cells]:
    """Inputs of the first examples of a task."""
    grids, start = [], 0
    for height, width, out_height, out_width in shapes[:most].tolist():
        grids.append(np.array(cells[start : start + height * width], np.uint8).reshape(height, width))
        start += height * width + out_height * out_width
    return grids


def examples(
    groups: list[list[Cells]], number: int, rng: np.random.Generator
) -> tuple[NDArray[np.float32], NDArray[np.int64]]:
    """Features and the place of the first word of programs that change every grid."""
    seen: list[NDArray[np.float32]] = []
    labels: list[int] = []
    families = [word.family for word in OPERATIONS]
    share = np.array([1.0 / families.count(family) ** 0.5 for family in families])
    share = np.concatenate([share, np.full(len(SPLITS), 0.7)])
    share /= share.sum()
    while len(seen) < number:
        group = groups[rng.integers(len(groups))]
        chosen = [group[i] for i in rng.permutation(len(group))[:_PAIRS]]
        place = int(rng.choice(len(share), p=share))
        results = _run(chosen, place, rng)
        if len(seen) % _FORGET_AFTER == 0:
            forget_components()
        if results is not None:
            seen.append(features(chosen, results))
            labels.append(place)
    return np.stack(seen), np.array(labels)


def _run(grids: list[Cells], place: int, rng: np.random.Generator) -> list[Cells] | None:
    """What a random program that begins with a word makes of the grids; None where that is nothing."""
    try:
        if place < len(OPERATIONS):
            results = [OPERATIONS[place](grid) for grid in grids]
        else:
            pieces: list[Pieces] = [SPLITS[place - len(OPERATIONS)].function(grid) for grid in grids]
            joins = [*CHOICES, *MERGES]
            join = joins[rng.integers(len(joins))]
            results = [np.ascontiguousarray(join.function(cut)) for cut in pieces]
        for _ in range(int(rng.choice(3, p=_LENGTHS))):
            word = OPERATIONS[rng.integers(len(OPERATIONS))]
            results = [word(grid) for grid in results]
    except NotApplicable:
        return None
    if any(not 0 < min(r.shape) <= max(r.shape) <= MAX_SIDE for r in results):
        return None
    if any(np.array_equal(a, b) for a, b in zip(grids, results, strict=True)):
        return None
    return results


def train(
    seen: NDArray[np.float32], labels: NDArray[np.int64], epochs: int, rng: np.random.Generator
) -> Guide:
    """Fit the network by Adam on nine tenths of the examples; print how it does on the rest."""
    names = [*(word.name for word in OPERATIONS), *(split.name for split in SPLITS)]
    centre, scale = seen.mean(0), seen.std(0) + 0.1
    first = rng.normal(0, (2 / seen.shape[1]) ** 0.5, (seen.shape[1], _HIDDEN)).astype(np.float32)
    second = rng.normal(0, (1 / _HIDDEN) ** 0.5, (_HIDDEN, len(names))).astype(np.float32)
    values = [first, np.zeros(_HIDDEN, np.float32), second, np.zeros(len(names), np.float32)]
    words = {name: place for place, name in enumerate(names)}
    cut = len(seen) * 9 // 10
    inputs = ((seen - centre) / scale).astype(np.float32)
    means = [np.zeros_like(v) for v in values]
    squares = [np.zeros_like(v) for v in values]
    step, steps = 0, epochs * (cut // _BATCH)
    for epoch in range(epochs):
        order = rng.permutation(cut)
        for start in range(0, cut - _BATCH + 1, _BATCH):
            rows = order[start : start + _BATCH]
            step += 1
            rate = _RATE * (1 - step / (steps + 1))
            gradients = _gradients(values, inputs[rows], labels[rows])
            for place, gradient in enumerate(gradients):
                means[place] += 0.1 * (gradient - means[place])
                squares[place] += 0.001 * (gradient**2 - squares[place])
                spread = np.sqrt(squares[place] / (1 - 0.999**step)) + 1e-8
                update = means[place] / (1 - 0.9**step) / spread
                values[place] -= np.float32(rate) * (update + np.float32(_DECAY) * values[place])
        guide = Guide(words, centre, scale, (values[0], values[1], values[2], values[3]))
        if epoch % 5 == 4 or epoch == epochs - 1:
            print(f"epoch {epoch + 1}: {_report(guide, seen[cut:], labels[cut:])}", flush=True)
    return guide


def _gradients(
    values: list[NDArray[np.float32]], inputs: NDArray[np.float32], labels: NDArray[np.int64]
) -> list[NDArray[np.float32]]:
    """Of the mean cross-entropy."""
    first, bias, second, last = values
    hidden = np.maximum(inputs @ first + bias, 0)
    out = hidden @ second + last
    out = np.exp(out - out.max(1, keepdims=True))
    error = out / out.sum(1, keepdims=True)
    error[np.arange(len(labels)), labels] -= 1
    error /= len(labels)
    back = (error @ second.T) * (hidden > 0)
    return [inputs.T @ back, back.sum(0), hidden.T @ error, error.sum(0)]


def _report(guide: Guide, seen: NDArray[np.float32], labels: NDArray[np.int64]) -> str:
    logits = guide.logits(seen)
    rank = (logits > logits[np.arange(len(labels)), labels][:, None]).sum(1)
    shares = ", ".join(f"{(rank < top).mean():.2f} in the first {top}" for top in (1, 10, 50, 150))
    return f"the right word is {shares} of {logits.shape[1]}"


if __name__ == "__main__":
    sys.exit(main())

"""The executor in numpy: what a program of learned words needs to run without torch.

It is the same network as `solver.nli.model`, with all words hard; a Python file that is written out takes
its functions from here. Arrays are float32; a state is (cells, 11), one distribution for every cell.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np

MOST = 30
"""Longest side of a grid."""
LAST = 10
"""The value of cells outside the grid."""
Weights = dict[str, np.ndarray]


def read_weights(path: Path) -> Weights:
    """Read a safetensors file of float32 arrays; besides them its "words", "heads" and "rotary" heads."""
    content = path.read_bytes()
    end = 8 + int.from_bytes(content[:8], "little")
    header = json.loads(content[8:end])
    about = header.pop("__metadata__")
    found = {
        name: np.frombuffer(content[end:][slice(*entry["data_offsets"])], np.float32).reshape(entry["shape"])
        for name, entry in header.items()
    }
    found["words"] = np.array(json.loads(about["words"]))
    found["heads"] = np.array(json.loads(about["heads"]))
    found["rotary"] = np.array(json.loads(about["rotary"]))
    return found


def run_learned(weights: Weights, word: int, value: Any, canvas: Sequence[int]) -> np.ndarray:
    """The grid a learned word makes of a grid, or of the picture of pieces."""
    grid = value if isinstance(value, np.ndarray) else value.picture()
    rows, columns = max(canvas[0], grid.shape[0]), max(canvas[1], grid.shape[1])
    cells = np.full((rows, columns), LAST, np.int64)
    cells[: grid.shape[0], : grid.shape[1]] = grid
    code = weights["executor.codes"][list(weights["words"]).index(word)]
    state = np.eye(LAST + 1, dtype=np.float32)[cells.ravel()]
    following = execute(weights, state, code, rows, columns)
    return hardened(softmax(following), rows, columns)


def execute(weights: Weights, state: np.ndarray, code: np.ndarray, rows: int, columns: int) -> np.ndarray:
    """Logits (cells, 11) of the next state under a code."""
    position = positions(weights, state, rows, columns)
    x = state @ weights["executor.values"] + linear(weights, "executor.place", position)
    turn = rotation(weights, rows, columns)
    block = 0
    while f"executor.blocks.{block}.mix.weight" in weights:
        x = transform(
            weights, f"executor.blocks.{block}", x, position, code, turn=turn, canvas=(rows, columns)
        )
        block += 1
    x = normed(x) * weights["executor.norm.weight"] + weights["executor.norm.bias"]
    return linear(weights, "executor.read", x)


def transform(
    weights: Weights,
    name: str,
    x: np.ndarray,
    position: np.ndarray,
    code: np.ndarray,
    *,
    turn: tuple[np.ndarray, np.ndarray],
    canvas: tuple[int, int],
) -> np.ndarray:
    """One block: attention and feed-forward, both modulated by the code."""
    modulation = np.split(linear(weights, f"{name}.modulate", code), 5)
    attended = normed(x) * (1 + modulation[0]) + modulation[1]
    query, key, value = np.split(linear(weights, f"{name}.queries_keys_values", attended), 3, -1)
    query = query + position @ weights[f"{name}.position_query.weight"].T * (1 + modulation[2])
    key = key + position @ weights[f"{name}.position_key.weight"].T
    heads = int(weights["heads"])
    split = [part.reshape(len(x), heads, -1).transpose(1, 0, 2) for part in (query, key, value)]
    rotary = int(weights["rotary"])
    for part in split[:2] if rotary else ():
        part[:rotary] = turned(part[:rotary], turn)
    scores = softmax(split[0] * split[0].shape[-1] ** -0.5 @ split[1].transpose(0, 2, 1))
    mixed = (scores @ split[2]).transpose(1, 0, 2).reshape(x.shape)
    x = x + linear(weights, f"{name}.mix", mixed)
    if f"{name}.neighbours.around.weight" in weights:
        x = x + neighbours(weights, f"{name}.neighbours", attended, code, canvas)
    hidden = normed(x) * (1 + modulation[3]) + modulation[4]
    return x + linear(weights, f"{name}.contract", gelu(linear(weights, f"{name}.expand", hidden)))


def neighbours(
    weights: Weights, name: str, x: np.ndarray, code: np.ndarray, canvas: tuple[int, int]
) -> np.ndarray:
    """What cells (cells, d) take from those around them: a depthwise convolution, scaled by the code."""
    kernel = weights[f"{name}.around.weight"][:, 0]
    side = kernel.shape[-1]
    margin = side // 2
    edges = ((margin, margin), (margin, margin), (0, 0))
    padded = np.pad(x.reshape(*canvas, -1), edges)
    around = np.zeros((*canvas, x.shape[-1]), np.float32)
    for down, right in np.ndindex(side, side):
        around += padded[down : down + canvas[0], right : right + canvas[1]] * kernel[:, down, right]
    scaled = around.reshape(x.shape) * (1 + linear(weights, f"{name}.scale", code))
    return linear(weights, f"{name}.mix", scaled)


def rotation(weights: Weights, rows: int, columns: int) -> tuple[np.ndarray, np.ndarray]:
    """Cosines and sines (cells, half the width of a head) of rotary positions."""
    speeds = weights["executor.values"].shape[1] // int(weights["heads"]) // 4
    per_cell = 10 ** (-1.5 * np.arange(speeds) / speeds)
    angles = np.concatenate([part.reshape(-1, 1) * per_cell for part in np.indices((rows, columns))], 1)
    return np.cos(angles).astype(np.float32), np.sin(angles).astype(np.float32)


def turned(part: np.ndarray, turn: tuple[np.ndarray, np.ndarray]) -> np.ndarray:
    """Queries or keys (heads, cells, d) turned by their cells' places."""
    a, b = np.split(part, 2, -1)
    return np.concatenate([a * turn[0] - b * turn[1], a * turn[1] + b * turn[0]], -1)


def positions(weights: Weights, state: np.ndarray, rows: int, columns: int) -> np.ndarray:
    """Fourier features (cells, p) of where a cell is, counted from all four edges of the grid."""
    inside = (1 - state[:, LAST]).reshape(rows, columns)
    height, width = inside.max(1).sum(), inside.max(0).sum()
    down, right = (part.astype(np.float32) for part in np.indices((rows, columns)))
    sides = [down, height - 1 - down, right, width - 1 - right, 0 * down + height, 0 * down + width]
    count = weights["executor.place.weight"].shape[1] // 12
    frequencies = 2 * np.pi / np.logspace(np.log10(2), np.log10(64), count)
    phase = np.stack(sides, -1).reshape(rows * columns, 6, 1) * frequencies
    return np.concatenate([np.cos(phase), np.sin(phase)], -1).reshape(rows * columns, -1).astype(np.float32)


def hardened(state: np.ndarray, rows: int, columns: int) -> np.ndarray:
    """The grid whose extent is the likeliest, with its likeliest colours."""
    outside = state[:, LAST].clip(1e-6, 1 - 1e-6)
    gain = np.log((1 - outside) / outside).reshape(rows, columns)
    height, width = np.unravel_index(gain.cumsum(0).cumsum(1).argmax(), gain.shape)
    cells = state[:, :LAST].argmax(-1).reshape(rows, columns)
    return cells[: height + 1, : width + 1].astype(np.uint8)


def linear(weights: Weights, name: str, x: np.ndarray) -> np.ndarray:
    """An affine layer."""
    return x @ weights[f"{name}.weight"].T + weights[f"{name}.bias"]


def normed(x: np.ndarray) -> np.ndarray:
    """Rows of x with mean 0 and variance 1."""
    centred = x - x.mean(-1, keepdims=True)
    return centred / np.sqrt((centred * centred).mean(-1, keepdims=True) + 1e-5)


def softmax(x: np.ndarray) -> np.ndarray:
    """Exponentials along the last axis that sum to 1."""
    raised = np.exp(x - x.max(-1, keepdims=True))
    return raised / raised.sum(-1, keepdims=True)


def gelu(x: np.ndarray) -> np.ndarray:
    """x Φ(x), with the error function after Abramowitz and Stegun 7.1.26 (error below 2e-7)."""
    z = np.abs(x) / np.sqrt(2)
    t = 1 / (1 + 0.3275911 * z)
    series = ((((1.061405429 * t - 1.453152027) * t + 1.421413741) * t - 0.284496736) * t + 0.254829592) * t
    erf = np.sign(x) * (1 - series * np.exp(-z * z))
    return 0.5 * x * (1 + erf)

"""The core's decision for one frame at a time, in plain numpy.

A search asks for single steps, where most of torch's time goes into calling it: this is about ten times as
fast and differs by rounding alone.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from solver.npi.follow import Decision
from solver.npi.pad import ARGUMENT_VALUES, NO_ARGUMENTS
from solver.npi.programs import Call

if TYPE_CHECKING:
    from solver.npi.model import Core

Vector = NDArray[np.float32]
State = tuple[tuple[Vector, Vector], ...]
"""Output and cell of every layer of the LSTM."""
_EPSILON = 1e-5
"""Of layer norm, as torch has it."""


Tensors = Mapping[str, Vector]
"""A core's weights by their names."""


def swift_core(core: Core, environment: str) -> SwiftCore:
    """The core for one of its environments."""
    tensors = {name: t.detach().float().cpu().numpy() for name, t in core.state_dict().items()}
    return SwiftCore(tensors, core.config.every_program, environment, core.config.environments[environment])


class SwiftCore:
    """A core, for one environment."""

    def __init__(
        self, tensors: Tensors, programs: Sequence[str], environment: str, sizes: Sequence[int]
    ) -> None:
        self._programs = tuple(programs)
        self._row = {program: row for row, program in enumerate(self._programs)}
        encoder = {name: tensors[f"encoders.{environment}.{name}"] for name in _ENCODER}
        self._table, self._bias = encoder["table.weight"], encoder["bias"]
        self._output, self._output_bias = encoder["output.weight"], encoder["output.bias"]
        self._scale, self._shift = encoder["norm.weight"], encoder["norm.bias"]
        every = (*sizes, *(ARGUMENT_VALUES,) * len(NO_ARGUMENTS))
        self._offsets = np.cumsum([0, *every[:-1]])
        added = "added.keys" in tensors
        self._values = _joined(tensors, "values", added)
        keys = _joined(tensors, "keys", added)
        self._old = len(tensors["keys"])
        self._changes = (tensors["added.down"], tensors["added.up"]) if added else None
        focus = f"focus.{environment}"
        self._looks = _joined(tensors, focus, added) > 0 if focus in tensors else None
        layers = sum(name.startswith("lstm.weight_ih_l") for name in tensors)
        self._layers = [
            (
                np.concatenate([tensors[f"lstm.weight_ih_l{i}"], tensors[f"lstm.weight_hh_l{i}"]], 1),
                tensors[f"lstm.bias_ih_l{i}"] + tensors[f"lstm.bias_hh_l{i}"],
            )
            for i in range(layers)
        ]
        # The heads one below the other: return or not, the match of each key, the three arguments.
        heads = [
            (tensors["end.weight"], tensors["end.bias"]),
            (keys @ tensors["key.weight"], keys @ tensors["key.bias"]),
            (tensors["arguments.weight"], tensors["arguments.bias"]),
        ]
        self._heads = np.concatenate([weight for weight, _ in heads])
        self._heads_bias = np.concatenate([bias for _, bias in heads])
        width = tensors["end.weight"].shape[1]
        self._empty: State = tuple(
            (np.zeros(width, np.float32), np.zeros(width, np.float32)) for _ in range(layers)
        )

    def decide(self, call: Call, seen: Sequence[int], state: State | None) -> tuple[Decision, State]:
        """One step of one call: the decision and the LSTM's state after it."""
        value, after = self._encode(call, seen), []
        for (weight, bias), (hidden, before) in zip(self._layers, state or self._empty, strict=True):
            gates = weight @ np.concatenate([value, hidden]) + bias
            enter, keep, new, leave = gates.reshape(4, -1)
            cell = _sigmoid(keep) * before + _sigmoid(enter) * np.tanh(new)
            value = _sigmoid(leave) * np.tanh(cell)
            after.append((value, cell))
        count, row = len(self._programs), self._row[call.program]
        if self._changes is not None and row >= self._old:
            down, up = (change[row - self._old] for change in self._changes)
            value = value + value @ down @ up
        logits = self._heads @ value + self._heads_bias
        if row < self._old:
            logits[1 + self._old : 1 + count] = -np.inf  # what was there before does not call what was added
        matches, arguments = _softmax(logits[1 : 1 + count]), logits[1 + count :].reshape(-1, ARGUMENT_VALUES)
        first, second, third = (int(best) for best in arguments.argmax(1))
        sure = [float(p) for p in _softmax(arguments).max(1)]
        decision = Decision(
            ends=bool(logits[0] > 0),
            end=float(_sigmoid(logits[:1])[0]),
            program=self._programs[int(matches.argmax())],
            matches=tuple(matches.tolist()),
            arguments=(first, second, third),
            argument_probabilities=(sure[0], sure[1], sure[2]),
        )
        return decision, tuple(after)

    def _encode(self, call: Call, seen: Sequence[int]) -> Vector:
        rows = self._offsets + np.array((*seen, *call.arguments))
        if self._looks is not None:
            look = self._looks[self._row[call.program], call.arguments[0]]
            rows = rows[np.concatenate([look, np.ones(len(call.arguments), bool)])]
        hidden = np.maximum(self._table[rows].sum(0) + self._bias, 0)
        raw = self._output @ hidden + self._output_bias
        centred = raw - raw.mean()
        normed = centred / np.sqrt((centred * centred).mean() + _EPSILON) * self._scale + self._shift
        encoded: Vector = np.concatenate([normed, self._values[self._row[call.program]]]).astype(np.float32)
        return encoded


_ENCODER = ("table.weight", "bias", "output.weight", "output.bias", "norm.weight", "norm.bias")


def _joined(tensors: Tensors, name: str, added: bool) -> Vector:
    """Rows of the programs there were at first and of those added later."""
    first = tensors[name]
    return np.concatenate([first, tensors[f"added.{name}"]]) if added else first


def _sigmoid(value: Vector) -> Vector:
    half: Vector = 0.5 * (1 + np.tanh(0.5 * value))
    return half


def _softmax(logits: Vector) -> Vector:
    powers = np.exp(logits - logits.max(-1, keepdims=True))
    shares: Vector = powers / powers.sum(-1, keepdims=True)
    return shares

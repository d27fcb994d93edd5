"""The core: an LSTM that chooses the next call of a procedure from what it sees.

After Reed and de Freitas, "Neural Programmer-Interpreters" (2016), figure 2 and algorithm 1: an encoder for
each environment, one LSTM, a key–value memory with one row for each program, and three heads: return or go
on, the key of the next program, and its arguments. Returning is a step of its own here.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import torch
from torch import Tensor, nn

from solver.npi.pad import ARGUMENT_VALUES, NO_ARGUMENTS, Arguments
from solver.npi.programs import Call

_ARGUMENTS = len(NO_ARGUMENTS)


@dataclass(frozen=True)
class CoreConfig:
    """Sizes of a core and what it knows; everything else follows from them."""

    programs: tuple[str, ...]
    """Names of the memory's rows, in order."""
    environments: Mapping[str, tuple[int, ...]] = field(default_factory=dict)
    """Environment → how many categories each component of its observation has."""
    width: int = 128
    """Of the LSTM; the paper's is 256."""
    layers: int = 2
    state: int = 64
    """Width of an encoded observation."""
    hidden: int = 96
    """Width of an encoder's hidden layer."""
    value: int = 64
    """Width of a program's value, which tells the core what it is running."""
    key: int = 32
    """Width of a program's key, which the core matches to choose it."""
    added: tuple[str, ...] = ()
    """Names of the rows added later, while everything else stayed as it was."""
    rank: int = 0
    """Rank of each added program's own change to the LSTM's output; 0 for rows alone."""

    @property
    def every_program(self) -> tuple[str, ...]:
        """All rows of the memory, in order."""
        return (*self.programs, *self.added)


class Encoder(nn.Module):
    """One environment's observation and a call's arguments → (n, state)."""

    offsets: Tensor

    def __init__(self, sizes: Sequence[int], config: CoreConfig) -> None:
        super().__init__()
        every = (*sizes, *(ARGUMENT_VALUES,) * _ARGUMENTS)
        starts = torch.tensor([0, *every]).cumsum(0)
        self.register_buffer("offsets", starts[:-1], persistent=False)
        self.table = nn.EmbeddingBag(int(starts[-1]), config.hidden, mode="sum")
        nn.init.normal_(self.table.weight, std=0.4)
        self.bias = nn.Parameter(torch.zeros(config.hidden))
        self.output = nn.Linear(config.hidden, config.state)
        self.norm = nn.LayerNorm(config.state)

    def forward(self, seen: Tensor, arguments: Tensor) -> Tensor:
        """`seen` (n, components) and `arguments` (n, 3), both of categories."""
        hidden = self.table(torch.cat([seen, arguments], 1) + self.offsets) + self.bias
        return self.norm(self.output(torch.relu(hidden)))


@dataclass(frozen=True)
class Choice:
    """What the heads say, as logits, for any leading shape."""

    end: Tensor
    """(…): above 0, the call returns."""
    program: Tensor
    """(…, programs): how well each memory key matches."""
    arguments: Tensor
    """(…, 3, values)"""


class Added(nn.Module):
    """Memory rows for programs added later, with a low-rank change of the LSTM's output for each."""

    def __init__(self, config: CoreConfig) -> None:
        super().__init__()
        count = len(config.added)
        self.keys = nn.Parameter(torch.randn(count, config.key) / config.key**0.5)
        self.values = nn.Parameter(torch.randn(count, config.value))
        self.down = nn.Parameter(torch.randn(count, config.width, config.rank) / config.width**0.5)
        self.up = nn.Parameter(torch.zeros(count, config.rank, config.width))

    def change(self, hidden: Tensor, row: Tensor) -> Tensor:
        """LSTM outputs (n, steps, width), changed where `row` (n,) is 0 or more, else the same bits."""
        chosen = row.clamp(min=0)
        changed = hidden + hidden @ self.down[chosen] @ self.up[chosen]
        return torch.where((row >= 0)[:, None, None], changed, hidden)


class Core(nn.Module):
    """Encoders, LSTM, program memory and heads."""

    def __init__(self, config: CoreConfig) -> None:
        super().__init__()
        self.config = config
        self.encoders = nn.ModuleDict(
            {name: Encoder(sizes, config) for name, sizes in config.environments.items()}
        )
        self.keys = nn.Parameter(torch.randn(len(config.programs), config.key) / config.key**0.5)
        self.values = nn.Parameter(torch.randn(len(config.programs), config.value))
        self.lstm = nn.LSTM(config.state + config.value, config.width, config.layers, batch_first=True)
        self.end = nn.Linear(config.width, 1)
        self.key = nn.Linear(config.width, config.key)
        self.arguments = nn.Linear(config.width, _ARGUMENTS * ARGUMENT_VALUES)
        self.added = Added(config) if config.added else None

    def encode(self, environment: str, seen: Tensor, program: Tensor, arguments: Tensor) -> Tensor:
        """The LSTM's input (n, state + value) for observations (n, components) of one environment."""
        values = self.values if self.added is None else torch.cat([self.values, self.added.values])
        return torch.cat([self.encoders[environment](seen, arguments), values[program]], 1)

    def choose(self, hidden: Tensor, caller: Tensor) -> Choice:
        """The heads' logits for LSTM outputs (n, steps, width) of frames that run programs `caller` (n,).

        Only added programs call added programs, so that whatever was learned before stays as it was.
        """
        if self.added is not None:
            hidden = self.added.change(hidden, caller - len(self.keys))
        key = self.key(hidden)
        scores = key @ self.keys.T
        if self.added is not None:
            old = (caller < len(self.keys))[:, None, None]
            scores = torch.cat([scores, (key @ self.added.keys.T).masked_fill(old, float("-inf"))], -1)
        arguments = self.arguments(hidden).unflatten(-1, (_ARGUMENTS, ARGUMENT_VALUES))
        return Choice(self.end(hidden)[..., 0], scores, arguments)

    def forward(self, inputs: Tensor, caller: Tensor) -> Choice:
        """Logits for whole frames (n, steps, state + value) of programs (n,), each from a zero state."""
        hidden, _ = self.lstm(inputs)
        return self.choose(hidden, caller)


@dataclass(frozen=True)
class Decision:
    """What the core decided at one step and how sure it was."""

    ends: bool
    end: float
    """Probability that the call returns now."""
    program: str
    """The best match, called unless the call returns."""
    matches: tuple[float, ...]
    """Probability of every program of the memory, in its order."""
    arguments: Arguments
    argument_probabilities: tuple[float, float, float]


LSTMState = tuple[Tensor, Tensor]


@torch.inference_mode()
def decide(
    core: Core, environment: str, call: Call, seen: Sequence[int], state: LSTMState | None
) -> tuple[Decision, LSTMState]:
    """One step of one call: the decision and the LSTM's state after it."""
    program = torch.tensor([core.config.every_program.index(call.program)])
    row = core.encode(environment, torch.tensor([list(seen)]), program, torch.tensor([list(call.arguments)]))
    hidden, state = core.lstm(row[:, None], state)
    choice = core.choose(hidden, program)
    matches = choice.program[0, 0].softmax(-1)
    values, best = choice.arguments[0, 0].softmax(-1).max(-1)
    first, second, third = best.tolist()
    decision = Decision(
        ends=float(choice.end) > 0,
        end=float(choice.end.sigmoid()),
        program=core.config.every_program[int(matches.argmax())],
        matches=tuple(matches.tolist()),
        arguments=(first, second, third),
        argument_probabilities=tuple(values.tolist()),
    )
    return decision, state

"""The core: an LSTM that chooses the next call of a procedure from what it sees.

After Reed and de Freitas, "Neural Programmer-Interpreters" (2016), figure 2 and algorithm 1: an encoder for
each environment, one LSTM, a key–value memory with one row for each program, and three heads: return or go
on, the key of the next program, and its arguments. Returning is a step of its own here.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import torch
from torch import Tensor, nn

from solver.npi.follow import Decision
from solver.npi.pad import ARGUMENT_VALUES, ENVIRONMENTS, NO_ARGUMENTS
from solver.npi.programs import Call

_ARGUMENTS = len(NO_ARGUMENTS)
_FILTERS = 16
"""Of the first convolution of a picture; the second has twice as many."""
_OPEN = 3.0
"""Logit of a component at first: it is looked at 95 times in 100."""


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
    focus: bool = False
    """Whether every program learns, for each first argument, which components it looks at."""

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

    def forward(self, seen: Tensor, arguments: Tensor, look: Tensor | None = None) -> Tensor:
        """`seen` (n, components) and `arguments` (n, 3), both of categories.

        `look` (n, components) weights the components; what weighs 0 has no influence at all.
        """
        entries = torch.cat([seen, arguments], 1) + self.offsets
        weights = None if look is None else torch.cat([look, torch.ones_like(arguments, dtype=look.dtype)], 1)
        hidden = self.table(entries, per_sample_weights=weights) + self.bias
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


class PictureEncoder(nn.Module):
    """A square picture, its cells read as heights, and a call's arguments → (n, state)."""

    def __init__(self, sizes: Sequence[int], config: CoreConfig) -> None:
        super().__init__()
        self.side, self.greatest = math.isqrt(len(sizes)), max(sizes) - 1
        left = -(-self.side // 4)
        self.first = nn.Conv2d(2, _FILTERS, 3, stride=2, padding=1)
        self.second = nn.Conv2d(_FILTERS, 2 * _FILTERS, 3, stride=2, padding=1)
        self.hidden = nn.Linear(2 * _FILTERS * left**2, config.hidden)
        self.table = nn.Embedding(ARGUMENT_VALUES * _ARGUMENTS, config.hidden)
        self.output = nn.Linear(config.hidden, config.state)
        self.norm = nn.LayerNorm(config.state)
        self.register_buffer("offsets", torch.arange(_ARGUMENTS) * ARGUMENT_VALUES, persistent=False)

    offsets: Tensor

    def forward(self, seen: Tensor, arguments: Tensor, look: Tensor | None = None) -> Tensor:
        """As `Encoder`, with `seen` the cells row by row."""
        heights = seen / self.greatest if look is None else seen * look / self.greatest
        cells = heights.unflatten(1, (self.side, self.side))
        layers = torch.stack([cells, (cells > 0).to(cells.dtype)], 1)
        layers = torch.relu(self.second(torch.relu(self.first(layers))))
        given = self.table(arguments + self.offsets).sum(1)
        hidden = torch.relu(self.hidden(layers.flatten(1)) + given)
        return self.norm(self.output(hidden))


def _encoder(name: str, sizes: Sequence[int], config: CoreConfig) -> nn.Module:
    return (PictureEncoder if ENVIRONMENTS[name].picture else Encoder)(sizes, config)


def _focus(config: CoreConfig, programs: int) -> nn.ParameterDict:
    """Environment → logits (programs, values of the first argument, components), all open at first.

    Pictures are seen whole.
    """
    shapes = {
        name: (programs, ARGUMENT_VALUES, len(sizes))
        for name, sizes in config.environments.items()
        if not ENVIRONMENTS[name].picture
    }
    return nn.ParameterDict({name: torch.full(shape, _OPEN) for name, shape in shapes.items()})


class Added(nn.Module):
    """Memory rows for programs added later, with a low-rank change of the LSTM's output for each."""

    def __init__(self, config: CoreConfig) -> None:
        super().__init__()
        count = len(config.added)
        self.keys = nn.Parameter(torch.randn(count, config.key) / config.key**0.5)
        self.values = nn.Parameter(torch.randn(count, config.value))
        self.down = nn.Parameter(torch.randn(count, config.width, config.rank) / config.width**0.5)
        self.up = nn.Parameter(torch.zeros(count, config.rank, config.width))
        self.focus = _focus(config, count) if config.focus else None

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
            {name: _encoder(name, sizes, config) for name, sizes in config.environments.items()}
        )
        self.keys = nn.Parameter(torch.randn(len(config.programs), config.key) / config.key**0.5)
        self.values = nn.Parameter(torch.randn(len(config.programs), config.value))
        self.lstm = nn.LSTM(config.state + config.value, config.width, config.layers, batch_first=True)
        self.end = nn.Linear(config.width, 1)
        self.key = nn.Linear(config.width, config.key)
        self.arguments = nn.Linear(config.width, _ARGUMENTS * ARGUMENT_VALUES)
        self.focus = _focus(config, len(config.programs)) if config.focus else None
        self.added = Added(config) if config.added else None

    def encode(self, environment: str, seen: Tensor, program: Tensor, arguments: Tensor) -> Tensor:
        """The LSTM's input (n, state + value) for observations (n, components) of one environment."""
        values = self.values if self.added is None else torch.cat([self.values, self.added.values])
        focused = self.focus is not None and environment in self.focus
        look = self.look(environment, program, arguments[:, 0]) if focused else None
        return torch.cat([self.encoders[environment](seen, arguments, look), values[program]], 1)

    def focus_logits(self, environment: str) -> Tensor:
        """(every program, values of the first argument, components); above 0 a component is looked at.

        Raises `ValueError` for a core without focus.
        """
        if self.focus is None:
            raise ValueError("the core has no focus, expected one that was trained with it")
        if self.added is None or self.added.focus is None:
            return self.focus[environment]
        return torch.cat([self.focus[environment], self.added.focus[environment]])

    def look(self, environment: str, program: Tensor, argument: Tensor) -> Tensor:
        """(n, components): 1 for what is looked at, else 0.

        In training it is drawn at random with a gradient straight through to the probabilities, so that a
        component that is not needed can close; after Bengio et al. (2013), "Estimating or Propagating
        Gradients Through Stochastic Neurons".
        """
        logits = self.focus_logits(environment)[program, argument]
        if not self.training:
            return (logits > 0).to(logits.dtype)
        chance = logits.sigmoid()
        drawn = (torch.rand_like(chance) < chance).to(logits.dtype)
        return drawn + chance - chance.detach()

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

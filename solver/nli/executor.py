"""The executor p_θ: one recurrent step from a state and a code to the logits of the next state."""

from __future__ import annotations

import torch
from torch import Tensor, nn
from torch.nn import functional as F

from solver.nli.blocks import Block, Positions, rotation
from solver.nli.config import VALUES, ModelConfig


class Executor(nn.Module):
    """Applies one word to a state on the canvas; the same network serves every step and every word."""

    def __init__(self, config: ModelConfig) -> None:
        super().__init__()
        features = Positions.width(config)
        self.config = config
        self.codes = nn.Parameter(torch.randn(config.codebook, config.code_width))
        self.values = nn.Parameter(torch.randn(VALUES, config.width))
        self.positions = Positions(config)
        self.place = nn.Linear(features, config.width)
        self.blocks = nn.ModuleList(
            Block(config, features, config.code_width) for _ in range(config.executor_layers)
        )
        self.norm = nn.LayerNorm(config.width)
        self.read = nn.Linear(config.width, VALUES)

    def forward(self, state: Tensor, word: Tensor, canvas: tuple[int, int]) -> Tensor:
        """Logits n_t (N, cells, VALUES) of the next state.

        state: (N, cells, VALUES), a distribution per cell. word: (N, K), a distribution over words.
        """
        return self.follow(state, word @ self.codes, canvas)

    def follow(self, state: Tensor, code: Tensor, canvas: tuple[int, int]) -> Tensor:
        """The same for codes (N, code_width) that need not be rows of the codebook."""
        position = self.positions(state, canvas)
        x = state @ self.values + self.place(position)
        turn = rotation(self.config, canvas, x.device)
        for block in self.blocks:
            x = block(x, position, code, turn)
        logits: Tensor = self.read(self.norm(x))
        return logits

    def step(
        self,
        state: Tensor,
        word: Tensor,
        canvas: tuple[int, int],
        temperature: float = 1.0,
        noise: float = 0.0,
    ) -> Tensor:
        """Next state π_t (N, cells, VALUES): skip copies, everything else is re-discretised softly."""
        logits = self(state, word, canvas)
        if noise:
            logits = logits + noise * gumbel(logits)
        written = F.softmax(logits / temperature, -1)
        skip = word[:, self.config.skip, None, None]
        return skip * state + (1 - skip) * written


def gumbel(like: Tensor) -> Tensor:
    """Standard Gumbel noise in the shape of `like`."""
    return -torch.empty_like(like).exponential_().log()

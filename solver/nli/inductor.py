"""The inductor q_φ: reads demonstrations, guesses a program."""

from __future__ import annotations

import torch
from torch import Tensor, nn

from solver.nli.blocks import Block, Positions, attend, rotation
from solver.nli.config import VALUES, ModelConfig


class Inductor(nn.Module):
    """Reads each pair on its own into slot embeddings; their mean over pairs becomes word logits."""

    def __init__(self, config: ModelConfig) -> None:
        super().__init__()
        features = 2 * Positions.width(config)
        width = config.width
        self.config = config
        self.input_values = nn.Parameter(torch.randn(VALUES, width))
        self.output_values = nn.Parameter(torch.randn(VALUES, width))
        self.positions = Positions(config)
        self.place = nn.Linear(features, width)
        self.blocks = nn.ModuleList(Block(config, features) for _ in range(config.inductor_layers))
        self.norm = nn.LayerNorm(width)
        self.slots = nn.Parameter(torch.randn(config.slots, width))
        self.key_value = nn.Linear(width, 2 * width)
        self.refine = nn.Sequential(nn.Linear(width, 2 * width), nn.GELU(), nn.Linear(2 * width, width))
        self.norm_slots = nn.LayerNorm(width)
        last = nn.Linear(2 * width, config.codebook)
        self.to_words = nn.Sequential(nn.Linear(width, 2 * width), nn.GELU(), last)
        with torch.no_grad():
            last.bias[config.skip] = config.skip_bias

    def forward(self, inputs: Tensor, outputs: Tensor, canvas: tuple[int, int]) -> Tensor:
        """Slot embeddings e (N, T, d) of N pairs; states are (N, cells, VALUES) on one canvas.

        Input and output share a token per canvas cell, which halves the tokens of reading them in a row.
        """
        position = torch.cat([self.positions(inputs, canvas), self.positions(outputs, canvas)], -1)
        x = inputs @ self.input_values + outputs @ self.output_values + self.place(position)
        turn = rotation(self.config, canvas, x.device)
        for block in self.blocks:
            x = block(x, position, turn=turn)
        n, heads = len(x), self.config.heads
        key, value = self.key_value(self.norm(x)).chunk(2, -1)
        query = self.slots.expand(n, -1, -1)
        split = [part.unflatten(-1, (heads, -1)).transpose(1, 2) for part in (query, key, value)]
        slots = attend(*split).transpose(1, 2).flatten(2)
        slots = slots + self.slots
        embedding: Tensor = self.norm_slots(slots + self.refine(slots))
        return embedding

    def logits(self, embedding: Tensor) -> Tensor:
        """Word logits (…, T, K) of pooled slot embeddings (…, T, d)."""
        logits: Tensor = self.to_words(embedding)
        return logits

"""How every compared method reads a pair: a token per cell of the input and another per cell of the output.

To see what a pair shows, its reader has to find the input cells that an output cell came from. Sharing a
token between both, as `solver.nli.model` does to save time, or starting attention from chance, delays that
by hundreds to thousands of steps (the record in `solver/bench/README.md`).
"""

from __future__ import annotations

from collections.abc import Iterable

import torch
from torch import Tensor, nn

from solver.nli.config import ModelConfig
from solver.nli.model import Block, Inductor, attend

_GAIN = 1.5
"""Factor on the initial query and key weights."""


class PairReader(Inductor):
    """An inductor with separate tokens for input and output, its attention started on equal values."""

    def __init__(self, config: ModelConfig) -> None:
        super().__init__(config)
        match_values(self.input_values, self.output_values, self.blocks)

    def forward(self, inputs: Tensor, outputs: Tensor, canvas: tuple[int, int]) -> Tensor:
        """Slot embeddings e (N, T, d) of N pairs; states are (N, cells, VALUES) on one canvas."""
        position = side_by_side(self.positions(inputs, canvas), self.positions(outputs, canvas))
        x = torch.cat([inputs @ self.input_values, outputs @ self.output_values], 1) + self.place(position)
        for block in self.blocks:
            x = block(x, position)
        n, heads = len(x), self.config.heads
        key, value = self.key_value(self.norm(x)).chunk(2, -1)
        query = self.slots.expand(n, -1, -1)
        split = [part.unflatten(-1, (heads, -1)).transpose(1, 2) for part in (query, key, value)]
        slots = attend(*split).transpose(1, 2).flatten(2) + self.slots
        embedding: Tensor = self.norm_slots(slots + self.refine(slots))
        return embedding


def side_by_side(inputs: Tensor, outputs: Tensor) -> Tensor:
    """Features (N, 2 · cells, 2p) of input cells, then output cells, from those (N, cells, p) of either."""
    return torch.cat(
        [
            torch.cat([inputs, torch.zeros_like(inputs)], -1),
            torch.cat([torch.zeros_like(outputs), outputs], -1),
        ],
        1,
    )


@torch.no_grad()
def match_values(
    input_values: nn.Parameter, output_values: nn.Parameter, blocks: Iterable[nn.Module]
) -> None:
    """Start a reader with one embedding for both kinds of values and with queries equal to keys.

    Cells of equal values then attend to each other from the first step. Everything remains trainable.
    """
    output_values.copy_(input_values)
    for block in blocks:
        if not isinstance(block, Block):
            raise TypeError(f"block is {type(block).__name__}, expected Block")
        query, key, _ = block.queries_keys_values.weight.chunk(3)
        query.mul_(_GAIN)
        key.copy_(query)

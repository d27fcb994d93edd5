"""Where the reading of examples starts from: attention between equal cell values.

To see what a pair shows, its reader has to find the input cells an output cell came from. A block that starts
from chance learns that late (see `solver/bench/README.md`). Here every reader starts with one
embedding for input and output values and with queries equal to keys, so that cells of equal values attend to
each other from the first step. Everything remains trainable.
"""

from __future__ import annotations

from collections.abc import Iterable

import torch
from torch import nn

from solver.blocks import Block

_GAIN = 1.5
"""Factor on the initial query and key weights."""


@torch.no_grad()
def match_values(
    input_values: nn.Parameter, output_values: nn.Parameter, blocks: Iterable[nn.Module]
) -> None:
    """Set the initial weights of a reader of examples so that equal values attend to each other."""
    output_values.copy_(input_values)
    for block in blocks:
        if not isinstance(block, Block):
            raise TypeError(f"block is {type(block).__name__}, expected Block")
        weight = block.queries_keys_values.weight
        query, key, _ = weight.chunk(3)
        query.copy_(_GAIN * query)
        key.copy_(query)
        for linear in (block.mix, block.contract):
            nn.init.xavier_normal_(linear.weight)

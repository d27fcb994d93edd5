"""Telling a method the true words in training: an auxiliary target, off at test time."""

from __future__ import annotations

import torch
from torch import Tensor, nn
from torch.nn import functional as F

from solver.lab.baselines.examples import Examples
from solver.nli.config import ModelConfig


class NamingHead(nn.Module):
    """Names the words of a task from one code per task."""

    def __init__(self, width: int, config: ModelConfig) -> None:
        super().__init__()
        self.config = config
        self.read = nn.Linear(width, config.slots * config.codebook)

    def loss(self, codes: Tensor, examples: Examples) -> Tensor:
        """What naming the true words from codes (B, m, width) costs; 0 where they are not known."""
        logits = self.read(codes).unflatten(-1, (self.config.slots, self.config.codebook))
        return named(logits, examples, self.config)


def named(logits: Tensor, examples: Examples, config: ModelConfig) -> Tensor:
    """Cross-entropy per program, in nats, of the true words, skips behind them, under logits (B, m, T, K).

    Zero for examples whose words are not known.
    """
    if examples.words is None:
        return logits.new_zeros(())
    truth = true_program(examples.words, config).unsqueeze(1).expand(logits.shape[:3])
    return F.cross_entropy(logits.flatten(0, 2), truth.flatten()) * config.slots


def true_program(words: Tensor, config: ModelConfig) -> Tensor:
    """Programs (B, T) of true words (B, t), -1 behind the last, with skips behind them."""
    words = words.where(words >= 0, config.skip)
    return torch.cat([words, words.new_full((len(words), config.slots - words.shape[1]), config.skip)], 1)

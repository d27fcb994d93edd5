"""An ablation: an interpreter whose state is never made discrete between two words."""

from __future__ import annotations

import torch
from torch import Tensor
from torch.nn import functional as F

from solver.lab.bench.interpreter import Interpreter
from solver.nli.model import NLI, gumbel, harden, one_hot

_SHARPNESS = 8.0
"""Logit of the true value in the first state, so that skipping everything copies the input."""


class ContinuousNLI(NLI):
    """Hands the executor's logits from word to word; only the answer becomes a distribution."""

    def run(
        self,
        state: Tensor,
        program: Tensor,
        canvas: tuple[int, int],
        temperature: float = 1.0,
        noise: float = 0.0,
    ) -> list[Tensor]:
        """The final distribution alone: there are no visible states in between."""
        hidden = _SHARPNESS * state
        for slot in range(program.shape[1]):
            word = program[:, slot]
            skip = word[:, self.config.skip, None, None]
            hidden = skip * hidden + (1 - skip) * self.executor(hidden, word, canvas)
        if noise:
            hidden = hidden + noise * gumbel(hidden)
        return [F.softmax(hidden.float() / temperature, -1)]


class ContinuousInterpreter(Interpreter):
    """The interpreter around `ContinuousNLI`; its words are still discrete at the end."""

    network = ContinuousNLI

    @torch.no_grad()
    def run_hard(self, inputs: Tensor, words: Tensor, canvas: tuple[int, int]) -> Tensor:
        """One-hot words, and the most likely grid of the final distribution."""
        program = F.one_hot(words, self.inductor.config.codebook).float()
        return harden(self.execute(one_hot(inputs), program, canvas, 1.0, 0.0), canvas)

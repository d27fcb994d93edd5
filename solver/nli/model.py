"""The Neural Language Interpreter: inductor and executor joined by a discrete program.

After Macfarlane, Bonnet, van Hoof and Lelis, "Gradient-Based Program Synthesis with Neurally Interpreted
Languages" (arXiv 2604.18907), carried from sequences to grids by an eleventh value, "outside".
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn import functional as F

from puzzles.grid import Grid, as_grid
from solver.nli.config import OUTSIDE, VALUES, ModelConfig
from solver.nli.executor import Executor, gumbel
from solver.nli.inductor import Inductor


class NLI(nn.Module):
    """Inductor, executor and the way a program runs through them."""

    def __init__(self, config: ModelConfig) -> None:
        super().__init__()
        self.config = config
        self.inductor = Inductor(config)
        self.executor = Executor(config)

    def program(self, embedding: Tensor, temperature: float = 1.0, noise: float = 0.0) -> Tensor:
        """Soft program z (…, T, K) from pooled slot embeddings (…, T, d)."""
        logits = self.inductor.logits(embedding)
        if noise:
            logits = logits + noise * gumbel(logits)
        return F.softmax(logits / temperature, -1)

    def run(
        self,
        state: Tensor,
        program: Tensor,
        canvas: tuple[int, int],
        temperature: float = 1.0,
        noise: float = 0.0,
    ) -> list[Tensor]:
        """States after each word: state (N, cells, VALUES) through a program (N, T, K)."""
        states = []
        for slot in range(program.shape[1]):
            state = self.executor.step(state, program[:, slot], canvas, temperature, noise)
            states.append(state)
        return states

    def log_likelihood(self, state: Tensor, target: Tensor) -> Tensor:
        """Log-probability per cell (N, cells) of target values under a state, with the uniform mixed in."""
        mix = self.config.uniform_mix
        probability = state.gather(-1, target.unsqueeze(-1)).squeeze(-1)
        return ((1 - mix) * probability + mix / VALUES).log()


def to_canvas(grids: Sequence[Grid], canvas: tuple[int, int], device: torch.device | str = "cpu") -> Tensor:
    """Lay grids into the top-left corner of a canvas: cell values (N, cells), int64, outside elsewhere."""
    cells = np.full((len(grids), *canvas), OUTSIDE, np.int64)
    for i, grid in enumerate(grids):
        cells[i, : grid.shape[0], : grid.shape[1]] = grid
    return torch.from_numpy(cells).flatten(1).to(device)


def one_hot(cells: Tensor) -> Tensor:
    """Cell values (N, cells) as a hard state (N, cells, VALUES)."""
    return F.one_hot(cells, VALUES).float()


def harden(state: Tensor, canvas: tuple[int, int]) -> Tensor:
    """The most likely grid of each state (N, cells, VALUES), as cell values (N, cells).

    A grid is a rectangle in the canvas's top-left corner. Its extent is the one under which the state's
    inside and outside probabilities are jointly most likely; its cells are the most likely colours.
    """
    outside = state[..., OUTSIDE].float().clamp(1e-6, 1 - 1e-6)
    gain = ((1 - outside) / outside).log().view(-1, *canvas)
    corner = gain.cumsum(1).cumsum(2).flatten(1).argmax(1, keepdim=True)
    index = torch.arange(outside.shape[1], device=state.device)
    within = (index // canvas[1] <= corner // canvas[1]) & (index % canvas[1] <= corner % canvas[1])
    return torch.where(within, state[..., :OUTSIDE].argmax(-1), OUTSIDE)


def to_grids(cells: Tensor, canvas: tuple[int, int]) -> list[Grid]:
    """Grids of hardened cell values (N, cells); the inverse of `to_canvas`."""
    grids = []
    for values in cells.view(-1, *canvas).cpu().numpy():
        height, width = int((values[:, 0] != OUTSIDE).sum()), int((values[0] != OUTSIDE).sum())
        grids.append(as_grid(values[:height, :width].astype(np.uint8)))
    return grids

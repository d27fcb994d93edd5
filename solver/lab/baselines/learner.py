"""What every compared method can do, and the positions they share."""

from __future__ import annotations

from dataclasses import dataclass

import torch
from torch import Tensor, nn

from solver.lab.baselines.examples import Examples
from solver.nli.config import VALUES, ModelConfig
from solver.nli.model import Positions


@dataclass(frozen=True)
class Effort:
    """What a method may spend on one task at test time."""

    steps: int = 20
    """Gradient steps, on a latent program or on the weights."""
    starts: int = 512
    """Starting points, all moved in parallel; methods that tune weights have one."""
    asked: int = 0
    """Starts that ask the inductor again at the states they reach; the best `starts` of them are moved."""
    words: int = 0
    """Words run in a search without gradients; 0 for gradient search."""
    blind: bool = False
    """Whether the calls of the decoder or executor that `steps` cost go to fresh starts instead."""
    soft: bool = False
    """Whether a program of words is judged and run as the search has it, soft, rather than one-hot."""
    from_prior: bool = False
    """Whether a search for words starts from the prior instead of around the inductor's guess."""


class Learner(nn.Module):
    """A method: trained on examples, it answers queries at once (`predict`) or after a `search`."""

    def loss(self, examples: Examples, progress: float) -> Tensor:
        """Training loss (scalar) of a batch, each example left out once; `progress` runs from 0 to 1."""
        raise NotImplementedError

    def predict(self, demonstrations: Examples, queries: Tensor) -> Tensor:
        """Answers (B, cells), hardened, to queries (B, cells), without any search."""
        raise NotImplementedError

    def search(self, demonstrations: Examples, queries: Tensor, effort: Effort, seed: int) -> Tensor:
        """Answers (B, cells), hardened, after spending `effort` on the demonstrations of each task."""
        raise NotImplementedError

    @property
    def budget(self) -> int:
        """Trainable numbers that answer; a head that names words in training alone does not count."""
        return sum(p.numel() for name, p in self.named_parameters() if not name.startswith("naming."))


class FullCanvas(Positions):
    """Positions of grids that always fill their canvas: computed once instead of read off every state.

    On sequences of one length this gives what `Positions` gives and takes none of the time.
    """

    features: Tensor

    def __init__(self, config: ModelConfig, canvas: tuple[int, int]) -> None:
        super().__init__(config)
        state = torch.zeros(1, canvas[0] * canvas[1], VALUES)
        self.register_buffer("features", Positions(config)(state, canvas), persistent=False)

    def forward(self, state: Tensor, canvas: tuple[int, int]) -> Tensor:
        """Features (1, cells, p), the same for every state."""
        return self.features

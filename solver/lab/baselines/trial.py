"""Learning by trial: every task takes the word, or latent, that already explains it best.

Jointly trained, an encoder and an executor wait for each other: the words mean nothing yet, so naming them
brings nothing, and the executor learns one mixture of everything. Trying all words on a task breaks the
circle without telling anybody which tasks belong together. All words are used equally often at first
(Sinkhorn balancing, as in SwAV, arXiv 2006.09882), then less and less.
"""

from __future__ import annotations

from dataclasses import dataclass

import torch
from torch import Tensor

from solver.lab.baselines.examples import Examples

Ends = tuple[float, float]

GUESS = 0.3
"""Weight of an encoder's learning to name them while words are found by trial."""
_TRIED_PAIRS = 2
"""Pairs of a task that words are tried on."""
_TRIAL_TEMPERATURE = 5.0
"""Nats of a task's likelihood that make a word e times as suitable as another."""
_SINKHORN = 30
"""Rounds of balancing between words."""


@dataclass(frozen=True)
class AnnealPlan:
    """What changes in the course of training; temperatures are linear in progress until `settled`."""

    code_temperature: Ends = (4.0, 0.5)
    """First and last temperature of the word distributions (τ_e)."""
    state_temperature: Ends = (2.0, 0.5)
    """First and last temperature of the executor's states (τ_d)."""
    settled: float = 0.8
    """Progress from which both keep their last value."""

    noise: Ends = (0.0, 0.0)
    """Progress between which both Gumbel noises grow from 0 to 1; equal ends mean they are always on."""
    tried_until: float = 0.0
    """Progress until which every task's word is found by trying all words on it (`trial_loss`)."""
    anchored: float = 0.0
    """Share of the later batches that still learn that way, which keeps the words apart under the noises."""

    def noise_at(self, progress: float) -> float:
        """Scale of both Gumbel noises at this progress."""
        return _ramp(progress, self.noise)

    def balance_at(self, progress: float) -> float:
        """How strictly trials use all words alike: 1 for the first quarter of them, 0 for the second half."""
        return min(1.0, max(0.0, 2 - 4 * progress / self.tried_until))

    def tries(self, progress: float) -> bool:
        """Whether this batch is learned by trial: a coin, once `tried_until` is passed."""
        later = self.tried_until > 0 and bool(torch.rand(()) < self.anchored)
        return progress < self.tried_until or later

    def at(self, progress: float) -> tuple[float, float]:
        """τ_e and τ_d at this progress."""
        part = min(1.0, progress / self.settled)
        code, state = (a + part * (b - a) for a, b in (self.code_temperature, self.state_temperature))
        return code, state


def _ramp(progress: float, ends: Ends) -> float:
    start, end = ends
    return 1.0 if progress >= end else max(0.0, (progress - start) / (end - start))


def to_try(examples: Examples, count: int) -> tuple[Tensor, Tensor, Tensor]:
    """Two pairs of every task, `count` times over: inputs and outputs (N, cells), the try's number (N,)."""
    pairs = min(_TRIED_PAIRS, examples.pairs)
    inputs, outputs = (
        cells[:, :pairs].flatten(0, 1).repeat(count, 1) for cells in (examples.inputs, examples.outputs)
    )
    index = torch.arange(count, device=inputs.device).repeat_interleave(len(examples) * pairs)
    return inputs, outputs, index


def suited(scores: Tensor, balance: float) -> Tensor:
    """How well each word suits each task (B, K), as distributions, from log-likelihoods in nats."""
    return balanced(scores / _TRIAL_TEMPERATURE, balance)


class WordShares:
    """Shares words among the tasks of a batch and of those before it.

    With fewer tasks than words, balancing within a batch would give every task several words, and no word
    would come apart from another; so the scores of earlier tasks are kept, as many as there are words, twice
    (the queue of SwAV). A batch of at least as many tasks as words is balanced by itself. The scores are not
    kept with an unfinished run: a few batches bring new ones.
    """

    def __init__(self) -> None:
        self._earlier: Tensor | None = None

    def __call__(self, scores: Tensor, balance: float) -> Tensor:
        """How well each word suits each task (B, K), as `suited` says."""
        tasks, words = scores.shape
        if tasks >= words:
            return suited(scores, balance)
        earlier = self._earlier
        known = scores if earlier is None or earlier.shape[1] != words else torch.cat([earlier, scores])
        self._earlier = known[-2 * words :]
        return suited(known, balance)[-tasks:]


def balanced(scores: Tensor, strength: float) -> Tensor:
    """Distributions (B, K) from log-scores of that shape.

    With strength 1 every word is used about equally often (Sinkhorn iterations), or one word would become
    the best for everything; with 0 every task has its own softmax.
    """
    for _ in range(_SINKHORN):
        scores = scores - strength * scores.logsumexp(0, keepdim=True)
        scores = scores - scores.logsumexp(1, keepdim=True)
    return scores.exp()

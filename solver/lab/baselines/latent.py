"""Latent program network (LPN): one continuous latent per task, decoded in one shot.

After Macfarlane and Bonnet, "Searching Latent Program Spaces" (arXiv 2411.08706): a variational encoder reads
each pair, the latents are averaged, the decoder maps a query and the latent to the output; one inner gradient
step on the latent in training (its gradient stopped) prepares it for gradient ascent at test time.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import partial

import torch
from torch import Tensor, nn
from torch.nn import functional as F

from solver.lab.baselines.ascent import ascend, gaussian_starts, last, resample
from solver.lab.baselines.examples import Examples
from solver.lab.baselines.learner import Effort, FullCanvas, Learner
from solver.lab.baselines.naming import NamingHead
from solver.lab.baselines.reader import PairReader
from solver.lab.baselines.trial import GUESS, AnnealPlan, suited, to_try
from solver.nli.config import ModelConfig
from solver.nli.model import Executor, harden, one_hot
from solver.training.objective import leave_one_out


@dataclass(frozen=True)
class LatentPlan:
    """Training and search of a latent program network, in numbers of the LPN's code but for size and blur."""

    size: int = 56
    """Width of the latent."""
    divergence: float = 1e-4
    """Weight of the KL divergence from the standard normal prior."""
    inner_rate: float = 0.1
    """Length of the one gradient step on the latent in training, times its gradient."""
    search_rate: float = 0.3
    """Adam learning rate of the search."""
    spread: float = 0.5
    """Spread of the starts, in units of the latent's own."""
    blur: float = 0.15
    """Spread of the noise on prototypes while they are tried: no latent of the encoder hits one exactly."""


class LatentProgram(Learner):
    """Encoder and one-shot decoder, built from the interpreter's own two networks.

    The encoder is an inductor of one slot whose head gives mean and log-variance; the decoder is one step of
    the executor, whose code is a linear map of the latent.
    """

    def __init__(
        self,
        config: ModelConfig,
        canvas: tuple[int, int] | None,
        anneal: AnnealPlan,
        plan: LatentPlan = LatentPlan(),
        *,
        named: bool = False,
    ) -> None:
        super().__init__()
        self.naming = NamingHead(plan.size, config) if named else None
        self.anneal, self.plan = anneal, plan
        self.encoder = PairReader(replace(config, slots=1, codebook=2 * plan.size, skip_bias=0.0))
        self.decoder = Executor(replace(config, codebook=plan.size))
        self.prototypes = nn.Parameter(torch.randn(config.skip, plan.size))
        """Latents tried on tasks (`trial_loss`), as many as the interpreter has words; unused otherwise."""
        if canvas:
            self.encoder.positions = FullCanvas(config, canvas)
            self.decoder.positions = FullCanvas(config, canvas)

    def encode(self, examples: Examples) -> tuple[Tensor, Tensor]:
        """Mean and log-variance (B, m, size) of every pair's latent."""
        inputs, outputs = (one_hot(cells.flatten(0, 1)) for cells in (examples.inputs, examples.outputs))
        head = self.encoder.logits(self.encoder(inputs, outputs, examples.canvas))[:, 0].float()
        mean, log_variance = head.unflatten(0, examples.inputs.shape[:2]).chunk(2, -1)
        return mean, log_variance.clamp(-8, 4)

    def cell_loss(self, inputs: Tensor, outputs: Tensor, latents: Tensor, canvas: tuple[int, int]) -> Tensor:
        """Cross-entropy per example (N,) of outputs (N, cells) given inputs and latents (N, size)."""
        logits = self.decoder(one_hot(inputs), latents, canvas).float()
        return F.cross_entropy(logits.transpose(1, 2), outputs, reduction="none").mean(1)

    def loss(self, examples: Examples, progress: float) -> Tensor:
        """Leave-one-out likelihood after one inner step, plus the KL divergence; by trial at first.

        Where names are told, naming the words from the latents' means is a part of either.
        """
        mean, log_variance = self.encode(examples)
        if progress < self.anneal.tried_until:
            loss = self.trial_loss(examples, progress, mean, log_variance)
        else:
            loss = self._own_loss(examples, mean, log_variance)
        if self.naming is None:
            return loss
        return loss + self.naming.loss(leave_one_out(mean.unsqueeze(2)).squeeze(2), examples)

    def _own_loss(self, examples: Examples, mean: Tensor, log_variance: Tensor) -> Tensor:
        sampled = mean + (0.5 * log_variance).exp() * torch.randn_like(mean)
        latents = leave_one_out(sampled.unsqueeze(2)).squeeze(2)  # (B, m, size): row i knows not pair i
        latents = latents + self.plan.inner_rate * self._ascent_direction(examples, latents.detach())
        inputs, outputs = (cells.flatten(0, 1) for cells in (examples.inputs, examples.outputs))
        likelihood = self.cell_loss(inputs, outputs, latents.flatten(0, 1), examples.canvas).mean()
        divergence = 0.5 * (mean.square() + log_variance.exp() - 1 - log_variance).sum(-1).mean()
        return likelihood + self.plan.divergence * divergence

    def trial_loss(self, examples: Examples, progress: float, mean: Tensor, log_variance: Tensor) -> Tensor:
        """Loss of a prototype that suits each task, and of the encoder's not knowing which ones do."""
        balance = self.anneal.balance_at(progress)
        fitting = suited(self.try_prototypes(examples), balance)
        chosen = self.prototypes[torch.multinomial(fitting, 1).squeeze(1)]
        inputs, outputs = (cells.flatten(0, 1) for cells in (examples.inputs, examples.outputs))
        latents = chosen.repeat_interleave(examples.pairs, 0)
        latents = latents + self.plan.blur * torch.randn_like(latents)
        likelihood = self.cell_loss(inputs, outputs, latents, examples.canvas).mean()
        target = (fitting @ self.prototypes.detach()).unsqueeze(1).expand_as(mean)
        guess = F.gaussian_nll_loss(leave_one_out(mean.unsqueeze(2)).squeeze(2), target, log_variance.exp())
        return likelihood + GUESS * (1 - balance) * guess

    @torch.no_grad()
    def try_prototypes(self, examples: Examples) -> Tensor:
        """Log-likelihood (B, K), in nats, of two pairs of every task under every prototype."""
        count = len(self.prototypes)
        inputs, outputs, index = to_try(examples, count)
        losses = self.cell_loss(inputs, outputs, self.prototypes[index], examples.canvas)
        return -inputs.shape[1] * losses.view(count, len(examples), -1).sum(-1).T

    def _ascent_direction(self, examples: Examples, latents: Tensor) -> Tensor:
        """Gradient of the other pairs' log-likelihood at each left-out pair's latent (B, m, size)."""
        pairs = examples.pairs
        others = torch.tensor([[j for j in range(pairs) if j != i] for i in range(pairs)])
        inputs, outputs = (cells[:, others].flatten(0, 2) for cells in (examples.inputs, examples.outputs))
        latents = latents.requires_grad_(True)
        with torch.enable_grad():
            repeated = latents.unsqueeze(2).expand(-1, -1, pairs - 1, -1).flatten(0, 2)
            # Cells are averaged, as in `cell_loss`; the sum over pairs is the task's log-likelihood.
            total = -self.cell_loss(inputs, outputs, repeated, examples.canvas).sum()
            (direction,) = torch.autograd.grad(total, latents)
        return direction.detach()

    @torch.no_grad()
    def decode(self, queries: Tensor, latents: Tensor, canvas: tuple[int, int]) -> Tensor:
        """Most likely outputs (B, cells) of queries (B, cells) under latents (B, size)."""
        return harden(F.softmax(self.decoder(one_hot(queries), latents, canvas).float(), -1), canvas)

    @torch.no_grad()
    def predict(self, demonstrations: Examples, queries: Tensor) -> Tensor:
        """Decode with the mean of the demonstrations' latent means."""
        return self.decode(queries, self.encode(demonstrations)[0].mean(1), demonstrations.canvas)

    def search(self, demonstrations: Examples, queries: Tensor, effort: Effort, seed: int) -> Tensor:
        """Ascend the demonstrations' likelihood over the latent, or draw latents blindly, task by task."""
        with torch.no_grad():
            centres = self.encode(demonstrations)[0].mean(1)
        answers = []
        for task, centre in enumerate(centres):
            draw = partial(self._starts, centre, effort.starts, seed)
            landscape = _LatentLandscape(self, demonstrations.take([task]))
            if effort.blind:
                best = last(resample(draw, landscape, effort))
            else:
                best = last(ascend(draw(0), landscape, effort, self.plan.search_rate))
            answers.append(self.decode(queries[task : task + 1], best.latent[None], demonstrations.canvas))
        return torch.cat(answers)

    def _starts(self, centre: Tensor, starts: int, seed: int, index: int) -> Tensor:
        return gaussian_starts(centre, self.plan.spread, starts, seed + index)


class _LatentLandscape:
    """One task's likelihood over latents; it has no noise, so checking is the loss without its gradient."""

    def __init__(self, model: LatentProgram, task: Examples) -> None:
        self.model, self.task = model, task

    def loss(self, latents: Tensor, progress: float) -> Tensor:
        inputs, outputs, repeated = self._repeated(latents)
        return (
            self.model.cell_loss(inputs, outputs, repeated, self.task.canvas).view(len(latents), -1).mean(1)
        )

    def check(self, latents: Tensor) -> tuple[Tensor, Tensor]:
        inputs, outputs, repeated = self._repeated(latents)
        cells = self.model.decode(inputs, repeated, self.task.canvas)
        return (cells != outputs).view(len(latents), -1).sum(1), self.loss(latents, 1.0)

    def _repeated(self, latents: Tensor) -> tuple[Tensor, Tensor, Tensor]:
        starts, pairs = len(latents), self.task.pairs
        inputs, outputs = (cells[0].repeat(starts, 1) for cells in (self.task.inputs, self.task.outputs))
        return inputs, outputs, latents.repeat_interleave(pairs, 0)

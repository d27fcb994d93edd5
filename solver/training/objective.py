"""The training objective: leave-one-out likelihood, reuse penalty, and optional NPI traces."""

from __future__ import annotations

from dataclasses import dataclass

import torch
from torch import Tensor
from torch.nn import functional as F

from solver.config import TrainConfig
from solver.model import NLI, one_hot
from solver.training.batches import Batch


@dataclass(frozen=True)
class Anneal:
    """The temperatures and noises of one moment of training."""

    code_temperature: float
    state_temperature: float
    noise: float
    unroll_noise: float

    @classmethod
    def at(cls, progress: float, plan: TrainConfig) -> Anneal:
        """Linear in progress for temperatures; noise from 0 to 1 after `noise_from`."""

        def line(ends: tuple[float, float]) -> float:
            return ends[0] + min(1.0, progress) * (ends[1] - ends[0])

        noise = max(0.0, min(1.0, (progress - plan.noise_from) / (0.9 - plan.noise_from)))
        return cls(line(plan.code_temperature), line(plan.state_temperature), noise, noise)


@dataclass(frozen=True)
class Losses:
    """Parts of the objective, scalars; zero where a part does not apply."""

    total: Tensor
    end_to_end: float = 0.0
    words: float = 0.0
    trace: float = 0.0
    used: float = 0.0

    def numbers(self) -> dict[str, float]:
        """Every part as a plain number, for the log."""
        return {name: float(value) for name, value in vars(self).items() if name != "total"} | {
            "total": self.total.item()
        }


def leave_one_out(embedding: Tensor) -> Tensor:
    """Mean slot embedding of the other pairs: (B, m, T, d) to (B, m, T, d)."""
    pairs = embedding.shape[1]
    return (embedding.sum(1, keepdim=True) - embedding) / (pairs - 1)


def expected_words_used(program: Tensor) -> Tensor:
    """Expected number of distinct words in a batch of soft programs (B, T, K): Σ_k 1 − Π(1 − q(k))."""
    missing = (1 - program.flatten(0, 1).float()).clamp_min(1e-6).log().sum(0).exp()
    return (1 - missing).sum()


def objective(model: NLI, batch: Batch, plan: TrainConfig, anneal: Anneal, traced: bool) -> Losses:
    """Loss of one batch: named words and single true steps when `traced`, end to end otherwise."""
    tasks, pairs, _, cells = batch.states.shape
    inputs, outputs = one_hot(batch.states[:, :, 0]), one_hot(batch.states[:, :, -1])
    flat = tasks * pairs
    embedding = model.inductor(inputs.flatten(0, 1), outputs.flatten(0, 1), batch.canvas)
    logits = model.inductor.logits(leave_one_out(embedding.unflatten(0, (tasks, pairs)))).float()
    total, parts = logits.new_zeros(()), {}
    if plan.bootstrap and bool(batch.named.any()):
        named = logits[batch.named]
        truth = batch.words[batch.named].unsqueeze(1).expand(-1, pairs, -1)
        words = F.cross_entropy(named.flatten(0, 2), truth.flatten())
        total, parts["words"] = total + words, words.item()
    if traced:
        loss = _trace_loss(model, batch)
        total, parts["trace"] = total + loss, loss.item()
        return Losses(total, **parts)
    depth = int(batch.depth.max())
    noisy = logits[:, :, :depth].flatten(0, 1)
    if anneal.noise:
        noisy = noisy + anneal.noise * -torch.empty_like(noisy).exponential_().log()
    if depth == 1:
        # While programs have one word, copying is never right and beats a noisy step: mask it.
        noisy = noisy.index_fill(-1, torch.tensor([model.config.skip], device=noisy.device), -1e4)
    program = F.softmax(noisy / anneal.code_temperature, -1)
    state = model.run(
        inputs.flatten(0, 1), program, batch.canvas, anneal.state_temperature, anneal.unroll_noise
    )[-1]
    loss = -model.log_likelihood(state.float(), batch.states[:, :, -1].reshape(flat, cells)).mean()
    used = expected_words_used(program)
    return Losses(total + loss + plan.reuse * used, end_to_end=loss.item(), used=used.item(), **parts)


def _trace_loss(model: NLI, batch: Batch) -> Tensor:
    """Cross-entropy of one true step per example under its named word, from the true state before it."""
    tasks, pairs, _, _ = batch.states.shape
    step = (torch.rand(tasks, device=batch.depth.device) * batch.depth).long()
    index = torch.arange(tasks, device=step.device)
    before, after = batch.states[index, :, step], batch.states[index, :, step + 1]
    word = F.one_hot(batch.words[index, step], model.config.codebook).to(model.executor.codes.dtype)
    logits = model.executor(
        one_hot(before).flatten(0, 1), word.repeat_interleave(pairs, 0), batch.canvas
    ).float()
    return F.cross_entropy(logits.flatten(0, 1), after.flatten())

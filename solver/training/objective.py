"""The training objective: leave-one-out likelihood, reuse penalty, and optional NPI traces."""

from __future__ import annotations

from dataclasses import dataclass, replace

import torch
from torch import Tensor, nn
from torch.nn import functional as F

from solver.nli.config import TrainConfig
from solver.nli.model import NLI, gumbel, one_hot
from solver.training.batches import Batch
from solver.training.processes import ALONE, Processes


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
    length: float = 0.0
    """Mean number of words that are not skip."""

    def numbers(self) -> dict[str, float]:
        """Every part as a plain number, for the log."""
        return {name: float(value) for name, value in vars(self).items() if name != "total"} | {
            "total": self.total.item()
        }


def leave_one_out(embedding: Tensor) -> Tensor:
    """Mean slot embedding of the other pairs: (B, m, T, d) to (B, m, T, d)."""
    pairs = embedding.shape[1]
    return (embedding.sum(1, keepdim=True) - embedding) / (pairs - 1)


def expected_words_used(program: Tensor, processes: Processes = ALONE) -> Tensor:
    """Expected number of distinct words in a batch of soft programs (B, T, K): Σ_k 1 − Π(1 − q(k))."""
    missing = (1 - program.flatten(0, 1).float()).clamp_min(1e-6).log().sum(0)
    return (1 - processes.total(missing).exp()).sum()


class Objective(nn.Module):
    """The loss of a batch as a module, which is what DistributedDataParallel wraps."""

    def __init__(self, model: NLI, plan: TrainConfig, processes: Processes = ALONE) -> None:
        super().__init__()
        self.model, self.plan, self.processes = model, plan, processes

    def forward(self, batch: Batch, anneal: Anneal) -> Losses:
        """Named words and single true steps where the batch is traced, end to end otherwise.

        A batch for the executor alone has single true steps and nothing else; a plan for the inductor alone
        has named words and nothing else.

        With several processes `batch` is this one's share and the loss is that of the whole batch.
        """
        if batch.alone:
            loss = self._trace(batch)
            return Losses(loss, trace=loss.item())
        tasks, pairs, _, _ = batch.states.shape
        inputs, outputs = one_hot(batch.states[:, :, 0]), one_hot(batch.states[:, :, -1])
        embedding = self.model.inductor(inputs.flatten(0, 1), outputs.flatten(0, 1), batch.canvas)
        left = leave_one_out(embedding.unflatten(0, (tasks, pairs)))
        logits = self.model.inductor.logits(left).float()
        losses = self._words(logits, batch) if batch.any_named else Losses(logits.new_zeros(()))
        if self.plan.inductor_alone:
            return losses
        if batch.traced:
            loss = self._trace(batch)
            return replace(losses, total=losses.total + loss, trace=loss.item())
        return self._end_to_end(losses, inputs.flatten(0, 1), logits, batch, anneal)

    def _words(self, logits: Tensor, batch: Batch) -> Losses:
        """Cross-entropy of every slot (B, m, T, K) of the tasks whose true words may be told."""
        named = logits[batch.named]
        truth = batch.words[batch.named].unsqueeze(1).expand(-1, logits.shape[1], -1)
        words = self.processes.mean(F.cross_entropy(named.flatten(0, 2), truth.flatten(), reduction="none"))
        return Losses(words, words=words.item())

    def _trace(self, batch: Batch) -> Tensor:
        """Cross-entropy of one true step per example under its named word, from the true state before it."""
        tasks, pairs, _, _ = batch.states.shape
        index = torch.arange(tasks, device=batch.step.device)
        before, after = batch.states[index, :, batch.step], batch.states[index, :, batch.step + 1]
        executor = self.model.executor
        word = F.one_hot(batch.words[index, batch.step], self.model.config.codebook).to(executor.codes.dtype)
        logits = executor(one_hot(before).flatten(0, 1), word.repeat_interleave(pairs, 0), batch.canvas)
        values = F.cross_entropy(logits.float().flatten(0, 1), after.flatten(), reduction="none")
        return self.processes.mean(values)

    def _end_to_end(
        self, losses: Losses, inputs: Tensor, logits: Tensor, batch: Batch, anneal: Anneal
    ) -> Losses:
        """Likelihood of the outputs under programs guessed from the other pairs, and what words cost."""
        skip = self.model.config.skip
        noisy = logits[:, :, : batch.longest].flatten(0, 1)
        if anneal.noise:
            noisy = noisy + anneal.noise * gumbel(noisy)
        if batch.longest == 1:
            # While programs have one word, copying is never right and beats a noisy step: mask it.
            noisy = noisy.index_fill(-1, torch.tensor([skip], device=noisy.device), -1e4)
        program = F.softmax(noisy / anneal.code_temperature, -1)
        state = self.model.run(inputs, program, batch.canvas, anneal.state_temperature, anneal.unroll_noise)[
            -1
        ].float()
        target = batch.states[:, :, -1].flatten(0, 1)
        loss = self.processes.mean(-self.model.log_likelihood(state, target))
        used = expected_words_used(program, self.processes)
        length = self.processes.mean(1 - program[..., skip]) * batch.longest
        total = losses.total + loss + self.plan.reuse * used + self.plan.ponder * length
        return replace(losses, total=total, end_to_end=loss.item(), used=used.item(), length=length.item())

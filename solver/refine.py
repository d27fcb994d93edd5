"""Gradient refinement: ascend the demonstrations' likelihood over slot embeddings, many starts at once.

Macfarlane et al. 2026, "test-time search": the search moves the continuous embeddings before the word
logits, not the words; both Gumbel noises stay on and both temperatures fall during the search, so that the
end is close to a discrete program.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import torch
from torch import Tensor

from solver.config import SearchConfig
from solver.device import fast_precision
from solver.model import one_hot
from solver.problem import Problem

_CHUNK_CELLS = 6144
"""Canvas cells per executor call, demonstrations times starts; bounds the time between two yields."""


@dataclass(frozen=True)
class Refinement:
    """One moment of the search."""

    step: int
    loss: float
    """Lowest loss of any start at this step: mean negative log-likelihood per cell, in nats."""
    programs: list[tuple[int, ...]]
    """Most likely words of every start, only at the end of a step; empty in between."""
    temperature: float


def refine(problem: Problem, config: SearchConfig, seed: int, length: int) -> Iterator[Refinement]:
    """Refine `config.starts` Gaussian starts around the inductor's guess for `config.steps` steps.

    Only the first `length` slots are executed. Yields after every executor call; programs come with the
    last call of each step.
    """
    model = problem.learned.model
    device = problem.inputs.device
    generator = torch.Generator().manual_seed(seed)
    centre = problem.induce().mean(0)[:length]
    spread = config.spread * centre.std()
    offsets = torch.randn((config.starts, *centre.shape), generator=generator).to(device)
    offsets[0] = 0  # the inductor's own guess is always one of the starts
    embedding = (centre + spread * offsets).requires_grad_(True)
    optimizer = torch.optim.Adam([embedding], lr=config.learning_rate)
    per_chunk = max(1, _CHUNK_CELLS // (problem.inputs.numel() * length))
    for step in range(config.steps):
        progress = step / max(1, config.steps - 1)
        code, state = (
            first + progress * (last - first)
            for first, last in (config.code_temperature, config.state_temperature)
        )
        losses: list[Tensor] = []
        for chunk in embedding.split(per_chunk):
            noise_seed = int(torch.randint(2**62, (), generator=generator))
            loss = _loss(problem, chunk, config.noise, code, state, noise_seed)
            loss.sum().backward()
            losses.append(loss.detach())
            yield Refinement(step, torch.cat(losses).min().item(), [], code)
        optimizer.step()
        optimizer.zero_grad()
        with torch.no_grad():
            words = model.inductor.logits(embedding).argmax(-1)
        programs = [tuple(row) for row in words.tolist()]
        yield Refinement(step, torch.cat(losses).min().item(), programs, code)


def _loss(problem: Problem, embedding: Tensor, noise: float, code: float, state: float, seed: int) -> Tensor:
    """Loss of each start (S,): embeddings (S, length, d) against all demonstrations."""
    model, starts, pairs = problem.learned.model, len(embedding), len(problem.inputs)
    inputs = one_hot(problem.inputs).repeat(starts, 1, 1)
    targets = problem.targets.repeat(starts, 1)
    # A seed of its own for every call: the same search gives the same result, whatever ran before.
    with torch.random.fork_rng(), fast_precision(embedding.device):
        torch.manual_seed(seed)
        program = model.program(embedding, code, noise).float().repeat_interleave(pairs, 0)
        final = model.run(inputs, program, problem.canvas, state, noise)[-1]
    likelihood = model.log_likelihood(final.float(), targets)
    return -likelihood.view(starts, -1).mean(1)

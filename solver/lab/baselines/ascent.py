"""Gradient search over one task's latents: many starts in parallel, the best iterate kept.

The same loop serves the interpreter's slot embeddings, LPN's latent vector and D-LPN's slot embeddings; only
the loss differs. LPN (arXiv 2411.08706) returns the best iterate by likelihood rather than the last.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Protocol

import torch
from torch import Tensor

from solver.lab.baselines.learner import Effort

_CHECK_EVERY = 10
"""Gradient steps between two checks of what the starts have become."""
_CALLS_PER_CHECK = 2
"""Times that a check runs the decoder or executor. A gradient step runs it once, its way back not counted."""


class Landscape(Protocol):
    """One task's objective over latents (S, …)."""

    def loss(self, latents: Tensor, progress: float) -> Tensor:
        """Differentiable, possibly noisy loss (S,)."""
        ...

    def check(self, latents: Tensor) -> tuple[Tensor, Tensor]:
        """Noise-free judgement on the demonstrations: wrong cells (S,) and likelihood loss (S,)."""
        ...


@dataclass(frozen=True)
class Found:
    """The best iterate so far."""

    step: int
    """Gradient steps taken."""
    latent: Tensor
    """The latent itself, without the dimension of starts."""
    wrong: int
    """Wrong cells on the demonstrations."""
    loss: float


def gaussian_starts(centre: Tensor, spread: float, starts: int, seed: int) -> Tensor:
    """`starts` latents (S, …) around `centre`, which is the first of them; `spread` in units of its own."""
    generator = torch.Generator().manual_seed(seed)
    offsets = torch.randn((starts, *centre.shape), generator=generator).to(centre.device)
    offsets[0] = 0
    return centre + spread * centre.std() * offsets


def ascend(
    starts: Tensor, landscape: Landscape, effort: Effort, learning_rate: float, stop_when_exact: bool = True
) -> Iterator[Found]:
    """Move all starts by Adam; yield the best iterate at step 0 and at every check.

    Best means fewest wrong cells on the demonstrations, then the lowest loss. Stops early at no wrong cell.
    """
    latents = starts.detach().clone().requires_grad_(True)
    optimizer = torch.optim.Adam([latents], lr=learning_rate)
    best: Found | None = None
    for step in range(effort.steps + 1):
        if step % _CHECK_EVERY == 0 or step == effort.steps:
            best = _better(best, step, latents.detach(), landscape)
            yield best
            if stop_when_exact and best.wrong == 0:
                return
        if step < effort.steps:
            loss = landscape.loss(latents, step / effort.steps).sum()
            (latents.grad,) = torch.autograd.grad(loss, latents)
            optimizer.step()


def resample(draw: Callable[[int], Tensor], landscape: Landscape, effort: Effort) -> Iterator[Found]:
    """The best of fresh starts, `draw(round)`, after as many calls as `ascend` spends on `effort`.

    Yields after every round; a round counts as the gradient steps that cost its calls. Stops early at no
    wrong cell.
    """
    checks = -(-effort.steps // _CHECK_EVERY) + 1
    best: Found | None = None
    for index in range(-(-(effort.steps + _CALLS_PER_CHECK * checks) // _CALLS_PER_CHECK)):
        best = _better(best, _CALLS_PER_CHECK * index, draw(index), landscape)
        yield best
        if best.wrong == 0:
            return


@torch.no_grad()
def _better(best: Found | None, step: int, latents: Tensor, landscape: Landscape) -> Found:
    wrong, loss = landscape.check(latents)
    # One wrong cell outweighs any difference of losses, which are a few nats per cell at most.
    first = int((wrong * 1e3 + loss).argmin())
    found = Found(step, latents[first].clone(), int(wrong[first]), float(loss[first]))
    if best is None or (found.wrong, found.loss) < (best.wrong, best.loss):
        return found
    return Found(step, best.latent, best.wrong, best.loss)


def last(found: Iterator[Found]) -> Found:
    """The best iterate at the end of a search."""
    *_, final = found
    return final

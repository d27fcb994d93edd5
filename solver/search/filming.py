"""Takes a picture of the starts of gradient refinement, from tensors that a step has computed anyway."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

import torch
from torch import Tensor

from solver.nli.model import harden, to_grids
from solver.search.problem import Problem
from solver.words.film import MOST_STARTS, SKIP, Odds, Start

_WORDS = 3
"""Likeliest words told of a slot."""


@dataclass
class Camera:
    """Keeps the states of one step while its executor calls come, where somebody wants a picture of it."""

    problem: Problem
    wanted: Callable[[], bool]
    """Whether it is time for a picture."""
    _states: Tensor | None = field(default=None, init=False)
    """(starts, m, cells) while a picture is being taken."""

    def begin(self, starts: int) -> None:
        """A step of so many starts begins."""
        targets = self.problem.targets
        self._states = targets.new_zeros((starts, *targets.shape)) if self.wanted() else None

    def see(self, which: Tensor, final: Tensor) -> None:
        """Distributions (N, cells, VALUES) at the end of N pairs of a start and a demonstration, (N, 2)."""
        if self._states is not None:
            self._states[which[:, 0], which[:, 1]] = harden(final.detach(), self.problem.canvas)

    @torch.no_grad()
    def picture(self, embedding: Tensor, losses: Tensor, temperature: float) -> tuple[Start, ...]:
        """The first starts, and the best at the end if it is not among them; nothing where nobody wants it.

        embedding: (starts, T, d) that this step ran; losses: (starts,) of it.
        """
        if self._states is None:
            return ()
        states, self._states = self._states, None
        best = int(losses.argmin())
        numbers = [*range(min(MOST_STARTS, len(losses))), *[best] * (best >= MOST_STARTS)]
        shown = embedding[numbers]
        logits = self.problem.learned.model.inductor.logits(shown)
        odds, rows = (logits / temperature).softmax(-1).topk(min(_WORDS, logits.shape[-1]))
        words = self.problem.words(shown).tolist()
        grids = to_grids(states[numbers].flatten(0, 1), self.problem.canvas)
        pairs = states.shape[1]
        return tuple(
            Start(
                number,
                self.problem.program([row for row in words[i] if row != self._skip]),
                tuple(map(self._odds, rows[i].tolist(), odds[i].tolist())),
                tuple(grids[i * pairs : (i + 1) * pairs]),
                losses[number].item(),
            )
            for i, number in enumerate(numbers)
        )

    @property
    def _skip(self) -> int:
        return self.problem.learned.model.config.skip

    def _odds(self, rows: list[int], odds: list[float]) -> Odds:
        return tuple(
            (SKIP if row == self._skip else f"w{row}", value) for row, value in zip(rows, odds, strict=True)
        )

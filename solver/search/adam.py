"""Adam for one tensor.

torch's own optimisers import its compiler at their first step: 0.8 s during which nothing can be cancelled.
"""

from __future__ import annotations

import torch
from torch import Tensor


class Adam:
    """Kingma and Ba 2015, algorithm 1, with its default decay rates."""

    def __init__(
        self, tensor: Tensor, learning_rate: float, decay: tuple[float, float] = (0.9, 0.999)
    ) -> None:
        self._tensor = tensor
        self._learning_rate = learning_rate
        self._decay = decay
        self._mean = torch.zeros_like(tensor)
        self._square = torch.zeros_like(tensor)
        self._steps = 0

    @torch.no_grad()
    def step(self, smallest: float = 1e-8) -> None:
        """Move the tensor against its gradient and forget the gradient."""
        gradient = self._tensor.grad
        if gradient is None:
            return
        first, second = self._decay
        self._steps += 1
        self._mean.lerp_(gradient, 1 - first)
        self._square.mul_(second).addcmul_(gradient, gradient, value=1 - second)
        mean = self._mean / (1 - first**self._steps)
        square = self._square / (1 - second**self._steps)
        self._tensor.sub_(self._learning_rate * mean / (square.sqrt() + smallest))
        self._tensor.grad = None

"""Batches drawn ahead of the step that takes them, so that a fast device does not wait for data."""

from __future__ import annotations

import multiprocessing
import signal
from concurrent.futures import Future, ProcessPoolExecutor
from typing import Any

import numpy as np
import torch

from solver.nli.config import ModelConfig, TrainConfig
from solver.training.batches import TENSORS, Batch
from solver.training.mixture import Mixture

_AHEAD = 3
"""Batches per process that are drawn before they are wanted."""
_Sent = tuple[Batch, dict[str, Any]]
"""A batch without its tensors, and those as arrays: arrays are copied between processes, not shared."""


class Loader:
    """Batches by step; with `workers` they come from that many processes, in the same order."""

    def __init__(self, mixture: Mixture, workers: int = 0) -> None:
        self._mixture = mixture
        self._pool: ProcessPoolExecutor | None = None
        self._coming: dict[int, Future[_Sent]] = {}
        self._most = _AHEAD * workers
        if workers:
            self._pool = ProcessPoolExecutor(
                workers,
                multiprocessing.get_context("spawn"),
                _prepare,
                (mixture.model, mixture.plan),
            )

    def take(self, step: int) -> Batch:
        """The batch of a step; steps are expected in order."""
        if self._pool is None:
            return self._mixture.draw(step)
        for wanted in range(step, step + self._most):
            if wanted not in self._coming:
                self._coming[wanted] = self._pool.submit(_draw, wanted)
        batch, arrays = self._coming.pop(step).result()
        return batch.with_tensors({name: torch.from_numpy(array) for name, array in arrays.items()})

    def close(self) -> None:
        """Stop the processes; batches that nobody took are dropped."""
        if self._pool is not None:
            self._pool.shutdown(cancel_futures=True)
            self._pool = None


_mine: list[Mixture] = []
"""The mixture of this worker process."""


def _prepare(model: ModelConfig, plan: TrainConfig) -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl+C is for the trainer, which ends its processes
    torch.set_num_threads(1)
    _mine[:] = [Mixture(model, plan)]


def _draw(step: int) -> _Sent:
    batch = _mine[0].draw(step)
    arrays = {name: getattr(batch, name).numpy() for name in TENSORS}
    arrays["states"] = arrays["states"].astype(np.uint8)  # an eighth of what has to be copied
    return batch.with_tensors(dict.fromkeys(TENSORS, torch.empty(0))), arrays

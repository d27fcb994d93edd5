"""The processes of one training run: one, or as many as `torchrun` started."""

from __future__ import annotations

import os
from dataclasses import dataclass

import torch
from torch import Tensor, distributed


@dataclass(frozen=True)
class Processes:
    """This process among those that share a batch.

    Every process draws the whole batch, which the seed and the step decide, and trains on its own share.
    Sums over the batch are scaled so that the mean of the processes' gradients, which
    DistributedDataParallel takes, is the gradient of the loss of the whole batch.
    """

    rank: int = 0
    count: int = 1

    @classmethod
    def from_environment(cls, device: torch.device) -> Processes:
        """Join the group that `torchrun` describes in the environment; alone where it describes none."""
        if int(os.environ.get("WORLD_SIZE", "1")) == 1:
            return ALONE
        if not distributed.is_initialized():
            distributed.init_process_group("nccl" if device.type == "cuda" else "gloo")
        return cls(distributed.get_rank(), distributed.get_world_size())

    @property
    def first(self) -> bool:
        """Whether this process validates, writes and reports."""
        return self.rank == 0

    def total(self, own: Tensor) -> Tensor:
        """Sum of a tensor over the processes; its gradient reaches this process's share alone."""
        if self.count == 1:
            return own
        everyone = own.detach().clone()
        distributed.all_reduce(everyone)
        return everyone + self.count * (own - own.detach())

    def mean(self, values: Tensor) -> Tensor:
        """Mean of this and the other processes' values, of which each may hold another number."""
        if self.count == 1:
            return values.mean()
        number = self.total(torch.tensor(float(values.numel()), device=values.device))
        return self.total(values.sum()) / number

    def agree(self, mine: bool, device: torch.device) -> bool:
        """What the first process says, so that all of them stop at the same step."""
        if self.count == 1:
            return mine
        said = torch.tensor(int(mine), device=device)
        distributed.broadcast(said, 0)
        return bool(said)

    def wait(self) -> None:
        """Wait until every process is here."""
        if self.count > 1:
            distributed.barrier()

    def leave(self) -> None:
        """Leave the group at the end of a run."""
        if self.count > 1:
            distributed.destroy_process_group()


ALONE = Processes()


def local_device(device: torch.device) -> torch.device:
    """The GPU that `torchrun` meant for this process, where GPUs are used."""
    if device.type != "cuda" or "LOCAL_RANK" not in os.environ:
        return device
    chosen = torch.device("cuda", int(os.environ["LOCAL_RANK"]))
    torch.cuda.set_device(chosen)
    return chosen

"""A batch of tasks as every compared method gets it."""

from __future__ import annotations

from dataclasses import dataclass, replace

import torch
from torch import Tensor


@dataclass(frozen=True)
class Examples:
    """B tasks of m examples on one canvas, as cell values."""

    canvas: tuple[int, int]
    inputs: Tensor
    """(B, m, cells), int64."""
    outputs: Tensor
    """(B, m, cells), int64."""
    names: tuple[str, ...] = ()
    """The true transformation of each task; for reports only, no method reads it."""
    words: Tensor | None = None
    """(B, T) numbers of the true words, -1 behind the last; read by traced training alone."""
    states: Tensor | None = None
    """(B, m, T + 1, cells) input, what each true word makes of it, and the output repeated; likewise."""

    def __len__(self) -> int:
        return len(self.inputs)

    @property
    def pairs(self) -> int:
        """Examples per task."""
        return self.inputs.shape[1]

    def to(self, device: torch.device) -> Examples:
        """The same tasks on another device."""
        return replace(
            self,
            inputs=self.inputs.to(device),
            outputs=self.outputs.to(device),
            words=None if self.words is None else self.words.to(device),
            states=None if self.states is None else self.states.to(device),
        )

    def take(self, index: list[int]) -> Examples:
        """Some of the tasks."""
        names = tuple(self.names[i] for i in index) if self.names else ()
        return Examples(self.canvas, self.inputs[index], self.outputs[index], names)

    def of_one_word(self) -> Examples:
        """The tasks whose program is known to be one word; all of them where no lengths are known."""
        if self.words is None:
            return self
        single = (self.words >= 0).sum(1) == 1
        return self if bool(single.all()) else self.take(single.nonzero().flatten().tolist())

    def steps(self) -> tuple[Examples, Tensor, Tensor]:
        """Every step of every program as a task of its own, S in all; its task's number and its place (S,).

        Raises ValueError where the states between the words are not known.
        """
        if self.words is None or self.states is None:
            raise ValueError("the states between the words are not known")
        task, place = (self.words >= 0).nonzero(as_tuple=True)
        before, after = self.states[task, :, place], self.states[task, :, place + 1]
        return Examples(self.canvas, before, after), task, place

    def split(self) -> tuple[Examples, Tensor, Tensor]:
        """Demonstrations, and the last example's input and output (B, cells) as query and answer."""
        demonstrations = Examples(self.canvas, self.inputs[:, :-1], self.outputs[:, :-1], self.names)
        return demonstrations, self.inputs[:, -1], self.outputs[:, -1]

"""Frames as padded tensors, and what the core gets wrong about them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor
from torch.nn import functional

from solver.npi.model import Choice, Core, CoreConfig
from solver.npi.pad import ENVIRONMENTS
from solver.npi.traces import Frame


@dataclass(frozen=True)
class Encoded:
    """One frame as numbers: `seen` (steps, components), and what is right at every step."""

    environment: str
    program: int
    arguments: tuple[int, int, int]
    seen: NDArray[np.uint8]
    right: NDArray[np.int64]
    """(steps - 1, 4): next program and its three arguments; the last step returns."""


def encode(frame: Frame, config: CoreConfig) -> Encoded:
    """The frame as numbers; raises `ValueError` for a program the core has no row for."""
    row = config.every_program.index
    right = [(row(call.program), *call.arguments) for call in frame.calls]
    return Encoded(
        frame.environment,
        row(frame.call.program),
        frame.call.arguments,
        np.array(frame.seen, np.uint8),
        np.array(right, np.int64).reshape(-1, 4),
    )


@dataclass(frozen=True)
class Part:
    """The steps of a batch that belong to one environment."""

    environment: str
    places: Tensor
    """(k,): where in the flattened batch (frame · longest + step) each step stands."""
    seen: Tensor
    program: Tensor
    arguments: Tensor


@dataclass(frozen=True)
class Batch:
    """n frames, padded to the longest; all targets are (n, longest, …)."""

    parts: tuple[Part, ...]
    caller: Tensor
    """(n,): the program each frame runs."""
    steps: Tensor
    """Whether the frame has that step."""
    end: Tensor
    """Whether it returns there."""
    program: Tensor
    arguments: Tensor


def collate(frames: Sequence[Encoded]) -> Batch:
    """Put frames, of any environments, into one batch."""
    lengths = np.array([len(frame.seen) for frame in frames])
    n, longest = len(frames), int(lengths.max())
    right = np.zeros((n, longest, 4), np.int64)
    by_environment: dict[str, list[int]] = defaultdict(list)
    for i, frame in enumerate(frames):
        right[i, : len(frame.right)] = frame.right
        by_environment[frame.environment].append(i)
    parts = []
    for environment, members in by_environment.items():
        repeats = lengths[members]
        places = np.concatenate(
            [np.arange(i * longest, i * longest + k) for i, k in zip(members, repeats, strict=True)]
        )
        parts.append(
            Part(
                environment,
                torch.from_numpy(places),
                torch.from_numpy(np.concatenate([frames[i].seen for i in members])).long(),
                torch.from_numpy(np.repeat([frames[i].program for i in members], repeats)),
                torch.from_numpy(np.repeat([frames[i].arguments for i in members], repeats, axis=0)),
            )
        )
    times = np.arange(longest)
    targets = torch.from_numpy(right)
    return Batch(
        tuple(parts),
        torch.tensor([frame.program for frame in frames]),
        torch.from_numpy(times < lengths[:, None]),
        torch.from_numpy(times == lengths[:, None] - 1),
        targets[..., 0],
        targets[..., 1:],
    )


def run_batch(core: Core, batch: Batch) -> Choice:
    """The core's logits at every step of a batch."""
    n, longest = batch.steps.shape
    inputs = torch.zeros(n * longest, core.config.state + core.config.value)
    for part in batch.parts:
        rows = core.encode(part.environment, part.seen, part.program, part.arguments)
        inputs = inputs.index_copy(0, part.places, rows)
    choice: Choice = core(inputs.view(n, longest, -1), batch.caller)
    return choice


def loss_of(choice: Choice, batch: Batch) -> Tensor:
    """Cross-entropy of return, program and arguments, in nats for each step."""
    calls = batch.steps & ~batch.end
    end = functional.binary_cross_entropy_with_logits(
        choice.end[batch.steps], batch.end[batch.steps].float(), reduction="sum"
    )
    program = functional.cross_entropy(choice.program[calls], batch.program[calls], reduction="sum")
    arguments = functional.cross_entropy(
        choice.arguments[calls].flatten(0, 1), batch.arguments[calls].flatten(), reduction="sum"
    )
    return (end + program + arguments) / batch.steps.sum()


def looked_at(core: Core, batch: Batch) -> Tensor:
    """How many components a step of the batch looks at, on average; to be kept small."""
    total = torch.zeros(())
    for part in batch.parts:
        if ENVIRONMENTS[part.environment].picture:
            continue  # seen whole
        logits = core.focus_logits(part.environment)[part.program, part.arguments[:, 0]]
        total = total + logits.sigmoid().sum()
    return total / batch.steps.sum()


def wrong_frames(choice: Choice, batch: Batch, margin: float = 0.0) -> Tensor:
    """(n,): whether the frame has a step at which the right decision does not lead by more than `margin`.

    A margin in logits makes a check hold for other orders of summation too, such as one frame at a time.
    """
    calls = batch.steps & ~batch.end
    lead = torch.where(batch.end, choice.end, -choice.end)
    end = (lead <= margin) & batch.steps
    program = (_lead(choice.program, batch.program) <= margin) & calls
    arguments = (_lead(choice.arguments, batch.arguments) <= margin).any(-1) & calls
    return (end | program | arguments).any(1)


def _lead(logits: Tensor, right: Tensor) -> Tensor:
    """How far the right entry of (…, entries) is above the best other one."""
    places = right[..., None]
    others = logits.scatter(-1, places, float("-inf")).amax(-1)
    return logits.gather(-1, places)[..., 0] - others

"""Teaching a trained core new programs while every number it has stays as it is.

Reed and de Freitas (2016), section 4.4, add MAX to a core that can sort by training new rows of the program
memory alone. Here each new program may also have a low-rank change of the LSTM's output, after Hu et al.,
"LoRA: Low-Rank Adaptation of Large Language Models" (2022).
"""

from __future__ import annotations

import time
from collections.abc import Generator, Sequence
from dataclasses import dataclass, replace

import numpy as np
import torch

from solver.npi.batches import collate, run_batch
from solver.npi.checkpoint import rounded
from solver.npi.model import Core
from solver.npi.tasks import Task
from solver.npi.traces import Frame, different
from solver.npi.train import FrameSet, parameter_groups, training_loss
from solver.npi.verify import check

_FASTEST = 0.1
"""Highest learning rate of the focus."""
_SETTLING = 300
"""Iterations that a core with focus takes at least, so that what is not needed has closed."""
_CHECKED_EVERY = 50
_TURN = 5
"""Iterations between two reports; some 50 ms."""


@dataclass(frozen=True)
class Growth:
    """What came of teaching: the larger core and how well it took."""

    core: Core
    frames: int
    wrong: int
    """Frames of the new programs that are still wrong."""
    iterations: int
    seconds: float
    numbers: int
    """How many numbers were trained."""


@dataclass(frozen=True)
class Growing:
    """How far teaching has come."""

    iterations: int
    most: int
    """Iterations after which it is given up."""
    frames: int
    wrong: int
    """Of the frames, when they were last checked; all of them before the first time."""


def grow(
    core: Core,
    task: Task,
    *,
    rank: int = 8,
    traces: int = 200,
    iterations: int = 1000,
    learning_rate: float = 1e-2,
    seed: int = 0,
) -> Growth:
    """Add the programs of the task that the core has no rows for, and train nothing but them.

    Stops when all their frames are right. The core that is given stays as it is.
    """
    rng = np.random.default_rng(seed)
    names = tuple(name for name in task.procedures() if name not in core.config.programs)
    frames = different(frame for frame in task.frames(rng, traces) if frame.call.program in names)
    return grow_frames(
        core, names, frames, rank=rank, iterations=iterations, learning_rate=learning_rate, seed=seed
    )


def grow_frames(
    core: Core,
    names: Sequence[str],
    frames: Sequence[Frame],
    *,
    rank: int = 8,
    iterations: int = 1000,
    learning_rate: float = 1e-2,
    seed: int = 0,
) -> Growth:
    """Add programs of these names to a core without added ones, and train them on their frames."""
    running = growing(
        core, names, frames, rank=rank, iterations=iterations, learning_rate=learning_rate, seed=seed
    )
    while True:
        try:
            next(running)
        except StopIteration as end:
            grown: Growth = end.value
            return grown


def growing(
    core: Core,
    names: Sequence[str],
    frames: Sequence[Frame],
    *,
    rank: int = 8,
    iterations: int = 1000,
    learning_rate: float = 1e-2,
    seed: int = 0,
) -> Generator[Growing, None, Growth]:
    """`grow_frames` with a report every few iterations; whoever asks for no further one has cancelled it."""
    torch.manual_seed(seed)
    started, rng = time.process_time(), np.random.default_rng(seed)
    larger = _with_rows(core, names, rank)
    data = FrameSet(frames, larger.config)
    groups = parameter_groups(larger)
    optimizer = torch.optim.Adam(groups, lr=learning_rate)
    for group in optimizer.param_groups:
        group["lr"] = min(learning_rate * group["times"], _FASTEST)
    done, left = 0, len(frames)
    while data.wrong or done < (_SETTLING if core.config.focus else 1):
        for _ in range(min(_CHECKED_EVERY, iterations - done)):
            places = data.draw(rng, 64, 0.25)
            batch = collate([data.encoded[place] for place in places])
            loss = training_loss(larger, batch, run_batch(larger, batch))
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
            done += 1
            if done % _TURN == 0:
                yield Growing(done, iterations, len(frames), left)
        wrong = set(check(rounded(larger), frames).wrong)
        data.wrong = [i for i, frame in enumerate(data.frames) if frame in wrong]
        left = len(data.wrong)
        if done >= iterations:
            break
    seconds = time.process_time() - started
    numbers = sum(parameter.numel() for group in groups for parameter in group["params"])
    return Growth(rounded(larger), len(frames), len(data.wrong), done, seconds, numbers)


def _with_rows(core: Core, names: Sequence[str], rank: int) -> Core:
    """The core with fresh rows for these programs, which alone are trained."""
    larger = Core(replace(core.config, added=tuple(names), rank=rank))
    larger.load_state_dict(core.state_dict(), strict=False)
    for name, parameter in larger.named_parameters():
        parameter.requires_grad_(name.startswith("added."))
    return larger

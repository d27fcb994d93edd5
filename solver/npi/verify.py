"""Certification: the core is run on every observation history that a task's frames can have.

A procedure reads the pad only through its observations, and every call starts from an empty state. If the
core decides rightly on every history that can occur, then, by induction over the calls, it does what the
true procedure does on every pad of any length. After Cai, Shin and Song, "Making Neural Programming
Architectures Generalize via Recursion" (2017), section 3.3; the argument for our tasks is in `docs/npi.md`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice

import torch

from solver.npi.batches import collate, encode, run_batch, wrong_frames
from solver.npi.model import Core
from solver.npi.tasks import TASKS, Task
from solver.npi.traces import Frame, replay
from solver.words.errors import UsageError

_AT_ONCE = 2048
_MARGIN = 0.01
"""Logits by which the right decision must lead; summing in another order changes a logit by about 1e-5."""


@dataclass(frozen=True)
class Certificate:
    """How many histories were run and the ones where the core is wrong."""

    checked: int
    wrong: tuple[Frame, ...]
    complete: bool
    """False when the check stopped early because enough was wrong."""

    @property
    def holds(self) -> bool:
        """Whether everything was run and nothing was wrong."""
        return self.complete and not self.wrong


@torch.inference_mode()
def check(core: Core, frames: Iterable[Frame], most_wrong: int | None = None) -> Certificate:
    """Run the core over the frames; stops early once `most_wrong` are wrong."""
    checked, wrong = 0, []
    remaining = iter(frames)
    while chunk := list(islice(remaining, _AT_ONCE)):
        batch = collate([encode(frame, core.config) for frame in chunk])
        flags = wrong_frames(run_batch(core, batch), batch, _MARGIN).tolist()
        wrong += [frame for frame, bad in zip(chunk, flags, strict=True) if bad]
        checked += len(chunk)
        if most_wrong is not None and len(wrong) >= most_wrong:
            return Certificate(checked, tuple(wrong), complete=False)
    return Certificate(checked, tuple(wrong), complete=True)


def possible_frames(task: Task) -> Iterator[Frame]:
    """Every frame the task's recursive procedures can have; raises `UsageError` where nobody knows them."""
    if task.histories is None:
        known = ", ".join(name for name, other in TASKS.items() if other.histories is not None)
        raise UsageError(f"{task.name} cannot be certified, expected one of {known}")
    for histories in task.histories.values():
        for call, seen in histories():
            yield replay(task.procedures(), task.environment, call, seen)


def certify(core: Core, task: Task, most_wrong: int | None = None) -> Certificate:
    """Run every history of the task's recursive procedures through the core."""
    return check(core, possible_frames(task), most_wrong)

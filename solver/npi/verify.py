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
from solver.npi.paths import Path, every_call
from solver.npi.programs import Call
from solver.npi.tasks import TASKS, Task
from solver.npi.traces import Frame, replay
from solver.words.errors import UsageError

_AT_ONCE = 2048
_MOST_LOCAL = 300_000
"""Histories run for a task whose histories follow from what the core looks at."""
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


def can_certify(core: Core, task: Task) -> bool:
    """Whether all histories can be run: they are listed, or the core looks at few enough components."""
    if task.histories is not None:
        return True
    return core.config.focus and not task.environment.picture and local_count(core, task) <= _MOST_LOCAL


def possible_frames(task: Task, core: Core | None = None) -> Iterator[Frame]:
    """Every frame the task's recursive procedures can have, as far as the core can tell them apart.

    Where they are listed the core does not matter. Elsewhere it has to be one with focus: what a call does
    not look at has no influence on it. Raises `UsageError` where there are none or too many.
    """
    if task.histories is not None:
        for histories in task.histories.values():
            for call, seen in histories():
                yield replay(task.procedures(), task.environment, call, seen)
        return
    if core is None or not core.config.focus or task.environment.picture:
        known = ", ".join(name for name, other in TASKS.items() if other.histories is not None)
        raise UsageError(f"{task.name} cannot be certified, expected one of {known}, or a core with focus")
    if (count := local_count(core, task)) > _MOST_LOCAL:
        raise UsageError(
            f"{task.name}: the core tells {count} histories apart, expected {_MOST_LOCAL} at most"
        )
    looks = core.focus_logits(task.environment.name) > 0
    for call, paths in _every_call(task).items():
        look = _looked_at(core, looks, call)
        for path in paths:
            yield from path.frames(task.environment, call, look)


def local_count(core: Core, task: Task) -> int:
    """How many histories of the task's calls the core can tell apart."""
    looks = core.focus_logits(task.environment.name) > 0
    return sum(
        path.count(task.environment, _looked_at(core, looks, call))
        for call, paths in _every_call(task).items()
        for path in paths
    )


def _every_call(task: Task) -> dict[Call, list[Path]]:
    return every_call(task.procedures(), task.environment, task.calls())


def _looked_at(core: Core, looks: torch.Tensor, call: Call) -> tuple[int, ...]:
    row = looks[core.config.every_program.index(call.program), call.arguments[0]]
    return tuple(row.nonzero()[:, 0].tolist())


def certify(core: Core, task: Task, most_wrong: int | None = None) -> Certificate:
    """Run every history of the task's recursive procedures through the core."""
    return check(core, possible_frames(task, core), most_wrong)

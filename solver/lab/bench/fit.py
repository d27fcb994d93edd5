"""Training of any compared method on a suite: same stream, same number of examples for all."""

from __future__ import annotations

import json
import math
import time
from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from typing import Any

import torch
from torch import Tensor

from puzzles.storage import write_whole
from solver.lab.baselines.examples import Examples
from solver.lab.baselines.learner import Learner
from solver.nli.device import fast_precision
from solver.tensors import load_tensors, read_about, save_tensors
from solver.words.errors import UsageError

Say = Callable[[str], None]
Draw = Callable[[int], Examples]
Judge = Callable[[Learner], float]
"""Share of the validation tasks looked at, of the training distribution, that a learner answers."""

_LOG_EVERY = 250
_SAVE_EVERY_S = 45.0
_KINDS = ("exp_avg", "exp_avg_sq", "step")
_ABOUT = "about"
"""Tensor of an unfinished run that holds its counters as JSON, so that one file is the whole of it."""


class OutOfTime(Exception):
    """The time limit came first; what was done so far is kept."""


@dataclass(frozen=True)
class FitPlan:
    """How long and how every method is trained; data depend on the seed and the step alone."""

    steps: int = 3000
    """Optimiser steps of one schedule of learning rate, temperatures and noises."""
    most: int = 0
    """Steps at which a method that has not learned its training tasks by then is given up."""
    wanted: float = 0.95
    """Share of validation tasks in distribution from which on a method counts as having learned them."""
    check_every: int = 250
    """Steps between two looks at that share, from the end of the first schedule on."""
    tasks: int = 24
    """Tasks per step."""
    pairs: int = 4
    """Examples per task; each is left out once."""
    learning_rate: float = 1e-3
    """Peak learning rate (AdamW), after `warmup` steps, falling along a cosine to a fiftieth."""
    warmup: int = 100
    """Steps of linear warm-up."""
    weight_decay: float = 0.01
    """Decoupled weight decay."""

    def rate(self, step: int) -> float:
        """Learning rate of one step; beyond the first schedule the cosine starts anew, as in SGDR."""
        warm = min(1.0, (step + 1) / self.warmup)
        cosine = 0.5 * (1 + math.cos(math.pi * (step % self.steps) / self.steps))
        return self.learning_rate * warm * (0.02 + 0.98 * cosine)


@dataclass
class Course:
    """How a training run went."""

    step: int = 0
    seconds: float = 0.0
    """Wall-clock time, judging included."""
    processor: float = 0.0
    """Seconds of processor time, judging included; those of a GPU are not in it."""
    on: dict[str, int] = field(default_factory=dict)
    """Steps by the kind of device they were made on."""
    checks: list[tuple[int, float]] = field(default_factory=list)
    """After which steps which share of the validation tasks was answered."""

    def learned(self, wanted: float) -> bool:
        """Whether the last look saw the wanted share."""
        return bool(self.checks) and self.checks[-1][1] >= wanted


@dataclass
class Keeper:
    """Where an unfinished run is kept, and until when (`time.time()`) it may go on."""

    path: Path
    stop_at: float = math.inf
    saved: float = field(default_factory=time.time)

    def due(self) -> bool:
        """Whether to save now."""
        return self.over() or time.time() - self.saved > _SAVE_EVERY_S

    def over(self) -> bool:
        """Whether the time is over."""
        return time.time() >= self.stop_at


def fit(
    learner: Learner,
    draw: Draw,
    plan: FitPlan,
    *,
    seed: int,
    say: Say,
    judge: Judge | None = None,
    keeper: Keeper | None = None,
) -> Course:
    """Train `learner` on batches `draw(step)` for one schedule, then until it has learned or `most` steps.

    With a keeper the run goes on from what was kept; raises `OutOfTime` at its limit, everything kept.
    """
    device = next(learner.parameters()).device
    optimizer = _optimizer(learner, plan)
    course = _go_on(learner, optimizer, plan, keeper) if keeper else Course()
    clock = (course.seconds - time.monotonic(), course.processor - time.process_time())
    total = torch.zeros((), device=device)
    while not _finished(course, plan, judge):
        torch.manual_seed(seed * 1_000_003 + course.step)
        total += _take_step(learner, optimizer, draw(course.step).to(device), course.step, plan)
        course.step += 1
        course.on[device.type] = course.on.get(device.type, 0) + 1
        if judge and course.step >= plan.steps and (course.step - plan.steps) % plan.check_every == 0:
            course.checks.append((course.step, _judged(learner, judge)))
            say(f"  step {course.step}  right on {course.checks[-1][1]:.2f} of the validation tasks")
        course.seconds, course.processor = clock[0] + time.monotonic(), clock[1] + time.process_time()
        if course.step % _LOG_EVERY == 0:
            say(f"  step {course.step}  loss {total.item() / _LOG_EVERY:.4f}  {course.seconds:.0f} s")
            total.zero_()
        if keeper and keeper.due():
            _keep(learner, optimizer, plan, course, keeper)
            if keeper.over() and not _finished(course, plan, judge):
                raise OutOfTime
    if keeper and judge and not course.learned(plan.wanted):
        _keep(learner, optimizer, plan, course, keeper)  # a higher cap goes on from here
    learner.eval().requires_grad_(False)
    return course


def _optimizer(learner: Learner, plan: FitPlan) -> torch.optim.AdamW:
    return torch.optim.AdamW(
        learner.parameters(),
        lr=plan.learning_rate,
        betas=(0.9, 0.98),
        weight_decay=plan.weight_decay,
        fused=True,
    )


def _take_step(
    learner: Learner, optimizer: torch.optim.AdamW, batch: Examples, step: int, plan: FitPlan
) -> Tensor:
    """One step down the gradient of a batch at the plan's rate; returns the loss."""
    for group in optimizer.param_groups:
        group["lr"] = plan.rate(step)
    with _precision(next(learner.parameters()).device):
        loss = learner.loss(batch, min(1.0, step / plan.steps))
    optimizer.zero_grad(set_to_none=True)
    loss.backward()
    torch.nn.utils.clip_grad_norm_(learner.parameters(), 1.0)
    optimizer.step()
    return loss.detach()


def _precision(device: torch.device) -> AbstractContextManager[None]:
    # On a GPU, networks this small wait for kernels to be launched, and autocast has a third more of them.
    return nullcontext() if device.type == "cuda" else fast_precision(device)


def _finished(course: Course, plan: FitPlan, judge: Judge | None) -> bool:
    if course.step < plan.steps:
        return False
    return judge is None or course.learned(plan.wanted) or course.step >= plan.most


def _judged(learner: Learner, judge: Judge) -> float:
    learner.eval().requires_grad_(False)
    share = judge(learner)
    learner.train().requires_grad_(True)
    return share


def _keep(
    learner: Learner, optimizer: torch.optim.Optimizer, plan: FitPlan, course: Course, keeper: Keeper
) -> None:
    about = json.dumps({"plan": asdict(plan), "course": asdict(course)}).encode()
    tensors = {f"weights.{name}": value for name, value in learner.state_dict().items()}
    for index, parameter in enumerate(learner.parameters()):
        moments = optimizer.state.get(parameter, {})  # without a gradient so far there are none
        tensors |= {f"{kind}.{index}": moments[kind] for kind in _KINDS if kind in moments}
    save_tensors({**tensors, _ABOUT: torch.tensor(list(about), dtype=torch.uint8)}, keeper.path)
    keeper.saved = time.time()


def _go_on(learner: Learner, optimizer: torch.optim.Optimizer, plan: FitPlan, keeper: Keeper) -> Course:
    if not keeper.path.exists():
        return Course()
    tensors = load_tensors(keeper.path)
    kept: dict[str, Any] = json.loads(bytes(tensors[_ABOUT].tolist()))
    if not _goes_on(kept["plan"], plan):
        raise UsageError(f"{keeper.path}: trained with another plan; choose another --folder")
    weights = {k.removeprefix("weights."): v for k, v in tensors.items() if k.startswith("weights.")}
    learner.load_state_dict(weights)
    for index, parameter in enumerate(learner.parameters()):
        if f"step.{index}" in tensors:
            moments: dict[str, Tensor] = {k: tensors[f"{k}.{index}"].to(parameter.device) for k in _KINDS}
            optimizer.state[parameter] = moments
    kept["course"]["checks"] = [(int(step), float(share)) for step, share in kept["course"]["checks"]]
    return Course(**kept["course"])


def _goes_on(kept: dict[str, Any], plan: FitPlan) -> bool:
    """Whether a run of one plan may be gone on with under another: all but the caps must agree."""
    free = {"most": 0}
    return {**kept, **free} == {**asdict(plan), **free}


def fit_or_load(
    learner: Learner,
    draw: Draw,
    plan: FitPlan,
    *,
    seed: int,
    path: Path,
    say: Say,
    judge: Judge | None = None,
    stop_at: float = math.inf,
) -> dict[str, Any]:
    """Load weights of a finished run of the same plan, or train and save them; returns facts about it.

    A run that gave up at its cap goes on where the new plan's cap is higher. Raises `OutOfTime` when the
    clock (`time.time()`) comes to `stop_at`; the next call goes on from there.
    """
    facts = read_facts(path, plan)
    if path.exists() and facts is not None and (judge is None or ended(facts, plan)):
        learner.load_state_dict(load_tensors(path))
        learner.eval().requires_grad_(False)
        return facts
    keeper = Keeper(_part(path), stop_at)
    course = fit(learner, draw, plan, seed=seed, say=say, judge=judge, keeper=keeper)
    given_up = judge is not None and not course.learned(plan.wanted)
    save_tensors(learner.state_dict(), path)
    facts = {
        "plan": asdict(replace(plan, most=0)),
        "steps": course.step,
        "examples": course.step * plan.tasks * plan.pairs,
        "seconds": round(course.seconds),
        "processor": round(course.processor),
        "on": course.on,
        "checks": course.checks,
        "learned": not given_up,
        "budget": learner.budget,
    }
    write_whole(path.with_suffix(".json"), json.dumps(facts, indent=1) + "\n")
    if not given_up:
        keeper.path.unlink(missing_ok=True)
    return facts


def read_facts(path: Path, plan: FitPlan) -> dict[str, Any] | None:
    """Facts about the finished run whose weights are in `path`, or were; None without one.

    Raises `UsageError` where it was trained with another plan.
    """
    facts_path = path.with_suffix(".json")
    if not facts_path.exists():
        return None
    facts: dict[str, Any] = read_about(facts_path)
    if not _goes_on(facts["plan"], plan):
        raise UsageError(f"{facts_path}: trained with another plan; choose another --folder")
    return facts


def ended(facts: dict[str, Any], plan: FitPlan) -> bool:
    """Whether a finished run has learned, or would give up at the plan's cap too."""
    return bool(facts["learned"] or facts["steps"] >= plan.most)


def _part(path: Path) -> Path:
    return path.with_suffix(".part.safetensors")

"""Training of any compared method on a suite: same stream, same number of examples for all."""

from __future__ import annotations

import json
import math
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path

import torch
from safetensors.torch import load_file

from puzzles.storage import write_whole
from solver.lab.baselines.examples import Examples
from solver.lab.baselines.learner import Learner
from solver.nli.device import fast_precision
from solver.tensors import save_tensors
from solver.words.errors import UsageError

Say = Callable[[str], None]
Draw = Callable[[int], Examples]
_LOG_EVERY = 250


@dataclass(frozen=True)
class FitPlan:
    """How long and how every method is trained; data depend on the seed and the step alone."""

    steps: int = 3000
    """Optimiser steps."""
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
        """Learning rate of one step."""
        warm = min(1.0, (step + 1) / self.warmup)
        cosine = 0.5 * (1 + math.cos(math.pi * step / self.steps))
        return self.learning_rate * warm * (0.02 + 0.98 * cosine)


def fit(learner: Learner, draw: Draw, plan: FitPlan, seed: int, say: Say) -> float:
    """Train `learner` on batches `draw(step)`; returns the seconds it took."""
    device = next(learner.parameters()).device
    optimizer = torch.optim.AdamW(
        learner.parameters(),
        lr=plan.learning_rate,
        betas=(0.9, 0.98),
        weight_decay=plan.weight_decay,
        fused=True,
    )
    started, total = time.monotonic(), 0.0
    for step in range(plan.steps):
        torch.manual_seed(seed * 1_000_003 + step)
        for group in optimizer.param_groups:
            group["lr"] = plan.rate(step)
        with fast_precision(device):
            loss = learner.loss(draw(step).to(device), step / plan.steps)
        optimizer.zero_grad(set_to_none=True)
        loss.backward()
        torch.nn.utils.clip_grad_norm_(learner.parameters(), 1.0)
        optimizer.step()
        total += loss.item()
        if (step + 1) % _LOG_EVERY == 0:
            say(f"  step {step + 1}  loss {total / _LOG_EVERY:.4f}  {time.monotonic() - started:.0f} s")
            total = 0.0
    learner.eval().requires_grad_(False)
    return time.monotonic() - started


def fit_or_load(
    learner: Learner, draw: Draw, plan: FitPlan, *, seed: int, path: Path, say: Say
) -> dict[str, object]:
    """Load weights of a finished run of the same plan, or train and save them; returns facts about it."""
    facts_path = path.with_suffix(".json")
    plan_document = json.loads(json.dumps(asdict(plan)))
    if path.exists() and facts_path.exists():
        facts: dict[str, object] = json.loads(facts_path.read_text("utf-8"))
        if facts["plan"] != plan_document:
            raise UsageError(f"{facts_path}: trained with another plan; choose another --folder")
        learner.load_state_dict(load_file(path))
        learner.eval().requires_grad_(False)
        return facts
    seconds = fit(learner, draw, plan, seed, say)
    save_tensors(learner.state_dict(), path)
    facts = {"plan": plan_document, "seconds": round(seconds), "budget": learner.budget}
    write_whole(facts_path, json.dumps(facts, indent=1) + "\n")
    return facts

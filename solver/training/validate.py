"""Validation on curriculum tasks drawn with a seed that training never uses."""

from __future__ import annotations

import math
from collections import defaultdict
from dataclasses import asdict, dataclass, replace
from typing import Any

import torch
from torch import Tensor
from torch.nn import functional as F

from solver.nli.config import ModelConfig, TrainConfig
from solver.nli.device import fast_precision
from solver.nli.model import NLI, one_hot
from solver.training.batches import Batch, BatchSource
from solver.training.objective import leave_one_out

_CELLS = 8192
"""Canvas cells of a batch at most: one process draws them."""
_SEED_OFFSET = 1_000_003
"""Distance between the seeds of training and validation."""


@dataclass(frozen=True)
class Score:
    """Shares between 0 and 1 over held-out pairs."""

    inductor: float
    """The most likely program, guessed once from the other pairs and run hard, is exactly right."""
    oracle: float
    """The named true words, run hard, are exactly right; NaN where no words are named."""
    count: int
    """Held-out pairs."""


@dataclass(frozen=True)
class Column:
    """One kind of task to validate on."""

    depth: int
    side: int
    """Longest side of the canvases."""
    rich: float = 0.0
    """Share of rich inputs."""

    def __str__(self) -> str:
        return f"depth {self.depth}, side {self.side}" + (", rich" if self.rich else "")


COLUMNS = (Column(1, 6), Column(1, 16), Column(1, 20, 1.0), Column(2, 6), Column(3, 6))


@torch.no_grad()
def validate(
    model: NLI, plan: TrainConfig, depth: int, side: int, *, rich: float = 0.0, batches: int = 4
) -> tuple[dict[str, Score], int]:
    """Scores by family of the first word (and "all"), and how many words the guesses use.

    Tasks have `depth` words on canvases up to `side`; the same arguments give the same tasks.
    """
    seed = plan.seed + _SEED_OFFSET + depth
    grown = replace(plan, seed=seed, first_side=side, last_side=side, rich=rich)
    source = _FixedDepth(model.config, grown, depth)
    rows: dict[str, list[tuple[float, float]]] = defaultdict(list)
    used: set[int] = set()
    for index in range(batches):
        batch = source.draw(index).to(next(model.parameters()).device)
        guess, named = _exact(model, batch)
        used.update(guess[0].flatten().tolist())
        for b, family in enumerate(source.families):
            oracle = named[b].mean().item() if bool(batch.named[b]) else float("nan")
            row = (guess[1][b].mean().item(), oracle)
            rows[family].append(row)
            rows["all"].append(row)
    pairs = plan.pairs
    return {family: _mean(values, pairs) for family, values in sorted(rows.items())}, len(used)


def validate_all(model: NLI, plan: TrainConfig) -> dict[str, Any]:
    """Every column whose programs fit the model's slots, as plain values for the log.

    Sides end at the longest the plan trains.
    """
    result: dict[str, Any] = {}
    small = replace(plan, cells=min(plan.cells, _CELLS))
    for column in COLUMNS:
        shown = replace(column, side=min(column.side, plan.last_side))
        if str(shown) in result or column.depth > model.config.slots:
            continue
        with fast_precision(next(model.parameters()).device):
            scores, used = validate(model, small, shown.depth, shown.side, rich=shown.rich)
        families = {k: {f: round(v, 3) for f, v in asdict(s).items()} for k, s in scores.items()}
        result[str(shown)] = {"words used": used, "families": families}
    return result


class _FixedDepth(BatchSource):
    """A batch source whose programs all have one length, and which remembers the families drawn."""

    def __init__(self, model: ModelConfig, plan: TrainConfig, depth: int) -> None:
        super().__init__(model, plan)
        self.fixed = depth
        self.families: list[str] = []

    def depth(self, rng: object, progress: float) -> int:
        return self.fixed

    def draw(self, step: int, traced: bool = False) -> Batch:
        batch = super().draw(step, traced)
        self.families = [self.curriculum.operations[task.words[0]].family for task in self.drawn]
        return batch


def _exact(model: NLI, batch: Batch) -> tuple[tuple[Tensor, Tensor], Tensor]:
    tasks, pairs = batch.states.shape[:2]
    inputs, outputs = (one_hot(batch.states[:, :, t]).flatten(0, 1) for t in (0, -1))
    embedding = model.inductor(inputs, outputs, batch.canvas).unflatten(0, (tasks, pairs))
    guess = model.inductor.logits(leave_one_out(embedding)).argmax(-1)
    target = batch.states[:, :, -1].flatten(0, 1)

    def right(words: Tensor) -> Tensor:
        program = F.one_hot(words.flatten(0, 1), model.config.codebook).to(inputs.dtype)
        state = inputs
        for slot in range(int(batch.depth.max())):
            following = model.executor.step(state, program[:, slot], batch.canvas)
            state = one_hot(following.argmax(-1))
        return (state.argmax(-1) == target).all(-1).view(tasks, pairs).float()

    truth = batch.words.unsqueeze(1).expand(-1, pairs, -1)
    return (guess, right(guess)), right(truth)


def _mean(rows: list[tuple[float, float]], pairs: int) -> Score:
    guesses = [g for g, _ in rows]
    oracles = [o for _, o in rows if not math.isnan(o)]  # NaN marks tasks whose words have no name
    oracle = sum(oracles) / len(oracles) if oracles else float("nan")
    return Score(sum(guesses) / len(guesses), oracle, len(rows) * pairs)

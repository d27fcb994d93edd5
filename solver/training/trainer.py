"""The training loop: resumable to the step, stopped cleanly by a time limit, logged as JSON lines."""

from __future__ import annotations

import json
import math
import time
from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path
from typing import Any

import numpy as np
import torch
from torch import Tensor

from solver.checkpoint import CheckpointError, load_model, save_model, save_tensors, write_text
from solver.config import ModelConfig, TrainConfig
from solver.device import fast_precision
from solver.meaning import describe
from solver.model import NLI
from solver.training.batches import BatchSource
from solver.training.objective import Anneal, Losses, objective
from solver.training.validate import validate
from solver.words import learned_words

_LOG_EVERY = 50
_SAVE_EVERY = 500


class Trainer:
    """One run in one folder: `model.safetensors` (EMA, ready to use), `state.*` (to resume), `log.jsonl`."""

    def __init__(self, folder: Path, model: ModelConfig, plan: TrainConfig, device: torch.device) -> None:
        torch.manual_seed(plan.seed)
        self.folder, self.plan, self.device = folder, plan, device
        self.source = BatchSource(model, plan)
        self.model = NLI(model).to(device)
        self.average = NLI(model).to(device)
        self.average.load_state_dict(self.model.state_dict())
        matrices = [p for p in self.model.parameters() if p.dim() > 1]
        vectors = [p for p in self.model.parameters() if p.dim() <= 1]
        groups = [
            {"params": matrices, "weight_decay": plan.weight_decay},
            {"params": vectors, "weight_decay": 0.0},
        ]
        self.optimizer = torch.optim.AdamW(groups, lr=plan.learning_rate, betas=(0.9, 0.98))
        self.step, self.seconds = 0, 0.0

    def run(self, minutes: float, say: Callable[[str], None]) -> None:
        """Train until the plan or the time is used up, then validate and save."""
        started, before = time.monotonic(), self.seconds
        while self.step < self.plan.steps and time.monotonic() - started < 60 * minutes:
            losses = self.one_step()
            self.seconds = before + time.monotonic() - started
            if self.step % _LOG_EVERY == 0:
                row: dict[str, Any] = {"step": self.step, "seconds": round(self.seconds)}
                row |= {name: round(value, 4) for name, value in losses.numbers().items()}
                self._log(row, say)
            if self.step % _SAVE_EVERY == 0:
                self.save(self._validate(say))
        self.save(self._validate(say), describe(learned_words(self.average, {}), self.plan.last_side))

    def one_step(self) -> Losses:
        """One optimiser step; data and noise depend on the seed and the step alone."""
        plan, progress = self.plan, self.step / self.plan.steps
        torch.manual_seed(plan.seed * 1_000_003 + self.step)
        share = plan.end_to_end[0] + progress * (plan.end_to_end[1] - plan.end_to_end[0])
        coin = np.random.default_rng((plan.seed, self.step, 1)).random()
        traced = plan.bootstrap and bool(coin >= share)
        batch = self.source.draw(self.step, traced).to(self.device)
        for group in self.optimizer.param_groups:
            group["lr"] = self._learning_rate()
        with fast_precision(self.device):
            losses = objective(self.model, batch, plan, Anneal.at(progress, plan), traced)
        self.optimizer.zero_grad(set_to_none=True)
        losses.total.backward()
        torch.nn.utils.clip_grad_norm_(self.model.parameters(), 1.0)
        self.optimizer.step()
        self.step += 1
        decay = min(plan.ema, self.step / (self.step + 10))
        with torch.no_grad():
            torch._foreach_lerp_(list(self.average.parameters()), list(self.model.parameters()), 1 - decay)
        return losses

    def _learning_rate(self) -> float:
        plan = self.plan
        warm = min(1.0, (self.step + 1) / plan.warmup)
        cosine = 0.5 * (1 + math.cos(math.pi * self.step / plan.steps))
        return plan.learning_rate * warm * (0.01 + 0.99 * cosine)

    def _validate(self, say: Callable[[str], None]) -> dict[str, Any]:
        result: dict[str, Any] = {}
        for depth, side in ((1, 6), (1, self.plan.last_side), (2, 6)):
            with fast_precision(self.device):
                scores, used = validate(self.average, self.plan, depth, side)
            result[f"depth {depth}, side {side}"] = {
                "words used": used,
                "families": {k: {f: round(v, 3) for f, v in asdict(s).items()} for k, s in scores.items()},
            }
        self._log({"step": self.step, "validation": result}, say)
        return result

    def _log(self, row: dict[str, Any], say: Callable[[str], None]) -> None:
        self.folder.mkdir(parents=True, exist_ok=True)
        with (self.folder / "log.jsonl").open("a", encoding="utf-8") as file:
            file.write(json.dumps(row) + "\n")
        say(_as_line(row))

    def save(self, validation: dict[str, Any], meanings: dict[str, Any] | None = None) -> None:
        """Write the averaged model for use and everything needed to go on exactly here."""
        about = {
            "trained": {"plan": asdict(self.plan), "steps": self.step, "seconds": round(self.seconds)},
            "data": "synthetic curriculum (puzzles/synthetic.py); no ARC puzzle was used",
            "bootstrapped": self.source.vocabulary.names,
            "validation": validation,
            "meanings": meanings or {},
        }
        save_model(self.average, self.folder / "model.safetensors", about)
        tensors: dict[str, Tensor] = {f"weights.{k}": v for k, v in self.model.state_dict().items()}
        for name, value in zip(self._names(), self._moments(), strict=True):
            tensors[name] = value
        save_tensors(tensors, self.folder / "state.safetensors")
        state = {"step": self.step, "seconds": self.seconds, "plan": asdict(self.plan)}
        write_text(self.folder / "state.json", json.dumps(state))

    def _names(self) -> list[str]:
        count = sum(len(group["params"]) for group in self.optimizer.param_groups)
        return [f"{kind}.{i}" for i in range(count) for kind in ("exp_avg", "exp_avg_sq")]

    def _moments(self) -> list[Tensor]:
        parameters = [p for group in self.optimizer.param_groups for p in group["params"]]
        empty: dict[str, Tensor] = {}
        return [
            self.optimizer.state.get(p, empty).get(kind, torch.zeros_like(p))
            for p in parameters
            for kind in ("exp_avg", "exp_avg_sq")
        ]

    @classmethod
    def resume(cls, folder: Path, device: torch.device) -> Trainer:
        """Go on where `save` stopped; raises `CheckpointError` when the folder holds no run."""
        from safetensors.torch import load_file  # noqa: PLC0415

        average, _ = load_model(folder / "model.safetensors", device)
        try:
            state = json.loads((folder / "state.json").read_text("utf-8"))
            tensors = load_file(folder / "state.safetensors", device=str(device))
        except (OSError, ValueError) as error:
            raise CheckpointError(f"{folder}: expected state.json and state.safetensors, {error}") from None
        plan: dict[str, Any] = {k: tuple(v) if isinstance(v, list) else v for k, v in state["plan"].items()}
        trainer = cls(folder, average.config, TrainConfig(**plan), device)
        trainer.average = average
        trainer.step, trainer.seconds = state["step"], state["seconds"]
        weights = {k.removeprefix("weights."): v for k, v in tensors.items() if k.startswith("weights.")}
        trainer.model.load_state_dict(weights)
        parameters = [p for group in trainer.optimizer.param_groups for p in group["params"]]
        for i, parameter in enumerate(parameters):
            trainer.optimizer.state[parameter] = {
                "step": torch.tensor(float(trainer.step)),
                "exp_avg": tensors[f"exp_avg.{i}"],
                "exp_avg_sq": tensors[f"exp_avg_sq.{i}"],
            }
        return trainer


def _as_line(row: dict[str, Any]) -> str:
    if "validation" not in row:
        return "  ".join(f"{key} {value}" for key, value in row.items())
    lines = [f"step {row['step']} validation (inductor/oracle)"]
    for name, result in row["validation"].items():
        families = "  ".join(
            f"{family} {score['inductor']:.2f}/{score['oracle']:.2f}"
            for family, score in result["families"].items()
        )
        lines.append(f"  {name}, {result['words used']} words: {families}")
    return "\n".join(lines)

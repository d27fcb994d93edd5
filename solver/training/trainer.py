"""The training loop: resumable to the step, stopped cleanly by a time limit, logged as JSON lines."""

from __future__ import annotations

import json
import math
import time
from collections import defaultdict
from collections.abc import Callable, Mapping
from dataclasses import asdict
from pathlib import Path
from typing import Any

import torch
from torch import Tensor, nn
from torch.nn.parallel import DistributedDataParallel

from puzzles.storage import write_whole
from solver.nli.checkpoint import load_model, save_model
from solver.nli.config import ModelConfig, TrainConfig
from solver.nli.device import fast_precision
from solver.nli.learned import learned_words
from solver.nli.model import NLI
from solver.tensors import load_tensors, read_about, save_tensors
from solver.training.loader import Loader
from solver.training.meaning import describe
from solver.training.mixture import Mixture
from solver.training.objective import Anneal, Losses, Objective
from solver.training.page import write_page
from solver.training.processes import Processes
from solver.training.validate import validate_all
from solver.words.errors import CheckpointError

_LOG_EVERY = 50
_MOST_LOST = 50
"""Steps in a row that may have no finite gradient; in bfloat16 one of some thousands has none."""
_MEANING_SIDE = 16
"""Canvas on which the meaning of every word is measured at the end; a larger one takes minutes."""


class Trainer:
    """One run in one folder: `model.safetensors` (EMA, ready to use), `state.*` (to resume), `log.jsonl`.

    Runs unchanged under `torchrun`: the processes share every batch, the first one writes.
    """

    def __init__(
        self, folder: Path, model: ModelConfig, plan: TrainConfig, device: torch.device, workers: int = 0
    ) -> None:
        torch.manual_seed(plan.seed)
        self.folder, self.plan, self.device = folder, plan, device
        self.processes = Processes.from_environment(device)
        self.mixture = Mixture(model, plan)
        self.loader = Loader(self.mixture, workers)
        self.model = NLI(model).to(device)
        self.model.executor.requires_grad_(not plan.inductor_alone)
        self.average = NLI(model).to(device)
        self.average.load_state_dict(self.model.state_dict())
        self.optimizer = _optimizer(self.model, plan)
        self.objective: nn.Module = Objective(self.model, plan, self.processes)
        if self.processes.count > 1:
            # Traced batches leave some parameters out.
            self.objective = DistributedDataParallel(self.objective, find_unused_parameters=True)
        self.step, self.seconds, self.examples = 0, 0.0, 0
        self.begun_from: dict[str, Any] = {}
        """How the weights were trained that this run began with."""
        self._recent: dict[str, list[float]] = defaultdict(list)
        self.lost = self._lost = 0
        """Steps without a finite gradient, in all and in a row."""

    def run(self, minutes: float, say: Callable[[str], None], *, name_words: bool = True) -> None:
        """Train until the plan or the time is used up, then validate and save.

        With `name_words` the words are compared with the exact operations at last, which takes minutes.
        """
        started, before = time.monotonic(), self.seconds
        if not self.processes.first:
            say = _say_nothing
        while not self.done:
            late = time.monotonic() - started >= 60 * minutes
            if self.processes.agree(late, self.device):
                break
            losses = self.one_step()
            self.seconds = before + time.monotonic() - started
            self._note(losses, say)
            if self.step % self.plan.save_every == 0:
                self._save_valid(say)
        self.loader.close()
        self._save_valid(say, last=name_words)
        self.processes.leave()

    @property
    def done(self) -> bool:
        """Whether the plan is at its end."""
        plan = self.plan
        return self.seconds >= 60 * plan.clock if plan.clock else self.step >= plan.steps

    def one_step(self) -> Losses:
        """One optimiser step; data and noise depend on the seed and the step alone.

        A gradient that is not finite moves nothing. Raises `CheckpointError` when none is any more.
        """
        plan, progress = self.plan, self.step / self.plan.steps
        # Noise differs between processes, as it would between the parts of one batch.
        torch.manual_seed(plan.seed * 1_000_003 + self.step + 500_009 * self.processes.rank)
        whole = self.loader.take(self.step)
        batch = whole.share(self.processes.rank, self.processes.count).to(self.device)
        for group in self.optimizer.param_groups:
            group["lr"] = self._learning_rate()
        with fast_precision(self.device):
            losses: Losses = self.objective(batch, Anneal.at(progress, plan))
        self.optimizer.zero_grad(set_to_none=True)
        losses.total.backward()
        length = torch.nn.utils.clip_grad_norm_(self.model.parameters(), 1.0)
        if length.isfinite():
            self._lost = 0
            self.optimizer.step()
        else:
            self._lost, self.lost = self._lost + 1, self.lost + 1
            if self._lost == _MOST_LOST:
                raise CheckpointError(f"step {self.step}: no gradient was finite for {_MOST_LOST} steps")
        self.step += 1
        self.examples += whole.states.shape[0] * whole.states.shape[1]
        if length.isfinite():
            self._recent[whole.origin].append(losses.total.item())
        decay = min(plan.ema, self.step / (self.step + 10))
        with torch.no_grad():
            torch._foreach_lerp_(list(self.average.parameters()), list(self.model.parameters()), 1 - decay)
        return losses

    def _learning_rate(self) -> float:
        plan = self.plan
        warm = min(1.0, (self.step + 1) / plan.warmup)
        done = self.seconds / (60 * plan.clock) if plan.clock else self.step / plan.steps
        cosine = 0.5 * (1 + math.cos(math.pi * min(1.0, done)))
        return plan.learning_rate * warm * (0.01 + 0.99 * cosine)

    def _note(self, losses: Losses, say: Callable[[str], None]) -> None:
        """Keep the parts that apply to this batch; every few steps log their means."""
        for name, value in losses.numbers().items():
            if value and math.isfinite(value):
                self._recent[name].append(value)
        if self.step % _LOG_EVERY or not self.processes.first:
            return
        row: dict[str, Any] = {"step": self.step, "seconds": round(self.seconds), "examples": self.examples}
        row |= {name: round(sum(values) / len(values), 4) for name, values in self._recent.items()}
        self._recent.clear()
        self._log(row | ({"lost": self.lost} if self.lost else {}), say)

    def _save_valid(self, say: Callable[[str], None], last: bool = False) -> None:
        """Validate and save in the first process while the others wait; at the end also name the words."""
        if self.processes.first:
            validation = validate_all(self.average, self.plan)
            self._log({"step": self.step, "seconds": round(self.seconds), "validation": validation}, say)
            side = min(self.plan.last_side, _MEANING_SIDE)
            self.save(validation)
            if last:
                # Finding out what the words mean takes minutes; a run that is cut off by then is kept.
                self.save(validation, describe(learned_words(self.average, {}), side))
            write_page(self.folder, self._facts())
        self.processes.wait()

    def _facts(self) -> dict[str, str]:
        """What the report says above its curves."""
        kind = torch.cuda.get_device_name(self.device) if self.device.type == "cuda" else self.device.type
        return {
            "steps": f"{self.step:,} of {self.plan.steps:,}",
            "examples seen": f"{self.examples:,}",
            "wall time": f"{self.seconds / 60:.0f} min",
            "device": f"{kind}, {self.processes.count} process(es), {torch.get_num_threads()} threads",
            "parameters": f"{sum(p.numel() for p in self.model.parameters()):,}",
            "data": self.mixture.about,
        }

    def _log(self, row: dict[str, Any], say: Callable[[str], None]) -> None:
        self.folder.mkdir(parents=True, exist_ok=True)
        with (self.folder / "log.jsonl").open("a", encoding="utf-8") as file:
            file.write(json.dumps(row) + "\n")
        say(_as_line(row))

    def save(self, validation: dict[str, Any], meanings: dict[str, Any] | None = None) -> None:
        """Write the averaged model for use and everything needed to go on exactly here."""
        about = {
            "trained": self._trained(),
            "data": self.mixture.about,
            "bootstrapped": self.mixture.source.vocabulary.names,
            "validation": validation,
            "meanings": meanings or {},
        }
        save_model(self.average, self.folder / "model.safetensors", about)
        tensors: dict[str, Tensor] = {f"weights.{k}": v for k, v in self.model.state_dict().items()}
        for name, value in zip(self._names(), self._moments(), strict=True):
            tensors[name] = value
        save_tensors(tensors, self.folder / "state.safetensors")
        state: dict[str, Any] = {"step": self.step, "seconds": self.seconds, "examples": self.examples}
        state["plan"], state["begun_from"] = asdict(self.plan), self.begun_from
        write_whole(self.folder / "state.json", json.dumps(state))

    def _trained(self) -> dict[str, Any]:
        """How the weights came to be, without saying where on this machine the data lies."""
        plan = asdict(self.plan) | {"data": Path(self.plan.data).name}
        trained = {"plan": plan, "steps": self.step, "seconds": round(self.seconds)}
        return trained | ({"begun_from": self.begun_from} if self.begun_from else {})

    def _names(self) -> list[str]:
        count = sum(len(group["params"]) for group in self.optimizer.param_groups)
        return [f"{kind}.{i}" for i in range(count) for kind in ("exp_avg", "exp_avg_sq", "step")]

    def _moments(self) -> list[Tensor]:
        parameters = [p for group in self.optimizer.param_groups for p in group["params"]]
        empty: dict[str, Tensor] = {}
        return [
            self.optimizer.state.get(p, empty).get(
                kind, torch.zeros(()) if kind == "step" else torch.zeros_like(p)
            )
            for p in parameters
            for kind in ("exp_avg", "exp_avg_sq", "step")
        ]

    @classmethod
    def resume(
        cls, folder: Path, device: torch.device, changes: Mapping[str, Any] | None = None, workers: int = 0
    ) -> Trainer:
        """Go on where `save` stopped, with these fields of the plan changed from here on.

        Raises `CheckpointError` when the folder holds no run.
        """
        average, _ = load_model(folder / "model.safetensors", device)
        state = read_about(folder / "state.json")
        tensors = load_tensors(folder / "state.safetensors", str(device))
        try:
            kept = {k: tuple(v) if isinstance(v, list) else v for k, v in state["plan"].items()}
            plan = TrainConfig(**(kept | dict(changes or {})))
            step, seconds, examples = (
                int(state["step"]),
                float(state["seconds"]),
                int(state.get("examples", 0)),
            )
        except (LookupError, TypeError, ValueError, AttributeError, OverflowError):
            raise CheckpointError(
                f"{folder / 'state.json'}: expected plan, step and seconds of a run"
            ) from None
        trainer = cls(folder, average.config, plan, device, workers)
        trainer.average = average
        trainer.step, trainer.seconds, trainer.examples = step, seconds, examples
        trainer.begun_from = state.get("begun_from", {})
        weights = {k.removeprefix("weights."): v for k, v in tensors.items() if k.startswith("weights.")}
        trainer.model.load_state_dict(weights)
        parameters = [p for group in trainer.optimizer.param_groups for p in group["params"]]
        for i, parameter in enumerate(parameters):
            trainer.optimizer.state[parameter] = {
                # Weights that a batch leaves out count fewer steps; older runs had none of these.
                "step": tensors.get(f"step.{i}", torch.tensor(float(trainer.step))).cpu(),
                "exp_avg": tensors[f"exp_avg.{i}"],
                "exp_avg_sq": tensors[f"exp_avg_sq.{i}"],
            }
        return trainer

    def begin_from(self, weights: Path) -> None:
        """Take over earlier weights in place of random ones, and begin the plan at its first step.

        What those weights lack, a convolution, begins where it changes nothing. Their named words have to be
        the first of this run's. Raises `CheckpointError` where they do not fit.
        """
        start, about = load_model(weights, self.device)
        named, own = about.get("bootstrapped", []), self.mixture.source.vocabulary.names
        if named != own[: len(named)]:
            raise CheckpointError(f"{weights}: the weights name other words than this run, expected the same")
        try:
            left = self.model.load_state_dict(start.state_dict(), strict=False)
        except RuntimeError as error:
            raise CheckpointError(f"{weights}: expected weights of this run's shape, {error}") from None
        if other := [*left.unexpected_keys, *(key for key in left.missing_keys if ".neighbours." not in key)]:
            raise CheckpointError(f"{weights}: {other[0]} does not fit, expected weights of this run's shape")
        self.average.load_state_dict(self.model.state_dict())
        self.begun_from = about.get("trained", {})


def _optimizer(model: NLI, plan: TrainConfig) -> torch.optim.AdamW:
    groups = [
        {"params": [p for p in model.parameters() if p.dim() > 1], "weight_decay": plan.weight_decay},
        {"params": [p for p in model.parameters() if p.dim() <= 1], "weight_decay": 0.0},
    ]
    return torch.optim.AdamW(groups, lr=plan.learning_rate, betas=(0.9, 0.98))


def _say_nothing(line: str) -> None:
    """What processes other than the first report."""


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

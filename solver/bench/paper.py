"""Comparison of methods on suites, in and out of distribution; with all of them, the paper's table."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path

import torch

from solver.baselines.examples import Examples
from solver.baselines.learner import Effort, Learner
from solver.bench.fit import FitPlan, Say, fit_or_load
from solver.bench.methods import Method
from solver.bench.report import Cell, bars, markdown
from solver.bench.score import score_rows
from solver.bench.settings import SETTINGS
from solver.bench.tasks import Suite
from solver.checkpoint import write_text


@dataclass(frozen=True)
class PaperPlan:
    """Size of a run of the comparison."""

    fit: FitPlan = FitPlan()  # noqa: RUF009 - frozen
    effort: Effort = Effort()  # noqa: RUF009 - frozen
    seeds: int = 3
    """Training runs per method; the test tasks are the same for all."""
    inside: int = 40
    """Test tasks in distribution."""
    outside: int = 60
    """Test tasks out of distribution."""
    split: str = "test"
    """Stream of the scored tasks; settings are chosen on "validation"."""

    def quick(self) -> PaperPlan:
        """One seed and fewer test tasks; training is the same."""
        return replace(self, seeds=1, inside=20, outside=20)


def run_paper(
    folder: Path,
    suites: Sequence[Suite],
    methods: Sequence[Method],
    plan: PaperPlan,
    *,
    device: torch.device,
    say: Say,
) -> str:
    """Train or load, score, and write `table.md`, `table.json` and `table.svg`; returns the table."""
    values: dict[str, dict[str, list[float]]] = defaultdict(lambda: defaultdict(list))
    for suite in suites:
        bench = Bench(folder / suite.name, suite, device, say)
        for method in methods:
            for seed in range(plan.seeds):
                for row, score in bench.scores(method, plan, seed).items():
                    for kind in suite.kinds:
                        values[row][f"{suite.name}, {kind}"].append(score[kind])
                        say(f"  {row}: {kind} {score[kind]:.2f}")
    table = {row: {c: Cell(tuple(v)) for c, v in cells.items()} for row, cells in values.items()}
    columns = [f"{suite.name}, {kind}" for suite in suites for kind in suite.kinds]
    text = markdown(table, columns)
    document = {"plan": asdict(plan), "rows": {row: dict(cells) for row, cells in values.items()}}
    folder.mkdir(parents=True, exist_ok=True)
    name = "table" if plan.split == "test" else f"table-{plan.split}"
    write_text(folder / f"{name}.json", json.dumps(document, indent=1) + "\n")
    write_text(folder / f"{name}.md", text)
    title = "Exact answers, in and out of distribution"
    write_text(folder / f"{name}.svg", bars(table, columns, title))
    return text


@dataclass(frozen=True)
class Bench:
    """Where and how the runs of one suite are made."""

    folder: Path
    suite: Suite
    device: torch.device
    say: Say

    def trained(self, method: Method, plan: FitPlan, seed: int) -> Learner:
        """The method trained on the suite, loaded where a run of the same plan has finished."""
        torch.manual_seed(seed)
        learner = method.build(SETTINGS[self.suite.name]).to(self.device)
        self.say(f"{self.suite.name}, {method.name}, seed {seed}: {learner.budget} parameters")
        path = self.folder / f"{method.name}-{seed}.safetensors"
        fit_or_load(
            learner,
            lambda step: self.suite.draw("train", step, plan.tasks, plan.pairs, seed=seed),
            plan,
            seed=seed,
            path=path,
            say=self.say,
        )
        return learner

    def tasks(self, plan: PaperPlan, kind: str) -> Examples:
        """Tasks to score; no training run sees them, whatever its seed."""
        count = plan.inside if kind == "in" else plan.outside
        return self.suite.draw(plan.split, 0, count, plan.fit.pairs, seed=0, kind=kind).to(self.device)

    def scores(self, method: Method, plan: PaperPlan, seed: int) -> dict[str, dict[str, float]]:
        """Accuracy of every row of the method on both test splits."""
        learner = self.trained(method, plan.fit, seed)
        splits = {kind: self.tasks(plan, kind) for kind in self.suite.kinds}
        path = self.folder / f"{method.name}-{seed}.{plan.split}.json"
        return score_rows(method, learner, splits, plan.effort, seed=seed, path=path)

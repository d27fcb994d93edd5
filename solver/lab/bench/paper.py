"""Comparison of methods on suites, in and out of distribution; with all of them, the paper's table."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor, as_completed
from dataclasses import asdict, dataclass, replace
from itertools import product
from multiprocessing import get_context
from pathlib import Path

import torch

from solver.lab.baselines.examples import Examples
from solver.lab.baselines.learner import Effort, Learner
from solver.lab.bench.fit import FitPlan, Say, fit_or_load
from solver.lab.bench.grids import GridSuite
from solver.lab.bench.methods import Method
from solver.lab.bench.report import Cell, bars, markdown
from solver.lab.bench.score import score_rows
from solver.lab.bench.settings import SETTINGS
from solver.lab.bench.tasks import SUITES, Suite
from solver.nli.checkpoint import write_text
from solver.words.errors import UsageError


@dataclass(frozen=True)
class PaperPlan:
    """Size of a run of the comparison."""

    fit: FitPlan = FitPlan()  # noqa: RUF009 - frozen
    """Size of the batches; steps and learning rate are those of the suite's setting."""
    steps: int | None = None
    """Optimiser steps instead of the setting's."""
    effort: Effort | None = None
    """Effort of searches instead of the setting's."""
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


def suite_named(name: str) -> Suite:
    """One of the sequence suites, or "grids"; raises UsageError for any other name."""
    if name == "grids":
        return GridSuite()
    if name not in SUITES:
        raise UsageError(f"suite is {name!r}, expected one of {', '.join([*SUITES, 'grids'])}")
    return SUITES[name]


def run_paper(
    folder: Path,
    suites: Sequence[str],
    methods: Sequence[Method],
    plan: PaperPlan,
    *,
    device: torch.device,
    say: Say,
    jobs: int = 1,
) -> str:
    """Train or load, score, and write `table.md`, `table.json` and `table.svg`; returns the table.

    With more than one job, training and scoring run in that many processes of one thread each.
    """
    if jobs > 1:
        runs = product(range(plan.seeds), suites, methods)
        _run_ahead([_Run(folder, suite, m, seed, plan, device) for seed, suite, m in runs], jobs)
    values: dict[str, dict[str, list[float]]] = defaultdict(lambda: defaultdict(list))
    benches = [Bench(folder / name, suite_named(name), device, say) for name in suites]
    for bench in benches:
        suite = bench.suite
        for method in methods:
            for seed in range(plan.seeds):
                for row, score in bench.scores(method, plan, seed).items():
                    for kind in suite.kinds:
                        values[row][f"{suite.name}, {kind}"].append(score[kind])
                        say(f"  {row}: {kind} {score[kind]:.2f}")
    table = {row: {c: Cell(tuple(v)) for c, v in cells.items()} for row, cells in values.items()}
    columns = [f"{bench.suite.name}, {kind}" for bench in benches for kind in bench.suite.kinds]
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
class _Run:
    """One method on one suite, as another process gets it: nothing in it refuses to be pickled."""

    folder: Path
    suite: str
    method: Method
    seed: int
    plan: PaperPlan
    device: torch.device

    def __call__(self) -> None:
        bench = Bench(self.folder / self.suite, suite_named(self.suite), self.device, self._say)
        bench.scores(self.method, self.plan, self.seed)

    def _say(self, line: str) -> None:
        print(f"{self.suite} {self.method.name} {self.seed}: {line.strip()}", flush=True)


def _run_ahead(runs: Sequence[_Run], jobs: int) -> None:
    """Fill the folders from several processes; the table is made from what they leave there."""
    with ProcessPoolExecutor(jobs, get_context("spawn"), torch.set_num_threads, (1,)) as pool:
        for done in as_completed([pool.submit(run) for run in runs]):
            done.result()


@dataclass(frozen=True)
class Bench:
    """Where and how the runs of one suite are made."""

    folder: Path
    suite: Suite
    device: torch.device
    say: Say

    def trained(self, method: Method, plan: PaperPlan, seed: int) -> Learner:
        """The method trained on the suite, loaded where a run of the same plan has finished."""
        torch.manual_seed(seed)
        setting = SETTINGS[self.suite.name]
        learner = method.build(setting).to(self.device)
        rate = setting.own_rates.get(method.name, setting.learning_rate)
        fit = replace(plan.fit, steps=plan.steps or setting.steps, learning_rate=rate)
        self.say(f"{self.suite.name}, {method.name}, seed {seed}: {learner.budget} parameters")
        path = self.folder / f"{method.name}-{seed}.safetensors"
        fit_or_load(
            learner,
            lambda step: self.suite.draw("train", step, fit.tasks, fit.pairs, seed=seed),
            fit,
            seed=seed,
            path=path,
            say=self.say,
        )
        return learner

    def effort(self, plan: PaperPlan) -> Effort:
        """What a search may spend on one of this suite's tasks."""
        return plan.effort or SETTINGS[self.suite.name].effort

    def tasks(self, plan: PaperPlan, kind: str) -> Examples:
        """Tasks to score; no training run sees them, whatever its seed."""
        count = plan.inside if kind == "in" else plan.outside
        return self.suite.draw(plan.split, 0, count, plan.fit.pairs, seed=0, kind=kind).to(self.device)

    def scores(self, method: Method, plan: PaperPlan, seed: int) -> dict[str, dict[str, float]]:
        """Accuracy of every row of the method on both test splits."""
        learner = self.trained(method, plan, seed)
        splits = {kind: self.tasks(plan, kind) for kind in self.suite.kinds}
        path = self.folder / f"{method.name}-{seed}.{plan.split}.json"
        return score_rows(method, learner, splits, self.effort(plan), seed=seed, path=path)

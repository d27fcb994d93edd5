"""Comparison of methods on suites, in and out of distribution; with all of them, the paper's table."""

from __future__ import annotations

import json
import math
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass, field, replace
from functools import lru_cache
from itertools import product
from pathlib import Path
from typing import Any

import torch

from puzzles.storage import write_whole
from solver.lab.baselines.examples import Examples
from solver.lab.baselines.learner import Effort, Learner
from solver.lab.bench.fit import FitPlan, OutOfTime, Say, ended, fit_or_load, read_facts
from solver.lab.bench.grids import GridSuite
from solver.lab.bench.lists import ListSuite
from solver.lab.bench.methods import Method, Row, Setting
from solver.lab.bench.report import Cell, bars, costs, markdown
from solver.lab.bench.runs import Pool, Unit, one_by_one, work_off
from solver.lab.bench.score import all_scored, judge, read_scores, score_rows
from solver.lab.bench.settings import SETTINGS, WIDE
from solver.lab.bench.tasks import SUITES, Suite
from solver.words.errors import UsageError

_SCHEDULES = 4
"""Schedules after which a method that has not learned its training tasks is given up."""
_COSTS = ("steps", "examples", "processor", "seconds", "on", "checks", "learned")
"""Facts of a training that stand beside its scores."""
_WIDE_CODEBOOK = 64
"""Words from which on a processor core takes too long to try them all."""


@dataclass(frozen=True)
class PaperPlan:
    """Size of a run of the comparison."""

    fit: FitPlan = FitPlan()  # noqa: RUF009 - frozen
    """Size of the batches; steps and learning rate are those of the suite's setting."""
    steps: int | None = None
    """Optimiser steps of one schedule instead of the setting's."""
    most: int | None = None
    """Steps at which a method that has not learned its training tasks is given up; None: four schedules."""
    telling: str = "setting"
    """What is told in training: "setting", or "nothing", "states" or "words" as `Setting.telling` says."""
    effort: Effort | None = None
    """Effort of searches instead of the setting's."""
    seeds: int = 3
    """Training runs per method; the test tasks are the same for all."""
    inside: int = 40
    """Test tasks in distribution."""
    outside: int = 60
    """Test tasks out of distribution."""
    judged: int = 40
    """Validation tasks in distribution that progress in training is judged by."""
    extra: bool = True
    """Whether rows are scored that ask for other searches than the paper's."""
    chosen: tuple[str, ...] = ()
    """Labels of the rows that are scored; none means all."""
    split: str = "test"
    """Stream of the scored tasks; settings are chosen on "validation"."""

    def tasks(self, kind: str) -> int:
        """How many test tasks of a kind are scored."""
        return self.inside if kind == "in" else self.outside

    def quick(self) -> PaperPlan:
        """One seed, fewer test tasks and one schedule of training, whether that is enough or not."""
        return replace(self, seeds=1, inside=20, outside=20, most=0)


_DRAWN = ("grids", "lists")
"""Suites whose construction sorts programs by what they do, which takes seconds."""


@lru_cache
def _drawn(name: str) -> Suite:
    return GridSuite() if name == "grids" else ListSuite()


def suite_named(name: str) -> Suite:
    """One of the sequence suites, "grids" or "lists"; raises UsageError for any other name."""
    if name in _DRAWN:
        return _drawn(name)
    if name in WIDE:
        return replace(SUITES[WIDE[name]], name=name)
    if name not in SUITES:
        raise UsageError(f"suite is {name!r}, expected one of {', '.join([*SUITES, *WIDE, *_DRAWN])}")
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
    cores: int = 0,
    stop_at: float = math.inf,
) -> str:
    """Train or load, score, and write `table.md`, `table.json` and `table.svg`; returns the table.

    With more than one job, training and scoring run in that many processes of one thread each on `device`,
    and trainings in `cores` more on the processor. At `stop_at` (`time.time()`) everything is kept, the
    table holds what is there, and the next call goes on. The first error of a unit in another process is
    raised at the end.
    """
    runs = [Run(folder, name, m, seed, plan, stop_at) for name, m, seed in _runs(suites, methods, plan)]
    extra = [Scoring(run, extra=True) for run in runs if plan.extra and any(r.extra for r in run.method.rows)]
    failed: list[Exception] = []
    units: list[Training | Scoring] = [*(Training(run) for run in runs), *extra]
    if jobs > 1 or cores:
        pools = [Pool(device, jobs), *([Pool(torch.device("cpu"), cores)] if cores else [])]
        failed = work_off(units, pools, stop_at)
    else:
        one_by_one([unit.saying(say) for unit in units], device, stop_at)
    text = write_tables(folder, runs, plan)
    if failed:
        raise failed[0]
    return text


def _runs(
    suites: Sequence[str], methods: Sequence[Method], plan: PaperPlan
) -> Iterator[tuple[str, Method, int]]:
    """Seed by seed, so that what is there when the time is over is one seed of everything."""
    for seed, suite, method in product(range(plan.seeds), suites, methods):
        yield suite, method, seed


@dataclass(frozen=True)
class Run:
    """One method on one suite, as another process gets it: nothing in it refuses to be pickled."""

    folder: Path
    suite: str
    method: Method
    seed: int
    plan: PaperPlan
    stop_at: float = math.inf

    def bench(self, device: torch.device, say: Say) -> Bench:
        """Where its files are, and what makes them."""
        return Bench(self.folder / self.suite, suite_named(self.suite), device, say, self.stop_at)

    def rows(self, *, extra: bool) -> list[Row]:
        """The paper's rows of the method, or the extra ones, of those that the plan chooses."""
        chosen = self.plan.chosen or [row.label for row in self.method.rows]
        return [row for row in self.method.rows if row.extra == extra and row.label in chosen]

    def told(self, line: str) -> None:
        """Say a line with the run's name in front."""
        print(f"{self.suite} {self.method.name} {self.seed}: {line.strip()}", flush=True)


@dataclass(frozen=True)
class Training:
    """Train one run; then it is scored."""

    run: Run
    say: Say | None = None

    @property
    def light(self) -> bool:
        """Trying a hundred words on every task takes a processor core too long."""
        return setting_of(self.run.suite, self.run.plan).codebook < _WIDE_CODEBOOK

    def __call__(self, device: torch.device) -> bool:
        """Whether it is trained; a run whose rows are all scored is not trained again for lost weights."""
        run = self.run
        try:
            bench = run.bench(device, self.say or run.told)
            if not bench.settled(run.method, run.plan, run.seed, run.rows(extra=False)):
                bench.trained(run.method, run.plan, run.seed)
        except OutOfTime:
            return False
        return True

    def saying(self, say: Say) -> Training:
        """The same, heard by somebody in this process."""
        return replace(self, say=say)

    def then(self) -> Sequence[Unit]:
        """Its scoring."""
        return [Scoring(self.run, say=self.say)]


@dataclass(frozen=True)
class Scoring:
    """Score one trained run: the paper's rows, or the extra ones."""

    run: Run
    extra: bool = False
    say: Say | None = None
    light = False

    def __call__(self, device: torch.device) -> bool:
        """Whether all rows are scored; none are where it is not trained."""
        run = self.run
        bench = run.bench(device, self.say or run.told)
        if bench.facts(run.method, run.plan, run.seed) is None:
            return False
        rows = run.rows(extra=self.extra)
        try:
            if not bench.settled(run.method, run.plan, run.seed, rows):
                bench.scores(run.method, run.plan, run.seed, rows)
        except OutOfTime:
            return False
        return True

    def saying(self, say: Say) -> Scoring:
        """The same, heard by somebody in this process."""
        return replace(self, say=say)

    def then(self) -> Sequence[Unit]:
        """Nothing."""
        return []


def setting_of(suite: str, plan: PaperPlan) -> Setting:
    """A suite's setting, told what the plan tells."""
    setting = SETTINGS[suite]
    return setting if plan.telling == "setting" else setting.telling(plan.telling)


@dataclass
class _Scores:
    """What the runs that are scored answered: by row and column, a value a run, and whether it counts."""

    values: dict[str, dict[str, list[float]]] = field(default_factory=dict)
    learned: dict[str, dict[str, list[bool]]] = field(default_factory=dict)
    trained: list[dict[str, Any]] = field(default_factory=list)
    """What training and scoring cost, by run."""

    def add(self, run: Run, plan: PaperPlan) -> None:
        """Take a run's scores, where it has some."""
        bench = run.bench(torch.device("cpu"), run.told)
        facts = bench.facts(run.method, plan, run.seed)
        if facts is None:
            return
        scores = bench.scored(run.method, plan, run.seed)
        about = {"suite": run.suite, "method": run.method.name, "seed": run.seed}
        cost = {name: facts[name] for name in _COSTS}
        took = {row: score["seconds"] for row, score in scores.items()}
        self.trained.append(about | cost | {"scoring": took})
        for row in (r.label for r in run.method.rows if r.label in scores):
            for kind in bench.suite.kinds:
                column = f"{run.suite}, {kind}"
                self.values.setdefault(row, {}).setdefault(column, []).append(scores[row][kind])
                counts = facts["learned"] or kind == bench.suite.kinds[0]
                self.learned.setdefault(row, {}).setdefault(column, []).append(counts)

    def cells(self, row: str) -> dict[str, Cell]:
        """A row of the table."""
        return {c: Cell(tuple(v), tuple(self.learned[row][c])) for c, v in self.values[row].items()}


def write_tables(folder: Path, runs: Sequence[Run], plan: PaperPlan) -> str:
    """Write the table, as far as its runs are scored, and what training cost; returns both as Markdown."""
    scores = _Scores()
    for run in runs:
        scores.add(run, plan)
    order = [row.label for method in dict.fromkeys(run.method for run in runs) for row in method.rows]
    table = {row: scores.cells(row) for row in order if row in scores.values}
    suites = dict.fromkeys(run.suite for run in runs)
    columns = [f"{name}, {kind}" for name in suites for kind in suite_named(name).kinds]
    text = f"{markdown(table, columns)}\n{costs(scores.trained)}"
    document = {
        "plan": asdict(plan),
        "settings": {name: asdict(setting_of(name, plan)) for name in suites},
        "rows": {row: scores.values[row] for row in table},
        "learned": {row: scores.learned[row] for row in table},
        "training": scores.trained,
    }
    folder.mkdir(parents=True, exist_ok=True)
    parts = ["table", *([] if plan.telling == "setting" else [plan.telling])]
    name = "-".join([*parts, *([] if plan.split == "test" else [plan.split])])
    write_whole(folder / f"{name}.json", json.dumps(document, indent=1) + "\n")
    write_whole(folder / f"{name}.md", text)
    write_whole(folder / f"{name}.svg", bars(table, columns, "Exact answers, in and out of distribution"))
    return text


@dataclass(frozen=True)
class Bench:
    """Where and how the runs of one suite are made."""

    folder: Path
    suite: Suite
    device: torch.device
    say: Say
    stop_at: float = math.inf

    def fit_plan(self, method: Method, plan: PaperPlan) -> FitPlan:
        """How the method is trained on this suite."""
        setting = setting_of(self.suite.name, plan)
        steps = plan.steps or setting.steps
        rate = setting.own_rates.get(method.name, setting.learning_rate)
        most = _SCHEDULES * steps if plan.most is None else plan.most
        warmup = setting.own_warmups.get(method.name, plan.fit.warmup)
        return replace(
            plan.fit, steps=steps, most=most, tasks=setting.tasks, learning_rate=rate, warmup=warmup
        )

    def trained(self, method: Method, plan: PaperPlan, seed: int) -> Learner:
        """The method trained on the suite, loaded where a run of the same plan has finished.

        Raises `OutOfTime` where the bench's limit comes first; what was trained is kept.
        """
        torch.manual_seed(seed)
        learner = method.build(setting_of(self.suite.name, plan)).to(self.device)
        fit = self.fit_plan(method, plan)
        self.say(f"{self.suite.name}, {method.name}, seed {seed}: {learner.budget} parameters")
        judged = self.suite.draw("validation", 0, plan.judged, fit.pairs, seed=seed).to(self.device)
        effort = method.judged(self.effort(plan))
        fit_or_load(
            learner,
            lambda step: self.suite.draw("train", step, fit.tasks, fit.pairs, seed=seed),
            fit,
            seed=seed,
            path=self._path(method, plan, seed),
            say=self.say,
            judge=lambda tried: judge(tried, judged, effort, fit.wanted, seed),
            stop_at=self.stop_at,
        )
        return learner

    def facts(self, method: Method, plan: PaperPlan, seed: int) -> dict[str, Any] | None:
        """Facts about a finished training; None without one."""
        return read_facts(self._path(method, plan, seed), self.fit_plan(method, plan))

    def effort(self, plan: PaperPlan) -> Effort:
        """What a search may spend on one of this suite's tasks."""
        return plan.effort or SETTINGS[self.suite.name].effort

    def settled(self, method: Method, plan: PaperPlan, seed: int, rows: Sequence[Row]) -> bool:
        """Whether the run was trained and these rows are scored, be its weights still there or not."""
        tasks = {kind: plan.tasks(kind) for kind in self.suite.kinds}
        path = self._scores(method, plan, seed)
        facts = self.facts(method, plan, seed)
        if facts is None or not ended(facts, self.fit_plan(method, plan)):
            return False
        return all_scored(rows, path, tasks, self.effort(plan))

    def tasks(self, plan: PaperPlan, kind: str) -> Examples:
        """Tasks to score; no training run sees them, whatever its seed."""
        count = plan.tasks(kind)
        return self.suite.draw(plan.split, 0, count, plan.fit.pairs, seed=0, kind=kind).to(self.device)

    def scores(
        self, method: Method, plan: PaperPlan, seed: int, rows: Sequence[Row]
    ) -> dict[str, dict[str, float]]:
        """Accuracy of these rows of the method on all test splits."""
        learner = self.trained(method, plan, seed)
        splits = {kind: self.tasks(plan, kind) for kind in self.suite.kinds}
        path = self._scores(method, plan, seed)
        effort = self.effort(plan)
        scores = score_rows(rows, learner, splits, effort, seed=seed, path=path, stop_at=self.stop_at)
        for row in rows:
            self.say(f"  {row.label}: {', '.join(f'{k} {v:.2f}' for k, v in scores[row.label].items())}")
        return scores

    def scored(self, method: Method, plan: PaperPlan, seed: int) -> dict[str, dict[str, float]]:
        """Rows that have been scored so far."""
        return read_scores(self._scores(method, plan, seed))

    def kept(self, method: Method, plan: PaperPlan, seed: int) -> bool:
        """Whether the weights of a finished training are there."""
        return self.facts(method, plan, seed) is not None and self._path(method, plan, seed).exists()

    def _path(self, method: Method, plan: PaperPlan, seed: int) -> Path:
        return self.folder / f"{self._name(method, plan, seed)}.safetensors"

    def _scores(self, method: Method, plan: PaperPlan, seed: int) -> Path:
        return self.folder / f"{self._name(method, plan, seed)}.{plan.split}.json"

    def _name(self, method: Method, plan: PaperPlan, seed: int) -> str:
        """Runs of a method that the plan tells what its setting does are the same run."""
        own, usual = (
            s.heard_by(method.name) for s in (setting_of(self.suite.name, plan), SETTINGS[self.suite.name])
        )
        return f"{method.name}-{seed}" if own == usual else f"{method.name}-{plan.telling}-{seed}"

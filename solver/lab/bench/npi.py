"""Learned procedures measured: lengths, traces needed, loops against recursion, one core for all.

Every number is a share of random instances whose final pad is exactly that of the true procedure. Trained
cores stay in the folder and are used again.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import torch

from solver.lab.baselines.sequence import SequenceModel, pair_of, right_at, train_sequence
from solver.npi.checkpoint import load_core
from solver.npi.follow import Outcome
from solver.npi.interpreter import Interpreter
from solver.npi.model import Core
from solver.npi.tasks import TASKS
from solver.npi.train import Trainer, TrainPlan

TABLES = ("lengths", "traces", "drawing", "canonical")
LENGTHS = {"addition": (4, 8, 9, 10, 12, 20, 100, 1000), "sorting": (3, 5, 6, 7, 8, 20, 40, 60)}
"""The second is the longest of training."""
TRACES = (10, 30, 100, 300, 600)
_LONGEST_SEQUENCE = 60
"""A sequence model has been wrong on everything long before."""
_UNSEEN = 9_001
"""Seed of the instances that are measured on."""
_STEPS = 300_000

Say = Callable[[str], None]


@dataclass(frozen=True)
class NpiConfig:
    """What to measure and how long to train."""

    folder: Path
    tables: tuple[str, ...] = TABLES
    minutes: float = 1.0
    """Processor time of one training run."""
    count: int = 20
    """Instances for each number."""
    lengths: int | None = None
    """Longest instances; None for all."""
    iterations: int = 4000
    """Length of a training run's cosine."""
    traces: tuple[int, ...] = TRACES


def measure_npi(config: NpiConfig, say: Say) -> None:
    """Print the tables as Markdown, row by row."""
    torch.set_num_threads(1)
    tables = {"lengths": _lengths, "traces": _traces, "drawing": _drawing, "canonical": _canonical}
    for name in config.tables:
        tables[name](config, say)
        say("")


def share_right(core: Core, task: str, size: int, count: int, seed: int = _UNSEEN) -> float:
    """Share of random instances that end with the true pad and, where it counts, the true pose."""
    kind, right = TASKS[task], 0
    interpreter = Interpreter(core, kind.environment.name, max_steps=_STEPS)
    rng = np.random.default_rng(seed)
    for _ in range(count):
        pad, call = kind.start(rng, size)
        expected = kind.answer(pad, call)
        ended = interpreter.finish(pad, call).outcome is Outcome.RETURNED
        posed = not kind.environment.picture or pad.pointers == expected.pointers
        right += ended and posed and bool((pad.cells == expected.cells).all())
    return right / count


def _lengths(config: NpiConfig, say: Say) -> None:
    for task, every in LENGTHS.items():
        sizes = [size for size in every if config.lengths is None or size <= config.lengths]
        _heading(say, f"{task}, right at length", sizes)
        for looped in (False, True):
            core = _trained(config, _plan(config, task, 600 if task == "addition" else 250, looped))
            shares = [share_right(core, task, size, config.count) for size in sizes]
            _row(say, "procedure, loops" if looped else "procedure, recursive", shares)
        for name, model in _sequence_models(config, task):
            known = [size for size in sizes if size <= _LONGEST_SEQUENCE]
            _row(say, name, [right_at(model, task, n, 100, _UNSEEN) / 100 for n in known])


def _sequence_models(config: NpiConfig, task: str) -> list[tuple[str, SequenceModel]]:
    """One that knows the pads of the traces, and one that sees new ones of up to 20 digits in every batch."""
    kind, rng = TASKS[task], np.random.default_rng([0, *task.encode()])
    starts = [kind.training_start(rng) for _ in range(600)]
    same = [pair_of(task, pad) for pad, call in starts if call in kind.calls()]
    fresh = np.random.default_rng(1)

    def from_traces(count: int) -> list[tuple[list[int], list[int]]]:
        return [same[place] for place in fresh.integers(len(same), size=count)]

    def new(count: int) -> list[tuple[list[int], list[int]]]:
        sizes = fresh.integers(1, 21, count)
        return [pair_of(task, kind.start(fresh, int(size))[0]) for size in sizes]

    seconds = 60 * config.minutes
    return [
        ("sequence model, the same pads", train_sequence(from_traces, seconds)),
        ("sequence model, new pads of up to 20", train_sequence(new, seconds)),
    ]


def _traces(config: NpiConfig, say: Say) -> None:
    _heading(say, "right at length 20 after so many traces", config.traces)
    for task in LENGTHS:
        for looped in (False, True):
            shares = []
            for traces in config.traces:
                plan = replace(_plan(config, task, traces, looped), counterexamples=False)
                shares.append(share_right(_trained(config, plan), task, 20, config.count))
            _row(say, f"{task}, {'loops' if looped else 'recursive'}", shares)


def _drawing(config: NpiConfig, say: Say) -> None:
    names, sizes = ("ray", "bounce", "fill", "drop", "bar"), (6, 12, 20)
    plan = TrainPlan(names, traces=400, focus=True, iterations=config.iterations)
    core = _trained(config, plan)
    _heading(say, "drawing, right at side", sizes)
    for name in names:
        _row(say, name, [share_right(core, name, size, config.count) for size in sizes])


def _canonical(config: NpiConfig, say: Say) -> None:
    plan = TrainPlan(("canonical",), traces=300, iterations=config.iterations)
    _heading(say, "turning voxel vehicles (stand-in for the paper's cars)", ("unseen",))
    _row(say, "recursive", [share_right(_trained(config, plan), "canonical", 1, config.count)])


def _plan(config: NpiConfig, task: str, traces: int, looped: bool) -> TrainPlan:
    return TrainPlan((task,), traces=traces, looped=looped, iterations=config.iterations)


def _trained(config: NpiConfig, plan: TrainPlan) -> Core:
    """The core of that plan, trained now unless the folder has it."""
    kind = ("-looped" if plan.looped else "") + ("" if plan.counterexamples else "-alone")
    folder = config.folder / f"{'-'.join(plan.tasks)}-{plan.traces}{kind}"
    if not (folder / "model.safetensors").exists():
        Trainer(folder, plan).run(config.minutes, lambda line: None)
    return load_core(folder / "model.safetensors")[0]


def _heading(say: Say, first: str, columns: Sequence[object]) -> None:
    say(f"| {first} | {' | '.join(str(column) for column in columns)} |")
    say("|" + "---|" * (len(columns) + 1))


def _row(say: Say, name: str, shares: Sequence[float]) -> None:
    say(f"| {name} | {' | '.join(f'{share:.2f}' for share in shares)} |")

"""Accuracy of the interpreter's search against its steps, its starts and starts that ask again."""

from __future__ import annotations

import json
from collections.abc import Sequence

import torch
from torch import Tensor

from puzzles.storage import write_whole
from solver.lab.baselines.examples import Examples
from solver.lab.baselines.learner import Effort
from solver.lab.baselines.slots import SlotLearner
from solver.lab.bench.methods import METHODS
from solver.lab.bench.paper import Bench, PaperPlan
from solver.lab.bench.report import curves
from solver.lab.bench.score import accuracy
from solver.nli.device import fast_precision

STEPS = (1, 10, 20, 50, 100, 200, 400)
"""Search steps shown; a search is judged every ten steps, so 1 shows the starts themselves."""
STARTS = (1, 4, 16, 64, 256, 1024)
"""Numbers of starts shown."""

_AXES = {
    "steps": "search steps",
    "starts": "search starts",
    "starts alone": "starts without a step",
    "asked": "starts that ask again",
}

Points = list[tuple[float, float]]


def over_steps(learner: SlotLearner, tasks: Examples, starts: int, steps: Sequence[int], seed: int) -> Points:
    """Accuracy after each of `steps` of one search per task; a solved task stays as it is."""
    demonstrations, queries, answers = tasks.split()
    right = torch.zeros(len(steps))
    for task in range(len(tasks)):
        own = demonstrations.take([task])
        torch.manual_seed(seed)
        at, solved = 0, False
        with fast_precision(queries.device):
            for found in learner.iterates(own, Effort(max(steps), starts), seed):
                while at < len(steps) and steps[at] < max(1, found.step):
                    right[at] += solved
                    at += 1
                solved = _answers(learner, own, queries[task], answers[task], found.latent)
        right[at:] += float(solved)
    return [(float(s), r / len(tasks)) for s, r in zip(steps, right.tolist(), strict=True)]


def over_starts(
    learner: SlotLearner, tasks: Examples, starts: Sequence[int], steps: int, seed: int
) -> Points:
    """Accuracy after `steps` steps from each number of starts."""
    return [(float(count), over_steps(learner, tasks, count, [steps], seed)[0][1]) for count in starts]


def over_starts_alone(learner: SlotLearner, tasks: Examples, starts: Sequence[int], seed: int) -> Points:
    """Accuracy of each number of starts, without a gradient step."""
    return [(float(count), accuracy(learner, tasks, Effort(0, count), seed)) for count in starts]


def over_asked(learner: SlotLearner, tasks: Examples, asked: Sequence[int], seed: int) -> Points:
    """Accuracy, without a gradient step, of each number of starts that ask the inductor again."""
    return [(float(count), accuracy(learner, tasks, Effort(0, 1, count), seed)) for count in asked]


def draw_curves(bench: Bench, plan: PaperPlan, kind: str, most_steps: int, most_starts: int) -> str:
    """Measure both curves on one kind of test tasks; writes them beside the weights, returns a table."""
    method = next(m for m in METHODS if m.name == "nli")
    learner = bench.trained(method, plan, seed=0)
    if not isinstance(learner, SlotLearner):
        raise TypeError("curves need a method that searches over words")
    tasks, effort = bench.tasks(plan, kind), bench.effort(plan)
    steps = [s for s in STEPS if s <= most_steps]
    starts = [s for s in STARTS if s <= most_starts]
    found = {
        "steps": over_steps(learner, tasks, effort.starts, steps, seed=0),
        "starts": over_starts(learner, tasks, starts, effort.steps, seed=0),
        "starts alone": over_starts_alone(learner, tasks, starts, seed=0),
        "asked": over_asked(learner, tasks, starts, seed=0),
    }
    write_whole(bench.folder / "curves.json", json.dumps({"kind": kind, **found}, indent=1) + "\n")
    lines = []
    for axis, points in found.items():
        title = f"{bench.suite.name}, {kind}: exact answers"
        write_whole(
            bench.folder / f"curve-{axis.replace(' ', '-')}.svg", curves({"NLI": points}, title, _AXES[axis])
        )
        lines += [f"| {axis} | " + " | ".join(f"{x:g}" for x, _ in points) + " |"]
        lines += [
            "|---" * (len(points) + 1) + "|",
            "| accuracy | " + " | ".join(f"{y:.2f}" for _, y in points) + " |",
            "",
        ]
    return "\n".join(lines)


@torch.no_grad()
def _answers(learner: SlotLearner, own: Examples, query: Tensor, answer: Tensor, latent: Tensor) -> bool:
    cells = learner.run_hard(query[None], learner.words(latent[None]), own.canvas)
    return bool((cells[0] == answer).all())

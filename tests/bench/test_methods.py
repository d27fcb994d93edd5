from __future__ import annotations

from dataclasses import replace

import pytest
import torch

from solver.baselines.ascent import ascend, gaussian_starts, last
from solver.baselines.in_context import leave_each_out, permuted_views
from solver.baselines.learner import Effort, FullCanvas
from solver.bench.fit import FitPlan, fit
from solver.bench.methods import METHODS
from solver.bench.score import accuracy
from solver.bench.settings import SETTINGS
from solver.bench.tasks import CANVAS, SUITES, SequenceSuite
from solver.blocks import Positions
from solver.config import ModelConfig
from solver.model import one_hot

BY_NAME = {method.name: method for method in METHODS}
NAMES = sorted(BY_NAME)


@pytest.mark.parametrize("suite", SUITES)
def test_every_method_has_the_interpreters_budget_within_ten_percent(suite):
    budgets = {m.name: m.build(SETTINGS[suite]).budget for m in METHODS}
    for budget in budgets.values():
        assert abs(budget / budgets["nli"] - 1) <= 0.10, budgets


@pytest.mark.parametrize("name", NAMES)
def test_answers_have_the_queries_shape_and_every_weight_gets_a_gradient(name, setting):
    learner = BY_NAME[name].build(setting)
    batch = SUITES["comp-i"].draw("train", 0, 6, 3, seed=0)
    learner.loss(batch, 0.3).backward()
    dead = [n for n, p in learner.named_parameters() if p.grad is None or not p.grad.abs().sum() > 0]
    # The skip word's code row matters only through the words mixed with it.
    assert not dead
    demonstrations, queries, _ = batch.split()
    assert learner.predict(demonstrations, queries).shape == queries.shape
    found = learner.search(demonstrations, queries, Effort(steps=2, starts=3), seed=0)
    assert found.shape == queries.shape
    assert int(found.max()) <= 10


@pytest.mark.parametrize("name", NAMES)
def test_predictions_do_not_depend_on_the_order_of_demonstrations_or_on_neighbours(name, setting):
    learner = BY_NAME[name].build(setting).eval()
    demonstrations, queries, _ = SUITES["comp-i"].draw("test", 0, 5, 4, seed=0).split()
    together = learner.predict(demonstrations, queries)
    alone = torch.cat([learner.predict(demonstrations.take([i]), queries[i : i + 1]) for i in range(5)])
    assert torch.equal(together, alone)
    if name != "icl":  # roles tell the in-context model its demonstrations apart
        turned = replace(
            demonstrations, inputs=demonstrations.inputs.flip(1), outputs=demonstrations.outputs.flip(1)
        )
        assert torch.equal(together, learner.predict(turned, queries))


@pytest.mark.parametrize(("name", "rate"), [("icl", 3e-3), ("lpn", 3e-3), ("dlpn", 3e-3), ("nli", 3e-3)])
def test_every_method_learns_a_small_language(name, rate, setting):
    pool = tuple(t for t in SUITES["comp-i"].inside if t.name in ("halve", "complement"))
    suite = SequenceSuite("tiny", "", pool, ())
    learner = BY_NAME[name].build(replace(setting, reuse=0.0))
    plan = FitPlan(steps=200, tasks=12, pairs=3, learning_rate=rate, warmup=20)
    tasks = suite.draw("test", 0, 20, 3, seed=0)
    before = accuracy(learner, tasks, None, seed=0)
    fit(learner, lambda step: suite.draw("train", step, 12, 3, seed=0), plan, seed=0, say=lambda line: None)
    assert before < 0.1
    assert accuracy(learner, tasks, None, seed=0) > 0.8


def test_full_canvas_positions_are_the_positions_of_full_grids(setting):
    config = ModelConfig()
    state = one_hot(torch.randint(10, (3, 20)))
    expected = Positions(config)(state, CANVAS)
    torch.testing.assert_close(FullCanvas(config, CANVAS)(state, CANVAS).expand(3, -1, -1), expected)


def test_leaving_each_out_puts_every_example_last_once():
    batch = SUITES["shift-l"].draw("train", 0, 2, 3, seed=0)
    rolled = leave_each_out(batch)
    assert len(rolled) == 6
    lasts = rolled.inputs[:, -1].view(2, 3, -1)
    assert {tuple(x) for x in lasts[0].tolist()} == {tuple(x) for x in batch.inputs[0].tolist()}


def test_permuted_views_keep_the_task_and_start_with_itself():
    batch = SUITES["shift-l"].draw("train", 0, 1, 3, seed=0)
    views = permuted_views(batch, 4, torch.Generator().manual_seed(0))
    by = int(batch.names[0].split()[1])
    assert torch.equal(views.inputs[0], batch.inputs[0])
    assert not torch.equal(views.inputs[1], batch.inputs[0])
    assert torch.equal(views.inputs.roll(by, -1), views.outputs)


class Bowl:
    """Distance to 3; "wrong" falls with it, so that the best iterate is the nearest."""

    def loss(self, latents, progress):
        return (latents - 3).square().sum(-1)

    def check(self, latents):
        loss = self.loss(latents, 1.0)
        return loss.round().long(), loss


def test_ascent_keeps_the_best_iterate_and_stops_when_exact():
    starts = gaussian_starts(torch.tensor([0.0, 1.0]), 0.5, 4, seed=0)
    assert torch.equal(starts[0], torch.tensor([0.0, 1.0]))
    assert torch.equal(starts, gaussian_starts(torch.tensor([0.0, 1.0]), 0.5, 4, seed=0))
    found = list(ascend(starts, Bowl(), Effort(steps=400, starts=4), 0.1))
    assert found[-1].wrong == 0
    assert found[-1].step < 400
    assert [f.wrong for f in found] == sorted((f.wrong for f in found), reverse=True)
    wild = last(ascend(starts, Bowl(), Effort(steps=7, starts=4), 50.0))
    assert wild.loss <= Bowl().loss(starts, 0).min()

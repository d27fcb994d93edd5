from __future__ import annotations

from dataclasses import replace

import pytest
import torch

from solver.lab.baselines.ascent import ascend, gaussian_starts, last
from solver.lab.baselines.in_context import leave_each_out, permuted_views
from solver.lab.baselines.learner import Effort, FullCanvas
from solver.lab.baselines.trial import AnnealPlan, WordShares, balanced, suited
from solver.lab.bench.fit import FitPlan, fit
from solver.lab.bench.grids import GridSuite
from solver.lab.bench.methods import METHODS
from solver.lab.bench.score import accuracy
from solver.lab.bench.settings import SETTINGS
from solver.lab.bench.tasks import CANVAS, SUITES, SequenceSuite
from solver.nli.config import ModelConfig
from solver.nli.model import Positions, one_hot

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
    if name == "nli":
        assert accuracy(learner, tasks, Effort(words=64), seed=0) > 0.8
        assert accuracy(learner, tasks, Effort(0, 4, asked=32), seed=0) > 0.8


def test_trial_gives_every_transformation_a_word_of_its_own(setting):
    pool = tuple(t for t in SUITES["comp-i"].inside if t.name in ("halve", "complement", "add one"))
    suite = SequenceSuite("tiny", "", pool, ())
    learner = BY_NAME["nli"].build(replace(setting, anneal=AnnealPlan(tried_until=1.0)))
    plan = FitPlan(steps=200, tasks=12, pairs=3, learning_rate=3e-3, warmup=20)
    fit(learner, lambda step: suite.draw("train", step, 12, 3, seed=0), plan, seed=0, say=lambda line: None)
    tasks = suite.draw("test", 0, 12, 3, seed=0)
    best = learner.try_words(tasks, 1.0).argmax(1).tolist()
    words = {name: {w for n, w in zip(tasks.names, best, strict=True) if n == name} for name in tasks.names}
    assert not set.intersection(*words.values())
    skips = learner.words(learner.induce(tasks))[:, 1:] == learner.inductor.config.skip
    assert skips.all()


def test_balancing_shares_tasks_between_words_only_as_far_as_it_is_told():
    scores = torch.tensor([[3.0, 0.0], [2.0, 0.0], [1.0, 0.0], [0.0, 0.0]])
    strict, free = balanced(scores, 1.0), balanced(scores, 0.0)
    torch.testing.assert_close(strict.sum(0), torch.tensor([2.0, 2.0]), atol=0.05, rtol=0)
    torch.testing.assert_close(free, scores.softmax(1))
    torch.testing.assert_close(strict.sum(1), torch.ones(4))
    plan = AnnealPlan(tried_until=0.4)
    assert [plan.balance_at(p) for p in (0.0, 0.1, 0.15, 0.2, 0.4)] == pytest.approx([1, 1, 0.5, 0, 0])


def test_fewer_tasks_than_words_are_balanced_with_the_tasks_before_them():
    suits = 60 * torch.eye(4) + 20 * torch.eye(4).roll(1, 1)
    share = WordShares()
    for _ in range(4):
        for batch in (suits[:2], suits[2:]):
            found = share(batch, 1.0)
    assert found.argmax(1).tolist() == [2, 3]
    assert found.amax(1).min() > 0.8
    assert suited(suits[2:], 1.0).amax(1).max() < 0.6
    torch.testing.assert_close(share(suits, 1.0), suited(suits, 1.0))


def test_a_fresh_reader_attends_to_equal_values(setting):
    reader = BY_NAME["nli"].build(setting).inductor
    assert torch.equal(reader.input_values, reader.output_values)
    query, key, _ = reader.blocks[0].queries_keys_values.weight.chunk(3)
    values = torch.nn.functional.layer_norm(reader.input_values, reader.input_values.shape[1:])
    match = (values @ query.T) @ (values @ key.T).T
    assert (match.argmax(1) == torch.arange(len(values))).all()


def test_traced_training_learns_named_words_and_single_steps(setting):
    suite = GridSuite(side=4)
    traced = replace(setting, canvas=None, codebook=40, traced_until=1.0)
    learner = BY_NAME["nli"].build(traced)
    batch = suite.draw("train", 0, 6, 3, seed=0)
    first = learner.loss(batch, 0.0)
    first.backward()
    assert learner.model.executor.codes.grad.abs().sum() > 0
    told = {int(w) for w in batch.words.flatten() if w >= 0}
    rows = learner.model.executor.codes.grad.abs().sum(1).nonzero().flatten().tolist()
    assert set(rows) <= told
    blind = replace(batch, words=None, states=None)
    assert learner.loss(blind, 0.5).item() != learner.loss(batch, 0.5).item()


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


def test_tasks_of_one_word_are_found_by_their_length():
    batch = GridSuite(side=4).draw("train", 0, 12, 3, seed=0)
    single = batch.of_one_word()
    assert 0 < len(single) < len(batch)
    assert single.names == tuple(name for name in batch.names if ", " not in name)
    assert replace(batch, words=None).of_one_word().names == batch.names


def test_every_step_is_a_task_of_its_own():
    batch = GridSuite(side=4).draw("train", 0, 12, 3, seed=0)
    steps, task, place = batch.steps()
    assert len(steps) == len(task) == int((batch.words >= 0).sum())
    for index, (whose, at) in enumerate(zip(task.tolist(), place.tolist(), strict=True)):
        assert torch.equal(steps.inputs[index], batch.states[whose, :, at])
        last = at == int((batch.words[whose] >= 0).sum()) - 1
        assert not last or torch.equal(steps.outputs[index], batch.outputs[whose])
    with pytest.raises(ValueError, match="not known"):
        replace(batch, states=None).steps()


@pytest.mark.parametrize("told", ["nothing", "states"])
def test_words_without_names_never_read_which_word_is_true(told, setting):
    suite = GridSuite(side=4)
    silent = replace(setting, canvas=None, codebook=40, traced_until=0.8).telling(told)
    batch = suite.draw("train", 0, 12, 3, seed=0)
    others = replace(batch, words=batch.words.where(batch.words < 0, (batch.words + 5) % 24))
    losses = []
    for examples in (batch, others):
        torch.manual_seed(0)
        learner = BY_NAME["nli"].build(silent)
        losses.append(learner.loss(examples, 0.5))
    assert losses[0].item() == losses[1].item()
    losses[0].backward()
    assert learner.stated == (told == "states")


def test_dreams_are_programs_of_own_words(setting, monkeypatch):
    learner = BY_NAME["nli"].build(replace(setting, traced_until=0.8).telling("nothing"))
    assert learner.dreamt == 2
    taught = []
    monkeypatch.setattr(learner, "naming_loss", lambda tasks, programs: taught.append((tasks, programs)))
    batch = SUITES["comp-i"].draw("train", 0, 30, 2, seed=0)
    learner.dream_loss(batch)
    ((dreams, programs),) = taught
    words, skip = programs.argmax(-1), learner.inductor.config.skip
    assert (words[:, 0] != skip).all()
    assert 0 < int((words[:, 1] == skip).sum()) < 30
    made = learner.run_hard(batch.inputs[0], words[:1].expand(2, -1), CANVAS)
    assert torch.equal(made, dreams.outputs[0])


def test_with_states_every_step_is_tried_and_the_whole_program_taught(setting, monkeypatch):
    silent = replace(setting, canvas=None, traced_until=0.8).telling("states")
    learner = BY_NAME["nli"].build(silent)
    batch = GridSuite(side=4).draw("train", 0, 12, 3, seed=0)
    seen = {}

    def tried(tasks, progress):
        seen["steps"] = tasks
        found = torch.arange(len(tasks)) % 7
        return torch.nn.functional.one_hot(found, 8).float(), torch.zeros(())

    monkeypatch.setattr(learner, "tried", tried)
    monkeypatch.setattr(learner, "naming_loss", lambda tasks, programs: seen.update(taught=programs) or 0.0)
    learner.loss(batch, 0.5)
    steps, task, place = batch.steps()
    assert torch.equal(seen["steps"].inputs, steps.inputs)
    words = seen["taught"].argmax(-1)
    assert torch.equal(words[task, place], torch.arange(len(steps)) % 7)
    assert int((words == 7).sum()) == 2 * len(batch) - len(steps)

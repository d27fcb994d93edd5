from __future__ import annotations

from dataclasses import replace

import pytest
import torch

from solver.lab.baselines.ascent import ascend, resample
from solver.lab.baselines.in_context import TuningPlan, permuted_views
from solver.lab.baselines.learner import Effort, Learner
from solver.lab.bench.fit import FitPlan, OutOfTime, fit_or_load, read_facts
from solver.lab.bench.methods import METHODS, no_search
from solver.lab.bench.report import Cell, costs, markdown
from solver.lab.bench.runs import Pool, one_by_one, work_off
from solver.lab.bench.score import answered, judge, read_scores, score_rows
from solver.lab.bench.settings import SETTINGS, WIDE
from solver.lab.bench.tasks import SUITES
from solver.words.errors import UsageError

BY_NAME = {method.name: method for method in METHODS}
SUITE = SUITES["comp-i"]
PLAN = FitPlan(steps=3, tasks=2, pairs=3, warmup=2, check_every=1)


def draw(step):
    return SUITE.draw("train", step, 2, 3, seed=0)


def train(setting, path, plan=PLAN, **how):
    torch.manual_seed(0)
    learner = BY_NAME["nli"].build(setting)
    facts = fit_or_load(learner, draw, plan, seed=0, path=path, say=lambda line: None, **how)
    return learner, facts


def test_a_run_cut_off_after_every_step_ends_where_one_in_a_single_go_does(setting, tmp_path):
    whole, facts = train(setting, tmp_path / "whole.safetensors")
    calls = 1
    while True:
        try:
            parts, same = train(setting, tmp_path / "parts.safetensors", stop_at=0.0)
            break
        except OutOfTime:
            calls += 1
            assert read_facts(tmp_path / "parts.safetensors", PLAN) is None
    assert calls == PLAN.steps
    for name, value in whole.state_dict().items():
        assert torch.equal(value, parts.state_dict()[name]), name
    assert same["steps"] == facts["steps"] == 3
    assert same["examples"] == 3 * 2 * 3
    assert same["on"] == {"cpu": 3}
    assert not (tmp_path / "parts.part.safetensors").exists()


def test_training_ends_when_the_tasks_are_learned_and_a_higher_cap_goes_on(setting, tmp_path):
    path = tmp_path / "run.safetensors"
    looks = []

    def never(learner):
        looks.append(learner)
        return 0.5

    _, facts = train(setting, path, replace(PLAN, most=5), judge=never)
    assert (facts["steps"], facts["learned"], len(looks)) == (5, False, 3)
    assert facts["checks"] == [(3, 0.5), (4, 0.5), (5, 0.5)]
    _, facts = train(setting, path, replace(PLAN, most=5), judge=never)
    assert len(looks) == 3
    _, facts = train(setting, path, replace(PLAN, most=9), judge=lambda learner: 0.95)
    assert (facts["steps"], facts["learned"]) == (6, True)
    _, facts = train(setting, path, replace(PLAN, most=20), judge=never)
    assert (facts["steps"], len(looks)) == (6, 3)
    with pytest.raises(UsageError, match="another plan"):
        train(setting, path, replace(PLAN, learning_rate=0.5))


class Half(Learner):
    """Copies the query; a search of it counts the tasks it was asked about."""

    def __init__(self):
        super().__init__()
        self.asked = 0

    def predict(self, demonstrations, queries):
        return torch.full_like(queries, 9)

    def search(self, demonstrations, queries, effort, seed):
        self.asked += len(queries)
        return queries


def same_and_other(right):
    """Ten tasks, of which the first `right` are answered by the query itself."""
    tasks = SUITE.draw("test", 0, 10, 3, seed=0)
    outputs = (tasks.inputs + 1) % 10
    outputs[:right] = tasks.inputs[:right]
    return replace(tasks, outputs=outputs)


def test_judging_looks_no_further_than_needed():
    learner = Half()
    assert judge(learner, same_and_other(10), Effort(), 0.85, 0) == 1.0
    assert learner.asked == 10
    learner = Half()
    assert judge(learner, same_and_other(3), Effort(), 0.85, 0) == pytest.approx(3 / 5)
    assert learner.asked == 5
    assert judge(learner, same_and_other(10), None, 0.85, 0) == 0.0


def test_scoring_goes_on_with_the_task_it_stopped_before(tmp_path):
    tasks, path, learner = same_and_other(4), tmp_path / "scores.json", Half()
    rows = BY_NAME["nli"].rows[:2]
    for _ in range(50):
        try:
            scores = score_rows(rows, learner, {"in": tasks}, Effort(), seed=0, path=path, stop_at=0.0)
            break
        except OutOfTime:
            pass
    assert learner.asked == 10
    assert scores[rows[1].label]["in"] == read_scores(path)[rows[1].label]["in"] == 0.4
    assert scores[rows[0].label]["in"] == 0.0
    with pytest.raises(UsageError, match="another effort"):
        score_rows(rows, learner, {"in": tasks}, Effort(starts=3), seed=0, path=path)


def test_a_search_does_not_depend_on_the_tasks_before_it(setting):
    learner = BY_NAME["nli"].build(setting).requires_grad_(False)
    tasks = SUITE.draw("test", 0, 4, 3, seed=0)
    effort = Effort(steps=2, starts=3)
    assert list(answered(learner, tasks, effort, 0))[2:] == list(answered(learner, tasks, effort, 0, first=2))


class Counting:
    """Counts calls; nothing it is shown is exact."""

    def __init__(self):
        self.calls = 0

    def loss(self, latents, progress):
        self.calls += 1
        return latents.square().sum(-1)

    def check(self, latents):
        self.calls += 2
        return torch.ones(len(latents), dtype=torch.long), latents.square().sum(-1)


@pytest.mark.parametrize("steps", [0, 1, 10, 20, 25])
def test_without_gradient_as_many_calls_are_made_and_the_best_is_kept(steps):
    effort, moved, blind = Effort(steps=steps, starts=4), Counting(), Counting()
    starts = [torch.randn(4, 3) for _ in range(40)]
    list(ascend(starts[0], moved, effort, 0.1))
    found = list(resample(lambda index: starts[index], blind, effort))
    assert moved.calls <= blind.calls <= moved.calls + 1
    tried = torch.cat(starts[: len(found)])
    assert torch.equal(found[-1].latent, tried[tried.square().sum(-1).argmin()])


@pytest.mark.parametrize("name", ["lpn", "dlpn", "nli"])
def test_a_blind_search_asks_for_no_gradient(name, setting, monkeypatch):
    learner = BY_NAME[name].build(setting).requires_grad_(False)
    tasks, queries, _ = SUITE.draw("test", 0, 2, 3, seed=0).split()
    monkeypatch.setattr(torch.autograd, "grad", None)
    assert learner.search(tasks, queries, Effort(12, 3, blind=True), 0).shape == queries.shape
    with pytest.raises(TypeError):
        learner.search(tasks, queries, Effort(12, 3), 0)


def test_soft_programs_are_judged_and_run_softly(setting):
    learner = BY_NAME["nli"].build(setting).requires_grad_(False)
    tasks, queries, _ = SUITE.draw("test", 0, 1, 3, seed=0).split()
    effort = Effort(steps=0, starts=1, soft=True)
    state = learner.run_soft(queries, learner.induce(tasks), tasks.canvas)
    torch.testing.assert_close(state.sum(-1), torch.ones(1, 20))
    expected = state[..., :10].argmax(-1)
    answer = learner.search(tasks, queries, effort, 0)
    inside = answer != 10
    assert torch.equal(answer[inside], expected[inside])
    found = list(learner.iterates(tasks, effort, 0))[-1]
    made = learner.run_soft(tasks.inputs[0], learner.induce(tasks).expand(2, -1, -1), tasks.canvas)
    assert found.wrong >= int((made[..., :10].argmax(-1) != tasks.outputs[0]).sum())


def test_named_words_are_told_in_training_alone(setting):
    for name in ("icl", "lpn", "dlpn"):
        learner = BY_NAME[name].build(replace(setting, named=(name,)))
        batch = SUITE.draw("train", 0, 6, 3, seed=0)
        blind = replace(batch, words=None, states=None)
        losses = []
        for examples in (batch, blind):
            torch.manual_seed(0)
            losses.append(learner.loss(examples, 0.9).item())
        assert losses[0] != losses[1], name
        tasks, queries, _ = blind.split()
        assert learner.predict(tasks, queries).shape == queries.shape


def test_telling_changes_only_the_methods_that_hear_something_else():
    usual = SETTINGS["shift-l"]
    nothing, words = usual.telling("nothing"), usual.telling("words")
    changed = {n for n in BY_NAME if nothing.heard_by(n) != usual.heard_by(n)}
    assert changed == {"icl", "lpn"}
    assert {n for n in BY_NAME if words.heard_by(n) != usual.heard_by(n)} == {"dlpn", "nli"}
    grids = SETTINGS["grids"].telling("nothing")
    assert grids.traced_until == 0
    assert grids.anneal.tried_until > 0


def test_tuning_sees_other_colours_only_where_they_change_nothing():
    task = SUITE.draw("test", 0, 1, 3, seed=0)
    views = permuted_views(task, 1, torch.Generator().manual_seed(0))
    assert torch.equal(views.inputs, task.inputs)
    assert not TuningPlan().recolour
    recoloured = {name for name, setting in SETTINGS.items() if setting.recolour}
    assert recoloured == {"shift-l", "shift-p", "shift-l-wide", "shift-p-wide"}
    for name in recoloured:
        suite = SUITES[WIDE.get(name, name)]
        table = torch.randperm(10)
        inputs = torch.randint(10, (3, 20))
        for operation in suite.inside:
            after = torch.from_numpy(operation.function(inputs.numpy()))
            assert torch.equal(torch.from_numpy(operation.function(table[inputs].numpy())), table[after])


def test_a_cell_counts_only_seeds_that_learned():
    table = {"LPN": {"in": Cell((0.5, 0.9)), "out": Cell((0.2, 0.6), (False, True))}}
    assert "| LPN | 0.70 ± 0.28 | 0.60 (1 of 2 learned) |" in markdown(table, ["in", "out"])
    assert str(Cell((0.2, 0.6), (False, False))) == "not learned"
    run = {"suite": "comp-i", "method": "lpn", "examples": 9600, "processor": 3.0, "seconds": 4.0}
    runs = [{**run, "steps": 100, "checks": [(100, 0.9)]}, {**run, "steps": 200, "checks": []}]
    assert "| comp-i, lpn | 100 / 200 | 9600 | 3 | 4 | 0.90 / – |" in costs(runs)


class Note:
    """A unit that writes down where it ran; other processes need it at the top of a module."""

    def __init__(self, folder, name, light=True, follows=()):
        self.folder, self.name, self.light, self.follows = folder, name, light, follows

    def __call__(self, device):
        if self.name == "broken":
            raise RuntimeError("out of memory")
        (self.folder / self.name).write_text(device.type)
        return True

    def then(self):
        return [Note(self.folder, name) for name in self.follows]


def test_units_are_worked_off_with_what_follows_from_them(tmp_path):
    units = [Note(tmp_path, "a", follows=["b", "c"]), Note(tmp_path, "d", light=False)]
    one_by_one(units, torch.device("cpu"), stop_at=0.0)
    assert list(tmp_path.iterdir()) == []
    one_by_one(units, torch.device("cpu"), stop_at=float("inf"))
    assert sorted(p.name for p in tmp_path.iterdir()) == ["a", "b", "c", "d"]
    folder = tmp_path / "pools"
    folder.mkdir()
    heavy = [Note(folder, name, light=False) for name in ("a", "broken", "b", "c")]
    pools = [Pool(torch.device("meta"), 1), Pool(torch.device("cpu"), 1)]
    failed = work_off([*heavy, Note(folder, "d", follows=["e"])], pools, float("inf"))
    assert [str(error) for error in failed] == ["out of memory"]
    assert {p.name: p.read_text() for p in folder.iterdir()} == {
        "a": "meta",
        "b": "meta",
        "c": "meta",
        "d": "cpu",
        "e": (folder / "e").read_text(),
    }


def test_rows_without_search_answer_all_tasks_at_once():
    rows = [row for row in BY_NAME["nli"].rows if row.reading is no_search]
    assert [row.label for row in rows] == ["NLI, inductor only"]
    others = [method.name for method in METHODS for row in method.rows if row.extra]
    assert set(others) == {"nli"}

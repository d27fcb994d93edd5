"""Training resumes exactly, files are checked, meanings are measured."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import torch

from solver.nli.checkpoint import load_model, save_model
from solver.nli.config import TrainConfig
from solver.nli.learned import LearnedLanguage, load_learned
from solver.nli.model import NLI, one_hot, to_grids
from solver.training.batches import Batch, BatchSource, Vocabulary, pack
from solver.training.meaning import meanings, probe_grids
from solver.training.mixture import Mixture
from solver.training.objective import Anneal, Losses, Objective, expected_words_used, leave_one_out
from solver.training.trainer import Trainer
from solver.training.validate import validate, validate_all
from solver.words.errors import CheckpointError, UsageError
from tests.solver.conftest import TINY, TINY_PLAN

CPU = torch.device("cpu")
NAMED_ALONE = replace(TINY_PLAN, inductor_alone=True, mix_tasks=0.0, mix_composed=0.0, mix_steps=0.0)


def test_resuming_goes_on_exactly(tmp_path: Path) -> None:
    plan = replace(TINY_PLAN, cells=256)
    straight = Trainer(tmp_path / "straight", TINY, plan, CPU)
    for _ in range(6):
        straight.one_step()
    broken = Trainer(tmp_path / "broken", TINY, plan, CPU)
    for _ in range(3):
        broken.one_step()
    broken.save({})
    resumed = Trainer.resume(tmp_path / "broken", CPU)
    for _ in range(3):
        resumed.one_step()
    for name in ("model", "average"):
        wanted, got = getattr(straight, name).state_dict(), getattr(resumed, name).state_dict()
        for key, value in wanted.items():
            assert torch.equal(value, got[key]), (name, key)
    assert resumed.examples == straight.examples > 0


def test_resuming_may_change_the_plan(tmp_path: Path) -> None:
    Trainer(tmp_path, TINY, replace(TINY_PLAN, cells=256), CPU).save({})
    resumed = Trainer.resume(tmp_path, CPU, {"rich": 0.5, "steps": 900})
    assert resumed.plan == replace(TINY_PLAN, cells=256, rich=0.5, steps=900)


def test_the_learning_rate_warms_up_and_falls_to_a_hundredth(tmp_path: Path) -> None:
    plan = replace(TINY_PLAN, cells=256, steps=1000, warmup=100, learning_rate=2e-3)
    trainer = Trainer(tmp_path, TINY, plan, CPU)
    rates = {}
    for step in (0, 49, 99, 500, 1000):
        trainer.step = step
        rates[step] = trainer._learning_rate() / plan.learning_rate
    assert rates[0] == pytest.approx(0.01, rel=1e-3)
    assert rates[49] == pytest.approx(0.5, rel=0.02)
    assert rates[99] == pytest.approx(1.0, rel=0.05)
    assert rates[500] == pytest.approx(0.505, rel=1e-3)
    assert rates[1000] == pytest.approx(0.01, rel=1e-3)


def test_canvases_grow_from_the_first_side_to_the_last() -> None:
    plan = replace(TINY_PLAN, first_side=5, last_side=20, growth=0.5)
    source = BatchSource(TINY, plan)
    sides = {}
    for progress in (0.0, 0.25, 0.5, 1.0):
        drawn = [source.canvas(np.random.default_rng(seed), progress)[0] for seed in range(300)]
        sides[progress] = min(map(min, drawn)), max(map(max, drawn))
    assert sides == {0.0: (4, 5), 0.25: (4, 12), 0.5: (4, 20), 1.0: (4, 20)}


def test_ponder_costs_words_that_are_not_skip() -> None:
    plan = replace(TINY_PLAN, cells=256, bootstrap=False, families=("shift",), depth_two=0.0, reuse=0.0)
    model, anneal = NLI(TINY), Anneal.at(0.0, plan)
    batch = BatchSource(TINY, plan).draw(1)
    free, costly = (Objective(model, replace(plan, ponder=ponder))(batch, anneal) for ponder in (0.0, 0.5))
    assert 0 < free.length <= batch.longest
    assert costly.total.item() == pytest.approx(free.total.item() + 0.5 * free.length, rel=1e-5)


def test_resuming_without_a_run_says_what_is_missing(tmp_path: Path) -> None:
    with pytest.raises(CheckpointError, match=r"model\.json"):
        Trainer.resume(tmp_path, CPU)


def test_leave_one_out_leaves_one_out() -> None:
    embedding = torch.tensor([1.0, 2.0, 6.0]).view(1, 3, 1, 1)
    assert leave_one_out(embedding).flatten().tolist() == [4.0, 3.5, 1.5]


def test_expected_words_used_counts_distinct_words() -> None:
    program = torch.eye(8)[[0, 0, 3]].view(1, 3, 8)
    assert expected_words_used(program).item() == pytest.approx(2, abs=1e-3)


@pytest.mark.parametrize("traced", [True, False])
@pytest.mark.parametrize("depth", [1, 2])
def test_objective_is_finite_and_differentiable(traced: bool, depth: int) -> None:
    plan = replace(TINY_PLAN, cells=256, depth_two=0.0 if depth == 2 else 2.0)
    model = NLI(TINY)
    batch = BatchSource(TINY, plan).draw(1, traced)
    losses = Objective(model, plan)(batch, Anneal.at(0.8, plan))
    losses.total.backward()
    assert losses.total.isfinite()
    assert model.executor.codes.grad is not None
    assert model.executor.codes.grad.isfinite().all()


def test_a_plan_for_the_inductor_alone_leaves_the_executor_as_it_is(tmp_path: Path) -> None:
    plan = replace(NAMED_ALONE, warmup=1)
    trainer = Trainer(tmp_path, TINY, plan, CPU)
    before = {name: value.clone() for name, value in trainer.model.state_dict().items()}
    for _ in range(3):
        losses = trainer.one_step()
        assert losses.words > 0
        assert losses.trace == losses.end_to_end == 0
    moved = {name for name, value in trainer.model.state_dict().items() if not value.equal(before[name])}
    assert moved
    assert all(name.startswith("inductor.") for name in moved)


def test_the_inductor_alone_refuses_batches_without_named_words() -> None:
    refused = [{"mix_steps": 0.1}, {"mix_tasks": 0.1}, {"mix_composed": 0.1}, {"bootstrap": False}]
    for change in refused:
        with pytest.raises(UsageError, match="inductor-alone needs batches with named words"):
            Mixture(TINY, replace(NAMED_ALONE, **change))


def test_annealing_runs_between_its_ends() -> None:
    start, end = Anneal.at(0.0, TrainConfig()), Anneal.at(1.0, TrainConfig())
    assert (start.code_temperature, start.noise) == (1.5, 0.0)
    assert (end.code_temperature, end.noise) == (0.5, 1.0)


def test_free_families_are_never_named() -> None:
    plan = replace(TINY_PLAN, families=("shift", "roll"), free_families=("roll",))
    vocabulary = Vocabulary(TINY, plan)
    assert vocabulary.names == ["shift up", "shift down", "shift left", "shift right"]
    batch = BatchSource(TINY, replace(plan, cells=4096)).draw(0)
    assert 0 < int(batch.named.sum()) < len(batch.named)


def test_every_task_of_the_data_may_have_a_row_after_the_operations() -> None:
    plan = replace(TINY_PLAN, task_rows=True)
    vocabulary = Vocabulary(TINY, plan, ["a", "b"])
    assert vocabulary.names[-2:] == ["as in a", "as in b"]
    assert (vocabulary.task_row("a"), vocabulary.task_row("b")) == (4, 5)
    assert Vocabulary(TINY, TINY_PLAN, ["a"]).task_row("a") == -1
    with pytest.raises(UsageError, match="do not fit a codebook of 8"):
        Vocabulary(TINY, plan, [str(number) for number in range(4)])


def test_longer_programs_join_late_and_no_longer_than_the_plan_says() -> None:
    plan = replace(TINY_PLAN, depth_two=0.1, depth_three=0.2, depth_more=0.5, longest=5)
    source, rng = BatchSource(TINY, plan), np.random.default_rng(0)
    depths = {at: {source.depth(rng, at) for _ in range(300)} for at in (0.0, 0.3, 0.6)}
    assert depths == {0.0: {1}, 0.3: {1, 2, 3}, 0.6: {1, 2, 3, 4, 5}}


def test_a_program_shown_midway_keeps_its_last_states_and_words() -> None:
    source = BatchSource(TINY, replace(TINY_PLAN, depth_two=0.0, depth_three=0.0))
    tasks = [source.curriculum.draw(np.random.default_rng(seed), 3, 2, (4, 4)) for seed in range(40)]
    rows = source.rows(tasks, source.curriculum)
    batch = pack(tasks, rows, (4, 4), TINY, np.random.default_rng(1), midway=1.0)
    assert set(batch.depth.tolist()) == {1, 2, 3}
    for index, (task, row) in enumerate(zip(tasks, rows, strict=True)):
        left = int(batch.depth[index])
        assert batch.words[index, :left].tolist() == row[3 - left :]
        for pair, states in enumerate(task.examples):
            first, last = (to_grids(batch.states[index, pair, t][None], (4, 4))[0] for t in (0, left))
            assert np.array_equal(first, states[3 - left])
            assert np.array_equal(last, states[3])


def test_a_batch_holds_no_more_tasks_than_the_plan_allows() -> None:
    plan = replace(TINY_PLAN, cells=100_000, most_tasks=9)
    assert len(BatchSource(TINY, plan).draw(0).states) == 9


def test_by_the_clock_the_learning_rate_falls_with_the_time(tmp_path: Path) -> None:
    trainer = Trainer(tmp_path, TINY, replace(TINY_PLAN, clock=2.0, warmup=1), CPU)
    assert trainer._learning_rate() == pytest.approx(TINY_PLAN.learning_rate)
    trainer.seconds = 60.0
    assert trainer._learning_rate() == pytest.approx(0.505 * TINY_PLAN.learning_rate)
    trainer.step = 10 * TINY_PLAN.steps
    assert not trainer.done
    trainer.seconds = 120.0
    assert trainer.done
    assert trainer._learning_rate() == pytest.approx(0.01 * TINY_PLAN.learning_rate)


def test_a_gradient_that_is_not_finite_moves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    trainer = Trainer(tmp_path, TINY, replace(TINY_PLAN, cells=256), CPU)
    trainer.one_step()
    before = [parameter.clone() for parameter in trainer.model.parameters()]

    def spoilt(batch: Batch, anneal: Anneal) -> Losses:
        return Losses(sum(p.sum() for p in trainer.model.parameters()) * float("nan"))

    monkeypatch.setattr(trainer, "objective", spoilt)
    trainer.one_step()
    assert trainer.lost == 1
    for ours, theirs in zip(before, trainer.model.parameters(), strict=True):
        assert torch.equal(ours, theirs)
    for _ in range(48):
        trainer.one_step()
    with pytest.raises(CheckpointError, match="no gradient was finite"):
        trainer.one_step()


def test_without_bootstrapping_nothing_is_named() -> None:
    batch = BatchSource(TINY, replace(TINY_PLAN, bootstrap=False)).draw(0, traced=False)
    assert not batch.named.any()


def test_validation_tasks_are_not_training_tasks() -> None:
    scores, used = validate(NLI(TINY), TINY_PLAN, depth=1, side=4, batches=1)
    assert set(scores) == {"all", "shift"}
    assert 1 <= used <= TINY.codebook
    source = BatchSource(TINY, TINY_PLAN)
    other = BatchSource(TINY, replace(TINY_PLAN, seed=TINY_PLAN.seed + 1))
    assert not torch.equal(source.draw(0).states.flatten()[:500], other.draw(0).states.flatten()[:500])


def test_validation_leaves_out_programs_longer_than_the_slots() -> None:
    two_slots = NLI(replace(TINY, slots=2))
    columns = validate_all(two_slots, replace(TINY_PLAN, last_side=4))
    assert list(columns) == ["depth 1, side 4", "depth 1, side 4, rich", "depth 2, side 4"]


def test_learned_words_mean_what_they_were_taught(tiny: LearnedLanguage) -> None:
    found = meanings(tiny.language.words, TINY_PLAN.last_side)
    for row, name in enumerate(["shift up", "shift down", "shift left", "shift right"]):
        assert found[f"w{row}"].operation == name
    assert [max(sides) for sides in zip(*(grid.shape for grid in probe_grids(8)), strict=True)] == [8, 8]
    assert len(probe_grids()) == len({grid.tobytes() for grid in probe_grids()})
    assert tiny.about["meanings"]["w0"]["operation"] == "shift up"
    assert tiny.about["bootstrapped"] == ["shift up", "shift down", "shift left", "shift right"]


def test_the_fingerprint_follows_the_weights(tiny: LearnedLanguage, tmp_path: Path) -> None:
    save_model(tiny.model, tmp_path / "same.safetensors", {})
    changed = NLI(TINY)
    save_model(changed, tmp_path / "other.safetensors", {})
    same, other = (load_learned("cpu", tmp_path / f"{n}.safetensors").language for n in ("same", "other"))
    assert same.fingerprint == tiny.language.fingerprint
    assert other.fingerprint != tiny.language.fingerprint


def test_damaged_weights_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "m.safetensors"
    save_model(NLI(TINY), path, {})
    about = json.loads(path.with_suffix(".json").read_text())
    path.with_suffix(".json").write_text(json.dumps(about | {"config": {"sloths": 3}}))
    with pytest.raises(CheckpointError, match=r"config\.sloths is unknown"):
        load_model(path)
    path.with_suffix(".json").write_text(json.dumps(about | {"config": about["config"] | {"width": 64}}))
    with pytest.raises(CheckpointError, match=r"m\.safetensors: .* is 48, expected 64 as m\.json says"):
        load_model(path)
    path.with_suffix(".json").write_text("not json")
    with pytest.raises(CheckpointError, match=r"m\.json: .* is not JSON"):
        load_model(path)
    path.write_bytes(b"\x80\x04 pickled")
    path.with_suffix(".json").write_text(json.dumps(about))
    with pytest.raises(CheckpointError, match=r"m\.safetensors"):
        load_model(path)


def test_a_run_begins_from_earlier_weights_and_a_new_convolution_changes_nothing(tmp_path: Path) -> None:
    first = Trainer(tmp_path / "first", TINY, TINY_PLAN, CPU)
    first.save({})
    weights = tmp_path / "first" / "model.safetensors"
    later = Trainer(tmp_path / "later", replace(TINY, convolution=3), replace(TINY_PLAN, seed=7), CPU)
    cells, canvas = torch.randint(0, 10, (2, 9)), (3, 3)
    word = torch.eye(TINY.codebook)[[0, 1]]
    expected = first.model.executor(one_hot(cells), word, canvas)
    assert not torch.allclose(later.model.executor(one_hot(cells), word, canvas), expected)
    later.begin_from(weights)
    for model in (later.model, later.average):
        assert torch.allclose(model.executor(one_hot(cells), word, canvas), expected, atol=1e-5)
    later.save({})
    trained = load_model(tmp_path / "later" / "model.safetensors")[1]["trained"]
    assert (trained["plan"]["seed"], trained["begun_from"]["plan"]["seed"]) == (7, TINY_PLAN.seed)
    assert Trainer.resume(tmp_path / "later", CPU).begun_from == trained["begun_from"]
    with pytest.raises(CheckpointError, match="expected weights of this run's shape"):
        Trainer(tmp_path / "wide", replace(TINY, width=2 * TINY.width), TINY_PLAN, CPU).begin_from(weights)
    plan = replace(TINY_PLAN, families=("symmetry",))
    with pytest.raises(CheckpointError, match="other words"):
        Trainer(tmp_path / "other", TINY, plan, CPU).begin_from(weights)

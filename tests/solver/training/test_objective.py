"""The objective, part by part, against the same sums written out task by task."""

from __future__ import annotations

from dataclasses import replace

import pytest
import torch
from torch.nn import functional as F

from solver.nli.config import TrainConfig
from solver.nli.model import NLI, one_hot
from solver.training.batches import Batch, BatchSource
from solver.training.objective import Anneal, Objective
from tests.solver.conftest import TINY, TINY_PLAN

PLAN = replace(TINY_PLAN, cells=640, reuse=0.0, ponder=0.0)
CALM = Anneal(code_temperature=0.7, state_temperature=0.9, noise=0.0, unroll_noise=0.0)


@pytest.fixture
def model() -> NLI:
    torch.manual_seed(0)
    return NLI(TINY)


def batch_of(longest: int, *, traced: bool = False, free: bool = False) -> Batch:
    plan = replace(PLAN, depth_two=0.0 if longest > 1 else 2.0, depth_three=2.0, bootstrap=not free)
    batch = BatchSource(TINY, plan).draw(3, traced)
    assert batch.longest == longest
    return batch


def logits_without(model: NLI, batch: Batch, task: int, pair: int) -> torch.Tensor:
    """Word logits (slots, K) of a task as guessed from its other pairs."""
    states = batch.states[task]
    others = [i for i in range(len(states)) if i != pair]
    read = [
        model.inductor(one_hot(states[i : i + 1, 0]), one_hot(states[i : i + 1, -1]), batch.canvas)[0]
        for i in others
    ]
    return model.inductor.logits(torch.stack(read).mean(0))


@torch.no_grad()
def test_words_are_those_of_the_true_program_guessed_from_the_other_pairs(model: NLI) -> None:
    batch = batch_of(2)
    assert bool(batch.named.all())
    tasks, pairs = batch.states.shape[:2]
    expected = torch.stack(
        [
            F.cross_entropy(logits_without(model, batch, task, pair), batch.words[task])
            for task in range(tasks)
            for pair in range(pairs)
        ]
    ).mean()
    losses = Objective(model, PLAN)(batch, CALM)
    assert losses.words == pytest.approx(expected.item(), rel=1e-3)
    assert losses.total.item() == pytest.approx(losses.words + losses.end_to_end, rel=1e-5)


@torch.no_grad()
def test_a_trace_is_the_step_after_the_true_state_under_its_word(model: NLI) -> None:
    batch = batch_of(2, traced=True)
    sums = []
    for task in range(len(batch.states)):
        step = int(batch.step[task])
        assert 0 <= step < int(batch.depth[task])
        word = F.one_hot(batch.words[task, step], TINY.codebook).float()[None]
        for states in batch.states[task]:
            logits = model.executor(one_hot(states[step : step + 1]), word, batch.canvas)[0]
            sums.append(F.cross_entropy(logits, states[step + 1]))
    losses = Objective(model, PLAN)(batch, CALM)
    assert {int(step) for step in batch.step} == {0, 1}
    assert losses.trace == pytest.approx(torch.stack(sums).mean().item(), rel=1e-3)
    assert losses.total.item() == pytest.approx(losses.words + losses.trace, rel=1e-5)


@torch.no_grad()
@pytest.mark.parametrize("longest", [1, 2])
def test_end_to_end_is_the_likelihood_of_the_output_left_out(model: NLI, longest: int) -> None:
    batch = batch_of(longest, free=True)
    tasks, pairs = batch.states.shape[:2]
    sums, lengths, programs = [], [], []
    for task in range(tasks):
        for pair in range(pairs):
            logits = logits_without(model, batch, task, pair)[:longest]
            if longest == 1:
                logits[:, TINY.skip] = -torch.inf  # a single word that copies is never right
            program = (logits / CALM.code_temperature).softmax(-1)
            start = one_hot(batch.states[task, pair : pair + 1, 0])
            final = model.run(start, program[None], batch.canvas, CALM.state_temperature)[-1]
            sums.append(-model.log_likelihood(final, batch.states[task, pair : pair + 1, -1]).mean())
            lengths.append((1 - program[:, TINY.skip]).sum())
            programs.append(program)
    losses = Objective(model, PLAN)(batch, CALM)
    assert losses.end_to_end == pytest.approx(torch.stack(sums).mean().item(), rel=1e-3)
    assert losses.length == pytest.approx(torch.stack(lengths).mean().item(), rel=1e-3)
    # A word is used unless no slot of any program takes it.
    used = (1 - (1 - torch.cat(programs)).prod(0)).sum().item()
    assert losses.used == pytest.approx(used, rel=1e-2)
    assert losses.total.item() == pytest.approx(losses.end_to_end, rel=1e-5)
    costly = Objective(model, replace(PLAN, reuse=0.25))(batch, CALM)
    assert costly.total.item() == pytest.approx(losses.total.item() + 0.25 * losses.used, rel=1e-4)


def test_the_anneal_is_a_line_from_end_to_end_and_noise_comes_late() -> None:
    plan = TrainConfig(code_temperature=(1.5, 0.5), state_temperature=(2.0, 1.0), noise_from=0.5)
    middle = Anneal.at(0.25, plan)
    assert (middle.code_temperature, middle.state_temperature) == (1.25, 1.75)
    assert Anneal.at(0.5, plan).noise == Anneal.at(0.1, plan).noise == 0
    late = Anneal.at(0.7, plan)
    assert late.noise == late.unroll_noise == pytest.approx(0.5)
    assert Anneal.at(0.9, plan).noise == pytest.approx(1)
    assert Anneal.at(0.95, plan).noise == 1
    beyond = Anneal.at(1.5, plan)
    assert (beyond.code_temperature, beyond.state_temperature, beyond.noise) == (0.5, 1.0, 1)


@torch.no_grad()
def test_noise_changes_programs_and_states(model: NLI) -> None:
    batch, objective = batch_of(2, free=True), Objective(model, PLAN)

    def end_to_end(noise: float, unroll: float, seed: int) -> float:
        torch.manual_seed(seed)
        return float(objective(batch, replace(CALM, noise=noise, unroll_noise=unroll)).end_to_end)

    assert end_to_end(0, 0, 1) == end_to_end(0, 0, 2)
    assert end_to_end(1, 0, 1) != end_to_end(1, 0, 2)
    assert end_to_end(0, 1, 1) != end_to_end(0, 1, 2)
    assert end_to_end(1, 1, 1) == end_to_end(1, 1, 1)

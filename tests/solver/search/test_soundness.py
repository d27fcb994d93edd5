"""Every part of the search does what it is there for: each test fails when that part is taken away."""

from __future__ import annotations

import math
from dataclasses import replace
from itertools import pairwise

import numpy as np
import pytest
import torch
from torch.nn import functional as F

from puzzles.grid import as_grid
from puzzles.puzzle import Pair, Puzzle
from solver.nli import model as model_module
from solver.nli.config import ModelConfig, SearchConfig, TrainConfig
from solver.nli.learned import LearnedLanguage, learned_words
from solver.nli.model import NLI, one_hot
from solver.search import best_first as best_first_module
from solver.search.adam import Adam
from solver.search.best_first import Node, OrderConfig, _Frontier, _State, best_first, root, wrong_shares
from solver.search.problem import Problem
from solver.search.refine import refine
from solver.search.repair import RepairConfig, one_more_word, repair
from solver.search.tuning import TuneConfig, tune
from solver.training import validate as validation
from solver.training.mixture import Mixture
from solver.words.program import Language, Outcome, Program, Trace
from solver.words.results import Attempt, Candidate, Solution

SMALL = ModelConfig(
    slots=2, codebook=6, width=16, heads=2, expansion=2, inductor_layers=1, executor_layers=1, code_width=8
)
STILL = SearchConfig(
    starts=4,
    steps=30,
    noise=0.0,
    code_temperature=(1.0, 1.0),
    state_temperature=(1.0, 1.0),
    learning_rate=0.05,
)
"""Neither noise nor a change of temperature: only the gradient moves the loss."""


@pytest.fixture
def untrained() -> LearnedLanguage:
    torch.manual_seed(0)
    model = NLI(SMALL).eval().requires_grad_(False)
    return LearnedLanguage(model, Language(learned_words(model, {}), "untrained"), {})


@pytest.fixture
def problem(untrained: LearnedLanguage) -> Problem:
    rng = np.random.default_rng(0)
    grids = [as_grid(rng.integers(0, 10, (3, 3))) for _ in range(6)]
    pairs = tuple(Pair(given, wanted) for given, wanted in zip(grids[::2], grids[1::2], strict=True))
    return Problem(Puzzle("noise", pairs[:2], pairs[2:]), untrained)


def test_adam_moves_by_its_rate_against_a_constant_gradient() -> None:
    # With a constant gradient both corrected means are exact, so every step is as long as the rate.
    tensor = torch.tensor([1.0, -2.0, 0.5], requires_grad=True)
    adam = Adam(tensor, 0.1)
    for step in range(1, 21):
        (tensor * torch.tensor([3.0, -0.2, 7.0])).sum().backward()
        adam.step()
        moved = 0.1 * step * torch.tensor([-1.0, 1.0, -1.0])
        torch.testing.assert_close(tensor.detach(), torch.tensor([1.0, -2.0, 0.5]) + moved)
        assert tensor.grad is None


def test_refinement_climbs_the_likelihood(problem: Problem) -> None:
    moments = refine(problem, STILL, seed=0, length=2)
    losses = [moment.loss for moment in moments if moment.programs and math.isfinite(moment.loss)]
    assert len(losses) == STILL.steps
    assert losses[-1] < losses[0] - 1e-3
    falling = sum(later < earlier for earlier, later in pairwise(losses))
    assert falling > STILL.steps // 2


def test_refinement_is_noisy_in_words_and_states(problem: Problem, monkeypatch: pytest.MonkeyPatch) -> None:
    shapes: list[torch.Size] = []
    gumbel = model_module.gumbel

    def counted(like: torch.Tensor) -> torch.Tensor:
        shapes.append(like.shape)
        return gumbel(like)

    monkeypatch.setattr(model_module, "gumbel", counted)
    next(m for m in refine(problem, SearchConfig(starts=4, steps=1), 0, 2) if math.isfinite(m.loss))
    assert {shape[-1] for shape in shapes} == {SMALL.codebook, 11}
    monkeypatch.undo()

    def first(noise: float, seed: int) -> float:
        config = SearchConfig(starts=4, steps=1, noise=noise, spread=0.0)
        return next(m.loss for m in refine(problem, config, seed, 2, around=(0, 1)) if m.programs)

    assert first(0.5, 1) != first(0.5, 2)
    assert first(0.0, 1) == pytest.approx(first(0.0, 2), abs=1e-4)


def test_gumbel_noise_has_its_mean_and_spread() -> None:
    torch.manual_seed(0)
    noise = model_module.gumbel(torch.empty(200_000))
    assert noise.mean().item() == pytest.approx(0.5772, abs=0.02)
    assert noise.std().item() == pytest.approx(1.2825, abs=0.02)


def test_repair_climbs_the_likelihood(problem: Problem, monkeypatch: pytest.MonkeyPatch) -> None:
    losses: list[float] = []
    loss_of = F.cross_entropy

    def noted(*arguments, **options):
        loss = loss_of(*arguments, **options)
        losses.append(loss.item())
        return loss

    monkeypatch.setattr(F, "cross_entropy", noted)
    config = RepairConfig(steps=20, words=1)
    list(repair(problem, one_more_word(problem, [root(problem)], config), config, "coining"))
    assert len(losses) == config.steps + 1
    assert losses[-1] < losses[0] - 1e-2


def test_tuning_learns_the_demonstrations(problem: Problem, untrained: LearnedLanguage) -> None:
    *_, tuned = tune(
        problem.puzzle, untrained, TuneConfig(steps=30, views=0, words=1, learning_rate=3e-3), seed=0
    )
    assert tuned is not None

    def loss(learned: LearnedLanguage) -> float:
        seen = Problem(problem.puzzle, learned)
        program = learned.model.program(seen.induce().mean(0))[:1].expand(len(seen.inputs), -1, -1)
        final = learned.model.run(one_hot(seen.inputs), program, seen.canvas)[-1]
        return -learned.model.log_likelihood(final, seen.targets).mean().item()

    assert loss(tuned) < loss(untrained)


def test_the_inductor_is_asked_at_the_states_reached(
    problem: Problem, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[bytes] = []
    propose = problem.propose

    def noted(current: torch.Tensor) -> torch.Tensor:
        asked.extend(state.numpy().tobytes() for state in current)
        return propose(current)

    monkeypatch.setattr(problem, "propose", noted)
    nodes = [node for _, node in zip(range(60), best_first(problem, OrderConfig(depth=3)), strict=False)]
    reached = {node.cells[: len(problem.inputs)].numpy().tobytes() for node in nodes}
    assert asked[0] == problem.inputs.numpy().tobytes()
    assert len(asked) > 3
    assert set(asked[1:]) <= reached


def test_equal_states_are_followed_once(problem: Problem, monkeypatch: pytest.MonkeyPatch) -> None:
    def all_alike(model, before, words, canvas):
        return torch.zeros_like(before), None

    monkeypatch.setattr(best_first_module, "run_words", all_alike)
    words = len(problem.learned.usable)
    nodes = list(best_first(problem, OrderConfig(depth=3)))
    # Every word from the input leads to one new state; from there every word leads back to it.
    assert len(nodes) == 2 * words


def _state(words: tuple[int, ...], wrong: float, log_probability: float) -> _State:
    return _State(Node(words, torch.zeros(1, 1), log_probability, wrong), [1], [-1.0])


def test_states_that_are_wrong_in_many_cells_wait() -> None:
    frontier = _Frontier(OrderConfig())
    frontier.add(_state((1,), wrong=0.9, log_probability=-1.0))
    frontier.add(_state((2,), wrong=0.1, log_probability=-2.0))
    frontier.add(_state((3,), wrong=0.1, log_probability=-1.5))
    assert [state.node.words for state, _ in frontier.take(3)] == [(3,), (2,), (1,)]


def test_wrong_shares_count_only_cells_of_either_grid() -> None:
    outside = 10
    targets = torch.tensor([[1, 2, outside, outside]])
    cells = torch.tensor([[[1, 2, outside, outside]], [[1, 3, outside, outside]], [[1, 2, 3, outside]]])
    assert wrong_shares(cells, targets).tolist() == pytest.approx([0, 1 / 2, 1 / 3])


def test_validation_is_drawn_from_a_stream_of_its_own(monkeypatch: pytest.MonkeyPatch) -> None:
    plan = TrainConfig(cells=256, first_side=4, last_side=4, families=("shift",), free_families=(), pairs=2)
    plan = replace(plan, depth_two=2.0, depth_three=2.0)
    config = replace(SMALL, codebook=8)
    seen: list[torch.Tensor] = []
    exact = validation._exact

    def noted(model, batch):
        seen.append(batch.states)
        return exact(model, batch)

    monkeypatch.setattr(validation, "_exact", noted)
    validation.validate(NLI(config).eval(), plan, 1, 4, batches=3)
    training = [Mixture(config, plan).draw(step).states for step in range(6)]
    for batch in seen:
        known = {state.numpy().tobytes() for trained in training for state in trained[:, :, 0]}
        assert not {state.numpy().tobytes() for state in batch[:, :, 0]} & known


def test_every_test_input_counts() -> None:
    one, two = as_grid([[1]]), as_grid([[2]])
    puzzle = Puzzle("two tests", (Pair(one, one),), (Pair(one, one), Pair(one, two)))
    trace = Trace((Outcome(one),))
    candidate = Candidate.of(Program((), "exact"), puzzle, [trace] * 3, "test")
    first, second = Attempt(one, candidate), Attempt(two, candidate)

    def correct(*attempts: tuple[Attempt, ...]) -> bool | None:
        return Solution(puzzle, "test", attempts, (candidate,), 0.0, "").correct

    assert correct((first,), (first, second)) is True
    assert correct((first,), (first,)) is False
    assert correct((second,), (second,)) is False


def test_the_loss_of_refinement_is_the_mean_over_demonstrations(
    problem: Problem, untrained: LearnedLanguage
) -> None:
    twice = replace(problem.puzzle, train=problem.puzzle.train * 2)
    once, doubled = (
        [moment.loss for moment in refine(each, STILL, seed=0, length=2, around=(1, 2)) if moment.programs]
        for each in (problem, Problem(twice, untrained))
    )
    assert doubled[0] == pytest.approx(once[0], rel=1e-3)

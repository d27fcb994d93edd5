"""A search on a large puzzle is given up within its steps, not only between them."""

from __future__ import annotations

import numpy as np
import pytest
import torch

from puzzles.grid import as_grid
from puzzles.puzzle import Pair, Puzzle
from solver.nli.config import ModelConfig
from solver.nli.device import per_call
from solver.nli.learned import LearnedLanguage, learned_words
from solver.nli.model import NLI, one_hot
from solver.search.problem import Problem
from solver.search.tuning import TuneConfig, tune
from solver.words.cancel import look_up, looking_up
from solver.words.program import Language

SMALL = ModelConfig(
    slots=2, codebook=6, width=16, heads=2, expansion=2, inductor_layers=2, executor_layers=2, code_width=8
)


class Enough(Exception):
    """Raised by the tests' checks."""


@pytest.fixture
def untrained() -> LearnedLanguage:
    torch.manual_seed(0)
    model = NLI(SMALL).eval().requires_grad_(False)
    return LearnedLanguage(model, Language(learned_words(model, {}), "untrained"), {})


def puzzle(side: int, pairs: int) -> Puzzle:
    rng = np.random.default_rng(0)
    grids = [as_grid(rng.integers(0, 10, (side, side))) for _ in range(pairs + 1)]
    return Puzzle("large", tuple(Pair(grid, grid) for grid in grids[:-1]), (Pair(grids[-1], grids[-1]),))


def after(calls: int):
    """A check that raises at that call."""
    left = [calls]

    def check() -> None:
        left[0] -= 1
        if left[0] == 0:
            raise Enough

    return check


def test_nobody_looks_up_where_nobody_asked() -> None:
    with pytest.raises(Enough), looking_up(after(1)):
        look_up()
    look_up()


def test_the_inductor_reads_a_large_puzzle_a_few_pairs_at_a_time(untrained, monkeypatch) -> None:
    problem = Problem(puzzle(30, 6), untrained)
    sizes = []
    forward = type(untrained.model.inductor).forward

    def counted(self, inputs, *rest):
        sizes.append(len(inputs))
        return forward(self, inputs, *rest)

    whole = untrained.model.inductor(one_hot(problem.inputs), one_hot(problem.targets), problem.canvas)
    monkeypatch.setattr(type(untrained.model.inductor), "forward", counted)
    read = problem.induce()
    assert max(sizes) <= per_call(problem.canvas, 1)
    assert sum(sizes) == 6
    torch.testing.assert_close(read, whole.float(), atol=0.05, rtol=0.05)


def test_reading_and_running_end_where_a_check_raises(untrained) -> None:
    problem = Problem(puzzle(30, 6), untrained)
    for calls in (1, 5, 11):
        with pytest.raises(Enough), looking_up(after(calls)):
            problem.induce()
        with pytest.raises(Enough), looking_up(after(calls)):
            problem.evaluate((1,), "test")
    assert not problem.evaluated


def test_a_gradient_ends_on_its_way_back(untrained) -> None:
    executor = untrained.model.executor
    problem = Problem(puzzle(5, 2), untrained)
    code = torch.zeros(2, SMALL.code_width, requires_grad=True)
    with looking_up(after(6)):  # twice in each of two blocks on the way there
        logits = executor.follow(one_hot(problem.inputs), code, problem.canvas)
        with pytest.raises(Enough):
            logits.sum().backward()
    assert code.grad is None


def test_tuning_loads_no_compiler_and_learns(untrained, monkeypatch) -> None:
    def refuse(*_, **__):
        raise AssertionError("torch's optimisers import its compiler for seconds")

    monkeypatch.setattr(torch.optim.Optimizer, "__init__", refuse)
    *_, tuned = tune(puzzle(3, 2), untrained, TuneConfig(steps=2, views=1), seed=0)
    assert tuned is not None
    before, now = untrained.model.executor.codes, tuned.model.executor.codes
    assert not torch.equal(before, now)
    assert (before - now).abs().max() < 2 * 3e-4 * 1.01

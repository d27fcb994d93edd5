"""What a search keeps on its way: the nearest states, the most credible program, what it says it tried."""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import numpy as np
import pytest
import torch

from puzzles.grid import as_grid
from puzzles.puzzle import Pair, Puzzle
from solver.nli.config import SearchConfig
from solver.nli.learned import LearnedLanguage
from solver.search import tuning
from solver.search.best_first import Node, root
from solver.search.problem import Problem
from solver.search.run import Run
from solver.search.stages import StagedSearch
from solver.search.tuning import TuneConfig, tune
from solver.training.objective import Anneal
from solver.words.program import EXACT_FINGERPRINT, Program
from solver.words.results import Candidate, run_program
from solver.words.vocabulary import EXACT_LANGUAGE


def puzzle(pairs: int = 2, side: int = 3) -> Puzzle:
    rng = np.random.default_rng(0)
    made = [Pair(as_grid(rng.integers(0, 3, (side, side))), as_grid(rng.integers(0, 3, (side, side))))
            for _ in range(pairs + 1)]  # fmt: skip
    return Puzzle("made", tuple(made[:-1]), tuple(made[-1:]))


def run_of(given: Puzzle, work: int | None = 1) -> Run:
    return Run(given, 60.0, work, clock=time.monotonic, learned_only=True)


@pytest.mark.parametrize("least", [0.02, 0.9], ids=["nearer than the input", "further than the input"])
def test_the_nearest_states_of_a_search_are_kept_each_once(
    untrained: LearnedLanguage, monkeypatch: pytest.MonkeyPatch, least: float
) -> None:
    rng, given = np.random.default_rng(0), puzzle()
    wrong = rng.permutation(np.linspace(least, 1, 40))
    nodes = [Node((1 + i % 14, 1 + i // 14), torch.full((3, 9), i), 0.0, w) for i, w in enumerate(wrong)]
    again = [replace(node, words=(*node.words, 1)) for node in nodes]  # the same states, by longer ways
    monkeypatch.setattr("solver.search.stages.best_first", lambda *_: iter([*nodes, *again]))
    search = StagedSearch(run_of(given), Problem(given, untrained), 0, ("search",))
    for _ in search.run_all():
        pass
    start = root(search.problem)
    assert 0.02 < start.wrong < 0.9
    nearest = sorted([start, *nodes], key=lambda node: node.wrong)[:8]
    assert [node.words for node in search.near] == [node.words for node in nearest]


def test_every_round_of_refinement_looks_further_from_the_program(
    untrained: LearnedLanguage, monkeypatch: pytest.MonkeyPatch
) -> None:
    spreads = []

    def refine(_: Problem, config: SearchConfig, *__: Any, **___: Any) -> Iterator[Any]:
        spreads.append(config.spread)
        return iter(())

    monkeypatch.setattr("solver.search.stages.refine", refine)
    given = puzzle()
    search = StagedSearch(run_of(given, work=4), Problem(given, untrained), 0)
    for _ in search.refine_from((1, 2)):
        pass
    assert len(spreads) == 4
    assert spreads[0] == SearchConfig().spread
    assert np.diff(spreads) == pytest.approx([spreads[0]] * 3)


def exact(given: Puzzle, *words: str, loss: float = 0.0) -> Candidate:
    program = Program.of(words, EXACT_FINGERPRINT)
    return replace(run_program(EXACT_LANGUAGE, program, given, (30, 30), "explore"), loss=loss)


@pytest.fixture
def two_explanations() -> Puzzle:
    """Flipping and turning half explain the demonstrations; flipping leaves the test as it is."""
    rng = np.random.default_rng(1)
    halves = [rng.integers(1, 10, (2, 4)) for _ in range(3)]
    grids = [np.vstack([half, half[::-1]]) for half in halves]
    test = np.array([[1, 2, 2, 1], [3, 4, 4, 3], [5, 6, 6, 5], [7, 8, 8, 7]])
    pairs = [Pair(as_grid(grid), as_grid(np.fliplr(grid))) for grid in grids]
    return Puzzle("two", tuple(pairs), (Pair(as_grid(test)),))


def test_the_most_credible_of_verified_programs_is_the_best(two_explanations: Puzzle) -> None:
    flip = exact(two_explanations, "flip left-right")
    turn = exact(two_explanations, "rotate half-turn", loss=0.1)
    assert flip.verified
    assert turn.verified
    run = run_of(two_explanations)
    run.exact = [flip, turn]
    run.consider(flip)
    run.consider(turn)
    assert run.best is flip  # shorter or likelier, before anybody looks at the test
    run.settle(None)
    assert run.best is turn


def test_nothing_is_settled_before_a_program_is_verified(two_explanations: Puzzle) -> None:
    run = run_of(two_explanations)
    run.settle(None)
    assert run.best is None
    near, far = exact(two_explanations, "transpose"), exact(two_explanations, "transpose", "flip left-right")
    assert not near.verified
    run.consider(near)
    run.exact = [replace(far, wrong=near.wrong)]
    run.settle(None)
    assert run.best is near


def test_what_was_tried_is_said_and_nothing_else(two_explanations: Puzzle) -> None:
    run = run_of(two_explanations)
    assert "plans" not in run.solution(None, "auto").tried
    run.plans_tried = 12
    assert "plans of procedures tried: 12" in run.solution(None, "auto").tried
    assert "died" not in run.solution(None, "auto").tried
    run.lost = [-9, 1]
    assert "2 search processes died (exit codes -9, 1)" in run.solution(None, "auto").tried


def test_however_many_views_are_learned_they_weigh_as_one(
    untrained: LearnedLanguage, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where every view shows the same, the gradient of many is that of one."""
    lengths: list[float] = []

    def measured(parameters: Any, limit: float) -> None:
        lengths.append(float(torch.stack([p.grad.norm() for p in parameters if p.grad is not None]).norm()))

    monkeypatch.setattr(torch.nn.utils, "clip_grad_norm_", measured)
    monkeypatch.setattr(tuning, "_CALM", Anneal(0.7, 0.7, noise=0.0, unroll_noise=0.0))
    pair = Pair(as_grid(np.zeros((2, 2), np.uint8)), as_grid(np.zeros((3, 3), np.uint8)))
    same = Puzzle("same", (pair, pair), (pair,))
    for views in (0, 4):
        *_, tuned = tune(same, untrained, TuneConfig(steps=1, views=views), seed=0)
        assert tuned is not None
    alone, together = lengths
    assert alone > 0
    assert together == pytest.approx(alone, rel=0.02)

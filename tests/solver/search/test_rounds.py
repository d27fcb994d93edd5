"""How far each round of the stages goes: more programs, longer ones, other seeds, a share of the time."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from itertools import count
from typing import Any

import numpy as np
import pytest
import torch

from puzzles.grid import as_grid
from puzzles.puzzle import Pair, Puzzle
from solver.nli.learned import LearnedLanguage
from solver.search.best_first import Node
from solver.search.problem import Problem
from solver.search.run import Run
from solver.search.stages import StagedSearch


@pytest.fixture
def puzzle() -> Puzzle:
    rng = np.random.default_rng(0)
    made = [Pair(as_grid(rng.integers(0, 3, (3, 3))), as_grid(rng.integers(3, 6, (3, 3)))) for _ in range(3)]
    return Puzzle("made", tuple(made[:-1]), tuple(made[-1:]))


class Nodes:
    """A search without end, whose programs are all as far from the outputs, and how far it went."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, exact_at: int = 0) -> None:
        self.run = 0
        self._exact_at = exact_at
        monkeypatch.setattr("solver.search.stages.best_first", lambda *_: self._all())

    def _all(self) -> Iterator[Node]:
        for number in count(1):
            self.run = number
            yield Node((1 + number % 14,), torch.zeros(3, 9), 0.0, 0.0 if number == self._exact_at else 0.5)


def search_of(
    puzzle: Puzzle,
    learned: LearnedLanguage,
    stages: tuple[str, ...],
    *,
    work: int | None = None,
    clock: Callable[[], float] = lambda: 0.0,
) -> StagedSearch:
    run = Run(puzzle, 100.0, work, clock=clock, learned_only=True)
    return StagedSearch(run, Problem(puzzle, learned), 7, stages)


def test_every_round_of_a_search_runs_three_times_as_many_programs(
    puzzle: Puzzle, untrained: LearnedLanguage, monkeypatch: pytest.MonkeyPatch
) -> None:
    nodes = Nodes(monkeypatch)
    ran = []
    for work in (0, 1, 2, 3):
        search = search_of(puzzle, untrained, ("search",), work=work)
        list(search.run_all())
        ran.append(nodes.run)
    # The first round leaves out the search that came before it.
    assert ran[0] > 100
    assert ran == [ran[0] * rounds for rounds in (1, 1, 1 + 3, 1 + 3 + 9)]


def test_a_search_by_the_clock_takes_its_share_and_leaves_the_rest(
    puzzle: Puzzle, untrained: LearnedLanguage, monkeypatch: pytest.MonkeyPatch
) -> None:
    nodes = Nodes(monkeypatch)
    search = search_of(puzzle, untrained, ("search",), clock=lambda: nodes.run / 20)
    first = [progress.elapsed_s for progress in search._search("search")]
    assert 10 < first[-1] < 50
    second = [progress.elapsed_s for progress in search._search("search")]
    share = first[-1] / 100
    assert second[-1] - first[-1] == pytest.approx(share * (100 - first[-1]), abs=0.5)


@pytest.mark.parametrize("by_clock", [False, True])
def test_rivals_of_a_verified_program_are_looked_for_a_third_as_long_again(
    puzzle: Puzzle, untrained: LearnedLanguage, monkeypatch: pytest.MonkeyPatch, by_clock: bool
) -> None:
    nodes = Nodes(monkeypatch, exact_at=50)
    clock = (lambda: 0.1 * nodes.run) if by_clock else (lambda: 0.0)
    search = search_of(puzzle, untrained, ("search",), work=None if by_clock else 1, clock=clock)
    run, wrong = search.run, search.problem.evaluate((1,), "search")

    def consider(problem: Problem, words: tuple[int, ...], origin: str) -> None:
        run.best = replace(wrong, wrong=(0, 0) if nodes.run == 50 else (1, 1))

    monkeypatch.setattr(run, "consider_learned", consider)
    list(search.run_all())
    assert run.solved()
    assert 55 < nodes.run < 75


def test_rounds_have_seeds_of_their_own_and_go_further(
    puzzle: Puzzle, untrained: LearnedLanguage, monkeypatch: pytest.MonkeyPatch
) -> None:
    views: list[tuple[int, int]] = []
    tuned: list[int] = []
    refined: list[tuple[int, int]] = []

    def search_views(_: Any, __: Any, ___: Any, nodes: int, seed: int) -> Iterator[None]:
        views.append((nodes, seed))
        yield None

    def tune(_: Any, __: Any, ___: Any, seed: int) -> Iterator[None]:
        tuned.append(seed)
        yield None

    def refine(_: Any, __: Any, seed: int, length: int, ___: Any, **____: Any) -> Iterator[Any]:
        refined.append((length, seed))
        return iter(())

    for name, fake in (("search_views", search_views), ("tune", tune), ("refine", refine)):
        monkeypatch.setattr(f"solver.search.stages.{name}", fake)
    search = search_of(puzzle, untrained, ("views", "refinement", "tuning"), work=4)
    list(search.run_all())
    assert [nodes / views[0][0] for nodes, _ in views] == [1, 3, 9, 27]
    assert [length for length, _ in refined] == [2, 3, 3, 3]  # it has three slots
    for seeds in ([seed for _, seed in views], tuned, [seed for _, seed in refined]):
        assert seeds[0] == 7
        assert seeds == sorted(set(seeds))
        assert len(seeds) == 4


def test_a_search_ends_where_no_stage_has_anything_left(
    puzzle: Puzzle, untrained: LearnedLanguage, monkeypatch: pytest.MonkeyPatch
) -> None:
    calls = []

    def search_views(*_: Any) -> Iterator[None]:
        calls.append(1)
        return iter(())

    monkeypatch.setattr("solver.search.stages.search_views", search_views)
    search = search_of(puzzle, untrained, ("views",), work=50)
    list(search.run_all())
    assert len(calls) == 2  # the first round, and one in which nothing came
    assert search.run.rounds == 2

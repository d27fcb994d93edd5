"""Codes move until a near miss is exact: down the gradient, through hard states, and no word needlessly."""

from __future__ import annotations

import copy
from collections.abc import Sequence
from dataclasses import replace
from functools import partial

import numpy as np
import pytest
import torch

from puzzles.grid import as_grid, same_grid
from puzzles.puzzle import Pair, Puzzle
from solver.nli.learned import LearnedLanguage, coin, coined_name, learned_words
from solver.search.adam import Adam
from solver.search.best_first import Node, root
from solver.search.problem import Problem
from solver.search.repair import COINING, DraftKey, RepairConfig, near_misses, one_more_word, repair
from solver.search.solve import SolveOptions, finish, solve
from solver.words.program import Language, program_from_json, program_to_json
from solver.words.results import Candidate
from tests.solver.conftest import puzzle_of

UP, LEFT = 0, 2
"""Rows of the tiny language's words for "shift up" and "shift left"."""


@pytest.fixture(autouse=True)
def one_thread():
    threads = torch.get_num_threads()
    torch.set_num_threads(1)
    yield
    torch.set_num_threads(threads)


def damaged(tiny: LearnedLanguage, puzzle: Puzzle, words: Sequence[int], row: int) -> LearnedLanguage:
    """The tiny language with a row moved at random, just so far that `words` miss a few cells."""
    offset = torch.randn(tiny.model.config.code_width, generator=torch.Generator().manual_seed(1))
    for scale in np.arange(0.1, 3, 0.05):
        model = copy.deepcopy(tiny.model)
        with torch.no_grad():
            model.executor.codes[row] += scale * offset
        named = learned_words(model, tiny.about)
        language = Language(named, "damaged", coin=partial(coin, model, named))
        learned = replace(tiny, model=model, language=language)
        if not Problem(puzzle, learned).evaluate(words, "test").verified:
            return learned
    raise AssertionError("no damage made the program miss")


def node(problem: Problem, words: tuple[int, ...]) -> Node:
    """A near miss as search hands it over."""
    candidate = problem.evaluate(words, "test")
    start = root(problem)
    return replace(start, words=words, wrong=sum(candidate.wrong) / start.cells.numel())


def repaired(problem: Problem, words: tuple[int, ...], config: RepairConfig) -> list[Candidate]:
    drafts = near_misses(problem, [node(problem, words)], config)
    return [found for found in repair(problem, drafts, config, "repair") if found is not None]


@pytest.mark.parametrize("words", [(UP,), (UP, LEFT)])
def test_a_damaged_word_is_repaired_wherever_it_stands(tiny: LearnedLanguage, words: tuple[int, ...]) -> None:
    puzzle = puzzle_of(*("shift up", "shift left")[: len(words)])
    learned = damaged(tiny, puzzle, words, UP)
    (found,) = repaired(Problem(puzzle, learned), words, RepairConfig())
    assert found.verified
    assert found.origin == "repair"
    expected = puzzle.test[0].output
    assert expected is not None
    assert same_grid(found.tests[0].output, expected)
    again, _ = program_from_json(program_to_json(found.program, puzzle), "p.json")
    assert learned.language.execute(again, [puzzle.test[0].input], (4, 4))[0].output.shape == expected.shape
    described = learned.language.with_words(again).describe(again.steps[0])
    assert "w0′ (shift up), moved ." in described
    # The word that did its part is the row it was.
    assert again.words[1:] == ("w2",) * (len(words) - 1)


def test_a_step_the_wrong_way_or_none_repairs_nothing(
    tiny: LearnedLanguage, monkeypatch: pytest.MonkeyPatch
) -> None:
    puzzle = puzzle_of("shift up", "shift left")
    problem = Problem(puzzle, damaged(tiny, puzzle, (UP, LEFT), UP))
    assert not repaired(problem, (UP, LEFT), RepairConfig(learning_rate=0.0))
    assert not repaired(problem, (UP, LEFT), RepairConfig(learning_rate=-0.05))


def test_the_pull_keeps_words_near_their_rows(tiny: LearnedLanguage) -> None:
    puzzle = puzzle_of("rotate clockwise")
    problem = Problem(puzzle, tiny)
    drafts = near_misses(problem, [node(problem, (UP,))], RepairConfig())

    def moved(pull: float, monkeypatch: pytest.MonkeyPatch) -> float:
        ends: list[torch.Tensor] = []

        class Watched(Adam):
            def step(self, smallest: float = 1e-8) -> None:
                super().step(smallest)
                ends.append(self._tensor.detach().clone())

        monkeypatch.setattr("solver.search.repair.Adam", Watched)
        list(repair(problem, drafts, RepairConfig(pull=pull), "repair"))
        return float((ends[-1][0, 0] - tiny.model.executor.codes[UP]).norm())

    with pytest.MonkeyPatch.context() as patch:
        assert moved(1.0, patch) < 0.5 * moved(0.0, patch)


def test_a_word_is_coined_where_the_language_lacks_it(tiny: LearnedLanguage) -> None:
    rng = np.random.default_rng(1)
    grids = [as_grid(rng.integers(1, 10, (3, 3))) for _ in range(3)]
    puzzle = Puzzle("all 3", tuple(Pair(g, as_grid(np.full((3, 3), 3))) for g in grids), (Pair(grids[0]),))
    problem = Problem(puzzle, tiny)
    config = replace(COINING, steps=150, learning_rate=0.2, pull=0.0)
    drafts = one_more_word(problem, [root(problem)], config)
    found = [candidate for candidate in repair(problem, drafts, config, "coining") if candidate]
    assert found
    assert found[0].verified
    assert found[0].origin == "coining"
    (name,) = found[0].program.words
    assert name == coined_name(dict(found[0].program.coined)[name])


def test_calls_stay_short_and_later_rounds_do_not_repeat(tiny: LearnedLanguage) -> None:
    problem = Problem(puzzle_of("rotate clockwise"), tiny)
    config = RepairConfig(steps=2)
    finished: set[DraftKey] = set()
    drafts = near_misses(problem, [node(problem, (UP, LEFT)), node(problem, (UP,))], config)
    calls = list(repair(problem, drafts, config, "repair", finished))
    # Per step and draft: every word forward, the loss and every word but the last backward.
    assert calls == [None] * 3 * (4 + 2)
    assert finished == {((), (UP, LEFT)), ((), (UP,))}


def test_the_search_repairs_what_it_nearly_found(tiny: LearnedLanguage) -> None:
    puzzle = puzzle_of("shift up", "shift left")
    learned = damaged(tiny, puzzle, (UP, LEFT), UP)
    options = SolveOptions(learned_only=True, stages=("search", "repair"), work=1)
    solution = finish(solve(puzzle, options, learned=learned))
    assert solution.best is not None
    assert solution.verified
    assert solution.best.origin == "repair"

"""Words that are left out of a search, and words that every program it finds must have."""

from __future__ import annotations

import numpy as np
import pytest

from puzzles.grid import as_grid
from puzzles.puzzle import Pair, Puzzle
from solver.explore.engine import Explorer
from solver.explore.states import program_of
from solver.nli.learned import LearnedLanguage
from solver.search.solve import solve
from solver.words.program import EXACT_FINGERPRINT, Program, Step
from solver.words.results import Solution, SolveOptions, finish
from solver.words.wanted import ANYTHING, Wanted
from tests.solver.conftest import puzzle_of

FLIP, TURN, UP = "flip left-right", "rotate half-turn", "flip up-down"


def wanted(forbidden: tuple[str, ...] = (), demanded: tuple[str, ...] = ()) -> Wanted:
    return Wanted(frozenset(forbidden), frozenset(demanded))


@pytest.mark.parametrize(
    ("one", "words", "taken"),
    [
        (ANYTHING, ("a",), True),
        (ANYTHING, (), True),
        (wanted(("a",)), ("b", "c"), True),
        (wanted(("a",)), ("b", "a"), False),
        (wanted(("a",)), ("each: a",), False),
        (wanted(("each: a",)), ("a",), True),
        (wanted((), ("a", "b")), ("b", "c", "a"), True),
        (wanted((), ("a", "b")), ("b",), False),
        (wanted((), ("a",)), ("each: a",), True),
        (wanted(("a",), ("b",)), ("a", "b"), False),
        (wanted((), ("a",)), (), False),
    ],
)
def test_programs_are_taken_by_their_words(one: Wanted, words: tuple[str, ...], taken: bool) -> None:
    assert one.admits(words) is taken


def test_pinned_steps_may_have_what_is_demanded() -> None:
    assert wanted(("c",), ("a", "b", "d")).after(("each: a", "b")) == wanted(("c",), ("d",))


def made(change) -> Puzzle:
    rng = np.random.default_rng(5)
    grids = [rng.integers(1, 10, (4, 5)).astype(np.uint8) for _ in range(4)]
    pairs = [Pair(as_grid(grid), as_grid(change(grid))) for grid in grids]
    return Puzzle("made", tuple(pairs[:3]), tuple(pairs[3:]))


def explored(puzzle: Puzzle, **wishes: tuple[str, ...]) -> Solution:
    return finish(solve(puzzle, SolveOptions(engine="explore", budget_s=6.0, **wishes)))


def test_exact_words_are_left_out() -> None:
    puzzle = made(np.fliplr)
    assert explored(puzzle).best.program.words == (FLIP,)
    other = explored(puzzle, forbidden=(FLIP,))
    assert other.correct
    assert all(FLIP not in candidate.program.words for candidate in other.candidates)


def test_exact_words_are_demanded() -> None:
    found = explored(made(np.fliplr), demanded=(TURN,))
    assert found.correct
    assert all(TURN in candidate.program.words for candidate in found.candidates)


def test_a_rule_is_left_out_by_its_name() -> None:
    puzzle = made(lambda grid: np.where(grid == 3, 5, grid))
    first = explored(puzzle).best.program.words
    other = explored(puzzle, forbidden=first)
    assert not set(first) & {word for candidate in other.candidates for word in candidate.program.words}


def test_a_search_is_not_content_with_what_is_not_wanted() -> None:
    explorer = Explorer(made(np.fliplr), 3.0, wanted=wanted((), (UP,)))
    for _ in explorer.run():
        pass
    assert explorer.findings
    assert all(UP in program_of(finding.node).words for finding in explorer.findings)


def learned_name(tiny: LearnedLanguage, meaning: str) -> str:
    return next(word.name for word in tiny.language.words if word.meaning == meaning)


def test_learned_words_are_left_out(tiny: LearnedLanguage) -> None:
    puzzle, up = puzzle_of("shift up"), learned_name(tiny, "shift up")
    plain = finish(solve(puzzle, SolveOptions(engine="nli", budget_s=10.0), learned=tiny))
    assert plain.best.program.words == (up,)
    other = finish(solve(puzzle, SolveOptions(engine="nli", budget_s=4.0, forbidden=(up,)), learned=tiny))
    assert other.candidates
    assert all(up not in candidate.program.words for candidate in other.candidates)
    assert up in [word.name for word in tiny.language.words]  # the language itself is as it was
    assert tiny.without == frozenset()


def test_learned_words_are_demanded(tiny: LearnedLanguage) -> None:
    puzzle, left = puzzle_of("shift up"), learned_name(tiny, "shift left")
    options = SolveOptions(engine="nli", budget_s=8.0, demanded=(left,))
    found = finish(solve(puzzle, options, learned=tiny))
    assert found.candidates
    assert all(left in candidate.program.words for candidate in found.candidates)


def test_pinned_steps_are_not_left_out_and_count_as_demanded() -> None:
    puzzle = made(lambda grid: np.flipud(np.fliplr(grid)))
    pinned = Program((Step(FLIP),), EXACT_FINGERPRINT)
    found = explored_after(puzzle, pinned, forbidden=(FLIP,))
    assert found.best.program.words == (FLIP, UP)
    found = explored_after(puzzle, pinned, demanded=(FLIP,))
    assert found.best.program.words == (FLIP, UP)


def explored_after(puzzle: Puzzle, pinned: Program, **wishes: tuple[str, ...]) -> Solution:
    return finish(solve(puzzle, SolveOptions(engine="explore", budget_s=8.0, pinned=pinned, **wishes)))


def test_a_word_cannot_be_forbidden_and_demanded() -> None:
    with pytest.raises(ValueError, match="'a' is both forbidden and demanded"):
        finish(solve(made(np.fliplr), SolveOptions(forbidden=("a", "b"), demanded=("a",))))

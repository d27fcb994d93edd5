"""Exact twins take the place of learned words, and what they make is run again."""

from dataclasses import replace

import torch

from puzzles.puzzle import Puzzle
from solver.export.python_file import as_python
from solver.nli.learned import LearnedLanguage
from solver.search.crystal import crystallise, twins
from solver.search.problem import Problem
from solver.search.solve import finish, solve
from solver.words.program import EXACT_FINGERPRINT, Program
from tests.solver.conftest import puzzle_of

WORDS = {"w0": "shift up", "w1": "shift down", "w2": "shift left", "w3": "shift right"}


def knowing(tiny: LearnedLanguage, *words: str) -> LearnedLanguage:
    """The tiny language, sure of these words' twins and nearly sure of the others'."""
    meanings = {
        word: {"operation": operation, "agreement": 1.0 if word in words else 0.98}
        for word, operation in WORDS.items()
    }
    return replace(tiny, about={**tiny.about, "meanings": meanings})


def written(tiny: LearnedLanguage, *words: str) -> Program:
    return Program.of(words, tiny.language.fingerprint)


def test_only_full_agreement_makes_a_twin(tiny: LearnedLanguage) -> None:
    assert twins(knowing(tiny, "w1")) == {"w1": "shift down"}
    puzzle = puzzle_of("shift down", "shift right")
    assert crystallise(puzzle, written(tiny, "w0", "w3"), knowing(tiny, "w1")) is None


def test_a_program_of_both_kinds_is_verified_again(tiny: LearnedLanguage) -> None:
    puzzle = puzzle_of("shift down", "shift right")
    mixed = crystallise(puzzle, written(tiny, "w1", "w3"), knowing(tiny, "w1"))
    assert mixed is not None
    assert mixed.program.words == ("shift down", "w3")
    assert mixed.program.fingerprint == tiny.language.fingerprint
    assert mixed.verified
    wrong = crystallise(puzzle, written(tiny, "w1", "w2"), knowing(tiny, "w1"))
    assert wrong is not None
    assert not wrong.verified


def test_a_program_of_twins_alone_needs_no_weights(tiny: LearnedLanguage) -> None:
    puzzle = puzzle_of("shift down", "shift right")
    exact = crystallise(puzzle, written(tiny, "w1", "w3"), knowing(tiny, "w1", "w3"))
    assert exact is not None
    assert exact.program.fingerprint == EXACT_FINGERPRINT
    assert "def solve" in as_python(exact.program, puzzle)


def test_a_twin_repairs_what_the_network_gets_wrong(tiny: LearnedLanguage) -> None:
    sure = knowing(tiny, *WORDS)
    puzzle = puzzle_of("shift up")
    with torch.no_grad():
        codes = sure.model.executor.codes
        kept = codes.clone()
        codes[0] = codes[1]  # the row for "shift up" now does the opposite
        try:
            assert not Problem(puzzle, sure).evaluate([0], "beam").verified
            repaired = crystallise(puzzle, written(sure, "w0"), sure)
        finally:
            codes.copy_(kept)
    assert repaired is not None
    assert repaired.verified


def test_learned_words_alone_means_no_twins(tiny: LearnedLanguage) -> None:
    sure = knowing(tiny, *WORDS)
    puzzle: Puzzle = puzzle_of("shift up")

    def words(**options: bool) -> tuple[str, ...]:
        solution = finish(solve(puzzle, learned=sure, work=1, **options))
        assert solution.best is not None
        assert solution.verified
        return solution.best.program.words

    assert words() == ("shift up",)
    assert words(learned_only=True) == ("w0",)

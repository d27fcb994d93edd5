"""The shipped weights: what they say of themselves is true, and they solve real puzzles."""

from __future__ import annotations

import json

import pytest

from puzzles.collections import open_puzzle
from solver.nli.learned import SHIPPED, load_learned
from solver.search.solve import SolveOptions, finish, solve
from solver.words.rules import parse_rule

SINGLE_OPERATION = (
    "67a3c6ac",
    "68b16354",
    "74dd1130",
    "3c9b0459",
    "ed36ccf7",
    "c59eb873",
    "6d0aefbc",
    "4c4377d9",
    "a416b8f3",
    "d511f180",
    "25ff71a9",
    "1e0a9b12",
)
"""ARC-AGI-1 training puzzles that one geometric, colour or gravity operation explains."""


def test_files_are_small_and_tell_what_was_bootstrapped() -> None:
    assert SHIPPED.stat().st_size <= 16 * 2**20
    about = json.loads(SHIPPED.with_suffix(".json").read_text("utf-8"))
    assert all(parse_rule(name) is not None for name in about["bootstrapped"])
    assert about["trained"]["steps"] > 0


def test_bootstrapped_words_mean_what_they_were_told() -> None:
    learned = load_learned("cpu")
    named = learned.about["bootstrapped"]
    agree = [word.meaning == name for word, name in zip(learned.language.words, named, strict=False)]
    assert sum(agree) >= 0.9 * len(named)


@pytest.mark.parametrize("puzzle", ["67a3c6ac", "74dd1130", "d511f180", "1e0a9b12"])
def test_a_real_puzzle_is_solved_by_learned_words(puzzle: str) -> None:
    solution = finish(solve(open_puzzle(f"arc1-train/{puzzle}"), SolveOptions(learned_only=True, work=0)))
    assert solution.verified
    assert solution.correct


@pytest.mark.slow
def test_real_puzzles_of_one_operation() -> None:
    solved = [
        finish(solve(open_puzzle(f"arc1-train/{name}"), SolveOptions(learned_only=True, budget_s=60))).correct
        for name in SINGLE_OPERATION
    ]
    assert sum(map(bool, solved)) >= 8

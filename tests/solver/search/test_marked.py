"""Objects that a person marked: rules that pick exactly these are tried first, and come first."""

from __future__ import annotations

import numpy as np
import pytest

from puzzles.grid import as_grid
from puzzles.puzzle import Pair, Puzzle
from solver.commands.solve import as_text
from solver.explore.engine import Explorer
from solver.explore.marking import cuttings, picks_marked
from solver.explore.states import program_of
from solver.search.solve import solve
from solver.words.errors import UsageError
from solver.words.marks import Mark, marks_from
from solver.words.program import EXACT_FINGERPRINT, Program, Step
from solver.words.results import SolveOptions, finish, run_program
from solver.words.vocabulary import EXACT_LANGUAGE

SHAPES = ("XXXXXXXX.", "XXXX.XXX.", "XXX.X..XX", "X..XX..XX")
"""Three by three cells each; the second is the one with the second most cells among them."""
SECOND = 1
PLACES = ((1, 1), (1, 6), (6, 2), (7, 8))
WAY = ("objects", "take the piece where rank by cells = 2")


def made(seed: int = 1) -> tuple[Puzzle, tuple[Mark, ...]]:
    """What is wanted is the object with the second most cells twice, side by side; it is marked by a cell."""
    rng = np.random.default_rng(seed)
    pairs, marks = [], []
    for number in range(4):
        grid = np.zeros((11, 12), np.uint8)
        for place, shape in zip(PLACES, rng.permutation(4), strict=True):
            cells = np.array([letter == "X" for letter in SHAPES[shape]]).reshape(3, 3)
            piece = cells * np.uint8(rng.integers(1, 9))
            turned = np.rot90(piece, int(rng.integers(4)))
            grid[place[0] : place[0] + 3, place[1] : place[1] + 3] = turned
            if shape == SECOND:
                rows, columns = np.nonzero(turned)
                cell = int(rows[0]) + place[0], int(columns[0]) + place[1]
                box = turned[rows.min() : rows.max() + 1, columns.min() : columns.max() + 1]
                output = np.hstack([box, box])
        pairs.append(Pair(as_grid(grid), as_grid(output)))
        marks.append(Mark("train", number, frozenset([cell])))
    return Puzzle("made", tuple(pairs[:3]), tuple(pairs[3:])), tuple(marks[:3])


def explored(puzzle: Puzzle, marked: tuple[Mark, ...], budget_s: float = 4.0) -> list[tuple[str, ...]]:
    explorer = Explorer(puzzle, budget_s, marked=marked)
    for _ in explorer.run():
        if explorer.findings:
            break
    return [program_of(finding.node).words for finding in explorer.findings]


def test_the_search_goes_on_from_what_is_marked() -> None:
    puzzle, marks = made()
    assert not any(WAY[1] in words for words in explored(puzzle, ()))
    assert WAY[1] in explored(puzzle, marks, 20.0)[0]


def test_one_marked_demonstration_is_enough_where_the_others_follow_from_it() -> None:
    puzzle, marks = made()
    assert WAY[1] in explored(puzzle, marks[:1], 20.0)[0]


def test_of_programs_that_explain_alike_the_one_that_picks_what_is_marked_comes_first() -> None:
    """Largest and reddest are one object in the demonstrations; in the test they are two."""
    big, small = np.full((2, 3), 2, np.uint8), np.full((1, 2), 3, np.uint8)
    pairs = []
    for shift in range(3):
        grid = np.zeros((7, 9), np.uint8)
        grid[1:3, shift : shift + 3], grid[5:6, 6 - shift : 8 - shift] = big, small
        pairs.append(Pair(as_grid(grid), as_grid(big)))
    grid = np.zeros((7, 9), np.uint8)
    grid[1:3, 1:4], grid[5:6, 6:8] = np.full((2, 3), 3, np.uint8), np.full((1, 2), 2, np.uint8)
    puzzle = Puzzle("two readings", tuple(pairs), (Pair(as_grid(grid), None),))
    for cell, shape in (((1, 1), (2, 3)), ((5, 6), (1, 2))):
        options = SolveOptions(engine="explore", budget_s=5.0, marked=(Mark("test", 0, frozenset([cell])),))
        solution = finish(solve(puzzle, options))
        assert solution.verified
        assert solution.attempts[0][0].grid.shape == shape
        assert solution.best is not None
        assert picks_marked(solution.best, options.marked)
        assert "trying rules that pick what is marked first" in solution.tried


def ran(puzzle: Puzzle, *words: str, others: tuple[int, ...] = ()):
    steps = tuple(Step(word) for word in words)
    return run_program(EXACT_LANGUAGE, Program(steps, EXACT_FINGERPRINT), puzzle, (30, 30), "search")


def test_a_program_picks_the_marked_where_it_takes_exactly_these_or_clears_the_rest() -> None:
    puzzle, marks = made()
    assert picks_marked(ran(puzzle, *WAY), marks)
    assert picks_marked(ran(puzzle, *WAY), marks[1:2])
    assert not picks_marked(ran(puzzle, "objects", "the piece with most cells"), marks)
    clear = "objects", "pieces: vanish where rank by cells ≠ 2", "put back"
    assert picks_marked(ran(puzzle, *clear), marks)
    assert not picks_marked(ran(puzzle, "flip left-right", *WAY), marks)  # other cells by then


def test_marks_that_no_cutting_singles_out_are_said_to_count_for_nothing() -> None:
    grid = np.zeros((3, 3), np.uint8)
    pair = Pair(as_grid(grid), as_grid(grid))
    puzzle, marks = Puzzle("empty", (pair, pair), (pair,)), (Mark("train", 0, frozenset([(1, 1)])),)
    assert cuttings(puzzle, marks) == []
    solution = finish(solve(puzzle, SolveOptions(engine="explore", budget_s=1.0, marked=marks)))
    assert "searching as without marks" in solution.tried
    assert as_text(solution)


def test_marks_are_written_as_cells_of_the_file() -> None:
    texts = ["train[0].input[2][3]", "train[0].input[2][4]", "test[1].input[0][0]"]
    assert marks_from(texts) == (
        Mark("train", 0, frozenset([(2, 3), (2, 4)])),
        Mark("test", 1, frozenset([(0, 0)])),
    )
    for slip in ("train[0].output[2][3]", "2,3", "train[0].input[-1][3]", "train[0].input[2]"):
        with pytest.raises(UsageError, match=r"expected a cell as in train\[0\]"):
            marks_from([slip])


def test_marks_outside_the_inputs_or_beside_pinned_steps_are_refused() -> None:
    puzzle, marks = made()
    for mark, what in (
        (Mark("train", 0, frozenset([(11, 0)])), r"train\[0\]\.input\[11\]\[0\] is no cell of made"),
        (Mark("test", 1, frozenset([(0, 0)])), "there are 1 such pairs"),
    ):
        with pytest.raises(UsageError, match=what):
            finish(solve(puzzle, SolveOptions(engine="explore", marked=(mark,))))
    pinned = Program((Step("flip left-right"),), EXACT_FINGERPRINT)
    with pytest.raises(UsageError, match="marked and pinned are both given"):
        finish(solve(puzzle, SolveOptions(engine="explore", marked=marks, pinned=pinned)))

"""Programs run step by step, and their files load back or are refused with a reason."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from puzzles.grid import Grid, PuzzleError, as_grid
from solver.words.program import (
    Language,
    Outcome,
    Program,
    ProgramError,
    Step,
    WordKind,
    of_all,
    program_from_json,
    program_to_json,
)
from tests.solver.conftest import puzzle_of


@dataclass(frozen=True)
class Adder:
    """A word that adds a number to every cell."""

    name: str
    amount: int
    meaning: str = ""
    kind: WordKind = "exact"

    def apply(self, grids: Sequence[Grid], canvas: tuple[int, int]) -> list[Outcome]:
        return [Outcome(as_grid((grid + self.amount) % 10)) for grid in grids]


LANGUAGE = Language((Adder("one", 1, "add one"), Adder("two", 2)), "f00d")
PUZZLE = puzzle_of("flip left-right")


def test_every_intermediate_grid_is_kept() -> None:
    program = Program.of(["one", "two", "two"], "f00d")
    (trace,) = LANGUAGE.execute(program, [as_grid([[0]])], (1, 1))
    assert [int(grid[0, 0]) for grid in trace.grids] == [0, 1, 3, 5]
    assert trace.output is trace.grids[-1]


def test_a_step_may_refer_to_an_earlier_one() -> None:
    program = Program((Step("one"), Step("two"), Step("two", source=0), Step("one", source=-1)), "f00d")
    (trace,) = LANGUAGE.execute(program, [as_grid([[0]])], (1, 1))
    assert [int(grid[0, 0]) for grid in trace.grids] == [0, 1, 3, 3, 1]


def test_steps_read_as_people_write_them() -> None:
    assert LANGUAGE.describe(Step("one")) == "one ≈ add one"
    assert LANGUAGE.describe(Step("two")) == "two"


@pytest.mark.parametrize(
    ("program", "message"),
    [
        (Program.of(["one"], "beef"), "the program was written with weights beef"),
        (Program.of(["three"], "f00d"), "this language has no word 'three'"),
        (Program((Step("one", source=0),), "f00d"), r"steps\[0\].source is 0, expected -1 to -1"),
    ],
)
def test_what_cannot_run_is_refused(program: Program, message: str) -> None:
    with pytest.raises(ProgramError, match=message):
        LANGUAGE.execute(program, [as_grid([[0]])], (1, 1))


def test_round_trip() -> None:
    program = Program((Step("one"), Step("two", source=-1)), "f00d")
    assert program_from_json(program_to_json(program, PUZZLE), "p.json") == (program, PUZZLE)


def damaged(**changes: object) -> str:
    document = json.loads(program_to_json(Program.of(["one"], "f00d"), PUZZLE))
    return json.dumps(document | changes)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("{", "p.json: expected JSON"),
        ("[]", "p.json: expected an object"),
        (damaged(format=2), "p.json: format is 2, expected 1"),
        (damaged(language=None), "p.json: language is null"),
        (damaged(steps={}), "p.json: steps is an object, expected a list"),
        (damaged(steps=[{"word": 3}]), r"p.json: steps\[0\] is"),
        (damaged(steps=[{"word": "one", "source": 5}]), r"p.json: steps\[0\].source is 5"),
        (damaged(steps=[{"word": "one", "source": True}]), r"p.json: steps\[0\].source is true"),
        ('{"format": ' + "1" * 5000 + "}", "p.json: expected JSON"),
    ],
)
def test_damaged_files_are_refused(text: str, message: str) -> None:
    with pytest.raises(ProgramError, match=message):
        program_from_json(text, "p.json")


def test_a_damaged_puzzle_inside_names_the_file() -> None:
    with pytest.raises(PuzzleError, match=r"p.json"):
        program_from_json(damaged(puzzle={"train": []}), "p.json")


@given(st.text() | st.recursive(st.none() | st.integers() | st.text(), st.lists).map(json.dumps))
def test_no_text_raises_anything_else(text: str) -> None:
    with pytest.raises((ProgramError, PuzzleError)):
        program_from_json(text, "p.json")


def test_grids_are_not_shared_for_writing() -> None:
    (trace,) = LANGUAGE.execute(Program.of(["one"], "f00d"), [as_grid([[0]])], (1, 1))
    with pytest.raises(ValueError, match="read-only"):
        trace.output[0, 0] = 1
    assert trace.output.dtype == np.uint8


def test_a_program_of_several_weights_names_each_once_and_exact_words_need_none():
    assert of_all("exact", "exact") == "exact"
    assert of_all("exact", "a") == "a"
    assert of_all("a+b", "exact", "b", "c") == "a+b+c"

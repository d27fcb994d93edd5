from __future__ import annotations

import numpy as np
import pytest

from solver.lab.bench.lists import ListSuite
from solver.nli.model import to_grids
from solver.words.operations import NotApplicable


@pytest.fixture(scope="module")
def suite():
    return ListSuite()


def run(suite, name, values):
    operation = next(op for op in suite.operations if op.name == name)
    return operation(np.array([values], np.uint8))[0].tolist()


@pytest.mark.parametrize(
    ("name", "values", "expected"),
    [
        ("map *2", [1, 4, 7], [2, 8, 9]),
        ("map -1", [0, 5], [0, 4]),
        ("scan +", [1, 2, 3, 9], [1, 3, 6, 9]),
        ("scan min", [4, 2, 7], [4, 2, 2]),
        ("filter odd", [1, 2, 3], [1, 3]),
        ("differences", [3, 1, 9], [3, 2, 8]),
        ("sum", [2, 3], [5]),
        ("maximum", [2, 8, 3], [8]),
        ("drop 3", [1, 2, 3, 4], [4]),
    ],
)
def test_functions_do_what_their_names_say_and_stay_digits(suite, name, values, expected):
    assert run(suite, name, values) == expected


def test_an_empty_list_is_no_answer(suite):
    with pytest.raises(NotApplicable):
        run(suite, "filter odd", [2, 4])


@pytest.mark.parametrize("kind", ["in", "held-out pairs", "depth 5"])
def test_lists_are_what_the_program_makes_of_them_and_differ_in_length(suite, kind):
    by_name = {op.name: op for op in suite.operations}
    batch = suite.draw("test", 0, 8, 3, seed=0, kind=kind)
    assert batch.canvas == (1, 10)
    lengths = set()
    for name, inputs, outputs in zip(batch.names, batch.inputs, batch.outputs, strict=True):
        for before, after in zip(to_grids(inputs, (1, 10)), to_grids(outputs, (1, 10)), strict=True):
            made = before
            for word in name.split(", "):
                made = by_name[word](made)
            assert made.tolist() == after.tolist()
            lengths.add(before.shape[1])
    assert len(lengths) > 3


def test_longer_programs_are_no_shorter_ones_in_disguise(suite):
    trained = {suite.behaviour(words) for words in (*suite.trained, *suite.held)}
    numbers = {op.name: index for index, op in enumerate(suite.operations)}
    for kind in ("depth 3", "depth 4"):
        for name in suite.draw("test", 0, 10, 2, seed=0, kind=kind).names:
            assert suite.behaviour(tuple(numbers[word] for word in name.split(", "))) not in trained

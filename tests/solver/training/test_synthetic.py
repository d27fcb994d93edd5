"""The curriculum keeps its promises for every program it draws."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from puzzles.grid import as_grid
from solver.training.synthetic import FAMILY_WEIGHTS, Curriculum, random_grid
from solver.words.operations import CURRICULUM_OPERATIONS as OPERATIONS
from solver.words.operations.counted import COUNTED_OPERATIONS
from solver.words.vocabulary import exact_word

CURRICULUM = Curriculum()


@given(
    seed=st.integers(0, 10_000), depth=st.integers(1, 3), rows=st.integers(4, 12), columns=st.integers(4, 12)
)
def test_tasks_fit_and_every_word_does_something(seed: int, depth: int, rows: int, columns: int) -> None:
    task = CURRICULUM.draw(np.random.default_rng(seed), depth, 3, (rows, columns))
    assert len(task.words) == depth
    for states in task.examples:
        assert all(1 <= s.shape[0] <= rows and 1 <= s.shape[1] <= columns for s in states)
        for before, word, after in zip(states, task.words, states[1:], strict=False):
            assert np.array_equal(OPERATIONS[word](before), after)
            assert not np.array_equal(before, after)


def test_the_same_seed_draws_the_same_task() -> None:
    first, second = (CURRICULUM.draw(np.random.default_rng(7), 2, 4, (8, 8)) for _ in range(2))
    assert first.words == second.words
    assert all(
        np.array_equal(a, b)
        for one, two in zip(first.examples, second.examples, strict=True)
        for a, b in zip(one, two, strict=True)
    )


def test_commuting_words_stand_in_one_order() -> None:
    names = {"flip left-right", "replace 1 by 2"}
    curriculum = Curriculum([operation for operation in OPERATIONS if operation.name in names])
    rng = np.random.default_rng(0)
    orders = {curriculum.draw(rng, 2, 3, (6, 6)).words for _ in range(20)}
    assert orders == {(0, 1)}


def test_three_words_that_commute_stand_in_one_order_with_the_states_in_between() -> None:
    names = ("flip left-right", "replace 1 by 2", "replace 3 by 4")
    curriculum = Curriculum([operation for operation in OPERATIONS if operation.name in names])
    for seed in range(30):
        task = curriculum.draw(np.random.default_rng(seed), 3, 2, (7, 7))
        assert list(task.words) == sorted(task.words)
        for states in task.examples:
            for before, word, after in zip(states, task.words, states[1:], strict=False):
                assert np.array_equal(curriculum.operations[word](before), after)


def test_every_operation_is_drawn_sooner_or_later() -> None:
    for operation in OPERATIONS:
        task = Curriculum([operation]).draw(np.random.default_rng(0), 1, 3, (12, 12))
        assert len(task.examples) == 3


def test_every_family_has_a_weight() -> None:
    drawn = (*OPERATIONS, *COUNTED_OPERATIONS)
    assert {operation.family for operation in drawn} == set(FAMILY_WEIGHTS)


def test_counted_words_are_exact_words_beside_the_curriculum_that_show_on_random_grids() -> None:
    names = [operation.name for operation in COUNTED_OPERATIONS]
    assert len(set(names)) == len(names)
    assert not set(names) & {operation.name for operation in OPERATIONS}
    for operation in COUNTED_OPERATIONS:
        task = Curriculum([operation]).draw(np.random.default_rng(0), 1, 3, (9, 9))
        word = exact_word(operation.name)
        assert word is not None
        for before, after in task.examples:
            assert np.array_equal(word.apply([as_grid(before)], (9, 9))[0].grid, after)


@given(
    seed=st.integers(0, 1000),
    rows=st.integers(1, 12),
    columns=st.integers(1, 12),
    needs=st.sampled_from(["any", "island", "sparse", "sides", "ends", "outlines", "blocks"]),
)
def test_grids_of_every_kind_fit_their_shape(seed: int, rows: int, columns: int, needs: str) -> None:
    grid = random_grid(np.random.default_rng(seed), (rows, columns), [3, 1, 4], needs)
    assert grid.dtype == np.uint8
    assert 1 <= grid.shape[0] <= rows
    assert 1 <= grid.shape[1] <= columns
    if needs in {"island", "sparse", "sides", "ends", "outlines"} and min(rows, columns) >= 3:
        assert (grid <= 9).all()


@pytest.mark.parametrize("operation", OPERATIONS, ids=lambda operation: operation.name)
def test_operations_leave_their_input_alone(operation) -> None:
    task = Curriculum([operation]).draw(np.random.default_rng(1), 1, 1, (9, 9))
    grid = task.examples[0][0]
    kept = grid.copy()
    result = operation(grid)
    assert np.array_equal(grid, kept)
    assert result.dtype == np.uint8
    assert not np.shares_memory(result, grid) or result.flags.c_contiguous

"""What attempts are worth, whatever state the submission is in."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from puzzles.grid import PuzzleError, as_grid
from puzzles.score import TaskScore, attempts_in, names_in, score
from tests.puzzles.strategies import JUNK

A, B, C = [[1]], [[2, 2]], [[3], [3]]
ANSWERS = {"one": [as_grid(A)], "two": [as_grid(A), as_grid(B)], "open": []}


def tried(first, second=None):
    return {"attempt_1": first} | ({} if second is None else {"attempt_2": second})


def test_shares_and_solved_tasks_at_one_and_two_attempts():
    result = score({"one": [tried(B, A)], "two": [tried(A, A), tried(C, C)]}, ANSWERS)
    assert result.tasks == (TaskScore("one", 1, 0, 1), TaskScore("two", 2, 1, 1))
    assert (result.mean(1), result.mean(2)) == (0.25, 0.75)
    assert (result.solved(1), result.solved(2)) == (0, 1)
    assert (result.missing, result.extra, result.wrong_counts) == ((), (), ())


def test_missing_extra_and_miscounted_entries_are_told_and_cost_their_points():
    result = score({"two": [tried(A)], "other": [tried(A)], "open": [tried(A)]}, ANSWERS)
    assert (result.missing, result.extra, result.wrong_counts) == (("one",), ("other", "open"), ("two",))
    assert result.tasks[0].problem == "missing"
    assert result.tasks[1] == TaskScore("two", 2, 1, 1, "has 1 tests, expected 2")
    assert result.mean(2) == 0.25
    longer = score({"one": [tried(A), tried(A)]}, ANSWERS)
    assert longer.tasks[0] == TaskScore("one", 1, 1, 1, "has 2 tests, expected 1")


def test_attempts_that_are_no_grids_are_wrong_and_told():
    result = score({"one": [tried([[16]], A)], "two": [tried(A), {}]}, ANSWERS)
    assert (result.tasks[0].right_at_1, result.tasks[0].right_at_2) == (0, 1)
    assert result.tasks[0].problem.startswith("test 0 attempt_1 row 0 column 0 is 16")
    assert result.tasks[1].problem == "test 1 attempt_1 is missing, expected a grid"


def test_answers_with_metadata_and_single_tasks():
    document = [{"attempt_1": {"answer": A, "metadata": {"model": "m"}}}]
    attempts = attempts_in(document, "one.json", "one")
    assert score(attempts, ANSWERS).tasks[0].right_at_1 == 1
    for other in ([], {}, {"a": [[[1]]]}, 3):
        with pytest.raises(PuzzleError, match=r"^one\.json: has no attempts, expected"):
            attempts_in(other, "one.json", "one")


@pytest.mark.parametrize(
    ("ids", "names"),
    [
        (("train/a", "eval/b"), {"a": "train/a", "eval/b": "eval/b"}),
        (("x/a", "a"), {"x/a": "x/a", "a": "a"}),
        (("x/a", "y/a"), {"a": "x/a", "y/a": "y/a"}),
        (("x/c",), {"x/c": "x/c"}),
    ],
)
def test_ids_of_folders_are_found_by_their_last_part_each_name_once(ids, names):
    assert names_in({"a", "x/c", "c"}, ids) == names


@given(
    st.dictionaries(
        st.sampled_from(["one", "two", "x"]), JUNK | st.lists(st.dictionaries(st.just("attempt_1"), JUNK))
    )
)
def test_any_submission_gets_a_score(submission):
    assert 0 <= score(submission, ANSWERS).mean(1) <= score(submission, ANSWERS).mean(2) <= 1

"""True procedures do what ordinary code does, with loops and recursively; histories leave nothing out."""

from __future__ import annotations

import numpy as np
import pytest

from solver.npi.pad import EAST, ENVIRONMENTS, NORTH_EAST, SOUTH, Pad, addition_pad, drawing_pad, sorting_pad
from solver.npi.programs import LOOPED, RECURSIVE, Call, Procedures
from solver.npi.tasks import TASKS
from solver.npi.traces import EndlessError, Frame, different, replay, run_true
from solver.npi.verify import possible_frames

ADDING = ENVIRONMENTS["addition"]
BOTH = pytest.mark.parametrize("every", [RECURSIVE, LOOPED], ids=["recursive", "looped"])


def after(every: dict[str, Procedures], environment: str, pad: Pad, call: Call) -> Pad:
    task = next(task for task in TASKS.values() if task.environment.name == environment)
    for _ in run_true(every[environment], task.environment, pad, call):
        pass
    return pad


@BOTH
def test_addition_adds(every: dict[str, Procedures]) -> None:
    rng = np.random.default_rng(1)
    for length in (1, 2, 7, 30):
        numbers = rng.integers(0, 10, (2, length)).tolist()
        first, second = (int("".join(map(str, digits))) for digits in numbers)
        pad = after(every, "addition", addition_pad(*numbers), Call("ADD"))
        assert int("".join(map(str, pad.cells[3]))) == first + second


@BOTH
def test_bubble_sort_sorts(every: dict[str, Procedures]) -> None:
    rng = np.random.default_rng(2)
    for length in (1, 2, 3, 12):
        digits = rng.integers(0, 10, length).tolist()
        assert after(every, "sorting", sorting_pad(digits), Call("BUBBLESORT")).cells[0].tolist() == sorted(
            digits
        )


@BOTH
def test_grid_procedures_draw(every: dict[str, Procedures]) -> None:
    ray = after(every, "drawing", drawing_pad([[0, 0, 0, 0, 7, 0]], (0, 1), 3), Call("RAY", (EAST, 0, 0)))
    assert ray.cells.tolist() == [[0, 0, 3, 3, 7, 0]]
    room = np.array([[0, 0, 5, 0], [0, 5, 5, 0], [0, 5, 0, 0]])
    filled = after(every, "drawing", drawing_pad(room, (0, 3), 2), Call("FILL"))
    assert filled.cells.tolist() == [[0, 0, 5, 2], [0, 5, 5, 2], [0, 5, 2, 2]]
    drop = after(every, "drawing", drawing_pad([[6], [0], [0], [1]], (0, 0), 1), Call("DROP", (SOUTH, 0, 0)))
    assert drop.cells.tolist() == [[0], [0], [6], [1]]
    bounce = after(
        every, "drawing", drawing_pad(np.zeros((4, 2)), (3, 0), 8), Call("BOUNCE", (NORTH_EAST, 0, 0))
    )
    assert bounce.cells.tolist() == [[0, 8], [8, 0], [0, 8], [0, 0]]
    bar = after(
        every,
        "drawing",
        drawing_pad([[3, 0, 3, 4, 3], [0, 0, 0, 0, 0]], (0, 0), 3, pen=(1, 0)),
        Call("BAR"),
    )
    assert bar.cells[1].tolist() == [3, 3, 3, 0, 0]


def test_recursive_frames_stay_short_and_looped_ones_grow() -> None:
    def longest(looped: bool) -> int:
        task = TASKS["addition"]
        pad, call = task.start(np.random.default_rng(0), 30)
        frames = run_true(task.procedures(looped), task.environment, pad, call)
        return max(len(frame.seen) for frame in frames)

    assert longest(looped=False) <= 5
    assert longest(looped=True) > 60


def test_returning_is_a_step_and_repetitions_go() -> None:
    task = TASKS["addition"]
    frames = list(run_true(task.procedures(), task.environment, addition_pad([0, 0], [0, 0]), Call("ADD")))
    assert all(len(frame.seen) == len(frame.calls) + 1 for frame in frames)
    assert len(different(frames)) < len(frames)
    assert set(different(frames)) == set(frames)


def test_a_run_without_end_is_stopped() -> None:
    def forever(see, arguments):
        yield Call("AGAIN")

    with pytest.raises(EndlessError, match="AGAIN"):
        list(run_true({"AGAIN": forever}, ADDING, addition_pad([1], [1]), Call("AGAIN"), 50))


def test_replay_follows_a_history_and_refuses_one_that_does_not_fit() -> None:
    task = TASKS["addition"]

    def adding(*seen: tuple[int, ...]) -> Frame:
        return replay(task.procedures(), task.environment, Call("ADD1"), seen)

    with_carry = adding((7, 8, 0, 0), (7, 8, 0, 5), (7, 8, 0, 5))
    assert [call.program for call in with_carry.calls] == ["ACT", "CARRY"]
    with pytest.raises(ValueError, match="makes 2 calls, expected 1"):
        adding((7, 8, 0, 0), (7, 8, 0, 5))
    with pytest.raises(ValueError, match="goes on"):
        replay(task.procedures(looped=True), task.environment, Call("ADD"), ((1, 1, 0, 0),))
    with pytest.raises(ValueError, match="makes 1 calls, expected 2"):
        adding((1, 8, 0, 0), (1, 8, 0, 9), (1, 8, 0, 9))


@pytest.mark.parametrize("name", ["addition", "sorting"])
def test_no_frame_of_a_real_run_is_missing_among_the_possible_ones(name: str) -> None:
    task = TASKS[name]
    rng = np.random.default_rng(3)
    starts = [task.start(rng, size) for size in (1, 2, 3, 4, 5, 9, 14) for _ in range(25)]
    real: set[Frame] = set()
    for pad, call in starts:
        real.update(run_true(task.procedures(), task.environment, pad, call))
    missing = set(real)
    for frame in possible_frames(task):
        missing.discard(frame)
    assert len(real) > 500
    assert not missing

"""The pad and what procedures see of it and do to it."""

from __future__ import annotations

import numpy as np

from solver.npi.pad import (
    EAST,
    EMPTY,
    ENVIRONMENTS,
    HAND,
    NORTH,
    OTHER,
    OUTSIDE,
    PUSH,
    SOUTH,
    SWAP,
    WALL,
    WEST,
    WRITE,
    Pad,
    addition_pad,
    drawing_pad,
    sorting_pad,
)


def test_a_pointer_stops_one_cell_outside_and_reads_the_wall() -> None:
    pad = Pad([[1, 2]], {"p": (0, 0)})
    for _ in range(3):
        pad.move("p", WEST)
    assert pad.pointers["p"] == (0, -1)
    assert pad.under("p") == WALL
    pad.move("p", EAST)
    assert pad.under("p") == 1


def test_writing_says_what_changed_and_nothing_outside_or_twice() -> None:
    pad = Pad([[1, 2]])
    assert pad.write(0, 1, 5) == ((0, 1, 2, 5),)
    assert pad.write(0, 1, 5) == ()
    assert pad.write(0, 2, 5) == ()
    assert pad.cells.tolist() == [[1, 5]]


def test_a_copy_is_independent() -> None:
    pad = addition_pad([1], [2])
    twin = pad.copy()
    twin.write(0, 0, 9)
    twin.move("first", WEST)
    assert pad.cells[0, 0] == 0
    assert pad.pointers["first"] == (0, 1)


def test_numbers_of_different_length_are_aligned_on_the_right() -> None:
    pad = addition_pad([1, 2, 3], [4])
    assert pad.cells[:2].tolist() == [[0, 1, 2, 3], [0, 0, 0, 4]]
    assert ENVIRONMENTS["addition"].observe(pad) == (3, 4, 0, 0)


def test_sorting_swaps_under_its_pointers_alone() -> None:
    pad = sorting_pad([3, 1, 2])
    sorting = ENVIRONMENTS["sorting"]
    assert sorting.observe(pad) == (3, 1, 0, 1)
    assert len(sorting.act(pad, (0, SWAP, 0))) == 2
    assert pad.cells.tolist() == [[1, 3, 2]]
    pad.pointers |= {"left": (0, 2), "right": (0, 3)}
    assert sorting.act(pad, (0, SWAP, 0)) == ()


def test_drawing_sees_kinds_of_cells_not_colours() -> None:
    drawing = ENVIRONMENTS["drawing"]
    pad = drawing_pad([[0, 4], [7, 0]], (0, 0), hand=4)
    seen = drawing.observe(pad)
    assert seen[:9] == (OUTSIDE, OUTSIDE, OUTSIDE, OUTSIDE, EMPTY, HAND, OUTSIDE, OTHER, EMPTY)
    assert all(value < size for value, size in zip(seen, drawing.sizes, strict=True))
    drawing.act(pad, (0, WRITE, 0))
    assert pad.cells[0, 0] == 4


def test_a_piece_is_pushed_as_a_whole_until_it_is_blocked() -> None:
    drawing = ENVIRONMENTS["drawing"]
    pad = drawing_pad([[0, 2, 2], [0, 2, 0], [0, 0, 0], [5, 0, 0]], (1, 1), hand=1)
    assert drawing.act(pad, (0, PUSH, SOUTH))
    assert pad.cells.tolist() == [[0, 0, 0], [0, 2, 2], [0, 2, 0], [5, 0, 0]]
    assert pad.pointers["eye"] == (2, 1)
    assert drawing.act(pad, (0, PUSH, SOUTH))
    assert drawing.act(pad, (0, PUSH, SOUTH)) == ()
    assert drawing.observe(pad)[9:13] == (0, 1, 1, 1)


def test_actions_that_mean_nothing_do_nothing() -> None:
    for name, pad in (
        ("addition", addition_pad([1], [1])),
        ("sorting", sorting_pad([2, 1])),
        ("drawing", drawing_pad(np.ones((2, 2)), (0, 0), 1)),
    ):
        before = pad.cells.copy()
        for which in (0, 7, 15):
            ENVIRONMENTS[name].act(pad, (which, 15, 15))
        ENVIRONMENTS[name].act(pad, (15, NORTH, 0))
        assert (pad.cells == before).all()

"""Continued patterns and what is drawn between marks: properties on random grids, and what the names say."""

from __future__ import annotations

import numpy as np
import pytest

from solver.words.operations import NotApplicable
from solver.words.operations.between import BETWEEN, join_around
from solver.words.operations.continuation import (
    CONTINUATIONS,
    continue_both,
    continue_content,
    continue_lines,
    continue_steps,
    mirrored_on,
    period_of,
)
from solver.words.operations.pieces import background


def grid(*rows: str) -> np.ndarray:
    return np.array([[int(c) for c in row] for row in rows], np.uint8)


def random_tiles(number: int = 20) -> list[np.ndarray]:
    rng = np.random.default_rng(5)
    return [rng.integers(1, 6, rng.integers(1, 5, 2)).astype(np.uint8) for _ in range(number)]


@pytest.mark.parametrize("word", [*CONTINUATIONS, *BETWEEN], ids=lambda word: word.name)
def test_nothing_that_is_there_is_painted_over(word):
    rng = np.random.default_rng(3)
    answers = 0
    for _ in range(600):
        cells = np.zeros(rng.integers(3, 9, 2), np.uint8)
        # Single marks, pairs and small blocks, so that every word has something to do.
        rows, columns = (np.sort(rng.choice(side, 2, replace=False)) for side in cells.shape)
        block = rng.integers(1, 4, (2, 2)).astype(np.uint8)
        kind = rng.integers(3)
        if kind == 0:
            cells[np.ix_(rows, columns)] = block if rng.random() < 0.5 else block[0, 0]
        elif kind == 1:
            cells[rows[0], columns[0]], cells[rows[1], columns[1]] = block[0]
        else:
            cells[rows[0] : rows[0] + 2, columns[0] : columns[0] + 2] = block[: len(cells) - rows[0]][
                :, : cells.shape[1] - columns[0]
            ]
        before = cells.copy()
        try:
            result = word(cells)
        except NotApplicable:
            continue
        assert np.array_equal(cells, before)
        if word.family != "unfold":
            assert result.shape == cells.shape
            content = cells != background(cells)
            assert np.array_equal(result[content], cells[content])
        answers += 1
    assert answers > 10


def test_the_period_of_tiles_is_found_and_goes_on():
    for tile in random_tiles():
        height = len(tile)
        rows = np.tile(tile, (3, 1))
        assert height % period_of(rows) == 0
        canvas = np.zeros((5 * height, tile.shape[1]), np.uint8)
        canvas[height : 4 * height] = rows
        whole = np.tile(tile, (5, 1))
        assert np.array_equal(continue_content(canvas, True, True), whole)
        assert np.array_equal(continue_content(canvas, False, True)[height:], whole[height:])
        assert (continue_content(canvas, False, True)[:height] == 0).all()


def test_a_block_that_does_not_repeat_is_its_own_period():
    assert np.array_equal(
        continue_content(grid("000", "121", "333", "121", "000"), True, True),
        grid("121", "121", "333", "121", "121"),
    )
    with pytest.raises(NotApplicable):
        continue_content(grid("11", "22"), True, True)


def test_a_cross_goes_on_along_its_arms():
    crossed = continue_both(grid("00000", "00800", "00300", "83200", "00000"))
    assert np.array_equal(crossed, grid("00200", "00800", "00300", "83283", "00800"))
    assert np.array_equal(continue_lines(grid("0120", "0300")), grid("2121", "0300"))


def test_steps_of_objects_go_on_in_turn():
    assert np.array_equal(
        continue_steps(grid("1000000", "0000000", "0020000", "0000000", "0000000"), False),
        grid("1000000", "0000000", "0020000", "0000000", "0000100"),
    )
    with pytest.raises(NotApplicable):
        continue_steps(grid("1010001"), False)


def test_mirrors_share_an_edge_and_are_symmetric():
    for tile in random_tiles():
        if len(tile) < 2:
            continue
        result = mirrored_on(tile, first=False)
        assert len(result) == 2 * len(tile) - 1
        assert np.array_equal(result, result[::-1])
        assert np.array_equal(result[: len(tile)], tile)
        assert np.array_equal(mirrored_on(tile, first=True), mirrored_on(tile[::-1], first=False))


def test_marks_are_joined_around_a_corner():
    cells = grid("2000", "0000", "0003")
    assert np.array_equal(join_around(cells, "upper"), grid("2222", "0002", "0003"))
    assert np.array_equal(join_around(cells, "right"), grid("2000", "3000", "3333"))
    assert np.array_equal(join_around(cells, "higher-numbered"), join_around(cells, "lower"))

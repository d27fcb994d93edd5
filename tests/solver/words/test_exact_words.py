"""Exact words: pure, of allowed form, and doing what their names say."""

from __future__ import annotations

import numpy as np
import pytest

from solver.words.operations import CHOICES, FILTERS, MERGES, OPERATIONS, SPLITS, NotApplicable
from solver.words.operations.choose import choose_extreme, choose_odd, put_back, reassemble
from solver.words.operations.complete import restore_pattern, restore_symmetry, without_specks
from solver.words.operations.lines import connect, drop_objects, extend, fill_holes
from solver.words.operations.pieces import Piece, Pieces, background, boxes, components, holes
from solver.words.operations.renumber import ORDERS, GiveBack, Renumber, give_back, numbering, renumbered
from solver.words.operations.scale import shrink, tile_of_pattern
from solver.words.operations.split import between_lines, equal_parts, objects
from solver.words.operations.transform import act, parse_action


def grid(*rows: str) -> np.ndarray:
    return np.array([[int(c) for c in row] for row in rows], np.uint8)


def random_grids(number: int = 12) -> list[np.ndarray]:
    rng = np.random.default_rng(0)
    grids = []
    for _ in range(number):
        shape = rng.integers(1, 11, 2)
        density = rng.choice([0.2, 0.5, 1.0])
        cells = np.where(rng.random(shape) < density, rng.integers(0, 5, shape), 0)
        grids.append(cells.astype(np.uint8))
    return grids


GRIDS = random_grids()


def attempt(function, value):
    try:
        return function(value)
    except NotApplicable:
        return None


def some_pieces() -> list[Pieces]:
    cut = [attempt(split.function, cells) for cells in GRIDS for split in SPLITS]
    return [pieces for pieces in cut if pieces is not None]


def test_names_are_unique_across_all_kinds():
    names = [word.name for kind in (OPERATIONS, SPLITS, FILTERS, MERGES, CHOICES) for word in kind]
    assert len(names) == len(set(names))


@pytest.mark.parametrize("operation", OPERATIONS, ids=lambda operation: operation.name)
def test_operations_are_pure_and_yield_grids(operation):
    for cells in GRIDS:
        before = cells.copy()
        result = attempt(operation, cells)
        assert np.array_equal(cells, before)
        if result is not None:
            assert result.ndim == 2
            assert result.size > 0
            assert result.max() <= 9
            assert np.array_equal(result, operation(cells))


@pytest.mark.parametrize("split", SPLITS, ids=lambda split: split.name)
def test_pieces_lie_inside_the_grid_and_show_its_cells(split):
    for cells in GRIDS:
        pieces = attempt(split.function, cells)
        for piece in pieces.items if pieces else ():
            height, width = piece.cells.shape
            window = cells[piece.top : piece.top + height, piece.left : piece.left + width]
            assert window.shape == piece.cells.shape
            shown = piece.cells != pieces.background
            assert np.array_equal(piece.cells[shown], window[shown])


@pytest.mark.parametrize("word", [*FILTERS, *MERGES, *CHOICES], ids=lambda word: word.name)
def test_words_on_pieces_yield_pieces_or_grids(word):
    for pieces in some_pieces()[::3]:
        result = attempt(word.function, pieces)
        if isinstance(result, Pieces):
            assert result.items
        elif result is not None:
            assert result.ndim == 2
            assert result.size > 0


@pytest.mark.parametrize("diagonal", [True, False])
def test_components_agree_with_a_slow_flood(diagonal):
    for cells in GRIDS:
        labels = components(cells, diagonal, False, 0)
        assert np.array_equal(labels > 0, cells != 0)
        for one in np.argwhere(cells != 0):
            for other in np.argwhere(cells != 0):
                gap = np.abs(one - other)
                touching = gap.max() == 1 and (diagonal or gap.sum() == 1)
                if touching and cells[tuple(one)] == cells[tuple(other)]:
                    assert labels[tuple(one)] == labels[tuple(other)]
        for label, (top, bottom, left, right) in enumerate(boxes(labels), 1):
            assert (labels[top:bottom, left:right] == label).sum() == (labels == label).sum()


def test_background_is_0_unless_0_is_rare():
    assert background(grid("011", "011")) == 0
    assert background(grid("777777", "777707")) == 7


def test_holes_do_not_reach_the_edge():
    ring = grid("111", "101", "111") == 1
    assert holes(ring)[1, 1] == 1
    assert holes(ring[:2]).max() == 0


def test_choosing_by_size():
    pieces = objects(grid("1102", "1100", "0003"), True, False)
    assert np.array_equal(choose_extreme(pieces, "cells", most=True), grid("11", "11"))
    assert np.array_equal(choose_odd(pieces, "cells"), grid("11", "11"))
    with pytest.raises(NotApplicable):
        choose_extreme(pieces, "cells", most=False)


def test_parts_between_lines_are_put_together_without_them():
    cells = grid("12511", "34511", "55555", "00577", "00577")
    pieces = between_lines(cells)
    assert pieces.layout == (2, 2)
    assert np.array_equal(reassemble(pieces), grid("1211", "3411", "0077", "0077"))


def test_halves_may_have_a_line_between_them():
    left, right = equal_parts(grid("12534", "56578"), 1, 2).items
    assert np.array_equal(left.cells, grid("12", "56"))
    assert np.array_equal(right.cells, grid("34", "78"))


def test_restoring_a_pattern_and_a_symmetry():
    whole = np.tile(grid("123", "456"), (3, 3))
    damaged = whole.copy()
    damaged[1:3, 2:4] = 0
    assert np.array_equal(restore_pattern(damaged, 0), whole)
    mirrored = np.hstack([whole, whole[:, ::-1]])
    torn = mirrored.copy()
    torn[0:2, 0:2] = 9
    assert np.array_equal(restore_symmetry(torn, 9), mirrored)


def test_lines_stop_at_obstacles():
    assert np.array_equal(extend(grid("0200", "0000", "0300"), ((1, 0),)), grid("0200", "0200", "0300"))
    assert np.array_equal(connect(grid("20020", "00000"), False, False, True), grid("22220", "00000"))


def test_objects_fall_as_a_whole():
    fallen = drop_objects(grid("110", "010", "000", "200"), (1, 0), False)
    assert np.array_equal(fallen, grid("000", "000", "110", "210"))


def test_filling_holes_in_the_objects_colour():
    open_and_closed = grid("333000", "303033", "333030")
    assert np.array_equal(fill_holes(open_and_closed, None), grid("333000", "333033", "333030"))


def test_shrinking_undoes_enlarging_and_tiles_are_found():
    small = grid("12", "30")
    assert np.array_equal(shrink(small.repeat(3, 0).repeat(3, 1)), small)
    assert np.array_equal(tile_of_pattern(np.tile(small, (3, 2))), small)


def test_specks_are_removed_by_size():
    assert np.array_equal(without_specks(grid("1001", "0001"), 1), grid("0001", "0001"))


def changed(action: str, cells: np.ndarray, *which: bool) -> np.ndarray:
    pieces = objects(cells, True, False)
    return put_back(act(parse_action(action), pieces, np.array(which)))


def test_pieces_move_turn_and_vanish():
    cells = grid("2000080", "2200080", "0000080")
    assert np.array_equal(
        changed("move until it touches another", cells, True, False), grid("0002080", "0002280", "0000080")
    )
    assert np.array_equal(
        changed("move down until stopped", cells, True, False), grid("0000080", "2000080", "2200080")
    )
    assert np.array_equal(
        changed("move by 1 down, 2 right", cells, True, False), grid("0000080", "0020080", "0022080")
    )
    assert np.array_equal(changed("vanish", cells, False, True), grid("2000000", "2200000", "0000000"))
    assert np.array_equal(changed("flip left-right", cells, True, False)[:2, :2], grid("02", "22"))
    assert np.array_equal(
        changed("move up by its length", grid("00", "11", "00"), True), grid("11", "00", "00")
    )


def test_a_piece_stays_where_nothing_of_its_colour_is_in_its_way():
    cells = grid("20030", "00000", "20003")
    moved = changed("move until it touches its colour", cells, True, True, False, False)
    assert np.array_equal(moved, grid("00030", "20000", "20003"))


def test_what_stays_is_put_over_the_middle_of_the_others():
    cells = grid("4330000", "0000020", "0000000")
    pieces = objects(cells, True, True)
    become = put_back(act("become the piece that stays", pieces, np.array([False, True])))
    assert np.array_equal(become, grid("4330000", "0000433", "0000000"))


@pytest.mark.parametrize("order", ORDERS)
def test_colours_by_role_are_given_back(order):
    for cells in GRIDS:
        for kept in ((), (0,), (0, 3)):
            assert sorted(numbering(cells, kept, order)) == list(range(10))
            numbered = renumbered(cells, kept, order)
            assert np.array_equal(give_back(numbered, cells, kept, order), cells)
            assert all(((numbered == colour) == (cells == colour)).all() for colour in kept)


@pytest.mark.parametrize(
    ("order", "colours"),
    [
        ("frequency", (1, 4, 3, 2)),
        ("their largest object", (1, 4, 3, 2)),
        ("the box around them", (1, 4, 3, 2)),
        ("their number of objects", (3, 1, 4, 2)),
        ("place from the top", (1, 2, 3, 4)),
        ("place from the left", (1, 4, 2, 3)),
    ],
)
def test_colours_are_numbered_by_the_part_they_play(order, colours):
    cells = grid("1111100", "1000100", "1020100", "1000103", "1111100", "4444003")
    numbered = renumbered(cells, (0,), order)
    assert [int(numbered[cells == colour][0]) for colour in colours] == [1, 2, 3, 4]
    others = np.array([0, 7, 5, 3, 9, 1, 2, 8, 4, 6], np.uint8)
    assert np.array_equal(renumbered(others[cells], (0,), order), numbered)


def test_what_encloses_comes_before_what_is_enclosed():
    cells = grid("10001", "02220", "02220", "02220", "10001")
    assert numbering(cells, (0,), "frequency")[2] == 1
    assert numbering(cells, (0,), "the box around them")[1] == 1


def test_roles_are_spelled_out():
    assert np.array_equal(renumbered(grid("0887"), (0,)), renumbered(grid("0554"), (0,)))
    assert (
        str(GiveBack((0, 3), "the box around them")) == "give the colours back by the box around them but 0 3"
    )
    assert GiveBack.parse("give the colours back by frequency but 0 3") is None
    assert str(GiveBack((0, 3))) == "give the colours back but 0 3"
    assert Renumber.parse("number the colours by frequency but none") == Renumber(())
    assert Renumber.parse("number the colours") is None


@pytest.mark.parametrize("left", [-2, -5])
def test_a_piece_that_has_left_the_grid_stands_in_nobodys_way(left):
    gone = Piece(grid("11"), 0, left)
    mover = Piece(grid("2"), 0, 0)
    away, moved = act(
        parse_action("move right until stopped"), Pieces((gone, mover), (1, 4)), np.array([False, True])
    ).items
    assert (away.left, moved.left) == (left, 3)


def test_a_restored_symmetry_may_be_changed_without_harm():
    torn = grid("9100012", "3400043")
    first = restore_symmetry(torn, 9)
    assert np.array_equal(first, grid("2100012", "3400043"))
    first[:] = 7
    assert restore_symmetry(torn, 9)[0, 0] == 2

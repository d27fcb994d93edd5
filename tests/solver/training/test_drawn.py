"""What the curriculum draws looks as it is described: shapes, colours, and the kinds of grids by need."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from solver.training.rich import _add_shape, _eroded, rich_grid
from solver.training.synthetic import FAMILY_WEIGHTS, Curriculum, random_grid, random_palette, random_shape
from solver.words.operations import CURRICULUM_OPERATIONS as OPERATIONS

Cells = NDArray[np.uint8]
PALETTE = [0, 1, 2, 3]
DRAWN = 300


def rng_of(seed: int) -> np.random.Generator:
    return np.random.default_rng(seed)


def drawn(
    needs: Any, shape: tuple[int, int], palette: Sequence[int] = PALETTE, *, rich: bool = False
) -> Iterator[Cells]:
    """Grids of one kind, one per seed."""
    for seed in range(DRAWN):
        grid = (rich_grid if rich else random_grid)(rng_of(seed), shape, palette, needs)
        assert grid is not None
        assert grid.dtype == np.uint8
        assert set(np.unique(grid).tolist()) <= {0, *palette} or needs in ("sides", "ends")
        yield grid


def share(values: Sequence[bool]) -> float:
    return sum(values) / len(values)


def box(grid: Cells, empty: int = 0) -> tuple[int, int, int, int]:
    """Top, bottom, left and right of what is not empty, the ends left out."""
    rows, columns = np.flatnonzero((grid != empty).any(1)), np.flatnonzero((grid != empty).any(0))
    return int(rows[0]), int(rows[-1]) + 1, int(columns[0]), int(columns[-1]) + 1


def test_palettes_have_a_background_others_and_what_is_required() -> None:
    palettes = [random_palette(rng_of(seed), [4, 7]) for seed in range(2000)]
    assert all(len(set(palette)) == len(palette) for palette in palettes)
    assert all({4, 7} <= set(palette) <= set(range(10)) for palette in palettes)
    assert share([palette[0] == 0 for palette in palettes]) == pytest.approx(0.8, abs=0.03)
    assert {palette[0] for palette in palettes} == set(range(10))
    free = Counter(len(random_palette(rng_of(seed), [])) - 1 for seed in range(2000))
    assert set(free) == {1, 2, 3, 4, 6, 8}
    assert free[3] > free[1]
    assert free[2] > free[8]


def test_shapes_fill_their_limit_and_two_of_five_are_square_by_choice() -> None:
    shapes = [random_shape(rng_of(seed), (8, 20)) for seed in range(2000)]
    assert {height for height, _ in shapes} == set(range(2, 9))
    assert {width for _, width in shapes} == set(range(2, 21))
    # Beside those that are meant to be, one of 19 widths is square by accident.
    assert share([h == w for h, w in shapes]) == pytest.approx(0.4 + 0.6 / 19, abs=0.04)
    assert {random_shape(rng_of(seed), (1, 3)) for seed in range(60)} == {(1, 1), (1, 2), (1, 3)}


def test_mixed_grids_have_any_density_and_shapes_in_one_colour() -> None:
    shares = [float((grid != 5).mean()) for grid in drawn("any", (10, 10), [5, 1, 2])]
    assert min(shares) < 0.12
    assert max(shares) == 1
    for low, high in ((0.1, 0.2), (0.25, 0.35), (0.45, 0.55), (0.7, 0.8)):
        assert share([low < value < high for value in shares]) > 0.06
    whole = [grid for grid in drawn("any", (10, 10), [5, 1, 2]) if plain_box(grid, 5)]
    sizes = {(b - t, r - le) for t, b, le, r in (box(grid, 5) for grid in whole)}
    assert len(sizes) > 8
    assert any(1 in size for size in sizes)  # lines
    assert {box(grid, 5)[0] for grid in whole} >= {0, 1, 2, 3, 4}
    assert {box(grid, 5)[3] for grid in whole} >= {6, 7, 8, 9, 10}


def plain_box(grid: Cells, empty: int) -> bool:
    if (grid == empty).all():
        return False
    top, bottom, left, right = box(grid, empty)
    return bool((grid[top:bottom, left:right] == grid[top, left]).all())


@pytest.mark.parametrize("rich", [False, True])
def test_islands_lie_anywhere_within_a_margin(rich: bool) -> None:
    boxes = [box(grid) for grid in drawn("island", (8, 9), rich=rich) if grid.any()]
    assert {top for top, *_ in boxes} >= set(range(5))
    assert {bottom for _, bottom, *_ in boxes} >= set(range(4, 9))
    assert {left for *_, left, _ in boxes} >= set(range(5))
    assert {right for *_, right in boxes} >= set(range(5, 10))
    smaller = [b - t < 8 and r - le < 9 for t, b, le, r in boxes]
    assert all(smaller) if not rich else share(smaller) > 0.5


def test_rich_islands_are_shapes_in_the_open_with_few_specks() -> None:
    filled = [float((grid != 0).mean()) for grid in drawn("island", (9, 9), rich=True)]
    assert np.median(filled) < 0.35
    assert share([value > 0.8 for value in filled]) < 0.05


def test_sparse_grids_have_a_few_cells_on_0_of_any_palette() -> None:
    counts = [int((grid != 0).sum()) for grid in drawn("sparse", (6, 7), [4, 0, 1])]
    assert (min(counts), max(counts)) == (1, 7)
    assert {int((grid != 0).sum()) for grid in drawn("sparse", (3, 3))} == {1, 2}


@pytest.mark.parametrize(("needs", "axis"), [("sides", 1), ("ends", 0)])
def test_halves_lie_beside_each_other_with_a_line_between_in_odd_widths(needs: str, axis: int) -> None:
    seen, plain = [], []
    for width in (8, 9):
        shape = (6, width) if axis == 1 else (width, 6)
        for grid in drawn(needs, shape):
            assert grid.shape == shape
            lying = grid if axis == 1 else grid.T
            halves = lying[:, :4], lying[:, -4:]
            seen += [float((half != 0).mean()) for half in halves]
            plain += [len(np.unique(half[half > 0])) == 1 for half in halves]
            if width == 9:
                assert len(np.unique(lying[:, 4])) == 1
                assert lying[0, 4] > 0
    assert 0.6 < share(plain) < 0.8
    assert np.mean(seen) == pytest.approx(0.5, abs=0.03)
    assert np.quantile(seen, 0.02) > 0.15
    assert np.quantile(seen, 0.98) < 0.85


def outlines(grid: Cells, broken: int = 0) -> int:
    """How many rectangles of one colour around 0 a grid has, with so many cells missing."""
    found = 0
    for top in range(grid.shape[0] - 2):
        for left in range(grid.shape[1] - 2):
            for bottom in range(top + 3, grid.shape[0] + 1):
                for right in range(left + 3, grid.shape[1] + 1):
                    part = grid[top:bottom, left:right]
                    edge = np.concatenate([part[0], part[-1], part[1:-1, 0], part[1:-1, -1]])
                    colours = np.unique(edge[edge > 0])
                    if not part[1:-1, 1:-1].any() and len(colours) == 1 and (edge == 0).sum() == broken:
                        found += 1
    return found


def test_outlines_are_drawn_and_some_are_broken() -> None:
    grids = list(drawn("outlines", (6, 6)))
    assert 0.4 < share([outlines(grid) > 0 for grid in grids]) < 0.9
    single = [grid for grid in grids if outlines(grid, broken=1) and not outlines(grid)]
    assert 0.02 < len(single) / len(grids) < 0.3
    assert share([plain_corner(grid) for grid in grids]) > 0.2


def plain_corner(grid: Cells) -> bool:
    return outlines(grid) == 1 and np.count_nonzero(grid) >= 8


def test_blocks_are_grids_of_squares_of_two_or_three_cells() -> None:
    sizes = Counter()
    for grid in drawn("blocks", (6, 12)):
        assert squares(grid)
        sizes[squares(grid)[-1]] += 1
        assert grid.shape == (6, 12)
    assert min(sizes[2], sizes[3]) > 60
    assert {grid.shape for grid in drawn("blocks", (5, 8))} == {(4, 8)}


def squares(grid: Cells) -> list[int]:
    """The sides of squares that a grid is made of."""
    return [k for k in (2, 3) if np.array_equal(grid[::k, ::k].repeat(k, 0).repeat(k, 1), grid)]


def test_rich_grids_are_drawn_where_there_is_room_for_them() -> None:
    assert rich_grid(rng_of(0), (3, 9), PALETTE, "sparse") is None
    assert rich_grid(rng_of(0), (9, 9), PALETTE, "any") is None
    for needs in ("sparse", "island", "outlines", "blocks"):
        assert all(grid.shape == (4, 9) for grid in drawn(needs, (4, 9), [0, 2, 5], rich=True))


def test_rich_lines_have_several_cells_of_one_colour() -> None:
    across, down, filled = [], [], []
    for grid in drawn("sparse", (10, 10), rich=True):
        rows, columns = (max(most_of_a_colour(line) for line in lines) for lines in (grid, grid.T))
        assert max(rows, columns) >= 2
        across.append(rows >= 3 and rows > columns)
        down.append(columns >= 3 and columns > rows)
        filled.append(int((grid != 0).sum()))
    assert share(across) > 0.15
    assert share(down) > 0.15
    assert min(filled) < 6
    assert 18 < max(filled) <= 4 * 6 + 3
    assert 8 < np.mean(filled) < 14


def most_of_a_colour(line: Cells) -> int:
    return max(Counter(line[line > 0].tolist()).values(), default=0)


def test_rich_shapes_are_connected_and_have_up_to_a_dozen_cells() -> None:
    sizes, ways = set(), set()
    for seed in range(DRAWN):
        grid = np.zeros((9, 11), np.uint8)
        _add_shape(rng_of(seed), grid, 6)
        cells = {(int(r), int(c)) for r, c in zip(*np.nonzero(grid), strict=True)}
        assert set(np.unique(grid).tolist()) == {0, 6}
        sizes.add(len(cells))
        reached = [min(cells)]
        for row, column in reached:
            near = {(row + 1, column), (row - 1, column), (row, column + 1), (row, column - 1)} & cells
            reached += sorted(near - set(reached))
        assert set(reached) == cells
        ways |= {(r == 0, r == 8, c == 0, c == 10) for r, c in cells}
    assert {1, 2, 3, 4, 5, 6} <= sizes
    assert max(sizes) <= 12
    assert all(any(way[side] for way in ways) for side in range(4))


def test_eroding_leaves_cells_whose_neighbours_all_belong() -> None:
    area = rng_of(3).random((7, 8)) < 0.8
    for (row, column), inner in np.ndenumerate(_eroded(area)):
        around = [
            0 <= r < 7 and 0 <= c < 8 and bool(area[r, c])
            for r in range(row - 1, row + 2)
            for c in range(column - 1, column + 2)
        ]
        assert inner == all(around)


def test_rich_rings_are_closed_or_broken_outlines_and_more_in_larger_grids() -> None:
    small = list(drawn("outlines", (6, 6), rich=True))
    assert 0.4 < share([outlines(grid) > 0 for grid in small]) < 0.99
    assert share([outlines(grid, broken=1) > 0 for grid in small]) > 0.1
    filled = [np.count_nonzero(grid) / grid.size for grid in drawn("outlines", (20, 20), rich=True)]
    assert 0.2 < np.mean(filled) < 0.7
    wide = [box(grid) for grid in drawn("outlines", (12, 12), rich=True)]
    assert {top for top, *_ in wide} >= {0, 1, 2}
    assert {right for *_, right in wide} >= {10, 11, 12}


def test_rich_blocks_repeat_the_rows_and_columns_of_a_small_grid() -> None:
    heights = set()
    for grid in drawn("blocks", (9, 14), rich=True):
        for lines in (grid, grid.T):
            changes = np.flatnonzero((lines[1:] != lines[:-1]).any(1)) + 1
            assert len(changes) <= 5
            heights |= set(np.diff([0, *changes, len(lines)]).tolist())
    assert heights >= set(range(1, 8))


def test_a_share_of_the_inputs_is_rich() -> None:
    """Plain blocks are squares of one size, rich ones are not."""
    of_blocks = [operation for operation in OPERATIONS if operation.needs == "blocks"]
    assert of_blocks

    def regular(rich: float) -> float:
        curriculum = Curriculum(of_blocks, rich)
        tasks = [curriculum.draw(rng_of(seed), 1, 4, (16, 16)) for seed in range(60)]
        return share([bool(squares(states[0])) for task in tasks for states in task.examples])

    assert regular(0.0) > 0.9
    assert 0.35 < regular(0.5) < 0.75
    assert regular(1.0) < 0.3


def test_families_are_drawn_by_their_weights_and_symmetries_never_follow_each_other() -> None:
    curriculum, rng = Curriculum(), rng_of(0)
    counts = Counter(OPERATIONS[curriculum.draw_words(rng, 1)[0]].family for _ in range(20_000))
    present = {operation.family for operation in OPERATIONS}
    total = sum(FAMILY_WEIGHTS[family] for family in present)
    for family in present:
        assert counts[family] / 20_000 == pytest.approx(FAMILY_WEIGHTS[family] / total, abs=0.01), family
    symmetries = {i for i, operation in enumerate(OPERATIONS) if operation.family == "symmetry"}
    pairs = [curriculum.draw_words(rng, 2) for _ in range(5000)]
    assert not any(set(pair) <= symmetries for pair in pairs)
    assert any(set(pair) & symmetries for pair in pairs)


def test_tasks_on_given_grids_begin_with_those_that_the_program_changes() -> None:
    by_name: dict[str, Callable[[Cells], Cells]] = {operation.name: operation for operation in OPERATIONS}
    flip = Curriculum([next(op for op in OPERATIONS if op.name == "flip left-right")])
    same = np.array([[1, 2, 1]], np.uint8)
    grids = [np.array([[i, 9, 0]], np.uint8) for i in range(1, 6)]
    task = flip.draw_on(rng_of(0), 1, 3, (4, 4), [same, grids[0], same, *grids[1:]])
    assert task is not None
    assert [states[0].tolist() for states in task.examples] == [grid.tolist() for grid in grids[:3]]
    assert all(np.array_equal(by_name["flip left-right"](a), b) for a, b in task.examples)
    assert flip.draw_on(rng_of(0), 1, 3, (4, 4), [same, *grids[:2]]) is None

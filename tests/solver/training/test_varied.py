"""Tasks of the data in training: read as they are written, shown in views, mixed in their shares."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from solver.nli.model import to_grids
from solver.training.corpus import Corpus, Example, Source, load_archive, varied
from solver.training.mixture import Mixture
from solver.words.errors import UsageError
from tests.solver.conftest import TINY, TINY_PLAN

Cells = NDArray[np.uint8]
PLAN = replace(TINY_PLAN, cells=256, pairs=3, last_side=6, first_side=6)
DRAWS = 1000


def source(name: str, *pairs: Example) -> Source:
    shapes = np.array([[*a.shape, *b.shape] for a, b in pairs], np.uint8)
    return Source(name, shapes, np.concatenate([grid.ravel() for pair in pairs for grid in pair]))


def full(rng: np.random.Generator, *shape: int) -> Cells:
    return rng.integers(1, 10, shape).astype(np.uint8)


def squared(grid: Cells) -> int:
    """The side of the squares that a grid without two equal neighbours was enlarged to."""
    return next(k for k in (3, 2, 1) if np.array_equal(grid[::k, ::k].repeat(k, 0).repeat(k, 1), grid))


def box(grid: Cells) -> tuple[slice, slice]:
    rows, columns = np.flatnonzero(grid.any(1)), np.flatnonzero(grid.any(0))
    return slice(rows[0], rows[-1] + 1), slice(columns[0], columns[-1] + 1)


def test_examples_are_read_with_sides_of_their_own() -> None:
    rng = np.random.default_rng(0)
    pairs = [(full(rng, a, b), full(rng, c, d)) for a, b, c, d in ((2, 3, 4, 1), (5, 2, 1, 1), (1, 6, 3, 3))]
    read = source("a", *pairs)
    for index, (before, after) in enumerate(pairs):
        assert np.array_equal(read.example(index)[0], before)
        assert np.array_equal(read.example(index)[1], after)
    assert read.sides().tolist() == [[4, 3], [5, 2], [3, 6]]


def test_a_draw_begins_with_an_example_that_fills_much_of_its_canvas() -> None:
    grids = [np.full((side, side), side, np.uint8) for side in (1, 2, 3, 4, 5, 6)]
    corpus = Corpus([source("a", *((grid, grid) for grid in grids))])
    firsts = set()
    for seed in range(60):
        drawn = corpus.draw(np.random.default_rng(seed), 3, (5, 5))
        assert drawn is not None
        sides = [len(before) for before, _ in drawn]
        assert len(set(sides)) == 3
        assert max(sides) <= 5
        firsts.add(sides[0])
    assert firsts == {4, 5}
    assert corpus.draw(np.random.default_rng(0), 5, (5, 5)) is not None
    assert corpus.draw(np.random.default_rng(0), 6, (5, 5)) is None


@pytest.fixture
def shown() -> list[list[Example]]:
    """A task of three pairs, inputs and outputs alike but for one cell, as it is shown again and again."""
    rng = np.random.default_rng(1)
    pairs = []
    for _ in range(3):
        grid = np.array([[1, 2, 3], [4, 5, 6]], np.uint8)[rng.permutation(2)]
        after = grid.copy()
        after[0, 0] = 7
        pairs.append((grid, after))
    return [varied(np.random.default_rng(seed), pairs, (9, 9)) for seed in range(DRAWS)]


def test_one_task_in_ten_is_enlarged_as_far_as_there_is_room(shown: list[list[Example]]) -> None:
    sides = [squared(pair[0][box(pair[0])]) for (pair, *_) in shown]
    assert np.mean([side > 1 for side in sides]) == pytest.approx(0.1, abs=0.03)
    assert min(sides.count(2), sides.count(3)) > 0.02 * DRAWS
    for examples, side in zip(shown, sides, strict=True):
        assert {squared(grid[box(grid)]) for pair in examples for grid in pair} == {side}


def test_one_task_in_ten_of_unchanged_shape_is_moved_both_grids_alike(shown: list[list[Example]]) -> None:
    moved, places = 0, set()
    for examples in shown:
        larger = [before.size > 6 * squared(before[box(before)]) ** 2 for before, _ in examples]
        moved += any(larger)
        for before, after in examples:
            assert before.shape == after.shape
            assert max(before.shape) <= 9
            assert box(before) == box(after)
            assert (before != after).sum() == squared(before[box(before)]) ** 2
            if any(larger):
                rows, columns = box(before)
                places.add((rows.start, columns.start))
                assert rows.stop - rows.start in (2, 3)
    # One in fifteen or so of the places that are drawn has no room to spare.
    assert moved / DRAWS == pytest.approx(0.1, abs=0.03)
    assert {row for row, _ in places} >= {0, 1, 2, 3, 4, 5}
    assert {column for _, column in places} >= {0, 1, 2, 3, 4, 5}


def test_black_stays_black_in_four_of_five() -> None:
    grid = np.array([[0, 1]], np.uint8)
    colours = [set() for _ in range(2)]
    kept = 0
    for seed in range(DRAWS):
        ((before, _),) = varied(np.random.default_rng(seed), [(grid, grid)], (2, 2))
        values = {int(value) for value in before[before > 0]}
        kept += len(values) == 1
        colours[len(values) - 1] |= values
    # One in ten of the others is black by accident, and one in ten has 1 become black.
    assert kept / DRAWS == pytest.approx(0.8 + 0.2 * 0.2, abs=0.03)
    assert colours[0] == set(range(1, 10))


@pytest.mark.parametrize("limit", [(3, 8), (8, 3), (8, 8)])
def test_views_are_turned_where_they_would_not_fit(limit: tuple[int, int]) -> None:
    rng = np.random.default_rng(2)
    pair = (full(rng, 3, 8), full(rng, 2, 5))
    shapes = set()
    for seed in range(100):
        ((before, after),) = varied(np.random.default_rng(seed), [pair], limit)
        for grid in (before, after):
            assert grid.shape[0] <= limit[0]
            assert grid.shape[1] <= limit[1]
        assert (before.shape[0] > before.shape[1]) == (after.shape[0] > after.shape[1])
        shapes.add(before.shape)
    assert shapes == ({limit} if limit != (8, 8) else {(3, 8), (8, 3)})


@pytest.mark.parametrize(
    ("side", "value", "complaint"),
    [(31, 1, "sides beyond 1 to 30"), (0, 1, "sides beyond 1 to 30"), (3, 10, "values beyond 0 to 9")],
)
def test_archives_with_other_sides_or_values_are_refused(
    tmp_path: Path, side: int, value: int, complaint: str
) -> None:
    def write(side: int, value: int) -> Path:
        arrays = {
            "t/shapes": np.array([[side, 1, 1, 1]], np.uint8),
            "t/cells": np.full(side + 1, value, np.uint8),
        }
        np.savez(tmp_path / "tasks.npz", **arrays)
        return tmp_path / "tasks.npz"

    with pytest.raises(UsageError, match=complaint):
        load_archive(write(side, value))
    assert [len(one.shapes) for one in load_archive(write(30, 9))] == [1]
    assert [len(one.shapes) for one in load_archive(write(1, 0))] == [1]


@pytest.fixture
def archive(tmp_path: Path) -> Path:
    rng = np.random.default_rng(3)
    arrays = {}
    for number in range(12):
        grids = [full(rng, *rng.integers(2, 7, 2)) for _ in range(12)]
        task = source(f"{number:08x}", *((grid, grid[:, ::-1]) for grid in grids))
        arrays |= {f"{task.name}/shapes": task.shapes, f"{task.name}/cells": task.cells}
    np.savez_compressed(tmp_path / "tasks.npz", **arrays)
    return tmp_path / "tasks.npz"


def test_the_share_of_traced_batches_falls_along_the_plan() -> None:
    mixture = Mixture(TINY, replace(TINY_PLAN, cells=64, steps=1000, end_to_end=(0.1, 0.8), depth_two=2.0))
    begin, end = ([mixture.draw(step).traced for step in range(start, start + 150)] for start in (0, 850))
    assert np.mean(begin) == pytest.approx(0.85, abs=0.09)
    assert np.mean(end) == pytest.approx(0.25, abs=0.1)
    without = Mixture(TINY, replace(TINY_PLAN, cells=64, bootstrap=False))
    assert not any(without.draw(step).traced for step in range(20))


def test_parts_come_in_their_shares(archive: Path) -> None:
    shares = {"mix_curriculum": 3.0, "mix_grids": 0.0, "mix_tasks": 1.0, "mix_composed": 0.0}
    mixture = Mixture(TINY, replace(PLAN, data=str(archive), cells=64, **shares))
    drawn = [mixture.draw(step).origin for step in range(200)]
    assert drawn.count("curriculum") / len(drawn) == pytest.approx(0.75, abs=0.1)
    assert drawn.count("curriculum") + drawn.count("tasks") == len(drawn)
    with pytest.raises(UsageError, match="weights of the mixture"):
        Mixture(TINY, replace(PLAN, data=str(archive), mix_tasks=-1.0))


def test_a_mixture_says_what_it_is_made_of(archive: Path) -> None:
    assert Mixture(TINY, PLAN).about.endswith("no ARC puzzle was used")
    mixture = Mixture(TINY, replace(PLAN, data=str(archive)))
    assert mixture.corpus is not None
    assert f"examples of {len(mixture.corpus.sources)} tasks of tasks.npz" in mixture.about


def test_single_steps_fill_their_canvas_and_their_batch(archive: Path) -> None:
    shares = {f"mix_{part}": 0.0 for part in ("curriculum", "grids", "tasks", "composed")}
    mixture = Mixture(TINY, replace(PLAN, data=str(archive), cells=1024, mix_steps=1.0, **shares))
    filled, counts = [], []
    for step in range(12):
        batch = mixture.draw(step)
        canvas = batch.canvas[0] * batch.canvas[1]
        counts.append(len(batch.states) * canvas)
        for states in batch.states:
            shapes = [to_grids(states[:, t], batch.canvas)[0].shape for t in (0, -1)]
            filled.append(np.prod(np.max(shapes, 0)) / canvas)
    assert max(counts) <= 1024
    assert min(counts) > 500
    assert min(filled) >= 0.4
    assert min(filled) < 0.6

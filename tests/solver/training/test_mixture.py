"""Data for training: what is held out stays out, tasks keep their rule, batches come by step alone."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import torch

from puzzles.collections import collection, held_out
from puzzles.puzzle import save_puzzle
from solver.nli.config import OUTSIDE
from solver.training.batches import TENSORS
from solver.training.corpus import Corpus, Source, load_corpus, varied
from solver.training.loader import Loader
from solver.training.mixture import Mixture
from solver.words.errors import UsageError
from tests.solver.conftest import TINY, TINY_PLAN, puzzle_of

PLAN = replace(TINY_PLAN, cells=256, pairs=3, last_side=6, first_side=6)


def mirrored(name: str, count: int, seed: int = 0) -> Source:
    """A task whose outputs are the inputs' mirror images."""
    rng = np.random.default_rng(seed)
    grids = [rng.integers(0, 10, rng.integers(2, 7, 2)).astype(np.uint8) for _ in range(count)]
    shapes = np.array([[*grid.shape, *grid.shape] for grid in grids], np.uint8)
    cells = np.concatenate([part.ravel() for grid in grids for part in (grid, grid[:, ::-1])])
    return Source(name, shapes, cells)


@pytest.fixture
def archive(tmp_path: Path) -> Path:
    """Thirty small tasks in the format of rearc.npz."""
    arrays = {}
    for number in range(30):
        source = mirrored(f"{number:08x}", 12, number)
        arrays |= {f"{source.name}/shapes": source.shapes, f"{source.name}/cells": source.cells}
    path = tmp_path / "tasks.npz"
    np.savez_compressed(path, **arrays)
    return path


def test_the_forty_held_out_tasks_are_a_fixed_list() -> None:
    ids = held_out(collection("arc1-train").ids)
    assert len(ids) == 40
    assert ids[:3] == ("1190e5a7", "1fad071e", "23b5c85d")
    assert ids[-1] == "f76d97a5"


def test_held_out_tasks_are_never_read(archive: Path) -> None:
    names = {source.name for source in load_corpus(archive).sources}
    assert len(names) == 27
    assert not names & set(held_out(f"{number:08x}" for number in range(30)))


def test_a_folder_of_tasks_is_a_corpus(tmp_path: Path) -> None:
    puzzle = puzzle_of("shift up")
    save_puzzle(puzzle, tmp_path / "up.json")
    (source,) = load_corpus(tmp_path).sources
    assert len(source.shapes) == len(puzzle.train) + len(puzzle.test)
    for index, pair in enumerate((*puzzle.train, *puzzle.test)):
        assert pair.output is not None
        before, after = source.example(index)
        assert np.array_equal(before, pair.input)
        assert np.array_equal(after, pair.output)


@pytest.mark.parametrize("content", [b"nonsense", b""])
def test_a_damaged_file_is_refused(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "bad.npz").write_bytes(content)
    with pytest.raises(UsageError, match=r"bad\.npz"):
        load_corpus(tmp_path / "bad.npz")


def test_draws_fit_their_canvas_and_do_not_repeat() -> None:
    corpus = Corpus([mirrored("a", 40), mirrored("b", 40, 1)])
    for seed in range(20):
        examples = corpus.draw(np.random.default_rng(seed), 4, (5, 5))
        assert examples is not None
        assert max(side for pair in examples for grid in pair for side in grid.shape) <= 5
        assert len({a.tobytes() + bytes(a.shape) for a, _ in examples}) == 4
    assert corpus.draw(np.random.default_rng(0), 4, (1, 1)) is None


def test_views_keep_the_rule_and_the_limit() -> None:
    corpus = Corpus([mirrored("a", 40)])
    kinds: Counter[str] = Counter()
    for seed in range(200):
        rng = np.random.default_rng(seed)
        examples = varied(rng, corpus.draw(rng, 3, (6, 12)) or [], (6, 12))
        for before, after in examples:
            assert before.shape[0] <= 6
            assert before.shape[1] <= 12
            across, down = np.array_equal(before[:, ::-1], after), np.array_equal(before[::-1], after)
            kinds["across" if across else "down" if down else "moved"] += 1
    # A grid moved to another place is no mirror image of the whole any more.
    assert kinds["across"] > 150
    assert kinds["down"] > 150
    assert 0 < kinds["moved"] < 100


def test_every_part_of_the_mixture_is_drawn_and_fits(archive: Path) -> None:
    mixture = Mixture(TINY, replace(PLAN, data=str(archive)))
    seen: Counter[str] = Counter()
    for step in range(60):
        batch = mixture.draw(step)
        seen[batch.origin] += 1
        assert batch.states.shape[3] == batch.canvas[0] * batch.canvas[1]
        assert max(batch.canvas) <= 6
        assert (batch.states[:, :, 0] != OUTSIDE).any(-1).all()
        if batch.origin in ("tasks", "composed"):
            assert not batch.traced
            assert not batch.any_named
            assert batch.longest == (2 if batch.origin == "tasks" else 3)
        assert not batch.traced or bool(batch.named.all())
    assert set(seen) == {"curriculum", "grids", "tasks", "composed"}


def test_weights_decide_what_is_drawn(archive: Path) -> None:
    only = {"mix_curriculum": 0.0, "mix_grids": 0.0, "mix_composed": 0.0}
    mixture = Mixture(TINY, replace(PLAN, data=str(archive), **only))
    assert {mixture.draw(step).origin for step in range(10)} == {"tasks"}
    with pytest.raises(UsageError, match="weights of the mixture"):
        Mixture(TINY, replace(PLAN, data=str(archive), mix_tasks=0.0, **only))


def test_a_corpus_of_too_few_examples_is_refused(tmp_path: Path) -> None:
    save_puzzle(puzzle_of("shift up"), tmp_path / "up.json")
    with pytest.raises(UsageError, match="no task has 5 examples"):
        Mixture(TINY, replace(PLAN, data=str(tmp_path), pairs=5))


def test_batches_drawn_ahead_are_the_same_batches(archive: Path) -> None:
    mixture = Mixture(TINY, replace(PLAN, data=str(archive)))
    loader = Loader(mixture, workers=2)
    try:
        for step in range(3, 8):
            ahead, direct = loader.take(step), mixture.draw(step)
            assert (ahead.origin, ahead.canvas, ahead.traced) == (direct.origin, direct.canvas, direct.traced)
            assert all(torch.equal(getattr(ahead, name), getattr(direct, name)) for name in TENSORS)
    finally:
        loader.close()

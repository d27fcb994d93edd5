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
from solver.nli.model import to_grids
from solver.training.batches import TENSORS
from solver.training.corpus import Corpus, Source, load_corpus, varied
from solver.training.loader import Loader
from solver.training.mixture import Mixture
from solver.training.trainer import Trainer
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
        assert not batch.alone
    assert set(seen) == {"curriculum", "grids", "tasks", "composed"}


def test_tasks_with_rows_of_their_own_are_named_and_stay_as_they_are(archive: Path) -> None:
    plan = replace(PLAN, data=str(archive), task_rows=True, end_to_end=(0.0, 0.0))
    config = replace(TINY, codebook=40)
    only = {f"mix_{part}": 0.0 for part in ("curriculum", "grids", "steps")}
    mixture = Mixture(config, replace(plan, **only, mix_tasks=1.0, mix_composed=1.0))
    names, operations = mixture.source.vocabulary.names, mixture.source.vocabulary.named
    lengths = Counter()
    for step in range(20):
        batch = mixture.draw(step)
        assert batch.traced
        assert bool(batch.named.all())
        for index in range(len(batch.states)):
            depth = int(batch.depth[index])
            assert names[int(batch.words[index, 0])].startswith("as in ")
            before, after, last = (
                to_grids(batch.states[index, :1, t], batch.canvas)[0] for t in (0, 1, depth)
            )
            assert np.array_equal(before[:, ::-1], after)  # never turned, so its word means one thing
            if depth == 2:
                assert np.array_equal(operations[int(batch.words[index, 1])](after), last)
            lengths[depth] += 1
    assert set(lengths) == {1, 2}


def test_single_steps_are_named_words_on_the_datas_grids(archive: Path) -> None:
    shares = {f"mix_{part}": 0.0 for part in ("curriculum", "grids", "tasks", "composed")}
    plan = replace(PLAN, data=str(archive), **shares, mix_steps=1.0, cells=512)
    mixture = Mixture(TINY, plan)
    operations = mixture.source.vocabulary.named
    sizes = set()
    for step in range(12):
        batch = mixture.draw(step)
        assert (batch.origin, batch.alone, batch.traced) == ("steps", True, True)
        assert batch.states.shape[1] == batch.longest == 1
        sizes.add(batch.canvas)
        for index in range(len(batch.states)):
            before, after = (to_grids(batch.states[index, :, t], batch.canvas)[0] for t in (0, -1))
            assert np.array_equal(operations[int(batch.words[index, 0])](before), after)
            assert not np.array_equal(before, after)
    assert len(sizes) > 1
    with pytest.raises(UsageError, match="named"):
        Mixture(TINY, replace(plan, bootstrap=False))


def test_a_single_step_trains_the_executor_and_leaves_the_inductor(archive: Path, tmp_path: Path) -> None:
    shares = {f"mix_{part}": 0.0 for part in ("curriculum", "grids", "tasks", "composed")}
    plan = replace(PLAN, data=str(archive), **shares, mix_steps=1.0)
    trainer = Trainer(tmp_path / "run", TINY, plan, torch.device("cpu"))
    before = {name: value.clone() for name, value in trainer.model.state_dict().items()}
    losses = trainer.one_step()
    assert losses.trace > 0
    moved = {
        name for name, value in trainer.model.state_dict().items() if not torch.equal(value, before[name])
    }
    assert moved
    assert all(name.startswith("executor.") for name in moved)


def test_a_run_whose_batches_leave_weights_out_goes_on_bit_for_bit(archive: Path, tmp_path: Path) -> None:
    plan = replace(PLAN, data=str(archive), mix_steps=2.0)
    whole = Trainer(tmp_path / "whole", TINY, plan, torch.device("cpu"))
    for _ in range(8):
        whole.one_step()
    part = Trainer(tmp_path / "part", TINY, plan, torch.device("cpu"))
    for _ in range(4):
        part.one_step()
    part.save({})
    assert str(archive.parent) not in (tmp_path / "part" / "model.json").read_text("utf-8")
    resumed = Trainer.resume(tmp_path / "part", torch.device("cpu"))
    for _ in range(4):
        resumed.one_step()
    for ours, theirs in zip(resumed.model.parameters(), whole.model.parameters(), strict=True):
        assert torch.equal(ours, theirs)


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

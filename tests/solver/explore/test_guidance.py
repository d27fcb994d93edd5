"""The guide: what it sees of pairs, what it says of words, and that growth follows it."""

from __future__ import annotations

import numpy as np

from puzzles.puzzle import Pair, Puzzle
from solver.explore.guidance import Guide, features, load_guide, pair_features
from solver.explore.states import Space
from solver.lab.bench.guide import examples, train
from solver.words.operations import OPERATIONS


def grids(number: int, seed: int = 0) -> list[np.ndarray]:
    rng = np.random.default_rng(seed)
    return [
        np.where(rng.random((5, 6)) < 0.5, rng.integers(1, 5, (5, 6)), 0).astype(np.uint8)
        for _ in range(number)
    ]


def test_features_are_numbers_whatever_the_shapes():
    shapes = ((1, 1), (3, 5), (30, 30))
    seen = [pair_features(np.zeros(a, np.uint8), np.ones(b, np.uint8)) for a in shapes for b in shapes]
    assert len({row.shape for row in seen}) == 1
    assert all(np.isfinite(row).all() for row in seen)


def test_a_guide_learns_to_tell_words_apart_and_is_read_back(tmp_path):
    rng = np.random.default_rng(0)
    seen, labels = examples([grids(4, seed) for seed in range(6)], 400, rng)
    guide = train(seen, labels, 12, rng)
    logits = guide.logits(seen)
    rank = (logits > logits[np.arange(len(labels)), labels][:, None]).sum(1)
    assert (rank < 50).mean() > 0.5  # of some 440 words
    guide.save(tmp_path / "guide.npz")
    again = load_guide(tmp_path / "guide.npz")
    assert again is not None
    assert np.allclose(again.logits(seen[:5]), logits[:5], atol=0.1)
    assert load_guide(tmp_path / "none.npz") is None


def test_the_shipped_guide_knows_a_flip_when_it_sees_one():
    guide = load_guide()
    assert guide is not None
    given = grids(3, 9)
    surprise = guide.surprise(given, [grid[:, ::-1] for grid in given])
    better = sum(bits < surprise["flip left-right"] for bits in surprise.values())
    assert better < 10


class _Fixed(Guide):
    def surprise(self, *_):
        return {word.name: float(word.name != "scale up 3") for word in OPERATIONS}


def test_growth_tries_likely_words_first_and_the_rest_later():
    pairs = tuple(Pair(grid, np.tile(grid, (2, 2))) for grid in grids(3))
    nothing = np.zeros(1, np.float32)
    guide = _Fixed({}, nothing, nothing, (nothing,) * 4)
    guided, plain = Space(Puzzle("made", pairs, pairs[:1]), guide), Space(Puzzle("made", pairs, pairs[:1]))
    first = next(guided.expand_next())
    assert first.word == "scale up 3"
    everything = {node.word for node in plain.expand_next()}
    bit_by_bit = set()
    for _ in range(20):
        bit_by_bit |= {node.word for node in guided.expand_next() if node.parents == (guided.root,)}
    assert len(bit_by_bit) > 0.5 * len(everything)


def test_features_average_over_demonstrations():
    given = grids(2)
    row = features(given, given)
    single = pair_features(given[0], given[0])
    assert row.shape == (2 * len(single),)

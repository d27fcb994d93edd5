from __future__ import annotations

import numpy as np
import pytest
import torch

from solver.lab.bench.tasks import LENGTH, SINGLE, SUITES


@pytest.mark.parametrize("name", SUITES)
def test_nothing_outside_the_distribution_is_ever_drawn_for_training(name):
    suite = SUITES[name]
    probe = np.random.default_rng(3).integers(10, size=(64, LENGTH))
    inside = {t.function(probe).tobytes() for t in suite.inside}
    assert len(inside) == len(suite.inside)
    assert all(np.ascontiguousarray(t.function(probe)).tobytes() not in inside for t in suite.outside)
    with pytest.raises(ValueError, match="never trained"):
        suite.draw("train", 0, 4, 3, seed=0, kind="out")
    names = {t.name for t in suite.inside}
    assert set(suite.draw("train", 0, 64, 2, seed=0).names) <= names


def test_a_batch_depends_on_seed_split_and_number_alone():
    suite = SUITES["shift-l"]
    first = suite.draw("train", 5, 4, 3, seed=1)
    again = suite.draw("train", 5, 4, 3, seed=1)
    assert torch.equal(first.inputs, again.inputs)
    assert first.names == again.names
    for other in (
        suite.draw("train", 6, 4, 3, seed=1),
        suite.draw("validation", 5, 4, 3, seed=1),
        suite.draw("test", 5, 4, 3, seed=1),
        suite.draw("train", 5, 4, 3, seed=2),
    ):
        assert not torch.equal(first.inputs, other.inputs)


def test_outputs_are_what_the_names_say():
    batch = SUITES["shift-l"].draw("test", 0, 10, 2, seed=0, kind="out")
    for name, inputs, outputs in zip(batch.names, batch.inputs, batch.outputs, strict=True):
        assert torch.equal(inputs.roll(int(name.split()[1]), -1), outputs)
    assert sorted(batch.names) == sorted([f"shift {k}" for k in range(6, 11)] * 2)


def test_compositions_are_compositions():
    functions = {t.name: t.function for t in SINGLE}
    batch = SUITES["comp-i"].draw("test", 0, 30, 1, seed=0, kind="out")
    for name, inputs, outputs in zip(batch.names, batch.inputs.numpy(), batch.outputs.numpy(), strict=True):
        first, second = name.split(", ") if name.count(", ") == 1 else (None, None)
        if first in functions and second in functions:
            assert np.array_equal(functions[second](functions[first](inputs)), outputs)


def test_splitting_off_the_query_leaves_its_answer_out():
    batch = SUITES["shift-p"].draw("test", 0, 5, 4, seed=0)
    demonstrations, queries, answers = batch.split()
    assert demonstrations.pairs == 3
    assert torch.equal(queries, batch.inputs[:, 3])
    assert torch.equal(answers, batch.outputs[:, 3])

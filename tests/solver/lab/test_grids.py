from __future__ import annotations

import pytest
import torch

from solver.lab.bench.grids import GridSuite
from solver.nli.config import OUTSIDE
from solver.nli.model import to_grids
from solver.words.operations import NotApplicable


@pytest.fixture(scope="module")
def suite():
    return GridSuite(side=5)


def test_a_quarter_of_the_pairs_is_held_out_and_does_what_no_trained_program_does(suite):
    assert len(suite.operations) >= 20
    pairs = [words for words in suite.trained if len(words) == 2]
    assert len(suite.held) / (len(suite.held) + len(pairs)) == pytest.approx(0.25, abs=0.01)
    trained = {suite.behaviour(words) for words in suite.trained}
    assert len(trained) == len(suite.trained)
    assert not trained & {suite.behaviour(words) for words in suite.held}


@pytest.mark.parametrize("kind", GridSuite(side=5).kinds)
def test_examples_are_what_the_program_makes(suite, kind):
    by_name = {op.name: op for op in suite.operations}
    batch = suite.draw("test", 0, 6, 3, seed=0, kind=kind)
    assert batch.inputs.shape == (6, 3, 25)
    for name, inputs, outputs in zip(batch.names, batch.inputs, batch.outputs, strict=True):
        for before, after in zip(to_grids(inputs, (5, 5)), to_grids(outputs, (5, 5)), strict=True):
            grid = before
            for word in name.split(", "):
                try:
                    grid = by_name[word](grid)
                except NotApplicable:
                    pytest.fail(f"{name} does not suit its own example")
            assert grid.tolist() == after.tolist()
    if kind.startswith("depth"):
        assert {len(name.split(", ")) for name in batch.names} == {int(kind.split()[1])}
    assert bool((batch.inputs == OUTSIDE).any())


def test_training_never_sees_a_held_out_pair(suite):
    held = {", ".join(suite.operations[w].name for w in words) for words in suite.held}
    names = {name for step in range(30) for name in suite.draw("train", step, 16, 2, seed=0).names}
    assert len(names) > 100
    assert not names & held
    with pytest.raises(ValueError, match="never trained"):
        suite.draw("train", 0, 1, 2, seed=0, kind="depth 3")
    first, again = (suite.draw("train", 3, 4, 2, seed=1) for _ in range(2))
    assert torch.equal(first.outputs, again.outputs)

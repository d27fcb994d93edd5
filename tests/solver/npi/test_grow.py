"""New programs in a trained core: they work, and nothing that was there changes."""

from __future__ import annotations

from itertools import islice
from pathlib import Path

import numpy as np
import pytest
import torch

from solver.npi.batches import collate, encode, run_batch, wrong_frames
from solver.npi.checkpoint import load_core, save_core, shipped
from solver.npi.follow import Outcome
from solver.npi.grow import Growth, grow
from solver.npi.interpreter import Interpreter
from solver.npi.model import Core
from solver.npi.tasks import TASKS
from solver.npi.verify import possible_frames


@pytest.fixture(scope="module")
def sorter() -> Core:
    return load_core(shipped("sorting"))[0]


@pytest.fixture(scope="module")
def grown(sorter: Core) -> Growth:
    return grow(sorter, TASKS["maximum"], traces=30)


def test_max_is_learned_with_rows_and_adapters(grown: Growth) -> None:
    assert grown.wrong == 0
    assert grown.core.config.added == ("MAX", "RJMP")
    task = TASKS["maximum"]
    interpreter = Interpreter(grown.core, "sorting")
    rng = np.random.default_rng(4)
    for size in (3, 12):
        pad, call = task.start(rng, size)
        expected = task.answer(pad, call)
        assert interpreter.finish(pad, call).outcome is Outcome.RETURNED
        assert (pad.cells == expected.cells).all()
        assert pad.pointers == expected.pointers
        assert pad.under("left") == pad.cells.max()


@torch.inference_mode()
def test_old_programs_decide_as_before_and_never_call_new_ones(sorter: Core, grown: Growth) -> None:
    frames = list(islice(possible_frames(TASKS["sorting"]), 0, 40_000, 40))
    batch = collate([encode(frame, sorter.config) for frame in frames])
    before, after = run_batch(sorter, batch), run_batch(grown.core, batch)
    known = len(sorter.config.programs)
    # Even a copy of a core sums in another order where its weights lie elsewhere in memory.
    assert torch.allclose(before.end, after.end, atol=1e-4)
    assert torch.allclose(before.arguments, after.arguments, atol=1e-4)
    assert torch.allclose(before.program, after.program[..., :known], atol=1e-4)
    assert (after.program[..., known:] == float("-inf")).all()
    assert not wrong_frames(after, batch, margin=0.005).any()


def test_every_old_number_stays_the_same_bit_by_bit(sorter: Core, grown: Growth) -> None:
    original = load_core(shipped("sorting"))[0].state_dict()
    assert all(torch.equal(tensor, original[name]) for name, tensor in sorter.state_dict().items())
    kept = grown.core.state_dict()
    assert all(torch.equal(kept[name], tensor) for name, tensor in original.items())


def test_a_grown_core_survives_saving(grown: Growth, tmp_path: Path) -> None:
    save_core(grown.core, tmp_path / "grown.safetensors", {})
    loaded = load_core(tmp_path / "grown.safetensors")[0]
    assert loaded.config == grown.core.config
    assert all(torch.equal(a, b) for a, b in zip(loaded.parameters(), grown.core.parameters(), strict=True))

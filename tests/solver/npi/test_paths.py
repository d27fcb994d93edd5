"""Every way through a procedure, and certificates that follow from what a core looks at."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
import torch

from solver.npi.checkpoint import load_core, rounded, shipped
from solver.npi.focus import close_unneeded
from solver.npi.model import Core
from solver.npi.pad import EAST, EMPTY, ENVIRONMENTS, NORTH
from solver.npi.paths import every_call, paths
from solver.npi.programs import LOOPED, RECURSIVE, Call
from solver.npi.tasks import DRAWING_TASKS, TASKS
from solver.npi.traces import replay
from solver.npi.train import Trainer, TrainPlan, config_for
from solver.npi.verify import certify, local_count, possible_frames
from solver.words.errors import UsageError
from tests.solver.npi.conftest import SIZES

DRAWING = ENVIRONMENTS["drawing"]
PLAN = TrainPlan(("ray",), traces=60, focus=True, iterations=1200)


def test_ray_reads_one_cell_and_goes_on_only_when_it_is_empty() -> None:
    found = list(paths(RECURSIVE["drawing"]["RAY"], (EAST, 0, 0), DRAWING))
    assert sorted(path.known[0, 5] for path in found) == [0, 1, 2, 3]
    assert all(set(path.known) == {(0, 5)} for path in found)
    assert [len(path.calls) for path in sorted(found, key=lambda p: p.known[0, 5])] == [2, 0, 0, 0]
    assert found[0].count(DRAWING, ()) == 1


@pytest.mark.parametrize("name", DRAWING_TASKS)
def test_every_frame_of_true_runs_lies_on_a_path(name: str) -> None:
    task = TASKS[name]
    every = every_call(task.procedures(), DRAWING, task.calls())
    rng = np.random.default_rng(3)
    for frame in task.frames(rng, 40):
        if frame.call not in every:
            continue  # training begins in programs and directions that the task itself never calls
        on = [
            path
            for path in every[frame.call]
            if all(frame.seen[step][component] == value for (step, component), value in path.known.items())
        ]
        assert len(on) == 1
        assert on[0].calls == frame.calls


def test_frames_of_a_path_differ_in_all_that_is_looked_at_and_are_true() -> None:
    call = Call("RAY", (NORTH, 0, 0))
    for path in paths(RECURSIVE["drawing"]["RAY"], call.arguments, DRAWING):
        frames = list(path.frames(DRAWING, call, (1, 9)))
        seen = {tuple((view[1], view[9]) for view in frame.seen) for frame in frames}
        assert len(seen) == len(frames) == path.count(DRAWING, (1, 9))
        assert (len(frames) > 100) == (path.known[0, 1] == EMPTY)
        for frame in frames[:50]:
            assert replay(RECURSIVE["drawing"], DRAWING, call, frame.seen) == frame


def test_a_procedure_with_a_loop_has_no_end_of_ways() -> None:
    with pytest.raises(ValueError, match="loops"):
        list(paths(LOOPED["drawing"]["RAY"], (EAST, 0, 0), DRAWING))


def _set_look(core: Core, components: tuple[int, ...]) -> None:
    with torch.no_grad():
        logits = core.focus_logits("drawing")
        logits.fill_(-3.0)
        logits[..., list(components)] = 3.0


@torch.inference_mode()
def test_what_is_not_looked_at_has_no_influence() -> None:
    core = Core(config_for(PLAN, **SIZES)).eval()
    _set_look(core, (4,))
    seen = torch.zeros(2, 14, dtype=torch.long)
    seen[1] = 1
    row, arguments = torch.zeros(2, dtype=torch.long), torch.zeros(2, 3, dtype=torch.long)
    seen[1, 4] = 0
    same = core.encode("drawing", seen, row, arguments)
    assert torch.equal(same[0], same[1])
    seen[1, 4] = 2
    other = core.encode("drawing", seen, row, arguments)
    assert not torch.equal(other[0], other[1])


def test_a_core_that_looks_away_gets_no_certificate() -> None:
    core = Core(config_for(PLAN, **SIZES)).eval()
    _set_look(core, ())
    result = certify(core, TASKS["ray"])
    assert result.checked == local_count(core, TASKS["ray"]) == 8 * (4 + 1)
    assert not result.holds


def test_a_core_that_looks_at_everything_is_refused() -> None:
    core = Core(config_for(PLAN, **SIZES)).eval()
    with pytest.raises(UsageError, match="histories apart"):
        next(possible_frames(TASKS["ray"], core))


def test_focus_closes_in_training_and_resumes_exactly(tmp_path: pytest.TempPathFactory) -> None:
    straight = Trainer(tmp_path, PLAN, config_for(PLAN, **SIZES))
    for _ in range(60):
        straight.one_iteration()
    assert float(straight.core.focus_logits("drawing").detach().mean()) < 3.0
    straight.save()
    expected = [straight.one_iteration() for _ in range(3)]
    resumed = Trainer.resume(tmp_path)
    assert [resumed.one_iteration() for _ in range(3)] == pytest.approx(expected, rel=1e-4)
    assert rounded(straight.core).config == replace(straight.core.config, focus=True)


def test_what_no_frame_needs_is_closed_and_what_one_needs_stays(tmp_path: pytest.TempPathFactory) -> None:
    trainer = Trainer(tmp_path, PLAN, config_for(PLAN, **SIZES))
    core, row = trainer.core, trainer.core.config.programs.index("STROKE")
    known = [frame for frame in trainer.data.frames if frame.call.program == "STROKE"]
    with torch.no_grad():
        core.end.weight.zero_()
        core.end.bias.fill_(1.0)  # always returns: right for nothing but frames without calls
    returning = [replace(frame, seen=frame.seen[:1], calls=()) for frame in known]
    before = core.focus_logits("drawing").detach().clone()
    assert close_unneeded(core, known) == 0
    assert torch.equal(core.focus_logits("drawing"), before)
    closed = close_unneeded(core, returning)
    arguments = {frame.call.arguments[0] for frame in returning}
    assert closed == len(arguments) * len(DRAWING.sizes)
    assert all((core.focus_logits("drawing")[row, argument] < 0).all() for argument in arguments)
    others = core.config.programs.index("RAY")
    assert torch.equal(core.focus_logits("drawing")[others], before[others])


@pytest.mark.parametrize("name", DRAWING_TASKS)
def test_shipped_drawing_is_certified_and_its_json_says_so(name: str) -> None:
    core, about = load_core(shipped("drawing"))
    count = local_count(core, TASKS[name])
    assert about["certified"][name] == {"checked": count, "wrong": 0}
    if name != "bounce":  # its sixty thousand histories take a while
        assert certify(core, TASKS[name]).holds

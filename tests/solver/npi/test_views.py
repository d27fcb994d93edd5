"""Pictures of voxel vehicles and turning them."""

from __future__ import annotations

import numpy as np
import pytest
import torch

from solver.npi.model import Core
from solver.npi.pad import EAST, ENVIRONMENTS, NORTH, ViewPad
from solver.npi.programs import Call
from solver.npi.tasks import TASKS
from solver.npi.traces import run_true
from solver.npi.train import TrainPlan, config_for
from solver.npi.verify import can_certify
from solver.npi.views import AZIMUTHS, CANONICAL, ELEVATIONS, SIDE, Views, picture, vehicle
from tests.solver.npi.conftest import SIZES


def test_a_picture_holds_the_whole_object_and_opposite_sides_are_as_wide() -> None:
    points = vehicle(np.random.default_rng(0))
    front, rear = picture(points, 0, 0), picture(points, 0, AZIMUTHS // 2)
    assert front.shape == (SIDE, SIDE)
    assert not front[0].any()
    assert not front[:, 0].any()
    assert (front > 0).any(0).sum() == (rear > 0).any(0).sum()
    assert not np.array_equal(front, rear)
    assert front.max() <= 9


def test_a_vehicle_is_the_same_from_left_and_right_but_mirrored() -> None:
    points = vehicle(np.random.default_rng(1))
    left, right = picture(points, 1, 5), picture(points, 1, AZIMUTHS - 5)
    assert (left != right[:, ::-1]).mean() < 0.1
    assert not np.array_equal(left, right)


@pytest.mark.parametrize("looped", [False, True])
def test_the_true_procedure_reaches_the_canonical_pose_the_short_way(looped: bool) -> None:
    task = TASKS["canonical"]
    pad = ViewPad(Views(vehicle(np.random.default_rng(2))), ELEVATIONS - 1, AZIMUTHS - 2)
    frames = list(run_true(task.procedures(looped), task.environment, pad, Call("GOTO")))
    assert pad.pointers["pose"] == CANONICAL
    acts = [call.arguments[1] for frame in frames for call in frame.calls if call.program == "ACT"]
    assert acts.count(EAST) == 2
    assert len(acts) == 2 + ELEVATIONS - 1 - CANONICAL[0]


def test_turning_changes_the_picture_and_a_copy_is_independent() -> None:
    environment = ENVIRONMENTS["viewing"]
    pad = ViewPad(Views(vehicle(np.random.default_rng(3))), 0, 3)
    other = pad.copy()
    assert environment.act(pad, (0, NORTH, 0))
    assert pad.pointers["pose"] == (1, 3)
    assert other.pointers["pose"] == (0, 3)
    assert environment.observe(pad) == tuple(pad.cells.ravel())
    assert environment.observe(pad) != environment.observe(other)
    assert environment.act(pad, (1, NORTH, 0)) == ()


def test_a_core_encodes_pictures_and_cannot_certify_them() -> None:
    core = Core(config_for(TrainPlan(("canonical", "ray"), focus=True), **SIZES)).eval()
    task = TASKS["canonical"]
    assert not can_certify(core, task)
    rng = np.random.default_rng(4)
    views = torch.tensor([task.environment.observe(task.start(rng, 1)[0]) for _ in range(2)])
    row, arguments = torch.zeros(2, dtype=torch.long), torch.zeros(2, 3, dtype=torch.long)
    encoded = core.encode("viewing", views, row, arguments)
    assert encoded.shape == (2, SIZES["state"] + SIZES["value"])
    assert not torch.allclose(encoded[0], encoded[1])

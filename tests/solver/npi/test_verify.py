"""Certification, training, weights on disk, and the commands."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import torch

from solver.__main__ import main
from solver.npi.checkpoint import load_core, rounded, save_core, shipped
from solver.npi.programs import ACT, Call
from solver.npi.tasks import TASKS
from solver.npi.train import FrameSet, Trainer, config_for
from solver.npi.verify import certify, check, possible_frames
from solver.words.errors import CheckpointError, UsageError
from tests.solver.npi.conftest import PLAN, SIZES


def test_shipped_addition_is_certified_and_its_json_says_so() -> None:
    core, about = load_core(shipped("addition"))
    result = certify(core, TASKS["addition"])
    assert result.holds
    assert about["certified"]["addition"] == {"checked": result.checked, "wrong": 0}


def test_the_json_of_sorting_counts_every_history() -> None:
    _, about = load_core(shipped("sorting"))
    task = TASKS["sorting"]
    assert task.histories is not None
    count = sum(1 for histories in task.histories.values() for _ in histories())
    assert about["certified"]["sorting"] == {"checked": count, "wrong": 0}


def test_a_planted_wrong_frame_is_found_and_nothing_else() -> None:
    core, _ = load_core(shipped("addition"))
    frames = [frame for frame in possible_frames(TASKS["addition"]) if frame.call.program == "ADD1"]
    planted = replace(frames[50], calls=(Call(ACT, (3, 8, 11)), *frames[50].calls[1:]))
    frames[50] = planted
    assert check(core, frames).wrong == (planted,)


def test_a_damaged_core_gets_no_certificate() -> None:
    core, _ = load_core(shipped("addition"))
    with torch.no_grad():
        row = core.config.programs.index("CARRY")
        core.keys[row] = -core.keys[row]
    result = certify(core, TASKS["addition"], most_wrong=1)
    assert not result.holds
    assert any(Call("CARRY") in frame.calls for frame in result.wrong)


def test_what_nobody_has_enumerated_cannot_be_certified() -> None:
    with pytest.raises(UsageError, match="addition, sorting"):
        next(possible_frames(TASKS["fill"]))


def test_saved_weights_are_the_rounded_ones(half_trained: Path) -> None:
    core, about = load_core(half_trained / "model.safetensors")
    twin = rounded(core)
    assert all((a == b).all() for a, b in zip(core.parameters(), twin.parameters(), strict=True))
    assert about["iterations"] == 50


def test_a_resumed_run_goes_on_as_if_it_had_not_stopped(half_trained: Path, tmp_path: Path) -> None:
    straight = Trainer(tmp_path, PLAN, config_for(PLAN, **SIZES))
    losses = [straight.one_iteration() for _ in range(55)][50:]
    resumed = Trainer.resume(half_trained)
    assert [resumed.one_iteration() for _ in range(5)] == pytest.approx(losses, rel=1e-4)


def test_training_lessens_the_loss(half_trained: Path, tmp_path: Path) -> None:
    fresh = Trainer(tmp_path, PLAN, config_for(PLAN, **SIZES))
    before = len(check(rounded(fresh.core), fresh.data.frames).wrong)
    trained = Trainer.resume(half_trained)
    for _ in range(250):
        trained.one_iteration()
    assert len(check(rounded(trained.core), trained.data.frames).wrong) < before / 2


def test_programs_with_errors_and_wrong_frames_are_drawn_more_often(tmp_path: Path) -> None:
    config = config_for(PLAN, **SIZES)
    data = FrameSet(TASKS["addition"].frames(np.random.default_rng(0), 30), config)
    for program in data.errors:
        data.errors[program] = 0.0
    data.errors["addition/CARRY"] = 1.0
    data.wrong = [0]
    places = data.draw(np.random.default_rng(1), 400, 0.25)
    programs = [data.frames[place].call.program for place in places]
    assert places.count(0) >= 100
    assert programs.count("CARRY") > 250


def test_a_task_without_certificate_is_checked_on_new_runs(tmp_path: Path) -> None:
    plan = replace(PLAN, tasks=("ray",), traces=3, fresh=40)
    trainer = Trainer(tmp_path, plan, config_for(plan, **SIZES))
    known = set(trainer.data.frames)
    lines: list[str] = []
    for _ in range(6):  # until the three runs are learned, which others contradict
        for _ in range(60):
            trainer.one_iteration()
        trainer.full_check(lines.append, 0.0)
        if trainer.fresh_traces:
            break
    assert trainer.fresh_traces["ray"] == 40
    assert not trainer.done
    assert trainer.data.wrong
    assert all(trainer.data.frames[place] not in known for place in trainer.data.wrong)


def test_a_hard_task_does_not_hold_up_the_others(tmp_path: Path) -> None:
    plan = replace(PLAN, tasks=("ray", "addition"), traces=3, fresh=40)
    trainer = Trainer(tmp_path, plan, config_for(plan, **SIZES))
    adding = next(frame for frame in trainer.data.frames if frame.environment == "addition")
    trainer.data.add([replace(adding, calls=(*adding.calls, *adding.calls))])  # contradicts the first
    for _ in range(6):
        for _ in range(60):
            trainer.one_iteration()
        trainer.full_check(lambda _: None, 0.0)
        if trainer.fresh_traces:
            break
    assert trainer.fresh_traces == {"ray": 40}
    assert "addition" not in trainer.certified
    assert not trainer.done


def test_files_that_are_no_core_are_refused_in_one_line(half_trained: Path, tmp_path: Path) -> None:
    core, _ = load_core(half_trained / "model.safetensors")
    path = tmp_path / "core.safetensors"
    with pytest.raises(CheckpointError, match=r"core\.json"):
        load_core(path)
    save_core(core, path, {})
    document = json.loads(path.with_suffix(".json").read_text())
    for key, value, message in (
        ("format", 9, "format 1"),
        ("config", {}, "config"),
        ("config", document["config"] | {"width": 10**9}, r"config\.width"),
        ("config", document["config"] | {"environments": {"addition": [2]}}, r"environments\.addition"),
        ("config", document["config"] | {"width": 47}, "expected weights that fit"),
    ):
        path.with_suffix(".json").write_text(json.dumps(document | {key: value}))
        with pytest.raises(CheckpointError, match=message):
            load_core(path)


def test_run_command_adds_and_sorts(capsys: pytest.CaptureFixture) -> None:
    assert main(["npi", "run", "addition", "999", "1"]) == 0
    assert capsys.readouterr().out.startswith("1000  right")
    assert main(["npi", "run", "sorting", "52431", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["pad"] == [[1, 2, 3, 4, 5]]
    assert main(["npi", "run", "addition", "7", "8", "--tree", "3"]) == 0
    assert "    CARRY" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        (["run", "tetris"], "expected one of addition"),
        (["run", "addition", "12"], "two numbers"),
        (["run", "sorting", "1²"], "one row of digits"),
        (["run", "fill", "12"], "--size"),
        (["certify", "addition", "--model", "nowhere.safetensors"], "nowhere.json"),
        (["train"], "no task given"),
    ],
)
def test_bad_input_is_one_line_and_status_2(
    arguments: list[str], expected: str, capsys: pytest.CaptureFixture
) -> None:
    assert main(["npi", *arguments]) == 2
    error = capsys.readouterr().err
    assert expected in error
    assert len(error.splitlines()) == 1
    assert len(error) < 300


def test_train_command_writes_a_core_and_resumes(tmp_path: Path, capsys: pytest.CaptureFixture) -> None:
    folder = str(tmp_path / "run")
    arguments = ["npi", "train", "addition", "--folder", folder, "--traces", "5", "--width", "32"]
    assert main([*arguments, "--iterations", "3"]) == 1
    assert main(["npi", "train", "--resume", "--folder", folder]) == 1
    assert "different frames" in capsys.readouterr().out
    assert load_core(tmp_path / "run" / "model.safetensors")[1]["iterations"] == 3

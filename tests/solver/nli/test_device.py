"""Which device is taken and why: GPUs that are missing, too old, full or fine, by fakes."""

from __future__ import annotations

import json
import warnings
from collections.abc import Callable
from types import SimpleNamespace

import pytest
import torch

from solver.__main__ import main
from solver.commands import devices as command
from solver.nli import device as device_module
from solver.nli import learned as learned_module
from solver.nli.device import (
    Device,
    choose,
    devices,
    fast_precision,
    free_memory,
    gpu_trouble,
    passed_over,
    per_call,
    pick_device,
)
from solver.nli.learned import LearnedLanguage, load_or_fall_back
from solver.words.errors import DeviceError

OLD_DRIVER = (
    "CUDA initialization: The NVIDIA driver on your system is too old (found version 11040). "
    "Please update your GPU driver by downloading and installing a new version. (at x.cpp)"
)


@pytest.fixture
def no_gpu(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(torch.cuda, "is_available", lambda: False)
    monkeypatch.setattr(torch.backends.mps, "is_available", lambda: False)


@pytest.fixture
def cuda(monkeypatch: pytest.MonkeyPatch, no_gpu: None) -> Callable[[Exception | None], None]:
    """A GPU that answers or fails when numbers are added on it."""

    def make(failure: Exception | None) -> None:
        def ones(size: int, device: str) -> torch.Tensor:
            assert device == "cuda"
            if failure is not None:
                raise failure
            return torch.full((size,), 1.0)

        monkeypatch.setattr(torch.cuda, "is_available", lambda: True)
        monkeypatch.setattr(torch, "ones", ones)
        monkeypatch.setattr(device_module, "_cuda_title", lambda: "NVIDIA Fake, 8 GiB")

    return make


def test_without_a_gpu_the_cpu_is_taken_and_it_is_said_why(no_gpu: None) -> None:
    device, why = choose()
    assert device.type == "cpu"
    assert why.startswith("cuda: ")
    assert "mps: " in why
    assert passed_over() == ""
    assert [known.name for known in devices()] == ["cuda", "mps", "cpu"]
    with pytest.raises(DeviceError, match="device is 'cuda', but "):
        pick_device("cuda")
    with pytest.raises(DeviceError, match="expected one of auto, cpu, cuda, mps"):
        pick_device("tpu")


def test_cores_and_threads_are_told(no_gpu: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(device_module.os, "cpu_count", lambda: 12)
    monkeypatch.setattr(torch, "get_num_threads", lambda: 1)
    assert devices()[-1].title.endswith("12 cores, torch uses 1 thread")


def test_one_core_is_told_as_one(no_gpu: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(device_module.os, "cpu_count", lambda: 1)
    monkeypatch.setattr(torch, "get_num_threads", lambda: 3)
    assert devices()[-1].title.endswith(", 1 core, torch uses 3 threads")


@pytest.mark.parametrize(
    ("count", "title"), [(1, "NVIDIA Fake, 8 GiB"), (3, "NVIDIA Fake, 8 GiB, the first of 3")]
)
def test_a_gpu_is_told_by_name_and_memory(count: int, title: str, monkeypatch: pytest.MonkeyPatch) -> None:
    about = SimpleNamespace(name="NVIDIA Fake", total_memory=8 * 2**30)
    monkeypatch.setattr(torch.cuda, "get_device_properties", lambda _: about)
    monkeypatch.setattr(torch.cuda, "device_count", lambda: count)
    assert device_module._cuda_title() == title


def test_free_memory_of_a_gpu_is_what_the_driver_has_and_torch_keeps(monkeypatch: pytest.MonkeyPatch) -> None:
    assert free_memory(torch.device("cpu")) is None
    monkeypatch.setattr(torch.cuda, "mem_get_info", lambda _: (1000, 8000))
    monkeypatch.setattr(torch.cuda, "memory_reserved", lambda _: 500)
    monkeypatch.setattr(torch.cuda, "memory_allocated", lambda _: 200)
    assert free_memory(torch.device("cuda")) == 1300


def test_calls_are_short_whatever_the_canvas() -> None:
    assert per_call((30, 30), 50, 12) == 1
    small = per_call((4, 4), 1)
    assert small > 100
    assert per_call((4, 4), 3) == pytest.approx(small / 3, abs=1)
    assert per_call((4, 4), 1, passes=4) == pytest.approx(small / 4, abs=1)
    # Attention makes four times the cells cost more than four times as much.
    assert per_call((20, 20), 1) < per_call((10, 10), 1) / 4 < per_call((10, 5), 1) / 8
    assert per_call((5, 10), 1) == per_call((10, 5), 1)


def test_a_gpu_takes_what_fits_half_of_its_memory_and_never_less_than_a_cpu() -> None:
    cpu = per_call((6, 6), 1)
    much = per_call((6, 6), 1, free=40 * 2**30)
    assert much > 10 * cpu
    assert per_call((6, 6), 1, free=80 * 2**30) == pytest.approx(2 * much, rel=0.01)
    assert per_call((6, 6), 1, free=0) == cpu


def test_a_gpu_that_works_is_taken(cuda: Callable[[Exception | None], None]) -> None:
    cuda(None)
    assert choose()[0].type == "cuda"
    assert devices()[0] == Device("cuda", "NVIDIA Fake, 8 GiB")
    assert choose("cpu") == (torch.device("cpu"), "it was asked for")


def test_a_driver_that_is_too_old_is_named_and_passed_over(
    no_gpu: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    def is_available() -> bool:
        warnings.warn(OLD_DRIVER, stacklevel=1)
        return False

    monkeypatch.setattr(torch.cuda, "is_available", is_available)
    with warnings.catch_warnings():
        warnings.simplefilter("error")  # torch's own words are not repeated to the terminal
        assert choose()[0].type == "cpu"
    said = passed_over()
    assert said == (
        "cuda cannot be used, the CPU is: The NVIDIA driver on your system is too old (found version 11040)"
    )
    assert passed_over("cpu") == ""
    with pytest.raises(DeviceError, match="too old"):
        pick_device("cuda")


@pytest.mark.parametrize(
    ("failure", "said"),
    [
        (torch.OutOfMemoryError("CUDA out of memory. Tried to allocate 2 MiB"), "ran out of memory"),
        (
            RuntimeError("CUDA error: no kernel image is available for execution on the device\nmore"),
            "no kernel",
        ),
        (RuntimeError("something else"), "something else"),
    ],
)
def test_a_gpu_that_fails_at_once_is_passed_over(
    cuda: Callable[[Exception | None], None], failure: Exception, said: str
) -> None:
    cuda(failure)
    assert choose()[0].type == "cpu"
    assert said in passed_over()
    assert "\n" not in passed_over()


@pytest.mark.parametrize(
    ("error", "expected"),
    [
        (torch.OutOfMemoryError("CUDA out of memory."), "ran out of memory"),
        (RuntimeError("MPS backend out of memory (MPS allocated: 9 GB)"), "ran out of memory"),
        (
            RuntimeError("CUDA error: device-side assert triggered\nadvice"),
            "failed (CUDA error: device-side assert",
        ),
        (RuntimeError("cuDNN error: CUDNN_STATUS_NOT_INITIALIZED"), "failed (cuDNN error"),
        (RuntimeError("mat1 and mat2 shapes cannot be multiplied (2x3 and 4x5)"), ""),
        (ValueError("engine is 'x'"), ""),
    ],
)
def test_errors_of_a_gpu_are_told_from_our_own(error: Exception, expected: str) -> None:
    assert gpu_trouble(error).startswith(expected)
    assert bool(gpu_trouble(error)) is bool(expected)


def test_weights_that_do_not_fit_a_gpu_are_loaded_on_the_cpu(
    monkeypatch: pytest.MonkeyPatch, tiny: LearnedLanguage
) -> None:
    asked = []

    def load(device: str, path: object) -> LearnedLanguage:
        asked.append(device)
        if device != "cpu":
            raise torch.OutOfMemoryError("CUDA out of memory.")
        return tiny

    monkeypatch.setattr(learned_module, "load_learned", load)
    assert load_or_fall_back() == (tiny, "the GPU ran out of memory; going on with the CPU")
    assert asked == ["auto", "cpu"]
    assert load_or_fall_back("cpu") == (tiny, "")


def test_the_command_says_which_device_is_used_and_what_a_round_costs(
    no_gpu: None, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["devices"]) == 0
    said = capsys.readouterr().out.splitlines()
    assert [line.split()[0] for line in said[:3]] == ["cuda", "mps", "cpu"]
    assert " ms a round of " in said[2]
    assert said[3].startswith("Glossa uses cpu: cuda: ")


def test_a_device_that_fails_while_it_is_measured_is_told(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def full(device: str) -> command.Cost:
        if device == "cuda":
            raise torch.OutOfMemoryError("CUDA out of memory.")
        return command.Cost(0.25, 16)

    monkeypatch.setattr(command, "devices", lambda: (Device("cuda", "NVIDIA Fake"), Device("cpu", "a CPU")))
    monkeypatch.setattr(command, "round_cost", full)
    assert main(["devices"]) == 0
    said = capsys.readouterr().out
    assert "cuda  NVIDIA Fake — it ran out of memory\n" in said
    assert "cpu   a CPU: 250 ms a round of 16 programs\n" in said
    assert main(["devices", "--json"]) == 0
    rows = json.loads(capsys.readouterr().out)["devices"]
    assert rows[1] == {"name": "cpu", "title": "a CPU", "trouble": "", "round_s": 0.25, "starts": 16}
    assert main(["devices", "--no-measure"]) == 0
    assert " ms a round" not in capsys.readouterr().out


@pytest.mark.parametrize(
    ("device", "native", "autocast"),
    [("cpu", True, True), ("cpu", False, False), ("cuda", False, True), ("mps", True, False)],
)
def test_half_precision_is_used_where_it_is_native(
    device: str, native: bool, autocast: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(device_module, "_cpu_has_bfloat16", lambda: native)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # torch says that there is no such GPU here
        precision = fast_precision(torch.device(device))
    assert isinstance(precision, torch.autocast) == autocast

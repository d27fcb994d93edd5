"""Where and in which precision the networks run."""

from __future__ import annotations

import os
import platform
import re
import warnings
from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext, suppress
from dataclasses import dataclass
from pathlib import Path

import torch

from solver.words.errors import DeviceError
from solver.words.results import DEVICES

_CALL_CELLS = 4096
"""Canvas cells per forward pass: 40 ms on one CPU core with bfloat16, three times that without."""
_CELL_BYTES = 40_000
"""Memory of a cell through an executor step with gradients: 16 activations of width 128 in 4 blocks."""
_ATTENTION_CELLS = 180
"""Canvas size at which attention costs as much as the rest of a block (measured on a CPU)."""
_LONGEST_REASON = 140
"""Characters of what torch says that a message repeats."""
_GPU_ERROR = re.compile(r"\b(CUDA|cuDNN|CUBLAS|HIP|MPS|Metal)\b|no kernel image", re.IGNORECASE)


@dataclass(frozen=True)
class Device:
    """A kind of device, as it is on this machine."""

    name: str
    """One of `DEVICES` but "auto"."""
    title: str
    """What it is, e.g. "AMD EPYC, 8 cores, torch uses 8 threads"; empty where there is none."""
    trouble: str = ""
    """Why the networks cannot run on it; empty where they can."""
    broken: bool = False
    """Whether there is one that cannot be used, as opposed to none."""


def devices() -> tuple[Device, ...]:
    """Every kind of device, in the order "auto" prefers them; the CPU comes last and always works."""
    return _gpu("cuda", _cuda_title), _gpu("mps", lambda: "Apple GPU"), Device("cpu", _cpu_title())


def choose(name: str = "auto") -> tuple[torch.device, str]:
    """The device called `name`, or the first that works for "auto", and why it is taken, as a clause.

    Raises `DeviceError` for one that does not exist or cannot be used.
    """
    if name not in DEVICES:
        raise DeviceError(f"device is {name!r}, expected one of {', '.join(DEVICES)}")
    known = {device.name: device for device in devices()}
    if name != "auto":
        if known[name].trouble:
            raise DeviceError(f"device is {name!r}, but {known[name].trouble}")
        return torch.device(name), "it was asked for"
    others = []
    for device in known.values():
        if not device.trouble:
            break
        others.append(f"{device.name}: {device.trouble}")
    why = "; ".join(others) if device.name == "cpu" else "a GPU is faster than the CPU"
    return torch.device(device.name), why


def pick_device(name: str = "auto") -> torch.device:
    """The device called `name`; "auto" takes a GPU where one works. Raises `DeviceError` as `choose` does."""
    return choose(name)[0]


def passed_over(name: str = "auto") -> str:
    """One sentence on a GPU that is there and cannot be used by "auto"; empty where all is well."""
    if name != "auto":
        return ""
    broken = [device for device in devices() if device.broken]
    return f"{broken[0].name} cannot be used, the CPU is: {broken[0].trouble}" if broken else ""


def gpu_trouble(error: Exception) -> str:
    """What went wrong on a GPU, in a few words; empty for an error that the CPU would make too."""
    text = str(error)
    if isinstance(error, torch.OutOfMemoryError) or (
        isinstance(error, RuntimeError) and "out of memory" in text
    ):
        return "ran out of memory"
    if isinstance(error, torch.AcceleratorError) or (
        isinstance(error, RuntimeError) and _GPU_ERROR.search(text)
    ):
        return f"failed ({_first_sentence(text)})"
    return ""


def _gpu(name: str, title: Callable[[], str]) -> Device:
    """Look for a GPU, and add two numbers on it: a driver can be there and be of no use."""
    backend = {"cuda": torch.cuda, "mps": torch.backends.mps}[name]
    with warnings.catch_warnings(record=True) as told:
        warnings.simplefilter("always")
        there = backend.is_available()
    if not there:
        # A driver that is too old is told as a warning, and then there is no GPU.
        problems = [_first_sentence(str(warning.message)) for warning in told]
        built = torch.version.cuda or torch.version.hip if name == "cuda" else torch.backends.mps.is_built()
        none = "there is none" if built else "this build of torch is made without it"
        return Device(name, "", problems[0] if problems else none, broken=bool(problems))
    try:
        one = torch.ones(1, device=name)
        (one + one).item()
        return Device(name, title())
    except RuntimeError as error:
        return Device(name, "", gpu_trouble(error) or _first_sentence(str(error)), broken=True)


def _first_sentence(text: str) -> str:
    """The beginning of what torch says, without its advice."""
    lines = text.strip().splitlines() or ["no reason was given"]
    sentence = lines[0].split(". ")[0].rstrip(".")
    return sentence.removeprefix("CUDA initialization: ")[:_LONGEST_REASON]


def _cuda_title() -> str:
    about = torch.cuda.get_device_properties(0)
    more = torch.cuda.device_count() - 1
    others = f", the first of {more + 1}" if more else ""
    return f"{about.name}, {about.total_memory / 2**30:.0f} GiB{others}"


def _cpu_title() -> str:
    cores = os.cpu_count() or 1
    threads = torch.get_num_threads()
    return (
        f"{_cpu_name()}, {cores} {'core' if cores == 1 else 'cores'}, "
        f"torch uses {threads} {'thread' if threads == 1 else 'threads'}"
    )


def _cpu_name() -> str:
    with suppress(OSError):  # other systems have no such file
        for line in Path("/proc/cpuinfo").read_text(encoding="utf-8", errors="replace").splitlines():
            if line.startswith("model name"):
                return line.partition(":")[2].strip()
    return platform.processor() or platform.machine()


def fast_precision(device: torch.device) -> AbstractContextManager[None]:
    """Autocast to bfloat16 where the hardware multiplies it natively, otherwise nothing."""
    native = device.type == "cuda" or (device.type == "cpu" and _cpu_has_bfloat16())
    if not native:
        return nullcontext()
    return torch.autocast(device.type, torch.bfloat16)


def free_memory(device: torch.device) -> int | None:
    """Bytes a GPU has left, those that torch keeps for reuse included; None where nobody can tell."""
    if device.type != "cuda":
        return None
    free, _ = torch.cuda.mem_get_info(device)
    return int(free + torch.cuda.memory_reserved(device) - torch.cuda.memory_allocated(device))


def per_call(canvas: tuple[int, int], grids: int, passes: int = 1, free: int | None = None) -> int:
    """How many items of `grids` canvases and `passes` forward passes fit one call, at least one.

    Short calls are what makes stopping between two of them feel immediate. A GPU with `free` bytes takes
    what half of them hold.
    """
    cells = canvas[0] * canvas[1]
    cost = passes * grids * cells * (1 + cells / _ATTENTION_CELLS)
    most = _CALL_CELLS if free is None else max(_CALL_CELLS, free // (2 * _CELL_BYTES))
    return max(1, int(most / cost))


def _cpu_has_bfloat16() -> bool:
    return bool(torch.ops.mkldnn._is_mkldnn_bf16_supported())

"""Where and in which precision the networks run."""

from __future__ import annotations

from contextlib import AbstractContextManager, nullcontext

import torch

from solver.words.errors import DeviceError
from solver.words.results import DEVICES

_CALL_CELLS = 4096
"""Canvas cells per forward pass: 40 ms on one CPU core with bfloat16, three times that without."""
_CELL_BYTES = 40_000
"""Memory of a cell through an executor step with gradients: 16 activations of width 128 in 4 blocks."""
_ATTENTION_CELLS = 180
"""Canvas size at which attention costs as much as the rest of a block (measured on a CPU)."""


def pick_device(name: str = "auto") -> torch.device:
    """The device called `name`; "auto" takes a GPU where there is one. Raises `DeviceError` when absent."""
    if name not in DEVICES:
        raise DeviceError(f"device is {name!r}, expected one of {', '.join(DEVICES)}")
    available = {"cuda": torch.cuda.is_available(), "mps": torch.backends.mps.is_available(), "cpu": True}
    if name == "auto":
        name = next(kind for kind, there in available.items() if there)
    if not available[name]:
        raise DeviceError(f"device is {name!r}, but this machine has none")
    return torch.device(name)


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

"""Tensor files: named tensors as safetensors, written whole; nothing is ever unpickled."""

from __future__ import annotations

import ctypes
import hashlib
import os
import sys
from pathlib import Path
from typing import Any

from safetensors import SafetensorError
from safetensors.torch import load_file, save
from torch import Tensor

from puzzles.files import open_regular, parse_json, read_text
from puzzles.grid import PuzzleError
from puzzles.storage import write_whole
from solver.words.errors import CheckpointError

_LONGEST_REASON = 100
"""Characters of what a library says about a file."""
_KERNELS = 128
"""Compiled kernels that each of the two caches below keeps, one for every shape of a matrix product.

By themselves they keep 1,024, and as every puzzle brings shapes of its own, the process grew by 1 MB with
every search. With 128 a search is as fast (`docs/results/window.md`).
"""
for cache in ("ONEDNN_PRIMITIVE_CACHE_CAPACITY", "LRU_CACHE_CAPACITY"):  # of oneDNN, and of torch's use of it
    os.environ.setdefault(cache, str(_KERNELS))  # read at the first product


def give_back_memory() -> None:
    """Give freed memory back to the system where the C library would keep it, as glibc does.

    A search allocates and frees hundreds of MB in blocks of all sizes; what lies between blocks still in use
    would stay with the process. Takes some milliseconds.
    """
    trim = getattr(ctypes.CDLL(None), "malloc_trim", None) if sys.platform == "linux" else None
    if trim is not None:
        trim(0)


def save_tensors(tensors: dict[str, Tensor], path: Path) -> None:
    """Write tensors so that a crash leaves either the old file or the new one."""
    path.parent.mkdir(parents=True, exist_ok=True)
    write_whole(path, save({name: t.detach().cpu().contiguous() for name, t in tensors.items()}))


def fingerprint(path: Path) -> str:
    """Sixteen hexadecimal digits that change with the weights; raises `CheckpointError` without them."""
    try:
        with open_regular(path) as stream:
            return hashlib.sha256(stream.read()).hexdigest()[:16]
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) and error.strerror else error
        raise CheckpointError(f"{path}: {reason}, expected weights") from None


def load_tensors(path: Path, device: str = "cpu") -> dict[str, Tensor]:
    """Named tensors of a regular safetensors file; raises `CheckpointError` for anything else."""
    try:
        open_regular(path).close()  # mapping a pipe into memory would wait for ever
        return load_file(path, device=device)
    except (OSError, ValueError, SafetensorError) as error:
        reason = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
        raise CheckpointError(f"{path}: {reason[:_LONGEST_REASON]}, expected weights (safetensors)") from None


def read_about(path: Path) -> Any:
    """The JSON beside weights, as plain values; raises `CheckpointError` where it cannot be read."""
    try:
        return parse_json(read_text(path), path.name)
    except PuzzleError as error:
        reason = str(error).removesuffix(", expected an ARC task").removesuffix(", expected a JSON file")
        raise CheckpointError(f"{reason}, expected the weights' JSON") from None

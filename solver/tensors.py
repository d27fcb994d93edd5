"""Tensor files: named tensors as safetensors, written whole; nothing is ever unpickled."""

from __future__ import annotations

import hashlib
from pathlib import Path

from safetensors.torch import save
from torch import Tensor

from puzzles.storage import write_whole


def save_tensors(tensors: dict[str, Tensor], path: Path) -> None:
    """Write tensors so that a crash leaves either the old file or the new one."""
    path.parent.mkdir(parents=True, exist_ok=True)
    write_whole(path, save({name: t.detach().cpu().contiguous() for name, t in tensors.items()}))


def fingerprint(path: Path) -> str:
    """Sixteen hexadecimal digits that change with the weights."""
    return hashlib.sha256(path.read_bytes()).hexdigest()[:16]

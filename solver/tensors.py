"""Tensor files: named tensors as safetensors, written whole; nothing is ever unpickled."""

from __future__ import annotations

import hashlib
from pathlib import Path

from safetensors.torch import save
from torch import Tensor

from puzzles.files import open_regular
from puzzles.storage import write_whole
from solver.words.errors import CheckpointError


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

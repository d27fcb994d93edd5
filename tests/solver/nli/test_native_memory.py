"""Searches over ever new shapes leave no compiled kernels behind."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

MEASURE = """
import ctypes
import solver.tensors
import torch

class Info(ctypes.Structure):
    _fields_ = [(n, ctypes.c_size_t) for n in
                "arena ordblks smblks hblks hblkhd usmblks fsmblks uordblks fordblks keepcost".split()]

libc = ctypes.CDLL(None)
libc.mallinfo2.restype = Info
layer = torch.nn.Linear(128, 384)

@torch.inference_mode()
def run(rows):
    with torch.autocast("cpu", torch.bfloat16):
        for n in rows:
            layer(torch.zeros(n, 128))

torch.set_num_threads(1)
run(range(10, 160))
before = libc.mallinfo2().uordblks
run(range(160, 560))
print(libc.mallinfo2().uordblks - before)
"""


def grown(**environment: str) -> int:
    """Bytes in use after 400 further shapes of a matrix product."""
    inherited = {name: value for name, value in os.environ.items() if "CACHE_CAPACITY" not in name}
    found = subprocess.run(
        [sys.executable, "-c", MEASURE],
        env={**inherited, **environment},
        capture_output=True,
        text=True,
        check=True,
    )
    return int(found.stdout)


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="asks glibc")
def test_new_shapes_do_not_pile_up() -> None:
    without_limit = grown(ONEDNN_PRIMITIVE_CACHE_CAPACITY="1024", LRU_CACHE_CAPACITY="1024")
    if without_limit < 4_000_000:
        pytest.skip("this processor needs no kernels of its own for bfloat16")
    assert grown() < without_limit / 4

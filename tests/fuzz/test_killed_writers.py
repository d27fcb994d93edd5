"""A writer killed at any moment leaves the old file or the new one, and nothing after the next write.

The slow test kills every writer many times, also while another writes the same file.
"""

from __future__ import annotations

import json
import os
import random
import subprocess
import sys
import time
from pathlib import Path

import pytest

from puzzles.storage import write_whole

SETTING_UP = """
import sys
from pathlib import Path
place, number = Path(sys.argv[1]), int(sys.argv[2])
"""
WRITERS = {
    "plain": """
from puzzles.storage import write_whole
def write(n): write_whole(place / "kept.json", '{"n": %d, "fill": "%s"}' % (n, "x" * 200_000))
""",
    "puzzle": """
import numpy as np
from puzzles.grid import as_grid
from puzzles.puzzle import Pair, Puzzle, save_puzzle
def write(n):
    grid = as_grid(np.full((30, 30), n % 10))
    save_puzzle(Puzzle("p", (Pair(grid, grid),) * 40, (Pair(grid, grid),)), place / "kept.json")
""",
    "memory": """
import numpy as np
from puzzles.grid import as_grid
from puzzles.puzzle import Pair, Puzzle
from solver.search.memory import Memory
from solver.words.program import Program
grid = as_grid(np.zeros((30, 30), np.uint8))
puzzle = Puzzle("p", (Pair(grid, grid),) * 20, (Pair(grid, grid),))
def write(n): Memory("weights", place).remember(Program.of(["transpose"], "exact"), puzzle, np.full(500, n))
""",
    "weights": """
import torch
from solver.tensors import save_tensors
def write(n): save_tensors({"a": torch.full((50_000,), float(n))}, place / "kept.safetensors")
""",
    "settings": """
from app.settings import Settings, UserPaths
settings = Settings(UserPaths(place, place))
def write(n): settings.set("key", f"{n}" * 20_000)
""",
}
GOING_ON = """
write(number)
print("ready", flush=True)
while True:
    number += 1
    write(number)
"""
FEW, MANY = 4, 300


def _start(kind: str, place: Path, number: int) -> subprocess.Popen[str]:
    process = subprocess.Popen(
        [sys.executable, "-c", SETTING_UP + WRITERS[kind] + GOING_ON, str(place), str(number)],
        stdout=subprocess.PIPE,
        text=True,
    )
    assert process.stdout is not None
    assert process.stdout.readline() == "ready\n"
    return process


def _check(place: Path) -> int:
    """Every file that was written is whole; returns how many there are beside temporary ones."""
    whole = 0
    for path in place.rglob("*"):
        if not path.is_file() or path.name.endswith(".tmp"):
            continue
        whole += 1
        if path.suffix == ".json":
            json.loads(path.read_text("utf-8"))
        else:
            content = path.read_bytes()
            header = int.from_bytes(content[:8], "little")
            assert len(content) == 8 + header + 200_000
    return whole


def _left_over(place: Path) -> list[Path]:
    return list(place.rglob("*.tmp"))


def kill_often(kind: str, place: Path, kills: int, together: int) -> None:
    rng = random.Random(0)
    for number in range(kills):
        processes = [_start(kind, place, 1000 * number + i) for i in range(together)]
        time.sleep(rng.uniform(0, 0.05))
        for process in processes:
            process.kill()
            process.wait()
            assert process.stdout is not None
            process.stdout.close()
        assert _check(place) == 1
    last = next(path for path in place.rglob("*") if path.is_file() and not path.name.endswith(".tmp"))
    for path in _left_over(place):
        os.utime(path, (0, 0))  # as if they had lain there for hours
    write_whole(last, last.read_bytes())
    assert _left_over(place) == []


@pytest.mark.parametrize("kind", ["plain", "puzzle"])
def test_a_killed_writer(kind: str, tmp_path: Path) -> None:
    kill_often(kind, tmp_path, FEW, together=2)


@pytest.mark.slow
@pytest.mark.parametrize("together", [1, 2])
@pytest.mark.parametrize("kind", WRITERS)
def test_writers_killed_very_often(kind: str, together: int, tmp_path: Path) -> None:
    kill_often(kind, tmp_path, MANY // together, together)

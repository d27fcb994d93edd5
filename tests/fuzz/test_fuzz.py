"""Whatever a file holds, its reader says so in one short line that names it, or passes it over.

`python -m pytest tests/fuzz -m slow` reads 100,000 hostile files; the seed of each is in the failure.
"""

from __future__ import annotations

import random
import traceback
from pathlib import Path

import pytest
import torch

from puzzles.terminal import one_line
from solver.nli.checkpoint import save_model
from solver.nli.model import NLI
from tests.fuzz.readers import READERS, TINY, Reader

FEW, MANY = 250, 10_000
LONGEST = 300


@pytest.fixture
def place(tmp_path: Path) -> Path:
    torch.manual_seed(0)
    home = tmp_path / "files"
    home.mkdir()
    save_model(NLI(TINY), home / "hostile.safetensors", {})
    return home


def failures(reader: Reader, home: Path, seeds: range) -> list[str]:
    """What was raised or said that must not be, with the seed it came from."""
    found = []
    path = home / reader.file
    for seed in seeds:
        path.write_bytes(reader.make(random.Random(seed)))
        try:
            said = [(text, True) for text in reader.read(path)]
        except reader.refuses as error:
            said = [(str(error), True)]
        except Exception:
            said = [(traceback.format_exc(limit=-3), False)]
        for text, foreseen in said:
            named = path.stem in text and one_line(text).isprintable()
            if not (foreseen and named and len(text) < LONGEST):
                found.append(f"seed {seed}: {text[-400:]}")
    return found


@pytest.mark.parametrize("reader", READERS, ids=lambda reader: reader.name)
def test_hostile_files(reader: Reader, place: Path) -> None:
    assert failures(reader, place, range(int(FEW * reader.share))) == []


@pytest.mark.slow
@pytest.mark.parametrize("reader", READERS, ids=lambda reader: reader.name)
def test_very_many_hostile_files(reader: Reader, place: Path) -> None:
    assert failures(reader, place, range(FEW, FEW + int(MANY * reader.share))) == []

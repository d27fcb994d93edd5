"""The memory of programs: kept whole, found by nearness, renamed and forgotten by a person."""

from __future__ import annotations

import json
import os
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest

from solver.__main__ import main
from solver.nli.learned import SHIPPED
from solver.search.memory import Memory
from solver.tensors import fingerprint
from solver.words.errors import UsageError
from solver.words.program import Program
from tests.solver.conftest import puzzle_of


def key(value: float) -> np.ndarray:
    return np.full(8, value, np.float32)


@pytest.fixture
def memory(tmp_path: Path) -> Memory:
    """Three programs at 0, 1 and 5."""
    memory = Memory("weights", tmp_path)
    for place, words in ((0.0, ["w1"]), (1.0, ["w2", "w3"]), (5.0, ["w4"])):
        memory.remember(Program.of(words, "weights"), puzzle_of("shift up", seed=int(place)), key(place))
    return memory


def test_the_nearest_come_first(memory: Memory) -> None:
    assert [entry.program.words for entry in memory.nearest(key(4.0), 2)] == [("w4",), ("w2", "w3")]
    assert [entry.program.words for entry in memory.nearest(key(0.2), 9)] == [("w1",), ("w2", "w3"), ("w4",)]
    assert memory.nearest(np.zeros(3, np.float32), 2) == []


def test_a_program_is_kept_once_and_keeps_its_name(memory: Memory) -> None:
    entry = memory.nearest(key(5.0), 1)[0]
    memory.rename(entry.id, "  the fourth ")
    memory.remember(entry.program, puzzle_of("shift left"), key(7.0))
    assert len(memory.entries()) == 3
    kept = memory.nearest(key(7.0), 1)[0]
    assert (kept.name, kept.puzzle.name) == ("the fourth", "shift left")


def test_forgetting_and_what_is_refused(memory: Memory) -> None:
    entry = memory.nearest(key(0.0), 1)[0]
    memory.forget(entry.id[:6])
    assert entry.id not in {other.id for other in memory.entries()}
    with pytest.raises(UsageError, match="no entry"):
        memory.forget(entry.id)
    with pytest.raises(UsageError, match="the name is empty"):
        memory.rename(memory.entries()[0].id, " ")
    with pytest.raises(UsageError, match="no entry ''"):
        memory.forget("")


def test_an_id_may_be_shortened_as_long_as_it_is_one_entrys(tmp_path: Path) -> None:
    memory = Memory("weights", tmp_path)
    for row in range(40):
        memory.remember(Program.of([f"w{row}"], "weights"), puzzle_of("shift up"), key(row))
    ids = sorted(entry.id for entry in memory.entries())
    first, second = next((a, b) for a, b in pairwise(ids) if a[0] == b[0])
    with pytest.raises(UsageError, match=r"[2-9]\d* entries '.', expected the id of one"):
        memory.rename(first[0], "x")
    assert memory.rename(second, "x").id == second
    assert len(memory.entries()) == 40


def test_other_files_and_other_weights_are_passed_over(memory: Memory, tmp_path: Path) -> None:
    folder = tmp_path / "weights"
    (folder / "broken.json").write_text('{"format": 1')
    (folder / "other.json").write_text("[]")
    entry = memory.entries()[0]
    text = (folder / f"{entry.id}.json").read_text()
    (folder / "foreign.json").write_text(text.replace('"weights"', '"elsewhere"'))
    (folder / "deep.json").write_text("[" * 100_000)
    for number in ("1" + "0" * 400, "NaN", "[[1.0]]"):
        damaged = json.loads(text) | {"key": ["KEY"]}
        (folder / f"{number[:3]}.json").write_text(json.dumps(damaged).replace('"KEY"', number))
    if hasattr(os, "mkfifo"):
        os.mkfifo(folder / "pipe.json")
    assert len(memory.entries()) == 3
    assert Memory("elsewhere", tmp_path).entries() == []


def test_from_the_command_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    weights = fingerprint(SHIPPED)
    memory = Memory(weights, tmp_path)
    entry = memory.remember(Program.of(["w1", "w2"], weights), puzzle_of("shift up"), key(0.0))
    place = ["--folder", str(tmp_path)]
    assert main(["memory", "rename", entry.id, "up and away", *place]) == 0
    capsys.readouterr()
    assert main(["memory", "list", *place]) == 0
    line = capsys.readouterr().out
    assert entry.id in line
    assert "up and away: w1 → w2" in line
    assert main(["memory", "forget", entry.id, *place]) == 0
    assert main(["memory", "forget", entry.id, *place]) == 2
    assert "no entry" in capsys.readouterr().err
    assert memory.entries() == []

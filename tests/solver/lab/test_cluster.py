"""A collection handed to a Dask cluster: every puzzle comes back, also when a worker dies."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import Any

import pytest

from solver.__main__ import main
from solver.lab.bench.cluster import connect, measure_on
from solver.words.errors import UsageError


def measured(folder: str, number: int) -> dict[str, Any]:
    """Kills its worker at the first call for number 3, fails for number 5."""
    mark = Path(folder) / "died"
    if number == 3 and not mark.exists():
        mark.touch()
        os._exit(1)
    if number == 5:
        raise ValueError("no such puzzle")
    return {"number": number}


def test_a_dying_worker_loses_no_puzzle(tmp_path: Path) -> None:
    distributed = pytest.importorskip("distributed")
    said: list[str] = []
    with (
        distributed.LocalCluster(
            n_workers=2, threads_per_worker=1, dashboard_address=None, local_directory=str(tmp_path)
        ) as cluster,
        connect(cluster.scheduler_address) as client,
    ):
        calls = [(str(tmp_path), number) for number in range(8)]
        rows = list(measure_on(client, measured, calls, said.append))
    assert sorted(row["number"] for row in rows) == [0, 1, 2, 3, 4, 6, 7]
    assert (tmp_path / "died").exists()
    assert len(said) == 1
    assert "5" in said[0]
    assert "no such puzzle" in said[0]


def test_a_scheduler_that_does_not_answer_is_one_line(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    pytest.importorskip("distributed")
    monkeypatch.setattr("solver.lab.bench.cluster._PATIENCE_S", 0.2)
    with pytest.raises(UsageError, match="no Dask scheduler answers"):
        connect("tcp://127.0.0.1:9")


def test_without_dask_the_extra_is_named(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    monkeypatch.setitem(sys.modules, "distributed", None)
    arguments = ["bench", "arc", "--cluster", "tcp://127.0.0.1:1", "--out", str(tmp_path / "rows.jsonl")]
    assert main(arguments) == 2
    assert "pip install 'glossa[cluster]'" in capsys.readouterr().err

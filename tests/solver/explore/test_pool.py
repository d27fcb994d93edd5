"""Search processes are used again, and letting go of one search leaves others alone."""

from __future__ import annotations

import json
import queue
import subprocess
import sys
import textwrap
import time
from pathlib import Path

import pytest

from puzzles.collections import open_puzzle
from puzzles.puzzle import puzzle_to_json
from solver.explore.pool import Lines, Pool
from solver.search.solve import SolveOptions, finish, solve

KILLED = 1 if sys.platform == "win32" else -9
"""Exit code of a process that was ended by `kill`."""


def question(budget_s: float) -> dict:
    puzzle = json.loads(puzzle_to_json(open_puzzle("arc1-train/007bbfb7")))
    return {"puzzle": puzzle, "budget_s": budget_s, "variant": "plain"}


def until_done(lines: Lines) -> list[dict]:
    told = []
    while (document := lines.get(timeout=30)) is not None:
        told.append(document)
    return told


def wait_until_idle(pool: Pool) -> None:
    deadline = time.monotonic() + 30
    while any(worker.busy for worker in pool.workers) and time.monotonic() < deadline:
        time.sleep(0.02)


def test_a_process_is_used_for_one_puzzle_after_the_other():
    pool = Pool()
    first, lines = pool.borrow(), queue.Queue()
    first.ask(question(1.0), lines)
    until_done(lines)
    wait_until_idle(pool)
    assert pool.borrow() is first
    assert pool.peak_mb > 10
    first.ask(question(60.0), lines)
    first.stop(lines)
    wait_until_idle(pool)
    assert not first.busy
    first.process.kill()


def test_a_process_stopped_long_ago_survives_the_next_loan(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("solver.explore.pool._PATIENCE_S", 0.05)
    pool = Pool()
    worker, lines = pool.borrow(), queue.Queue()
    worker.ask(question(60.0), lines)
    worker.stop(lines)
    wait_until_idle(pool)
    time.sleep(0.1)  # longer than the patience: the old stop is late by now
    assert pool.borrow() is worker
    other = pool.borrow()  # a search borrows two
    assert other is not worker
    time.sleep(0.1)
    assert worker.process.poll() is None
    for process in (worker.process, other.process):
        process.kill()


def test_letting_go_of_one_search_does_not_stop_another():
    pool = Pool()
    worker, old, new = pool.borrow(), queue.Queue(), queue.Queue()
    worker.ask(question(0.5), old)
    until_done(old)
    wait_until_idle(pool)
    assert pool.borrow() is worker
    worker.ask(question(1.0), new)
    worker.stop(old)
    assert worker.lines is new
    assert any("steps" in document or "progress" in document for document in until_done(new))
    worker.process.kill()


def test_a_process_that_ends_is_replaced():
    pool = Pool()
    worker, lines = pool.borrow(), queue.Queue()
    worker.ask(question(60.0), lines)
    worker.process.kill()
    assert until_done(lines)[-1] == {"ended": KILLED}
    wait_until_idle(pool)
    other = pool.borrow()
    assert other is not worker
    other.process.kill()


def test_a_person_hears_of_a_search_process_that_died(monkeypatch: pytest.MonkeyPatch) -> None:
    pool = Pool()
    monkeypatch.setattr("solver.explore.run.POOL", pool)
    steps = solve(open_puzzle("arc1-train/007bbfb7"), SolveOptions(engine="explore", budget_s=2.0))
    next(steps)
    pool.workers[0].process.kill()
    messages: list[str] = []
    solution = finish(steps, lambda progress: messages.append(progress.message))
    assert any(f"a search process died (exit code {KILLED})" in message for message in messages)
    assert solution.tried.endswith(f"1 search processes died (exit codes {KILLED}): solve again")
    pool.workers[0].process.kill()


def test_search_processes_start_from_any_directory(tmp_path: Path) -> None:
    """A folder with modules of the same names must neither hide nor replace the running package."""
    for name in ("solver", "puzzles"):
        tmp_path.joinpath(name).mkdir()
        tmp_path.joinpath(name, "__init__.py").write_text("raise SystemExit('the wrong package')")
    script = """
        import os, sys
        from puzzles.collections import open_puzzle
        from solver.search.solve import SolveOptions, finish, solve
        os.chdir(sys.argv[1])
        options = SolveOptions(engine="explore", budget_s=20.0)
        found = finish(solve(open_puzzle("arc1-train/007bbfb7"), options))
        print(found.verified, found.tried)
    """
    ended = subprocess.run(
        [sys.executable, "-c", textwrap.dedent(script), str(tmp_path)],
        cwd=Path(__file__).parents[3],
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert ended.stdout.startswith("True"), ended.stdout + ended.stderr
    assert "died" not in ended.stdout

"""Measure engines on a sample of a collection, one JSON line per puzzle."""

from __future__ import annotations

import argparse
import csv
import io
import json
import random
import sys
import time
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor, as_completed
from dataclasses import replace
from functools import lru_cache
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, TextColumn, TimeRemainingColumn
from rich.progress import Progress as Bar

from puzzles.beyond import beyond_solver
from puzzles.collections import COLLECTIONS, Collection, Refused, collection, held_out, open_collection
from puzzles.grid import same_grid
from puzzles.puzzle import Puzzle
from puzzles.storage import write_whole
from solver.explore.peak import peak_mb
from solver.explore.pool import POOL
from solver.lab.bench.cluster import connect, measure_on
from solver.lab.bench.fresh import EXAMPLES, Fresh, FreshExamples
from solver.lab.bench.parts import PARTS, part
from solver.search.solve import ENGINES, SolveOptions, finish, load_language, solve
from solver.search.stages import stages_from
from solver.words.operations.pieces import background
from solver.words.program import EXACT_FINGERPRINT
from solver.words.results import STAGES, Candidate, Solution
from solver.words.vocabulary import EXACT_LANGUAGE


def add_to(parser: argparse.ArgumentParser) -> None:
    """Declare the options."""
    parser.add_argument(
        "--collection",
        default="arc1-train",
        metavar="NAME",
        help=f"one of {', '.join(sorted([*COLLECTIONS, *PARTS]))}, mine, a folder, or a file of tasks",
    )
    parser.add_argument("--sample", type=int, metavar="N", help="as many puzzles, drawn at random; else all")
    parser.add_argument("--seed", type=int, default=0, help="seed of the sample and of the solver")
    parser.add_argument("--budget", type=float, default=30.0, metavar="SECONDS", help="per puzzle")
    parser.add_argument(
        "--processor-time",
        action="store_true",
        help="let the budget count this process's own seconds, for engines that run in it alone; one job",
    )
    parser.add_argument("--jobs", type=int, default=1, help="puzzles solved at the same time")
    parser.add_argument("--engines", nargs="+", choices=ENGINES, default=["auto"])
    parser.add_argument("--learned-only", action="store_true", help="use learned words alone")
    parser.add_argument("--held-out", action="store_true", help="the 40 held-out tasks of ARC-AGI-1 training")
    parser.add_argument(
        "--stages", default=",".join(STAGES), metavar="A,B", help="parts of the learned search"
    )
    parser.add_argument("--cluster", metavar="ADDRESS", help="scheduler of a Dask cluster to solve them on")
    parser.add_argument(
        "--demonstrations", type=int, metavar="K", help="show only the first K demonstrations of a puzzle"
    )
    parser.add_argument(
        "--fresh",
        type=Path,
        metavar="NPZ",
        help=f"examples of the tasks: run every verified program on {EXAMPLES} of them, and on as many that "
        "have a demonstration's background",
    )
    parser.add_argument("--csv", type=Path, metavar="FILE", help="write the rows as a table, too")
    parser.add_argument("--out", type=Path, help="file of rows; rows already there are not run again")
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Solve every puzzle of the sample that has no row yet, and print the summary."""
    tasks = tasks_of(options.collection)
    ids = sample(tasks.ids, options.sample, options.seed)
    if options.held_out:
        ids = list(held_out(collection("arc1-train").ids))
        options.collection, tasks = "arc1-train", collection("arc1-train")
    found = [tasks.entry(puzzle_id) for puzzle_id in ids]
    reasons = [entry.reason if isinstance(entry, Refused) else beyond_solver(entry) for entry in found]
    refused = list(filter(None, reasons))
    if refused:
        _warn(f"{len(refused)} of {len(ids)} entries passed over; {refused[0]}")
        ids = [puzzle_id for puzzle_id, reason in zip(ids, reasons, strict=True) if not reason]
    for engine in options.engines:
        name = f"{tasks.name}-{engine}-{options.budget:g}s-seed{options.seed}.jsonl"
        path: Path = options.out or Path("runs") / "bench" / name
        rows = read_rows(path)
        missing = [puzzle_id for puzzle_id in ids if (puzzle_id, engine) not in rows]
        path.parent.mkdir(parents=True, exist_ok=True)
        calls = [(options, puzzle_id, engine) for puzzle_id in missing]
        with path.open("a", encoding="utf-8") as file:
            for row in _shown(_measured(options, calls), len(missing), engine):
                rows[row["puzzle"], engine] = row
                file.write(json.dumps(row) + "\n")
                file.flush()
        chosen = [rows[puzzle_id, engine] for puzzle_id in ids if (puzzle_id, engine) in rows]
        if options.csv is not None:
            write_csv(options.csv, chosen)
        print(json.dumps({"collection": options.collection, "engine": engine} | summary(chosen)))
    return 0


def _measured(
    options: argparse.Namespace, calls: Sequence[tuple[argparse.Namespace, str, str]]
) -> Iterator[dict[str, Any]]:
    """Rows as they finish, from a cluster or from threads here."""
    if options.cluster:
        with connect(options.cluster) as client:
            yield from measure_on(client, _measure, calls, _warn)
        return
    with ThreadPoolExecutor(options.jobs) as pool:
        for future in as_completed([pool.submit(_measure, *call) for call in calls]):
            yield future.result()


def _warn(line: str) -> None:
    print(line, file=sys.stderr)


@lru_cache
def tasks_of(name: str) -> Collection:
    """A packaged collection, a part of one, or what lies at a path; raises `PuzzleError`."""
    if name in PARTS:
        return part(name)
    return open_collection(name)


def sample(ids: Iterable[str], number: int | None, seed: int) -> list[str]:
    """The ids that are measured: `number` of them, drawn from the sorted list with this seed."""
    ids = sorted(ids)
    return ids if number is None else random.Random(seed).sample(ids, min(number, len(ids)))


def read_rows(path: Path) -> dict[tuple[str, str], dict[str, Any]]:
    """Rows of an earlier run by puzzle and engine; a last line cut short is left out."""
    rows: dict[tuple[str, str], dict[str, Any]] = {}
    if path.exists():
        for line in path.read_text(encoding="utf-8").splitlines():
            try:
                row = json.loads(line)
            except json.JSONDecodeError:
                continue
            rows[row["puzzle"], row["engine"]] = row
    return rows


def summary(rows: Iterable[dict[str, Any]]) -> dict[str, Any]:
    """Counts and times over rows; seconds are those of the puzzles solved within two attempts."""
    rows = list(rows)
    seconds = sorted(row["seconds"] for row in rows if row["right_at"] in (1, 2))
    verified = [row for row in rows if row["verified"]]
    checked = [row for row in verified if row.get("truly_right") is not None]
    right = sum(row["right_at"] == 1 for row in verified)
    return {
        "puzzles": len(rows),
        "right_at_1": sum(row["right_at"] == 1 for row in rows),
        "right_at_2": len(seconds),
        "median_s": _quantile(seconds, 0.5),
        "p90_s": _quantile(seconds, 0.9),
        "verified": len(verified),
        "verified_right_at_1": round(right / len(verified), 3) if verified else None,
        "checked_on_fresh": len(checked),
        "truly_right": _share([row["truly_right"] for row in checked]),
        "truly_right_alike": _share([r["alike"] == r["alike_of"] for r in checked if r.get("alike_of")]),
        "peak_mb": max((row["peak_mb"] for row in rows), default=0.0),
    }


def right_at(solution: Solution, puzzle: Puzzle) -> int | None:
    """Number of attempts per test input that were needed at most; None when some input stays unsolved."""
    needed = 0
    for attempts, pair in zip(solution.attempts, puzzle.test, strict=True):
        hits = [
            number
            for number, attempt in enumerate(attempts, 1)
            if pair.output is not None and same_grid(attempt.grid, pair.output)
        ]
        if not hits:
            return None
        needed = max(needed, hits[0])
    return needed


def _measure(options: argparse.Namespace, puzzle_id: str, engine: str) -> dict[str, Any]:
    puzzle = tasks_of(options.collection)[puzzle_id]
    if options.demonstrations is not None:
        puzzle = replace(puzzle, train=puzzle.train[: options.demonstrations])
    solution = finish(
        solve(
            puzzle,
            SolveOptions(
                engine=engine,
                budget_s=options.budget,
                seed=options.seed,
                learned_only=options.learned_only,
                stages=stages_from(options.stages),
            ),
            clock=time.process_time if options.processor_time else time.monotonic,
        )
    )
    best = solution.best
    fresh = alike = None
    if options.fresh and best and best.verified:
        fresh, alike = _fresh(options.fresh, puzzle_id, puzzle, best)
    return {
        "puzzle": puzzle_id,
        "engine": engine,
        "right_at": right_at(solution, puzzle),
        "verified": solution.verified,
        "seconds": round(solution.seconds, 3),
        "words": list(best.program.words) if best else None,
        "origin": best.origin if best else None,
        "peak_mb": max(peak_mb(), POOL.peak_mb),  # of this process or any search process
        "fresh": None if fresh is None else fresh.right,
        "truly_right": None if fresh is None else fresh.truly_right,
        "alike": None if alike is None else alike.right,
        "alike_of": None if alike is None else alike.examples,
    }


@lru_cache
def _examples(archive: Path) -> FreshExamples:
    return FreshExamples(archive)


def _fresh(
    archive: Path, puzzle_id: str, puzzle: Puzzle, best: Candidate
) -> tuple[Fresh | None, Fresh | None]:
    """What the program answers of fresh examples, and of those with a background that was demonstrated."""
    examples = _examples(archive)
    if puzzle_id not in examples:
        return None, None
    exact = best.program.fingerprint == EXACT_FINGERPRINT
    language = EXACT_LANGUAGE if exact else load_language()
    shown = {background(pair.input) for pair in puzzle.train}
    program = best.program
    return examples.check(puzzle_id, program, language), examples.check(puzzle_id, program, language, shown)


def write_csv(path: Path, rows: Sequence[dict[str, Any]]) -> None:
    """Write rows as a table with a header; lists are joined by arrows."""
    text = io.StringIO()
    table = csv.DictWriter(text, list(rows[0]) if rows else [], extrasaction="ignore")
    table.writeheader()
    table.writerows({k: " → ".join(v) if isinstance(v, list) else v for k, v in row.items()} for row in rows)
    write_whole(path, text.getvalue())


def _share(true: Sequence[bool]) -> float | None:
    return round(sum(true) / len(true), 3) if true else None


def _quantile(values: list[float], share: float) -> float | None:
    return values[min(len(values) - 1, int(share * len(values)))] if values else None


def _shown(rows: Iterator[dict[str, Any]], total: int, engine: str) -> Iterator[dict[str, Any]]:
    """Pass rows on, with a bar and the verdict on the last one where somebody watches."""
    console = Console(stderr=True)
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Bar(*columns, console=console, disable=not console.is_terminal) as bar:
        task = bar.add_task(engine, total=total)
        for row in rows:
            verdict = {1: "right", 2: "right at 2"}.get(row["right_at"], "not solved")
            bar.update(task, advance=1, description=f"{engine}  {row['puzzle']} {verdict}")
            yield row

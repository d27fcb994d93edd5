"""Solve a puzzle and print what was found."""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path
from typing import Any

from puzzles.collections import open_puzzle
from puzzles.grid import Grid
from solver.nli.device import DEVICES
from solver.nli.learned import SHIPPED, load_learned
from solver.search.memory import Memory
from solver.search.solve import COMPARED, ENGINES, finish, solve
from solver.search.stages import RUNGS, rungs_from
from solver.words.results import Candidate, Progress, Solution


def add_to(parser: argparse.ArgumentParser) -> None:
    """Declare the options."""
    parser.add_argument("puzzle", help='"collection/id", e.g. arc1-train/67a3c6ac, or a path to a task file')
    parser.add_argument("--json", action="store_true", help="print one JSON object")
    parser.add_argument("--engine", choices=ENGINES, default="auto")
    parser.add_argument("--learned-only", action="store_true", help="use learned words alone")
    parser.add_argument("--budget", type=float, default=60.0, metavar="SECONDS")
    parser.add_argument("--work", type=int, metavar="ROUNDS", help="count the budget in refinement rounds")
    parser.add_argument("--device", choices=DEVICES, default="auto")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--model", type=Path, default=SHIPPED, help="weights (safetensors with its JSON)")
    parser.add_argument("--rungs", default=",".join(RUNGS), metavar="A,B", help="parts of the learned search")
    parser.add_argument("--no-memory", action="store_true", help="neither look up nor keep programs")
    parser.add_argument(
        "--baselines", type=Path, metavar="FOLDER", help="weights of icl, ttt and lpn (`bench grids`)"
    )
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Solve and print; exit status 0 whether or not the puzzle was solved."""
    puzzle = open_puzzle(options.puzzle)
    learns = options.learned_only or options.engine not in ("explore", *COMPARED)
    learned = load_learned(options.device, options.model) if learns else None
    steps = solve(
        puzzle,
        engine=options.engine,
        budget_s=options.budget,
        work=options.work,
        device=options.device,
        seed=options.seed,
        learned_only=options.learned_only,
        learned=learned,
        rungs=rungs_from(options.rungs),
        memory=Memory(learned.language.fingerprint) if learned and not options.no_memory else None,
        baselines=options.baselines,
    )
    show = None if options.json or not sys.stderr.isatty() else _show
    solution = finish(steps, show)
    if show:
        print(file=sys.stderr)
    print(json.dumps(as_document(solution, options.puzzle)) if options.json else as_text(solution))
    return 0


def as_document(solution: Solution, reference: str) -> dict[str, Any]:
    """The solution of the puzzle asked for by `reference`, as plain JSON values."""
    best = solution.best
    return {
        "puzzle": reference,
        "verified": solution.verified,
        "program": _program(best) if best else None,
        "attempts": [[_rows(attempt.grid) for attempt in attempts] for attempts in solution.attempts],
        "correct": solution.correct,
        "engine": solution.engine,
        "origin": best.origin if best else None,
        "wrong_cells": list(best.wrong) if best else None,
        "seconds": round(solution.seconds, 3),
    }


def as_text(solution: Solution) -> str:
    """The solution as a few lines for a person."""
    best = solution.best
    lines = [f"{solution.puzzle.name}: {'verified' if solution.verified else 'not explained'}"]
    if best is not None:
        lines.append("  program  " + (" → ".join(best.program.words) or "(empty)"))
        lines.append(f"  wrong cells per demonstration  {', '.join(map(str, best.wrong))}")
    for index, attempts in enumerate(solution.attempts):
        for number, attempt in enumerate(attempts, 1):
            lines.append(f"  test {index + 1}, attempt {number}")
            lines += ["    " + " ".join(map(str, row)) for row in _rows(attempt.grid)]
    if not solution.verified:
        lines.append(f"  {solution.tried}")
    correct = {True: "right", False: "wrong", None: "not known"}[solution.correct]
    lines.append(f"  answer {correct}, {solution.seconds:.1f} s")
    return "\n".join(lines)


def _program(candidate: Candidate) -> dict[str, Any]:
    """The language and the steps; a step that uses other results than the last one's names them."""
    steps = [
        step.word
        if step.source is None and not step.others
        else {"word": step.word, "source": step.source, "others": list(step.others)}
        for step in candidate.program.steps
    ]
    return {"language": candidate.program.fingerprint, "steps": steps}


def _rows(grid: Grid) -> list[list[int]]:
    rows: list[list[int]] = grid.tolist()
    return rows


def _show(progress: Progress) -> None:
    print(
        f"\r\x1b[K{progress.elapsed_s:5.1f} s  {progress.phase}: {progress.message}", end="", file=sys.stderr
    )

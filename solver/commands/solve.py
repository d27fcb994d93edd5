"""Solve a puzzle and print what was found."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from puzzles.collections import collections_with, names_puzzle, open_reference
from puzzles.files import read_text
from puzzles.grid import PuzzleError, rows_of, shown
from puzzles.puzzle import Puzzle
from puzzles.terminal import one_line, printable
from solver.commands.engines import COMPARED, compared_engines
from solver.commands.options import add_padding, field_help
from solver.nli.learned import SHIPPED, LearnedLanguage, load_or_fall_back
from solver.npi.compose import with_procedures
from solver.search.memory import Memory
from solver.search.solve import DEVICE_PHASE, solve
from solver.search.stages import stages_from
from solver.words.errors import UsageError
from solver.words.marks import marks_from
from solver.words.named import named_from_json
from solver.words.program import Program, ProgramError, learned_row, program_from_json
from solver.words.results import DEVICES, ENGINES, STAGES, Candidate, Progress, Solution, SolveOptions, finish
from solver.words.vocabulary import EXACT_LANGUAGE


def add_to(parser: argparse.ArgumentParser) -> None:
    """Declare the options."""
    parser.add_argument(
        "puzzle",
        help='"collection/id" or an id, e.g. arc1-train/67a3c6ac; mine/NAME for what the window saved; a '
        "task file; a folder or a file of several tasks, all of which are solved; or such a path with an id, "
        "e.g. challenges.json/67a3c6ac",
    )
    parser.add_argument("--json", action="store_true", help="print one JSON object per puzzle")
    parser.add_argument(
        "--demonstrations", type=int, metavar="K", help="how many pairs of a plain list of pairs demonstrate"
    )
    add_padding(parser)
    says = field_help(SolveOptions)
    parser.add_argument("--engine", choices=(*ENGINES, *COMPARED), default="auto", help=says.get("engine"))
    parser.add_argument("--learned-only", action="store_true", help=says.get("learned_only"))
    parser.add_argument("--budget", type=float, default=60.0, metavar="SECONDS", help=says.get("budget_s"))
    parser.add_argument("--work", type=int, metavar="ROUNDS", help=says.get("work"))
    parser.add_argument("--device", choices=DEVICES, default="auto", help=says.get("device"))
    parser.add_argument("--seed", type=int, default=0, help=says.get("seed"))
    parser.add_argument("--model", type=Path, default=SHIPPED, help="weights (safetensors with its JSON)")
    parser.add_argument("--stages", default=",".join(STAGES), metavar="A,B", help=says.get("stages"))
    parser.add_argument(
        "--memory",
        action=argparse.BooleanOptionalAction,
        help=says.get("remember"),
    )
    _add_wishes(parser, says)
    parser.add_argument(
        "--baselines", type=Path, metavar="FOLDER", help="weights of icl, ttt and lpn (`bench grids`)"
    )
    parser.set_defaults(run=run)


def _add_wishes(parser: argparse.ArgumentParser, says: Mapping[str, str]) -> None:
    """Declare what a person may ask of the programs that are searched; `says` has the help of the options."""
    parser.add_argument("--pinned", type=Path, metavar="FILE", help=says.get("pinned"))
    parser.add_argument(
        "--pinned-steps",
        type=int,
        metavar="K",
        help="how many steps of that program are pinned; by default all",
    )
    for name in ("forbidden", "demanded"):
        parser.add_argument(
            f"--{name}",
            action="append",
            default=[],
            metavar="WORD",
            help=f"{says.get(name, '')} Once for each word.",
        )
    parser.add_argument(
        "--named",
        type=Path,
        action="append",
        default=[],
        metavar="FILE",
        help=f"{says.get('named', '')} Once for each file.",
    )
    parser.add_argument(
        "--marked",
        action="append",
        default=[],
        metavar="CELL",
        help=f"{says.get('marked', '')} Once for each cell, as in train[0].input[2][3].",
    )


def run(options: argparse.Namespace) -> int:
    """Solve and print; exit status 0 whether or not puzzles were solved.

    The puzzles of a folder or collection file are solved one after another, past what is no puzzle.
    """
    options.pinned = _pinned(options)
    options.named = tuple(named_from_json(read_text(file), file.name) for file in options.named)
    options.marked = marks_from(options.marked)
    for name in ("forbidden", "demanded"):
        _check_words(name, getattr(options, name))
    found = open_reference(options.puzzle, options.demonstrations, options.padding)
    _tell_others(options.puzzle)
    learns = options.learned_only or options.engine not in ("explore", *COMPARED)
    learned, fell_back = load_or_fall_back(options.device, options.model) if learns else (None, "")
    if fell_back:
        print(one_line(f"{DEVICE_PHASE}: {fell_back}"), file=sys.stderr, flush=True)
    if isinstance(found, Puzzle):
        _solve_one(options, options.puzzle, found, learned)
        return 0
    refused = []
    for puzzle_id, puzzle in found.puzzles():
        try:
            _solve_one(options, f"{options.puzzle}/{puzzle_id}", puzzle, learned)
        except PuzzleError as error:  # beyond what the solver knows
            refused.append(str(error))
    refused += [entry.reason for entry in found.refused]
    if refused:
        passed = f"{len(refused)} of {len(found)} entries passed over; {refused[0]}"
        print(one_line(passed), file=sys.stderr)
    return 0


def _pinned(options: argparse.Namespace) -> Program | None:
    """The steps that stay; raises `UsageError`, or `ProgramError` for a file that is no program."""
    if options.pinned is None:
        if options.pinned_steps is not None:
            raise UsageError("--pinned-steps needs --pinned, a program file")
        return None
    program, _ = program_from_json(read_text(options.pinned), options.pinned.name)
    count = len(program.steps) if options.pinned_steps is None else options.pinned_steps
    if not 0 <= count <= len(program.steps):
        raise UsageError(f"--pinned-steps is {count}, expected 0 to {len(program.steps)}")
    return program.first(count)


def _check_words(option: str, names: list[str]) -> None:
    """Raise `UsageError` for what can be no word: a slip would forbid nothing, or demand what never comes."""
    for name in names:
        try:
            known = learned_row(name) is not None or with_procedures(EXACT_LANGUAGE)[name] is not None
        except ProgramError:
            known = False
        if not known:
            raise UsageError(f"--{option} is {shown(name)}, expected the name of a word")


def _tell_others(reference: str) -> None:
    """Say so where an id alone is that of puzzles in several collections."""
    names = collections_with(reference) if "/" not in reference and names_puzzle(reference) else ()
    if len(names) > 1:
        print(
            f"{printable(reference)}: in {', '.join(names)}; taking {names[0]}/{reference}", file=sys.stderr
        )


def _solve_one(
    options: argparse.Namespace, reference: str, puzzle: Puzzle, learned: LearnedLanguage | None
) -> None:
    steps = solve(
        puzzle,
        SolveOptions(
            engine=options.engine,
            budget_s=options.budget,
            work=options.work,
            device=options.device,
            seed=options.seed,
            learned_only=options.learned_only,
            remember=options.memory,
            pinned=options.pinned,
            named=options.named,
            marked=options.marked,
            forbidden=tuple(options.forbidden),
            demanded=tuple(options.demanded),
            stages=stages_from(options.stages),
        ),
        learned=learned,
        memory=Memory(learned.language.fingerprint) if learned else None,
        engines=compared_engines(options.baselines),
    )
    show = _tell_device if options.json or not sys.stderr.isatty() else _show
    solution = finish(steps, show)
    if show is _show:
        print(file=sys.stderr)
    print(json.dumps(as_document(solution, reference)) if options.json else as_text(solution), flush=True)


def as_document(solution: Solution, reference: str) -> dict[str, Any]:
    """The solution of the puzzle asked for by `reference`, as plain JSON values."""
    best = solution.best
    return {
        "puzzle": reference,
        "verified": solution.verified,
        "program": _program(best) if best else None,
        "attempts": [[rows_of(attempt.grid) for attempt in attempts] for attempts in solution.attempts],
        "correct": solution.correct,
        "engine": solution.engine,
        "origin": best.origin if best else None,
        "wrong_cells": list(best.wrong) if best else None,
        "seconds": round(solution.seconds, 3),
    }


def as_text(solution: Solution) -> str:
    """The solution as a few lines for a person."""
    best = solution.best
    lines = [f"{printable(solution.puzzle.name)}: {'verified' if solution.verified else 'not explained'}"]
    if best is not None:
        words = " → ".join(map(printable, best.program.words))
        lines.append(f"  program  {words or '(empty)'}")
        lines.append(f"  wrong cells per demonstration  {', '.join(map(str, best.wrong))}")
    for index, attempts in enumerate(solution.attempts):
        for number, attempt in enumerate(attempts, 1):
            lines.append(f"  test {index + 1}, attempt {number}")
            lines += ["    " + " ".join(map(str, row)) for row in rows_of(attempt.grid)]
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


def _tell_device(progress: Progress) -> None:
    """Say that another device goes on; nothing else is told where nobody watches."""
    if progress.phase == DEVICE_PHASE:
        print(one_line(f"{DEVICE_PHASE}: {progress.message}"), file=sys.stderr, flush=True)


def _show(progress: Progress) -> None:
    if progress.phase == DEVICE_PHASE:  # a line of its own, which the next one does not write over
        print("\r\x1b[K", end="", file=sys.stderr)
        _tell_device(progress)
        return
    print(
        f"\r\x1b[K{progress.elapsed_s:5.1f} s  {progress.phase}: {progress.message}", end="", file=sys.stderr
    )

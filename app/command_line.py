"""glossa export | submission: what the window writes, without a window."""

from __future__ import annotations

import argparse
import json
import os
import random
import sys
import time
from collections.abc import Sequence
from dataclasses import asdict, replace
from functools import partial
from pathlib import Path

from PySide6.QtGui import QGuiApplication

from app.export.contact_sheet import SHEETS, ContactSheet
from app.export.formats import FORMATS, Export
from app.export.picture import MOST_CELL, WITHOUT_PROGRAM, PictureOptions, Scene
from app.services import solver_services
from app.state.batch import FORMAT, Result, rows_from_json, submission
from app.state.run import Effort
from app.theme import DARK, LIGHT, MARKS, PALETTES, GridLook, Theme, palette_by_key
from puzzles.beyond import beyond_solver
from puzzles.collections import COLLECTIONS, Collection, open_collection, open_reference
from puzzles.files import read_text
from puzzles.formats import NotTasks
from puzzles.grid import PuzzleError
from puzzles.puzzle import Puzzle
from puzzles.storage import check_writable, put_aside, write_whole
from puzzles.terminal import complain, exit_status, printable
from solver.commands.options import add_padding
from solver.export.weights import learned_rows
from solver.words.errors import CheckpointError, UsageError
from solver.words.program import Program, ProgramError, Step, program_from_json
from solver.words.results import SolveOptions, finish, run_program

REFUSED = (PuzzleError, ProgramError, CheckpointError, UsageError, OSError)
Found = Puzzle | Collection | tuple[Program, Puzzle]
"""What can be exported: a puzzle, many of them, or a program with its puzzle."""


def main(arguments: Sequence[str]) -> int:
    """Run one command; exit status 0, or 2 with one line on standard error for bad input, 130 for Ctrl+C."""
    parser = argparse.ArgumentParser(prog="glossa", description=__doc__)
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    _declare_export(commands.add_parser("export", help="write a puzzle, a program or its run as a file"))
    _declare_submission(commands.add_parser("submission", help="answer a collection as submission.json"))
    options = parser.parse_args(arguments)
    return exit_status("glossa", partial(options.run, options), REFUSED)


def _declare_export(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "source",
        help="a Glossa program or a task, as JSON; a puzzle such as arc1-train/67a3c6ac; "
        "for a contact sheet a collection, a folder of tasks or a file of many",
    )
    parser.add_argument("file", type=Path, help="the file to write")
    parser.add_argument("--format", choices=FORMATS, help="by default what the file's ending says")
    parser.add_argument("--step", type=int, help="the step a picture shows; 0 is the input")
    parser.add_argument("--theme", choices=("light", "dark"), default="light")
    parser.add_argument("--palette", choices=[palette.key for palette in PALETTES], default=PALETTES[0].key)
    parser.add_argument("--marks", choices=MARKS, default="none", help="what is written into cells")
    switch = argparse.BooleanOptionalAction
    alone = "; by default where there is no program"
    parser.add_argument("--name", action=switch, help="write the puzzle's id" + alone)
    parser.add_argument("--labels", action=switch, help="number the pairs" + alone)
    parser.add_argument("--expected", action=switch, help="show the expected outputs of tests" + alone)
    parser.add_argument("--cell", type=int, default=0, help="pixels of a cell; by default as large as fits")
    chosen = parser.add_mutually_exclusive_group()
    chosen.add_argument("--ids", help="the puzzles of a contact sheet, with commas between them")
    chosen.add_argument("--sample", type=int, metavar="N", help="that many of them at random")
    parser.add_argument("--seed", type=int, default=0, help="of --sample")
    add_padding(parser)
    parser.set_defaults(run=_export)


def _declare_submission(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "collection",
        help=f"one of {', '.join(COLLECTIONS)}, mine, a folder of tasks or a Kaggle challenges file",
    )
    parser.add_argument("file", type=Path, help="the submission.json to write")
    parser.add_argument("--effort", choices=[e.name.lower() for e in Effort], default="quick")
    parser.add_argument("--results", type=Path, help="file of results to go on from; it is kept up to date")
    add_padding(parser)
    parser.set_defaults(run=_submit)


def format_of(file: Path, key: str | None) -> str:
    """Return the format asked for by name, or by the longest ending that fits; raise `ProgramError`."""
    if key is not None:
        return key
    fitting = [form for form in FORMATS.values() if file.name.endswith(form.ending)]
    if not fitting:
        endings = ", ".join(form.ending for form in FORMATS.values())
        raise ProgramError(f"{file.name}: unknown ending, expected one of {endings}, or --format")
    return max(fitting, key=lambda form: len(form.ending)).key


def _export(options: argparse.Namespace) -> int:
    form = FORMATS[format_of(options.file, options.format)]
    if not 0 <= options.cell <= MOST_CELL:
        raise UsageError(f"--cell {options.cell}, expected 0 to {MOST_CELL}")
    found = _found(options.source, options.padding)
    if not isinstance(found, Collection) and (options.ids is not None or options.sample is not None):
        raise UsageError(f"{options.source}: is one puzzle, expected a collection for --ids and --sample")
    if form.slow and isinstance(found, tuple):
        from solver.commands.export import write_graph  # noqa: PLC0415 (loads torch)

        write_graph(*found, options.file)
        return 0
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    app = QGuiApplication.instance() or QGuiApplication(sys.argv[:1])  # fonts need one
    if isinstance(found, Collection):
        _write_sheet(found, form.key, options)
        return 0
    export = _run(*found, options) if isinstance(found, tuple) else _alone(found, options)
    for ending, content in form.beside(export).items():
        write_whole(options.file.with_suffix(ending), content)
    write_whole(options.file, form.make(export))
    del app
    return 0


def _found(source: str, padding: int | None) -> Found:
    try:
        return open_reference(source, padding=padding)
    except NotTasks as error:
        if error.kind != "program":
            raise
    return program_from_json(read_text(Path(source)), Path(source).name)


def _write_sheet(found: Collection, key: str, options: argparse.Namespace) -> None:
    """Write a picture of many puzzles; say which entries are none."""
    if key not in SHEETS:
        endings = ", ".join(FORMATS[known].ending for known in SHEETS)
        raise UsageError(f"{options.file.name}: {found.name} has many puzzles, expected one of {endings}")
    ids = list(found.ids)
    if options.ids is not None:
        ids = list(dict.fromkeys(filter(None, map(str.strip, options.ids.split(",")))))
    elif options.sample is not None:
        if not 1 <= options.sample <= len(ids):
            raise UsageError(f"--sample {options.sample}, expected 1 to {len(ids)}")
        chosen = set(random.Random(options.seed).sample(ids, options.sample))
        ids = [puzzle_id for puzzle_id in ids if puzzle_id in chosen]
    entries = [found.entry(puzzle_id) for puzzle_id in ids]
    puzzles = tuple(entry for entry in entries if isinstance(entry, Puzzle))
    if not puzzles and found.refused:
        raise PuzzleError(found.refused[0].reason)
    sheet = ContactSheet(found.title, puzzles, *_looks(options), _options(options, WITHOUT_PROGRAM))
    write_whole(options.file, SHEETS[key](sheet))
    if found.refused:
        first = found.refused[0].reason
        complain("glossa", f"{len(found.refused)} of {len(entries)} entries passed over; {first}")


def _looks(options: argparse.Namespace) -> tuple[GridLook, Theme]:
    look = GridLook(palette_by_key(options.palette), options.marks)
    return look, DARK if options.theme == "dark" else LIGHT


def _options(given: argparse.Namespace, default: PictureOptions) -> PictureOptions:
    """Return what was asked for, and the rest as `default` has it."""
    asked = {key: getattr(given, key) for key in ("name", "labels", "expected")}
    return replace(
        default, cell=given.cell, **{key: value for key, value in asked.items() if value is not None}
    )


def _alone(puzzle: Puzzle, options: argparse.Namespace) -> Export:
    scene = Scene(puzzle, None, (), *_looks(options), _options(options, WITHOUT_PROGRAM))
    return Export(scene, 0, name=options.file.name)


def _run(program: Program, puzzle: Puzzle, options: argparse.Namespace) -> Export:
    """Run a program on its puzzle, as the window does when it opens one."""
    services = solver_services()
    language, canvas = services.load_language(), services.canvas_for(puzzle)
    found = run_program(language, program, puzzle, canvas, "opened file")
    language = language.with_words(program)
    titles = tuple(language.describe(Step(step.word)) for step in program.steps)
    scene = Scene(puzzle, found, titles, *_looks(options), _options(options, PictureOptions()))
    last = len(program.steps)
    position = last if options.step is None else max(0, min(last, options.step))
    canvas_needed = canvas if learned_rows(program) else None
    return Export(scene, position, canvas=canvas_needed, name=options.file.name)


def _submit(options: argparse.Namespace) -> int:
    chosen = open_collection(options.collection, options.padding)
    for file in filter(None, (options.file, options.results)):
        check_writable(file)  # or hours of solving end in nothing
    results = _earlier(options.results)
    budget = SolveOptions(budget_s=float(Effort[options.effort.upper()].value))
    services = solver_services()
    refused = []
    for number, (puzzle_id, puzzle) in enumerate(chosen.puzzles(), start=1):
        reason = beyond_solver(puzzle)
        if reason:
            refused.append(reason)
            continue
        if puzzle_id not in results:
            results[puzzle_id] = Result.of(finish(services.solve(puzzle, budget, time.monotonic)))
            _keep(options.results, chosen, results)
        verdict = "explained" if results[puzzle_id].verified else "guessed"
        print(f"{number} of {len(chosen)}: {printable(puzzle_id)} {verdict}", file=sys.stderr)
    write_whole(options.file, json.dumps(submission(chosen, results)))
    refused += [entry.reason for entry in chosen.refused]
    if refused:
        complain("glossa", f"{len(refused)} of {len(chosen)} entries passed over; {refused[0]}")
    return 0


def _earlier(file: Path | None) -> dict[str, Result]:
    if file is None or not file.is_file():
        return {}
    found, bad = rows_from_json(read_text(file), file.name)
    if bad:
        aside = put_aside(file)
        more = f" (and {len(bad) - 1} more)" if len(bad) > 1 else ""
        complain("glossa", f"{bad[0]}{more}: the other results are used, the file is kept as {aside.name}")
    return found


def _keep(file: Path | None, chosen: Collection, results: dict[str, Result]) -> None:
    if file is not None:
        kept = {key: asdict(result) for key, result in results.items()}
        write_whole(file, json.dumps({"format": FORMAT, "collection": chosen.name, "results": kept}))

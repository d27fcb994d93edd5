"""What was open when the window was closed, for the next start."""

from __future__ import annotations

import json
import logging
from dataclasses import dataclass
from pathlib import Path

from app.settings import Settings
from app.state.saved_programs import bare_program, whole_program
from app.state.workbench import Workbench
from puzzles.collections import COLLECTIONS, open_path, open_puzzle
from puzzles.grid import PuzzleError
from puzzles.puzzle import Puzzle
from solver.words.program import Program

KEY = "window/open"
log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Session:
    """A puzzle, the file it was read from and the program that was shown, where there are such."""

    puzzle: Puzzle
    path: Path | None
    program: Program | None


def remember(bench: Workbench, settings: Settings) -> None:
    """Note what is open, if it can be opened again: a file, or a puzzle that comes along."""
    puzzle, path, candidate = bench.document.puzzle, bench.document.path, bench.run.candidate
    if puzzle is None or (path is None and puzzle.source not in COLLECTIONS):
        settings.forget(KEY)
        return
    noted = (
        {"path": str(path.resolve())} if path is not None else {"puzzle": f"{puzzle.source}/{puzzle.name}"}
    )
    if candidate is not None and candidate.program.steps and not bench.run.stale:
        noted["program"] = bare_program(candidate.program, puzzle)
    settings.set(KEY, json.dumps(noted))


def recall(settings: Settings) -> Session | None:
    """Open again what was noted; None where nothing was, or it has gone meanwhile."""
    try:
        noted = json.loads(settings.text(KEY, "null"))
        path = Path(noted["path"]) if "path" in noted else None
        found = open_path(path) if path is not None else open_puzzle(noted["puzzle"])
        if not isinstance(found, Puzzle):
            return None
        return Session(found, path, whole_program(str(noted.get("program", "")), found))
    except (ValueError, KeyError, TypeError, OSError, RecursionError, PuzzleError) as error:
        log.info("what was open last is not opened again: %s", error)
        return None

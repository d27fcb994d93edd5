"""What a search found, kept with its puzzle: opening the puzzle again brings it back."""

from __future__ import annotations

import json
import logging
import math
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from app.state.attempts import NO_CHOICE, Answers, Choice
from app.state.run import Run, Status
from app.state.saved_programs import bare_program, whole_program
from app.state.sources import without_program
from puzzles.files import read_text
from puzzles.grid import as_grid, rows_of
from puzzles.puzzle import Puzzle, content_key
from puzzles.storage import write_whole
from puzzles.versions import holds_newer
from solver.words.program import Program
from solver.words.results import Candidate, Solution, attempts_of

FORMAT = 1
MOST_LINES = 200
"""Lines of a log that are kept."""
log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Finding:
    """A program that was found, without what it did: it is run again before it is shown."""

    program: Program
    origin: str
    loss: float


@dataclass(frozen=True)
class Findings:
    """What came of the search over a puzzle."""

    found: tuple[Finding, ...]
    """The best first."""
    shown: int
    """Which of them was looked at last, -1 for none."""
    weights: str
    """Fingerprint of the weights that searched, empty where it is not known."""
    engine: str = ""
    seconds: float = 0.0
    tried: str = ""
    log: tuple[str, ...] = ()
    choice: Choice = NO_CHOICE
    """Attempts that the person chose."""

    @classmethod
    def of(cls, run: Run, weights: str) -> Findings | None:
        """Take down what a run has come to; None where there is nothing to come back to."""
        candidates = [candidate for candidate in run.candidates if not without_program(candidate)]
        if run.puzzle is None or not (candidates or run.status is Status.NOTHING):
            return None
        shown = next((i for i, candidate in enumerate(candidates) if candidate is run.candidate), -1)
        solution = run.solution
        return cls(
            tuple(Finding(c.program, c.origin, c.loss) for c in candidates),
            shown,
            weights,
            solution.engine if solution is not None else "",
            solution.seconds if solution is not None else 0.0,
            solution.tried if solution is not None else "",
            tuple(run.log[-MOST_LINES:]),
            run.choice,
        )

    def solution(self, puzzle: Puzzle, candidates: tuple[Candidate, ...]) -> Solution:
        """The solution again, of those of its programs that could be run."""
        attempts = attempts_of(candidates, puzzle)
        return Solution(puzzle, self.engine, attempts, candidates, self.seconds, self.tried)

    def again(self, candidates: tuple[Candidate, ...]) -> tuple[Candidate, ...]:
        """Programs that were run again, with what is known of them from the search."""
        losses = {finding.program: finding.loss for finding in self.found}
        return tuple(replace(c, loss=losses.get(c.program, c.loss)) for c in candidates)


class FindingStore:
    """One small file in `folder` for every puzzle that was searched, known by the puzzle's content."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def keep(self, puzzle: Puzzle, findings: Findings) -> None:
        """Remember what was found; a disk that takes nothing is reported in the log."""
        text, file = json.dumps(_to_json(findings, puzzle)), self.file_of(puzzle)
        if holds_newer(file, FORMAT):
            return  # it stays as it is
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            write_whole(file, text)
        except OSError as error:
            log.warning("what was found could not be kept: %s", error)

    def find(self, puzzle: Puzzle) -> Findings | None:
        """Return what was found for a puzzle; None where nothing was, or it cannot be read."""
        file = self.file_of(puzzle)
        if not file.is_file():
            return None
        try:
            return _from_json(json.loads(read_text(file)), puzzle)
        except (ValueError, KeyError, TypeError, OverflowError, RecursionError) as error:
            log.warning("%s: what was found cannot be read: %s", file.name, error)
            return None

    def file_of(self, puzzle: Puzzle) -> Path:
        """Return where the findings of a puzzle lie, or would."""
        return self._folder / f"{content_key(puzzle)}.json"


def _to_json(findings: Findings, puzzle: Puzzle) -> dict[str, Any]:
    return {
        "format": FORMAT,
        "puzzle": puzzle.name,
        "weights": findings.weights,
        "engine": findings.engine,
        "seconds": findings.seconds,
        "tried": findings.tried,
        "shown": findings.shown,
        "found": [
            {
                "program": bare_program(finding.program, puzzle),
                "origin": finding.origin,
                "loss": finding.loss if math.isfinite(finding.loss) else None,
            }
            for finding in findings.found
        ],
        "log": list(findings.log),
        "attempts": [
            None if answers is None else [rows_of(grid) for grid in answers] for answers in findings.choice
        ],
    }


def _from_json(document: dict[str, Any], puzzle: Puzzle) -> Findings:
    """Read what `_to_json` wrote; programs that cannot be read are left out."""
    if document["format"] != FORMAT:
        raise ValueError(f"format is not {FORMAT}")
    found: list[Finding] = []
    for entry in document["found"]:
        program = whole_program(entry["program"], puzzle)
        if program is not None:
            loss = math.inf if entry["loss"] is None else float(entry["loss"])
            found.append(Finding(program, str(entry["origin"]), loss))
    if document["found"] and not found:
        raise ValueError("none of its programs can be read")
    return Findings(
        tuple(found),
        int(document["shown"]),
        str(document["weights"]),
        str(document["engine"]),
        float(document["seconds"]),
        str(document["tried"]),
        tuple(map(str, document["log"])),
        _choice(document.get("attempts", [None, None])),
    )


def _choice(value: Any) -> Choice:
    """Read the attempts that were chosen; raises `ValueError` or `TypeError` for anything else."""
    first, second = (_answers(answers) for answers in value)
    return first, second


def _answers(value: Any) -> Answers | None:
    return None if value is None else tuple(as_grid(rows) for rows in value)

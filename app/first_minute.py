"""What somebody meets who has opened nothing yet: a solved puzzle to step through, and one for every day."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

from puzzles.collections import collection
from puzzles.files import read_text
from puzzles.puzzle import Puzzle
from solver.words.program import Program, program_from_json

EXAMPLE = Path(__file__).resolve().parents[1] / "assets" / "examples" / "venn.program.json"
_OURS = "originals"


def example() -> tuple[Program, Puzzle]:
    """A program of two exact words and the puzzle it explains, as if it came from our collection."""
    program, puzzle = program_from_json(read_text(EXAMPLE), EXAMPLE.name)
    return program, replace(puzzle, source=_OURS)


def puzzle_of(day: date) -> Puzzle:
    """The original of a day: all come up once before one comes again."""
    ours = collection(_OURS)
    return ours[ours.ids[day.toordinal() % len(ours.ids)]]

"""Grids as text that other programs understand: written as JSON, read from whatever people copy."""

from __future__ import annotations

import json
import re
from typing import Any

from app.translate import tr
from puzzles.grid import Grid, PuzzleError, as_grid, rows_of

LONGEST = 60_000
"""Characters of a text that may be a grid; 100 × 100 cells with much space between them."""


def grid_to_text(grid: Grid) -> str:
    """Write rows as JSON, e.g. `[[0, 1], [2, 3]]`, a line each."""
    return "[" + ",\n ".join(json.dumps(row) for row in rows_of(grid)) + "]"


def grid_from_text(text: str) -> Grid:
    """Read rows as JSON, rows of digits, or numbers with tabs, commas, semicolons or spaces between them.

    An empty cell of a spreadsheet is 0. Raises `PuzzleError` for anything else.
    """
    where = tr("clipboard")
    if not text.strip(" \r\n") or len(text) > LONGEST:
        raise PuzzleError(
            tr("{where}: has no grid, expected rows of digits, of numbers or as JSON", where=where)
        )
    rows = _from_json(text)
    if rows is None:
        lines = [line for line in text.strip("\r\n").splitlines() if line.strip(" \r[],") or "\t" in line]
        rows = [_cells(line) for line in lines]
    if not isinstance(rows, list):
        raise PuzzleError(tr("{where}: is no list of rows, expected a grid", where=where))
    if rows and not any(isinstance(row, (list, str)) for row in rows):
        rows = [rows]  # one row alone
    return as_grid([_digits(row) for row in rows], where)


def _from_json(text: str) -> Any:
    """Return what JSON says; None for a text that is none, or a lone number: digits in a row."""
    try:
        found = json.loads(text)
    except (ValueError, RecursionError):
        return None
    return found if isinstance(found, (list, dict, str)) else None


def _cells(line: str) -> Any:
    if "\t" in line:
        return [_number(cell.strip() or "0") for cell in line.split("\t")]
    line = re.sub(r"[\[\]]", " ", line).strip(" ,;\r")
    if re.search(r"[,;\s]", line):
        return [_number(cell) for cell in re.split(r"[,;\s]+", line)]
    return _digits(line)


def _digits(row: Any) -> Any:
    """Turn a string of digits into cells; anything else is left to be refused."""
    if isinstance(row, str):
        return [_number(cell) for cell in row]
    return row


def _number(cell: str) -> Any:
    return int(cell) if re.fullmatch(r"-?[0-9]{1,3}", cell) else cell

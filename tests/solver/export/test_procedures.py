"""Programs of procedure words written out as Python files, run where neither torch nor the project is."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from puzzles.grid import as_grid
from puzzles.puzzle import Pair, Puzzle
from solver.__main__ import main
from solver.export.procedures import DRAWING, network_text
from solver.export.python_file import as_python
from solver.npi.compose import procedure_fingerprint, with_procedures
from solver.words.program import Program, ProgramError, Step, program_to_json
from solver.words.results import run_program
from solver.words.vocabulary import EXACT_LANGUAGE

WITHOUT_TORCH = """
import runpy, sys
sys.modules["torch"] = None
runpy.run_path(sys.argv[1], run_name="__main__")
"""
LANGUAGE = with_procedures(EXACT_LANGUAGE)
WORDS = (
    ("for each cell of colour 2: ray up in its own colour",),
    ("for each coloured cell: ray diagonally in colour 3",),
    ("for each corner of the largest object: ray outward in the least common colour",),
    ("for each cell of the least common colour: bounce up-right in colour 4",),
    ("for each end of a line: bounce diagonally in its own colour",),
    ("for each enclosed area: fill in colour 5",),
    ("for each largest empty area: fill in the colour around it",),
    ("for each piece of colour 1: drop down",),
    ("for each piece: drop towards the nearest edge",),
    ("flip left-right", "for each cell on its own: ray straight in colour 6", "transpose"),
    ("objects", "for each piece of colour 3: drop right"),
)


def scenes(seed: int, count: int = 4) -> list[np.ndarray]:
    """Grids with cells, lines and boxes, of different sizes."""
    rng = np.random.default_rng(seed)
    found = []
    for _ in range(count):
        height, width = (int(side) for side in rng.integers(6, 13, 2))
        cells = np.where(rng.random((height, width)) < 0.12, rng.integers(1, 4, (height, width)), 0)
        row, column = int(rng.integers(height - 4)), int(rng.integers(width - 4))
        cells[row : row + 4, column : column + 4] = int(rng.integers(1, 4))
        cells[row + 1 : row + 3, column + 1 : column + 3] = 0
        found.append(as_grid(cells.astype(np.uint8)))
    return found


def exported(words: tuple[str, ...], seed: int) -> tuple[Program, Puzzle]:
    """A program, and a puzzle whose outputs it makes here."""
    program = Program(tuple(map(Step, words)), procedure_fingerprint())
    grids = scenes(seed)
    asked = Puzzle("asked", (Pair(grids[0], grids[0]),), tuple(Pair(grid) for grid in grids))
    ran = run_program(LANGUAGE, program, asked, (30, 30), "made here")
    pairs = [Pair(grid, trace.output) for grid, trace in zip(grids, ran.tests, strict=True)]
    return program, Puzzle("calls", tuple(pairs), (Pair(grids[0]),))


def executed(text: str, folder: Path) -> subprocess.CompletedProcess[str]:
    path = folder / "program.py"
    path.write_text(text, encoding="utf-8")
    command = [sys.executable, "-I", "-W", "error", "-c", WITHOUT_TORCH, str(path)]
    return subprocess.run(command, capture_output=True, text=True, encoding="utf-8", cwd=folder, check=False)


@pytest.mark.parametrize("words", WORDS, ids=lambda words: words[-1])
def test_the_file_makes_what_the_program_makes_cell_by_cell(words: tuple[str, ...], tmp_path: Path) -> None:
    program, puzzle = exported(words, WORDS.index(words))
    text = as_python(program, puzzle)
    assert not re.findall(r"(?m)^\s*(?:from|import) (?:puzzles|solver|torch|safetensors)\b", text)
    result = executed(text, tmp_path)
    assert result.returncode == 0, result.stderr + result.stdout
    assert result.stdout.count(": reproduced") == len(puzzle.train)
    assert any(
        (pair.input.shape, pair.input.tolist()) != (pair.output.shape, pair.output.tolist())
        for pair in puzzle.train
    )


def test_a_cell_that_the_network_does_not_write_is_found_missing(tmp_path: Path) -> None:
    program, puzzle = exported(WORDS[0], 0)
    first = puzzle.train[0].output.copy()
    first[0, 0] = (first[0, 0] + 1) % 10
    spoilt = Puzzle("spoilt", (Pair(puzzle.train[0].input, as_grid(first)),), puzzle.test)
    result = executed(as_python(program, spoilt), tmp_path)
    assert result.returncode == 1
    assert "NOT reproduced" in result.stdout


def test_other_weights_than_the_programs_are_refused(tmp_path: Path) -> None:
    program = Program((Step(WORDS[0][0]),), "exact+npi-0123456789abcdef")
    with pytest.raises(ProgramError, match="written with weights exact"):
        network_text(program)
    missing = tmp_path / "none.safetensors"
    with pytest.raises(ProgramError, match="cannot be read"):
        network_text(program, missing)


def test_a_procedure_the_weights_do_not_know_is_refused() -> None:
    known = json.loads(DRAWING.with_suffix(".json").read_text())["config"]["programs"]
    assert "BEAM" not in known
    program = Program((Step("for each coloured cell: beam up in its own colour"),), procedure_fingerprint())
    with pytest.raises(ProgramError, match="know no beam"):
        network_text(program)


def test_the_command_writes_one_file(tmp_path: Path, capsys: pytest.CaptureFixture) -> None:
    program, puzzle = exported(WORDS[5], 5)
    saved, out = tmp_path / "plan.program.json", tmp_path / "plan.py"
    saved.write_text(program_to_json(program, puzzle))
    assert main(["export", str(saved), "--python", str(out)]) == 0, capsys.readouterr().err
    assert sorted(file.name for file in tmp_path.iterdir()) == ["plan.program.json", "plan.py"]
    assert "reproduced" in executed(out.read_text(), tmp_path).stdout

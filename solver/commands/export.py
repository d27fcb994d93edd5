"""Write a program as a stand-alone Python file, or as an ONNX graph."""

from __future__ import annotations

import argparse
import tempfile
from pathlib import Path

from puzzles.files import read_text
from puzzles.puzzle import Puzzle
from puzzles.storage import write_whole
from solver.export.onnx_file import write_onnx
from solver.export.python_file import as_python
from solver.export.weights import learned_rows, weights_for
from solver.nli.learned import load_learned
from solver.words.canvas import canvas_for
from solver.words.errors import UsageError
from solver.words.program import Program, ProgramError, program_from_json


def add_to(parser: argparse.ArgumentParser) -> None:
    """Declare the options."""
    parser.add_argument("program", type=Path, help="program file (JSON)")
    parser.add_argument(
        "--python",
        type=Path,
        metavar="FILE",
        help="Python file to write; learned words add FILE.safetensors beside it",
    )
    parser.add_argument("--onnx", type=Path, metavar="FILE", help="ONNX graph to write; learned words only")
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Write each file beside its place first, so that a failure leaves no half of it."""
    if options.python is None and options.onnx is None:
        raise UsageError("nothing to write, expected --python FILE or --onnx FILE")
    try:
        text = read_text(options.program)
        program, puzzle = program_from_json(text, options.program.name)
        if options.python is not None:
            write_python(program, puzzle, options.python)
        if options.onnx is not None:
            write_graph(program, puzzle, options.onnx)
    except OSError as error:
        raise ProgramError(str(error)) from None
    return 0


def write_python(program: Program, puzzle: Puzzle, path: Path) -> None:
    """Write the Python file and, for learned words, their weights beside it."""
    if not learned_rows(program):
        write_whole(path, as_python(program, puzzle).encode())
        return
    weights = path.with_suffix(".safetensors")
    write_whole(weights, weights_for(program))
    write_whole(path, as_python(program, puzzle, weights.name, program.canvas(canvas_for(puzzle))).encode())


def write_graph(program: Program, puzzle: Puzzle, path: Path) -> None:
    """Write the ONNX graph of a program of learned words."""
    with tempfile.TemporaryDirectory() as folder:
        graph = Path(folder, "graph.onnx")
        write_onnx(program, puzzle, load_learned("cpu"), graph)
        write_whole(path, graph.read_bytes())

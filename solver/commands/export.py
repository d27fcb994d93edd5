"""Write a program as a stand-alone Python file."""

from __future__ import annotations

import argparse
import os
from pathlib import Path

from solver.export.python_file import as_python
from solver.language import ProgramError, program_from_json


def add_to(parser: argparse.ArgumentParser) -> None:
    """Declare the options."""
    parser.add_argument("program", type=Path, help="program file (JSON) of exact words")
    parser.add_argument("--python", type=Path, required=True, metavar="FILE", help="file to write")
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Write the file beside its place first, so that a failure leaves no half of it."""
    try:
        text = options.program.read_text(encoding="utf-8")
        written = as_python(*program_from_json(text, str(options.program)))
        part: Path = options.python.with_name(options.python.name + ".part")
        part.write_text(written, encoding="utf-8")
        os.replace(part, options.python)
    except (OSError, UnicodeDecodeError) as error:
        raise ProgramError(str(error)) from None
    return 0

"""python -m solver COMMAND: the solver without a window."""

from __future__ import annotations

import argparse
import multiprocessing
import sys
from collections.abc import Sequence
from functools import partial
from importlib import import_module

from puzzles.grid import PuzzleError
from puzzles.terminal import exit_status
from solver.words.errors import CheckpointError, DeviceError, UsageError
from solver.words.program import ProgramError

COMMANDS = {
    "solve": "solve a puzzle, or all of a folder or file, and print what was found",
    "score": "score a submission against a collection or a solutions file",
    "train": "train an interpreter on the synthetic curriculum, and on tasks of your own",
    "words": "print the vocabulary: every learned word and what it does",
    "memory": "list, rename or forget the programs that solved earlier puzzles",
    "export": "write a program as a stand-alone Python file, or as an ONNX graph",
    "devices": "list what the networks can run on, what a round of refinement costs there, and which is used",
    "npi": "train, run and certify procedures of the neural programmer-interpreter",
    "bench": "measure: engines on puzzles, stages on the curriculum, and the published comparisons",
}
"""Every command and what its help says; the module of that name in `solver.commands` is loaded when used."""
REFUSED = (PuzzleError, ProgramError, CheckpointError, DeviceError, UsageError)


def main(arguments: Sequence[str] | None = None, program: str = "python -m solver") -> int:
    """Run one command; exit status 0, or 2 with one line on standard error for bad input, 130 for Ctrl+C."""
    given = sys.argv[1:] if arguments is None else list(arguments)
    return exit_status("error", partial(_run, given, program), REFUSED)


def _run(given: Sequence[str], program: str) -> int:
    options = _parser(given[0] if given else "", program).parse_args(given)
    status: int = options.run(options)
    return status


def _parser(chosen: str, program: str) -> argparse.ArgumentParser:
    """All commands by name, and the options of the chosen one."""
    parser = argparse.ArgumentParser(prog=program, description=__doc__)
    subparsers = parser.add_subparsers(required=True, metavar="COMMAND")
    for name, summary in COMMANDS.items():
        command = subparsers.add_parser(name, help=summary, description=summary)
        if name == chosen:
            import_module(f"solver.commands.{name}").add_to(command)
    return parser


if __name__ == "__main__":
    multiprocessing.freeze_support()
    sys.exit(main())

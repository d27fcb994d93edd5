"""python -m solver COMMAND: the solver without a window."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from functools import partial

from puzzles.grid import PuzzleError
from puzzles.terminal import exit_status
from solver.words.errors import CheckpointError, DeviceError, UsageError
from solver.words.program import ProgramError

REFUSED = (PuzzleError, ProgramError, CheckpointError, DeviceError, UsageError)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; exit status 0, or 2 with one line on standard error for bad input, 130 for Ctrl+C."""
    return exit_status("error", partial(_run, arguments), REFUSED)


def _run(arguments: Sequence[str] | None) -> int:
    # Loading torch takes seconds, in which Ctrl+C must be one line too.
    from solver.commands import bench, export, memory, npi, score, solve, train, words  # noqa: PLC0415

    parser = argparse.ArgumentParser(prog="python -m solver", description=__doc__)
    subparsers = parser.add_subparsers(required=True, metavar="COMMAND")
    for command in (solve, score, train, bench, words, memory, export, npi):
        summary = (command.__doc__ or "").splitlines()[0]
        command.add_to(subparsers.add_parser(command.__name__.rsplit(".", 1)[-1], help=summary))
    options = parser.parse_args(arguments)
    status: int = options.run(options)
    return status


if __name__ == "__main__":
    sys.exit(main())

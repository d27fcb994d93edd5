"""python -m solver COMMAND: the solver without a window."""

from __future__ import annotations

import argparse
import multiprocessing
import os
import sys
from collections.abc import Sequence

from puzzles.grid import PuzzleError
from solver.commands import bench, export, memory, npi, score, solve, train, words
from solver.nli.device import DeviceError
from solver.words.errors import CheckpointError, UsageError
from solver.words.program import ProgramError

COMMANDS = (solve, score, train, bench, words, memory, export, npi)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; exit status 0, or 2 with one line on standard error for bad input."""
    parser = argparse.ArgumentParser(prog="python -m solver", description=__doc__)
    subparsers = parser.add_subparsers(required=True, metavar="COMMAND")
    for command in COMMANDS:
        summary = (command.__doc__ or "").splitlines()[0]
        command.add_to(subparsers.add_parser(command.__name__.rsplit(".", 1)[-1], help=summary))
    options = parser.parse_args(arguments)
    try:
        status: int = options.run(options)
        sys.stdout.flush()
    except (PuzzleError, ProgramError, CheckpointError, DeviceError, UsageError) as error:
        print(f"error: {' '.join(str(error).split())}", file=sys.stderr)
        return 2
    except BrokenPipeError:  # whoever read the output has seen enough, as `head` does
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    return status


if __name__ == "__main__":
    multiprocessing.freeze_support()
    sys.exit(main())

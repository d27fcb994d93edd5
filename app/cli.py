"""The command `glossa`: the window, or one command without it.

Neither Qt nor torch is loaded before it is known which of them is wanted.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from importlib import import_module
from importlib.metadata import PackageNotFoundError, version
from multiprocessing import freeze_support

from puzzles.own_program import MODULE_SWITCH, is_bundled
from solver.__main__ import COMMANDS as SOLVER_COMMANDS
from solver.__main__ import main as run_solver

COMMANDS = {
    "export": "write a puzzle, many of them, or a program as a picture or a file",
    "submission": "answer a collection as submission.json",
}
"""Commands that draw with Qt or keep results as the window does, and what their help says."""
HOUSEKEEPING = {
    "desktop": ("app.menu", "put Glossa into the menu of this desktop, or take it out again"),
    "reset": ("app.reset", "list what Glossa keeps of you on this computer, and remove it"),
}
"""Commands about Glossa itself, the modules whose `main` they call, and what their help says."""
OWN_MODULES = ("solver", "solver.explore")
"""What a bundled application runs as processes of its own."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run `glossa`; return the exit status."""
    freeze_support()
    given = sys.argv[1:] if arguments is None else list(arguments)
    first = given[0] if given else ""
    if first == MODULE_SWITCH and is_bundled():
        return _run_module(given[1:])
    if first in ("-h", "--help", "--version"):
        print(f"glossa {_version()}" if first == "--version" else _help())
        return 0
    if first in COMMANDS:
        from app import command_line  # noqa: PLC0415 - loads Qt

        return command_line.main(given)
    if first in HOUSEKEEPING:
        status: int = import_module(HOUSEKEEPING[first][0]).main(given[1:])
        return status
    if first in SOLVER_COMMANDS:
        return run_solver(given, "glossa")
    from app.main import main as open_window  # noqa: PLC0415 - loads Qt

    return open_window(given)


def _run_module(given: Sequence[str]) -> int:
    """Be the process that a bundled application started for one of its modules."""
    name, *rest = given or ("",)
    if name not in OWN_MODULES:
        print(f"glossa: {MODULE_SWITCH} {name!r}, expected one of {', '.join(OWN_MODULES)}", file=sys.stderr)
        return 2
    sys.argv[1:] = rest
    status: int = import_module(f"{name}.__main__").main()
    return status


def _help() -> str:
    commands = {**SOLVER_COMMANDS, **COMMANDS, **{name: says for name, (_, says) in HOUSEKEEPING.items()}}
    width = max(map(len, commands))
    lines = [f"  {name:{width}}  {summary}" for name, summary in commands.items()]
    return "\n".join(
        [
            "usage: glossa [FILE | COMMAND ...]",
            "",
            "A workbench for ARC puzzles. Without a command the window opens, FILE on the board: a task,",
            "program, folder, Kaggle file or submission, or an id such as arc1-train/67a3c6ac.",
            "",
            "commands (glossa COMMAND --help says more):",
            *lines,
            "",
            "options:",
            "  -h, --help  this text",
            "  --version   the version",
        ]
    )


def _version() -> str:
    try:
        return version("glossa")
    except PackageNotFoundError:
        return "(not installed)"


if __name__ == "__main__":
    sys.exit(main())

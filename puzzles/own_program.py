"""The program that is running, and how it is started again: by Python, or as a bundled application.

A bundled application has no Python beside it; its executable runs a module when `MODULE_SWITCH` is its first
argument (`app/cli.py`).
"""

from __future__ import annotations

import os
import shutil
import sys
import sysconfig
from collections.abc import Mapping
from pathlib import Path

MODULE_SWITCH = "--as-module"
"""First argument of a bundled application that is to run one of its own modules."""
_ROOT = Path(__file__).resolve().parents[1]
"""The folder that holds the packages: a checkout, or where packages are installed."""


def is_bundled() -> bool:
    """Whether this is an application of its own, without a Python that others could start."""
    return bool(getattr(sys, "frozen", False))


def module_command(module: str) -> list[str]:
    """Return what starts `python -m module` with the packages that are running; arguments may follow.

    Python's -P keeps the working directory off the module path.
    """
    if is_bundled():
        return [str(_console_program()), MODULE_SWITCH, module]
    return [sys.executable, "-P", "-m", module]


def module_environment() -> Mapping[str, str]:
    """Return the environment for `module_command`: PYTHONPATH names the packages that are running."""
    if is_bundled():
        return os.environ
    path = os.pathsep.join(filter(None, (str(_ROOT), os.environ.get("PYTHONPATH"))))
    return os.environ | {"PYTHONPATH": path}


def command_file() -> Path | None:
    """Return the file that starts Glossa from a menu; None where only `python -m app` does.

    A bundled application is that file itself. Otherwise it is the script beside this Python, whose place
    stays the same when Glossa is brought up to date.
    """
    if is_bundled():
        return Path(sys.executable)
    script = Path(sysconfig.get_path("scripts"), _named("glossa"))
    if script.is_file():
        return script
    found = shutil.which("glossa")
    return Path(found).absolute() if found else None


def _console_program() -> Path:
    """The bundled program that can be talked to; on Windows the one with a window has no streams."""
    return Path(sys.executable).with_name(_named("glossa"))


def _named(program: str) -> str:
    return f"{program}.exe" if sys.platform == "win32" else program

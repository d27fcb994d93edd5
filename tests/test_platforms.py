"""The packages import on every system, and the product without what only measurements need."""

from __future__ import annotations

import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
UNIX_ONLY = {"fcntl", "grp", "pty", "pwd", "resource", "syslog", "termios", "tty"}

PRODUCT = "import app.cli, app.main, solver.search.solve, solver.commands.solve, solver.commands.engines"
FOR_OTHERS = ("solver.lab", "distributed", "onnx", "onnxscript", "pytest", "tools", "benchmarks")
"""Packages for measurements, tests and one export."""


def unguarded(tree: ast.Module) -> Iterator[str]:
    """Yield modules that only Unix has and that importing this module imports in any case."""
    for statement in tree.body:
        if isinstance(statement, ast.Import):
            yield from UNIX_ONLY.intersection(name.name for name in statement.names)
        elif isinstance(statement, ast.ImportFrom) and statement.module in UNIX_ONLY:
            yield statement.module


@pytest.mark.parametrize("package", ["app", "solver", "puzzles", "tools", "benchmarks"])
def test_no_module_needs_unix_to_be_imported(package: str) -> None:
    found = {
        f"{file.relative_to(ROOT)}: {name}"
        for file in ROOT.joinpath(package).rglob("*.py")
        for name in unguarded(ast.parse(file.read_text(encoding="utf-8")))
    }
    assert not found


def test_a_guarded_import_is_told_from_an_unguarded_one() -> None:
    guarded = "import sys\nif sys.platform != 'win32':\n    import resource\n"
    assert list(unguarded(ast.parse(guarded))) == []
    assert list(unguarded(ast.parse("import resource\nfrom pwd import getpwall\n"))) == ["resource", "pwd"]


def test_the_product_is_imported_without_what_measurements_need() -> None:
    show = f"import sys; print(*(name for name in {FOR_OTHERS} if name in sys.modules))"
    script = f"{PRODUCT}\n{show}"
    ended = subprocess.run(
        [sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, timeout=120, check=False
    )
    assert (ended.returncode, ended.stdout.strip()) == (0, ""), ended.stdout + ended.stderr

"""Help for command-line options, taken from the docstrings of the dataclasses they fill."""

from __future__ import annotations

import argparse
import ast
import inspect
import textwrap
from functools import lru_cache

from puzzles.beyond import PADDING_VALUES


def add_padding(parser: argparse.ArgumentParser) -> None:
    """Let a person declare which value grids are padded with."""
    parser.add_argument(
        "--padding",
        type=int,
        choices=PADDING_VALUES,
        metavar="VALUE",
        help="value that grids are padded with, -1 or 10 to 15: rows and columns of it at the edges are cut "
        "away",
    )


@lru_cache
def field_help(config: type) -> dict[str, str]:
    """What the line below each field of a dataclass says about it; empty where there is no source to read."""
    try:
        (definition,) = ast.parse(textwrap.dedent(inspect.getsource(config))).body
    except (OSError, TypeError):  # a frozen application carries no source
        return {}
    assert isinstance(definition, ast.ClassDef)
    found, field = {}, ""
    for line in definition.body:
        if isinstance(line, ast.AnnAssign) and isinstance(line.target, ast.Name):
            field = line.target.id
        elif field and isinstance(line, ast.Expr) and isinstance(line.value, ast.Constant):
            # argparse reads % as the start of a placeholder.
            found[field] = " ".join(str(line.value.value).split()).replace("%", "%%")
            field = ""
    return found

"""List, rename or forget the programs that solved earlier puzzles."""

from __future__ import annotations

import argparse
from pathlib import Path

from puzzles.terminal import printable
from solver.nli.learned import SHIPPED
from solver.search.memory import Entry, Memory, default_folder
from solver.tensors import fingerprint


def add_to(parser: argparse.ArgumentParser) -> None:
    """Declare what can be done with the memory."""
    actions = parser.add_subparsers(required=True, metavar="ACTION")
    listing = actions.add_parser("list", help="every program, newest first")
    renaming = actions.add_parser("rename", help="give a program another name")
    forgetting = actions.add_parser("forget", help="remove a program")
    for action in (renaming, forgetting):
        action.add_argument("id", help="as `list` shows it; its beginning is enough")
    renaming.add_argument("name")
    for action, run in ((listing, run_list), (renaming, run_rename), (forgetting, run_forget)):
        action.add_argument(
            "--model", type=Path, default=SHIPPED, help="the weights whose programs are meant"
        )
        action.add_argument("--folder", type=Path, default=default_folder(), help="where they are kept")
        action.set_defaults(run=run)


def run_list(options: argparse.Namespace) -> int:
    """Print a line per program."""
    for entry in _memory(options).entries():
        print(_line(entry))
    return 0


def run_rename(options: argparse.Namespace) -> int:
    """Give a program another name and print its line."""
    print(_line(_memory(options).rename(options.id, options.name)))
    return 0


def run_forget(options: argparse.Namespace) -> int:
    """Remove a program and print what it was."""
    print("forgotten: " + _line(_memory(options).forget(options.id)))
    return 0


def _memory(options: argparse.Namespace) -> Memory:
    return Memory(fingerprint(options.model), options.folder)


def _line(entry: Entry) -> str:
    words = " → ".join(map(printable, entry.program.words))
    return f"{printable(entry.id)}  {printable(entry.solved_at[:10])}  {printable(entry.name)}: {words}"

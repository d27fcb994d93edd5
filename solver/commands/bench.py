"""Run a published comparison and print its table."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from solver.device import DEVICES, pick_device

if TYPE_CHECKING:
    import torch


def add_to(parser: argparse.ArgumentParser) -> None:
    """Declare the comparisons and their options."""
    kinds = parser.add_subparsers(required=True, metavar="COMPARISON")
    paper = kinds.add_parser("paper", help="Shift-L, Shift-P and Comp-I: NLI, in-context, TTT, LPN, D-LPN")
    _add_common(paper)
    paper.add_argument("--only", nargs="+", metavar="SUITE", help="shift-l, shift-p, comp-i; default: all")
    paper.add_argument("--quick", action="store_true", help="one seed and fewer test tasks")
    paper.add_argument("--seeds", type=int, help="training runs per method")
    paper.set_defaults(run=run_paper)


def _add_common(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--folder", type=Path, help="where runs are kept and found again")
    parser.add_argument("--device", choices=DEVICES, default="cpu")
    parser.add_argument("--threads", type=int, default=0, help="CPU threads; 0 takes torch's default")


def run_paper(options: argparse.Namespace) -> int:
    """Train what is missing, score, print the table."""
    from dataclasses import replace  # noqa: PLC0415 - keeps `--help` quick

    from solver.bench.paper import PaperPlan, run_paper  # noqa: PLC0415
    from solver.bench.tasks import SUITES  # noqa: PLC0415

    suites = options.only or list(SUITES)
    if unknown := sorted(set(suites) - set(SUITES)):
        raise ValueError(f"suite is {unknown[0]!r}, expected one of {', '.join(SUITES)}")
    plan = PaperPlan().quick() if options.quick else PaperPlan()
    if options.seeds is not None:
        plan = replace(plan, seeds=options.seeds)
    folder = options.folder or Path("runs/paper-quick" if options.quick else "runs/paper")
    print(run_paper(folder, suites, plan, _prepare(options), _say), end="")
    return 0


def _prepare(options: argparse.Namespace) -> torch.device:
    import torch  # noqa: PLC0415

    if options.threads:
        torch.set_num_threads(options.threads)
    return pick_device(options.device)


def _say(line: str) -> None:
    print(line, flush=True)

"""The compared methods as engines: the one place that brings the laboratory's methods to `solve`."""

from __future__ import annotations

from pathlib import Path

from puzzles.puzzle import Puzzle
from solver.words.results import Engine, Search, SolveOptions

COMPARED = ("icl", "ttt", "lpn")
"""In-context learning, test-time training and latent program networks; they answer without a program."""


def compared_engines(folder: Path | None = None) -> dict[str, Engine]:
    """Every compared method, its weights looked for in `folder` when it is asked."""
    return {name: _engine(name, folder) for name in COMPARED}


def available_engines(folder: Path | None = None) -> dict[str, Engine]:
    """The compared methods whose weights are in `folder`."""
    from solver.lab.bench.engine import available  # noqa: PLC0415 - loads torch

    return {name: _engine(name, folder) for name in available(folder)}


def _engine(name: str, folder: Path | None) -> Engine:
    def run(puzzle: Puzzle, options: SolveOptions) -> Search:
        from solver.lab.bench.engine import answer  # noqa: PLC0415 - loads torch

        return answer(puzzle, name, folder=folder, device=options.device, seed=options.seed)

    return run

"""What a person may choose about a search."""

from __future__ import annotations

from dataclasses import dataclass

from solver.words.program import Program

DEVICES = ("auto", "cpu", "cuda", "mps")
"""Where the networks may run; "auto" takes a GPU where there is one."""


@dataclass(frozen=True)
class SearchOptions:
    """The parameters of one search."""

    budget_s: float = 60.0
    """Seconds it may take."""
    engine: str = ""
    """One of the solver's engines; empty for the most capable of them."""
    device: str = "auto"
    seed: int = 0
    learned_only: bool = False
    """Leave out the exact words that people wrote."""
    remember: bool = True
    """Look up programs of earlier puzzles, and keep one that explains this puzzle."""
    start: Program | None = None
    """A program of learned words that gradient refinement begins from, in place of a search from nothing."""


def pick_engine(wanted: str, engines: tuple[str, ...]) -> str:
    """Return `wanted` where it exists, else "auto" where that does, else the first engine."""
    if wanted in engines:
        return wanted
    return "auto" if "auto" in engines else engines[0]

"""What the state needs of the solver, whatever thread it runs in."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Protocol

from PySide6.QtCore import SignalInstance

from puzzles.puzzle import Puzzle
from solver.words.program import Program
from solver.words.results import SolveOptions

if TYPE_CHECKING:
    from app.probes import WordEntry
    from solver.words.arguments import Argument


class SolverClient(Protocol):
    """Asks for one job at a time, a search or an execution; answers come as signals."""

    @property
    def busy(self) -> bool:
        """Whether a job's result is awaited."""
        ...

    @property
    def progressed(self) -> SignalInstance:
        """`Progress`"""
        ...

    @property
    def finished(self) -> SignalInstance:
        """`Solution`"""
        ...

    @property
    def executed(self) -> SignalInstance:
        """`Candidate`, and the `Puzzle` it was run on"""
        ...

    @property
    def recalled(self) -> SignalInstance:
        """`Puzzle`, tuple of `Candidate`, and the fingerprint of the loaded weights"""
        ...

    @property
    def failed(self) -> SignalInstance:
        """One sentence on what went wrong."""
        ...

    @property
    def vocabulary_ready(self) -> SignalInstance:
        """tuple of `WordEntry`, in the language's order"""
        ...

    @property
    def tried(self) -> SignalInstance:
        """Name of a word that was tried, and a tuple of `Example`"""
        ...

    @property
    def further_known(self) -> SignalInstance:
        """The fingerprint of words of other kinds that the language runs; empty where it runs none"""
        ...

    @property
    def vocabulary_failed(self) -> SignalInstance:
        """One sentence on why there is no vocabulary."""
        ...

    @property
    def coined_ready(self) -> SignalInstance:
        """tuple of `WordEntry`: the words that a program brings"""
        ...

    @property
    def engines_known(self) -> SignalInstance:
        """tuple of the names a search may be asked for"""
        ...

    @property
    def device_known(self) -> SignalInstance:
        """The device that "auto" takes, and why"""
        ...

    def solve(self, puzzle: Puzzle, options: SolveOptions) -> None:
        """Start a search; an earlier job is cancelled."""
        ...

    def execute(self, program: Program, puzzle: Puzzle, origin: str) -> None:
        """Run `program` on every input of `puzzle`; an earlier job is cancelled."""
        ...

    def recall(self, puzzle: Puzzle, programs: Sequence[tuple[Program, str]]) -> None:
        """Run programs that were found for `puzzle`, each with its origin, as far as the language has them;
        an earlier job is cancelled."""
        ...

    def arguments(self, word: str) -> tuple[Argument, ...]:
        """Return what can be changed in the name of an exact word."""
        ...

    def canvas_for(self, puzzle: Puzzle) -> tuple[int, int]:
        """Return the rows and columns a program for `puzzle` runs on."""
        ...

    def try_word(self, entry: WordEntry) -> None:
        """Try a word on grids that suit it."""
        ...

    def describe_coined(self, program: Program) -> None:
        """Try the words that a program brings on the probe grids."""
        ...

    def set_paused(self, paused: bool) -> None:
        """Hold the job at its next report, or let it go on."""
        ...

    def cancel(self) -> None:
        """Stop the job at its next report; nothing more is heard of it."""
        ...

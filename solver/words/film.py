"""Gradient refinement as a film: what its starts are at some moments, evenly spread over the search."""

from __future__ import annotations

from dataclasses import dataclass, field

from puzzles.grid import Grid
from solver.words.program import Program

FRAME_S = 0.1
"""Least seconds between two moments at first."""
MOST_MOMENTS = 600
"""Moments of a film; with more, every second goes and further ones come half as often."""
MOST_STARTS = 11
"""Starts shown in a moment: the first ones, always the same, so that one sees each of them change."""
SKIP = "skip"
"""Stands for the word that does nothing, which programs leave out."""

Odds = tuple[tuple[str, float], ...]
"""The likeliest words of a slot with their probabilities, the likeliest first."""


@dataclass(frozen=True, eq=False)
class Start:
    """One of the starts at one moment."""

    number: int
    """Its place among all starts, from 0."""
    program: Program
    """The likeliest word of every slot."""
    odds: tuple[Odds, ...]
    """Per slot: probabilities at the temperature of the moment."""
    grids: tuple[Grid, ...]
    """Per demonstration: what the words, mixed by their odds and with the step's noise, make of it."""
    loss: float
    """Nats per cell."""


@dataclass(frozen=True, eq=False)
class Moment:
    """One step of gradient refinement."""

    at_s: float
    """Seconds of the search."""
    stage: str
    round: int
    """Which refinement of this search, from 1."""
    step: int
    """From 1."""
    temperature: float
    """Of the word distributions."""
    count: int
    """How many starts there are."""
    starts: tuple[Start, ...]
    best: Start
    """That of all starts with the lowest loss; it need not be among those shown."""


@dataclass
class Film:
    """Collects moments, at most `MOST_MOMENTS` of them however long it goes on."""

    moments: list[Moment] = field(default_factory=list)
    every_s: float = FRAME_S

    def wants(self, now: float) -> bool:
        """Whether it is time for another moment."""
        return not self.moments or now - self.moments[-1].at_s >= self.every_s

    def add(self, moment: Moment) -> None:
        """Take a moment in."""
        self.moments.append(moment)
        if len(self.moments) > MOST_MOMENTS:
            self.moments = self.moments[::2]
            self.every_s *= 2

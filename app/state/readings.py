"""Programs grouped by what they answer to the tests: demonstrations may allow more than one reading."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from app.state.attempts import Attempts, same_answers, whole
from puzzles.grid import Grid
from solver.words.results import Candidate


@dataclass(frozen=True)
class Reading:
    """One answer to every test, and the programs that give it."""

    answers: tuple[Grid, ...]
    """One grid per test."""
    candidates: tuple[Candidate, ...]
    """The best first."""
    attempt: int
    """1 or 2 where these are the first or the second attempts, 0 where they are neither."""

    @property
    def verified(self) -> int:
        """How many of the programs explain every demonstration."""
        return sum(candidate.verified for candidate in self.candidates)

    @property
    def shortest(self) -> int:
        """Steps of the shortest of those that explain most."""
        best = min(sum(candidate.wrong) for candidate in self.candidates)
        return min(len(c.program.steps) for c in self.candidates if sum(c.wrong) == best)


def readings(candidates: Sequence[Candidate], attempts: Attempts) -> tuple[Reading, ...]:
    """Group candidates by their answers, in the order of their best; none where no test was answered."""
    groups: dict[bytes, list[Candidate]] = {}
    for candidate in candidates:
        if candidate.tests:
            groups.setdefault(candidate.answers, []).append(candidate)
    return tuple(
        Reading(answers, tuple(group), _attempt(answers, attempts))
        for group in groups.values()
        for answers in [tuple(trace.output for trace in group[0].tests)]
    )


def ambiguous(found: Sequence[Reading]) -> bool:
    """Whether programs that explain every demonstration disagree about a test."""
    return sum(1 for reading in found if reading.verified) > 1


def _attempt(answers: tuple[Grid, ...], attempts: Attempts) -> int:
    return next((number for number in (1, 2) if same_answers(whole(attempts, number), answers)), 0)

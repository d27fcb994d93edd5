"""The predicted outputs as a puzzle: the same file with every test answered."""

from __future__ import annotations

from dataclasses import replace

from puzzles.puzzle import Pair, Puzzle
from solver.words.results import Candidate, Solution


def predicted_puzzle(puzzle: Puzzle, candidate: Candidate, solution: Solution | None = None) -> Puzzle:
    """Return `puzzle` with the output of each test replaced by the prediction.

    The prediction is what `candidate` makes of the test input; where `candidate` is the first choice of
    `solution`, its first attempt, which other views of the puzzle may have had a vote in.
    """
    outputs = [trace.output for trace in candidate.tests]
    if solution is not None and candidate is solution.best:
        outputs = [
            attempts[0].grid if attempts else output
            for attempts, output in zip(solution.attempts, outputs, strict=True)
        ]
    tests = tuple(Pair(pair.input, output) for pair, output in zip(puzzle.test, outputs, strict=True))
    return replace(puzzle, test=tests)

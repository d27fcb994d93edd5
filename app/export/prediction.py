"""The predicted outputs as a puzzle: the same file with every test answered."""

from __future__ import annotations

from dataclasses import replace

from app.state.attempts import Attempts
from puzzles.puzzle import Pair, Puzzle
from solver.words.results import Candidate


def predicted_puzzle(puzzle: Puzzle, candidate: Candidate, attempts: Attempts = ()) -> Puzzle:
    """Return `puzzle` with the output of each test replaced by the prediction.

    The prediction is what `candidate` makes of the test input; with `attempts`, the first of each test.
    """
    outputs = [trace.output for trace in candidate.tests]
    if attempts:
        outputs = [given[0] if given else output for given, output in zip(attempts, outputs, strict=True)]
    tests = tuple(Pair(pair.input, output) for pair, output in zip(puzzle.test, outputs, strict=True))
    return replace(puzzle, test=tests)

"""What each rung of the learned search adds, on unseen curriculum tasks of known depth."""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial

import numpy as np

from puzzles.grid import as_grid, same_grid
from puzzles.operations import CURRICULUM_OPERATIONS
from puzzles.puzzle import Pair, Puzzle
from puzzles.synthetic import Curriculum
from solver.beam import BeamConfig, beam_search
from solver.config import SearchConfig
from solver.problem import Problem
from solver.refine import refine
from solver.words import LearnedLanguage

DEPTHS = (1, 2, 3)
_SEED = 2_000_003
"""Far from the seeds of training and validation."""
_PAIRS = 4
"""Three demonstrations and a test."""

Rung = Callable[[Problem, int], Iterator[tuple[int, ...]]]
"""Programs a rung proposes for a puzzle, given the longest it may propose."""


@dataclass(frozen=True)
class LadderConfig:
    """Size of the measurement."""

    tasks: int = 50
    """Tasks per depth."""
    side: int = 8
    """Longest side of their grids."""
    steps: int = 100
    """Gradient steps of the refinement rung."""


def measure_ladder(
    learned: LearnedLanguage, config: LadderConfig, say: Callable[[str], None]
) -> list[dict[str, float | str | int]]:
    """One row per depth and rung: share of tests answered, median seconds; rungs run on their own."""
    search = SearchConfig(steps=config.steps)
    rungs: dict[str, Rung] = {
        "inductor": _induce,
        "beam": _beam,
        "refinement": partial(_refine, config=search),
    }
    rows: list[dict[str, float | str | int]] = []
    for depth in DEPTHS:
        puzzles = [_puzzle(depth, number, config.side) for number in range(config.tasks)]
        for name, rung in rungs.items():
            results = [_attempt(Problem(puzzle, learned), rung, depth) for puzzle in puzzles]
            row: dict[str, float | str | int] = {
                "depth": depth,
                "rung": name,
                "tasks": len(results),
                "solved": round(float(np.mean([right for right, _ in results])), 3),
                "median seconds": round(float(np.median([seconds for _, seconds in results])), 2),
            }
            rows.append(row)
            say(json.dumps(row))
    return rows


def _puzzle(depth: int, number: int, side: int) -> Puzzle:
    """A puzzle of `depth` words whose test differs from every demonstration."""
    rng = np.random.default_rng((_SEED, depth, number))
    task = Curriculum(CURRICULUM_OPERATIONS).draw(rng, depth, _PAIRS, (side, side))
    pairs = [Pair(as_grid(states[0]), as_grid(states[-1])) for states in task.examples]
    return Puzzle(f"depth {depth}, task {number}", tuple(pairs[:-1]), tuple(pairs[-1:]))


def _attempt(problem: Problem, rung: Rung, depth: int) -> tuple[bool, float]:
    """Whether the first program that explains the demonstrations, else the best, answers the test."""
    started = time.monotonic()
    for words in rung(problem, depth):
        if problem.evaluate(words, "bench").verified:
            break
    seconds = time.monotonic() - started
    expected = problem.puzzle.test[0].output
    best = problem.evaluated[0]
    return expected is not None and same_grid(best.tests[0].output, expected), seconds


def _induce(problem: Problem, depth: int) -> Iterator[tuple[int, ...]]:
    logits = problem.learned.model.inductor.logits(problem.induce().mean(0))
    yield tuple(logits.argmax(-1).tolist())


def _beam(problem: Problem, depth: int) -> Iterator[tuple[int, ...]]:
    yield from _induce(problem, depth)
    for node in beam_search(problem, BeamConfig(depth=depth)):
        if node.wrong == 0:
            yield node.words


def _refine(problem: Problem, depth: int, config: SearchConfig) -> Iterator[tuple[int, ...]]:
    yield from _induce(problem, depth)
    # One slot to spare: the search must find out by itself when to skip.
    for moment in refine(problem, config, 0, min(depth + 1, problem.learned.model.config.slots)):
        yield from dict.fromkeys(moment.programs)

"""What each rung of the learned search adds, on unseen curriculum tasks and on held-out ARC tasks.

The memory needs a past to be worth anything: it is measured on second puzzles of programs that solved a
first one.
"""

from __future__ import annotations

import json
import time
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import mean, median
from tempfile import TemporaryDirectory

import numpy as np

from puzzles.collections import collection, held_out
from puzzles.grid import as_grid
from puzzles.puzzle import Pair, Puzzle
from solver.nli.learned import LearnedLanguage
from solver.search.memory import Memory
from solver.search.problem import Problem
from solver.search.solve import finish, solve
from solver.search.stages import RUNGS
from solver.training.synthetic import Curriculum
from solver.words.operations import CURRICULUM_OPERATIONS
from solver.words.results import Solution

_SEED = 2_000_003
"""Far from the seeds of training and validation."""
_PAIRS = 4
"""Three demonstrations and a test."""
_Row = dict[str, float | str | int | dict[str, int]]


@dataclass(frozen=True)
class LadderConfig:
    """Size of the measurement."""

    tasks: int = 20
    """Tasks per depth."""
    side: int = 8
    """Longest side of their grids."""
    depths: tuple[int, ...] = (1, 2, 3)
    """Words in the tasks."""
    held_out: int = 0
    """Official puzzles of the held-out ARC-AGI-1 training tasks to add, in the order of the list."""
    budget: float = 20.0
    """Seconds per task."""
    rungs: tuple[str, ...] = RUNGS
    """Parts of the search to use."""
    alone: bool = False
    """Whether each rung is measured on its own, instead of all together."""
    seed: int = _SEED
    """Seed of the tasks."""


def measure_ladder(learned: LearnedLanguage, config: LadderConfig, say: Callable[[str], None]) -> list[_Row]:
    """A row per kind of task and set of rungs; learned words alone, two attempts."""
    sets = [(rung,) for rung in config.rungs] if config.alone else [config.rungs]
    kinds = {
        f"depth {depth}": [curriculum_puzzle(config.seed, depth, n, config.side) for n in range(config.tasks)]
        for depth in config.depths
    }
    if config.held_out:
        training = collection("arc1-train")
        kinds["held out"] = [training[i] for i in held_out(training.ids)[: config.held_out]]
    rows = []
    for kind, puzzles in kinds.items():
        for rungs in ((), *sets):
            solutions = [_solve(puzzle, learned, config, rungs) for puzzle in puzzles]
            name = ", ".join(("inductor", *rungs))
            row = {"tasks": kind, "rungs": name} | _summary(solutions)
            if not rungs:
                row["words guessed"] = round(mean(_guessed(Problem(p, learned)) for p in puzzles), 2)
            rows.append(row)
            say(json.dumps(row))
    return rows


def measure_memory(learned: LearnedLanguage, config: LadderConfig, say: Callable[[str], None]) -> list[_Row]:
    """What remembering helps: first puzzles, then second puzzles of the same programs without and with it.

    All first puzzles of all depths share one memory, so that the right program has to be found among others.
    """
    rows: list[_Row] = []
    pairs = {
        depth: [_twins(config.seed, depth, n, config.side) for n in range(config.tasks)]
        for depth in config.depths
    }
    with TemporaryDirectory() as folder:
        memory = Memory(learned.language.fingerprint, Path(folder))
        for which, name, kept in ((0, "first", memory), (1, "second", None), (1, "second, memory", memory)):
            for depth, twins in pairs.items():
                puzzles = [twin[which] for twin in twins]
                solutions = [_solve(puzzle, learned, config, config.rungs, kept) for puzzle in puzzles]
                row = {"tasks": f"depth {depth}, {name}"} | _summary(solutions)
                rows.append(row)
                say(json.dumps(row))
    return rows


def _solve(
    puzzle: Puzzle,
    learned: LearnedLanguage,
    config: LadderConfig,
    rungs: Sequence[str],
    memory: Memory | None = None,
) -> Solution:
    # On a CPU the seconds of this process count, whatever else runs on the machine.
    on_cpu = learned.model.executor.codes.device.type == "cpu"
    return finish(
        solve(
            puzzle,
            learned=learned,
            learned_only=True,
            rungs=rungs,
            budget_s=config.budget,
            clock=time.process_time if on_cpu else time.monotonic,
            memory=memory,
        )
    )


def curriculum_puzzle(seed: int, depth: int, number: int, side: int) -> Puzzle:
    """A puzzle of `depth` words whose test differs from every demonstration."""
    return _puzzles(seed, depth, number, side, 1)[0]


def _twins(seed: int, depth: int, number: int, side: int) -> list[Puzzle]:
    """Two puzzles of one program on different grids."""
    return _puzzles(seed, depth, number, side, 2)


def _puzzles(seed: int, depth: int, number: int, side: int, count: int) -> list[Puzzle]:
    rng = np.random.default_rng((seed, depth, number))
    task = Curriculum(CURRICULUM_OPERATIONS).draw(rng, depth, count * _PAIRS, (side, side))
    pairs = [Pair(as_grid(states[0]), as_grid(states[-1])) for states in task.examples]
    starts = range(0, len(pairs), _PAIRS)
    shown = [pairs[start : start + _PAIRS] for start in starts]
    name = f"depth {depth}, task {number}"
    return [Puzzle(name, tuple(own[:-1]), tuple(own[-1:])) for own in shown]


def _summary(solutions: Sequence[Solution]) -> _Row:
    """Shares, times and, by the rung that found it, how many verified and how many right."""
    verified = [s for s in solutions if s.verified]
    right = [s for s in solutions if s.correct]
    steps = [len(s.best.program.steps) for s in verified if s.best]
    return {
        "number": len(solutions),
        "right": round(len(right) / len(solutions), 3),
        "verified": round(len(verified) / len(solutions), 3),
        "median seconds when verified": round(median(s.seconds for s in verified), 2) if verified else 0.0,
        "words when verified": round(mean(steps), 2) if steps else 0.0,
        "verified by": dict(Counter(s.best.origin for s in verified if s.best)),
        "right by": dict(Counter(s.best.origin for s in right if s.best)),
    }


def _guessed(problem: Problem) -> int:
    """Words of the inductor's likeliest program that are not skip: the length it decides on."""
    model = problem.learned.model
    words = model.inductor.logits(problem.induce().mean(0)).argmax(-1)
    return int((words != model.config.skip).sum())

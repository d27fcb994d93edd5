"""What each stage of the learned search adds, on unseen curriculum tasks and on held-out ARC tasks.

The memory needs a past to be worth anything: it is measured on second puzzles of programs that solved a
first one.
"""

from __future__ import annotations

import json
import time
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import chain
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
from solver.search.run import Run
from solver.search.solve import SolveOptions, finish, solve
from solver.search.stages import StagedSearch
from solver.training.synthetic import Curriculum, Task
from solver.words.operations import CURRICULUM_OPERATIONS
from solver.words.results import STAGES, Solution

_SEED = 2_000_003
"""Far from the seeds of training and validation."""
_PAIRS = 4
"""Three demonstrations and a test."""
_Row = dict[str, float | str | int | dict[str, int]]


@dataclass(frozen=True)
class StagesConfig:
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
    stages: tuple[str, ...] = STAGES
    """Parts of the search to use."""
    alone: bool = False
    """Whether each stage is measured on its own, instead of all together."""
    after: float = 0.0
    """Seconds of best-first search before the stages, each of which goes on from its states on its own."""
    seed: int = _SEED
    """Seed of the tasks."""


def measure_stages(learned: LearnedLanguage, config: StagesConfig, say: Callable[[str], None]) -> list[_Row]:
    """A row per kind of task and set of stages; learned words alone, two attempts."""
    sets = [(stage,) for stage in config.stages] if config.alone else [config.stages]
    rows = []
    for kind, puzzles in _kinds(config).items():
        for stages in ((), *sets):
            solutions = [_solve(puzzle, learned, config, stages) for puzzle in puzzles]
            name = ", ".join(("inductor", *stages))
            row = {"tasks": kind, "stages": name} | _summary(solutions)
            if not stages:
                row["words guessed"] = round(mean(_guessed(Problem(p, learned)) for p in puzzles), 2)
            rows.append(row)
            say(json.dumps(row))
    return rows


def _kinds(config: StagesConfig) -> dict[str, list[Puzzle]]:
    """The puzzles by the name of their kind."""
    kinds = {
        f"depth {depth}": [curriculum_puzzle(config.seed, depth, n, config.side) for n in range(config.tasks)]
        for depth in config.depths
    }
    if config.held_out:
        training = collection("arc1-train")
        kinds["held out"] = [training[i] for i in held_out(training.ids)[: config.held_out]]
    return kinds


def measure_after_search(
    learned: LearnedLanguage, config: StagesConfig, say: Callable[[str], None]
) -> list[_Row]:
    """A row per kind of task and stage: what each adds at equal time to a search that found nothing."""
    rows: list[_Row] = []
    for kind, puzzles in _kinds(config).items():
        searched = [_searched(puzzle, learned, config.after) for puzzle in puzzles]
        left = [search for search in searched if not search.run.solved()]
        for stage in config.stages if left else ():
            solutions = [_gone_on(search, stage, config.budget) for search in left]
            row = {"tasks": f"{kind}, left by search", "stages": stage} | _summary(solutions)
            rows.append(row)
            say(json.dumps(row))
    return rows


def _searched(puzzle: Puzzle, learned: LearnedLanguage, seconds: float) -> StagedSearch:
    """A search that has spent its time or found a program."""
    run = Run(puzzle, seconds, None, _clock(learned), learned_only=True)
    search = StagedSearch(run, Problem(puzzle, learned), 0, ("search",))
    for _ in chain(run.induce(search.problem), search.run_all()):
        pass
    return search


def _gone_on(search: StagedSearch, stage: str, seconds: float) -> Solution:
    run = Run(search.run.puzzle, seconds, None, search.run.clock, learned_only=True)
    other = search.going_on(run, (stage,))
    for _ in other.run_all():
        pass
    return run.solution(other.problem, "nli")


def measure_true_words(
    learned: LearnedLanguage, config: StagesConfig, say: Callable[[str], None]
) -> list[_Row]:
    """A row per depth: how many tasks the executor reproduces when their true words are given.

    Tasks with a word that no row is named for do not count.
    """
    rows: list[_Row] = []
    named = {name: row for row, name in enumerate(learned.about.get("bootstrapped", []))}
    for depth in config.depths:
        held = []
        for number in range(config.tasks):
            task = _task(config.seed, depth, number, config.side, _PAIRS)
            words = [named.get(CURRICULUM_OPERATIONS[word].name) for word in task.words]
            if None not in words:
                problem = Problem(_cut(task, f"depth {depth}, task {number}")[0], learned)
                held.append(
                    problem.evaluate([row for row in words if row is not None], "true words").verified
                )
        row: _Row = {"tasks": f"depth {depth}", "number": len(held)}
        row["true words hold"] = round(mean(held), 3) if held else 0.0
        rows.append(row)
        say(json.dumps(row))
    return rows


def _clock(learned: LearnedLanguage) -> Callable[[], float]:
    """On a CPU the seconds of this process count, whatever else runs on the machine."""
    return time.process_time if learned.model.executor.codes.device.type == "cpu" else time.monotonic


def measure_memory(learned: LearnedLanguage, config: StagesConfig, say: Callable[[str], None]) -> list[_Row]:
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
                solutions = [_solve(puzzle, learned, config, config.stages, kept) for puzzle in puzzles]
                row = {"tasks": f"depth {depth}, {name}"} | _summary(solutions)
                rows.append(row)
                say(json.dumps(row))
    return rows


def _solve(
    puzzle: Puzzle,
    learned: LearnedLanguage,
    config: StagesConfig,
    stages: tuple[str, ...],
    memory: Memory | None = None,
) -> Solution:
    return finish(
        solve(
            puzzle,
            SolveOptions(learned_only=True, stages=stages, budget_s=config.budget),
            learned=learned,
            clock=_clock(learned),
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
    return _cut(_task(seed, depth, number, side, count * _PAIRS), f"depth {depth}, task {number}")


def _task(seed: int, depth: int, number: int, side: int, pairs: int) -> Task:
    rng = np.random.default_rng((seed, depth, number))
    return Curriculum(CURRICULUM_OPERATIONS).draw(rng, depth, pairs, (side, side))


def _cut(task: Task, name: str) -> list[Puzzle]:
    """Puzzles of three demonstrations and a test each, of one task's examples."""
    pairs = [Pair(as_grid(states[0]), as_grid(states[-1])) for states in task.examples]
    starts = range(0, len(pairs), _PAIRS)
    shown = [pairs[start : start + _PAIRS] for start in starts]
    return [Puzzle(name, tuple(own[:-1]), tuple(own[-1:])) for own in shown]


def _summary(solutions: Sequence[Solution]) -> _Row:
    """Shares, times and, by the stage that found it, how many verified and how many right."""
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

"""The one public entry: solve a puzzle, streaming what happens, ending with up to two attempts."""

from __future__ import annotations

import time
from collections.abc import Callable, Generator, Sequence
from pathlib import Path

from puzzles.puzzle import Puzzle
from solver.nli.learned import LearnedLanguage, load_learned
from solver.search.memory import Memory
from solver.search.problem import Problem, canvas_for
from solver.search.refine import rows_of
from solver.search.run import Run
from solver.search.stages import RUNGS, Ladder
from solver.words.program import Language, Program
from solver.words.results import Progress, Solution

__all__ = ["ENGINES", "canvas_for", "finish", "load_language", "solve"]

COMPARED = ("icl", "ttt", "lpn")
"""The compared methods of `solver.lab.bench.engine`: they answer without a program."""
ENGINES = ("auto", "nli", "explore", *COMPARED)
"""nli: learned words alone; explore: exact words alone; auto: both, in turn and in one program."""
_EXPLORE_SHARE = 0.5
"""Share of what is left of the budget that "auto" spends on exact words."""
_SINGLE_WORDS_S = 2.0
"""Seconds "auto" gives to programs of one learned word before it turns to exact words."""


def solve(
    puzzle: Puzzle,
    *,
    engine: str = "auto",
    budget_s: float = 60.0,
    work: int | None = None,
    device: str = "auto",
    seed: int = 0,
    learned_only: bool = False,
    learned: LearnedLanguage | None = None,
    start: Program | None = None,
    clock: Callable[[], float] = time.monotonic,
    rungs: Sequence[str] = RUNGS,
    memory: Memory | None = None,
    baselines: Path | None = None,
) -> Generator[Progress, None, Solution]:
    """Solve a puzzle; yields `Progress` after every executor call and returns a `Solution`.

    budget_s: seconds to spend at most. work: when given, rounds of gradient refinement instead of seconds;
    the same seed and work then give the same result, and "auto" leaves out the search over exact words,
    which is timed. learned_only: use learned words alone, whatever the engine. learned: a language other
    than the shipped one. start: a program of learned words that gradient refinement begins from, in place
    of all other engines. clock: seconds that count against the budget. rungs: the parts of the learned
    search to use, of `solver.search.stages.RUNGS`. memory: where programs of earlier puzzles are looked up
    and a verified one is kept. baselines: where the weights of the compared methods are. Closing the
    generator cancels.
    Raises ValueError for an unknown engine, rung or device, `CheckpointError` for unreadable weights,
    `ProgramError` for a start of other words.
    """
    _check(engine, rungs)
    if learned_only or start is not None:
        engine = "nli"
    if engine in COMPARED:
        from solver.lab.bench.engine import answer  # noqa: PLC0415 - quick start

        return (yield from answer(puzzle, engine, folder=baselines, device=device, seed=seed))
    run = Run(puzzle, budget_s, work, clock=clock, learned_only=engine == "nli")
    if engine == "explore":
        yield from run.explore(budget_s)
        return run.solution(None, engine)
    yield run.progress("loading", "loading the learned language")
    problem = Problem(puzzle, learned or load_learned(device))
    ladder = Ladder(run, problem, seed, rungs, memory)
    if start is not None:
        yield from ladder.refine_from(rows_of(start, problem.learned))
        return run.solution(problem, engine)
    yield from run.induce(problem)
    if engine == "auto" and work is None:
        yield from ladder.single_words(_SINGLE_WORDS_S)
        if not run.solved():
            yield from run.explore(_EXPLORE_SHARE * run.left())
    yield from ladder.climb()
    if memory is not None and run.solved():
        run.remember(memory, problem)
    return run.solution(problem, engine)


def _check(engine: str, rungs: Sequence[str]) -> None:
    if engine not in ENGINES:
        raise ValueError(f"engine is {engine!r}, expected one of {', '.join(ENGINES)}")
    if unknown := sorted(set(rungs) - set(RUNGS)):
        raise ValueError(f"rungs has {unknown[0]!r}, expected some of {', '.join(RUNGS)}")


def finish(
    run: Generator[Progress, None, Solution], watch: Callable[[Progress], None] | None = None
) -> Solution:
    """Drive a solve to its end and return the solution; `watch` sees every progress."""
    while True:
        try:
            progress = next(run)
        except StopIteration as stop:
            solution: Solution = stop.value
            return solution
        if watch is not None:
            watch(progress)


def load_language(device: str = "auto") -> Language:
    """The shipped vocabulary, ready to execute programs."""
    return load_learned(device).language

"""The one public entry: solve a puzzle, streaming what happens, ending with up to two attempts."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Generator, Mapping

from puzzles.puzzle import Puzzle
from solver.nli.device import gpu_trouble, passed_over
from solver.nli.learned import SHIPPED, LearnedLanguage, load_learned, load_or_fall_back
from solver.npi.compose import PROCEDURE_WORDS
from solver.search.memory import Memory
from solver.search.problem import Problem, canvas_for
from solver.search.procedures import search_plans
from solver.search.refine import rows_of
from solver.search.run import Run
from solver.search.stages import StagedSearch
from solver.words.program import Language, take_in
from solver.words.results import ENGINES, STAGES, Engine, Progress, Search, SolveOptions, finish

__all__ = ["ENGINES", "SolveOptions", "canvas_for", "finish", "load_language", "solve"]

_EXPLORE_SHARE = 0.5
"""Share of what is left of the budget that "auto" spends on exact words."""
_SINGLE_WORDS_S = 2.0
"""Seconds "auto" gives to programs of one learned word before it turns to exact words."""
_RIVALS_S = 1.0
"""Seconds of exact search for rivals of a program that is verified by then, or as many as were spent."""
_DEFAULTS = SolveOptions()
DEVICE_PHASE = "device"
"""The phase of a progress that says that another device goes on, and why."""
log = logging.getLogger(__name__)

take_in(PROCEDURE_WORDS)


def solve(
    puzzle: Puzzle,
    options: SolveOptions = _DEFAULTS,
    *,
    learned: LearnedLanguage | None = None,
    memory: Memory | None = None,
    clock: Callable[[], float] = time.monotonic,
    engines: Mapping[str, Engine] | None = None,
) -> Search:
    """Solve a puzzle; yields `Progress` after every executor call and returns a `Solution`.

    learned: a language other than the shipped one. memory: where programs of earlier puzzles are looked up
    and a verified one is kept, if `options.remembers`. clock: seconds that count against the
    budget. engines: further ways to answer, by the name that `options.engine` may have. Closing the
    generator cancels. Where a GPU fails or runs out of memory, the CPU goes on with the rest of the budget.
    Raises ValueError for an unknown engine, stage or device, `CheckpointError` for unreadable weights,
    `ProgramError` for a start of other words.
    """
    engine, further = options.engine, engines or {}
    _check(options, further)
    if options.learned_only or options.start is not None:
        engine = "nli"
    if engine in further:
        return (yield from further[engine](puzzle, options))
    run = Run(puzzle, options.budget_s, options.work, clock=clock, learned_only=engine == "nli")
    if engine == "explore":
        yield from run.explore(options.budget_s)
        return run.solution(None, engine)
    if engine == "npi":
        yield from search_plans(run, options.budget_s)
        return run.solution(None, engine)
    if unusable := passed_over(options.device):
        yield run.progress(DEVICE_PHASE, unusable)
    try:
        return (yield from _with_learned_words(run, options, engine, learned, memory))
    except RuntimeError as error:  # torch's errors are of this kind
        trouble = gpu_trouble(error)
        on_gpu = options.device != "cpu" if learned is None else learned.on_gpu
        path = SHIPPED if learned is None else learned.path
        if not trouble or not on_gpu or path is None:
            raise
        log.warning("the GPU %s", trouble)
    run.fell_back = f"the GPU {trouble}, so the search went on on the CPU"
    yield run.progress(DEVICE_PHASE, f"the GPU {trouble}; going on with the CPU")
    return (yield from _with_learned_words(run, options, engine, load_learned("cpu", path), memory))


def _with_learned_words(
    run: Run, options: SolveOptions, engine: str, learned: LearnedLanguage | None, memory: Memory | None
) -> Search:
    """The search of the engines "nli" and "auto" on one device, with what is left of the run's budget."""
    yield run.progress("loading", "loading the learned language")
    problem = Problem(run.puzzle, learned or load_learned(options.device))
    memory = memory if options.remembers else None
    stages = StagedSearch(run, problem, options.seed, options.stages, memory)
    if options.start is not None:
        yield from stages.refine_from(rows_of(options.start, problem.learned))
        return run.solution(problem, engine)
    yield from run.induce(problem)
    if engine == "auto" and options.work is None:
        yield from stages.single_words(_SINGLE_WORDS_S)
        yield from _with_exact_words(run, problem)
    yield from stages.run_all()
    run.settle(problem)
    if memory is not None and run.solved():
        try:
            run.remember(memory, problem)
        except OSError as error:  # a full or read-only disk must not cost the person the solution
            yield run.progress("memory", f"the program cannot be remembered: {error.strerror or error}")
    return run.solution(problem, engine)


def _with_exact_words(run: Run, problem: Problem) -> Generator[Progress, None, None]:
    """Search over exact words: for a program, or for rivals of what fits already, whatever found it."""
    if not run.solved():
        yield from run.explore(_EXPLORE_SHARE * run.left(), problem)
    else:
        seconds = min(run.left(), max(_RIVALS_S, run.elapsed()))
        yield from run.explore(seconds, problem, starting_s=run.left() - seconds)


def _check(options: SolveOptions, further: Mapping[str, Engine]) -> None:
    known = (*ENGINES, *further)
    if options.engine not in known:
        raise ValueError(f"engine is {options.engine!r}, expected one of {', '.join(known)}")
    if unknown := sorted(set(options.stages) - set(STAGES)):
        raise ValueError(f"stages has {unknown[0]!r}, expected some of {', '.join(STAGES)}")


def load_language(device: str = "auto") -> Language:
    """The shipped vocabulary, ready to execute programs."""
    learned, fell_back = load_or_fall_back(device)
    if fell_back:
        log.warning("%s", fell_back)
    return learned.language

"""The one public entry: solve a puzzle, streaming what happens, ending with up to two attempts."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Generator, Mapping
from dataclasses import replace

from puzzles.beyond import beyond_canvas, beyond_solver
from puzzles.grid import PuzzleError
from puzzles.puzzle import Puzzle
from solver.nli.device import gpu_trouble, passed_over
from solver.nli.learned import SHIPPED, LearnedLanguage, load_learned, load_or_fall_back
from solver.npi.compose import with_procedures
from solver.search.going_on import go_on, run_earlier
from solver.search.memory import Memory
from solver.search.pinned import search_on
from solver.search.problem import Problem
from solver.search.procedures import search_plans
from solver.search.refine import rows_of
from solver.search.run import Run
from solver.search.stages import StagedSearch
from solver.search.waypoint import search_by_way_of
from solver.words.errors import UsageError
from solver.words.marks import check_marks
from solver.words.program import Language, learned_row
from solver.words.results import ENGINES, STAGES, Engine, Progress, Search, SolveOptions, finish
from solver.words.vocabulary import EXACT_LANGUAGE
from solver.words.wanted import Wanted
from solver.words.watching import Ledger

__all__ = ["ENGINES", "SolveOptions", "finish", "load_language", "solve"]

_EXPLORE_SHARE = 0.5
"""Share of what is left of the budget that "auto" spends on exact words."""
_SINGLE_WORDS_S = 2.0
"""Seconds "auto" gives to programs of one learned word before it turns to exact words."""
_RIVALS_S = 0.5
"""Seconds of exact search for rivals of a program that is verified by then, or as many as were spent."""
_PLANS_S, _PLANS_SHARE = 3.0, 0.25
"""Seconds, and share of what is left, that "auto" spends on plans of procedures where nothing fits yet."""
_OF_ANY_SIZE = ("explore", "npi")
"""Engines without learned words."""
_DEFAULTS = SolveOptions()
DEVICE_PHASE = "device"
"""The phase of a progress that says that another device goes on, and why."""
log = logging.getLogger(__name__)


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
    `UsageError` for marks that are no cells of an input or come with pinned steps, drawn grids or a start,
    `ProgramError` for a start of other words and for pinned steps that do not end with a grid everywhere,
    `PuzzleError` for values that are no colours and for grids too large for the engine; "auto" answers these
    by exact words alone.
    """
    engine, further = options.engine, engines or {}
    _check(options, further)
    check_marks(options.marked, puzzle)

    def part(rest: Puzzle, left: SolveOptions, known: LearnedLanguage | None) -> Search:
        return solve(rest, left, learned=known, clock=clock)

    if options.pinned is not None:
        return (yield from search_on(puzzle, options.pinned, options, learned, part, clock=clock))
    if options.waypoint is not None:
        return (yield from search_by_way_of(puzzle, options.waypoint, options, learned, part, clock=clock))
    if options.earlier and options.start is None and engine not in further:

        def again(rest: Puzzle, left: SolveOptions, known: LearnedLanguage | None) -> Search:
            return _search(rest, left, known, memory=memory, clock=clock, further=further)

        return (yield from go_on(puzzle, options, learned, again, clock=clock))
    return (yield from _search(puzzle, options, learned, memory=memory, clock=clock, further=further))


def _search(
    puzzle: Puzzle,
    options: SolveOptions,
    learned: LearnedLanguage | None,
    *,
    memory: Memory | None,
    clock: Callable[[], float],
    further: Mapping[str, Engine],
) -> Search:
    """One search over a puzzle, whose earlier programs are known from its beginning."""
    engine = options.engine
    if options.learned_only or options.start is not None:
        engine = "nli"
    too_large = _beyond(puzzle, engine, options)
    if engine in further:
        return (yield from further[engine](puzzle, options))
    run = Run(
        puzzle,
        options.budget_s,
        options.work,
        clock=clock,
        learned_only=engine == "nli",
        wanted=options.wanted,
        named=options.named,
        marked=options.marked,
        without=too_large,
        ledger=Ledger() if options.watch else None,
    )
    if engine in _OF_ANY_SIZE or too_large:
        language = with_procedures(learned.language if learned is not None else EXACT_LANGUAGE)
        run.take_over(run_earlier(puzzle, options, language))
        if too_large:
            yield run.progress("explore", f"{too_large}: exact words alone")
        yield from (search_plans if engine == "npi" else Run.explore)(run, options.budget_s)
        return run.solution(None, engine)
    return (yield from _on_some_device(run, options, engine, learned, memory))


def _on_some_device(
    run: Run, options: SolveOptions, engine: str, learned: LearnedLanguage | None, memory: Memory | None
) -> Search:
    """The search of the engines with learned words, gone on with on the CPU where a GPU fails."""
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
    learned = _leaving_out(learned or load_learned(options.device), options.wanted)
    problem = Problem(run.puzzle, replace(learned, language=with_procedures(learned.language)))
    stages = StagedSearch(run, problem, options.seed, options.stages, memory if options.remembers else None)
    earlier = run_earlier(run.puzzle, options, problem.learned.language)
    run.take_over(earlier)
    stages.start_near(earlier)
    if options.start is not None:
        yield from stages.refine_from(rows_of(options.start, problem.learned))
    else:
        yield from _in_turn(run, stages, mixed=engine == "auto" and options.work is None)
    return run.solution(problem, engine)


def _in_turn(run: Run, stages: StagedSearch, mixed: bool) -> Generator[Progress, None, None]:
    """The inductor's guess, where `mixed` exact words and plans, then the stages of the learned search."""
    problem = stages.problem
    yield from run.induce(problem)
    if mixed:
        yield from stages.single_words(_SINGLE_WORDS_S)
        yield from _with_exact_words(run, problem)
        if not run.solved():
            yield from search_plans(run, min(_PLANS_S, _PLANS_SHARE * run.left()))
    yield from stages.run_all()
    run.settle(problem)
    yield from _remember(run, problem, stages.memory)


def _remember(run: Run, problem: Problem, memory: Memory | None) -> Generator[Progress, None, None]:
    """Keep a verified program for later puzzles; a full or read-only disk must not cost the solution."""
    if memory is not None and run.solved():
        try:
            run.remember(memory, problem)
        except OSError as error:
            yield run.progress("memory", f"the program cannot be remembered: {error.strerror or error}")


def _with_exact_words(run: Run, problem: Problem) -> Generator[Progress, None, None]:
    """Search over exact words: for a program, or for rivals of what fits already, whatever found it."""
    if not run.solved():
        yield from run.explore(_EXPLORE_SHARE * run.left(), problem)
    else:
        seconds = _EXPLORE_SHARE * run.left() if run.began_solved else max(_RIVALS_S, run.elapsed())
        seconds = min(run.left(), seconds)
        yield from run.explore(seconds, problem, starting_s=run.left() - seconds)


def _leaving_out(learned: LearnedLanguage, wanted: Wanted) -> LearnedLanguage:
    """The language whose search does without the learned words that are forbidden."""
    named = {learned_row(name) for name in wanted.forbidden}
    rows = frozenset(row for row in learned.usable if row in named)
    return replace(learned, without=rows) if rows else learned


def _check(options: SolveOptions, further: Mapping[str, Engine]) -> None:
    known = (*ENGINES, *further)
    if options.engine not in known:
        raise ValueError(f"engine is {options.engine!r}, expected one of {', '.join(known)}")
    if options.pinned is not None and options.engine in further:
        names = ", ".join(ENGINES)
        raise UsageError(f"engine is {options.engine!r}, expected one of {names} after pinned steps")
    if options.pinned is not None and options.start is not None:
        raise UsageError("start and pinned are both given, expected one of them")
    if options.waypoint is not None and options.engine in further:
        names = ", ".join(ENGINES)
        raise UsageError(f"engine is {options.engine!r}, expected one of {names} by way of drawn grids")
    others = {"pinned": options.pinned, "waypoint": options.waypoint, "start": options.start}
    for name, other in others.items():
        if options.marked and other is not None:
            raise UsageError(f"marked and {name} are both given, expected one of them")
    if both := sorted(set(options.forbidden) & set(options.demanded)):
        raise UsageError(f"{both[0]!r} is both forbidden and demanded, expected one of them")
    if unknown := sorted(set(options.stages) - set(STAGES)):
        raise ValueError(f"stages has {unknown[0]!r}, expected some of {', '.join(STAGES)}")


def _beyond(puzzle: Puzzle, engine: str, options: SolveOptions) -> str:
    """Why "auto" has to do without learned words; "" where nothing is in their way.

    Raises `PuzzleError` where no word applies to the puzzle, or none that the engine has.
    """
    if reason := beyond_solver(puzzle):
        raise PuzzleError(reason)
    reason = beyond_canvas(puzzle)
    if not reason or engine in _OF_ANY_SIZE:
        return ""
    if engine == "auto" and options.work is None:
        return reason
    raise PuzzleError(f"{puzzle.name}: {reason}; the engine explore, and auto by seconds, take larger ones")


def load_language(device: str = "auto") -> Language:
    """The shipped vocabulary with words of every kind, ready to execute programs."""
    learned, fell_back = load_or_fall_back(device)
    if fell_back:
        log.warning("%s", fell_back)
    return with_procedures(learned.language)

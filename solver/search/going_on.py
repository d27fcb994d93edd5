"""Go on from what an earlier search found: its near misses are searched on from before all is searched again.

The states closest to the outputs that its programs pass through are pinned, the closest first, and what is
left to do after each is searched with a share of the time, as `search_on` does. A whole search with the rest
of the time then begins with everything that is known by then.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Generator, Sequence
from dataclasses import replace

from puzzles.grid import count_wrong
from puzzles.puzzle import Puzzle
from solver.nli.learned import LearnedLanguage, load_learned
from solver.npi.compose import with_procedures
from solver.search.pinned import Solve, search_on
from solver.search.retelling import Retelling, retold
from solver.words.cancel import look_up
from solver.words.canvas import canvas_for
from solver.words.program import EXACT_FINGERPRINT, Language, Program, ProgramError, learned_row
from solver.words.results import Candidate, Progress, Search, Solution, SolveOptions, run_program
from solver.words.vocabulary import EXACT_LANGUAGE

ORIGIN = "earlier"
"""Of programs that an earlier search found."""
_STARTS = 3
"""Near misses that are searched on from."""
_SHARE = 0.5
"""Share of the time that these searches take together."""
_MOST = 12
"""Earlier programs that are run again."""


def run_earlier(puzzle: Puzzle, options: SolveOptions, language: Language) -> list[Candidate]:
    """What earlier programs do on the puzzle, the fewest wrong cells first; what cannot be run is left out.

    So are those with forbidden words, and those of other than learned words where these alone are asked for.
    """
    found: list[Candidate] = []
    only_learned = options.learned_only or options.engine == "nli"
    for program in dict.fromkeys(options.earlier[:_MOST]):
        if only_learned and any(
            learned_row(w) is None for w in program.words if w not in dict(program.coined)
        ):
            continue
        if options.wanted.forbidden.isdisjoint(program.words):
            try:
                ran = run_program(language, program, puzzle, canvas_for(puzzle), ORIGIN, before_step=look_up)
                found.append(ran)
            except ProgramError:
                continue
    return sorted(found, key=lambda candidate: sum(candidate.wrong))


def near_misses(puzzle: Puzzle, known: Sequence[Candidate]) -> list[Program]:
    """First steps of known programs that come closest to the outputs, no two of which lead to the same."""
    outputs = [pair.output for pair in puzzle.train]
    met: dict[bytes, tuple[int, Program]] = {}
    for candidate in known:
        for count in range(1, len(candidate.program.steps) + 1):
            states = [trace.outcomes[count] for trace in candidate.demonstrations]
            if any(state.pieces is not None for state in states):
                continue
            pairs = zip(states, outputs, strict=True)
            wrong = sum(count_wrong(state.grid, output) for state, output in pairs if output is not None)
            key = b"".join(bytes(state.grid.shape) + state.grid.tobytes() for state in states)
            met.setdefault(key, (wrong, candidate.program.first(count)))
    nothing_done = b"".join(bytes(pair.input.shape) + pair.input.tobytes() for pair in puzzle.train)
    met.pop(nothing_done, None)
    closest = sorted(met.values(), key=lambda one: (one[0], len(one[1].steps)))
    return [program for _, program in closest[:_STARTS]]


def go_on(
    puzzle: Puzzle,
    options: SolveOptions,
    learned: LearnedLanguage | None,
    solve: Solve,
    *,
    clock: Callable[[], float] = time.monotonic,
) -> Search:
    """Search on from near misses among `options.earlier`, then search by `solve` with all that is known.

    `solve` is handed options whose `earlier` programs have grown by what was found. Where one of them
    explains every demonstration, or the budget is counted in work, it has all of the budget.
    """
    began = clock()
    programs = options.earlier[:_MOST]
    learns = options.engine in ("auto", "nli") or options.learned_only
    if learned is None and (learns or any(p.fingerprint != EXACT_FINGERPRINT for p in programs)):
        yield Progress("loading", "loading the learned language", 0.0, options.budget_s, (), None)
        learned = load_learned(options.device)
    language = with_procedures(learned.language if learned is not None else EXACT_LANGUAGE)
    known = run_earlier(puzzle, options, language)
    if not any(candidate.verified for candidate in known) and options.work is None:

        def elapsed() -> float:
            return clock() - began

        found = yield from _from_near_misses(puzzle, options, learned, solve, known=known, elapsed=elapsed)
        programs = tuple(dict.fromkeys((*(c.program for c in found), *programs)))
    spent = clock() - began
    left = replace(options, earlier=programs, budget_s=max(0.0, options.budget_s - spent))
    return (yield from retold(solve(puzzle, left, learned), Retelling(spent)))


def _from_near_misses(
    puzzle: Puzzle,
    options: SolveOptions,
    learned: LearnedLanguage | None,
    solve: Solve,
    *,
    known: list[Candidate],
    elapsed: Callable[[], float],
) -> Generator[Progress, None, list[Candidate]]:
    """Programs that begin with near misses, the best first, until one explains everything.

    `elapsed` counts the seconds since going on began.
    """
    found, began = list(known), elapsed()
    starts = near_misses(puzzle, known)
    for number, start in enumerate(starts):
        share = (_SHARE * options.budget_s - (elapsed() - began)) / (len(starts) - number)
        own = replace(options, earlier=(), budget_s=max(0.0, share))
        search = retold(search_on(puzzle, start, own, learned, solve, clock=elapsed), Retelling(elapsed()))
        try:
            while True:
                moment = next(search)
                best = min((*found, moment.best) if moment.best else found, key=lambda c: sum(c.wrong))
                message = f"near miss {number + 1} of {len(starts)}: {moment.message}"
                remaining_s = max(0.0, options.budget_s - elapsed())
                yield replace(moment, message=message, remaining_s=remaining_s, best=best)
        except ProgramError:
            continue  # its steps have no answer for a test
        except StopIteration as end:
            solution: Solution = end.value
            found = sorted([*solution.candidates, *found], key=lambda candidate: sum(candidate.wrong))
        finally:
            search.close()
        if any(candidate.verified for candidate in found):
            break
    return found

"""The engine "npi": plans of learned procedures, found by search and verified like every other program."""

from __future__ import annotations

from collections.abc import Callable, Generator

from puzzles.grid import MAX_SIDE
from solver.npi.compose import ProcedureWord, drawing_interpreter, procedure_fingerprint, with_procedures
from solver.npi.plans import PlanSearch, State
from solver.search.run import Run
from solver.words.program import Outcome, Program, ProgramError, Trace
from solver.words.results import Candidate, Progress
from solver.words.vocabulary import EXACT_LANGUAGE

_LANGUAGE = with_procedures(EXACT_LANGUAGE)
_ENOUGH = 24
"""Explaining plans that are run on the tests."""
_GUESSES = 3
"""Plans nearest to the outputs that are shown where none explains everything."""


def search_plans(run: Run, limit_s: float) -> Generator[Progress, None, None]:
    """Search for at most so many seconds and leave what was found in `run.plans`, the best first."""
    search = PlanSearch(run.puzzle, drawing_interpreter())
    found: list[tuple[State, Candidate]] = []
    told = 0
    stop_at = run.elapsed() + limit_s

    def moment() -> Progress:
        nonlocal told
        run.looked_at("procedures", search.tried - told)
        told = search.tried
        return run.progress("procedures", f"{search.tried} plans of procedures tried")

    def keep(state: State) -> Generator[Progress, None, None]:
        running = _candidate(run, state)
        candidate = yield from _with_progress(running, moment)
        if candidate is not None:
            found.append((state, candidate))
            run.consider(candidate)
            run.note_loss()

    for state in search.run():
        if state is not None and len(found) < _ENOUGH:
            yield from keep(state)
        yield moment()
        if run.out_of_time() or run.elapsed() > stop_at:
            break
    for state in [] if found else search.closest[:_GUESSES]:
        yield from keep(state)
    run.plans = _ranked(found)
    for candidate in run.plans[:1]:
        run.consider(candidate)
    run.plans_tried = search.tried


def _with_progress(
    running: Generator[None, None, Candidate | None], moment: Callable[[], Progress]
) -> Generator[Progress, None, Candidate | None]:
    """A progress for every moment of a run."""
    while True:
        try:
            next(running)
        except StopIteration as stop:
            candidate: Candidate | None = stop.value
            return candidate
        yield moment()


def _candidate(run: Run, state: State) -> Generator[None, None, Candidate | None]:
    """Run a plan's program hard, as `run_program` does, so that it can be stopped in the middle of a step."""
    puzzle = run.puzzle
    states = [[Outcome(pair.input) for pair in (*puzzle.train, *puzzle.test)]]
    try:
        for name in state.words:
            word, grids = _LANGUAGE[name], [outcome.grid for outcome in states[-1]]
            if isinstance(word, ProcedureWord):
                following = []
                for place, grid in enumerate(grids):
                    following.append(Outcome((yield from word.carry_out(place, grid))))
                states.append(following)
            else:
                states.append(word.apply(grids, (MAX_SIDE, MAX_SIDE)))
    except ProgramError:
        return None
    program = Program.of(state.words, procedure_fingerprint())
    traces = [Trace(outcomes) for outcomes in zip(*states, strict=True)]
    return Candidate.of(program, puzzle, traces, "procedures")


def _ranked(found: list[tuple[State, Candidate]]) -> list[Candidate]:
    """Fewest wrong cells; then the answer that most speaks for, a plan half as much for each unit of cost."""
    support: dict[bytes, float] = {}
    for state, candidate in found:
        support[candidate.answers] = support.get(candidate.answers, 0.0) + 2.0**-state.cost
    ordered = sorted(found, key=lambda f: (sum(f[1].wrong), -support[f[1].answers], f[0].cost))
    return [candidate for _, candidate in ordered]

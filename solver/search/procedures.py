"""The engine "npi": plans of learned procedures, found by search and verified like every other program."""

from __future__ import annotations

from collections.abc import Generator
from contextlib import suppress

from puzzles.grid import MAX_SIDE
from solver.npi.compose import drawing_interpreter, procedure_fingerprint
from solver.npi.plans import PlanSearch, State
from solver.search.run import Run
from solver.words.program import Program, ProgramError
from solver.words.results import Candidate, Progress, run_program
from solver.words.vocabulary import EXACT_LANGUAGE

_ENOUGH = 24
"""Explaining plans that are run on the tests."""
_GUESSES = 3
"""Plans nearest to the outputs that are shown where none explains everything."""


def search_plans(run: Run, limit_s: float) -> Generator[Progress, None, None]:
    """Search for at most so many seconds and leave what was found in `run.plans`, the best first."""
    search = PlanSearch(run.puzzle, drawing_interpreter())
    found: list[tuple[State, Candidate]] = []
    stop_at = run.elapsed() + limit_s
    for state in search.run():
        if state is not None and len(found) < _ENOUGH:
            candidate = _candidate(run, state)
            if candidate is not None:
                found.append((state, candidate))
                run.consider(candidate)
                run.note_loss()
        yield run.progress("procedures", f"{search.tried} plans of procedures tried")
        if run.out_of_time() or run.elapsed() > stop_at:
            break
    if not found:
        guesses = [(state, _candidate(run, state)) for state in search.closest[:_GUESSES]]
        found = [(state, candidate) for state, candidate in guesses if candidate is not None]
    run.plans = _ranked(found)
    for candidate in run.plans[:1]:
        run.consider(candidate)
    run.plans_tried = search.tried


def _candidate(run: Run, state: State) -> Candidate | None:
    program = Program.of(state.words, procedure_fingerprint())
    with suppress(ProgramError):
        return run_program(EXACT_LANGUAGE, program, run.puzzle, (MAX_SIDE, MAX_SIDE), "procedures")
    return None


def _ranked(found: list[tuple[State, Candidate]]) -> list[Candidate]:
    """Fewest wrong cells; then the answer that most speaks for, a plan half as much for each unit of cost."""
    support: dict[bytes, float] = {}
    for state, candidate in found:
        support[candidate.answers] = support.get(candidate.answers, 0.0) + 2.0**-state.cost
    ordered = sorted(found, key=lambda f: (sum(f[1].wrong), -support[f[1].answers], f[0].cost))
    return [candidate for _, candidate in ordered]

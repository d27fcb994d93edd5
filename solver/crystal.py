"""Crystallise: replace learned words by the exact words they have turned out to be, and verify again."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from puzzles.grid import count_wrong
from solver.explore.vocabulary import exact_word
from solver.language import EXACT_FINGERPRINT, Program, ProgramError
from solver.problem import Problem
from solver.results import Candidate

_LOOKED_AT = 24
"""Programs whose exact twins are tried, best first."""


def exact_twins(about: dict[str, Any]) -> dict[str, str]:
    """The exact word of every learned word that agreed with it on all probes, from the weights' JSON."""
    return {
        word: meaning["operation"]
        for word, meaning in about.get("meanings", {}).items()
        if meaning["agreement"] == 1.0 and exact_word(meaning["operation"]) is not None
    }


def crystallised(program: Program, twins: dict[str, str]) -> Program | None:
    """The program with exact twins for its learned words; None where it has no such word.

    A word without a twin stays learned, so the program may be mixed.
    """
    steps = tuple(replace(step, word=twins.get(step.word, step.word)) for step in program.steps)
    if steps == program.steps:
        return None
    exact = all(exact_word(step.word) is not None for step in steps)
    return Program(steps, EXACT_FINGERPRINT if exact else program.fingerprint)


def verified_twins(problem: Problem) -> Iterator[Candidate]:
    """Twins of the best programs run so far that reproduce every demonstration.

    The program itself need not: an exact word makes no mistakes on grids larger than the trained ones.
    """
    twins = exact_twins(problem.learned.about)
    seen: set[Program] = set()
    for candidate in problem.evaluated[:_LOOKED_AT]:
        program = crystallised(candidate.program, twins)
        if program is None or program in seen:
            continue
        seen.add(program)
        twin = _run(problem, program, candidate.origin)
        if twin is not None and twin.verified:
            yield twin


def _run(problem: Problem, program: Program, origin: str) -> Candidate | None:
    puzzle = problem.puzzle
    known = [pair for pair in puzzle.train if pair.output is not None]
    inputs = [pair.input for pair in (*known, *puzzle.test)]
    try:
        traces = problem.learned.language.execute(program, inputs, problem.canvas)
    except ProgramError:
        return None
    wrong = tuple(
        count_wrong(trace.output, pair.output)
        for trace, pair in zip(traces, known, strict=False)
        if pair.output is not None
    )
    number = len(known)
    origin = f"{origin}, crystallised"
    return Candidate(program, tuple(traces[:number]), tuple(traces[number:]), wrong, 0.0, origin)

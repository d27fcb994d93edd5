"""Crystallising: learned words that always do what an exact word does are replaced by it.

A learned word is run by a network, which may slip on grids larger than those it was trained on; its exact
twin does not. The result may mix both kinds, and is run again on every demonstration.
"""

from __future__ import annotations

from dataclasses import replace

from puzzles.puzzle import Puzzle
from solver.explore.run import evaluate
from solver.nli.learned import LearnedLanguage
from solver.words.canvas import canvas_for
from solver.words.program import EXACT_FINGERPRINT, Program, Step
from solver.words.results import Candidate

ORIGIN = "crystallised"


def twins(learned: LearnedLanguage) -> dict[str, str]:
    """The exact word of every learned one that agreed with it on all of the probe grids."""
    return {
        word: meaning["operation"]
        for word, meaning in learned.about.get("meanings", {}).items()
        if meaning["agreement"] == 1.0
    }


def crystallise(puzzle: Puzzle, program: Program, learned: LearnedLanguage) -> Candidate | None:
    """Run `program` with exact twins for its learned words where it has them.

    None where no word has a twin, or a twin has no answer for one of the grids.
    """
    known = twins(learned)
    steps = tuple(replace(step, word=known.get(step.word, step.word)) for step in program.steps)
    if steps == program.steps:
        return None
    exact = all(_is_exact(step, learned) for step in steps)
    fingerprint = EXACT_FINGERPRINT if exact else learned.language.fingerprint
    return evaluate(puzzle, Program(steps, fingerprint), ORIGIN, learned.language, canvas_for(puzzle))


def _is_exact(step: Step, learned: LearnedLanguage) -> bool:
    return learned.language[step.word].kind == "exact"

"""Changing a program by hand: pure functions that keep every step reading an earlier result."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from app.state.sources import others_of, with_sources
from solver.words.program import Program, Step, of_all


def carrying(program: Program, word: str, code: tuple[float, ...]) -> Program:
    """Let a program bring a word that was coined for it; it needs `code` for no other word."""
    if not code or word in dict(program.coined):
        return program
    return replace(program, coined=(*program.coined, (word, code)))


def in_words_of(program: Program, fingerprint: str) -> Program:
    """Let a program have a word of the weights with this fingerprint too; an empty one changes nothing."""
    return replace(program, fingerprint=of_all(program.fingerprint, fingerprint)) if fingerprint else program


def insert_step(program: Program, at: int, word: str, others: tuple[int, ...] = ()) -> Program:
    """Put a new step before the one with index `at`; later steps read the same results as before.

    A step that reads the one before it then reads the new step. others: what it reads besides, by index.
    """
    shifted = [_moved(step, lambda source: source + 1 if source >= at else source) for step in program.steps]
    return replace(program, steps=(*shifted[:at], Step(word, None, others), *shifted[at:]))


def insert_steps(program: Program, at: int, steps: Program) -> Program:
    """Put steps before the one with index `at`: with the result there as input; later ones read as before."""
    count = len(steps.steps)
    shifted = [
        _moved(step, lambda source: source + count if source >= at else source) for step in program.steps
    ]
    put_in = [_moved(step, lambda source: source + at) for step in steps.steps]
    sides = [one.least_canvas for one in (program, steps) if one.least_canvas is not None]
    return replace(
        program,
        steps=(*shifted[:at], *put_in, *shifted[at:]),
        fingerprint=of_all(program.fingerprint, steps.fingerprint),
        coined=tuple(dict((*program.coined, *steps.coined)).items()),
        least_canvas=(max(s[0] for s in sides), max(s[1] for s in sides)) if sides else None,
    )


def replace_step(program: Program, at: int, word: str, others: tuple[int, ...] | None = None) -> Program:
    """Let the step with index `at` use another word on the same result; None: it reads what it read."""
    step = replace(program.steps[at], word=word)
    if others is not None:
        step = replace(step, others=others)
    return replace(program, steps=(*program.steps[:at], step, *program.steps[at + 1 :]))


def delete_step(program: Program, at: int) -> Program:
    """Remove a step; what read its result then reads what it read."""
    removed = program.steps[at].source
    before = at - 1 if removed is None else removed

    def follow(source: int) -> int:
        return before if source == at else source - 1 if source > at else source

    kept = list(program.steps[:at])
    for index, step in enumerate(program.steps[at + 1 :], start=at + 1):
        reads_removed = index == at + 1 and step.source is None
        moved = _moved(step, follow)
        kept.append(with_sources(moved, removed, others_of(moved)) if reads_removed else moved)
    return replace(program, steps=tuple(kept))


def move_step(program: Program, at: int, to: int) -> Program:
    """Give a step another index; a step that would read a later result reads the one before it instead."""
    to = max(0, min(len(program.steps) - 1, to))
    order = list(range(len(program.steps)))
    order.insert(to, order.pop(at))
    place = {old: new for new, old in enumerate(order)}
    moved = [_moved(program.steps[old], lambda source: place.get(source, source)) for old in order]
    return replace(program, steps=tuple(_read_earlier(moved)))


def _moved(step: Step, where: Callable[[int], int]) -> Step:
    source = None if step.source is None else where(step.source)
    return with_sources(step, source, tuple(where(other) for other in others_of(step)))


def _read_earlier(steps: Sequence[Step]) -> list[Step]:
    earlier = []
    for index, step in enumerate(steps):
        source = None if step.source is not None and step.source >= index else step.source
        others = tuple(min(other, index - 1) for other in others_of(step))
        earlier.append(with_sources(step, source, others))
    return earlier

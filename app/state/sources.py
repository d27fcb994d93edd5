"""Which earlier results a step reads, and where a program's result came from.

Positions count states: 0 is the input, `k` the result of the k-th step.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from app.state.drawing import Cell
from puzzles.grid import Grid, wrong_mask
from solver.words.program import Program, Step
from solver.words.results import Candidate


def others_of(step: Step) -> tuple[int, ...]:
    """Return the further results a step reads, as indices of steps; none where the language has no such."""
    others: tuple[int, ...] = tuple(getattr(step, "others", ()))
    return others


def with_sources(step: Step, source: int | None, others: tuple[int, ...]) -> Step:
    """Let a step read other results."""
    changes: dict[str, Any] = {"source": source}
    if others_of(step):
        changes["others"] = others
    return replace(step, **changes)


def sources_of(program: Program, position: int) -> tuple[int, ...]:
    """Return the positions that the step before `position` reads, the main one first; none for the input.

    An answer that was given without a program is read from the input.
    """
    if not position:
        return ()
    if position > len(program.steps):
        return (position - 1,)
    step = program.steps[position - 1]
    source = position - 2 if step.source is None else step.source
    return tuple(index + 1 for index in (source, *others_of(step)))


def length_of(candidate: Candidate) -> int:
    """Return how many states follow the input."""
    return len(candidate.program.steps) or int(without_program(candidate))


def without_program(candidate: Candidate) -> bool:
    """Whether the tests and demonstrations were answered by a method that writes no program."""
    traces = (*candidate.demonstrations, *candidate.tests)
    return not candidate.program.steps and any(len(trace.outcomes) > 1 for trace in traces)


def is_straight(program: Program, position: int) -> bool:
    """Whether the step before `position` reads the one before it and nothing else."""
    return sources_of(program, position) in ((), (position - 1,))


def path_to(program: Program, position: int) -> list[int]:
    """Return the positions from the input to `position`, along the main source of every step."""
    path = [position]
    while path[-1]:
        path.append(sources_of(program, path[-1])[0])
    return path[::-1]


def changed_mask(before: Grid, after: Grid) -> NDArray[np.bool_]:
    """Return which cells of `after` are not as in `before`; cells beyond `before` count as changed."""
    mask = np.ones(after.shape, dtype=bool)
    rows, columns = min(before.shape[0], after.shape[0]), min(before.shape[1], after.shape[1])
    mask[:rows, :columns] = before[:rows, :columns] != after[:rows, :columns]
    return mask


def last_change(program: Program, states: tuple[Grid, ...], position: int, cell: Cell) -> int:
    """Return the last position up to `position` at which `cell` got its value, 0 for the input.

    A cell has the same place in every state; the main source of a step is what it is compared with.
    """
    while position:
        before = sources_of(program, position)[0]
        if changed_mask(states[before], states[position])[cell]:
            return position
        position = before
    return 0


def earlier_change(program: Program, states: tuple[Grid, ...], position: int, cell: Cell) -> int:
    """Return `last_change`; where that is `position` itself, the one before it.

    So asking again and again walks back through the history of a cell. It ends where the cell came to be.
    """
    at = last_change(program, states, position, cell)
    if at and at == position:
        before = sources_of(program, at)[0]
        rows, columns = states[before].shape
        if cell[0] < rows and cell[1] < columns:
            return last_change(program, states, before, cell)
    return at


def goes_wrong_at(program: Program, states: tuple[Grid, ...], expected: Grid) -> int | None:
    """Return the first position at which something right becomes wrong and stays so to the end.

    None where the answer is right, or where what is wrong in it was never right.
    """
    path = path_to(program, len(states) - 1)
    answer = states[path[-1]]
    if answer.shape != expected.shape:
        wrong = np.array([[states[at].shape != expected.shape] for at in path])
    else:
        wrong = np.array([_wrong(states[at], expected).ravel() for at in path])
    still = np.logical_and.accumulate(wrong[::-1])[::-1]  # wrong here and ever after
    first = still.argmax(axis=0)
    spoiled = first[still.any(axis=0) & (first > 0)]
    return path[int(spoiled.min())] if spoiled.size else None


def _wrong(grid: Grid, expected: Grid) -> NDArray[np.bool_]:
    """Return which cells of `expected` a grid does not have; all where the sizes differ."""
    if grid.shape != expected.shape:
        return np.ones(expected.shape, dtype=bool)
    return wrong_mask(grid, expected)

"""The two attempts that count: those a search came to, or those a person chose in their place."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtGui import QUndoCommand

from puzzles.grid import Grid, same_grid
from solver.words.results import ATTEMPTS

Answers = tuple[Grid, ...]
"""One grid per test."""
Choice = tuple[Answers | None, Answers | None]
"""The answers a person wants as first and as second attempt; None leaves one to the search."""
Attempts = tuple[tuple[Grid, ...], ...]
"""Per test, up to two different grids, the better first."""
NO_CHOICE: Choice = (None, None)


def with_choice(found: Sequence[Sequence[Grid]], choice: Choice) -> Attempts:
    """Put what was chosen before what was found; no test has the same grid twice.

    found: per test, grids in the order of their odds. A choice for another number of tests is no choice.
    """
    first, second = (answers if answers and len(answers) == len(found) else None for answers in choice)
    attempts = []
    for test, grids in enumerate(found):
        wanted = [] if second is None else [second[test]]
        if first is not None:
            wanted.insert(0, first[test])
        elif second is not None:  # it is to stay the second one
            wanted = [grid for grid in grids if not same_grid(grid, second[test])][:1] + wanted
        attempts.append(_distinct((*wanted, *grids)))
    return tuple(attempts)


def _distinct(grids: Sequence[Grid]) -> tuple[Grid, ...]:
    kept: list[Grid] = []
    for grid in grids:
        if len(kept) < ATTEMPTS and not any(same_grid(grid, other) for other in kept):
            kept.append(grid)
    return tuple(kept)


def whole(attempts: Attempts, number: int) -> Answers | None:
    """Return the attempt of this number, from 1, for all tests; None where one has no such."""
    if not attempts or any(len(given) < number for given in attempts):
        return None
    return tuple(given[number - 1] for given in attempts)


def same_answers(first: Answers | None, second: Answers | None) -> bool:
    """Whether both answer every test alike."""
    if first is None or second is None or len(first) != len(second):
        return False
    return all(same_grid(*pair) for pair in zip(first, second, strict=True))


def same_choice(first: Choice, second: Choice) -> bool:
    """Whether both name the same attempts."""
    return all(
        same_answers(one, other) or (one is None and other is None)
        for one, other in zip(first, second, strict=True)
    )


def is_chosen(choice: Choice) -> bool:
    """Whether a person chose anything."""
    return any(answers is not None for answers in choice)


def chosen(attempts: Attempts, choice: Choice, number: int, answers: Answers) -> Choice:
    """Return the choice with `answers` as attempt `number`; what was in the other place changes with it."""
    first, second = whole(attempts, 1), whole(attempts, 2)
    if number == 1:
        other = first if same_answers(second, answers) else choice[1]
        return answers, None if same_answers(other, answers) else other
    if same_answers(first, answers):
        return choice if second is None else (second, answers)
    return choice[0] if choice[0] is not None else first, answers


class ChoiceCommand(QUndoCommand):
    """Exchange one choice for another; it shares the undo stack with the edits of the puzzle."""

    def __init__(self, text: str, before: Choice, after: Choice, show: Callable[[Choice], None]) -> None:
        super().__init__(text)
        self._before, self._after, self._show = before, after, show

    def redo(self) -> None:
        """Choose; Qt calls it when the command is pushed, too."""
        self._show(self._after)

    def undo(self) -> None:
        """Choose as before."""
        self._show(self._before)

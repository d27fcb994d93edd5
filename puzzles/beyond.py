"""Puzzles beyond ARC's limits: what of them can only be looked at, and how padding is cut away.

Some data sets fill every grid up to one size with a value that is no colour, mostly -1 or 10. As long as it
is there a puzzle can be shown, drawn and saved; cut away, it is the puzzle that was meant.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from puzzles.grid import COLOURS, MAX_SIDE, PADDING, SHOWN_COLOURS, Grid, PuzzleError, rows_of
from puzzles.puzzle import Pair, Puzzle

PADDING_VALUES = (-1, *range(COLOURS, SHOWN_COLOURS))
"""What may be declared as padding: everything that is no colour of ARC's."""
USUAL_PADDING = (-1, COLOURS)
"""What is taken for padding where it fills whole rows or columns at an edge."""


def grids_of(puzzle: Puzzle) -> Iterator[tuple[str, Grid]]:
    """Every grid with its place, such as "train[1].output"."""
    for part, pairs in (("train", puzzle.train), ("test", puzzle.test)):
        for index, pair in enumerate(pairs):
            yield f"{part}[{index}].input", pair.input
            if pair.output is not None:
                yield f"{part}[{index}].output", pair.output


def beyond_solver(puzzle: Puzzle) -> str:
    """Why no word of the solver applies, in one line: a value that is no colour; "" where all are."""
    for place, grid in grids_of(puzzle):
        strange = np.argwhere(grid >= COLOURS)
        if len(strange):
            row, column = strange[0].tolist()
            value = rows_of(grid)[row][column]
            is_padding = value < 0 or padding_in(puzzle) == value
            rest = "padding has to be cut away first" if is_padding else "other values are only shown"
            found = f"{place} row {row} column {column} is {value}"
            return f"{puzzle.name}: {found}, the solver knows 0 to {COLOURS - 1}; {rest}"
    return ""


def beyond_canvas(puzzle: Puzzle) -> str:
    """Why learned words cannot take part, in one line: a grid too large; "" where they can."""
    for place, grid in grids_of(puzzle):
        if max(grid.shape) > MAX_SIDE:
            rows, columns = grid.shape
            return f"learned words hold up to {MAX_SIDE} cells a side, {place} has {rows} × {columns}"
    return ""


def padding_in(puzzle: Puzzle) -> int | None:
    """The usual padding value that fills whole rows or columns at an edge of some grid; None for none."""
    if all((grid < COLOURS).all() for _, grid in grids_of(puzzle)):
        return None
    for value in USUAL_PADDING:
        try:
            if without_padding(puzzle, value) is not puzzle:
                return value
        except PuzzleError:  # there would be nothing left: it is what the puzzle is made of
            continue
    return None


def without_padding(puzzle: Puzzle, value: int) -> Puzzle:
    """The puzzle with every grid cut down to what its rows and columns at the edges of `value` enclose.

    A pair whose input is padding alone fills up the number of pairs and is left out; the output of a test
    that is padding alone is not known. Raises `PuzzleError` where nothing would be left.
    """
    train = tuple(filter(None, (_cut_pair(pair, value) for pair in puzzle.train)))
    test = tuple(filter(None, (_cut_pair(pair, value) for pair in puzzle.test)))
    if train == puzzle.train and test == puzzle.test:
        return puzzle
    try:
        return replace(puzzle, train=train, test=test)
    except PuzzleError as error:
        raise PuzzleError(f"{puzzle.name}: without padding {value}, {error}") from None


def _cut_pair(pair: Pair, value: int) -> Pair | None:
    rows, columns = _core(pair.input, value)
    if not pair.input[rows, columns].size:
        return None
    output = None if pair.output is None else pair.output[_core(pair.output, value)]
    return replace(
        pair, input=pair.input[rows, columns], output=output if output is not None and output.size else None
    )


def _core(grid: Grid, value: int) -> tuple[slice, slice]:
    """The rows and columns from the first to the last that hold anything but `value`; none where none do."""
    content = grid != (value if value >= 0 else PADDING)
    return _span(content.any(1)), _span(content.any(0))


def _span(wanted: NDArray[np.bool_]) -> slice:
    places = np.flatnonzero(wanted)
    return slice(int(places[0]), int(places[-1]) + 1) if len(places) else slice(0, 0)

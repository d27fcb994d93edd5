"""Objects of the inputs that a person marked, which the next search over the puzzle begins with."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QUndoCommand

from app.state.document import Document
from app.state.draft import Part, pairs_of
from app.state.drawing import Cell, flood
from app.translate import tr
from puzzles.grid import Grid, same_grid
from solver.words.marks import Mark
from solver.words.results import SolveOptions

Spot = tuple[Part, int]
"""The input of a pair."""
Marks = dict[Spot, tuple[Grid, frozenset[Cell]]]
"""The input as it was when it was marked, and the marked cells of it."""


class MarkedObjects(QObject):
    """Marked cells of the open puzzle's inputs; `changed` announces others.

    They are forgotten with their puzzle; an input that is another by now has none.
    """

    changed = Signal()

    def __init__(self, document: Document, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._document = document
        self._marks: Marks = {}
        self._pointed: tuple[Spot, Cell] | None = None
        document.opened.connect(self._forget)
        document.changed.connect(self.changed)

    def point_at(self, part: Part, pair: int, cell: Cell) -> None:
        """Note the cell under the mouse, or the one read by keyboard: the menu's command is about it."""
        self._pointed = (part, pair), cell

    def toggle_pointed(self) -> None:
        """Mark the object under the mouse or the keyboard's cursor, or take its mark away."""
        if self._pointed is not None:
            (part, pair), cell = self._pointed
            self.toggle(part, pair, cell)

    def toggle(self, part: Part, pair: int, cell: Cell) -> None:
        """Mark the object a cell of an input belongs to, or no longer, as one undoable step."""
        grid = self._input((part, pair))
        if grid is None or not (0 <= cell[0] < grid.shape[0] and 0 <= cell[1] < grid.shape[1]):
            return
        before, cells = self.cells(part, pair), _object_at(grid, cell)
        after = before - cells if cell in before else before | cells
        marks = {spot: known for spot, known in self._marks.items() if spot != (part, pair)}
        if after:
            marks[part, pair] = grid, after
        self._push(tr("mark an object") if cell not in before else tr("take a mark away"), marks)

    def clear(self) -> None:
        """Take all marks away, as one undoable step."""
        if self.marks:
            self._push(tr("take all marks away"), {})

    def cells(self, part: Part, pair: int) -> frozenset[Cell]:
        """Return the marked cells of an input."""
        grid, known = self._input((part, pair)), self._marks.get((part, pair))
        return (
            known[1] if grid is not None and known is not None and same_grid(grid, known[0]) else frozenset()
        )

    def mask(self, part: Part, pair: int) -> NDArray[np.bool_] | None:
        """Return the marked cells of an input as a mask; None where there are none."""
        grid, cells = self._input((part, pair)), self.cells(part, pair)
        if grid is None or not cells:
            return None
        mask = np.zeros(grid.shape, np.bool_)
        mask[tuple(np.array(sorted(cells)).T)] = True
        return mask

    @property
    def marks(self) -> tuple[Mark, ...]:
        """What is marked, as a search takes it."""
        found = ((spot, self.cells(*spot)) for spot in sorted(self._marks))
        return tuple(Mark(part, pair, cells) for (part, pair), cells in found if cells)

    def added_to(self, options: SolveOptions) -> SolveOptions:
        """Return options that have them, unless the search begins elsewhere than at the inputs."""
        if options.pinned is not None or options.waypoint is not None or options.start is not None:
            return options
        return replace(options, marked=self.marks)

    def _input(self, spot: Spot) -> Grid | None:
        puzzle = self._document.puzzle
        pairs = () if puzzle is None else pairs_of(puzzle, spot[0])
        return pairs[spot[1]].input if spot[1] < len(pairs) else None

    def _push(self, text: str, marks: Marks) -> None:
        self._document.undo_stack.push(_MarkCommand(text, self, self._marks, marks))

    def show(self, marks: Marks) -> None:
        """Exchange what is marked; for the undo stack."""
        self._marks = marks
        self.changed.emit()

    def _forget(self) -> None:
        self._pointed = None
        self.show({})


class _MarkCommand(QUndoCommand):
    """Exchange marks for others; it shares the undo stack with the edits of the puzzle."""

    def __init__(self, text: str, marked: MarkedObjects, before: Marks, after: Marks) -> None:
        super().__init__(text)
        self._marked, self._before, self._after = marked, before, after

    def redo(self) -> None:
        """Mark; Qt calls it when the command is pushed, too."""
        self._marked.show(self._after)

    def undo(self) -> None:
        """Mark as before."""
        self._marked.show(self._before)


def _object_at(grid: Grid, cell: Cell) -> frozenset[Cell]:
    """Return the cells of one colour around a cell; of the background that cell alone."""
    from solver.words.operations.pieces import background  # noqa: PLC0415

    return frozenset([cell] if int(grid[cell]) == background(grid) else flood(grid, cell))

"""A run of a procedure as it was recorded: its steps, the pad after any of them, and who called whom.

Positions count steps as the timeline does: 0 is the pad before the run, `k` after the k-th step.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from puzzles.grid import Grid

Arguments = tuple[int, int, int]
Change = tuple[int, int, int, int]
"""Row, column, colour before, colour after."""
Places = tuple[tuple[int, int], ...]
"""Row and column of every pointer, in the order of the environment; possibly one cell outside."""
Kind = Literal["call", "act", "return"]
TOP = -1
"""The parent of the first call."""


@dataclass(frozen=True)
class Pads:
    """A pad at one moment."""

    cells: NDArray[np.uint8]
    pointers: Places
    hand: int = 0


@dataclass(frozen=True)
class Made:
    """What a call did in one step: it made a call, changed the pad or a pointer, or returned."""

    kind: str
    """One of `Kind`."""
    program: str
    arguments: Arguments


@dataclass(frozen=True, slots=True)
class Step:
    """One step: what was done after what was seen, and what came of it."""

    made: Made
    seen: tuple[int, ...]
    changes: tuple[Change, ...]
    pointers: Places
    """After the step."""
    true: Made | None
    """What the true procedure does here; None after the two have parted, or where there is none."""

    @property
    def wrong(self) -> bool:
        """Whether the true procedure does something else here."""
        return self.true is not None and self.true != self.made


@dataclass(slots=True)
class Frame:
    """One call: who made it and when, and how long it took."""

    program: str
    arguments: Arguments
    parent: int
    """Index of the frame that called it, `TOP` for the first."""
    began: int
    """The step that called it, -1 for the first."""
    depth: int
    ended: int | None = None
    """The step at which it returned; None while it has not."""


class Recording:
    """Takes steps as they are made and answers questions about any of them."""

    def __init__(self, start: Pads, program: str, arguments: Arguments) -> None:
        self.start = start
        self.frames: list[Frame] = [Frame(program, arguments, TOP, -1, 0)]
        self.steps: list[Step] = []
        self.owners: list[int] = []
        """The frame that made each step."""
        self.called: dict[int, int] = {}
        """Step → the frame it began."""
        self.diverged: int | None = None
        """The first step at which the true procedure does something else."""
        self._open = 0
        self._cells = start.cells.copy()
        self._at = 0

    def __len__(self) -> int:
        return len(self.steps)

    def add(self, steps: Iterable[Step]) -> None:
        """Take the steps that followed."""
        for step in steps:
            now, owner = len(self.steps), self._open
            self.steps.append(step)
            self.owners.append(owner)
            if step.wrong and self.diverged is None:
                self.diverged = now
            if step.made.kind == "call":
                depth = self.frames[owner].depth + 1
                self._open = self.called[now] = len(self.frames)
                self.frames.append(Frame(step.made.program, step.made.arguments, owner, now, depth))
            elif step.made.kind == "return":
                self.frames[owner].ended = now
                self._open = self.frames[owner].parent

    def pad(self, position: int) -> Pads:
        """The pad after `position` steps; quick for positions near the one asked for before."""
        self._move(position)
        pointers = self.start.pointers if position == 0 else self.steps[position - 1].pointers
        return Pads(self._cells.copy(), pointers, self.start.hand)

    def _move(self, position: int) -> None:
        while self._at < position:
            for row, column, _, after in self.steps[self._at].changes:
                self._cells[row, column] = after
            self._at += 1
        while self._at > position:
            self._at -= 1
            for row, column, before, _ in reversed(self.steps[self._at].changes):
                self._cells[row, column] = before

    def frame_at(self, position: int) -> int:
        """The call under way after `position` steps; `TOP` once the first one has returned."""
        if position == 0:
            return 0
        last = position - 1
        kind, owner = self.steps[last].made.kind, self.owners[last]
        if kind == "call":
            return self.called[last]
        return self.frames[owner].parent if kind == "return" else owner

    def path(self, position: int) -> tuple[int, ...]:
        """The calls inside each other after `position` steps, the first one first."""
        found, frame = [], self.frame_at(position)
        while frame != TOP:
            found.append(frame)
            frame = self.frames[frame].parent
        return tuple(reversed(found))

    def into(self, position: int) -> int:
        """The position one step later."""
        return min(len(self), position + 1)

    def over(self, position: int) -> int:
        """The position after the next step and everything that it calls."""
        frame = self.called.get(position)
        return self.into(position) if frame is None else self._after(frame)

    def out(self, position: int) -> int:
        """The position at which the call under way has returned."""
        frame = self.frame_at(position)
        return len(self) if frame == TOP else self._after(frame)

    def back(self, position: int) -> int:
        """The position one step earlier."""
        return max(0, position - 1)

    def writer(self, position: int, cell: tuple[int, int]) -> int | None:
        """The position after the last step up to `position` that changed a cell; None where none did."""
        for now in range(position - 1, -1, -1):
            if any(change[:2] == cell for change in self.steps[now].changes):
                return now + 1
        return None

    def _after(self, frame: int) -> int:
        ended = self.frames[frame].ended
        return len(self) if ended is None else ended + 1


def grid_of(pads: Pads) -> Grid:
    """The cells as a grid that can be painted."""
    cells = pads.cells.copy()
    cells.flags.writeable = False
    return cells

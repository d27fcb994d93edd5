"""The call tree of a recording as rows below rows, given out piece by piece.

A program that calls itself would nest as deeply as the pad is long. Such a call stands beside its caller
instead of below it, so recursion reads like a loop; everything else is below the call that made it.
"""

from __future__ import annotations

from app.state.recording import TOP, Recording

ROOT = -1
"""The parent of what stands at the top."""
BATCH = 400
"""Rows that are given out at once."""


class CallTree:
    """Items are numbers: 0 is the first call, `t + 1` the step `t`."""

    def __init__(self, recording: Recording) -> None:
        self.recording = recording
        self._rows: dict[int, list[int]] = {ROOT: [0]}
        self._parents: list[int] = [ROOT]
        self._places: list[int] = [0]
        self._shown: dict[int, int] = {ROOT: 1}

    def grow(self) -> list[tuple[int, int, int]]:
        """Take the steps recorded since; return what follows under items shown whole: item, first row, last.

        The new rows count once `show` has been called for them.
        """
        whole = [item for item, shown in self._shown.items() if shown == len(self._rows.get(item, ()))]
        for now in range(len(self._parents) - 1, len(self.recording)):
            parent = self._parent_of(now)
            below = self._rows.setdefault(parent, [])
            self._parents.append(parent)
            self._places.append(len(below))
            below.append(now + 1)
        return [
            (item, self._shown[item], len(self._rows[item]) - 1)
            for item in whole
            if self._shown[item] < len(self._rows.get(item, ()))
        ]

    def _parent_of(self, now: int) -> int:
        recording = self.recording
        frame = recording.owners[now]
        caller = recording.frames[frame].began + 1
        callee = recording.called.get(now)
        if callee is not None and recording.frames[callee].program == recording.frames[frame].program:
            return self._parents[caller]
        return caller

    def repeats(self, item: int) -> bool:
        """Whether an item is a program's call of itself."""
        frame = self.recording.called.get(item - 1)
        if frame is None:
            return False
        parent = self.recording.frames[frame].parent
        return parent != TOP and self.recording.frames[parent].program == self.recording.frames[frame].program

    def parent(self, item: int) -> int:
        """The item that one is below."""
        return self._parents[item]

    def place(self, item: int) -> int:
        """Which row below its parent an item is."""
        return self._places[item]

    def child(self, item: int, row: int) -> int:
        """The item in a row below another."""
        return self._rows[item][row]

    def is_call(self, item: int) -> bool:
        """Whether something can be below an item."""
        return item == 0 or (item - 1) in self.recording.called

    def shown(self, item: int) -> int:
        """How many rows below an item are given out."""
        return self._shown.get(item, 0)

    def more(self, item: int, least: int = 0) -> int:
        """How many rows there are to give out next, enough for `least` of them to be out."""
        there, shown = len(self._rows.get(item, ())), self.shown(item)
        return max(0, min(there, max(shown + BATCH, least)) - shown)

    def show(self, item: int, rows: int) -> None:
        """Count rows as given out."""
        self._shown[item] = self.shown(item) + rows

    def path(self, item: int) -> list[int]:
        """The items above one, the outermost first."""
        found: list[int] = []
        while (item := self._parents[item]) != ROOT:
            found.append(item)
        return found[::-1]

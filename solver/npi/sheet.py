"""The drawing pad made fast: its rows stay plain lists, and what a piece is blocked by is remembered."""

from __future__ import annotations

from collections.abc import Mapping

from numpy.typing import ArrayLike

from puzzles.grid import COLOURS
from solver.npi.pad import EMPTY, HAND, OTHER, OUTSIDE, WALL, Change, Drawing, Observation, Pad

Flags = tuple[int, int, int, int]
_RING = 2
_FREE: Flags = (0, 0, 0, 0)


class Sheet(Pad):
    """A drawing pad that is changed by `write` alone."""

    def __init__(
        self, cells: ArrayLike, pointers: Mapping[str, tuple[int, int]] | None = None, hand: int = 0
    ) -> None:
        super().__init__(cells, pointers, hand)
        height, width = self.cells.shape
        self.stride = width + 2 * _RING
        self.ringed: list[int] = [WALL] * (self.stride * (height + 2 * _RING))
        """Row after row with `_RING` cells of `WALL` around them."""
        for row, line in enumerate(self.cells.tolist()):
            start = self.place(row, 0)
            self.ringed[start : start + width] = line
        self._blocked: dict[int, Flags] = {}

    def write(self, row: int, column: int, colour: int) -> tuple[Change, ...]:
        """Put a colour into a cell, as every pad does."""
        changes = super().write(row, column, colour)
        if changes:
            self.ringed[self.place(row, column)] = colour
            self._blocked.clear()
        return changes

    def place(self, row: int, column: int) -> int:
        """Where a cell is in `ringed`; pointers may be one cell beyond the edge."""
        return (row + _RING) * self.stride + column + _RING

    def blocked(self, place: int) -> Flags:
        """Whether the piece at a place of `ringed` has something north, east, south, west of it."""
        known = self._blocked.get(place)
        if known is None:
            known = self._blocked[place] = self._look(place)
        return known

    def _look(self, place: int) -> Flags:
        ringed = self.ringed
        colour = ringed[place]
        if colour in (0, WALL):
            return _FREE
        sides = (-self.stride, 1, self.stride, -1)
        flags, piece, waiting = [0, 0, 0, 0], {place}, [place]
        while waiting:
            here = waiting.pop()
            for side, step in enumerate(sides):
                there = here + step
                beside = ringed[there]
                if beside == colour:
                    if there not in piece:
                        piece.add(there)
                        waiting.append(there)
                elif beside:
                    flags[side] = 1
            if 0 not in flags:
                break
        north, east, south, west = flags
        return north, east, south, west


class SheetDrawing(Drawing):
    """`Drawing` on sheets: the same observations and actions."""

    def observe(self, pad: Pad) -> Observation:
        """Nine cells, four flags of the piece under the eye, and the cell under the pen."""
        if not isinstance(pad, Sheet):
            return super().observe(pad)
        kinds, ringed, stride = _KINDS[pad.hand], pad.ringed, pad.stride
        here = pad.place(*pad.pointers["eye"])
        above, below = here - stride, here + stride
        return (
            kinds[ringed[above - 1]],
            kinds[ringed[above]],
            kinds[ringed[above + 1]],
            kinds[ringed[here - 1]],
            kinds[ringed[here]],
            kinds[ringed[here + 1]],
            kinds[ringed[below - 1]],
            kinds[ringed[below]],
            kinds[ringed[below + 1]],
            *pad.blocked(here),
            kinds[ringed[pad.place(*pad.pointers["pen"])]],
        )


def _kinds(hand: int) -> tuple[int, ...]:
    return (EMPTY, *(HAND if colour == hand else OTHER for colour in range(1, COLOURS)), OUTSIDE)


_KINDS = tuple(_kinds(hand) for hand in range(COLOURS))
"""Per hand colour what each colour is seen as; the last one is `WALL`."""

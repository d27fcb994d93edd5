"""The scratch pad and its environments: what a procedure sees of it and what it can do to it.

A pad is a grid of 0 to 9 with named pointers and one hand colour, so the board of the window can draw it.
An environment says which local view a procedure gets, as a tuple of categories, and what `ACT` does.
After Reed and de Freitas, "Neural Programmer-Interpreters" (2016), section 3.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Mapping, Sequence
from typing import ClassVar

import numpy as np
from numpy.typing import ArrayLike, NDArray

from puzzles.grid import COLOURS, Grid, as_grid
from solver.npi.views import AZIMUTHS, ELEVATIONS, SIDE, Views

Observation = tuple[int, ...]
"""One category per component of an environment's `sizes`."""
Arguments = tuple[int, int, int]
"""What a call is given; for `ACT`: pointer, action, value."""
Change = tuple[int, int, int, int]
"""Row, column, colour before, colour after."""

NO_ARGUMENTS: Arguments = (0, 0, 0)
ARGUMENT_VALUES = 16
"""Every argument is 0 to 15."""
WALL = COLOURS
"""What a pointer outside the pad reads."""

NORTH, NORTH_EAST, EAST, SOUTH_EAST, SOUTH, SOUTH_WEST, WEST, NORTH_WEST = range(8)
WRITE, SWAP, PUSH = 8, 9, 10
STEPS = ((-1, 0), (-1, 1), (0, 1), (1, 1), (1, 0), (1, -1), (0, -1), (-1, -1))
"""Row and column change of the eight directions, clockwise from the top."""


class Pad:
    """A grid that procedures write on, with pointers that may stand outside it."""

    def __init__(
        self, cells: ArrayLike, pointers: Mapping[str, tuple[int, int]] | None = None, hand: int = 0
    ) -> None:
        self.cells: NDArray[np.uint8] = np.array(cells, dtype=np.uint8)
        self.pointers: dict[str, tuple[int, int]] = dict(pointers or {})
        self.hand = hand

    def copy(self) -> Pad:
        """Another pad in the same state."""
        return Pad(self.cells, self.pointers, self.hand)

    def grid(self) -> Grid:
        """The cells as they are now, read-only, of any size."""
        if max(self.cells.shape) <= 30:
            return as_grid(self.cells)
        cells = self.cells.copy()
        cells.flags.writeable = False
        return cells

    def read(self, row: int, column: int) -> int:
        """The colour at a cell, or `WALL` outside."""
        height, width = self.cells.shape
        return int(self.cells[row, column]) if 0 <= row < height and 0 <= column < width else WALL

    def under(self, pointer: str) -> int:
        """The colour under a pointer, or `WALL`."""
        return self.read(*self.pointers[pointer])

    def write(self, row: int, column: int, colour: int) -> tuple[Change, ...]:
        """Put a colour into a cell; outside the pad nothing happens. Returns what changed."""
        before = self.read(row, column)
        if before in (WALL, colour):
            return ()
        self.cells[row, column] = colour
        return ((row, column, before, colour),)

    def move(self, pointer: str, direction: int) -> None:
        """Move a pointer one cell, at most one cell beyond the edge."""
        (row, column), (down, right) = self.pointers[pointer], STEPS[direction]
        height, width = self.cells.shape
        self.pointers[pointer] = (min(max(row + down, -1), height), min(max(column + right, -1), width))


class Environment(ABC):
    """What procedures of one kind see of a pad and can do to it."""

    name: ClassVar[str]
    pointers: ClassVar[tuple[str, ...]]
    components: ClassVar[tuple[str, ...]]
    """What each number of an observation is about, for people."""
    sizes: ClassVar[tuple[int, ...]]
    """How many categories each number of an observation has."""

    picture: ClassVar[bool] = False
    """Whether the components are the cells of a square picture, for an encoder that knows neighbours."""

    @abstractmethod
    def observe(self, pad: Pad) -> Observation:
        """The local view, one category per component."""

    def truth(self, pad: Pad) -> Observation:
        """What the true procedures decide by: what is observed, unless that has to be recognised first."""
        return self.observe(pad)

    def act(self, pad: Pad, arguments: Arguments) -> tuple[Change, ...]:
        """Move a pointer or write; a meaningless action does nothing. Returns the cells that changed."""
        which, action, value = arguments
        if which >= len(self.pointers):
            return ()
        pointer = self.pointers[which]
        if action < len(STEPS):
            pad.move(pointer, action)
            return ()
        if action == WRITE:
            return pad.write(*pad.pointers[pointer], self._colour(pad, value))
        return self._special(pad, pointer, action, value)

    def _colour(self, pad: Pad, value: int) -> int:
        """The colour that a written value stands for."""
        return min(value, COLOURS - 1)

    def _special(self, pad: Pad, pointer: str, action: int, value: int) -> tuple[Change, ...]:
        """An action that only this environment has."""
        return ()


class Addition(Environment):
    """Four rows: two numbers, the carries, the sum; one pointer a row, all in one column at first."""

    name = "addition"
    pointers = ("first", "second", "carry", "sum")
    components = pointers
    sizes = (WALL + 1,) * 4

    def observe(self, pad: Pad) -> Observation:
        """The four cells under the pointers."""
        return tuple(pad.under(pointer) for pointer in self.pointers)


class Sorting(Environment):
    """One row of digits; two neighbouring pointers that compare, and a counter of passes."""

    name = "sorting"
    pointers = ("left", "right", "counter")
    components = ("left", "right", "counter beyond the end", "left at the start")
    sizes = (WALL + 1, WALL + 1, 2, 2)

    def observe(self, pad: Pad) -> Observation:
        """Two cells, whether all passes are done, whether the left pointer is at the first cell."""
        done = pad.under("counter") == WALL
        return (pad.under("left"), pad.under("right"), int(done), int(pad.pointers["left"][1] <= 0))

    def _special(self, pad: Pad, pointer: str, action: int, value: int) -> tuple[Change, ...]:
        left, right = pad.under("left"), pad.under("right")
        if action != SWAP or WALL in (left, right):
            return ()
        return pad.write(*pad.pointers["left"], right) + pad.write(*pad.pointers["right"], left)


EMPTY, HAND, OTHER, OUTSIDE = range(4)
"""What a drawing procedure tells apart in a cell."""
_AROUND = tuple((row, column) for row in (-1, 0, 1) for column in (-1, 0, 1))


class Drawing(Environment):
    """Any grid with an eye that sees the 3×3 cells around it, a pen, and one hand colour.

    A colour is seen only as empty, the hand's, another or outside. The piece under the eye is the
    4-connected area of its colour; `PUSH` moves it one cell, unless something is in the way.
    """

    name = "drawing"
    pointers = ("eye", "pen")
    components = (
        *("north-west", "north", "north-east", "west", "here", "east", "south-west", "south", "south-east"),
        *("blocked north", "blocked east", "blocked south", "blocked west"),
        "under the pen",
    )
    sizes = (4,) * 9 + (2,) * 4 + (4,)

    def observe(self, pad: Pad) -> Observation:
        """Nine cells, four flags of the piece under the eye, and the cell under the pen."""
        kinds = [EMPTY, *(HAND if colour == pad.hand else OTHER for colour in range(1, COLOURS)), OUTSIDE]
        ringed = _ringed(pad)
        row, column = (place + 1 for place in pad.pointers["eye"])
        around = [
            ringed[row + down][column + right]
            if 0 <= row + down < len(ringed) and 0 <= column + right < len(ringed[0])
            else WALL
            for down, right in _AROUND
        ]
        _, blocked = _piece(ringed, row, column)
        return (*(kinds[colour] for colour in around), *blocked, kinds[pad.under("pen")])

    def _colour(self, pad: Pad, value: int) -> int:
        return pad.hand

    def _special(self, pad: Pad, pointer: str, action: int, value: int) -> tuple[Change, ...]:
        if action != PUSH or value not in (NORTH, EAST, SOUTH, WEST):
            return ()
        row, column = pad.pointers["eye"]
        ringed, colour = _ringed(pad), pad.under("eye")
        piece, blocked = _piece(ringed, row + 1, column + 1, value)
        if not piece or blocked[value // 2]:
            return ()
        down, right = STEPS[value]
        moved = {(row + down, column + right) for row, column in piece}
        changes = [change for cell in sorted(piece - moved) for change in pad.write(*cell, 0)]
        changes += [change for cell in sorted(moved - piece) for change in pad.write(*cell, colour)]
        pad.move("eye", value)
        return tuple(changes)


def _ringed(pad: Pad) -> list[list[int]]:
    """The pad's rows with a ring of `WALL` around them; plain lists are read faster than arrays."""
    wide = [WALL] * (pad.cells.shape[1] + 2)
    return [wide, *([WALL, *row, WALL] for row in pad.cells.tolist()), wide]


def _piece(
    ringed: list[list[int]], row: int, column: int, needed: int | None = None
) -> tuple[set[tuple[int, int]], list[int]]:
    """The piece around a cell of the ringed rows, in cells of the pad, and whether it is blocked that way.

    Flags are for north, east, south, west. The search ends early once all four are 1, or the one for the
    direction `needed`: then the piece is not whole, but it will not be moved either. Empty ground and the
    wall are no piece and never blocked.
    """
    colour, blocked = ringed[row][column], [0, 0, 0, 0]
    if colour in (0, WALL):
        return set(), blocked
    piece, waiting = {(row, column)}, [(row, column)]
    while waiting:
        row, column = waiting.pop()
        for side, (down, right) in enumerate(STEPS[::2]):
            cell = (row + down, column + right)
            beside = ringed[cell[0]][cell[1]]
            if beside == colour:
                if cell not in piece:
                    piece.add(cell)
                    waiting.append(cell)
            elif beside:
                blocked[side] = 1
        if all(blocked) or (needed is not None and blocked[needed // 2]):
            break
    return {(row - 1, column - 1) for row, column in piece}, blocked


class ViewPad(Pad):
    """The picture of an object, drawn anew whenever its pose changes; one pointer, outside the picture."""

    def __init__(self, views: Views, elevation: int, azimuth: int) -> None:
        self.views = views
        super().__init__(np.zeros((SIDE, SIDE), np.uint8), {"pose": (elevation, azimuth)})
        self.turn(0, 0)

    def copy(self) -> ViewPad:
        """Another pad that shows the same object from the same side."""
        return ViewPad(self.views, *self.pointers["pose"])

    def turn(self, up: int, right: int) -> None:
        """Change the pose by steps; azimuths go round, elevations end at the lowest and the highest."""
        elevation, azimuth = self.pointers["pose"]
        pose = (min(max(elevation + up, 0), ELEVATIONS - 1), (azimuth + right) % AZIMUTHS)
        self.pointers["pose"] = pose
        self.cells = np.array(self.views(*pose), np.uint8).reshape(SIDE, SIDE)


class Viewing(Environment):
    """A voxel object seen as a depth picture; `ACT` turns it by one step of azimuth or elevation."""

    name = "viewing"
    pointers = ("pose",)
    components = tuple(f"depth at {row + 1}, {column + 1}" for row in range(SIDE) for column in range(SIDE))
    sizes = (COLOURS,) * SIDE**2
    picture = True

    def observe(self, pad: Pad) -> Observation:
        """The 256 depths, row by row, and nothing else: the pose has to be recognised."""
        return (
            pad.views(*pad.pointers["pose"])
            if isinstance(pad, ViewPad)
            else tuple(pad.cells.ravel().tolist())
        )

    def truth(self, pad: Pad) -> Observation:
        """Elevation and azimuth."""
        return pad.pointers["pose"]

    def act(self, pad: Pad, arguments: Arguments) -> tuple[Change, ...]:
        """Turn the object; returns the cells of the picture that changed."""
        which, action, _ = arguments
        if which or action not in (NORTH, EAST, SOUTH, WEST) or not isinstance(pad, ViewPad):
            return ()
        before = pad.cells
        down, right = STEPS[action]
        pad.turn(-down, right)
        return tuple(
            (int(row), int(column), int(before[row, column]), int(pad.cells[row, column]))
            for row, column in np.argwhere(before != pad.cells)
        )


ENVIRONMENTS: dict[str, Environment] = {e.name: e for e in (Addition(), Sorting(), Drawing(), Viewing())}


def addition_pad(first: Sequence[int], second: Sequence[int]) -> Pad:
    """Two numbers as digits, most significant first, right-aligned with one free column on the left."""
    width = max(len(first), len(second)) + 1
    cells = np.zeros((4, width), np.uint8)
    for row, digits in enumerate((first, second)):
        if len(digits):
            cells[row, width - len(digits) :] = digits
    return Pad(cells, {name: (row, width - 1) for row, name in enumerate(Addition.pointers)})


def sorting_pad(digits: Sequence[int]) -> Pad:
    """A row of at least one digit with the pointers where bubble sort begins."""
    return Pad([list(digits)], {"left": (0, 0), "right": (0, 1), "counter": (0, 0)})


def drawing_pad(cells: ArrayLike, eye: tuple[int, int], hand: int, pen: tuple[int, int] | None = None) -> Pad:
    """A grid with the eye on a cell and a hand colour from 1 to 9; the pen starts at the eye."""
    return Pad(cells, {"eye": eye, "pen": eye if pen is None else pen}, hand)

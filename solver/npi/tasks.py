"""Tasks: where a procedure starts, what the pad must look like at its end, and which histories can occur."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterator
from typing import ClassVar

import numpy as np

from solver.npi.histories import ADDITION_HISTORIES, SORTING_HISTORIES, Histories
from solver.npi.pad import (
    EAST,
    ENVIRONMENTS,
    NORTH,
    NORTH_EAST,
    NORTH_WEST,
    SOUTH,
    SOUTH_EAST,
    SOUTH_WEST,
    STEPS,
    WEST,
    Environment,
    Pad,
    ViewPad,
    addition_pad,
    drawing_pad,
    sorting_pad,
)
from solver.npi.programs import FURTHER_DRAWING, LOOPED, MAXIMUM, RECURSIVE, Call, Procedures
from solver.npi.traces import Frame, run_true
from solver.npi.views import AZIMUTHS, ELEVATIONS, Views, vehicle

Start = tuple[Pad, Call]
_SHARE_OF_MOVES = 0.2
_POSES = 8
"""Poses in which training shows each object."""


class Task(ABC):
    """A kind of work with one environment: how to draw an instance and how to tell a right result."""

    name: ClassVar[str]
    environment: ClassVar[Environment]
    largest: ClassVar[int]
    """Size of the largest training instance."""
    histories: ClassVar[Histories | None] = None
    """Every observation history a recursive frame can have; None where nobody has enumerated them."""

    def procedures(self, looped: bool = False) -> Procedures:
        """The true procedures of the environment."""
        return (LOOPED if looped else RECURSIVE)[self.environment.name]

    @abstractmethod
    def calls(self) -> tuple[Call, ...]:
        """Every call that `start` can ask for."""

    @abstractmethod
    def start(self, rng: np.random.Generator, size: int) -> Start:
        """A pad of the given size and the call to make on it."""

    def training_start(self, rng: np.random.Generator) -> Start:
        """A pad of any training size; tasks override it to start in the middle of things too."""
        return self.start(rng, int(rng.integers(1, self.largest + 1)))

    def frames(self, rng: np.random.Generator, traces: int, looped: bool = False) -> Iterator[Frame]:
        """The frames of that many true runs, repetitions included."""
        for _ in range(traces):
            pad, call = self.training_start(rng)
            yield from run_true(self.procedures(looped), self.environment, pad, call)

    def answer(self, pad: Pad, call: Call) -> Pad:
        """The pad after a true run; the one given stays as it is."""
        after = pad.copy()
        for _ in run_true(self.procedures(), self.environment, after, call):
            pass
        return after


class AdditionTask(Task):
    """Adding two numbers of equally many digits."""

    name = "addition"
    environment = ENVIRONMENTS["addition"]
    largest = 8
    histories = ADDITION_HISTORIES

    def calls(self) -> tuple[Call, ...]:
        """Adding has no arguments."""
        return (Call("ADD"),)

    def start(self, rng: np.random.Generator, size: int) -> Start:
        """Two random numbers of `size` digits."""
        return addition_pad(*rng.integers(0, 10, (2, size)).tolist()), Call("ADD")


class SortingTask(Task):
    """Sorting a row of digits in ascending order."""

    name = "sorting"
    environment = ENVIRONMENTS["sorting"]
    largest = 5
    histories: ClassVar[Histories | None] = SORTING_HISTORIES

    def calls(self) -> tuple[Call, ...]:
        """Sorting has no arguments."""
        return (Call("BUBBLESORT"),)

    def start(self, rng: np.random.Generator, size: int) -> Start:
        """A row of `size` random digits."""
        return sorting_pad(rng.integers(0, 10, size).tolist()), Call("BUBBLESORT")

    def training_start(self, rng: np.random.Generator) -> Start:
        """Now and then one move to the right from anywhere, as other programs may ask for it."""
        pad, call = super().training_start(rng)
        size = pad.cells.shape[1]
        if size == 1 or rng.random() >= _SHARE_OF_MOVES:
            return pad, call
        place = int(rng.integers(size - 1))
        pad.pointers |= {"left": (0, place), "right": (0, place + 1)}
        pad.pointers["counter"] = (0, int(rng.integers(size + 1)))
        return pad, Call("RSHIFT")


class MaximumTask(SortingTask):
    """Finding the greatest digit of a row: the left pointer ends on it."""

    name = "maximum"
    histories = None

    def procedures(self, looped: bool = False) -> Procedures:
        """Those of sorting and two more."""
        return {**super().procedures(looped), **MAXIMUM}

    def calls(self) -> tuple[Call, ...]:
        """Finding the greatest has no arguments."""
        return (Call("MAX"),)

    def start(self, rng: np.random.Generator, size: int) -> Start:
        """A row of `size` random digits."""
        return super().start(rng, size)[0], Call("MAX")

    def training_start(self, rng: np.random.Generator) -> Start:
        """A row of any training size."""
        return self.start(rng, int(rng.integers(1, self.largest + 1)))


class DrawingTask(Task):
    """One grid procedure on random grids; sides in training 4 to 6."""

    environment = ENVIRONMENTS["drawing"]
    largest = 6
    programs: ClassVar[tuple[str, ...]]
    directions: ClassVar[tuple[int, ...]] = (0,)
    density: ClassVar[tuple[float, float]] = (0.0, 0.5)
    """Least and greatest share of coloured cells."""

    def calls(self) -> tuple[Call, ...]:
        """The main program in each of its directions."""
        return tuple(Call(self.programs[0], (direction, 0, 0)) for direction in self.directions)

    def start(self, rng: np.random.Generator, size: int) -> Start:
        """A square grid with the eye on an empty cell and the main program's call."""
        return self._start(rng, size, size), Call(self.programs[0], (int(rng.choice(self.directions)), 0, 0))

    def training_start(self, rng: np.random.Generator) -> Start:
        """Any of the task's programs on a grid of any training shape, pointers anywhere sensible."""
        height, width = (int(side) for side in rng.integers(3, self.largest + 1, 2))
        program = self.programs[int(rng.choice(len(self.programs), p=self._shares()))]
        direction = int(rng.choice(self.directions)) if program not in ("FILL", "BAR", "TICK", "RING") else 0
        return self._start(rng, height, width), Call(program, (direction, 0, 0))

    def _shares(self) -> np.ndarray:
        shares = np.ones(len(self.programs))
        shares[0] = 2.0
        return shares / shares.sum()

    def _start(self, rng: np.random.Generator, height: int, width: int) -> Pad:
        hand = int(rng.integers(1, 10))
        cells = _scattered(rng, height, width, rng.uniform(*self.density), hand)
        eye = (int(rng.integers(height)), int(rng.integers(width)))
        cells[eye] = 0
        return drawing_pad(cells, eye, hand)


class RayTask(DrawingTask):
    """Drawing from the eye in one of eight directions until something is in the way."""

    name, programs, directions, density = "ray", ("RAY", "STROKE"), tuple(range(len(STEPS))), (0.0, 0.4)


class BounceTask(DrawingTask):
    """Drawing diagonally, thrown back at the sides, until something is straight above or below."""

    name, programs, density = "bounce", ("BOUNCE", "STROKE"), (0.0, 0.25)
    directions = (NORTH_EAST, SOUTH_EAST, SOUTH_WEST, NORTH_WEST)


class FillTask(DrawingTask):
    """Filling the empty area around the eye."""

    name, programs, directions = "fill", ("FILL", "SPREAD"), (NORTH, EAST, SOUTH, WEST)

    def calls(self) -> tuple[Call, ...]:
        """Filling has no arguments; the directions are those of its parts."""
        return (Call("FILL"),)

    def start(self, rng: np.random.Generator, size: int) -> Start:
        """A square grid with the eye on an empty cell."""
        return self._start(rng, size, size), Call("FILL")


class DropTask(DrawingTask):
    """Moving the piece under the eye in one of four directions until it touches something."""

    name, programs, directions, density = "drop", ("DROP",), (NORTH, EAST, SOUTH, WEST), (0.0, 0.3)

    def _start(self, rng: np.random.Generator, height: int, width: int) -> Pad:
        pad = super()._start(rng, height, width)
        row, column = pad.pointers["eye"]
        colour = int(rng.integers(1, 10))
        for _ in range(int(rng.integers(1, 6))):  # a piece grown by a random walk
            pad.cells[row, column] = colour
            down, right = STEPS[int(rng.choice(self.directions))]
            if pad.read(row + down, column + right) in range(10):
                row, column = row + down, column + right
        return pad


class BarTask(DrawingTask):
    """Counting a row's marks in the hand colour and drawing a bar of that length in another row."""

    name, programs, density = "bar", ("BAR", "TICK"), (0.0, 0.7)

    def _start(self, rng: np.random.Generator, height: int, width: int) -> Pad:
        pad = super()._start(rng, height, width)
        row = int(rng.integers(height))
        pad.cells[row] = np.where(rng.random(width) < 0.5, pad.hand, pad.cells[row])
        pen_row = int(rng.choice([other for other in range(height) if other != row]))
        pad.cells[pen_row] = 0
        pad.pointers |= {"eye": (row, 0), "pen": (pen_row, 0)}
        return pad


class FurtherTask(DrawingTask):
    """Programs that were added to those of drawing."""

    directions = tuple(range(len(STEPS)))
    density = (0.0, 0.4)

    def procedures(self, looped: bool = False) -> Procedures:
        """Those of drawing and the task's own."""
        own = {name: FURTHER_DRAWING[name] for name in self.programs if name in FURTHER_DRAWING}
        return {**super().procedures(looped), **own}

    def _start(self, rng: np.random.Generator, height: int, width: int) -> Pad:
        """The eye on a cell of the hand colour as often as on an empty one."""
        pad = super()._start(rng, height, width)
        if rng.random() < 0.5:
            pad.cells[pad.pointers["eye"]] = pad.hand
        return pad


class BeamTask(FurtherTask):
    """Drawing from the eye up to the edge, over everything."""

    name, programs = "beam", ("BEAM",)


class ConnectTask(FurtherTask):
    """Drawing a line over empty cells up to a cell of the hand colour, if there is one."""

    name, programs = "connect", ("CONNECT",)


class RingTask(FurtherTask):
    """Drawing the empty ones of the eight cells around the eye."""

    name, programs = "ring", ("RING", "DAB")


class TaughtTask(DrawingTask):
    """A procedure that somebody taught: nobody wrote it down, so only what it calls can be compared."""

    density = (0.0, 0.2)

    def __init__(self, program: str) -> None:
        self.name = program  # type: ignore[misc]
        self.programs = (program,)  # type: ignore[misc]


class CanonicalTask(Task):
    """Turning a voxel vehicle, a stand-in for the paper's cars, to its canonical pose.

    The size of an instance says nothing; training and `start` draw different objects every time.
    """

    name = "canonical"
    environment = ENVIRONMENTS["viewing"]
    largest = 1

    def calls(self) -> tuple[Call, ...]:
        """Turning has no arguments: the pose to be reached is always the same."""
        return (Call("GOTO"),)

    def start(self, rng: np.random.Generator, size: int) -> Start:
        """A new vehicle in a random pose."""
        pose = (int(rng.integers(ELEVATIONS)), int(rng.integers(AZIMUTHS)))
        return ViewPad(Views(vehicle(rng)), *pose), Call("GOTO")

    def frames(self, rng: np.random.Generator, traces: int, looped: bool = False) -> Iterator[Frame]:
        """The frames of runs from eight poses of each vehicle."""
        for _ in range(traces):
            pad, call = self.start(rng, 1)
            for _ in range(_POSES):
                pad.pointers["pose"] = (int(rng.integers(ELEVATIONS)), int(rng.integers(AZIMUTHS)))
                yield from run_true(self.procedures(looped), self.environment, pad, call)


def _scattered(rng: np.random.Generator, height: int, width: int, share: float, hand: int) -> np.ndarray:
    """Random colours on a share of the cells, every third of them the hand's."""
    colours = np.where(rng.random((height, width)) < 1 / 3, hand, rng.integers(1, 10, (height, width)))
    return np.where(rng.random((height, width)) < share, colours, 0).astype(np.uint8)


TASKS: dict[str, Task] = {
    task.name: task
    for task in (
        AdditionTask(),
        SortingTask(),
        MaximumTask(),
        RayTask(),
        BounceTask(),
        FillTask(),
        DropTask(),
        BarTask(),
        BeamTask(),
        ConnectTask(),
        RingTask(),
        CanonicalTask(),
    )
}
DRAWING_TASKS = ("ray", "bounce", "fill", "drop", "bar")

"""The true procedures, as plain code that decides by what it sees alone.

A procedure is a generator: it yields the calls it makes, one by one, and goes on once a call has returned.
It reads the pad only through `see()`, so it is a function of its observation history, which is what the
network has to learn and what a certificate enumerates. Every set of procedures exists with loops, as in Reed
and de Freitas (2016), and recursively, as in Cai, Shin and Song (2017), where no call makes more than a
handful of calls itself whatever the size of the pad.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from solver.npi.pad import (
    EAST,
    EMPTY,
    HAND,
    NO_ARGUMENTS,
    NORTH,
    NORTH_EAST,
    NORTH_WEST,
    OUTSIDE,
    PUSH,
    SOUTH,
    SOUTH_EAST,
    SOUTH_WEST,
    SWAP,
    WALL,
    WEST,
    WRITE,
    Arguments,
    Observation,
)
from solver.npi.views import AZIMUTHS, CANONICAL


@dataclass(frozen=True, order=True)
class Call:
    """A program and what it is given."""

    program: str
    arguments: Arguments = NO_ARGUMENTS


See = Callable[[], Observation]
Procedure = Callable[[See, Arguments], Iterator[Call]]
Procedures = Mapping[str, Procedure]

ACT = "ACT"
"""The one program that changes the pad; it makes no calls."""


def act(pointer: int, action: int, value: int = 0) -> Call:
    """A call of `ACT`."""
    return Call(ACT, (pointer, action, value))


# Addition. Pointers: 0 first, 1 second, 2 carry, 3 sum.


def _add(see: See, arguments: Arguments) -> Iterator[Call]:
    if see()[0] != WALL:
        yield Call("ADD1")
        yield Call("LSHIFT")
        yield Call("ADD")


def _add_looped(see: See, arguments: Arguments) -> Iterator[Call]:
    while see()[0] != WALL:
        yield Call("ADD1")
        yield Call("LSHIFT")


def column_sum(seen: Observation) -> int:
    """The sum of one column's digits and its carry; what lies outside counts as 0."""
    return sum(digit for digit in seen[:3] if digit != WALL)


def _add1(see: See, arguments: Arguments) -> Iterator[Call]:
    total = column_sum(see())
    yield act(3, WRITE, total % 10)
    if total >= 10:
        yield Call("CARRY")


def _carry(see: See, arguments: Arguments) -> Iterator[Call]:
    yield act(2, WEST)
    yield act(2, WRITE, 1)
    yield act(2, EAST)


def _add_lshift(see: See, arguments: Arguments) -> Iterator[Call]:
    for pointer in range(4):
        yield act(pointer, WEST)


_ADDITION: Procedures = {"ADD": _add, "ADD1": _add1, "CARRY": _carry, "LSHIFT": _add_lshift}

# Bubble sort. Pointers: 0 left, 1 right, 2 counter.


def _bubblesort(see: See, arguments: Arguments) -> Iterator[Call]:
    if not see()[2]:
        yield Call("BUBBLE")
        yield Call("RESET")
        yield Call("BUBBLESORT")


def _bubblesort_looped(see: See, arguments: Arguments) -> Iterator[Call]:
    while not see()[2]:
        yield Call("BUBBLE")
        yield Call("RESET")


def _bubble(see: See, arguments: Arguments) -> Iterator[Call]:
    if see()[1] != WALL:
        yield Call("BSTEP")
        yield Call("BUBBLE")


def _bubble_looped(see: See, arguments: Arguments) -> Iterator[Call]:
    while see()[1] != WALL:
        yield Call("BSTEP")


def _bstep(see: See, arguments: Arguments) -> Iterator[Call]:
    yield Call("COMPSWAP")
    yield Call("RSHIFT")


def _compswap(see: See, arguments: Arguments) -> Iterator[Call]:
    left, right, *_ = see()
    if left > right:
        yield act(0, SWAP)


def _reset(see: See, arguments: Arguments) -> Iterator[Call]:
    if see()[3]:
        yield act(2, EAST)
    else:
        yield Call("LSHIFT")
        yield Call("RESET")


def _reset_looped(see: See, arguments: Arguments) -> Iterator[Call]:
    while not see()[3]:
        yield Call("LSHIFT")
    yield act(2, EAST)


def _shift(direction: int) -> Procedure:
    def shift(see: See, arguments: Arguments) -> Iterator[Call]:
        yield act(0, direction)
        yield act(1, direction)

    return shift


_SORTING: Procedures = {
    "BUBBLESORT": _bubblesort,
    "BUBBLE": _bubble,
    "RESET": _reset,
    "BSTEP": _bstep,
    "COMPSWAP": _compswap,
    "LSHIFT": _shift(WEST),
    "RSHIFT": _shift(EAST),
}


def _max(see: See, arguments: Arguments) -> Iterator[Call]:
    yield Call("BUBBLESORT")
    yield Call("RJMP")


def _rjmp(see: See, arguments: Arguments) -> Iterator[Call]:
    if see()[1] != WALL:
        yield Call("RSHIFT")
        yield Call("RJMP")


MAXIMUM: Procedures = {"MAX": _max, "RJMP": _rjmp}
"""Sort, then move to the greatest: what the paper adds to a core that can sort already."""

# Drawing. Pointers: 0 eye, 1 pen. A direction, where there is one, is the first argument.

_SEEN_AT = {NORTH_WEST: 0, NORTH: 1, NORTH_EAST: 2, WEST: 3, EAST: 5, SOUTH_WEST: 6, SOUTH: 7, SOUTH_EAST: 8}
_HERE = 4
_BLOCKED_AT = {NORTH: 9, EAST: 10, SOUTH: 11, WEST: 12}


def opposite(direction: int) -> int:
    """The direction back."""
    return (direction + 4) % 8


def _ray(see: See, arguments: Arguments) -> Iterator[Call]:
    if see()[_SEEN_AT[arguments[0]]] == EMPTY:
        yield Call("STROKE", arguments)
        yield Call("RAY", arguments)


def _ray_looped(see: See, arguments: Arguments) -> Iterator[Call]:
    while see()[_SEEN_AT[arguments[0]]] == EMPTY:
        yield Call("STROKE", arguments)


def _stroke(see: See, arguments: Arguments) -> Iterator[Call]:
    yield act(0, arguments[0])
    yield act(0, WRITE)


def bounced(direction: int) -> int:
    """A diagonal with its horizontal part turned round."""
    return 8 - direction


def _upright(direction: int) -> int:
    """The vertical part of a diagonal."""
    return NORTH if direction in (NORTH_EAST, NORTH_WEST) else SOUTH


def _bounce(see: See, arguments: Arguments) -> Iterator[Call]:
    seen, direction = see(), arguments[0]
    if seen[_SEEN_AT[_upright(direction)]] != EMPTY:
        return
    if seen[_SEEN_AT[direction]] == EMPTY:
        yield Call("STROKE", arguments)
        yield Call("BOUNCE", arguments)
    elif seen[_SEEN_AT[bounced(direction)]] == EMPTY:
        yield Call("BOUNCE", (bounced(direction), 0, 0))


def _bounce_looped(see: See, arguments: Arguments) -> Iterator[Call]:
    direction = arguments[0]
    while see()[_SEEN_AT[_upright(direction)]] == EMPTY:
        if see()[_SEEN_AT[direction]] != EMPTY:
            direction = bounced(direction)
            if see()[_SEEN_AT[direction]] != EMPTY:
                return
        yield Call("STROKE", (direction, 0, 0))


def _fill(see: See, arguments: Arguments) -> Iterator[Call]:
    yield act(0, WRITE)
    for direction in (NORTH, EAST, SOUTH, WEST):
        yield Call("SPREAD", (direction, 0, 0))


def _spread(see: See, arguments: Arguments) -> Iterator[Call]:
    direction = arguments[0]
    if see()[_SEEN_AT[direction]] == EMPTY:
        yield act(0, direction)
        yield Call("FILL")
        yield act(0, opposite(direction))


def _drop(see: See, arguments: Arguments) -> Iterator[Call]:
    if not see()[_BLOCKED_AT[arguments[0]]]:
        yield act(0, PUSH, arguments[0])
        yield Call("DROP", arguments)


def _drop_looped(see: See, arguments: Arguments) -> Iterator[Call]:
    while not see()[_BLOCKED_AT[arguments[0]]]:
        yield act(0, PUSH, arguments[0])


def _bar(see: See, arguments: Arguments) -> Iterator[Call]:
    here = see()[_HERE]
    if here == OUTSIDE:
        return
    if here == HAND:
        yield Call("TICK")
    yield act(0, EAST)
    yield Call("BAR")


def _bar_looped(see: See, arguments: Arguments) -> Iterator[Call]:
    while (here := see()[_HERE]) != OUTSIDE:
        if here == HAND:
            yield Call("TICK")
        yield act(0, EAST)


def _tick(see: See, arguments: Arguments) -> Iterator[Call]:
    yield act(1, WRITE)
    yield act(1, EAST)


_DRAWING: Procedures = {
    "RAY": _ray,
    "STROKE": _stroke,
    "BOUNCE": _bounce,
    "FILL": _fill,
    "SPREAD": _spread,
    "DROP": _drop,
    "BAR": _bar,
    "TICK": _tick,
}

# Drawing that plans for ARC puzzles ask for besides.


def _beam(see: See, arguments: Arguments) -> Iterator[Call]:
    if see()[_SEEN_AT[arguments[0]]] != OUTSIDE:
        yield Call("STROKE", arguments)
        yield Call("BEAM", arguments)


def _connect(see: See, arguments: Arguments) -> Iterator[Call]:
    """Go as far as the cells are empty and come back; draw on the way back if the hand colour was met."""
    direction = arguments[0]
    if see()[_SEEN_AT[direction]] == EMPTY:
        yield act(0, direction)
        yield Call("CONNECT", arguments)
        if see()[_SEEN_AT[direction]] == HAND:
            yield act(0, WRITE)
        yield act(0, opposite(direction))


def _ring(see: See, arguments: Arguments) -> Iterator[Call]:
    for direction in _SEEN_AT:
        yield Call("DAB", (direction, 0, 0))


def _dab(see: See, arguments: Arguments) -> Iterator[Call]:
    direction = arguments[0]
    if see()[_SEEN_AT[direction]] == EMPTY:
        yield Call("STROKE", arguments)
        yield act(0, opposite(direction))


FURTHER_DRAWING: Procedures = {"BEAM": _beam, "CONNECT": _connect, "RING": _ring, "DAB": _dab}
"""A ray through everything up to the edge; a line up to the hand colour; the empty cells around one."""


# Turning an object to its canonical pose. What is read here is the true pose; the network sees the picture.


def _goto(see: See, arguments: Arguments) -> Iterator[Call]:
    yield Call("HGOTO")
    yield Call("VGOTO")


def _hgoto(see: See, arguments: Arguments) -> Iterator[Call]:
    if away := (see()[1] - CANONICAL[1]) % AZIMUTHS:
        yield Call("LGOTO" if away <= AZIMUTHS // 2 else "RGOTO")


def _vgoto(see: See, arguments: Arguments) -> Iterator[Call]:
    if see()[0] != CANONICAL[0]:
        yield Call("DGOTO" if see()[0] > CANONICAL[0] else "UGOTO")


def _turn(program: str, direction: int, axis: int, loop: bool = False) -> Procedure:
    """Turning one step, and on until the pose is right along that axis."""

    def turn(see: See, arguments: Arguments) -> Iterator[Call]:
        yield act(0, direction)
        while see()[axis] != CANONICAL[axis]:
            yield act(0, direction) if loop else Call(program)
            if not loop:
                return

    return turn


def _viewing(loop: bool) -> Procedures:
    turns = (("UGOTO", NORTH, 0), ("DGOTO", SOUTH, 0), ("LGOTO", WEST, 1), ("RGOTO", EAST, 1))
    turning = {name: _turn(name, direction, axis, loop) for name, direction, axis in turns}
    return {"GOTO": _goto, "HGOTO": _hgoto, "VGOTO": _vgoto, **turning}


RECURSIVE: dict[str, Procedures] = {
    "addition": _ADDITION,
    "sorting": _SORTING,
    "drawing": _DRAWING,
    "viewing": _viewing(loop=False),
}
"""Environment → its procedures, recursive."""
LOOPED: dict[str, Procedures] = {
    "addition": {**_ADDITION, "ADD": _add_looped},
    "sorting": {
        **_SORTING,
        "BUBBLESORT": _bubblesort_looped,
        "BUBBLE": _bubble_looped,
        "RESET": _reset_looped,
    },
    "drawing": {
        **_DRAWING,
        "RAY": _ray_looped,
        "BOUNCE": _bounce_looped,
        "DROP": _drop_looped,
        "BAR": _bar_looped,
    },
    "viewing": _viewing(loop=True),
}
"""Environment → its procedures, with loops where the recursive ones call themselves last."""

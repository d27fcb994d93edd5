"""Plans as data: FOREACH(selector, procedure, ways, hand), and the names that spell them.

"for each cell of colour 2: ray up in its own colour" is a word of the language; `parse_for_each` reads it.
This module needs no torch, so a window can read such names before the solver has loaded.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from puzzles.grid import COLOURS, MAX_SIDE
from solver.npi.pad import NORTH_EAST, NORTH_WEST, SOUTH_EAST, SOUTH_WEST, STEPS
from solver.npi.scene import Cell, Group, Scene, Start

Select = Callable[[Scene], list[Start]]
Aim = Callable[[Scene, Start], tuple[int, ...]]
Tint = Callable[[Scene, Start], int]


@dataclass(frozen=True)
class Procedure:
    """A program of the drawing core that plans may call."""

    name: str
    program: str
    aims: str
    """Which directions it takes: "any", "straight", "diagonal" or "none"."""
    draws: bool = True
    """Whether it writes in the hand colour; otherwise it moves the piece under the eye."""
    starts_ahead: bool = False
    """Whether it begins by writing the next cell, if that is empty; otherwise it begins with the eye's."""


PROCEDURES = {
    procedure.name: procedure
    for procedure in (
        Procedure("ray", "RAY", "any", starts_ahead=True),
        Procedure("beam", "BEAM", "any", starts_ahead=True),
        Procedure("bounce", "BOUNCE", "diagonal", starts_ahead=True),
        Procedure("fill", "FILL", "none"),
        Procedure("drop", "DROP", "straight", draws=False),
    )
}


# Ways.

_COMPASS = ("up", "up-right", "right", "down-right", "down", "down-left", "left", "up-left")
_SETS: dict[str, tuple[int, ...]] = {
    **{name: (direction,) for direction, name in enumerate(_COMPASS)},
    "up and down": (0, 4),
    "left and right": (6, 2),
    "straight": (0, 2, 4, 6),
    "diagonally": (1, 3, 5, 7),
    "all ways": tuple(range(8)),
    "along the falling diagonal": (3, 7),
    "along the rising diagonal": (1, 5),
}


def _fixed(directions: tuple[int, ...]) -> Aim:
    return lambda scene, start: directions


def _outward(scene: Scene, start: Start) -> tuple[int, ...]:
    away = scene.away(start.cell) if start.away is None else start.away
    return () if away is None else (away,)


def _inward(scene: Scene, start: Start) -> tuple[int, ...]:
    return tuple((direction + 4) % 8 for direction in _outward(scene, start))


def _to_edge(scene: Scene, start: Start) -> tuple[int, ...]:
    direction = scene.nearest_edge(start.cell)
    return () if direction is None else (direction,)


def _from_edge(scene: Scene, start: Start) -> tuple[int, ...]:
    return tuple((direction + 4) % 8 for direction in _to_edge(scene, start))


def _towards(colour: int) -> Aim:
    return lambda scene, start: scene.facing_piece(start.cell, colour) if colour else ()


def _away_from(colour: int) -> Aim:
    return lambda scene, start: tuple((way + 4) % 8 for way in scene.facing_piece(start.cell, colour))


def _towards_own(scene: Scene, start: Start) -> tuple[int, ...]:
    colour = scene.rows[start.cell[0]][start.cell[1]]
    return scene.facing(start.cell, colour) if colour else ()


WAYS: dict[str, Aim] = {
    **{name: _fixed(directions) for name, directions in _SETS.items()},
    "outward": _outward,
    "inward": _inward,
    "towards the nearest edge": _to_edge,
    "away from the nearest edge": _from_edge,
    "towards its own colour": _towards_own,
    **{f"towards colour {colour}": _towards(colour) for colour in range(1, COLOURS)},
    **{f"away from colour {colour}": _away_from(colour) for colour in range(1, COLOURS)},
}
_ALLOWED: dict[str, frozenset[int]] = {
    "any": frozenset(range(8)),
    "straight": frozenset((0, 2, 4, 6)),
    "diagonal": frozenset((1, 3, 5, 7)),
    "none": frozenset((0,)),
}


# Hands.


def _hand(colour: int) -> Tint:
    return lambda scene, start: colour


def _own(scene: Scene, start: Start) -> int:
    return scene.rows[start.cell[0]][start.cell[1]]


def _around(scene: Scene, start: Start) -> int:
    return scene.around(start.cell)


def _other(scene: Scene, start: Start) -> int:
    return scene.other(start.cell)


OWN = "its own colour"
HANDS: dict[str, Tint] = {
    **{f"colour {colour}": _hand(colour) for colour in range(1, COLOURS)},
    OWN: _own,
    "the colour around it": _around,
    "its object's other colour": _other,
    "the least common colour": lambda scene, start: scene.counts[0][1] if scene.counts else 0,
    "the most common colour": lambda scene, start: scene.counts[-1][1] if scene.counts else 0,
}


# Selectors.


def _of_colour(colour: int) -> Select:
    return lambda scene: [Start(c) for c in scene.coloured if scene.rows[c[0]][c[1]] == colour]


def _ranked_colour(place: int) -> Select:
    def select(scene: Scene) -> list[Start]:
        return _of_colour(scene.counts[place][1])(scene) if scene.counts else []

    return select


def _alone(scene: Scene) -> list[Start]:
    return [Start(group.cells[0]) for group in scene.objects if len(group.cells) == 1]


def _odd(scene: Scene) -> list[Start]:
    """Cells of an object in another colour than most of it."""
    rows = scene.rows
    return [Start(c) for group in scene.objects for c in group.cells if rows[c[0]][c[1]] != group.colour]


def _ends(scene: Scene) -> list[Start]:
    found = ((cell, scene.end(cell)) for cell in scene.coloured)
    return [Start(cell, away) for cell, away in found if away is not None]


def _first(groups: Iterable[Group]) -> list[Start]:
    return [Start(group.cells[0]) for group in groups]


def _pieces_of(colour: int) -> Select:
    return lambda scene: _first(piece for piece in scene.pieces if piece.colour == colour)


def _of_size(size: int) -> Select:
    return lambda scene: _first(area for area in scene.enclosed if len(area.cells) == size)


def _extreme(groups: list[Group], least: bool) -> list[Group]:
    """The largest or smallest groups; none where all are equal."""
    sizes = [len(group.cells) for group in groups]
    if len(set(sizes)) < 2 and len(sizes) > 1:
        return []
    wanted = (min if least else max)(sizes, default=0)
    return [group for group in groups if len(group.cells) == wanted]


def _middle(group: Group) -> list[Start]:
    top, bottom, left, right = group.box
    even = (bottom - top) % 2 or (right - left) % 2
    return [] if even else [Start(((top + bottom) // 2, (left + right) // 2))]


def _corners(group: Group) -> list[Start]:
    """The corners of the box around a group that belong to it, each leading outward."""
    top, bottom, left, right = group.box
    places = (
        (top, left, NORTH_WEST),
        (top, right, NORTH_EAST),
        (bottom, right, SOUTH_EAST),
        (bottom, left, SOUTH_WEST),
    )
    own = set(group.cells)
    return [Start((row, column), away) for row, column, away in places if (row, column) in own]


_WHICH: dict[str, Callable[[list[Group]], list[Group]]] = {
    "each": lambda groups: groups,
    "the largest": lambda groups: _extreme(groups, least=False),
    "the smallest": lambda groups: _extreme(groups, least=True),
}


def _parts(which: str, part: Callable[[Group], list[Start]]) -> Select:
    return lambda scene: [start for group in _WHICH[which](scene.objects) for start in part(group)]


SELECTORS: dict[str, Select] = {
    "coloured cell": lambda scene: [Start(cell) for cell in scene.coloured],
    "cell of the least common colour": _ranked_colour(0),
    "cell of the most common colour": _ranked_colour(-1),
    **{f"cell of colour {colour}": _of_colour(colour) for colour in range(1, COLOURS)},
    "cell on its own": _alone,
    "odd cell of an object": _odd,
    "end of a line": _ends,
    "piece": lambda scene: _first(scene.pieces),
    **{f"piece of colour {colour}": _pieces_of(colour) for colour in range(1, COLOURS)},
    "largest piece": lambda scene: _first(_extreme(scene.pieces, least=False)),
    "smallest piece": lambda scene: _first(_extreme(scene.pieces, least=True)),
    **{
        f"{name} of {which} object": _parts(which, part)
        for name, part in (("corner", _corners), ("middle", _middle))
        for which in _WHICH
    },
    "enclosed area": lambda scene: _first(scene.enclosed),
    "empty area": lambda scene: _first(scene.areas),
    "open area": lambda scene: _first(area for area in scene.areas if area not in scene.enclosed),
    "square enclosed area": lambda scene: _first(area for area in scene.enclosed if area.square),
    "largest enclosed area": lambda scene: _first(_extreme(scene.enclosed, least=False)),
    "smallest enclosed area": lambda scene: _first(_extreme(scene.enclosed, least=True)),
    "largest empty area": lambda scene: _first(_extreme(scene.areas, least=False)),
    "smallest empty area": lambda scene: _first(_extreme(scene.areas, least=True)),
}
_SIZED = re.compile(r"enclosed area of ([1-9]\d{0,2}) cells")


def selector(name: str) -> Select | None:
    """The selector with this name; None where there is none."""
    match = _SIZED.fullmatch(name)
    if match is not None and int(match[1]) <= MAX_SIDE * MAX_SIDE:
        return _of_size(int(match[1]))
    return SELECTORS.get(name)


class Begun(NamedTuple):
    """One call to make: where the eye stands, the hand colour and the direction."""

    cell: tuple[int, int]
    hand: int
    direction: int


@dataclass(frozen=True)
class ForEach:
    """Call a procedure at every place that a selector finds."""

    select: str
    procedure: str
    ways: str = ""
    """Empty for a procedure without a direction."""
    hand: str = OWN

    @property
    def name(self) -> str:
        """The word that spells it."""
        procedure = PROCEDURES[self.procedure]
        ways = f" {self.ways}" if self.ways else ""
        hand = f" in {self.hand}" if procedure.draws else ""
        return f"for each {self.select}: {self.procedure}{ways}{hand}"

    def calls(self, scene: Scene, most: int | None = None) -> tuple[Begun, ...]:
        """The calls it makes on a grid, in their order; those without a direction or colour left out.

        None at all where the selector finds more than `most` places.
        """
        starts = scene.remembered(self.select, _select)
        if most is not None and len(starts) > most:
            return ()
        hands = scene.remembered((self.select, self.hand), _tints)
        ways = scene.remembered((self.select, self.ways), _aims)
        allowed = _ALLOWED[PROCEDURES[self.procedure].aims]
        calls = tuple(
            dict.fromkeys(
                Begun(start.cell, hand, direction)
                for start, hand, directions in zip(starts, hands, ways, strict=True)
                if hand
                for direction in directions
                if direction in allowed
            )
        )
        return calls if PROCEDURES[self.procedure].draws else _foremost_first(scene, calls)


def _select(scene: Scene, name: str) -> tuple[Start, ...]:
    find = selector(name)
    return () if find is None else tuple(find(scene))


def _tints(scene: Scene, key: tuple[str, str]) -> tuple[int, ...]:
    tint = HANDS[key[1]]
    return tuple(tint(scene, start) for start in scene.remembered(key[0], _select))


def _aims(scene: Scene, key: tuple[str, str]) -> tuple[tuple[int, ...], ...]:
    aim = WAYS[key[1]] if key[1] else _fixed((0,))
    return tuple(aim(scene, start) for start in scene.remembered(key[0], _select))


def _foremost_first(scene: Scene, calls: tuple[Begun, ...]) -> tuple[Begun, ...]:
    """Each piece once, those first that nothing moved after them can be in the way of."""
    piece_of = scene.piece_of
    first = {piece_of[begun.cell].cells: begun for begun in reversed(calls) if begun.cell in piece_of}

    def rank(item: tuple[tuple[Cell, ...], Begun]) -> tuple[int, int, Cell]:
        cells, begun = item
        down, right = STEPS[begun.direction]
        return begun.direction, -max(row * down + column * right for row, column in cells), begun.cell

    return tuple(begun for _, begun in sorted(first.items(), key=rank))


_NAME = re.compile(rf"for each ([^:]+): ({'|'.join(PROCEDURES)})(?: (.+))?")


@lru_cache(maxsize=4096)
def parse_for_each(name: str) -> ForEach | None:
    """Read a name that `ForEach.name` wrote; None for anything else."""
    match = _NAME.fullmatch(name)
    if match is None:
        return None
    procedure, rest = PROCEDURES[match[2]], match[3] or ""
    hand = OWN
    if procedure.draws:
        before, found, hand = rest.rpartition("in ")
        if not found or (before and not before.endswith(" ")):
            return None
        rest = before.rstrip()
    wanted = procedure.aims != "none"
    known = selector(match[1]) is not None and hand in HANDS and (rest in WAYS if wanted else not rest)
    read = ForEach(match[1], procedure.name, rest, hand) if known else None
    return read if read is not None and read.name == name else None

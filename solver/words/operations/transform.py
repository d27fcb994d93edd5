"""Transform: "pieces: <action> where <condition> and <condition>", a rule by which some pieces move or turn.

Pieces keep their order, so that a second rule can look at the pieces as they were.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import ClassVar, Self

import numpy as np
from numpy.typing import NDArray

from puzzles.grid import Cells
from solver.words.features.piece_features import piece_features
from solver.words.operations.condition import Condition, parse_conditions, where_parts
from solver.words.operations.geometry import anti_transpose, rotate_anticlockwise, rotate_clockwise, transpose
from solver.words.operations.pieces import Piece, Pieces
from solver.words.operations.registry import NotApplicable
from solver.words.rule import NUMBERS, Operands, Part, Rule, Slot, Value

Mask = NDArray[np.bool_]

WAYS: dict[str, tuple[int, int]] = {
    "up": (-1, 0), "down": (1, 0), "left": (0, -1), "right": (0, 1),
}  # fmt: skip
_MOST = 60
"""More pieces than this are noise, not things."""
TURNS: dict[str, Callable[[Cells], Cells]] = {
    "flip left-right": lambda g: g[:, ::-1],
    "flip up-down": lambda g: g[::-1],
    "turn half-way": lambda g: g[::-1, ::-1],
    "turn clockwise": rotate_clockwise,
    "turn anticlockwise": rotate_anticlockwise,
    "transpose": transpose,
    "anti-transpose": anti_transpose,
}
_TRANSFORM = re.compile(r"pieces: (?P<action>.+?)(?: where (?P<where>.+))?")
_STEP = re.compile(r"move by (-?\d+) down, (-?\d+) right")
_SLIDE = re.compile(r"move (up|down|left|right) until stopped")
_BY_LENGTH = re.compile(r"move (up|down|left|right) by its length")
TOUCH = "move until it touches another"
TOUCH_OWN = "move until it touches its colour"
VANISH = "vanish"
BECOME = "become the piece that stays"
BECOME_LARGEST = "become the largest piece"
_PLAIN = (*TURNS, TOUCH, TOUCH_OWN, VANISH, BECOME, BECOME_LARGEST)


@dataclass(frozen=True)
class Step:
    """Move by a fixed number of rows and columns."""

    down: int
    right: int

    def __str__(self) -> str:
        return f"move by {self.down} down, {self.right} right"


@dataclass(frozen=True)
class Slide:
    """Move one way until something or the edge is met."""

    way: str

    def __str__(self) -> str:
        return f"move {self.way} until stopped"


@dataclass(frozen=True)
class ByLength:
    """Move one way by the piece's own height or width."""

    way: str

    def __str__(self) -> str:
        return f"move {self.way} by its length"


Action = str | Step | Slide | ByLength
"""What happens to a piece; a plain text for what needs nothing else said (`TURNS`, `VANISH` …)."""


def parse_action(text: str) -> Action | None:
    """Read an action back from its text; None where there is no such action."""
    step, slide, by_length = (form.fullmatch(text) for form in (_STEP, _SLIDE, _BY_LENGTH))
    if step:
        return Step(int(step[1]), int(step[2]))
    if slide:
        return Slide(slide[1])
    if by_length:
        return ByLength(by_length[1])
    return text if text in _PLAIN else None


def _action_parts(action: Action) -> tuple[Part, ...]:
    if isinstance(action, Step):
        down, right = Slot(str(action.down), NUMBERS), Slot(str(action.right), NUMBERS)
        return ("move by ", down, " down, ", right, " right")
    if isinstance(action, Slide):
        return ("move ", Slot(action.way, tuple(WAYS)), " until stopped")
    if isinstance(action, ByLength):
        return ("move ", Slot(action.way, tuple(WAYS)), " by its length")
    return (action,)


@dataclass(frozen=True)
class Transform(Rule):
    """What is done to which pieces; without conditions to all."""

    description: ClassVar[str] = "Move, turn or replace the pieces for which all conditions hold."
    action: Action
    where: tuple[Condition, ...] = ()

    @classmethod
    def parse(cls, text: str) -> Self | None:
        """Read a rule back from its text; None when it is not one."""
        match = _TRANSFORM.fullmatch(text)
        action = parse_action(match["action"]) if match else None
        if match is None or action is None:
            return None
        where = parse_conditions(match["where"]) if match["where"] else ()
        return None if where is None else cls(action, where)

    @property
    def parts(self) -> tuple[Part, ...]:
        """ "pieces: ", the action, the conditions."""
        return ("pieces: ", *_action_parts(self.action), *where_parts(self.where))

    @property
    def function(self) -> Callable[[Operands], Value]:
        """`transform` with this rule's action and conditions."""
        return partial(transform, self.action, self.where)


def transform(action: Action, where: tuple[Condition, ...], operands: Sequence[Cells | Pieces]) -> Pieces:
    """Do something to some pieces: operands are these, and those that are looked at (or none: the same)."""
    pieces, looked_at = operands[0], operands[-1]
    if not isinstance(pieces, Pieces) or not isinstance(looked_at, Pieces):
        raise NotApplicable("it needs pieces, not a grid")
    if len(pieces.items) != len(looked_at.items) or len(pieces.items) > _MOST:
        raise NotApplicable("the pieces are others, or too many")
    chosen = np.ones(len(pieces.items), np.bool_)
    if where:
        features = piece_features(looked_at)
        for condition in where:
            chosen &= condition.holds(features)[0]
    return act(action, pieces, chosen)


def act(action: Action, pieces: Pieces, chosen: Mask) -> Pieces:
    """Do something to the chosen pieces; the others stay, and may be in the way."""
    if isinstance(action, Slide):
        return _with(pieces, _slid(pieces, chosen, WAYS[action.way]))
    if isinstance(action, (Step, ByLength)):
        items = [_moved(p, action) if picked else p for p, picked in zip(pieces.items, chosen, strict=True)]
        return _with(pieces, items)
    if action in TURNS:
        return _each(pieces, chosen, TURNS[action])
    if action == VANISH:
        return _each(pieces, chosen, lambda cells: np.full_like(cells, pieces.background))
    if action in (BECOME, BECOME_LARGEST):
        models = chosen if action == BECOME else ~_largest(pieces)
        return _with(pieces, _becoming(pieces, chosen, models))
    return _with(pieces, _touching(pieces, chosen, own=action == TOUCH_OWN))


def _moved(piece: Piece, action: Step | ByLength) -> Piece:
    if isinstance(action, Step):
        return Piece(piece.cells, piece.top + action.down, piece.left + action.right)
    down, right = WAYS[action.way]
    height, width = piece.cells.shape
    return Piece(piece.cells, piece.top + down * height, piece.left + right * width)


def _with(pieces: Pieces, items: Sequence[Piece]) -> Pieces:
    return Pieces(tuple(items), pieces.shape, pieces.background)


def _each(pieces: Pieces, chosen: Mask, turn: Callable[[Cells], Cells]) -> Pieces:
    items = [
        Piece(np.ascontiguousarray(turn(p.cells)), p.top, p.left) if picked else p
        for p, picked in zip(pieces.items, chosen, strict=True)
    ]
    return _with(pieces, items)


def _largest(pieces: Pieces) -> Mask:
    cells = np.array([int((p.cells != pieces.background).sum()) for p in pieces.items])
    return np.asarray(cells == cells.max())


def _becoming(pieces: Pieces, chosen: Mask, others: Mask) -> list[Piece]:
    """Put the model, what all pieces but the others look like, over the middle of the chosen."""
    models = [pieces.items[i].cells for i in np.flatnonzero(~others)]
    if not models or any(not np.array_equal(cells, models[0]) for cells in models):
        raise NotApplicable("there is no one model")
    model = models[0]
    items = []
    for piece, picked in zip(pieces.items, chosen, strict=True):
        down = (piece.cells.shape[0] - model.shape[0]) // 2
        right = (piece.cells.shape[1] - model.shape[1]) // 2
        items.append(Piece(model, piece.top + down, piece.left + right) if picked else piece)
    return items


def _slid(pieces: Pieces, chosen: Mask, way: tuple[int, int]) -> list[Piece]:
    """Let the chosen pieces move until something or the edge stops them, those in front first."""
    items = list(pieces.items)
    taken = np.zeros(pieces.shape, np.bool_)
    for piece, picked in zip(items, chosen, strict=True):
        if not picked:
            _mark(taken, piece, pieces.background)
    down, right = way
    order = sorted(np.flatnonzero(chosen).tolist(), key=lambda i: _ahead(items[i], way), reverse=True)
    for index in order:
        piece = items[index]
        while _free(
            taken, following := Piece(piece.cells, piece.top + down, piece.left + right), pieces.background
        ):
            piece = following
        items[index] = piece
        _mark(taken, piece, pieces.background)
    return items


def _ahead(piece: Piece, way: tuple[int, int]) -> int:
    """How far the piece's front edge lies in the direction of one step `way` (rows, columns)."""
    height, width = piece.cells.shape
    down, right = way
    bottom, edge = piece.top + height, piece.left + width
    return (
        max(down, 0) * bottom - max(-down, 0) * piece.top + max(right, 0) * edge - max(-right, 0) * piece.left
    )


def _free(taken: Mask, piece: Piece, background: int) -> bool:
    """Whether a piece lies inside the grid and on no other."""
    height, width = piece.cells.shape
    if (
        piece.top < 0
        or piece.left < 0
        or piece.top + height > taken.shape[0]
        or piece.left + width > taken.shape[1]
    ):
        return False
    window = taken[piece.top : piece.top + height, piece.left : piece.left + width]
    return not (window & (piece.cells != background)).any()


def _mark(taken: Mask, piece: Piece, background: int) -> None:
    bottom, right = piece.top + piece.cells.shape[0], piece.left + piece.cells.shape[1]
    # Ends below zero would count from the grid's far edge: a piece that has left it marks nothing.
    window = taken[max(piece.top, 0) : max(bottom, 0), max(piece.left, 0) : max(right, 0)]
    content = piece.cells != background
    window |= content[max(-piece.top, 0) :, max(-piece.left, 0) :][: window.shape[0], : window.shape[1]]


def _touching(pieces: Pieces, chosen: Mask, own: bool) -> list[Piece]:
    """Move each chosen piece the shortest straight way to a piece that stays; own: to one of its colour.

    A piece with nothing in its way stays.
    """
    items = []
    for piece, picked in zip(pieces.items, chosen, strict=True):
        goals = np.zeros(pieces.shape, np.bool_)
        for other, moves in zip(pieces.items, chosen, strict=True):
            if not moves and not (own and other.cells.max() != piece.cells.max()):
                _mark(goals, other, pieces.background)
        items.append(_nearest_contact(piece, goals, pieces.background) if picked else piece)
    return items


def _nearest_contact(piece: Piece, taken: Mask, background: int) -> Piece:
    best: tuple[int, Piece] | None = None
    for down, right in WAYS.values():
        here, steps = piece, 0
        while _free(taken, following := Piece(here.cells, here.top + down, here.left + right), background):
            here, steps = following, steps + 1
        height, width = piece.cells.shape
        inside = (
            0 <= following.top <= taken.shape[0] - height and 0 <= following.left <= taken.shape[1] - width
        )
        if inside and (best is None or steps < best[0]):
            best = steps, here
    return piece if best is None else best[1]

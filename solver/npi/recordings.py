"""Recorded pads and moves as JSON: `{"name", "demonstrations": [{"pad", "pointers", "hand", "moves"}]}`.

A move is "eye east", "eye write" or "eye push east": a pointer, and what it does. Rows and columns of
pointers count from 0; a pad has at most 30 rows and columns, as boards have.
"""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from puzzles.grid import COLOURS
from solver.npi.demonstrations import NO_DIRECTION, Demonstration
from solver.npi.pad import EAST, NORTH, PUSH, SOUTH, SWAP, WEST, WRITE, Arguments, Environment, Pad
from solver.npi.programs import ACT, Call
from solver.words.errors import UsageError

DIRECTIONS = (
    *("north", "north-east", "east", "south-east"),
    *("south", "south-west", "west", "north-west"),
)
"""Names of the eight directions, in their order."""
LONGEST = 30
"""Rows and columns of a pad."""
MOST_MOVES = 2_000
"""In one demonstration."""
_LARGEST_FILE = 2_000_000
NAME = re.compile(r"[A-Z][A-Z0-9_]{0,23}")


def said(call: Call, environment: Environment) -> str:
    """A step of a procedure in the words of a recording: "eye east", "STROKE south", "FILL"."""
    first, action, value = call.arguments
    if call.program != ACT:
        return call.program if call.program in NO_DIRECTION else f"{call.program} {DIRECTIONS[first]}"
    pointer = environment.pointers[first]
    if action < len(DIRECTIONS):
        return f"{pointer} {DIRECTIONS[action]}"
    return f"{pointer} push {DIRECTIONS[value]}" if action == PUSH else f"{pointer} write"


def read_recording(path: Path, environment: Environment) -> tuple[str, list[Demonstration]]:
    """The name and the demonstrations in a file; raises `UsageError` naming the place."""
    document = _load(path)
    name = document.get("name")
    if not isinstance(name, str) or not NAME.fullmatch(name):
        raise UsageError(f"{path}: name: expected 1 to 24 capital letters, digits and _, a letter first")
    shown = document.get("demonstrations")
    if not isinstance(shown, list) or not shown or not all(isinstance(one, dict) for one in shown):
        raise UsageError(f"{path}: demonstrations: expected objects with pad, pointers, hand, moves")
    found = []
    for number, one in enumerate(shown, 1):
        where = f"{path}: demonstration {number}"
        found.append(Demonstration(_pad(one, environment, where), _moves(one, environment, where)))
    return name, found


def recording_text(name: str, demonstrations: Sequence[Demonstration], environment: Environment) -> str:
    """The file's text, as `read_recording` takes it."""
    shown = [
        {
            "pad": one.pad.cells.tolist(),
            "pointers": {pointer: list(place) for pointer, place in one.pad.pointers.items()},
            "hand": one.pad.hand,
            "moves": [said(Call(ACT, move), environment) for move in one.moves],
        }
        for one in demonstrations
    ]
    return json.dumps({"name": name, "demonstrations": shown}) + "\n"


def read_pad(path: Path, environment: Environment) -> Pad:
    """One pad from a file `{"pad", "pointers", "hand"}`; raises `UsageError` as `read_recording` does."""
    return _pad(_load(path), environment, str(path))


def _load(path: Path) -> dict[str, Any]:
    try:
        if path.stat().st_size > _LARGEST_FILE:
            raise UsageError(f"{path}: expected at most {_LARGEST_FILE} bytes")
        document = json.loads(path.read_text("utf-8"))
    except OSError as error:
        raise UsageError(f"{path}: {error.strerror}, expected a JSON file") from None
    except (ValueError, RecursionError) as error:
        raise UsageError(f"{path}: expected JSON, {str(error)[:120]}") from None
    if not isinstance(document, dict):
        raise UsageError(f"{path}: expected an object")
    return document


def _pad(one: dict[str, Any], environment: Environment, where: str) -> Pad:
    rows: Any = one.get("pad")
    pointers, hand = one.get("pointers"), one.get("hand", 1)
    width = len(rows[0]) if isinstance(rows, list) and rows and isinstance(rows[0], list) else 0
    right = isinstance(rows, list) and len(rows) <= LONGEST and 1 <= width <= LONGEST
    if not right or not all(isinstance(row, list) and len(row) == width for row in rows):
        raise UsageError(f"{where}: pad: expected 1 to {LONGEST} rows, all of 1 to {LONGEST} cells")
    if not all(_is_in(cell, COLOURS) for row in rows for cell in row):
        raise UsageError(f"{where}: pad: expected colours 0 to {COLOURS - 1}")
    if not _is_in(hand, COLOURS) or hand == 0:
        raise UsageError(f"{where}: hand: expected a colour from 1 to {COLOURS - 1}")
    expected = f"{where}: pointers: expected {', '.join(environment.pointers)}, each [row, column] on the pad"
    if not isinstance(pointers, dict) or set(pointers) != set(environment.pointers):
        raise UsageError(expected)
    for place in pointers.values():
        if not isinstance(place, list) or len(place) != 2:
            raise UsageError(expected)
        if not _is_in(place[0], len(rows)) or not _is_in(place[1], width):
            raise UsageError(expected)
    return Pad(rows, {name: (pointers[name][0], pointers[name][1]) for name in environment.pointers}, hand)


def _is_in(value: object, limit: int) -> bool:
    return type(value) is int and 0 <= value < limit


def _moves(one: dict[str, Any], environment: Environment, where: str) -> tuple[Arguments, ...]:
    moves = one.get("moves")
    if not isinstance(moves, list) or not 1 <= len(moves) <= MOST_MOVES:
        raise UsageError(f"{where}: moves: expected a list of 1 to {MOST_MOVES}")
    return tuple(_move(text, environment, f"{where}: move {i}") for i, text in enumerate(moves, 1))


def _move(text: object, environment: Environment, where: str) -> Arguments:
    words = text.split() if isinstance(text, str) else []
    if words and words[0] in environment.pointers:
        pointer, action = environment.pointers.index(words[0]), words[1:]
        if len(action) == 1 and action[0] in DIRECTIONS:
            return (pointer, DIRECTIONS.index(action[0]), 0)
        if action in (["write"], ["swap"]):
            return (pointer, WRITE if action[0] == "write" else SWAP, 0)
        straight = {DIRECTIONS[direction]: direction for direction in (NORTH, EAST, SOUTH, WEST)}
        if len(action) == 2 and action[0] == "push" and action[1] in straight:
            return (pointer, PUSH, straight[action[1]])
    pointers = " or ".join(environment.pointers)
    raise UsageError(
        f"{where} is {str(text)[:30]!r}, expected {pointers} and a direction, write, or push with a direction"
    )

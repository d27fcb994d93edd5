"""A moment to share: puzzle, program, step and pair, as a file or as a link.

A file is a program file that also says which step is shown. A link holds the same, compressed; a puzzle that
comes along is named instead of written out. What is read was written by others: it is bounded, checked, and
never names a file.
"""

from __future__ import annotations

import json
import zlib
from base64 import urlsafe_b64decode, urlsafe_b64encode
from dataclasses import dataclass, replace
from typing import Any

from app.state.draft import Part
from puzzles.collections import COLLECTIONS, collection
from puzzles.grid import shown
from puzzles.puzzle import Puzzle, content_key, puzzle_to_json
from solver.words.program import (
    EXACT_FINGERPRINT,
    Program,
    ProgramError,
    program_from_json,
    program_to_json,
)

SCHEME = "glossa:"
START = "glossa://moment/"
LONGEST_LINK = 30_000
"""Characters; a command line takes little more on every system."""
LARGEST_TEXT = 2_000_000
"""Bytes that a link may hold."""
LARGEST_FILE = 20_000_000
"""Characters of a file with a moment."""
MOST_STEPS = 200
"""Steps of a program in a link, which runs as soon as it is opened."""
LONGEST_NAME = 200
"""Characters of the name of a puzzle."""
NAMED = "a link"
"""What messages call a link, which has no name."""
NOTHING = Program((), EXACT_FINGERPRINT)


@dataclass(frozen=True)
class Moment:
    """What is on the board."""

    puzzle: Puzzle
    program: Program
    """Without steps where none is shown."""
    step: int
    """How many of its steps have been run."""
    part: Part = "train"
    pair: int = 0
    """The pair looked at."""


def moment_to_json(moment: Moment) -> str:
    """Write a moment as a program file; `moment_from_json` reads it back."""
    return json.dumps(json.loads(program_to_json(moment.program, moment.puzzle)) | _place(moment), indent=1)


def moment_from_json(text: str, file: str) -> Moment:
    """Read a program file, with the step it shows where it says so, else the last.

    Raises `ProgramError` or `PuzzleError` naming `file`, the place and what was expected.
    """
    program, puzzle = program_from_json(text, file)
    place = json.loads(text).get("moment")
    if place is None:
        return Moment(puzzle, program, len(program.steps))
    if len(text) > LARGEST_FILE:
        raise ProgramError(f"{file}: has {len(text)} characters, expected at most {LARGEST_FILE}")
    if not isinstance(place, dict):
        raise ProgramError(f"{file}: moment is {shown(place)}, expected an object with step, part and pair")
    part = place.get("part", "train")
    if part not in ("train", "test"):
        raise ProgramError(f"{file}: moment.part is {shown(part)}, expected train or test")
    pairs = puzzle.train if part == "train" else puzzle.test
    step = _number(place.get("step"), len(program.steps), f"{file}: moment.step")
    pair = _number(place.get("pair", 0), len(pairs) - 1, f"{file}: moment.pair")
    return Moment(puzzle, program, step, part, pair)


def link_to(moment: Moment) -> str:
    """Write a moment as a link; raises `ProgramError` where it would be too long."""
    document = json.loads(program_to_json(moment.program, moment.puzzle)) | _place(moment)
    name = f"{moment.puzzle.source}/{moment.puzzle.name}"
    known = _coming_along(name)
    if known is not None and content_key(known) == content_key(moment.puzzle):
        del document["puzzle"], document["name"]
        document |= {"of": name, "key": content_key(known)}
    text = json.dumps(document, separators=(",", ":"))
    link = START + urlsafe_b64encode(zlib.compress(text.encode(), 9)).decode().rstrip("=")
    if len(link) > LONGEST_LINK:
        raise ProgramError(
            f"a link would have {len(link)} characters, expected at most {LONGEST_LINK}: save a file instead"
        )
    return link


def moment_from_link(link: str) -> Moment:
    """Read a link; raises `ProgramError` or `PuzzleError` in one line for anything else."""
    if not link.startswith(START) or len(link) > LONGEST_LINK:
        raise ProgramError(
            f"{NAMED} is {shown(link[:LONGEST_NAME])}, expected {START} and at most {LONGEST_LINK} characters"
        )
    document = _unpacked(link.removeprefix(START).rstrip("/="))
    known = _named_puzzle(document) if "of" in document else None
    if known is not None:
        document |= {"puzzle": json.loads(puzzle_to_json(known)), "name": known.name}
    moment = moment_from_json(json.dumps(document), NAMED)
    if known is not None:
        moment = replace(moment, puzzle=known)
    name = moment.puzzle.name
    if len(name) > LONGEST_NAME or not name.isprintable():
        raise ProgramError(
            f"{NAMED}: name is {shown(name)}, expected at most {LONGEST_NAME} letters in one line"
        )
    if len(moment.program.steps) > MOST_STEPS:
        raise ProgramError(f"{NAMED}: steps has {len(moment.program.steps)}, expected at most {MOST_STEPS}")
    return moment


def _place(moment: Moment) -> dict[str, Any]:
    return {"moment": {"step": moment.step, "part": moment.part, "pair": moment.pair}}


def _number(value: Any, most: int, where: str) -> int:
    if type(value) is not int or not 0 <= value <= most:  # True is no number
        raise ProgramError(f"{where} is {shown(value)}, expected 0 to {most}")
    return value


def _unpacked(text: str) -> dict[str, Any]:
    """What a link holds, which may not be larger than `LARGEST_TEXT` however small the link is."""
    spoilt = ProgramError(f"{NAMED} is incomplete or changed, expected it as it was copied")
    try:
        packed = urlsafe_b64decode(text.encode("ascii") + b"=" * (-len(text) % 4))
        unpacking = zlib.decompressobj()
        content = unpacking.decompress(packed, LARGEST_TEXT)
        if not unpacking.eof or unpacking.unused_data:
            raise spoilt
        document = json.loads(content)
    except (ValueError, RecursionError, zlib.error):  # UnicodeError and binascii.Error are of the first kind
        raise spoilt from None
    if not isinstance(document, dict):
        raise spoilt
    return document


def _named_puzzle(document: dict[str, Any]) -> Puzzle:
    """The puzzle that a link names; never a file, and not another than was meant."""
    name = document["of"]
    known = _coming_along(name) if isinstance(name, str) else None
    if known is None:
        raise ProgramError(f"{NAMED}: of is {shown(name)}, expected a puzzle that comes along")
    if document.get("key") != content_key(known):
        raise ProgramError(f"{NAMED}: {shown(name)} is another puzzle here, expected the one it was made for")
    return known


def _coming_along(name: str) -> Puzzle | None:
    """The puzzle of a collection that comes along, such as "arc1-train/67a3c6ac"; None for other names."""
    key, _, puzzle_id = name.partition("/")
    if len(name) > LONGEST_NAME or key not in COLLECTIONS or puzzle_id not in collection(key):
        return None
    return collection(key)[puzzle_id]

"""What there is to say with procedures: calls to look up, what can be changed in one, how one may go on.

Needs no torch, as `solver.npi.calls`.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from functools import lru_cache
from itertools import islice

from solver.npi.calls import HANDS, OWN, PROCEDURES, SELECTORS, WAYS, ForEach, parse_for_each
from solver.words.arguments import Argument

_BEGINNING = "for each "
_USUAL = {"any": "up", "straight": "down", "diagonal": "diagonally", "none": ""}
_SLANTED = ("up-right", "up-left", "down-right", "down-left", "diagonally", "along the")


@lru_cache(maxsize=1)
def listed_calls() -> tuple[ForEach, ...]:
    """One call for every way of every procedure, and one for every kind of place."""
    found = [
        replace(_usual("coloured cell", procedure), ways=ways)
        for procedure in PROCEDURES
        for ways in _ways(procedure)
        if procedure != "fill" and not ways.endswith(tuple("23456789"))
    ]
    for select in SELECTORS:
        if not select.endswith(tuple("23456789")):
            found.append(_usual(select, _natural(select)))
    return tuple(dict.fromkeys(found))


def _natural(select: str) -> str:
    """A procedure that suits the places a selector finds."""
    if "area" in select:
        return "fill"
    return "drop" if "piece" in select else "ray"


def _usual(select: str, procedure: str) -> ForEach:
    known = PROCEDURES[procedure]
    hand = "colour 4" if procedure == "fill" else OWN
    return ForEach(select, procedure, _USUAL[known.aims], hand)


def _ways(procedure: str) -> tuple[str, ...]:
    """The ways that a procedure can take."""
    aims = PROCEDURES[procedure].aims
    if aims == "none":
        return ("",)
    slanted = tuple(way for way in WAYS if way.startswith(_SLANTED))
    fixed = ("up", "right", "down", "left", "up and down", "left and right", "straight")
    if aims == "diagonal":
        return tuple(way for way in WAYS if way not in fixed and "edge" not in way)
    return tuple(way for way in WAYS if aims == "any" or way not in slanted)


def call_arguments(name: str) -> tuple[Argument, ...]:
    """The parts of a call's name that can be changed; none where it is no call."""
    call = parse_for_each(name)
    if call is None:
        return ()
    known = PROCEDURES[call.procedure]
    found: list[tuple[str, list[ForEach]]] = [
        ("select", [replace(call, select=other) for other in SELECTORS]),
        ("procedure", [_as(call, procedure) for procedure in PROCEDURES]),
    ]
    if call.ways:
        found.append(("ways", [replace(call, ways=ways) for ways in _ways(call.procedure)]))
    if known.draws:
        found.append(("hand", [replace(call, hand=hand) for hand in HANDS]))
    arguments, at = [], 0
    for part, others in found:
        value: str = getattr(call, part)
        at = name.index(value, at)
        shown = f"{name[:at]}…{name[at + len(value) :]}"
        choices = tuple((getattr(other, part), other.name) for other in others if other != call)
        arguments.append(Argument(value, shown, choices))
        at += len(value)
    return tuple(arguments)


def _as(call: ForEach, procedure: str) -> ForEach:
    """The same call of another procedure, its ways kept where they suit it."""
    ways = call.ways if call.ways in _ways(procedure) else _USUAL[PROCEDURES[procedure].aims]
    return replace(call, procedure=procedure, ways=ways)


def call_completions(text: str, most: int) -> tuple[str, ...]:
    """Names of calls that go on as `text` begins, at most so many; itself first where it is whole."""
    text = " ".join(text.split())
    whole = [text] if parse_for_each(text) is not None else []
    return tuple(dict.fromkeys([*whole, *islice(_going_on(text), most)]))[:most]


def _going_on(text: str) -> Iterator[str]:
    if len(text) < len("for") or not (text.startswith(_BEGINNING) or _BEGINNING.startswith(text)):
        return
    select, colon, rest = text.removeprefix(_BEGINNING).partition(":")
    if not colon:
        words = [] if _BEGINNING.startswith(text) else select.split()
        for name in SELECTORS:
            if all(word in name for word in words):
                yield _usual(name, _natural(name)).name
        return
    for procedure in PROCEDURES:
        hands = HANDS if PROCEDURES[procedure].draws else (OWN,)
        for ways in _ways(procedure):
            for hand in hands:
                name = ForEach(select, procedure, ways, hand).name
                after = name.partition(": ")[2]
                if after.startswith(rest.strip()) and parse_for_each(name) is not None:
                    yield name

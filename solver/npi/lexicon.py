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
    places = [(call.select, _BEGINNING, [replace(call, select=other) for other in SELECTORS])]
    others = [_as(call, procedure) for procedure in PROCEDURES]
    places.append((call.procedure, f"{_BEGINNING}{call.select}: ", others))
    if call.ways:
        before = f"{_BEGINNING}{call.select}: {call.procedure} "
        places.append((call.ways, before, [replace(call, ways=way) for way in _ways(call.procedure)]))
    if PROCEDURES[call.procedure].draws:
        before = name.removesuffix(call.hand)
        places.append((call.hand, before, [replace(call, hand=hand) for hand in HANDS]))
    return tuple(_argument(name, value, before, calls) for value, before, calls in places)


def _as(call: ForEach, procedure: str) -> ForEach:
    """The same call of another procedure, its ways kept where they suit it."""
    ways = call.ways if call.ways in _ways(procedure) else _USUAL[PROCEDURES[procedure].aims]
    return replace(call, procedure=procedure, ways=ways)


def _argument(name: str, value: str, before: str, calls: list[ForEach]) -> Argument:
    after = name[len(before) + len(value) :]
    part = "procedure" if value in PROCEDURES else ""
    named = [(call.procedure if part else _between(call.name, before, after), call.name) for call in calls]
    choices = tuple(choice for choice in named if choice[1] != name)
    return Argument(value, f"{before}…{after}", choices)


def _between(name: str, before: str, after: str) -> str:
    return name[len(before) : len(name) - len(after)]


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

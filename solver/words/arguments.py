"""The arguments of exact words: which parts of a word's name may be something else."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from solver.words.vocabulary import EXACT_LANGUAGE, exact_word

_NUMBERS = [str(number) for number in range(-1, 31)]
_COLOURS = _NUMBERS[1:11]
_RELATIONS = ["=", "≠", "≥", "≤"]
_SIDES = {"left", "right", "top", "bottom", "up", "down"}


@dataclass(frozen=True)
class Argument:
    """One part of a word's name."""

    value: str
    """What stands there now."""
    shown: str
    """The name with the part left open, e.g. "replace … by 2"."""
    choices: tuple[tuple[str, str], ...]
    """Other values, each with the name of the word that has it."""


@lru_cache(maxsize=256)
def arguments(name: str) -> tuple[Argument, ...]:
    """The parts of an exact word's name that can be changed; none for learned words and unknown names."""
    if exact_word(name) is None:
        return ()
    parts = name.split(" ")
    found = []
    for place, part in enumerate(parts):
        choices = tuple(_others(parts, place))
        if choices:
            found.append(Argument(part, _with(parts, place, "…"), choices))
    return tuple(found)


def _others(parts: list[str], place: int) -> list[tuple[str, str]]:
    """Values that make another exact word, with that word's name."""
    part = parts[place]
    if part in _RELATIONS:
        values = _RELATIONS
    elif part in _NUMBERS:
        paints = place > 0 and parts[place - 1] == "paint"  # any number reads as a colour there
        values = _COLOURS if paints else _NUMBERS
    else:
        values = [] if place == 0 and not _names_a_side(part) else _siblings(parts, place)
    named = [(value, _with(parts, place, value)) for value in values if value != part]
    return [(value, name) for value, name in named if exact_word(name) is not None]


def _siblings(parts: list[str], place: int) -> list[str]:
    """What other words of the vocabulary have in this place, all else being equal."""
    return [value for value in _values().get((place, _with(parts, place, "…")), []) if value not in _NUMBERS]


@lru_cache(maxsize=1)
def _values() -> dict[tuple[int, str], list[str]]:
    """For every name with one part left open, what stands there in the vocabulary."""
    found: dict[tuple[int, str], list[str]] = {}
    for word in EXACT_LANGUAGE.words:
        parts = word.name.split(" ")
        for place, part in enumerate(parts):
            found.setdefault((place, _with(parts, place, "…")), []).append(part)
    return found


def _names_a_side(part: str) -> bool:
    return set(part.split("-")) <= _SIDES


def _with(parts: list[str], place: int, value: str) -> str:
    return " ".join([*parts[:place], value, *parts[place + 1 :]])

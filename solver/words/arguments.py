"""The arguments of exact words: which parts of a word's name may be something else."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from solver.words.rule import Part, Slot
from solver.words.rules import parse_rule


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
    rule = parse_rule(name)
    parts = () if rule is None else rule.parts
    found = []
    for place, part in enumerate(parts):
        if not isinstance(part, Slot):
            continue
        named = [(value, _with(parts, place, value)) for value in part.choices if value != part.value]
        choices = tuple((value, text) for value, text in named if parse_rule(text) is not None)
        if choices:
            found.append(Argument(part.value, _with(parts, place, "…"), choices))
    return tuple(found)


def _with(parts: tuple[Part, ...], place: int, value: str) -> str:
    """The name with another value in one slot."""
    texts = [part.value if isinstance(part, Slot) else part for part in parts]
    return "".join([*texts[:place], value, *texts[place + 1 :]])

"""What a rule is: a word spelled out by its text, with colours, conditions or lengths of its own.

There is no end of such words ("paint 3 where row = 0", "blank 3 by 4"), so they are not listed: each kind
reads its own text (`Rule.parse`), and `solver.words.rules` holds the table of kinds. A rule is frozen data;
whoever needs another rule makes one from other data and never by editing the text.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar, Protocol, Self

from puzzles.grid import Cells
from solver.words.operations.pieces import Pieces

Value = Cells | Pieces
"""What a step of an exact program yields for one input."""
Operands = Sequence[Value]
"""The results a step uses: that of its source, then those of further steps."""

NUMBERS = tuple(str(number) for number in range(-1, 31))
COLOURS = NUMBERS[1:11]
_SIDES = {"left", "right", "top", "bottom", "up", "down"}


@dataclass(frozen=True)
class Slot:
    """A part of a rule's text in whose place other values make sense."""

    value: str
    choices: tuple[str, ...]
    """All values, the present one among them."""


Part = str | Slot
"""A piece of a rule's text, blanks included; the text is all pieces in a row."""


class Writer(Protocol):
    """Collects the source of functions for a Python file (`solver.export.sources.Sources`)."""

    def call(self, function: Callable[..., Any], *arguments: str) -> str:
        """Source of a call of `function`, which is written out with all it uses."""
        ...


class Rule(ABC):
    """One word with parameters; subclasses are frozen dataclasses, one in a file of `operations/`."""

    description: ClassVar[str]
    """One line for people: what words of this kind do."""

    @classmethod
    @abstractmethod
    def parse(cls, text: str) -> Self | None:
        """Read a rule back from its text; None where the text is of another kind."""

    @property
    @abstractmethod
    def parts(self) -> tuple[Part, ...]:
        """The text in pieces, those that can be changed as `Slot`s."""

    @property
    @abstractmethod
    def function(self) -> Callable[[Operands], Value]:
        """What the rule does: a top-level function with the rule's data bound by `functools.partial`.

        This form can be run and also be written out as Python source.
        """

    def __str__(self) -> str:
        return "".join(part.value if isinstance(part, Slot) else part for part in self.parts)

    def apply(self, operands: Operands) -> Value:
        """Apply the rule to the operands for one input; raises `NotApplicable` where it has no answer."""
        return self.function(operands)

    def source(self, writer: Writer, operands: Sequence[str]) -> str:
        """Python source of applying the rule to variables with these names."""
        return writer.call(self.function, f"[{', '.join(operands)}]")


def joined(parts: Iterable[tuple[Part, ...]], between: str) -> tuple[Part, ...]:
    """Put groups of parts in a row with a text between them."""
    found: list[Part] = []
    for group in parts:
        found += [between, *group] if found else group
    return tuple(found)


def open_names(names: Sequence[str]) -> dict[str, tuple[str, ...]]:
    """For every name with one word left open ("shift …"), the words that stand there in some of the names."""
    found: dict[str, list[str]] = {}
    for name in names:
        words = name.split(" ")
        for place, word in enumerate(words):
            found.setdefault(_gap(words, place), []).append(word)
    return {gap: tuple(dict.fromkeys(words)) for gap, words in found.items()}


def slotted(name: str, known: Mapping[str, tuple[str, ...]]) -> tuple[Part, ...]:
    """A name in pieces, those as slots in whose place another word makes another of the names in `known`.

    Numbers give way to numbers, words to words. The first word says what is done, so only one that names a
    side gives way.
    """
    words = name.split(" ")
    found: list[Part] = []
    for place, word in enumerate(words):
        if place:
            found.append(" ")
        others = known.get(_gap(words, place), ())
        if word in NUMBERS:
            choices = tuple(number for number in NUMBERS if number in others)
        elif place == 0 and not set(word.split("-")) <= _SIDES:
            choices = ()
        else:
            choices = tuple(other for other in others if other not in NUMBERS)
        found.append(Slot(word, choices) if set(choices) - {word} else word)
    return tuple(found)


def _gap(words: Sequence[str], place: int) -> str:
    return " ".join([*words[:place], "…", *words[place + 1 :]])

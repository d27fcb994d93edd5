"""Which words a search leaves out, and which every program it finds must have."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

_FOR_EACH = "each: "
"""Stands before a word that is applied to every piece; the word itself is meant too."""


@dataclass(frozen=True)
class Wanted:
    """What a person wants of the words of a program; everything where nothing is said."""

    forbidden: frozenset[str] = frozenset()
    """Names of words that must not occur."""
    demanded: frozenset[str] = frozenset()
    """Names of words that must."""

    def __bool__(self) -> bool:
        """Whether anything is wanted."""
        return bool(self.forbidden or self.demanded)

    def leaves_out(self, word: str) -> bool:
        """Whether a word is forbidden, or the word within it that every piece is changed by."""
        return word in self.forbidden or word.removeprefix(_FOR_EACH) in self.forbidden

    def admits(self, words: Iterable[str]) -> bool:
        """Whether a program of these words has all that is demanded and nothing that is forbidden."""
        if not self:
            return True
        words = tuple(words)
        return self.demanded == self.met(words) and not any(map(self.leaves_out, words))

    def met(self, words: Iterable[str]) -> frozenset[str]:
        """What is demanded and occurs among these words."""
        return self.demanded & {name for word in words for name in (word, word.removeprefix(_FOR_EACH))}

    def of_parts(self) -> Wanted:
        """What is wanted of a part of a program: the rest of it may have what is demanded."""
        return Wanted(self.forbidden)

    def after(self, words: Iterable[str]) -> Wanted:
        """What is wanted of the steps that follow a program of these words."""
        return Wanted(self.forbidden, self.demanded - self.met(words))


ANYTHING = Wanted()
"""Where nothing is said."""

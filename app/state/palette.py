"""What the command palette finds: entries matched by letters in order, those used lately first."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from dataclasses import dataclass
from heapq import nsmallest
from typing import Literal

from app.settings import Settings

Kind = Literal["action", "puzzle", "word", "file"]
MOST_RECENT = 40
"""Entries that are remembered."""
_KEY = "palette/recent"
_WHOLE, _START, _WORD_START, _WITHIN, _SCATTERED, _BESIDE = range(6)
"""How well a title fits, the best first; the last is a match only together with what stands beside it."""


@dataclass(frozen=True)
class Entry:
    """One thing a person can go to or do."""

    kind: Kind
    key: str
    """What it is known by, among those of its kind."""
    title: str
    detail: str = ""
    """What stands beside it: its menu, its collection, its meaning."""
    shortcut: str = ""
    beside: str = ""
    """What stands at the right in place of its kind."""

    @property
    def name(self) -> str:
        """What it is remembered by."""
        return f"{self.kind}:{self.key}"


class Recent:
    """The entries used lately, remembered between sessions, the latest first."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self.names = _read(settings.text(_KEY, ""))

    def note(self, name: str, *, write: bool = True) -> None:
        """Put what was used in front; what happens often is written only with something that does not."""
        self.names = [name, *(other for other in self.names if other != name)][:MOST_RECENT]
        if write:
            self._settings.set(_KEY, json.dumps(self.names))


def _read(text: str) -> list[str]:
    try:
        found = json.loads(text)
    except (ValueError, RecursionError):
        return []
    return [item for item in found if isinstance(item, str)][:MOST_RECENT] if isinstance(found, list) else []


class Query:
    """What was typed; spaces and case do not matter, and other letters may stand between those typed."""

    def __init__(self, text: str) -> None:
        self._letters = "".join(text.lower().split())
        self._pattern = re.compile(".*?".join(map(re.escape, self._letters)), re.DOTALL)

    def score(self, title: str, detail: str = "") -> tuple[int, int, int] | None:
        """Return how well a title fits, less being better: the kind of match, its spread, its place.

        None where the letters do not stand in the title, nor in it and its `detail` together.
        """
        plain = title.lower()
        found = self._pattern.search(plain)
        if found is None:
            for whole in (f"{plain} {detail.lower()}", f"{detail.lower()} {plain}"):
                found = self._pattern.search(whole)
                if found is not None:
                    return _BESIDE, found.end() - found.start(), found.start()
            return None
        at = plain.replace(" ", "").find(self._letters)
        if at < 0:
            return _SCATTERED, found.end() - found.start(), found.start()
        if not at:
            return (_WHOLE if plain.replace(" ", "") == self._letters else _START), len(plain), 0
        starts = plain[found.start() - 1 : found.start()] in (" ", "-", "_", "/", "(")
        return (_WORD_START if starts else _WITHIN), len(plain), at


def ranked(entries: Iterable[Entry], text: str, recent: list[str], most: int) -> list[Entry]:
    """Return the `most` entries that fit best; among those that fit alike, what was used lately comes first.

    Without a text, what was used lately, then everything in its order.
    """
    places = {name: place for place, name in enumerate(recent)}
    query = Query(text)
    found = []
    for number, entry in enumerate(entries):
        score = query.score(entry.title, entry.detail) if text.strip() else (0, 0, 0)
        if score is not None:
            fit, *rest = score
            found.append(((fit, places.get(entry.name, len(recent)), *rest, number), entry))
    return [entry for _, entry in nsmallest(most, found, key=lambda item: item[0])]

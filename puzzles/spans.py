"""Where the tasks of a large JSON text begin and end, so that each is parsed when it is asked for.

Parsing a hundred thousand tasks at once takes ten times their text in memory. Here only quotes and braces
are looked at: chunk by chunk with numpy, then the few marks found by cumulative sums.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

from puzzles.files import MAX_FILE_BYTES

ID_KEYS = ("id", "uid", "task_id", "name")
"""Keys of a task in a list that may hold its id, the first one that does."""
_CHUNK = 2**24
_MOST_MARKS = 40_000_000
_MOST_ESCAPES = 1_000_000
_LONGEST_ID = 200
_QUOTE, _ESCAPE, _OPEN, _CLOSE = range(1, 5)
_HEAD = 400
_KEY = re.compile(rb'\s*[,{]\s*("(?:[^"\\]|\\.)*")\s*:\s*', re.DOTALL)
_COMMA = re.compile(rb"\s*[,\[]\s*")
_OBJECT_END, _LIST_END = re.compile(rb"\s*\}\s*"), re.compile(rb"\s*\]\s*")
_ID_FIRST = re.compile(
    rb'\{\s*"(?:' + "|".join(ID_KEYS).encode() + rb')"\s*:\s*("(?:[^"\\]|\\.)*"|\d+)\s*[,}]', re.DOTALL
)
_TABLE = np.zeros(256, np.uint8)
for _mark, _character in ((_QUOTE, '"'), (_ESCAPE, "\\"), (_OPEN, "{"), (_CLOSE, "}")):
    _TABLE[ord(_character)] = _mark


class Spans(Mapping[str, Any]):
    """Values by id, each parsed from its part of a text every time it is asked for.

    A part that is no JSON gives the text of the reason, which is no task either.
    """

    def __init__(self, content: bytes, spans: dict[str, tuple[int, int]]) -> None:
        self._content = content
        self._spans = spans

    def __getitem__(self, name: str) -> Any:
        start, end = self._spans[name]
        return _parsed(self._content[start:end])

    def __iter__(self) -> Iterator[str]:
        return iter(self._spans)

    def __len__(self) -> int:
        return len(self._spans)

    def __contains__(self, name: object) -> bool:
        return name in self._spans


def usable_id(value: Any) -> str:
    """An id as it can be shown and typed, empty for a value that is none."""
    if isinstance(value, bool) or not isinstance(value, (str, int)):
        return ""
    if isinstance(value, int) and abs(value) >= 10**18:
        return ""
    text = str(value).strip()[:_LONGEST_ID]
    return text if text.isprintable() else ""


def shown_id(name: str) -> str:
    """A key as an id that can be shown: signs that cannot be printed become dots, and long ones are cut."""
    if name.isprintable() and len(name) <= _LONGEST_ID:
        return name
    return "".join(sign if sign.isprintable() else "·" for sign in name[:_LONGEST_ID])


def lines_of(content: bytes, sure: bool) -> Spans | None:
    """The values of JSON Lines by their ids or numbers; None for another layout.

    Unless one is `sure` (from the file's name), the first of at least two lines has to be a whole object.
    """
    end = content.find(b"\n")
    if not sure:
        if not 0 <= end < MAX_FILE_BYTES or not content[end : end + _CHUNK].strip():
            return None
        first = content[:end].strip()
        if not (first.startswith(b"{") and first.endswith(b"}") and isinstance(_parsed(first), dict)):
            return None
    spans = []
    start = 0
    while start < len(content):
        end = content.find(b"\n", start)
        end = len(content) if end < 0 else end
        if content[start:end].strip():
            spans.append((start, end))
        start = end + 1
    return Spans(content, _by_id(content, spans)) if spans else None


def object_spans(content: bytes) -> Spans | None:
    """The objects of an object, by their keys, or of a list, by their ids or numbers.

    None where the text is not exactly that, or too strange to say; it may still be JSON.
    """
    head = content[:_HEAD].lstrip()[:1]
    if head not in (b"{", b"["):
        return None
    found = _objects_at(content, depth=2 if head == b"{" else 1)
    if found is None or not found[0].size:
        return None
    starts, ends = found[0].tolist(), (found[1] + 1).tolist()
    between = _KEY if head == b"{" else _COMMA
    keys = [between.fullmatch(content, a, b) for a, b in zip([0, *ends], starts, strict=False)]
    closing = _OBJECT_END if head == b"{" else _LIST_END
    if not all(keys) or closing.fullmatch(content, ends[-1]) is None:
        return None
    spans = list(zip(starts, ends, strict=True))
    if head == b"[":
        return Spans(content, _by_id(content, spans))
    names = (shown_id(str(_parsed_text(key.group(1)))) for key in keys if key is not None)
    return Spans(content, dict(zip(names, spans, strict=True)))


def _objects_at(content: bytes, depth: int) -> tuple[NDArray[np.int64], NDArray[np.int64]] | None:
    """Places of the braces that open and close the objects nested `depth` deep; None if they do not match."""
    marks = _marks(content)
    if marks is None:
        return None
    places, kinds = marks
    inside = np.cumsum(kinds == _QUOTE, dtype=np.int32) & 1
    braces = np.flatnonzero((inside == 0) & (kinds >= _OPEN))
    places, opens = places[braces], kinds[braces] == _OPEN
    level = np.cumsum(np.where(opens, 1, -1), dtype=np.int32)
    starts, ends = places[opens & (level == depth)], places[~opens & (level == depth - 1)]
    if len(starts) != len(ends) or (level.size and (level[-1] or level.min() < 0)):
        return None
    return starts, ends


def _marks(content: bytes) -> tuple[NDArray[np.int64], NDArray[np.uint8]] | None:
    """Places and kinds of quotes and braces, those escaped left out; None where there are far too many."""
    places, kinds, count = [], [], 0
    for start in range(0, len(content), _CHUNK):
        chunk = _TABLE[np.frombuffer(content, np.uint8, min(_CHUNK, len(content) - start), start)]
        at = np.flatnonzero(chunk)
        count += len(at)
        if count > _MOST_MARKS:
            return None
        places.append(at + start)
        kinds.append(chunk[at])
    place, kind = np.concatenate(places), np.concatenate(kinds)
    escapes = place[kind == _ESCAPE]
    if len(escapes) > _MOST_ESCAPES:
        return None
    escaped, last = [], -1
    for at_escape in escapes.tolist():
        if at_escape != last:  # else it is itself escaped
            last = at_escape + 1
            escaped.append(last)
    kept = (kind != _ESCAPE) & ~np.isin(place, escaped)
    return place[kept], kind[kept]


def _by_id(content: bytes, spans: list[tuple[int, int]]) -> dict[str, tuple[int, int]]:
    found: dict[str, tuple[int, int]] = {}
    for number, (start, end) in enumerate(spans):
        name = _id_in(content, start, end) or str(number)
        found[name if name not in found else f"{name} ({number})"] = start, end
    return found


def _id_in(content: bytes, start: int, end: int) -> str:
    """The id of an object; where it does not come first, the object is parsed for it."""
    first = _ID_FIRST.match(content, start, min(end, start + _HEAD))
    if first is not None:
        return usable_id(_parsed(first.group(1)))
    part = content[start:end]
    if not any(b'"%s"' % key.encode() in part for key in ID_KEYS):
        return ""
    value = _parsed(part)
    keys = (value.get(key) for key in ID_KEYS) if isinstance(value, dict) else ()
    return next(filter(None, map(usable_id, keys)), "")


def _parsed_text(part: bytes) -> Any:
    """A quoted text; those without escapes, which are most, need no parser."""
    return part[1:-1].decode() if part.isascii() and b"\\" not in part else _parsed(part)


def _parsed(part: bytes) -> Any:
    try:
        return json.loads(part.decode())
    except (ValueError, RecursionError):
        return "a text that is not JSON"

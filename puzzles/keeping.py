"""Keeping what is theirs: the keys and the layout of a file somebody else wrote.

Unknown keys travel with a puzzle as JSON texts. A file whose structure is unchanged is written by exchanging
the values that differ in its own text; where grids or pairs came or went, in its own style if it is one of
`json.dumps`.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

Extra = tuple[tuple[str, str], ...]
"""The keys of an object in order; with the JSON text of the value, or "" where the value is kept as grids."""

_TOKEN = re.compile(r'"(?:[^"\\]|\\.)*"|[\[\]{}:,]|[^\s\[\]{}:,"]+', re.DOTALL)
_SURROGATE = re.compile("[\ud800-\udfff]")
_PUNCTUATION = frozenset("[]{}:,")
_STYLES: tuple[dict[str, Any], ...] = (
    {},
    {"separators": (",", ":")},
    *({"indent": indent} for indent in (1, 2, 3, 4, "\t")),
)


def extra_of(value: Mapping[str, Any], own: Sequence[str]) -> Extra:
    """The keys of a parsed object in order, with the texts of those that are not its `own` or hold nothing.

    Empty where there are only the own ones, in their usual order.
    """
    if list(value) == list(own)[: len(value)] and all(value.values()):
        return ()
    return tuple(
        (key, "" if key in own and child is not None and child != [] else json.dumps(child))
        for key, child in value.items()
    )


def json_text(value: Any) -> str:
    """A value as JSON in one line, readable where its texts can be encoded."""
    text = json.dumps(value, ensure_ascii=False)
    return text if text.isascii() or not _SURROGATE.search(text) else json.dumps(value)


def with_extra(values: Mapping[str, Any], extra: Extra) -> dict[str, Any]:
    """An object of its own values (None for one that is missing) and the `extra` keys, in their order."""
    found: dict[str, Any] = {}
    for key, text in extra:
        if values.get(key) is not None:
            found[key] = values[key]
        elif text:
            found[key] = json.loads(text)
    return found | {key: value for key, value in values.items() if value is not None and key not in found}


def described(extra: Extra) -> str:
    """What a file says about its puzzle under the usual keys, a line each."""
    texts = {key: json.loads(text) for key, text in extra if key in ("name", "title", "description") and text}
    return "\n".join(value for value in texts.values() if isinstance(value, str) and value.strip())


def exchanged(text: str, value: Any) -> str | None:
    """The text with those plain values exchanged that differ in `value`; None where the structure differs."""
    old, new = list(_TOKEN.finditer(text)), list(_TOKEN.finditer(json.dumps(value)))
    if len(old) != len(new):
        return None
    parts, end = [], 0
    for index, (before, after) in enumerate(zip(old, new, strict=True)):
        a, b = before.group(), after.group()
        if a == b:
            continue
        if a in _PUNCTUATION or b in _PUNCTUATION:
            return None
        if _same_value(a, b):
            continue
        if index + 1 < len(old) and old[index + 1].group() == ":":  # a key
            return None
        if a[0] == '"' and b[0] != '"':  # a digit kept as a string
            if a[1:-1] == b:
                continue
            b = f'"{b}"'
        parts += [text[end : before.start()], b]
        end = before.end()
    return "".join(parts) + text[end:]


def in_style_of(text: str, value: Any) -> str | None:
    """Write a value as `json.dumps` wrote `text`; None where no usual setting of it did."""
    try:
        known = json.loads(text)
    except (ValueError, RecursionError):
        return None
    body = text.strip()
    for style in _STYLES:
        for ascii_only in (True, False):
            if json.dumps(known, ensure_ascii=ascii_only, **style) == body:
                written = json.dumps(value, ensure_ascii=ascii_only, **style)
                return text.replace(body, written, 1)
    return None


def rows_as_text(value: Any) -> Any:
    """The same value with every row of numbers as a string of digits."""
    if isinstance(value, dict):
        return {key: rows_as_text(child) for key, child in value.items()}
    if not isinstance(value, list):
        return value
    if value and all(type(cell) is int and 0 <= cell <= 9 for cell in value):
        return "".join(map(str, value))
    return [rows_as_text(child) for child in value]


def _same_value(a: str, b: str) -> bool:
    """Whether two tokens are one value written in two ways."""
    try:
        return bool(json.loads(a) == json.loads(b))
    except ValueError:
        return False


def forms(task: dict[str, Any]) -> Iterator[Any]:
    """The ways in which a file may hold one task: an object or a list of pairs, rows in two ways."""
    yield task
    yield rows_as_text(task)
    pairs = [*task["train"], *task["test"]]
    yield pairs
    yield rows_as_text(pairs)

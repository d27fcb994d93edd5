"""Hostile variants of good files: first their structure is damaged, then, now and then, their bytes."""

from __future__ import annotations

import copy
import gzip
import json
import random
from collections.abc import Iterator
from typing import Any

HUGE = "\uee01"
"""Stands in a document for a number of more digits than Python will read."""
ODD: tuple[Any, ...] = (
    None,
    True,
    False,
    0,
    -1,
    1.5,
    10,
    16,
    101,
    10**400,
    -(10**18),
    1e308,
    float("nan"),
    float("inf"),
    "",
    "0",
    "x" * 5000,
    "\x1b[31m\x07\r\n",
    "\ud800",
    "\u202e\u2028",
    "w007",
    "w²",
    "each: " * 50,
    "__class__",
    [],
    {},
    [[]],
    [[[]]],
    [0] * 2000,
    [[0] * 31],
    [[0] * 101],
    [[12, -1]],
    [[0], [0, 1]],
    {"x" * 2000: 1},
    {"\x1b[2J\n": {}},
    HUGE,
)
_BYTES = (
    b"\x00",
    b"\xff",
    b"\x1f\x8b",
    b"PK\x03\x04",
    b"\xef\xbb\xbf",
    b"[" * 3000,
    b'"',
    b"}",
    b"\xff\xfe",
    b",",
)
_BYTE_SHARE = 0.25


def hostile_text(document: Any, rng: random.Random) -> bytes:
    """The document as JSON after one to four changes of its structure, and perhaps one of its bytes."""
    changed = copy.deepcopy(document)
    for _ in range(rng.randint(1, 4)):
        changed = _changed(changed, rng)
    content = json.dumps(changed).replace(json.dumps(HUGE), "9" * 5000).encode()
    return hostile_bytes(content, rng) if rng.random() < _BYTE_SHARE else content


def hostile_bytes(content: bytes, rng: random.Random) -> bytes:
    """The content cut short, with bytes exchanged, put in or doubled, or packed."""
    at, to = sorted(rng.randrange(len(content) + 1) for _ in range(2))
    match rng.randrange(6):
        case 0:
            return content[:at]
        case 1:
            return content[:at] + rng.choice(_BYTES) + content[at:]
        case 2:
            return content[:at] + rng.choice(_BYTES) + content[to:]
        case 3:
            return content[:to] + content[at:]
        case 4:
            packed = gzip.compress(content, 1)
            return packed[: rng.choice((len(packed), at % len(packed)))]
        case _:
            damaged = bytearray(content)
            for _ in range(rng.randint(1, 8)):
                if damaged:
                    damaged[rng.randrange(len(damaged))] = rng.randrange(256)
            return bytes(damaged)


def _changed(document: Any, rng: random.Random) -> Any:
    places = list(_places(document))
    if not places:
        return copy.deepcopy(rng.choice(ODD))
    holder, key = rng.choice(places)
    match rng.randrange(6):
        case 0 | 1:
            holder[key] = copy.deepcopy(rng.choice(ODD))
        case 2:
            del holder[key]
        case 3:
            other, place = rng.choice(places)
            holder[key] = copy.deepcopy(other[place])
        case 4 if isinstance(holder, list):
            holder.insert(key, copy.deepcopy(holder[key]))
        case 4:
            holder[rng.choice(("id", "train", "", "x" * 500, "\n"))] = copy.deepcopy(holder[key])
        case _:
            value = holder[key]
            holder[key] = value + rng.choice((-1, 1, 100)) if type(value) is int else [value]
    return document


def _places(value: Any) -> Iterator[tuple[Any, Any]]:
    """Every place in a document: what holds it, and its key there; of rows of cells a few are enough."""
    if isinstance(value, dict):
        for key, child in value.items():
            yield value, key
            yield from _places(child)
    elif isinstance(value, list):
        for index, child in enumerate(value[:5]):
            yield value, index
            yield from _places(child)

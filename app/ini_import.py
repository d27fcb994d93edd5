"""Reading the settings file of earlier versions: plain texts only, everything else is passed over.

That file can hold serialised objects, which Qt's own reader brings to life. This reader knows sections,
keys and quoted texts, and skips every value that says it is something else.
"""

from __future__ import annotations

import re
from urllib.parse import unquote

_LINE = re.compile(r"(?P<key>[^=;#\s][^=]*)=(?P<value>.*)")
_ESCAPE = re.compile(r"\\(?:x(?P<hex>[0-9a-fA-F]{1,4})|(?P<sign>.))")
_WIDE = re.compile(r"%U([0-9A-Fa-f]{4})")
_QUOTED = re.compile(r'"((?:[^"\\]|\\.)*)"')
_SIGNS = {"n": "\n", "r": "\r", "t": "\t", "0": "\0", "a": "\a", "b": "\b", "f": "\f", "v": "\v"}


def plain_values(text: str) -> dict[str, str]:
    """Return the texts of a settings file by their keys, such as "view/theme"."""
    found: dict[str, str] = {}
    section = ""
    for raw in text.splitlines():
        line = raw.strip()
        if line.startswith("[") and line.endswith("]"):
            name = _key(line[1:-1])
            section = "" if name == "General" else f"{name}/"
            continue
        match = _LINE.fullmatch(line)
        value = None if match is None else _value(match["value"].strip())
        if match is not None and value is not None:
            found[section + _key(match["key"].strip())] = value
    return found


def _key(written: str) -> str:
    named = _WIDE.sub(lambda match: chr(int(match[1], 16)), written.replace("\\", "/"))
    return unquote(named, encoding="latin-1")


def _value(written: str) -> str | None:
    """Return a value that is one text; None for lists, bytes and objects."""
    quoted = _QUOTED.fullmatch(written)
    inner = quoted[1] if quoted is not None else written
    if quoted is None and ("," in written or '"' in written or ";" in written):
        return None
    value = _ESCAPE.sub(_unescape, inner)
    if value.startswith("@@"):
        return value[1:]
    return None if value.startswith("@") else value


def _unescape(match: re.Match[str]) -> str:
    if match["hex"] is not None:
        return chr(int(match["hex"], 16))
    return _SIGNS.get(match["sign"], match["sign"])

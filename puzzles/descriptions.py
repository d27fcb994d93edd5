"""What people wrote about the puzzles of a collection, in tables (CSV) and JSON files beside or within it.

A table needs a column with the puzzles' ids and at least one with texts. Where the ids stand in another
table, as in the public language-annotated set of ARC, the shared columns lead there: a description has a
number, a second table says of which task it is, a third one what that task is called. All is plain text.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path, PurePosixPath
from typing import Any, NamedTuple

from puzzles.files import parse_json, read_bytes, text_of, unpacked
from puzzles.grid import PuzzleError
from puzzles.terminal import printable

LONGEST = 4_000
"""Characters of a description."""
MOST_OF_ONE = 100
"""Descriptions of one puzzle."""
MOST_TABLES = 64
"""Tables that are looked at; a folder of downloads may hold any number."""
_DEEPEST_LINK = 2
_CALLED = re.compile(r"(descri|annotat|caption)[^/]*\.(csv|json|json\.gz)$", re.IGNORECASE)
_WRAPPERS = frozenset(("data", "tasks", "puzzles"))
_IDS = frozenset(("id", "uid", "uuid", "name", "task", "puzzle", "file", "filename"))
_ID_ENDINGS = ("_id", "_name", "_uid")
_TEXTS = frozenset(
    name + plural
    for name in ("text", "caption", "annotation", "instruction", "explanation", "comment", "summary")
    for plural in ("", "s")
)
_LONGEST_NAME = 60
_SPREADSHEET = "cp1252"
"""How spreadsheets write tables that are not UTF-8."""


@dataclass(frozen=True)
class Descriptions:
    """Texts by the id of their puzzle, in the order of the files, and what was passed over, a line a file."""

    texts: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    problems: tuple[str, ...] = ()


class _Row(NamedTuple):
    line: int
    cells: list[str]


@dataclass
class _Table:
    file: str
    columns: list[str]
    rows: list[_Row] = field(default_factory=list)
    bad: list[str] = field(default_factory=list)
    """What is wrong with the rows passed over."""

    @property
    def texts(self) -> list[int]:
        return [at for at, name in enumerate(self.columns) if _is_text(name)]

    @property
    def keys(self) -> list[int]:
        return [at for at, name in enumerate(self.columns) if _is_key(name)]


class _Ids:
    """The ids of a collection, however a file writes them: whole, as a file name, or without the path."""

    def __init__(self, ids: Iterable[str]) -> None:
        self._whole = frozenset(ids)
        self._last: dict[str, list[str]] = {}
        for name in self._whole:
            self._last.setdefault(name.rpartition("/")[2], []).append(name)

    def of(self, written: str) -> list[str]:
        name = written.strip()
        if name in self._whole:
            return [name]
        name = re.sub(r"\.json$", "", name, flags=re.IGNORECASE)
        if name in self._whole:
            return [name]
        return self._last.get(name.rpartition("/")[2], [])


def is_description_file(name: str) -> bool:
    """Whether a file is called so that it may hold descriptions."""
    return _CALLED.search(name) is not None


def describe(
    ids: Iterable[str], names: Iterable[str], read: Callable[[str], bytes], beginning: Callable[[str], bytes]
) -> Descriptions:
    """Read what the files called `names` say about the puzzles called `ids`.

    `read` returns the content of a file and may raise `PuzzleError`, `beginning` its first bytes. Files that
    hold something else, and rows about other puzzles, are left alone.
    """
    chosen = list(names)
    tables = [name for name in chosen if name.lower().endswith(".csv")]
    heads = {name: _header(beginning(name)) for name in islice(tables, MOST_TABLES)}
    documents = [name for name in chosen if not name.lower().endswith(".csv")]
    if not documents and not any(any(map(_is_text, head)) for head in heads.values()):
        return Descriptions()
    known, found, problems = _Ids(ids), dict[str, list[str]](), list[str]()
    _read_tables(heads, read, known, found, problems)
    for name in documents:
        try:
            _read_document(read(name), _base(name), known, found, problems)
        except PuzzleError as error:
            problems.append(str(error))
    texts = {name: tuple(dict.fromkeys(said))[:MOST_OF_ONE] for name, said in found.items()}
    return Descriptions(texts, tuple(problems))


def beside(path: Path, *, any_table: bool) -> list[Path]:
    """The files in the folder of `path` that may describe what is in it: called so, or after it.

    With `any_table`, every table: its columns say whether it does.
    """
    called = {f"{path.name.split('.')[0]}.csv".lower(), f"{path.name}.csv".lower()}
    found = []
    try:
        around = sorted(path.resolve().parent.iterdir())
    except OSError:
        return []
    for file in around:
        name = file.name.lower()
        is_table = name.endswith(".csv")
        if name.startswith(".") or not (is_table or name.endswith((".json", ".json.gz"))):
            continue
        fits = is_description_file(name) or (is_table and (any_table or name in called))
        if fits and file.is_file() and file != path.resolve():
            found.append(file)
    return found


def described_by(ids: Iterable[str], files: Iterable[Path]) -> Descriptions:
    """Read what files on the disk say about puzzles, as `describe` does."""
    paths = {path.name: path for path in files}
    return describe(ids, paths, lambda name: read_bytes(paths[name]), lambda name: _first_bytes(paths[name]))


def both(first: Descriptions, second: Descriptions) -> Descriptions:
    """The descriptions of two places."""
    texts = {
        name: tuple(dict.fromkeys((*first.texts.get(name, ()), *second.texts.get(name, ()))))
        for name in (first.texts.keys() | second.texts.keys())
    }
    return Descriptions(texts, (*first.problems, *second.problems))


def _first_bytes(path: Path, length: int = 4096) -> bytes:
    try:
        with path.open("rb") as stream:
            return stream.read(length)
    except OSError:
        return b""


def _base(name: str) -> str:
    return PurePosixPath(name).name


def _is_text(column: str) -> bool:
    if _is_key(column):
        return False
    return (
        column in _TEXTS
        or column.startswith("description")
        or column.endswith(("description", "descriptions"))
    )


def _is_key(column: str) -> bool:
    return column in _IDS or column.endswith(_ID_ENDINGS)


def _header(start: bytes) -> list[str]:
    """The column names of a table, from its first bytes; none where they cannot be read."""
    text = _table_text(start).partition("\n")[0]
    try:
        return _columns(next(csv.reader([text.rstrip("\r")], delimiter=_delimiter(text)), []))
    except csv.Error:
        return []


def _columns(cells: list[str]) -> list[str]:
    return [re.sub(r"[\s-]+", "_", printable(cell.strip().lower(), _LONGEST_NAME)) for cell in cells]


def _table_text(content: bytes) -> str:
    try:
        return text_of(content, "").removeprefix("\ufeff")
    except PuzzleError:
        return content.decode(_SPREADSHEET, errors="replace")


def _delimiter(header: str) -> str:
    return max((",", ";", "\t"), key=header.count)


def _table(content: bytes, file: str) -> _Table:
    """Read a table; rows that do not fit its header are noted and passed over."""
    text = _table_text(content)
    reader = csv.reader(
        io.StringIO(text, newline=""), delimiter=_delimiter(text.partition("\n")[0]), skipinitialspace=True
    )
    table: _Table | None = None
    for row, problem in _rows(reader):
        if table is None:
            table = _Table(file, _columns(row.cells))
        elif problem:
            table.bad.append(f"line {row.line} {problem}")
        elif any(cell.strip() for cell in row.cells):
            _take(table, row)
    return table if table is not None else _Table(file, [])


def _take(table: _Table, row: _Row) -> None:
    width = len(table.columns)
    while len(row.cells) > width and not row.cells[-1].strip():
        row.cells.pop()
    if len(row.cells) == width:
        table.rows.append(row)
    else:
        columns = "1 column" if len(row.cells) == 1 else f"{len(row.cells)} columns"
        table.bad.append(f"line {row.line} has {columns}, expected {width}")


def _rows(reader: Any) -> Iterator[tuple[_Row, str]]:
    while True:
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error:
            yield _Row(reader.line_num, []), "cannot be read, expected a row of a table"
        else:
            yield _Row(reader.line_num, cells), ""


def _read_tables(
    heads: Mapping[str, list[str]],
    read: Callable[[str], bytes],
    known: _Ids,
    found: dict[str, list[str]],
    problems: list[str],
) -> None:
    """Read the tables that have texts, and those that say which puzzles these are about."""
    tables: dict[str, _Table] = {}

    def table(name: str) -> _Table:
        if name not in tables:
            try:
                tables[name] = _table(read(name), _base(name))
            except PuzzleError as error:
                problems.append(str(error))
                tables[name] = _Table(_base(name), [])
        return tables[name]

    for name, head in heads.items():
        if not any(map(_is_text, head)):
            continue
        texts = table(name)
        names = _names_of(texts, heads, table, known)
        if names is not None:
            column, ids = names
            _read_texts(texts, column, ids, found, problems)


def _names_of(
    texts: _Table, heads: Mapping[str, list[str]], table: Callable[[str], _Table], known: _Ids
) -> tuple[int, dict[str, list[str]]] | None:
    """The column of a table that tells which puzzles it is about, and the ids its values stand for."""
    direct = {
        column: {value: ids for row in texts.rows if (ids := known.of(value := row.cells[column]))}
        for column in texts.keys
    }
    best = max(direct, key=lambda column: len(direct[column]), default=None)
    if best is not None and direct[best]:
        return best, direct[best]
    for column in texts.keys:
        linked = _linked(texts.columns[column], heads, table, known, frozenset((texts.file,)))
        if linked:
            return column, linked
    return None


def _linked(
    column: str,
    heads: Mapping[str, list[str]],
    table: Callable[[str], _Table],
    known: _Ids,
    seen: frozenset[str],
) -> dict[str, list[str]]:
    """What the values of a column stand for, found in other tables that have that column and another key."""
    if len(seen) > _DEEPEST_LINK:
        return {}
    for name, head in heads.items():
        if column not in head or _base(name) in seen or sum(map(_is_key, head)) < 2:
            continue
        other = table(name)
        if column not in other.columns:
            continue
        here = other.columns.index(column)
        for key in (at for at in other.keys if at != here):
            values = {row.cells[key] for row in other.rows}
            ids = {value: hit for value in values if (hit := known.of(value))}
            if not ids:
                ids = _linked(other.columns[key], heads, table, known, seen | {other.file})
            linked: dict[str, list[str]] = {}
            for row in other.rows:
                linked.setdefault(row.cells[here], []).extend(ids.get(row.cells[key], ()))
            if any(linked.values()):
                return {value: list(dict.fromkeys(hit)) for value, hit in linked.items()}
    return {}


def _read_texts(
    table: _Table, column: int, ids: Mapping[str, list[str]], found: dict[str, list[str]], problems: list[str]
) -> None:
    bad = list(table.bad)
    for row in table.rows:
        text = "\n".join(filter(None, (_plain(row.cells[at]) for at in table.texts)))
        if not row.cells[column].strip():
            bad.append(f"line {row.line} has no {table.columns[column]}, expected an id")
        elif not text:
            bad.append(f"line {row.line} has no text, expected a description")
        else:
            for name in ids.get(row.cells[column], ()):
                found.setdefault(name, []).append(text)
    _note(table.file, bad, ("row", "rows"), problems)


def _note(file: str, bad: list[str], kinds: tuple[str, str], problems: list[str]) -> None:
    """Say in one line what was passed over in a file: one of a kind, or several."""
    if bad:
        problems.append(f"{file}: {len(bad)} {kinds[len(bad) > 1]} passed over; {bad[0]}")


def _read_document(
    content: bytes, file: str, known: _Ids, found: dict[str, list[str]], problems: list[str]
) -> None:
    """Read {id: text or texts}, a list of objects with an id and texts, or one of these under a key."""
    value = parse_json(text_of(unpacked(content, file), file), file, "descriptions by id")
    if isinstance(value, dict) and len(value) == 1:
        key, inner = next(iter(value.items()))
        if isinstance(inner, (dict, list)) and (_is_text(key) or key in _WRAPPERS):
            value = inner
    bad: list[str] = []
    for place, name, said in _said_in(value):
        texts = list(_texts(said))
        if not name:
            bad.append(f"{place} has no id, expected one of {', '.join(sorted(_IDS))}")
        elif not texts:
            bad.append(f"{place} has no text, expected a description")
        for known_id in known.of(name) if name and texts else ():
            found.setdefault(known_id, []).extend(texts)
    _note(file, bad, ("entry", "entries"), problems)


def _said_in(value: Any) -> Iterator[tuple[str, str, Any]]:
    """Yield place, id (empty where there is none) and what is said, entry by entry."""
    if isinstance(value, dict):
        for key, said in value.items():
            yield f"'{printable(key, _LONGEST_NAME)}'", key, said
    elif isinstance(value, list):
        for number, entry in enumerate(value):
            yield f"[{number}]", _id_in(entry), entry


def _id_in(entry: Any) -> str:
    """The id of an entry in a list; the key that says most about tasks comes first."""
    if not isinstance(entry, dict):
        return ""
    keys = {_columns([str(key)])[0]: key for key in entry}
    for column in sorted(filter(_is_key, keys), key=lambda name: ("task" not in name, "puzzle" not in name)):
        value = entry[keys[column]]
        if isinstance(value, (str, int)) and not isinstance(value, bool) and str(value).strip():
            return str(value)
    return ""


def _texts(said: Any, depth: int = 3) -> Iterator[str]:
    """The texts in a value: itself, those of a list, or what stands under the keys for texts."""
    if isinstance(said, str):
        yield from filter(None, (_plain(said),))
    elif isinstance(said, list) and depth:
        for part in said:
            yield from _texts(part, depth - 1)
    elif isinstance(said, dict) and depth:
        parts = [value for key, value in said.items() if _is_text(_columns([str(key)])[0])]
        together = "\n".join(filter(None, (_plain(part) for part in parts if isinstance(part, str))))
        yield from filter(None, (together,))
        for part in parts:
            if not isinstance(part, str):
                yield from _texts(part, depth - 1)


def _plain(text: str) -> str:
    """A text without signs that cannot be printed; empty where it has no letter, as numbers have none."""
    lines = (
        "".join(sign if sign.isprintable() else " " for sign in line).strip()
        for line in text[:LONGEST].splitlines()
    )
    plain = "\n".join(filter(None, lines))
    return plain if any(map(str.isalpha, plain)) else ""

"""Collect the source text of functions with everything they use, so that it runs on its own.

Only top-level definitions of this project are followed; what they import from elsewhere stays an import.
"""

from __future__ import annotations

import ast
import importlib.util
import inspect
import io
import tokenize
from collections.abc import Callable
from dataclasses import dataclass, field, fields, is_dataclass
from functools import lru_cache, partial
from pathlib import Path
from typing import Any

import numpy as np

from solver.words.program import ProgramError

_OWN = ("puzzles.", "solver.")
"""Start of the names of modules whose definitions are written out."""

Place = tuple[str, str]
"""A definition: module and name."""


@dataclass(frozen=True)
class _Module:
    """What a module defines and imports, by name."""

    text: str
    definitions: dict[str, tuple[ast.stmt, str]]
    """Statement and source text."""
    own: dict[str, Place]
    """Names imported from modules of this project."""
    imports: dict[str, str]
    """Names imported from elsewhere, each with an import statement of its own."""


@lru_cache(maxsize=64)
def _module(name: str) -> _Module:
    spec = importlib.util.find_spec(name)
    if spec is None or spec.origin is None:
        raise ProgramError(f"the source of {name} is not at hand")
    text = Path(spec.origin).read_text(encoding="utf-8")
    module = _Module(text, {}, {}, {})
    lines = text.splitlines()
    body = ast.parse(text).body
    for index, statement in enumerate(body):
        if isinstance(statement, (ast.Import, ast.ImportFrom)):
            _note_import(module, statement)
        elif isinstance(statement, ast.If):
            for inner in statement.body:
                if isinstance(inner, ast.ImportFrom):
                    _note_import(module, inner)
        else:
            end = _end_with_docstring(statement, body[index + 1 : index + 2])
            for defined in _defined(statement):
                module.definitions[defined] = (
                    statement,
                    "\n".join(lines[_first_line(statement) - 1 : end]),
                )
    return module


def _note_import(module: _Module, statement: ast.Import | ast.ImportFrom) -> None:
    for alias in statement.names:
        local = alias.asname or alias.name
        renamed = f" as {alias.asname}" if alias.asname else ""
        if isinstance(statement, ast.Import):
            module.imports[local] = f"import {alias.name}{renamed}"
        elif (statement.module or "").startswith(_OWN):
            module.own[local] = (str(statement.module), alias.name)
        elif statement.module != "__future__":
            module.imports[local] = f"from {statement.module} import {alias.name}{renamed}"


def _defined(statement: ast.stmt) -> list[str]:
    if isinstance(statement, (ast.FunctionDef, ast.ClassDef)):
        return [statement.name]
    targets = statement.targets if isinstance(statement, ast.Assign) else []
    if isinstance(statement, ast.AnnAssign):
        targets = [statement.target]
    return [n.id for target in targets for n in ast.walk(target) if isinstance(n, ast.Name)]


def _first_line(statement: ast.stmt) -> int:
    decorators = getattr(statement, "decorator_list", [])
    return min([statement.lineno, *(decorator.lineno for decorator in decorators)])


def _end_with_docstring(statement: ast.stmt, following: list[ast.stmt]) -> int:
    """Last line, with the string that explains an assignment."""
    end = statement
    if isinstance(statement, (ast.Assign, ast.AnnAssign)):
        for after in following:
            if isinstance(after, ast.Expr) and isinstance(after.value, ast.Constant):
                end = after
    return int(end.end_lineno or end.lineno)


@dataclass
class Sources:
    """Definitions that belong in the file, in an order in which Python can read them."""

    imports: set[str] = field(default_factory=set)
    _names: dict[Place, str] = field(default_factory=dict)
    _texts: list[str] = field(default_factory=list)

    @property
    def text(self) -> str:
        """All definitions."""
        return "\n\n\n".join(self._texts)

    def call(self, function: Callable[..., Any], *arguments: str) -> str:
        """Source of a call of `function`, which is written out with all it uses."""
        if isinstance(function, partial):
            extra = [self.value(argument) for argument in function.args]
            named = [f"{name}={self.value(value)}" for name, value in function.keywords.items()]
            return f"{self.value(function.func)}({', '.join([*extra, *arguments, *named])})"
        return f"{self.value(function)}({', '.join(arguments)})"

    def value(self, value: Any) -> str:
        """Source of a function, a plain value or a dataclass of such; `ProgramError` for anything else."""
        if isinstance(value, (bool, int, float, str, type(None))):
            return repr(value)
        if isinstance(value, tuple):
            return f"({', '.join(map(self.value, value))}{',' * (len(value) == 1)})"
        if is_dataclass(value) and not isinstance(value, type):
            named = [f"{one.name}={self.value(getattr(value, one.name))}" for one in fields(value)]
            return f"{self.value(type(value))}({', '.join(named)})"
        name = getattr(value, "__name__", "")
        if getattr(np, name, None) is value:
            return f"np.{name}"
        if inspect.isfunction(value) and name == "<lambda>":
            return f"({self._lambda(value)})"
        if callable(value) and value.__qualname__ in _module(value.__module__).definitions:
            return self.name(value.__module__, value.__qualname__)
        raise ProgramError(f"{value!r} cannot be written out")

    def _lambda(self, function: Callable[..., Any]) -> str:
        module = _module(function.__module__)
        code = function.__code__
        # Where the instructions come from tells lambdas on one line apart; the first has no column.
        spots = [(line, column) for line, _, column, _ in code.co_positions() if line and column]
        for node in ast.walk(ast.parse(module.text)):
            if isinstance(node, ast.Lambda) and not code.co_freevars:
                body = node.body
                start = body.lineno, body.col_offset
                end = body.end_lineno or body.lineno, body.end_col_offset or 0
                if all(start <= spot < end for spot in spots):
                    return self._adopted(function.__module__, node, ast.unparse(node))
        raise ProgramError("a function without a name cannot be written out")

    def name(self, module: str, name: str) -> str:
        """Name in the file of a definition, which is added with all it uses."""
        known = _module(module)
        if name in known.own:
            return self.name(*known.own[name])
        place = module, name
        if place not in self._names:
            taken = set(self._names.values())
            statement, text = known.definitions[name]
            suffix = f"_of_{module.rsplit('.', 1)[-1]}"
            for defined in _defined(statement):
                self._names[module, defined] = defined + (suffix if defined in taken else "")
            self._texts.append(self._adopted(module, statement, text))
        return self._names[place]

    def _adopted(self, module: str, node: ast.AST, text: str) -> str:
        """The text with all it uses added before it, and called as in this file."""
        known = _module(module)
        renamed: dict[str, str] = {}
        for used in sorted({n.id for n in ast.walk(node) if isinstance(n, ast.Name)} | set(_names(node))):
            if used in known.imports:
                self.imports.add(known.imports[used])
            elif used in known.own or used in known.definitions:
                renamed[used] = self.name(module, used)
        return _renamed(text, {old: new for old, new in renamed.items() if old != new})


def _names(node: ast.AST) -> list[str]:
    return [node.name] if isinstance(node, (ast.FunctionDef, ast.ClassDef)) else []


def _renamed(text: str, names: dict[str, str]) -> str:
    """Replace whole names, except those of attributes."""
    if not names:
        return text
    lines = text.splitlines()
    before = ""
    found = []
    for token in tokenize.generate_tokens(io.StringIO(text).readline):
        if token.type == tokenize.NAME and token.string in names and before != ".":
            found.append(token)
        before = token.string
    for token in reversed(found):
        row, column = token.start
        line = lines[row - 1]
        lines[row - 1] = line[:column] + names[token.string] + line[column + len(token.string) :]
    return "\n".join(lines)

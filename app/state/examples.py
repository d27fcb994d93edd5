"""A word before and after, on small grids that suit it: pieces for words on pieces, the colours it names.

Exact words are tried in the window's thread, one at a time and only those that are looked at; each takes a
millisecond or two. Procedures are carried out by a network, so the solver's thread tries them.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Generator, Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from PySide6.QtCore import QObject, QTimer, Signal

from app.probes import PROBES, WordEntry
from puzzles.grid import Grid, as_grid, same_grid
from solver.words.program import Outcome

MOST = 3
"""Examples of a word."""
MOST_PIECES = 4
"""Pieces of a result that are shown."""
_SUITING: tuple[Grid, ...] = (
    *PROBES,
    as_grid([[3, 3, 3, 0, 0], [3, 0, 3, 0, 1], [3, 3, 3, 0, 1], [0, 0, 0, 0, 0], [2, 2, 0, 0, 4]]),
    as_grid([[2, 0, 5, 0, 2], [0, 2, 5, 2, 2], [5, 5, 5, 5, 5], [1, 0, 5, 0, 3], [1, 1, 5, 3, 3]]),
    as_grid([[0, 0, 0, 0, 0], [0, 3, 0, 0, 0], [0, 0, 0, 0, 2], [0, 0, 0, 0, 0], [0, 3, 0, 0, 2]]),
    as_grid([[1, 0, 1, 3, 3, 0], [0, 1, 0, 0, 3, 3]]),
    as_grid([[1, 0, 1], [0, 1, 0], [3, 3, 0], [0, 3, 3]]),
    as_grid([[1, 2, 2, 1], [2, 3, 0, 2], [2, 3, 3, 2], [1, 2, 2, 1]]),
    as_grid([[1, 1, 2, 2], [1, 1, 2, 2], [0, 0, 3, 3], [0, 0, 3, 3]]),
    as_grid([[1, 2, 1, 2], [2, 1, 2, 1], [1, 2, 0, 0], [2, 1, 0, 0]]),
    as_grid([[0, 0, 4, 0], [0, 0, 4, 0], [4, 4, 4, 4], [0, 0, 4, 0]]),
    as_grid([[0, 1, 0, 0, 0, 0], [1, 1, 0, 0, 2, 0], [0, 0, 0, 2, 2, 0], [0, 0, 0, 0, 0, 0],
             [3, 3, 0, 0, 1, 0], [3, 0, 0, 1, 1, 0]]),
    as_grid([[8, 0, 8, 8, 0, 8], [0, 8, 0, 0, 8, 0], [8, 0, 8, 8, 0, 8]]),
    as_grid([[0, 1, 0], [1, 1, 0], [0, 0, 1]]),
    as_grid([[3, 3, 3, 0], [3, 3, 3, 0], [3, 3, 3, 0], [0, 0, 0, 1]]),
    as_grid([[2, 0, 0, 0, 0], [0, 0, 0, 0, 0], [0, 0, 0, 0, 0], [0, 0, 0, 3, 0]]),
    as_grid([[0] * 6, [0, 2, 0, 0, 0, 0], [0] * 6, [0, 0, 0, 2, 0, 0], [0] * 6, [0] * 6]),
    as_grid([[3, 3, 0, 0, 0], [3, 3, 0, 1, 0], [0, 0, 0, 1, 0], [0, 0, 0, 0, 0], [3, 3, 3, 0, 0]]),
    as_grid([[2, 0, 2, 0], [2, 0, 2, 0], [0, 0, 0, 0], [1, 1, 1, 0]]),
    as_grid([[0] * 5, [0] * 5, [0, 0, 2, 0, 0], [0] * 5, [0, 0, 0, 0, 2], [0] * 5, [0] * 5]),
    as_grid([[1, 2, 4, 1, 2, 4], [1, 2, 4, 1, 8, 8], [1, 2, 4, 1, 2, 4]]),
)  # fmt: skip
"""Grids with objects of several sizes, holes, parts between lines, halves, broken symmetry and patterns."""
_CUTS = ("objects", "parts between lines", "objects of any colours", "halves left and right", "quarters",
         "colours, cropped", "halves top and bottom", "rows")  # fmt: skip
"""How a grid is cut for a word on pieces, the first that the word has an answer for."""
_BEFORE: dict[str, tuple[str, ...]] = {
    "put back over the grid": ("objects", "each flipped left-right"),
    "spread the cells over the parts between lines": (
        "parts between lines",
        "one cell for each, its main colour",
    ),
    "put between the lines": ("parts between lines", "reassemble", "flip left-right"),
    "stack over": ("flip left-right",),
    "turn back from where its lines lie level": ("turn so that its lines lie level", "ray right"),
}
"""What comes before a word that needs two results, whose second one is the input."""
Run = Callable[[str, Sequence[Outcome]], Outcome]
"""Applies the word of this name to results for one input; raises `ValueError` where it has no answer."""


@dataclass(frozen=True)
class Example:
    """One grid, and what a word makes of it, or of the pieces of it."""

    before: Grid
    after: tuple[Grid, ...]
    """One grid, or the first pieces."""
    more: bool = False
    """Whether there are further pieces."""


Trying = Generator[None, None, tuple[Example, ...]]


def examples_of(entry: WordEntry, run: Run) -> tuple[Example, ...]:
    """Try a word on grids until there are enough on which it does something."""
    trying = tried(entry, run)
    while True:
        try:
            next(trying)
        except StopIteration as end:
            found: tuple[Example, ...] = end.value
            return found


def tried(entry: WordEntry, run: Run) -> Trying:
    """The same, with a rest after every grid."""
    if entry.results:
        pairs = zip(PROBES, entry.results, strict=False)
        return tuple(Example(before, (after,)) for before, after in pairs)
    found: list[Example] = []
    for grid in _grids_for(entry.name):
        example = _try(entry, run, grid)
        if example is not None:
            found.append(example)
        if len(found) == MOST:
            break
        yield
    return tuple(found)


def _grids_for(name: str) -> Iterator[Grid]:
    """Yield the grids as they are, then in the colours that a word names."""
    named = [int(digit) for digit in re.findall(r"(?<![\d.])[1-9](?!\d)", name)]
    with_them = [grid for grid in _SUITING if set(named) <= set(np.unique(grid).tolist())]
    coloured = [_recoloured(grid, named[:2]) for grid in _SUITING] if named else []
    every = [*with_them, *coloured, *_SUITING]
    yield from {(grid.shape, grid.tobytes()): grid for grid in every}.values()


def _recoloured(grid: Grid, named: Sequence[int]) -> Grid:
    """Give the commonest colours those that are named, and these the ones the former had."""
    mapping = np.arange(10, dtype=np.uint8)
    number = np.bincount(grid.ravel(), minlength=10)
    common = [colour for colour in np.argsort(-number, kind="stable").tolist() if colour and number[colour]]
    for old, new in zip(common, dict.fromkeys(named), strict=False):
        place = int(np.flatnonzero(mapping == new)[0])
        mapping[place], mapping[old] = mapping[old], np.uint8(new)
    return as_grid(mapping[grid])


def _try(entry: WordEntry, run: Run, grid: Grid) -> Example | None:
    """Return what a word makes of one grid; None where it has no answer, or changes nothing."""
    for before in _befores(entry):
        try:
            outcome = Outcome(grid)
            for word in before:
                outcome = run(word, [outcome])
            last = [outcome, Outcome(grid)] if entry.of_two else [outcome]
            example = _example(grid, outcome, run(entry.name, last))
        except ValueError:
            continue
        if example is not None:
            return example
    return None


def _befores(entry: WordEntry) -> tuple[tuple[str, ...], ...]:
    """Return what may come before a word, so that it gets what it needs."""
    from solver.words.lexicon import takes_pieces  # noqa: PLC0415

    if entry.name in _BEFORE:
        return (_BEFORE[entry.name],)
    if entry.family == "turn" and entry.of_two:
        turned = entry.name.replace("turn back from where", "turn so that")
        return ((turned, "fall down"), (turned, "ray right"))
    if entry.family == "renumber" and entry.of_two:
        by = "" if entry.name.startswith("give the colours back by ") else " by frequency"
        return ((entry.name.replace("give the colours back", f"number the colours{by}"), "fall down"),)
    if entry.kind == "exact" and takes_pieces(entry.name):
        return tuple((cut,) for cut in _CUTS)
    return ((),)


def _example(grid: Grid, before: Outcome, after: Outcome) -> Example | None:
    if after.pieces is None:
        return None if same_grid(after.grid, grid) else Example(grid, (after.grid,))
    pieces = [as_grid(piece.cells) for piece in after.pieces.items]
    same = before.pieces is not None and len(before.pieces.items) == len(pieces)
    if same and before.pieces is not None and len(pieces) > 1:
        earlier = zip(before.pieces.items, after.pieces.items, strict=True)
        if all(np.array_equal(a.cells, b.cells) and (a.top, a.left) == (b.top, b.left) for a, b in earlier):
            return None
        if [p.cells.shape for p in before.pieces.items] == [p.cells.shape for p in after.pieces.items]:
            return Example(grid, (after.grid,)) if not same_grid(after.grid, before.grid) else None
    if len(pieces) < 2 and before.pieces is None:
        return None
    return Example(grid, tuple(pieces[:MOST_PIECES]), len(pieces) > MOST_PIECES)


def run_exact(name: str, results: Sequence[Outcome]) -> Outcome:
    """Apply an exact word."""
    from solver.words.vocabulary import exact_word  # noqa: PLC0415

    word = exact_word(name)
    if word is None:
        raise ValueError(f"there is no exact word {name!r}")
    return word.combine([[result] for result in results])[0]


class Examples(QObject):
    """Remembers examples, and makes those that are asked for while the window has nothing to do."""

    ready = Signal()

    def __init__(self, ask: Callable[[WordEntry], None], parent: QObject | None = None) -> None:
        """ask: lets the solver's thread try a word, which comes back to `put`."""
        super().__init__(parent)
        self._ask = ask
        self._known: dict[str, tuple[Example, ...]] = {}
        self._asked: set[str] = set()
        self._waiting: list[WordEntry] = []
        self._current: tuple[str, Trying] | None = None
        self._timer = QTimer(self)
        self._timer.setInterval(0)
        self._timer.timeout.connect(self._make_one)

    def of(self, entry: WordEntry) -> tuple[Example, ...] | None:
        """Return the examples of a word; None until they have been made, which `ready` tells."""
        if entry.results:
            return examples_of(entry, run_exact)
        known = self._known.get(entry.name)
        if known is None and entry.name not in self._asked:
            self._asked.add(entry.name)
            if entry.kind == "procedure":
                self._ask(entry)
            else:
                self._waiting.append(entry)
                self._timer.start()
        return known

    def put(self, name: str, examples: tuple[Example, ...]) -> None:
        """Take in what the solver's thread made."""
        self._known[name] = examples
        self.ready.emit()

    def _make_one(self) -> None:
        """Go on with one grid: some words take many, and the window is not to wait for them."""
        if self._current is None and self._waiting:
            entry = self._waiting.pop()  # the last asked for is the one in sight
            self._current = entry.name, tried(entry, run_exact)
        if self._current is None:
            self._timer.stop()
            return
        name, trying = self._current
        try:
            next(trying)
        except StopIteration as end:
            self._current = None
            self.put(name, end.value)

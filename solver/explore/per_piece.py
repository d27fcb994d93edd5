"""Solve what happens within each piece as a puzzle of its own: "each: flip left-right", then put together."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from puzzles.grid import Cells
from puzzles.puzzle import Pair, Puzzle
from solver.explore.costs import COSTS
from solver.explore.states import Node, program_of
from solver.words.operations import NotApplicable
from solver.words.operations.choose import put_back, reassemble
from solver.words.operations.pieces import Pieces
from solver.words.operations.together import PUT_BACK_OVER, put_back_over
from solver.words.rules import Each, parse_rule
from solver.words.vocabulary import checked, sealed

_MOST_PAIRS = 12


@dataclass(frozen=True)
class PerPiece:
    """A smaller puzzle, and how its answers are put together."""

    puzzle: Puzzle
    node: Node
    root: Node
    apart: bool
    """Whether the windows are put together without the lines between them."""

    def finished(self, solution: Node, solution_cost: float) -> Iterator[Node]:
        """Programs for the whole puzzle made of one for the windows; none where it is no plain chain."""
        here = self.node
        for place, step in enumerate(program_of(solution).steps):
            chained = step.source is None or step.source == place - 1
            word = parse_rule(step.word)
            if not chained or step.others or word is None:
                return
            each = Each(word)
            try:
                values = tuple(checked(each.apply([value]), [value]) for value in here.values)
            except NotApplicable:
                return
            here = Node(str(each), (here,), values, here.cost)
        cost = self.node.cost + solution_cost + COSTS.per_piece
        yield from self._merged(here, cost)

    def _merged(self, node: Node, cost: float) -> Iterator[Node]:
        pieces = [value for value in node.values if isinstance(value, Pieces)]
        grids = self.root.grids
        ways: list[tuple[str, tuple[Node, ...], Callable[[int], Cells]]] = [
            ("reassemble", (node,), lambda i: reassemble(pieces[i]))
        ]
        if not self.apart:
            ways = [
                ("put back", (node,), lambda i: put_back(pieces[i])),
                (PUT_BACK_OVER, (node, self.root), lambda i: put_back_over([pieces[i], grids[i]])),
            ]
        for word, parents, merge in ways:
            try:
                yield Node(word, parents, tuple(merge(i) for i in range(len(pieces))), cost)
            except NotApplicable:
                continue


def per_piece_puzzle(node: Node, root: Node, targets: Sequence[Cells]) -> PerPiece | None:
    """The puzzle of what each piece turns into; None where that is not clear, or nothing changes."""
    pieces = [value for value in node.values if isinstance(value, Pieces)]
    known = list(zip(pieces, targets, strict=False))
    if all(cut.shape == target.shape for cut, target in known):
        windows = [_in_place(cut, target) for cut, target in known]
    elif all(_divides(cut, target) for cut, target in known):
        windows = [_by_layout(cut, target) for cut, target in known]
    else:
        return None
    outcome: dict[bytes, tuple[Cells, Cells]] = {}
    for (cut, _), wanted in zip(known, windows, strict=True):
        for piece, window in zip(cut.items, wanted, strict=True):
            pair = outcome.setdefault(_key(piece.cells), (piece.cells, window))
            if not np.array_equal(pair[1], window):
                return None
    if len(outcome) < 2 or all(np.array_equal(given, wanted) for given, wanted in outcome.values()):
        return None
    train = sorted(outcome.values(), key=lambda pair: -pair[0].size)[:_MOST_PAIRS]
    tests = {_key(p.cells): p.cells for cut in pieces[len(known) :] for p in cut.items}
    puzzle = Puzzle(
        "within",
        tuple(Pair(sealed(given), sealed(wanted)) for given, wanted in train),
        tuple(Pair(sealed(cells), None) for cells in list(tests.values())[:_MOST_PAIRS]),
    )
    return PerPiece(puzzle, node, root, any(cut.shape != target.shape for cut, target in known))


def _key(cells: Cells) -> bytes:
    return bytes(cells.shape) + cells.tobytes()


def _in_place(pieces: Pieces, target: Cells) -> list[Cells]:
    return [
        target[p.top : p.top + p.cells.shape[0], p.left : p.left + p.cells.shape[1]] for p in pieces.items
    ]


def _divides(pieces: Pieces, target: Cells) -> bool:
    if pieces.layout is None:
        return False
    rows, columns = pieces.layout
    whole = target.shape[0] % rows == 0 and target.shape[1] % columns == 0
    return whole and target.shape != pieces.layout


def _by_layout(pieces: Pieces, target: Cells) -> list[Cells]:
    assert pieces.layout is not None
    rows, columns = pieces.layout
    height, width = target.shape[0] // rows, target.shape[1] // columns
    return [
        target[r * height : (r + 1) * height, c * width : (c + 1) * width]
        for r in range(rows)
        for c in range(columns)
    ]

"""Learn which piece is the one: "take the piece where …", from pieces that are, or could be, the answer."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np

from puzzles.grid import Cells
from solver.explore.conditions import separate
from solver.explore.costs import COSTS
from solver.explore.evidence import Mask, gather
from solver.explore.leave_one_out import Supported, accuracy_of_conditions
from solver.explore.states import Node
from solver.words.features.piece_features import piece_features
from solver.words.operations import NotApplicable
from solver.words.operations.pieces import Piece, Pieces
from solver.words.operations.select import Select

_MOST_HYPOTHESES = 4
"""Hypotheses of one rule that are followed up."""


def learn_to_select(node: Node, targets: Sequence[Cells]) -> list[Supported]:
    """Rules that take, in every demonstration, the piece that is the target, or else has its shape.

    Where several pieces of a demonstration look the same, all of them are meant.
    """
    pieces = [value for value in node.values if isinstance(value, Pieces)]
    for fits in (_is_target, _has_shape):
        wanted = [_marked(cut, target, fits) for cut, target in zip(pieces, targets, strict=False)]
        if all(mask.any() for mask in wanted):
            if fits is _has_shape and any(
                _several(cut, mask) for cut, mask in zip(pieces, wanted, strict=False)
            ):
                return []
            return _rules(node, pieces, wanted)
    return []


def _is_target(piece: Piece, target: Cells) -> bool:
    return np.array_equal(piece.cells, target)


def _has_shape(piece: Piece, target: Cells) -> bool:
    return piece.cells.shape == target.shape


def _marked(pieces: Pieces, target: Cells, fits: Callable[[Piece, Cells], bool]) -> Mask:
    return np.array([fits(piece, target) for piece in pieces.items])


def _several(pieces: Pieces, mask: Mask) -> bool:
    """Whether the marked pieces differ."""
    cells = [pieces.items[i].cells for i in np.flatnonzero(mask)]
    return any(not np.array_equal(one, cells[0]) for one in cells)


def _rules(node: Node, pieces: Sequence[Pieces], wanted: Sequence[Mask]) -> list[Supported]:
    if all(mask.all() for mask in wanted):
        return []
    features = [piece_features(cut) for cut in pieces]
    if any(not one.values for one in features):
        return []
    nothing = [np.zeros(one.shape, np.uint8) for one in features]
    evidence = gather(features, nothing, [mask[None].astype(np.uint8) for mask in wanted])
    positive = evidence.wrong
    found = []
    checked: float | None = None
    for hypothesis in separate(evidence, positive, ~positive)[:_MOST_HYPOTHESES]:
        if hypothesis.best.cost > COSTS.most_conditions_of_select:
            continue
        if checked is None:
            checked = accuracy_of_conditions(hypothesis.best.cost, features, wanted, wanted)
        rule = Select(hypothesis.best.conditions)
        try:
            values = tuple(rule.apply([cut]) for cut in pieces)
        except NotApplicable:
            continue
        cost = node.cost + COSTS.select + hypothesis.best.cost
        found.append(Supported(Node(str(rule), (node,), values, cost), hypothesis.weight, checked))
    return found

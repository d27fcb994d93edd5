"""What a word picked: the pieces for which its conditions hold, or that it chose, as cells of their grid."""

from __future__ import annotations

from collections.abc import Collection

import numpy as np
from numpy.typing import NDArray

from solver.words.features.piece_features import piece_features
from solver.words.lexicon import takes_pieces
from solver.words.operations.pieces import Piece, Pieces
from solver.words.operations.registry import NotApplicable
from solver.words.operations.select import Select
from solver.words.operations.transform import Transform
from solver.words.rule import Operands
from solver.words.rules import Listed, parse_rule


def matched(name: str, operands: Operands) -> NDArray[np.bool_] | None:
    """Cells (rows, columns) of the pieces that the word called `name` picked, in the grid they were cut from.

    None where it picks no pieces: it works on grids, or on all pieces alike, or has no answer.
    """
    picked, pieces = picked_pieces(name, operands), operands[0] if operands else None
    return _cells(pieces, picked) if picked is not None and isinstance(pieces, Pieces) else None


def picked_pieces(name: str, operands: Operands) -> NDArray[np.bool_] | None:
    """Which of the pieces the word called `name` picked; None where it picks none, as for `matched`."""
    rule = parse_rule(name)
    pieces = operands[0] if operands else None
    if rule is None or not isinstance(pieces, Pieces) or not takes_pieces(name):
        return None
    looked_at = operands[-1] if isinstance(rule, Transform) else pieces
    if isinstance(rule, (Select, Transform)) and isinstance(looked_at, Pieces):
        if not rule.where:
            return None
        features = piece_features(looked_at)
        try:
            return np.asarray(np.all([condition.holds(features)[0] for condition in rule.where], axis=0))
        except NotApplicable:
            return None
    return _kept(rule, pieces) if isinstance(rule, Listed) else None


def touched(pieces: Pieces, cells: Collection[tuple[int, int]]) -> NDArray[np.bool_]:
    """Which pieces have one of these cells of their grid, background within a piece not counted."""
    found = np.zeros(len(pieces.items), np.bool_)
    for place, piece in enumerate(pieces.items):
        rows, columns = piece.cells.shape
        found[place] = any(
            0 <= row - piece.top < rows
            and 0 <= column - piece.left < columns
            and piece.cells[row - piece.top, column - piece.left] != pieces.background
            for row, column in cells
        )
    return found


def _kept(rule: Listed, pieces: Pieces) -> NDArray[np.bool_]:
    """Which pieces a filter keeps, or a choice takes."""
    try:
        result = rule.apply([pieces])
    except NotApplicable:
        return np.zeros(len(pieces.items), np.bool_)
    if isinstance(result, Pieces):
        kept = {id(piece) for piece in result.items}
        return np.array([id(piece) in kept for piece in pieces.items])
    return np.array([np.array_equal(piece.cells, result) for piece in pieces.items])


def _cells(pieces: Pieces, picked: NDArray[np.bool_]) -> NDArray[np.bool_] | None:
    """The cells of the pieces that were picked; None where that is none or all of them."""
    if len(picked) != len(pieces.items) or not picked.any() or picked.all():
        return None
    mask = np.zeros(pieces.shape, np.bool_)
    for piece, is_picked in zip(pieces.items, picked, strict=True):
        if is_picked:
            _add(mask, piece, pieces.background)
    return mask


def _add(mask: NDArray[np.bool_], piece: Piece, background: int) -> None:
    """Mark the cells of a piece that are inside the grid."""
    top, left = max(piece.top, 0), max(piece.left, 0)
    content = (piece.cells != background)[top - piece.top :, left - piece.left :]
    window = mask[top : top + content.shape[0], left : left + content.shape[1]]
    window |= content[: window.shape[0], : window.shape[1]]

"""Renumber: colours that differ from grid to grid get numbers by how common they are, and get them back.

The colours that play a part of their own in every grid are kept; which those are is in the word's name.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence

import numpy as np
from numpy.typing import NDArray

from puzzles.grid import COLOURS
from solver.words.operations.pieces import Pieces, counts
from solver.words.operations.registry import Cells, NotApplicable

RENUMBER, GIVE_BACK = "number the colours by frequency but", "give the colours back but"
_WORD = re.compile(rf"({RENUMBER}|{GIVE_BACK}) ([0-9](?: [0-9])*|none)")


def numbering(grid: Cells, kept: Collection[int]) -> NDArray[np.uint8]:
    """(10,) a permutation: kept colours stay, the others of the grid follow by how common they are."""
    number = counts(grid)
    others = [colour for colour in range(COLOURS) if colour not in kept]
    mapping = np.arange(COLOURS, dtype=np.uint8)
    # The sort is stable, so colours that are absent stay in order behind those that are there.
    mapping[sorted(others, key=lambda colour: -number[colour])] = others
    return mapping


def renumber(grid: Cells, kept: Collection[int]) -> Cells:
    """Number the colours of a grid by how common they are."""
    return numbering(grid, kept)[grid]


def give_back(grid: Cells, original: Cells, kept: Collection[int]) -> Cells:
    """Turn the numbers back into the colours they had in the original."""
    return np.argsort(numbering(original, kept)).astype(np.uint8)[grid]


def renumber_word(kept: Sequence[int], back: bool) -> str:
    """Name of the word that renumbers, or gives the colours back."""
    return f"{GIVE_BACK if back else RENUMBER} {' '.join(map(str, sorted(kept))) or 'none'}"


def parse_renumber(name: str) -> tuple[bool, tuple[int, ...]] | None:
    """Whether the word gives back, and the colours it keeps; None for another name."""
    match = _WORD.fullmatch(name)
    if match is None:
        return None
    return match[1] == GIVE_BACK, () if match[2] == "none" else tuple(map(int, match[2].split()))


def apply_renumber(word: tuple[bool, tuple[int, ...]], operands: Sequence[Cells | Pieces]) -> Cells:
    """Renumber one grid, or give a grid the colours back it had in the second one."""
    back, kept = word
    grids = [operand for operand in operands if not isinstance(operand, Pieces)]
    if len(grids) != len(operands) or len(grids) != 1 + back:
        raise NotApplicable("two grids are needed" if back else "one grid is needed")
    return give_back(grids[0], grids[1], kept) if back else renumber(grids[0], kept)

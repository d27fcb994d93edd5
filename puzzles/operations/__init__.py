"""Exact grid operations by family, and the list of them all."""

from __future__ import annotations

from puzzles.operations.colour import KEEPS, PAINTS, REPLACEMENTS, SWAPS
from puzzles.operations.geometry import ENLARGEMENTS, ROLLS, SHIFTS, SYMMETRIES
from puzzles.operations.motion import GRAVITY
from puzzles.operations.registry import Cells, NotApplicable, Operation
from puzzles.operations.size import BORDERS, CROPS, FRAMES

__all__ = ["OPERATIONS", "Cells", "NotApplicable", "Operation"]

OPERATIONS: tuple[Operation, ...] = (
    *SYMMETRIES,
    *SHIFTS,
    *ROLLS,
    *ENLARGEMENTS,
    *CROPS,
    *GRAVITY,
    *FRAMES,
    *BORDERS,
    *REPLACEMENTS,
    *SWAPS,
    *PAINTS,
    *KEEPS,
)
"""Every exact operation; names are unique."""

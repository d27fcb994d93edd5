"""Exact grid operations by family, and the list of them all."""

from __future__ import annotations

from puzzles.operations.colour import KEEPS, PAINTS, REPLACEMENTS, SWAPS
from puzzles.operations.geometry import ENLARGEMENTS, ROLLS, SHIFTS, SYMMETRIES
from puzzles.operations.halves import HALVES
from puzzles.operations.motion import GRAVITY
from puzzles.operations.rays import COMPLETIONS, RAYS
from puzzles.operations.registry import Cells, NotApplicable, Operation
from puzzles.operations.size import BORDERS, CROPS, FRAMES
from puzzles.operations.surroundings import FILLS, HALOS, WHOLES

__all__ = ["OPERATIONS", "Cells", "NotApplicable", "Operation"]

OPERATIONS: tuple[Operation, ...] = (
    *SYMMETRIES,
    *SHIFTS,
    *ROLLS,
    *ENLARGEMENTS,
    *CROPS,
    *GRAVITY,
    *RAYS,
    *COMPLETIONS,
    *HALVES,
    *WHOLES,
    *HALOS,
    *FILLS,
    *FRAMES,
    *BORDERS,
    *REPLACEMENTS,
    *SWAPS,
    *PAINTS,
    *KEEPS,
)
"""Every exact operation; names are unique."""

"""Exact grid operations by family, and the lists of them all."""

from __future__ import annotations

from puzzles.operations.choose import CHOICES, MERGES, SIFTS
from puzzles.operations.colour import KEEPS, PAINTS, REPLACEMENTS, SWAPS
from puzzles.operations.complete import RESTORATIONS
from puzzles.operations.geometry import ENLARGEMENTS, ROLLS, SHIFTS, SYMMETRIES
from puzzles.operations.halves import HALVES
from puzzles.operations.lines import AREAS, DROPS, LINES
from puzzles.operations.motion import GRAVITY
from puzzles.operations.rays import COMPLETIONS, RAYS
from puzzles.operations.registry import Cells, Merge, NotApplicable, Operation, Sift, Split
from puzzles.operations.roles import ROLE_OPERATIONS
from puzzles.operations.scale import SCALES
from puzzles.operations.size import BORDERS, CROPS, FRAMES
from puzzles.operations.split import SPLITS
from puzzles.operations.surroundings import FILLS, HALOS, WHOLES

__all__ = [
    "CHOICES",
    "CURRICULUM_OPERATIONS",
    "MERGES",
    "OPERATIONS",
    "SIFTS",
    "SPLITS",
    "Cells",
    "Merge",
    "NotApplicable",
    "Operation",
    "Sift",
    "Split",
]

CURRICULUM_OPERATIONS: tuple[Operation, ...] = (
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
"""The operations learned words are trained on."""

OPERATIONS: tuple[Operation, ...] = (
    *CURRICULUM_OPERATIONS,
    *ROLE_OPERATIONS,
    *SCALES,
    *RESTORATIONS,
    *LINES,
    *AREAS,
    *DROPS,
)
"""Every exact operation from grid to grid; names are unique."""

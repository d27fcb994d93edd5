"""Exact grid operations by family, and the lists of them all."""

from __future__ import annotations

from solver.words.operations.between import BETWEEN
from solver.words.operations.choose import CHOICES, FILTERS, MERGES
from solver.words.operations.colour import KEEPS, PAINTS, REPLACEMENTS, SWAPS
from solver.words.operations.complete import RESTORATIONS
from solver.words.operations.continuation import CONTINUATIONS
from solver.words.operations.geometry import ENLARGEMENTS, ROLLS, SHIFTS, SYMMETRIES
from solver.words.operations.halves import HALVES
from solver.words.operations.lines import AREAS, DROPS, LINES
from solver.words.operations.motion import GRAVITY
from solver.words.operations.rays import COMPLETIONS, RAYS
from solver.words.operations.registry import Filter, Merge, NotApplicable, Operation, Split
from solver.words.operations.repair import REPAIRS
from solver.words.operations.roles import ROLE_OPERATIONS
from solver.words.operations.scale import SCALES
from solver.words.operations.size import BORDERS, CROPS, FRAMES
from solver.words.operations.split import SPLITS
from solver.words.operations.surroundings import FILLS, HALOS, WHOLES

__all__ = [
    "CHOICES",
    "CURRICULUM_OPERATIONS",
    "FILTERS",
    "MERGES",
    "OPERATIONS",
    "SPLITS",
    "Filter",
    "Merge",
    "NotApplicable",
    "Operation",
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
    *CONTINUATIONS,
    *BETWEEN,
    *REPAIRS,
)
"""Every exact operation from grid to grid; names are unique."""

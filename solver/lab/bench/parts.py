"""Parts of ARC-AGI-2's public training set that ARC-AGI-1 does not hold, to develop by and to count by.

233 of its 1,000 tasks are in neither set of ARC-AGI-1. A fixed 120 of these may be looked at; the other 113
are only counted, so that a gain on them was not made for them.
"""

from __future__ import annotations

import random

from puzzles.collections import Collection, collection

PARTS = ("arc2-look", "arc2-count")
"""The 120 that may be looked at, and the 113 that are only counted."""
_LOOKED_AT = 120


def part(name: str) -> Collection:
    """One of `PARTS`."""
    tasks = collection("arc2-train")
    new = sorted({*tasks.ids} - {*collection("arc1-train").ids} - {*collection("arc1-eval").ids})
    looked_at = set(random.Random(0).sample(new, _LOOKED_AT))
    ids = [puzzle_id for puzzle_id in new if (puzzle_id in looked_at) == (name == PARTS[0])]
    return Collection(name, f"ARC-AGI-2 training, {name}", ids, tasks.__getitem__)

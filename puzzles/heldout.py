"""The 40 ARC-AGI-1 training tasks that nothing is trained or tuned on, to measure by."""

from __future__ import annotations

import random
from collections.abc import Iterable

HELD_OUT = 40


def held_out(ids: Iterable[str]) -> tuple[str, ...]:
    """The ids held out of a set of tasks: `random.Random(0).sample(sorted(ids), 40)`, sorted.

    Over the 400 ids of ARC-AGI-1 training this is one fixed list; a smaller set gives up a tenth.
    """
    ordered = sorted(ids)
    return tuple(sorted(random.Random(0).sample(ordered, min(HELD_OUT, len(ordered) // 10))))

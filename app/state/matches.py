"""Which objects a step picked, for an outline on the grid they were cut from."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from app.state.draft import Part
from app.state.sources import sources_of
from solver.words.results import Candidate


@dataclass(frozen=True)
class Match:
    """Cells of the objects that were picked."""

    cells: NDArray[np.bool_]
    state: int
    """The position whose grid they are cells of; 0 is the input."""


def match_of(candidate: Candidate | None, part: Part, index: int, position: int) -> Match | None:
    """Return what the step before `position` picked on a pair; None for steps that pick no objects."""
    if candidate is None or not 0 < position <= len(candidate.program.steps):
        return None
    traces = candidate.demonstrations if part == "train" else candidate.tests
    outcomes = traces[index].outcomes if index < len(traces) else ()
    sources = sources_of(candidate.program, position)
    if position >= len(outcomes) or outcomes[sources[0]].pieces is None:
        return None
    from solver.words.matched import matched  # noqa: PLC0415

    operands = [o.grid if o.pieces is None else o.pieces for o in (outcomes[source] for source in sources)]
    cells = matched(candidate.program.steps[position - 1].word, operands)
    state = sources[0]
    while outcomes[state].pieces is not None and state:
        state = sources_of(candidate.program, state)[0]
    if cells is None or cells.shape != outcomes[state].grid.shape:
        return None
    return Match(cells, state)

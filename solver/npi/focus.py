"""Closing what a trained core looks at without need, so that a certificate takes fewer histories."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

import torch

from solver.npi.checkpoint import rounded
from solver.npi.model import Core
from solver.npi.traces import Frame
from solver.npi.verify import check

_CLOSED = -3.0
"""Logit of a closed component: training may open it again."""


def close_unneeded(core: Core, frames: Iterable[Frame]) -> int:
    """Close each component without which all frames of a call stay right; returns how many.

    The frames have to be right before. The least sure component of a call is tried first. Whether a call
    really needs what was closed is up to the certificate: its counterexamples are trained on.
    """
    if core.focus is None:
        return 0
    twin, closed = rounded(core), 0
    groups: dict[tuple[str, int, int], list[Frame]] = defaultdict(list)
    for frame in frames:
        if frame.environment in core.focus:
            row = core.config.every_program.index(frame.call.program)
            groups[frame.environment, row, frame.call.arguments[0]].append(frame)
    with torch.no_grad():
        for (environment, row, argument), members in groups.items():
            if row >= len(core.config.programs):
                continue  # programs added later have their own
            tried, trained = (one.focus[environment][row, argument] for one in (twin, core))  # type: ignore[index]
            for component in tried.argsort()[(tried.sort().values > 0)].tolist():
                before = float(tried[component])
                tried[component] = _CLOSED
                if check(twin, members, 1).wrong:
                    tried[component] = before
                else:
                    trained[component] = _CLOSED
                    closed += 1
    return closed

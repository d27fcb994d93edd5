"""How fast examples are drawn against how fast they are trained on, and what share of the machine works."""

from __future__ import annotations

import json
import time
from collections import defaultdict
from collections.abc import Callable
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

import torch
from torch.utils.flop_counter import FlopCounterMode

from solver.lab.bench.speed import matrix_rate
from solver.nli.config import ModelConfig, TrainConfig
from solver.training.trainer import Trainer


def measure_loading(
    data: str, steps: int, device: torch.device, say: Callable[[str], None]
) -> list[dict[str, float | str | int]]:
    """A row per part of the mixture: milliseconds and examples per second of drawing and of training.

    Training runs `steps` steps from new weights at the end of the default plan, where canvases are largest
    and programs longest; on a CPU its time is that of this process alone, all threads added up.
    """
    plan = TrainConfig(data=data, rich=0.5, last_side=20)
    rate = matrix_rate(device, partial(_clock, device))
    operations: dict[str, int] = defaultdict(int)
    drawn: dict[str, list[tuple[float, float, int]]] = defaultdict(list)
    with TemporaryDirectory() as folder:
        trainer = Trainer(Path(folder), ModelConfig(), plan, device)
        trainer.step = plan.steps - steps
        for _ in range(steps):
            started = _clock(device)
            batch = trainer.mixture.draw(trainer.step)
            ready = _clock(device)
            # Counting costs milliseconds of a step that takes hundreds.
            with FlopCounterMode(display=False) as counter:
                trainer.one_step()
            operations[batch.origin] += counter.get_total_flops()
            # A step draws its batch itself, a second time here.
            trained = _clock(device) - ready - (ready - started)
            drawn[batch.origin].append((ready - started, trained, batch.states.shape[0] * plan.pairs))
    rows = [_row(part, times, operations[part] / rate) for part, times in drawn.items()]
    for row in rows:
        say(json.dumps(row))
    return rows


def _row(part: str, times: list[tuple[float, float, int]], least_s: float) -> dict[str, float | str | int]:
    """One part's row from (seconds drawn, seconds trained, examples) per step.

    `least_s` is what its arithmetic would take at the machine's matrix rate.
    """
    drawing, training, examples = (sum(column) for column in zip(*times, strict=True))
    return {
        "part": part,
        "steps": len(times),
        "drawing ms": round(1000 * drawing / len(times), 1),
        "training ms": round(1000 * training / len(times), 1),
        "drawn examples/s": round(examples / drawing),
        "trained examples/s": round(examples / training),
        "share of the matrix rate": round(least_s / training, 2),
    }


def _clock(device: torch.device) -> float:
    """Seconds of this process on a CPU, where others may share it; seconds on the wall otherwise."""
    if device.type == "cpu":
        return time.process_time()
    torch.cuda.synchronize(device)
    return time.perf_counter()

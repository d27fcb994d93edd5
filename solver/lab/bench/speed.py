"""What a search step costs here: executor and gradient steps per second, against the machine's own rate."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np
import torch
from torch.utils.flop_counter import FlopCounterMode, sdpa_backward_flop_count, sdpa_flop_count

from puzzles.puzzle import Pair, Puzzle
from solver.explore.peak import peak_mb
from solver.nli.config import SearchConfig
from solver.nli.device import fast_precision
from solver.nli.learned import LearnedLanguage
from solver.nli.model import NLI, one_hot
from solver.search.problem import Problem
from solver.search.refine import Refinement, refine
from solver.words.program import Language

SIDES = (10, 20, 30)
STARTS = (1, 16, 64, 256)
_DEMONSTRATIONS = 3
_LENGTH = 2
"""Words of the programs searched for."""
_MOST_STEPS = 30
"""Search steps measured at most."""
_SQUARE = 2048
"""Side of the matrices whose product measures the machine."""


@dataclass(frozen=True)
class Row:
    """One line of the table."""

    side: int
    starts: int
    executor_steps: float
    """Forward executor steps per second on one grid."""
    gradient_steps: float | None
    """Search steps per second: forward, backward and update of all starts on all demonstrations; None where
    one step would take longer than the limit."""
    share: float | None
    """Arithmetic of the search, in parts of the machine's matrix-multiply rate."""
    memory_mib: float
    """Peak memory so far: of the process on the CPU, of the allocator on a GPU."""


def measure(
    model: NLI, device: torch.device, sides: Sequence[int], starts: Sequence[int], limit_s: float
) -> tuple[float, list[Row]]:
    """The machine's rate in FLOP/s and one row per side and number of starts.

    A search step that would take longer than `limit_s`, judged by fewer starts, is left out.
    """
    model = model.to(device).eval().requires_grad_(False)
    rate = matrix_rate(device)
    learned = LearnedLanguage(model, Language((), "speed"), {})
    rows = []
    for side in sides:
        problem = Problem(_puzzle(side), learned)
        forward = _executor_steps(problem, limit_s)
        seconds, flop, before = 0.0, 0.0, 1
        for count in starts:
            if seconds * count / before > limit_s:
                rows.append(Row(side, count, forward, None, None, _memory(device)))
                continue
            if device.type == "cuda":
                torch.cuda.reset_peak_memory_stats(device)
            seconds, flop = _search_step(problem, count, limit_s)
            before = count
            rows.append(Row(side, count, forward, 1 / seconds, flop / seconds / rate, _memory(device)))
    return rate, rows


def matrix_rate(device: torch.device, clock: Callable[[], float] = time.perf_counter) -> float:
    """FLOP/s of a large matrix product in the precision that the networks use here."""
    with fast_precision(device):
        a = torch.randn(_SQUARE, _SQUARE, device=device)
        if torch.is_autocast_enabled(device.type):
            a = a.bfloat16()
        a @ a
        _wait(device)
        started, count = clock(), 0
        while clock() - started < 0.5:
            a @ a
            _wait(device)
            count += 1
    return count * 2 * _SQUARE**3 / (clock() - started)


def as_markdown(rate: float, rows: Sequence[Row]) -> str:
    """The table as Markdown."""
    lines = [
        f"matrix products: {rate / 1e9:.0f} GFLOP/s",
        "",
        "| grid | starts | executor steps/s | search steps/s | share of rate | peak MiB |",
        "|---|---|---|---|---|---|",
    ]
    for r in rows:
        known = r.gradient_steps is not None and r.share is not None
        search = f"{r.gradient_steps:.3g} | {r.share:.1%}" if known else "– | –"
        lines.append(
            f"| {r.side}×{r.side} | {r.starts} | {r.executor_steps:.1f} | {search} | {r.memory_mib:.0f} |"
        )
    return "\n".join(lines) + "\n"


def _puzzle(side: int) -> Puzzle:
    rng = np.random.default_rng(side)
    grids = rng.integers(10, size=(_DEMONSTRATIONS + 1, side, side)).astype(np.uint8)
    pairs = tuple(Pair(grid, grid[::-1].copy()) for grid in grids)
    return Puzzle("speed", pairs[:-1], pairs[-1:])


def _executor_steps(problem: Problem, limit_s: float) -> float:
    """Forward steps per second on a batch of one grid per demonstration, counted per grid."""
    model, state = problem.learned.model, one_hot(problem.inputs)
    word = torch.zeros(len(state), model.config.codebook, device=state.device)
    word[:, 0] = 1
    count = 0
    with torch.no_grad(), fast_precision(state.device):
        model.executor(state, word, problem.canvas)
        _wait(state.device)
        started = time.perf_counter()
        while count == 0 or time.perf_counter() - started < limit_s / 4:
            model.executor(state, word, problem.canvas)
            _wait(state.device)
            count += 1
    return count * len(state) / (time.perf_counter() - started)


def _search_step(problem: Problem, starts: int, limit_s: float) -> tuple[float, float]:
    """Seconds and FLOP of one search step, read off the product's own refinement."""
    config = replace(SearchConfig(), starts=starts, steps=_MOST_STEPS)
    # Starts around a program: those that ask the inductor again would be timed with the first step.
    moments = refine(problem, config, seed=0, length=_LENGTH, around=(0,) * _LENGTH)
    with flop_counter() as counter:
        _one_step(moments)  # also the warm-up
    begun, steps = time.perf_counter(), 0
    while steps == 0 or (steps < _MOST_STEPS - 1 and time.perf_counter() - begun < limit_s / 4):
        _one_step(moments)
        _wait(problem.inputs.device)
        steps += 1
    return (time.perf_counter() - begun) / steps, float(counter.get_total_flops())


def flop_counter() -> FlopCounterMode:
    """Counts floating-point operations, those of the CPU's fused attention too, which torch leaves out."""
    fused = torch.ops.aten._scaled_dot_product_flash_attention_for_cpu
    backward = torch.ops.aten._scaled_dot_product_flash_attention_for_cpu_backward
    return FlopCounterMode(
        display=False,
        custom_mapping={
            fused: lambda query, key, value, *_, **__: sdpa_flop_count(query, key, value),
            backward: lambda grad, query, key, value, *_, **__: sdpa_backward_flop_count(
                grad, query, key, value
            ),
        },
    )


def _one_step(moments: Iterator[Refinement]) -> None:
    """Run refinement to the end of a step, where it tells the programs."""
    while not next(moments).programs:
        pass


def _wait(device: torch.device) -> None:
    if device.type == "cuda":
        torch.cuda.synchronize(device)


def _memory(device: torch.device) -> float:
    if device.type == "cuda":
        return torch.cuda.max_memory_allocated(device) / 2**20
    return peak_mb()

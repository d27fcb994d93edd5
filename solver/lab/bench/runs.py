"""Units of work of a comparison, spread over processes, on a GPU and on processor cores side by side."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from dataclasses import dataclass
from multiprocessing import get_context
from typing import Protocol

import torch

from solver.words.errors import UsageError


class Unit(Protocol):
    """A piece of work that leaves its results in files and goes on from them."""

    @property
    def light(self) -> bool:
        """Whether a processor core does it in minutes; everything else waits for the first pool."""
        ...

    def __call__(self, device: torch.device) -> bool:
        """Do it, or as much as the time allows; whether it is finished."""
        ...

    def then(self) -> Sequence[Unit]:
        """Units that a finished one makes possible; the first pool takes them before any other."""
        ...


@dataclass(frozen=True)
class Pool:
    """So many processes of one thread each on one device."""

    device: torch.device
    jobs: int


def work_off(units: Sequence[Unit], pools: Sequence[Pool], stop_at: float) -> list[Exception]:
    """Work off all units, or those that begin before `stop_at` (`time.time()`).

    The first pool takes units from the front, the others light ones from the back. Returns the errors of
    units that failed, such as on a full GPU, which end nothing but themselves; raises `UsageError` at once.
    """
    waiting, failed = list(units), list[Exception]()
    context = get_context("spawn")  # a forked process cannot use a GPU
    executors = [ProcessPoolExecutor(p.jobs, context, torch.set_num_threads, (1,)) for p in pools]
    running: dict[Future[bool], tuple[int, Unit]] = {}
    try:
        while True:
            for place, pool in enumerate(pools):
                while sum(at == place for at, _ in running.values()) < pool.jobs:
                    unit = _take(waiting, first=place == 0) if time.time() < stop_at else None
                    if unit is None:
                        break
                    running[executors[place].submit(unit, pool.device)] = (place, unit)
            if not running:
                return failed
            for future in wait(running, return_when=FIRST_COMPLETED).done:
                _, unit = running.pop(future)
                error = future.exception()
                if isinstance(error, UsageError) or (error and not isinstance(error, Exception)):
                    raise error
                if isinstance(error, Exception):
                    failed.append(error)
                elif future.result():
                    waiting[:0] = unit.then()
    finally:
        for executor in executors:
            executor.shutdown(cancel_futures=True)


def one_by_one(units: Sequence[Unit], device: torch.device, stop_at: float) -> None:
    """The same in this process, in order."""
    waiting = list(units)
    while waiting and time.time() < stop_at:
        unit = waiting.pop(0)
        if unit(device):
            waiting[:0] = unit.then()


def _take(waiting: list[Unit], first: bool) -> Unit | None:
    order: Callable[[Sequence[int]], object] = iter if first else reversed
    for index in order(range(len(waiting))):  # type: ignore[attr-defined]
        if first or waiting[index].light:
            return waiting.pop(index)
    return None

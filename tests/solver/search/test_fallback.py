"""A GPU that fails in the middle of a search: the CPU goes on, and one line says so."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
import torch

from solver.nli.learned import LearnedLanguage
from solver.search import solve as solving
from solver.search.run import Run
from solver.search.solve import DEVICE_PHASE, SolveOptions, finish, solve
from solver.words.results import Progress
from tests.solver.conftest import puzzle_of

OPTIONS = SolveOptions(engine="nli", budget_s=20.0, stages=("search",))
Loads = list[tuple[str, object]]


@pytest.fixture
def gpu(tiny: LearnedLanguage, monkeypatch: pytest.MonkeyPatch) -> Loads:
    """The tiny language, said to be on a GPU until it is loaded for the CPU."""
    loaded: Loads = []

    def load(device: str, path: object = None) -> LearnedLanguage:
        loaded.append((device, path))
        return tiny

    monkeypatch.setattr(solving, "load_learned", load)
    monkeypatch.setattr(LearnedLanguage, "on_gpu", property(lambda _: not loaded))
    return loaded


@pytest.fixture
def failing(monkeypatch: pytest.MonkeyPatch) -> Callable[[Exception], None]:
    """Lets the first guess fail once, after it has told of one moment."""

    def once(error: Exception) -> None:
        induce, left = Run.induce, [error]

        def broken(run: Run, problem: object) -> Iterator[Progress]:
            yield run.progress("inductor", "asking")
            if left:
                raise left.pop()
            yield from induce(run, problem)

        monkeypatch.setattr(Run, "induce", broken)

    return once


@pytest.mark.parametrize(
    ("error", "said"),
    [
        (torch.OutOfMemoryError("CUDA out of memory."), "ran out of memory"),
        (RuntimeError("CUDA error: an illegal memory access was encountered"), "failed (CUDA error"),
    ],
)
def test_the_cpu_goes_on_and_says_so(
    tiny: LearnedLanguage, gpu: Loads, failing: Callable[[Exception], None], error: Exception, said: str
) -> None:
    failing(error)
    moments: list[Progress] = []
    solution = finish(solve(puzzle_of("shift up"), OPTIONS, learned=tiny), moments.append)
    assert solution.verified
    told = [moment.message for moment in moments if moment.phase == DEVICE_PHASE]
    assert len(told) == 1
    assert told[0].startswith(f"the GPU {said}")
    assert told[0].endswith("; going on with the CPU")
    assert said in solution.tried
    assert gpu == [("cpu", tiny.path)]


def test_our_own_mistakes_are_not_blamed_on_a_gpu(
    tiny: LearnedLanguage, gpu: Loads, failing: Callable[[Exception], None]
) -> None:
    failing(RuntimeError("shapes do not fit"))
    with pytest.raises(RuntimeError, match="shapes"):
        finish(solve(puzzle_of("shift up"), OPTIONS, learned=tiny))


def test_a_cpu_has_nothing_to_fall_back_to(
    tiny: LearnedLanguage, failing: Callable[[Exception], None]
) -> None:
    failing(torch.OutOfMemoryError("no memory"))
    with pytest.raises(torch.OutOfMemoryError):
        finish(solve(puzzle_of("shift up"), OPTIONS, learned=tiny))


def test_a_gpu_that_cannot_be_used_is_told_before_the_search(
    tiny: LearnedLanguage, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(solving, "passed_over", lambda _: "cuda cannot be used, the CPU is: too old")
    moments: list[Progress] = []
    finish(solve(puzzle_of("shift up"), OPTIONS, learned=tiny), moments.append)
    assert moments[0].phase == DEVICE_PHASE
    assert "too old" in moments[0].message

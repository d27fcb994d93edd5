"""The executor on real grids: named words run hard on ARC-AGI-1 training inputs.

The exact operation is the truth. No answer of a puzzle plays a part: only inputs are read, so weights may
be chosen by it. Inputs of the 40 held-out tasks have a column of their own; nothing that trains has met
grids like theirs.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby

import numpy as np
import torch

from puzzles.collections import collection, held_out
from puzzles.grid import Grid, as_grid, same_grid
from solver.nli.learned import LearnedLanguage, run_words
from solver.nli.model import NLI, to_canvas, to_grids
from solver.training.synthetic import Curriculum
from solver.words.errors import UsageError
from solver.words.operations import CURRICULUM_OPERATIONS, NotApplicable, Operation
from solver.words.operations.counted import COUNTED_OPERATIONS

BUCKETS = ((1, 6), (7, 10), (11, 16), (17, 20), (21, 30))
"""Shortest and longest side, of the longest side of input and output."""
COLUMNS = ("training", "held out")
"""Inputs of tasks outside the held-out 40, and of these."""
_CELLS_AT_ONCE = 4096
"""Canvas cells of one forward pass."""
_GRIDS_TRIED = 40
"""Inputs tried for an operation before another one is drawn."""
_WORDS_TRIED = 50
"""Operations drawn per pair wanted, before a bucket is left with fewer."""
Step = Callable[[Sequence[Grid], Sequence[int], tuple[int, int]], list[Grid]]
"""Grids after one word each, run on a canvas (rows, columns)."""


@dataclass(frozen=True)
class Case:
    """A word on one real grid."""

    column: str
    bucket: tuple[int, int]
    operation: Operation
    row: int
    """Codebook row that training was told to mean the operation."""
    before: Grid
    after: Grid

    @property
    def canvas(self) -> tuple[int, int]:
        """The smallest canvas (rows, columns) that holds both grids."""
        return max(self.before.shape[0], self.after.shape[0]), max(self.before.shape[1], self.after.shape[1])


@dataclass(frozen=True)
class Result:
    """What the executor made of a case."""

    case: Case
    exact: bool
    cells: float
    """Share of right cells; 0 where the shape is wrong."""


def measure_executor(
    learned: LearnedLanguage, pairs: int, seed: int, say: Callable[[str], None]
) -> list[Result]:
    """Say a JSON row per column and bucket, then one per family, with the share of exact grids.

    `pairs` word–grid pairs are drawn per column and bucket; the same seed draws the same pairs of the
    curriculum's words for all weights that name them. Raises `UsageError` where the weights name no word.
    """
    named, inputs, step = learned.about.get("bootstrapped", []), real_inputs(), hard_step(learned.model)
    results = []
    for kind, known in (("curriculum", CURRICULUM_OPERATIONS), ("counted", COUNTED_OPERATIONS)):
        if kind == "counted" and not {op.name for op in known} & set(named):
            continue
        cases = draw_cases(named, inputs, pairs, seed, known)
        for key, group in groupby(cases, key=lambda case: (case.column, case.bucket)):
            found = run_cases(list(group), step)
            results += found
            row = {"words": kind, "inputs": key[0], "side": _side(key[1])} | _shares(found)
            say(json.dumps(row | {"exact, words alike": _words_alike(found, known)}))
    for family in sorted({result.case.operation.family for result in results}):
        say(json.dumps(_family_row(family, results)))
    return results


def real_inputs() -> dict[str, list[list[Grid]]]:
    """Per column the inputs of every ARC-AGI-1 training task, demonstrations and tests."""
    tasks = collection("arc1-train")
    left_out = set(held_out(tasks.ids))
    grids: dict[str, list[list[Grid]]] = {column: [] for column in COLUMNS}
    for name in tasks:
        puzzle = tasks[name]
        inputs = [pair.input for pair in (*puzzle.train, *puzzle.test)]
        grids[COLUMNS[name in left_out]].append(inputs)
    return grids


def draw_cases(
    named: Sequence[str],
    inputs: dict[str, list[list[Grid]]],
    pairs: int,
    seed: int,
    known: Sequence[Operation] = CURRICULUM_OPERATIONS,
) -> list[Case]:
    """Up to `pairs` cases per column and bucket, in that order; every operation changes its grid.

    Words are drawn as the curriculum draws them, tasks evenly, and of a task one of its inputs. A bucket in
    which few operations fit stays smaller.
    """
    operations = [op for op in known if op.name in set(named)]
    if not operations:
        raise UsageError("the weights name no word of the curriculum, expected some under bootstrapped")
    rows = {name: row for row, name in enumerate(named)}
    curriculum = Curriculum(operations)
    cases = []
    for column, tasks in inputs.items():
        for bucket in BUCKETS:
            rng = np.random.default_rng((seed, COLUMNS.index(column), *bucket))
            fitting = [small for grids in tasks if (small := [g for g in grids if max(g.shape) <= bucket[1]])]
            found = 0
            for _ in range(_WORDS_TRIED * pairs):
                if found == pairs or not fitting:
                    break
                operation = operations[curriculum.draw_words(rng, 1)[0]]
                case = _fitting_case(rng, (column, bucket), operation, rows[operation.name], fitting)
                if case is not None:
                    cases.append(case)
                    found += 1
    return cases


def _fitting_case(
    rng: np.random.Generator,
    place: tuple[str, tuple[int, int]],
    operation: Operation,
    row: int,
    tasks: Sequence[Sequence[Grid]],
) -> Case | None:
    """The operation on the first of some random inputs that it changes within the column's bucket."""
    column, bucket = place
    for _ in range(_GRIDS_TRIED):
        grids = tasks[int(rng.integers(len(tasks)))]
        before = grids[int(rng.integers(len(grids)))]
        try:
            after = operation(before)
        except NotApplicable:
            continue
        side = max(*before.shape, *after.shape)
        if bucket[0] <= side <= bucket[1] and not np.array_equal(before, after):
            return Case(column, bucket, operation, row, before, as_grid(after))
    return None


def hard_step(model: NLI) -> Step:
    """The executor, its states hardened."""

    def step(grids: Sequence[Grid], words: Sequence[int], canvas: tuple[int, int]) -> list[Grid]:
        device = model.executor.codes.device
        cells = to_canvas(grids, canvas, device)
        following, _ = run_words(model, cells, torch.tensor(words, device=device), canvas)
        return to_grids(following, canvas)

    return step


def run_cases(cases: Iterable[Case], step: Step) -> list[Result]:
    """Run every case on the smallest canvas that holds it, those of one canvas together."""
    results = []
    for canvas, group in groupby(sorted(cases, key=lambda case: case.canvas), key=lambda case: case.canvas):
        together = list(group)
        most = max(1, _CELLS_AT_ONCE // (canvas[0] * canvas[1]))
        for start in range(0, len(together), most):
            part = together[start : start + most]
            grids = step([case.before for case in part], [case.row for case in part], canvas)
            results += [_result(case, grid) for case, grid in zip(part, grids, strict=True)]
    return results


def _result(case: Case, grid: Grid) -> Result:
    cells = float((grid == case.after).mean()) if grid.shape == case.after.shape else 0.0
    return Result(case, same_grid(grid, case.after), cells)


def _shares(results: Sequence[Result]) -> dict[str, float | int]:
    count = len(results)
    return {
        "exact": round(sum(result.exact for result in results) / count, 3),
        "cells": round(sum(result.cells for result in results) / count, 4),
        "pairs": count,
    }


def _words_alike(results: Sequence[Result], known: Sequence[Operation]) -> float:
    """Share of exact grids were every operation drawn as often as any other.

    Most operations of the curriculum change one colour, so this is far kinder than the curriculum's weights.
    """
    sizes: dict[str, int] = defaultdict(int)
    for operation in known:
        sizes[operation.family] += 1
    families: dict[str, list[bool]] = defaultdict(list)
    for result in results:
        families[result.case.operation.family].append(result.exact)
    total = sum(sizes[family] for family in families)
    return round(
        sum(sizes[family] / total * sum(exact) / len(exact) for family, exact in families.items()), 3
    )


def _family_row(family: str, results: Sequence[Result]) -> dict[str, object]:
    """Exact shares of a family by side, both columns together, and how many pairs stand behind them."""
    by_side: dict[str, list[Result]] = defaultdict(list)
    for result in results:
        if result.case.operation.family == family:
            by_side[_side(result.case.bucket)].append(result)
    shares = {side: _shares(found)["exact"] for side, found in by_side.items()}
    mine = [result for found in by_side.values() for result in found]
    return {"family": family} | _shares(mine) | {"by side": shares}


def _side(bucket: tuple[int, int]) -> str:
    return f"{bucket[0]}-{bucket[1]}"

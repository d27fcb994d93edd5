"""Batches of curriculum tasks on one canvas, as tensors."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
import torch
from torch import Tensor

from solver.nli.config import OUTSIDE, ModelConfig, TrainConfig
from solver.training.synthetic import FAMILY_WEIGHTS, Curriculum, Task
from solver.words.errors import UsageError
from solver.words.operations import CURRICULUM_OPERATIONS as OPERATIONS
from solver.words.operations import Operation

TENSORS = ("states", "words", "named", "depth", "step")
"""Fields of a batch that have a row per task."""


@dataclass(frozen=True)
class Batch:
    """B tasks of m examples on one canvas."""

    canvas: tuple[int, int]
    states: Tensor
    """(B, m, T+1, cells) cell values: input, after each word, output repeated beyond the program's end."""
    words: Tensor
    """(B, T) codebook rows of the true program, skip after its end; meaningless where not `named`."""
    named: Tensor
    """(B,) whether the true words may be told to the model."""
    depth: Tensor
    """(B,) number of true words."""
    step: Tensor
    """(B,) the true step a traced batch trains."""
    longest: int
    """Words of the longest program, and slots that are run end to end."""
    any_named: bool
    """Whether some task is named, in the whole batch where this is one process's share."""
    traced: bool = False
    """Whether the executor is trained on true steps rather than end to end."""
    origin: str = "curriculum"
    """The part of the mixture it was drawn from."""

    def to(self, device: torch.device) -> Batch:
        """The same batch on another device."""
        return self._each(lambda tensor: tensor.to(device))

    def share(self, process: int, count: int) -> Batch:
        """Every `count`-th task, from `process` on: what one of `count` processes trains on."""
        return self if count == 1 else self._each(lambda tensor: tensor[process::count])

    def _each(self, change: Callable[[Tensor], Tensor]) -> Batch:
        return self.with_tensors({name: change(getattr(self, name)) for name in TENSORS})

    def with_tensors(self, tensors: Mapping[str, Tensor]) -> Batch:
        """The same batch with other tensors for all of `TENSORS`."""
        states, words, named, depth, step = (tensors[name] for name in TENSORS)
        return replace(self, states=states, words=words, named=named, depth=depth, step=step)


class Vocabulary:
    """Which codebook row is bootstrapped with which operation; all other rows are free."""

    def __init__(self, model: ModelConfig, train: TrainConfig) -> None:
        self.operations = [op for op in OPERATIONS if not train.families or op.family in train.families]
        if not self.operations:
            raise UsageError(f"families is {train.families}, expected some of {sorted(FAMILY_WEIGHTS)}")
        self.named = [
            op for op in self.operations if train.bootstrap and op.family not in train.free_families
        ]
        if len(self.named) >= model.codebook:
            raise UsageError(f"{len(self.named)} named words do not fit a codebook of {model.codebook}")
        self._rows = {op.name: row for row, op in enumerate(self.named)}

    def row(self, operation: Operation) -> int:
        """The row told to stand for an operation; -1 where the model must find one itself."""
        return self._rows.get(operation.name, -1)

    @property
    def names(self) -> list[str]:
        """Names of the bootstrapped rows, in row order."""
        return [op.name for op in self.named]


class BatchSource:
    """Draws batches along the plan; the same seed and step give the same batch."""

    def __init__(self, model: ModelConfig, train: TrainConfig) -> None:
        self.model, self.train = model, train
        self.vocabulary = Vocabulary(model, train)
        self.curriculum = Curriculum(self.vocabulary.operations, train.rich)
        self.named_curriculum = (
            Curriculum(self.vocabulary.named, train.rich) if self.vocabulary.named else None
        )
        self.drawn: list[Task] = []

    def draw(self, step: int, traced: bool = False) -> Batch:
        """The batch of a step; `traced` draws only tasks whose words may be named."""
        rng = np.random.default_rng((self.train.seed, step))
        progress = step / self.train.steps
        canvas, count = self.canvas(rng, progress)
        curriculum = self.chosen(traced)
        self.drawn = tasks = [
            curriculum.draw(rng, self.depth(rng, progress), self.train.pairs, canvas) for _ in range(count)
        ]
        return replace(pack(tasks, self.rows(tasks, curriculum), canvas, self.model, rng), traced=traced)

    def canvas(self, rng: np.random.Generator, progress: float) -> tuple[tuple[int, int], int]:
        """A canvas (rows, columns) and how many tasks on it make a batch.

        Squares of every size and oblong canvases; small ones stay frequent, since most puzzles are small.
        """
        plan = self.train
        grown = min(1.0, progress / plan.growth)
        longest = round(plan.first_side + grown * (plan.last_side - plan.first_side))
        side = int(rng.integers(4, longest + 1))
        canvas = (side, int(np.clip(side + rng.integers(-2, 3), 4, longest)))
        return canvas, max(4, plan.cells // (plan.pairs * canvas[0] * canvas[1]))

    def chosen(self, traced: bool) -> Curriculum:
        """The operations that tasks are drawn from: only the named ones where a batch is traced."""
        return self.named_curriculum if traced and self.named_curriculum else self.curriculum

    def rows(self, tasks: Sequence[Task], curriculum: Curriculum) -> list[list[int]]:
        """Codebook rows of the words of tasks; -1 where a word has no named row."""
        return [[self.vocabulary.row(curriculum.operations[w]) for w in task.words] for task in tasks]

    def depth(self, rng: np.random.Generator, progress: float) -> int:
        """How many words the next program has, at this point of the plan."""
        if progress < self.train.depth_two:
            return 1
        longest = 2 if progress < self.train.depth_three else 3
        return int(rng.choice([1, 2, 3][:longest], p=[[1.0], [0.6, 0.4], [0.5, 0.3, 0.2]][longest - 1]))


def pack(
    tasks: Sequence[Task],
    rows: Sequence[Sequence[int]],
    canvas: tuple[int, int],
    model: ModelConfig,
    rng: np.random.Generator,
) -> Batch:
    """Tensors of tasks and the codebook rows of their words (-1 where a word has no named row)."""
    slots = model.slots
    shape = (len(tasks), len(tasks[0].examples), slots + 1, *canvas)
    states = np.full(shape, OUTSIDE, np.int64)
    words = np.full((len(tasks), slots), model.skip, np.int64)
    for b, (task, row) in enumerate(zip(tasks, rows, strict=True)):
        words[b, : len(row)] = row
        for i, example in enumerate(task.examples):
            for t in range(slots + 1):
                grid = example[min(t, len(example) - 1)]
                states[b, i, t, : grid.shape[0], : grid.shape[1]] = grid
    named = torch.tensor([min(row) >= 0 for row in rows])
    words_tensor = torch.from_numpy(words).clamp_min(0)
    depth = torch.tensor([len(row) for row in rows])
    step = (torch.from_numpy(rng.random(len(tasks))) * depth).long()
    return Batch(
        canvas,
        torch.from_numpy(states).flatten(3),
        words_tensor,
        named,
        depth,
        step,
        longest=int(depth.max()),
        any_named=bool(named.any()),
    )

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
from solver.words.operations.counted import COUNTED_OPERATIONS

TASK_WORD = "as in "
"""What the name of a task's own row begins with; the task's name follows."""
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
    alone: bool = False
    """Whether the executor is trained without the inductor; tasks then need not have several examples."""
    origin: str = "curriculum"
    """The part of the mixture it was drawn from."""

    def to(self, device: torch.device) -> Batch:
        """The same batch on another device."""
        return self._each(lambda tensor: widened(tensor.to(device)))

    def share(self, process: int, count: int) -> Batch:
        """Every `count`-th task, from `process` on: what one of `count` processes trains on."""
        return self if count == 1 else self._each(lambda tensor: tensor[process::count])

    def _each(self, change: Callable[[Tensor], Tensor]) -> Batch:
        return self.with_tensors({name: change(getattr(self, name)) for name in TENSORS})

    def with_tensors(self, tensors: Mapping[str, Tensor]) -> Batch:
        """The same batch with other tensors for all of `TENSORS`."""
        states, words, named, depth, step = (tensors[name] for name in TENSORS)
        return replace(self, states=states, words=words, named=named, depth=depth, step=step)


def widened(tensor: Tensor) -> Tensor:
    """Cell values that were sent as bytes as int64, anything else as it is."""
    return tensor.long() if tensor.dtype == torch.uint8 else tensor


class Vocabulary:
    """Which codebook row is bootstrapped with which operation or task; all other rows are free."""

    def __init__(self, model: ModelConfig, train: TrainConfig, tasks: Sequence[str] = ()) -> None:
        known = (*OPERATIONS, *COUNTED_OPERATIONS) if train.counted else OPERATIONS
        self.operations = [op for op in known if not train.families or op.family in train.families]
        if not self.operations:
            raise UsageError(f"families is {train.families}, expected some of {sorted(FAMILY_WEIGHTS)}")
        self.named = [
            op for op in self.operations if train.bootstrap and op.family not in train.free_families
        ]
        self.tasks = tuple(tasks) if train.task_rows else ()
        if len(self.names) >= model.codebook:
            raise UsageError(f"{len(self.names)} named words do not fit a codebook of {model.codebook}")
        self._rows = {op.name: row for row, op in enumerate(self.named)}
        self._task_rows = {name: len(self.named) + i for i, name in enumerate(self.tasks)}

    def row(self, operation: Operation) -> int:
        """The row told to stand for an operation; -1 where the model must find one itself."""
        return self._rows.get(operation.name, -1)

    def task_row(self, task: str) -> int:
        """The row that does all a task of the data asks for; -1 where tasks have none."""
        return self._task_rows.get(task, -1)

    @property
    def names(self) -> list[str]:
        """Names of the bootstrapped rows, in row order."""
        return [*(op.name for op in self.named), *(f"{TASK_WORD}{name}" for name in self.tasks)]


class BatchSource:
    """Draws batches along the plan; the same seed and step give the same batch."""

    def __init__(self, model: ModelConfig, train: TrainConfig, tasks: Sequence[str] = ()) -> None:
        self.model, self.train = model, train
        self.vocabulary = Vocabulary(model, train, tasks)
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
        rows = self.rows(tasks, curriculum)
        return replace(pack(tasks, rows, canvas, self.model, rng, midway=self.train.midway), traced=traced)

    def canvas(self, rng: np.random.Generator, progress: float) -> tuple[tuple[int, int], int]:
        """A canvas (rows, columns) and how many tasks on it make a batch.

        Squares of every size and oblong canvases; small ones stay frequent, since most puzzles are small.
        """
        plan = self.train
        grown = min(1.0, progress / plan.growth)
        longest = round(plan.first_side + grown * (plan.last_side - plan.first_side))
        side = int(rng.integers(4, longest + 1))
        canvas = (side, int(np.clip(side + rng.integers(-2, 3), 4, longest)))
        return canvas, min(plan.most_tasks, max(4, plan.cells // (plan.pairs * canvas[0] * canvas[1])))

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
        if progress >= self.train.depth_more:
            longest = max(longest, self.train.longest)
        shares = np.array(_SHARES.get(longest, range(longest, 0, -1)), float)
        return 1 + int(rng.choice(longest, p=shares / shares.sum()))


_SHARES = {1: (1.0,), 2: (0.6, 0.4), 3: (0.5, 0.3, 0.2)}
"""How often programs of one, two and three words are drawn, by the longest; beyond, falling evenly."""


def _from_midway(
    task: Task, rows: Sequence[int], share: float, rng: np.random.Generator
) -> tuple[Task, Sequence[int]]:
    """Now and then what is left of a task after its first words."""
    known = all(len(states) == len(rows) + 1 for states in task.examples)
    if not known or rng.random() >= share:
        return task, rows
    start = int(rng.integers(len(rows)))
    return Task(task.words[start:], tuple(states[start:] for states in task.examples)), rows[start:]


def pack(
    tasks: Sequence[Task],
    rows: Sequence[Sequence[int]],
    canvas: tuple[int, int],
    model: ModelConfig,
    rng: np.random.Generator,
    *,
    midway: float = 0.0,
) -> Batch:
    """Tensors of tasks and the codebook rows of their words (-1 where a word has no named row).

    A share `midway` of the programs whose states are all known begins at one of these states.
    """
    if midway:
        pairs = [_from_midway(task, row, midway, rng) for task, row in zip(tasks, rows, strict=True)]
        tasks, rows = [task for task, _ in pairs], [row for _, row in pairs]
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

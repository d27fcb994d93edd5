"""What a run is trained on: a mixture of synthetic tasks and, where there is data, of what it holds."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np

from puzzles.grid import Cells
from solver.nli.config import ModelConfig, TrainConfig
from solver.training.batches import Batch, BatchSource, pack
from solver.training.corpus import Example, load_corpus, varied
from solver.training.synthetic import Task
from solver.words.errors import UsageError
from solver.words.operations import NotApplicable, Operation

_SPARE = 3
"""Grids offered to a program per example wanted, since it may change or fit only some of them."""
_PATIENCE = 30
"""Draws per task wanted before a batch is drawn from the curriculum instead."""
_FILLED = 0.4
"""Share of the canvas that the grids of a single step fill at least."""
_GRIDS_TRIED = 12
"""Grids tried for the word of a single step before another word is drawn."""
_Limit = tuple[int, int]


class Mixture:
    """Draws the batch of a step: everything depends on the seed and the step alone."""

    def __init__(self, model: ModelConfig, plan: TrainConfig) -> None:
        self.model, self.plan = model, plan
        self.corpus = load_corpus(Path(plan.data)) if plan.data else None
        tasks = [source.name for source in self.corpus.sources] if self.corpus else []
        self.source = BatchSource(model, plan, tasks)
        if self.corpus and all(len(source.shapes) < plan.pairs for source in self.corpus.sources):
            raise UsageError(f"{plan.data}: no task has {plan.pairs} examples, expected some; see --pairs")
        self._draw_task: dict[str, Callable[..., tuple[Task, list[int]] | None]] = {
            "grids": self._on_grids,
            "tasks": self._whole,
            "composed": self._composed,
            "steps": self._single_step,
        }
        weights = np.array(
            [plan.mix_curriculum, *(getattr(plan, f"mix_{part}") for part in self._draw_task)], float
        )
        if weights.min() < 0 or weights.sum() == 0:
            raise UsageError(f"the weights of the mixture are {weights.tolist()}, expected some above 0")
        if plan.mix_steps and not self.source.vocabulary.named:
            raise UsageError("--mix-steps needs named words, expected 0 where there are none")
        unnamed = plan.mix_steps or (plan.mix_tasks + plan.mix_composed and not plan.task_rows)
        if plan.inductor_alone and (unnamed or not self.source.vocabulary.named):
            raise UsageError("--inductor-alone needs batches with named words, expected --mix-… 0 for others")
        self._shares = weights / weights.sum() if self.corpus else np.eye(len(weights))[0]

    @property
    def about(self) -> str:
        """One sentence on the data, for the weights' JSON."""
        synthetic = "synthetic curriculum (solver/training/synthetic.py)"
        if self.corpus is None:
            return f"{synthetic}; no ARC puzzle was used"
        name = Path(self.plan.data).name
        return f"{synthetic} and examples of {len(self.corpus.sources)} tasks of {name}"

    def draw(self, step: int) -> Batch:
        """The batch of a training step."""
        plan, progress = self.plan, step / self.plan.steps
        share = plan.end_to_end[0] + progress * (plan.end_to_end[1] - plan.end_to_end[0])
        if plan.inductor_alone:
            share = 0.0
        traced = plan.bootstrap and bool(np.random.default_rng((plan.seed, step, 1)).random() >= share)
        rng = np.random.default_rng((plan.seed, step, 2))
        part = ("curriculum", *self._draw_task)[int(rng.choice(len(self._shares), p=self._shares))]
        batch = None if part == "curriculum" else self._from_data(rng, part, progress, traced)
        return batch or self.source.draw(step, traced)

    def _from_data(self, rng: np.random.Generator, part: str, progress: float, traced: bool) -> Batch | None:
        """A batch of a part that needs data; None where too little of it fits the canvas."""
        limit, count = self.source.canvas(rng, progress)
        alone = part == "steps"
        if alone:
            count = min(self.plan.most_steps, max(4, self.plan.cells // (limit[0] * limit[1])))
        traced = alone or (traced and (part == "grids" or self.plan.task_rows))
        drawn: list[tuple[Task, list[int]]] = []
        for _ in range(_PATIENCE * count):
            task = self._draw_task[part](rng, limit, progress, traced)
            if task is not None:
                drawn.append(task)
            if len(drawn) == count:
                tasks, rows = zip(*drawn, strict=True)
                batch = pack(tasks, rows, _bounds(tasks), self.model, rng, midway=self.plan.midway)
                return replace(batch, traced=traced, alone=alone, origin=part)
        return None

    def _draw_examples(self, rng: np.random.Generator, pairs: int, limit: _Limit) -> list[Example] | None:
        examples = self.corpus.draw(rng, pairs, limit) if self.corpus else None
        return None if examples is None else varied(rng, examples, limit)

    def _on_grids(
        self, rng: np.random.Generator, limit: _Limit, progress: float, traced: bool
    ) -> tuple[Task, list[int]] | None:
        """A random exact program on grids of one task of the data, inputs or outputs."""
        pairs = self.plan.pairs
        examples = self._draw_examples(rng, _SPARE * pairs, limit) or self._draw_examples(rng, pairs, limit)
        if examples is None:
            return None
        side = int(rng.integers(2))
        curriculum = self.source.chosen(traced)
        depth = self.source.depth(rng, progress)
        task = curriculum.draw_on(rng, depth, pairs, limit, [example[side] for example in examples])
        return None if task is None else (task, self.source.rows([task], curriculum)[0])

    def _single_step(
        self, rng: np.random.Generator, limit: _Limit, progress: float, traced: bool
    ) -> tuple[Task, list[int]] | None:
        """One named word on one grid of the data that, with what becomes of it, fills much of the canvas.

        The word is drawn first and then a grid for it, so that words that seldom apply are not seldom drawn.
        """
        curriculum = self.source.chosen(traced)
        words = curriculum.draw_words(rng, 1)
        for attempt in range(_GRIDS_TRIED):
            # Every other grid is a small one, for words that enlarge.
            shrink = 1 if attempt % 2 == 0 else int(rng.integers(2, 4))
            room = max(3, limit[0] // shrink), max(3, limit[1] // shrink)
            examples = self._draw_examples(rng, 1, room)
            if examples is None:
                continue
            before = examples[0][int(rng.integers(2))]
            after = _apply(curriculum.operations[words[0]], before, limit)
            if after is None:
                continue
            task = Task(words, ((before, after),))
            rows, columns = _bounds((task,))
            if rows * columns >= _FILLED * limit[0] * limit[1]:
                return task, self.source.rows([task], curriculum)[0]
        return None

    def _whole(
        self, rng: np.random.Generator, limit: _Limit, progress: float, traced: bool
    ) -> tuple[Task, list[int]] | None:
        """A task of the data: under its own word where it has one, otherwise its words are not known."""
        drawn = self._draw_task_of_data(rng, limit)
        if drawn is None:
            return None
        examples, row = drawn
        return (
            self._unnamed(examples, self.plan.task_words) if row < 0 else (Task((0,), tuple(examples)), [row])
        )

    def _composed(
        self, rng: np.random.Generator, limit: _Limit, progress: float, traced: bool
    ) -> tuple[Task, list[int]] | None:
        """A task of the data whose outputs go through an exact operation."""
        drawn = self._draw_task_of_data(rng, limit)
        curriculum = self.source.chosen(traced)
        (word,) = curriculum.draw_words(rng, 1)
        operation = curriculum.operations[word]
        if drawn is None:
            return None
        states = [(*pair, _apply(operation, pair[1], limit)) for pair in drawn[0]]
        whole = [(first, second, third) for first, second, third in states if third is not None]
        if len(whole) < len(states):
            return None
        rows = [drawn[1], self.source.vocabulary.row(operation)]
        if min(rows) < 0:
            return self._unnamed([(first, last) for first, _, last in whole], self.plan.task_words + 1)
        return Task((0, word), tuple(whole)), rows

    def _draw_task_of_data(self, rng: np.random.Generator, limit: _Limit) -> tuple[list[Example], int] | None:
        """Examples of one task and its own row, -1 for none; turned and recoloured only without one."""
        if not self.plan.task_rows or self.corpus is None:
            examples = self._draw_examples(rng, self.plan.pairs, limit)
            return None if examples is None else (examples, -1)
        found = self.corpus.draw_of(rng, self.plan.pairs, limit)
        return None if found is None else (found[1], self.source.vocabulary.task_row(found[0].name))

    def _unnamed(self, examples: list[Example], words: int) -> tuple[Task, list[int]]:
        rows = [-1] * min(words, self.model.slots)
        return Task((0,) * len(rows), tuple(examples)), rows


def _apply(operation: Operation, grid: Cells, limit: _Limit) -> Cells | None:
    """What the operation makes of the grid, where that is something else and fits."""
    try:
        after = operation(grid)
    except NotApplicable:
        return None
    if after.shape[0] > limit[0] or after.shape[1] > limit[1] or np.array_equal(after, grid):
        return None
    return after


def _bounds(tasks: tuple[Task, ...]) -> _Limit:
    """The smallest canvas that holds every grid."""
    grids = [grid for task in tasks for states in task.examples for grid in states]
    return max(grid.shape[0] for grid in grids), max(grid.shape[1] for grid in grids)

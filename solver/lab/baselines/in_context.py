"""In-context learning and test-time training: one pass from demonstrations and query to the answer."""

from __future__ import annotations

import copy
from dataclasses import dataclass, replace

import torch
from torch import Tensor
from torch.nn import functional as F

from puzzles.grid import COLOURS
from solver.lab.baselines.examples import Examples
from solver.lab.baselines.learner import Effort, FullCanvas, Learner
from solver.lab.baselines.naming import NamingHead
from solver.lab.baselines.reader import PairReader
from solver.nli.config import VALUES, ModelConfig
from solver.nli.model import Executor, harden, one_hot
from solver.training.objective import leave_one_out

_CODE = 56
"""Width of the code that a query is answered under."""


@dataclass(frozen=True)
class TuningPlan:
    """How test-time training fine-tunes on the demonstrations."""

    learning_rate: float = 3e-4
    """Adam learning rate of all weights."""
    views: int = 4
    """Copies of the task per step: itself, and the others with permuted colours if `recolour`."""
    recolour: bool = False
    """Whether tasks with permuted colours are still tasks of the kind that was trained. Where operations map
    colours, such a view would show one that never was."""


class InContext(Learner):
    """Reads every demonstration, pools what it read to a code and answers the query under that code at once.

    The pair reader and the decoder are the other methods' own: the code modulates one step of an executor.
    One Transformer over all cells of demonstrations and query, tried first, never left the mixture of all
    transformations within the same examples. With `named`, the code is also taught to name the true words
    in training, which is off at test time. `search` is test-time training: all weights are tuned on
    leave-one-out tasks made from the demonstrations, anew for every task.
    """

    def __init__(
        self,
        config: ModelConfig,
        canvas: tuple[int, int] | None,
        plan: TuningPlan = TuningPlan(),
        *,
        named: bool = False,
    ) -> None:
        super().__init__()
        self.plan = plan
        self.reader = PairReader(replace(config, slots=1, codebook=_CODE, skip_bias=0.0))
        self.decoder = Executor(replace(config, codebook=_CODE))
        self.naming = NamingHead(_CODE, config) if named else None
        if canvas:
            self.reader.positions = FullCanvas(config, canvas)
            self.decoder.positions = FullCanvas(config, canvas)

    def embed(self, examples: Examples) -> Tensor:
        """What was read in every pair (B, m, 1, d)."""
        states = (one_hot(cells.flatten(0, 1)) for cells in (examples.inputs, examples.outputs))
        return self.reader(*states, examples.canvas).float().unflatten(0, examples.inputs.shape[:2])

    def code(self, embedding: Tensor) -> Tensor:
        """Codes (…, size) of what was read (…, 1, d), pooled over pairs."""
        return self.reader.logits(embedding).squeeze(-2).float()

    def loss(self, examples: Examples, progress: float) -> Tensor:
        """Mean cross-entropy per cell, every example of every task being the query once."""
        codes = self.code(leave_one_out(self.embed(examples)))
        inputs, outputs = (cells.flatten(0, 1) for cells in (examples.inputs, examples.outputs))
        logits = self.decoder(one_hot(inputs), codes.flatten(0, 1), examples.canvas).float()
        loss = F.cross_entropy(logits.flatten(0, 1), outputs.flatten())
        return loss if self.naming is None else loss + self.naming.loss(codes, examples)

    @torch.no_grad()
    def predict(self, demonstrations: Examples, queries: Tensor) -> Tensor:
        """Most likely grids in one pass."""
        codes = self.code(self.embed(demonstrations).mean(1))
        state = F.softmax(self.decoder(one_hot(queries), codes, demonstrations.canvas).float(), -1)
        return harden(state, demonstrations.canvas)

    def search(self, demonstrations: Examples, queries: Tensor, effort: Effort, seed: int) -> Tensor:
        """Test-time training: `effort.steps` steps of Adam on a copy of the weights per task."""
        answers = []
        for task in range(len(queries)):
            own = demonstrations.take([task])
            tuned = self._tune(own, effort.steps, seed)
            answers.append(tuned.predict(own, queries[task : task + 1]))
        return torch.cat(answers)

    def _tune(self, task: Examples, steps: int, seed: int) -> InContext:
        tuned = copy.deepcopy(self).requires_grad_(True)
        optimizer = torch.optim.Adam(tuned.parameters(), lr=self.plan.learning_rate)
        generator = torch.Generator().manual_seed(seed)
        views = self.plan.views if self.plan.recolour else 1
        for _ in range(steps):
            optimizer.zero_grad(set_to_none=True)
            tuned.loss(permuted_views(task, views, generator), 1.0).backward()
            optimizer.step()
        return tuned


def leave_each_out(examples: Examples) -> Examples:
    """Tasks (B·m) in which each example in turn stands last, as the query."""
    pairs = examples.pairs
    order = torch.stack([torch.arange(pairs).roll(-shift) for shift in range(pairs)])
    inputs, outputs = (cells[:, order].flatten(0, 1) for cells in (examples.inputs, examples.outputs))
    return Examples(examples.canvas, inputs, outputs)


def permuted_views(task: Examples, views: int, generator: torch.Generator) -> Examples:
    """The task (1, m, cells) itself, then views of it with colours permuted alike in inputs and outputs."""
    tables = [torch.arange(VALUES)]
    for _ in range(views - 1):
        tables.append(
            torch.cat([torch.randperm(COLOURS, generator=generator), torch.arange(COLOURS, VALUES)])
        )
    inputs, outputs = (
        torch.stack([table.to(cells.device)[cells[0]] for table in tables])
        for cells in (task.inputs, task.outputs)
    )
    return Examples(task.canvas, inputs, outputs)

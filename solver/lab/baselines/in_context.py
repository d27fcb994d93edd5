"""In-context learning and test-time training: one Transformer over demonstrations and query."""

from __future__ import annotations

import copy
from dataclasses import dataclass

import torch
from torch import Tensor, nn
from torch.nn import functional as F

from puzzles.grid import COLOURS
from solver.lab.baselines.examples import Examples
from solver.lab.baselines.learner import Effort, FullCanvas, Learner
from solver.nli.config import VALUES, ModelConfig
from solver.nli.model import Block, Positions, one_hot

_ROLES = 8
"""Most examples in one context, the query included; a cell's role says which of them it belongs to."""


@dataclass(frozen=True)
class TuningPlan:
    """How test-time training fine-tunes on the demonstrations."""

    learning_rate: float = 3e-4
    """Adam learning rate of all weights."""
    views: int = 4
    """Copies of the task per step: itself once, the others with permuted colours."""


class InContext(Learner):
    """Reads every example as cells on the canvas and writes the query's output in place.

    An example's input and output share a token per cell, as in the inductor; the query's output is a learned
    "unknown". `search` is test-time training: all weights are tuned on leave-one-out tasks made from the
    demonstrations and their colour permutations, anew for every task.
    """

    def __init__(
        self,
        config: ModelConfig,
        canvas: tuple[int, int] | None,
        layers: int,
        plan: TuningPlan = TuningPlan(),
    ) -> None:
        super().__init__()
        features = 2 * Positions.width(config) + _ROLES
        self.plan = plan
        self.input_values = nn.Parameter(torch.randn(VALUES, config.width))
        self.output_values = nn.Parameter(torch.randn(VALUES, config.width))
        self.unknown = nn.Parameter(torch.randn(config.width))
        self.positions = FullCanvas(config, canvas) if canvas else Positions(config)
        self.place = nn.Linear(features, config.width)
        self.blocks = nn.ModuleList(Block(config, features) for _ in range(layers))
        self.norm = nn.LayerNorm(config.width)
        self.read = nn.Linear(config.width, VALUES)

    def forward(self, demonstrations: Examples, queries: Tensor) -> Tensor:
        """Logits (B, cells, VALUES) of the outputs of queries (B, cells)."""
        tasks = len(demonstrations)
        inputs = one_hot(torch.cat([demonstrations.inputs, queries.unsqueeze(1)], 1))
        outputs = one_hot(demonstrations.outputs)
        unknown = self.unknown.expand(tasks, 1, queries.shape[1], -1)
        # The query's output has no extent to read positions from; its input stands in.
        extents = torch.cat([outputs, inputs[:, -1:]], 1)
        position = self._features(inputs, extents, demonstrations.canvas)
        x = inputs @ self.input_values + torch.cat([outputs @ self.output_values, unknown], 1)
        x = x.flatten(1, 2) + self.place(position)
        for block in self.blocks:
            x = block(x, position)
        logits: Tensor = self.read(self.norm(x[:, -queries.shape[1] :]))
        return logits.float()

    def _features(self, inputs: Tensor, outputs: Tensor, canvas: tuple[int, int]) -> Tensor:
        """Position features (B or 1, examples · cells, p) of states (B, examples, cells, VALUES)."""
        tasks, examples = inputs.shape[:2]
        parts = [self.positions(states.flatten(0, 1), canvas) for states in (inputs, outputs)]
        where = torch.cat(parts, -1)
        shared = len(where) == 1
        where = (
            where.expand(examples, -1, -1).unsqueeze(0) if shared else where.unflatten(0, (tasks, examples))
        )
        # Roles count back from the query, so that it always has role 0.
        role = F.one_hot(torch.arange(examples - 1, -1, -1, device=where.device), _ROLES).to(where.dtype)
        role = role[None, :, None].expand(len(where), -1, where.shape[2], -1)
        return torch.cat([where, role], -1).flatten(1, 2)

    def loss(self, examples: Examples, progress: float) -> Tensor:
        """Mean cross-entropy per cell, every example of every task being the query once."""
        demonstrations, queries, answers = leave_each_out(examples).split()
        logits = self(demonstrations, queries)
        return F.cross_entropy(logits.flatten(0, 1), answers.flatten())

    @torch.no_grad()
    def predict(self, demonstrations: Examples, queries: Tensor) -> Tensor:
        """Most likely cells in one pass."""
        cells: Tensor = self(demonstrations, queries).argmax(-1)
        return cells

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
        for _ in range(steps):
            optimizer.zero_grad(set_to_none=True)
            tuned.loss(permuted_views(task, self.plan.views, generator), 1.0).backward()
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

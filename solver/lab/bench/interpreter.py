"""The NLI as one of the compared methods: end-to-end training and gradient search."""

from __future__ import annotations

from itertools import islice

import torch
from torch import Tensor
from torch.nn import functional as F

from puzzles.puzzle import Pair, Puzzle
from solver.lab.baselines.examples import Examples
from solver.lab.baselines.learner import Effort, FullCanvas
from solver.lab.baselines.naming import named
from solver.lab.baselines.reader import PairReader
from solver.lab.baselines.slots import SlotLandscape, SlotLearner, filled
from solver.lab.baselines.trial import AnnealPlan
from solver.nli.config import ModelConfig, SearchConfig
from solver.nli.learned import LearnedLanguage
from solver.nli.model import NLI, Inductor, harden, one_hot, to_grids
from solver.search.best_first import OrderConfig, best_first, root
from solver.search.problem import Problem
from solver.search.starts import asked_again
from solver.training.objective import leave_one_out
from solver.words.program import Language

_ASKED_AT_ONCE = 64
"""States per call of the inductor."""


class Interpreter(SlotLearner):
    """A Neural Language Interpreter.

    Trained end to end, no word is named and no state shown. With `traced_until`, the true words and the
    grids between them are told up to that progress (NPI traces), as in the training of the shipped weights,
    and in the plan's anchored share of the later batches. With `stated`, the grids between the words are
    told but not their names (scratchpads, Nye et al., arXiv 2112.00114): words are tried on every step. With
    `dreamt`, the inductor also learns programs of up to so many of its own words, run by the executor on the
    tasks' inputs (the dreams of DreamCoder, Ellis et al., arXiv 2006.08381), while words are tried.
    """

    network = NLI

    def __init__(
        self,
        config: ModelConfig,
        canvas: tuple[int, int] | None,
        anneal: AnnealPlan,
        search_config: SearchConfig,
        *,
        reuse: float = 1e-3,
        traced_until: float = 0.0,
        stated: bool = False,
        dreamt: int = 0,
    ) -> None:
        super().__init__()
        self.anneal, self.search_config = anneal, search_config
        self.reuse, self.traced_until = reuse, traced_until
        self.stated, self.dreamt = stated, dreamt
        self.model = self.network(config)
        self.model.inductor = PairReader(config)
        if canvas:
            self.model.inductor.positions = FullCanvas(config, canvas)
            self.model.executor.positions = FullCanvas(config, canvas)

    @property
    def inductor(self) -> Inductor:
        """The model's own."""
        return self.model.inductor

    def execute(
        self, inputs: Tensor, program: Tensor, canvas: tuple[int, int], temperature: float, noise: float
    ) -> Tensor:
        """The state after the program's last word."""
        return self.model.run(inputs, program, canvas, temperature, noise)[-1]

    def run_hard(self, inputs: Tensor, words: Tensor, canvas: tuple[int, int]) -> Tensor:
        """Word after word, every state made a grid before the next; skip copies."""
        cells = inputs
        for slot in range(words.shape[1]):
            word = F.one_hot(words[:, slot], self.inductor.config.codebook).float()
            cells = harden(self.model.executor.step(one_hot(cells), word, canvas), canvas)
        return cells

    def starts(self, task: Examples, effort: Effort, generator: torch.Generator) -> Tensor:
        """The usual ones, or the best of `effort.asked` that ask the inductor again."""
        if not effort.asked:
            return super().starts(task, effort, generator)
        slots = self.inductor.config.slots
        drawn = asked_again(_Reader(self, task), task.inputs[0], slots, effort.asked, generator)
        _, which = self.words(drawn).unique(dim=0, return_inverse=True)
        first = torch.stack([(which == i).nonzero()[0, 0] for i in range(int(which.max()) + 1)])
        with torch.no_grad():
            wrong, loss = SlotLandscape(self, task).check(drawn[first])
        # As in a search: one wrong cell outweighs any difference of losses.
        return drawn[first[(wrong * 1e3 + loss).argsort()[: effort.starts]]]

    def search(self, demonstrations: Examples, queries: Tensor, effort: Effort, seed: int) -> Tensor:
        """Gradient search, or best-first search where the effort is counted in words run."""
        if not effort.words:
            return super().search(demonstrations, queries, effort, seed)
        tasks = range(len(queries))
        return torch.cat(
            [self._search_words(demonstrations.take([i]), queries[i : i + 1], effort.words) for i in tasks]
        )

    def _search_words(self, task: Examples, query: Tensor, most: int) -> Tensor:
        """Answer (1, cells) of the program with fewest wrong cells among `most` words run, best first."""
        inputs, outputs, tests = (
            to_grids(cells, task.canvas) for cells in (task.inputs[0], task.outputs[0], query)
        )
        puzzle = Puzzle(
            "task",
            tuple(Pair(*pair) for pair in zip(inputs, outputs, strict=True)),
            tuple(Pair(test) for test in tests),
        )
        learned = LearnedLanguage(self.model, Language((), ""), {})
        problem = Problem(puzzle, learned, task.canvas)
        best = root(problem)
        order = OrderConfig(depth=self.inductor.config.slots)
        for node in islice(best_first(problem, order), most):
            best = min(best, node, key=lambda n: n.wrong)
            if best.wrong == 0:
                break
        return best.cells[-1:]

    def loss(self, examples: Examples, progress: float) -> Tensor:
        """The end-to-end loss, or that of true words and single true steps while traces are told."""
        told = progress < self.traced_until or (self.traced_until and torch.rand(()) < self.anneal.anchored)
        if not told or examples.words is None or examples.states is None:
            return super().loss(examples, progress)
        config, pairs = self.inductor.config, examples.pairs
        words = examples.words.where(examples.words >= 0, config.skip)
        logits = self.inductor.logits(leave_one_out(self.embed(examples))).float()
        guess = named(logits, examples, config)
        # One true step of every example, of those its program has.
        index = torch.arange(len(words), device=words.device)
        depth = (examples.words >= 0).sum(1)
        step = (torch.rand(len(words), device=words.device) * depth).long()
        before, after = (examples.states[index, :, at].flatten(0, 1) for at in (step, step + 1))
        word = F.one_hot(words[index, step], config.codebook).float().repeat_interleave(pairs, 0)
        made = self.model.executor(one_hot(before), word, examples.canvas).float()
        return guess + F.cross_entropy(made.flatten(0, 1), after.flatten())

    def trial_loss(self, examples: Examples, progress: float) -> Tensor:
        """Words tried on tasks of one word, or on every step where states are told; and the dreams' loss."""
        weight = self.guess_weight(progress)
        if self.stated and examples.states is not None:
            steps, task, place = examples.steps()
            fitting, loss = self.tried(steps, progress)
            programs = filled(fitting.new_empty(len(examples), 0, fitting.shape[1]), self.inductor.config)
            programs[task, place] = fitting
            return loss + weight * self.naming_loss(examples, programs)
        loss = super().trial_loss(examples, progress)
        return loss + weight * self.dream_loss(examples) if self.dreamt and weight else loss

    def dream_loss(self, examples: Examples) -> Tensor:
        """What naming random programs of its own words costs, from what they make of the batch's inputs."""
        config, device = self.inductor.config, examples.inputs.device
        words = torch.randint(config.skip, (len(examples), self.dreamt), device=device)
        length = torch.randint(1, self.dreamt + 1, (len(examples), 1), device=device)
        words = words.where(torch.arange(self.dreamt, device=device) < length, config.skip)
        with torch.no_grad():
            each = words.repeat_interleave(examples.pairs, 0)
            made = self.run_hard(examples.inputs.flatten(0, 1), each, examples.canvas)
        dreams = Examples(examples.canvas, examples.inputs, made.view_as(examples.outputs))
        return self.naming_loss(dreams, F.one_hot(words, config.codebook).float())


class _Reader:
    """One task of a batch, for starts that ask the inductor again."""

    def __init__(self, interpreter: Interpreter, task: Examples) -> None:
        self.interpreter, self.task = interpreter, task

    def ask(self, states: Tensor) -> Tensor:
        """Slot embeddings (s, T, d) of (s, m, cells), as `solver.search.starts.Reader` says."""
        asked = (
            Examples(self.task.canvas, part, self.task.outputs.expand(len(part), -1, -1))
            for part in states.split(_ASKED_AT_ONCE)
        )
        return torch.cat([self.interpreter.induce(part) for part in asked])

    def words(self, embedding: Tensor) -> Tensor:
        """Most likely words."""
        return self.interpreter.words(embedding)

    def run(self, states: Tensor, words: Tensor) -> Tensor:
        """States (s, m, cells) after one word each (s,)."""
        each = words.repeat_interleave(states.shape[1])[:, None]
        return self.interpreter.run_hard(states.flatten(0, 1), each, self.task.canvas).view_as(states)

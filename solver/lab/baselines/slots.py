"""Methods whose latent is a program of words: the search they share, and the discrete LPN."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import torch
from torch import Tensor
from torch.nn import functional as F

from solver.lab.baselines.ascent import Found, ascend, last, resample
from solver.lab.baselines.examples import Examples
from solver.lab.baselines.learner import Effort, FullCanvas, Learner
from solver.lab.baselines.naming import named, true_program
from solver.lab.baselines.reader import PairReader
from solver.lab.baselines.trial import GUESS, AnnealPlan, WordShares, to_try
from solver.nli.config import ModelConfig, SearchConfig
from solver.nli.model import Executor, Inductor, gumbel, harden, one_hot
from solver.training.objective import expected_words_used, leave_one_out

_WORD_COST = 0.1
"""Nats per cell that another distinct word costs when iterates are compared: among programs that explain the
demonstrations equally well, the one that reuses its words is preferred, as the reuse penalty does in
training."""


class SlotLearner(Learner):
    """An inductor's slot embeddings, pooled over pairs, turned into words and run by `execute`."""

    anneal: AnnealPlan
    search_config: SearchConfig
    told = False
    """Whether the true words are told in training."""
    reuse = 0.0
    """Weight of the reuse penalty."""
    code_noise = 1.0
    """Scale of the words' Gumbel noise in training, on top of the plan's."""
    state_noise = 1.0
    """The same of the executor's."""

    def __init__(self) -> None:
        super().__init__()
        self._shares = WordShares()

    @property
    def inductor(self) -> Inductor:
        """The network that reads demonstrations."""
        raise NotImplementedError

    def execute(
        self, inputs: Tensor, program: Tensor, canvas: tuple[int, int], temperature: float, noise: float
    ) -> Tensor:
        """Distribution (N, cells, VALUES) that a soft program (N, T, K) makes of states of that shape."""
        raise NotImplementedError

    def run_hard(self, inputs: Tensor, words: Tensor, canvas: tuple[int, int]) -> Tensor:
        """Cells (N, cells) that words (N, T), one-hot, make of cells (N, cells)."""
        raise NotImplementedError

    @torch.no_grad()
    def induce(self, demonstrations: Examples) -> Tensor:
        """Slot embeddings (B, T, d), pooled over the demonstrations."""
        return self.embed(demonstrations).mean(1)

    def embed(self, examples: Examples) -> Tensor:
        """Slot embeddings (B, m, T, d) of every pair."""
        states = (one_hot(cells.flatten(0, 1)) for cells in (examples.inputs, examples.outputs))
        return self.inductor(*states, examples.canvas).float().unflatten(0, examples.inputs.shape[:2])

    def words(self, embedding: Tensor) -> Tensor:
        """Most likely words (…, T) of slot embeddings (…, T, d)."""
        return self.inductor.logits(embedding).argmax(-1)

    def loss(self, examples: Examples, progress: float) -> Tensor:
        """Leave-one-out likelihood under both noises, and the reuse penalty; at first, learning by trial.

        Where names are told, both give way to them: a word that a task is given by its name is not tried.
        """
        if self.told and examples.words is not None and self.anneal.tries(progress):
            return self.named_loss(examples, progress)
        if self.anneal.tries(progress):
            return self.trial_loss(examples, progress)
        return self.end_to_end_loss(examples, progress)

    def end_to_end_loss(self, examples: Examples, progress: float) -> Tensor:
        """Leave-one-out likelihood under both noises, and the reuse penalty."""
        config, plan = self.inductor.config, self.anneal
        code, state = plan.at(progress)
        noise = plan.noise_at(progress)
        logits = self.inductor.logits(leave_one_out(self.embed(examples))).float()
        program = soft_words(logits.flatten(0, 1), code, noise * self.code_noise)
        inputs, outputs = (cells.flatten(0, 1) for cells in (examples.inputs, examples.outputs))
        final = self.execute(one_hot(inputs), program, examples.canvas, state, noise * self.state_noise)
        return cell_loss(final, outputs, config).mean() + self.reuse * expected_words_used(program)

    def named_loss(self, examples: Examples, progress: float) -> Tensor:
        """Loss of the true words, and of the inductor's not knowing them."""
        assert examples.words is not None
        config = self.inductor.config
        program = F.one_hot(true_program(examples.words, config), config.codebook).float()
        program = program.repeat_interleave(examples.pairs, 0)
        inputs, outputs = (cells.flatten(0, 1) for cells in (examples.inputs, examples.outputs))
        _, state = self.anneal.at(progress)
        final = self.execute(one_hot(inputs), program, examples.canvas, state, 0.0)
        logits = self.inductor.logits(leave_one_out(self.embed(examples))).float()
        return cell_loss(final, outputs, config).mean() + GUESS * named(logits, examples, config)

    def trial_loss(self, examples: Examples, progress: float) -> Tensor:
        """Loss of a word that suits each task of one word, and of the inductor's not knowing which words do.

        Where programs are longer, how long they are is known, and the longer ones are left to later batches.
        """
        single = examples.of_one_word()
        if not len(single):
            return self.end_to_end_loss(examples, progress)
        fitting, loss = self.tried(single, progress)
        # The inductor is taught programs of that one word: the slots behind it skip.
        return loss + self.guess_weight(progress) * self.naming_loss(single, fitting.unsqueeze(1))

    def guess_weight(self, progress: float) -> float:
        """Weight of the inductor's learning to name words that are found by trial.

        While balancing is strict, the executor's words mean little yet and would only mislead the inductor.
        """
        return GUESS * (1 - self.anneal.balance_at(progress))

    def tried(self, tasks: Examples, progress: float) -> tuple[Tensor, Tensor]:
        """How well words suit tasks of one word (B, K), as distributions; the loss of one drawn for each."""
        config = self.inductor.config
        _, state = self.anneal.at(progress)
        fitting = F.pad(self._shares(self.try_words(tasks, state), self.anneal.balance_at(progress)), (0, 1))
        words = F.one_hot(torch.multinomial(fitting, 1), config.codebook).float()
        inputs, outputs = (cells.flatten(0, 1) for cells in (tasks.inputs, tasks.outputs))
        program = words.repeat_interleave(tasks.pairs, 0)
        final = self.execute(one_hot(inputs), program, tasks.canvas, state, 0.0)
        return fitting, cell_loss(final, outputs, config).mean()

    def naming_loss(self, examples: Examples, programs: Tensor) -> Tensor:
        """Cross-entropy per program, in nats, of programs (B, t, K) under the inductor's guess, skips behind.

        The inductor reads all pairs of a task but one.
        """
        config = self.inductor.config
        logits = self.inductor.logits(leave_one_out(self.embed(examples))).float()
        taught = filled(programs, config).repeat_interleave(examples.pairs, 0)
        return F.cross_entropy(logits.flatten(0, 2), taught.flatten(0, 1)) * config.slots

    @torch.no_grad()
    def try_words(self, examples: Examples, temperature: float) -> Tensor:
        """Log-likelihood (B, K − 1), in nats, of two pairs of every task under every word but skip, alone."""
        config = self.inductor.config
        inputs, outputs, index = to_try(examples, config.skip)
        words = F.one_hot(index, config.codebook).float().unsqueeze(1)
        final = self.execute(one_hot(inputs), words, examples.canvas, temperature, 0.0)
        return -cell_loss(final, outputs, config).view(config.skip, len(examples), -1).sum(-1).T

    @torch.no_grad()
    def predict(self, demonstrations: Examples, queries: Tensor) -> Tensor:
        """Run the inductor's most likely words."""
        return self.run_hard(queries, self.words(self.induce(demonstrations)), demonstrations.canvas)

    def search(self, demonstrations: Examples, queries: Tensor, effort: Effort, seed: int) -> Tensor:
        """Run the words of the best iterate of a search, task by task; softly where the effort says so."""
        found = [
            last(self.iterates(demonstrations.take([task]), effort, seed)).latent
            for task in range(len(queries))
        ]
        with torch.no_grad():
            if effort.soft:
                return harden(
                    self.run_soft(queries, torch.stack(found), demonstrations.canvas), demonstrations.canvas
                )
            return self.run_hard(queries, self.words(torch.stack(found)), demonstrations.canvas)

    def run_soft(self, inputs: Tensor, latents: Tensor, canvas: tuple[int, int]) -> Tensor:
        """State (N, cells, VALUES) after the soft program of slot embeddings (N, T, d), without noise.

        The temperatures are those the search ends with, as in the paper.
        """
        code, state = (
            ends[1] for ends in (self.search_config.code_temperature, self.search_config.state_temperature)
        )
        program = soft_words(self.inductor.logits(latents).float(), code, 0.0)
        return self.execute(one_hot(inputs), program, canvas, state, 0.0)

    def iterates(
        self, task: Examples, effort: Effort, seed: int, stop_when_exact: bool = True
    ) -> Iterator[Found]:
        """The search on one task (B = 1): its best iterate so far, slot embeddings (T, d), check by check."""
        landscape = SlotLandscape(self, task, effort.soft)

        def draw(index: int) -> Tensor:
            return self.starts(task, effort, torch.Generator().manual_seed(seed + index))

        if effort.blind:
            return resample(draw, landscape, effort)
        return ascend(draw(0), landscape, effort, self.search_config.learning_rate, stop_when_exact)

    def starts(self, task: Examples, effort: Effort, generator: torch.Generator) -> Tensor:
        """Slot embeddings (S, T, d) that a search on one task (B = 1) begins with, the guess among them."""
        centre = self.induce(task)[0]
        offsets = self.search_config.spread * torch.randn((effort.starts, *centre.shape), generator=generator)
        # The embedding leaves the inductor through a layer norm: zero mean and unit spread is its prior. Each
        # slot of each start lies somewhere between that prior and the guess.
        pull = torch.rand((effort.starts, len(centre), 1), generator=generator)
        pull[0], offsets[0] = 1, 0
        return pull.to(centre.device) * (0 if effort.from_prior else 1) * centre + offsets.to(centre.device)


class SlotLandscape:
    """One task's likelihood over slot embeddings (S, T, d), under the noises of the search."""

    def __init__(self, learner: SlotLearner, task: Examples, soft: bool = False) -> None:
        self.learner, self.task, self.soft = learner, task, soft

    def loss(self, latents: Tensor, progress: float) -> Tensor:
        """Noisy loss (S,) at the temperatures of this progress."""
        config = self.learner.search_config
        code, state = (a + progress * (b - a) for a, b in (config.code_temperature, config.state_temperature))
        return self._likelihood_loss(latents, code, state, config.noise)

    def check(self, latents: Tensor) -> tuple[Tensor, Tensor]:
        """Wrong cells of hard execution and loss without noise at the last temperatures.

        Judged softly, wrong cells are those of the state that the loss is about, and words cost nothing.
        """
        starts, pairs = len(latents), self.task.pairs
        inputs, outputs = (cells[0].repeat(starts, 1) for cells in (self.task.inputs, self.task.outputs))
        if self.soft:
            final = self.learner.run_soft(inputs, latents.repeat_interleave(pairs, 0), self.task.canvas)
            loss = cell_loss(final, outputs, self.learner.inductor.config).view(starts, -1).mean(1)
            return (harden(final, self.task.canvas) != outputs).view(starts, -1).sum(1), loss
        words = self.learner.words(latents).repeat_interleave(pairs, 0)
        cells = self.learner.run_hard(inputs, words, self.task.canvas)
        wrong = (cells != outputs).view(starts, -1).sum(1)
        config = self.learner.search_config
        loss = self._likelihood_loss(latents, config.code_temperature[1], config.state_temperature[1], 0.0)
        return wrong, loss + _WORD_COST * self._distinct(words[::pairs])

    def _distinct(self, words: Tensor) -> Tensor:
        """Distinct words (S,) of programs (S, T), skip not counted."""
        config = self.learner.inductor.config
        return F.one_hot(words, config.codebook)[..., : config.skip].amax(1).sum(1)

    def _likelihood_loss(self, latents: Tensor, code: float, state: float, noise: float) -> Tensor:
        starts, pairs = len(latents), self.task.pairs
        inputs, outputs = (cells[0].repeat(starts, 1) for cells in (self.task.inputs, self.task.outputs))
        program = soft_words(self.learner.inductor.logits(latents).float(), code, noise)
        program = program.repeat_interleave(pairs, 0)
        final = self.learner.execute(one_hot(inputs), program, self.task.canvas, state, noise)
        return cell_loss(final, outputs, self.learner.inductor.config).view(starts, -1).mean(1)


class DiscreteLatent(SlotLearner):
    """D-LPN: the interpreter's inductor and words, but a decoder that reads all words at once.

    The decoder is one executor step whose code is the sum of one row per slot and word, so a word may mean
    something else in every slot, and no intermediate state exists.
    """

    def __init__(
        self,
        config: ModelConfig,
        canvas: tuple[int, int] | None,
        anneal: AnnealPlan,
        search_config: SearchConfig,
        *,
        told: bool = False,
    ) -> None:
        super().__init__()
        self.anneal, self.search_config, self.told = anneal, search_config, told
        self.encoder = PairReader(config)
        self.decoder = Executor(replace(config, codebook=config.slots * config.codebook))
        if canvas:
            self.encoder.positions = FullCanvas(config, canvas)
            self.decoder.positions = FullCanvas(config, canvas)

    @property
    def inductor(self) -> Inductor:
        """The encoder."""
        return self.encoder

    def execute(
        self, inputs: Tensor, program: Tensor, canvas: tuple[int, int], temperature: float, noise: float
    ) -> Tensor:
        """One pass; temperature and noise concern the output as they do an executor's state."""
        config = self.inductor.config
        logits = self.decoder(inputs, filled(program, config).flatten(1), canvas).float()
        if noise:
            logits = logits + noise * gumbel(logits)
        return F.softmax(logits / temperature, -1)

    def run_hard(self, inputs: Tensor, words: Tensor, canvas: tuple[int, int]) -> Tensor:
        """One pass under one-hot words."""
        program = F.one_hot(words, self.inductor.config.codebook).float()
        return harden(self.execute(one_hot(inputs), program, canvas, 1.0, 0.0), canvas)


def filled(programs: Tensor, config: ModelConfig) -> Tensor:
    """Programs (N, T, K) from shorter ones (N, t, K), with skips behind them."""
    skip = F.one_hot(torch.tensor(config.skip, device=programs.device), config.codebook)
    rest = skip.to(programs.dtype).expand(len(programs), config.slots - programs.shape[1], -1)
    return torch.cat([programs, rest], 1)


def soft_words(logits: Tensor, temperature: float, noise: float) -> Tensor:
    """Gumbel-softmax of word logits (…, K)."""
    if noise:
        logits = logits + noise * gumbel(logits)
    return F.softmax(logits / temperature, -1)


def cell_loss(state: Tensor, cells: Tensor, config: ModelConfig) -> Tensor:
    """Negative log-likelihood (N, cells) of cells under a state, the uniform mixed in as in the NLI."""
    probability = state.float().gather(-1, cells.unsqueeze(-1)).squeeze(-1)
    return -((1 - config.uniform_mix) * probability + config.uniform_mix / state.shape[-1]).log()

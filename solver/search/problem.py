"""A puzzle as the networks see it, and the hard evaluation every candidate must pass."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from puzzles.puzzle import Puzzle
from solver.nli.device import fast_precision, free_memory, per_call
from solver.nli.learned import LearnedLanguage, outcomes_of, run_words
from solver.nli.model import one_hot, to_canvas, to_grids
from solver.words.canvas import canvas_for
from solver.words.program import Outcome, Program, Step, Trace
from solver.words.results import Candidate


@dataclass
class Problem:
    """The tensors of one puzzle on one canvas."""

    puzzle: Puzzle
    learned: LearnedLanguage
    larger: tuple[int, int] | None = None
    """Another canvas than the puzzle's own, for programs whose states outgrow its grids."""
    canvas: tuple[int, int] = field(init=False)
    inputs: Tensor = field(init=False)
    """(m, cells) demonstration inputs."""
    targets: Tensor = field(init=False)
    """(m, cells) demonstration outputs."""
    tests: Tensor = field(init=False)
    """(q, cells) test inputs."""

    def __post_init__(self) -> None:
        self.canvas = self.larger or canvas_for(self.puzzle)
        outputs = [pair.output for pair in self.puzzle.train if pair.output is not None]
        device = self.learned.model.executor.codes.device
        self.inputs = to_canvas([pair.input for pair in self.puzzle.train], self.canvas, device)
        self.targets = to_canvas(outputs, self.canvas, device)
        self.tests = to_canvas([pair.input for pair in self.puzzle.test], self.canvas, device)
        self._evaluated: dict[tuple[int, ...], Candidate] = {}

    @torch.no_grad()
    def induce(self, current: Tensor | None = None) -> Tensor:
        """Slot embeddings (m, T, d) of the pairs (current or input, target); `current` is (m, cells)."""
        return self._read(self.inputs if current is None else current, self.targets)

    def _read(self, current: Tensor, targets: Tensor) -> Tensor:
        """Slot embeddings (n, T, d) of pairs of cells (n, cells), a few of them at a time."""
        most = per_call(self.canvas, 1, free=free_memory(current.device))
        parts = []
        for before, after in zip(current.split(most), targets.split(most), strict=True):
            with fast_precision(current.device):
                parts.append(self.learned.model.inductor(one_hot(before), one_hot(after), self.canvas))
        return torch.cat(parts).float()

    def key(self) -> NDArray[np.float32]:
        """(T · d,) what the inductor reads from all demonstrations together: the key of the memory."""
        key: NDArray[np.float32] = self.induce().mean(0).flatten().cpu().numpy()
        return key

    @torch.no_grad()
    def ask(self, states: Tensor) -> Tensor:
        """Slot embeddings (s, T, d), pooled over demonstrations, of what is left to do at (s, m, cells)."""
        count, pairs, cells = states.shape
        embedding = self._read(states.view(-1, cells), self.targets.repeat(count, 1))
        return embedding.view(count, pairs, *embedding.shape[1:]).mean(1)

    @torch.no_grad()
    def words(self, embedding: Tensor) -> Tensor:
        """Most likely words (…) of slot embeddings (…, d), none that is left out."""
        logits = self.learned.model.inductor.logits(embedding)
        if self.learned.without:
            logits[..., sorted(self.learned.without)] = -math.inf
        return logits.argmax(-1)

    @torch.no_grad()
    def run(self, states: Tensor, words: Tensor) -> Tensor:
        """States (s, m, cells) after one word each (s,), made grids; skip leaves them as they are."""
        model, pairs = self.learned.model, states.shape[1]
        after, _ = run_words(model, states.flatten(0, 1), words.repeat_interleave(pairs), self.canvas)
        return torch.where(words.view(-1, 1, 1) == model.config.skip, states, after.view_as(states))

    @torch.no_grad()
    def propose(self, current: Tensor) -> Tensor:
        """Log-probabilities (s, K) of the next word at each of s states (s, m, cells)."""
        # The first slot is the next word.
        with fast_precision(current.device):
            logits = self.learned.model.inductor.logits(self.ask(current))[:, 0]
        return logits.float().log_softmax(-1)

    @torch.no_grad()
    def evaluate(self, words: Sequence[int], origin: str) -> Candidate:
        """Run a program hard on all demonstrations and tests; skips are left out, results are remembered."""
        model = self.learned.model
        rows = tuple(word for word in words if word != model.config.skip)
        if rows in self._evaluated:
            return self._evaluated[rows]
        cells = torch.cat([self.inputs, self.tests])
        count = len(self.inputs)
        probability = one_hot(cells)
        outcomes = [[Outcome(grid)] for grid in to_grids(cells, self.canvas)]
        for row in rows:
            words_now = torch.full((len(cells),), row, device=cells.device)
            cells, probability = run_words(model, cells, words_now, self.canvas)
            for i, outcome in enumerate(outcomes_of(model, cells, probability, self.canvas)):
                outcomes[i].append(outcome)
        traces = [Trace(tuple(states)) for states in outcomes]
        likelihood = model.log_likelihood(probability[:count], self.targets)
        candidate = Candidate.of(
            self.program(rows), self.puzzle, traces, origin, loss=-likelihood.mean().item()
        )
        self._evaluated[rows] = candidate
        return candidate

    def program(self, rows: Sequence[int]) -> Program:
        """The straight-line program of these codebook rows."""
        steps = tuple(Step(f"w{row}") for row in rows)
        return Program(steps, self.learned.language.fingerprint, least_canvas=self.larger)

    def meanings(self, program: Program) -> list[str]:
        """What the program's learned words stand for, those that it carries itself left out."""
        rows = {word.name: word.meaning for word in self.learned.language.words}
        return [rows[step.word] for step in program.steps if step.word in rows]

    @property
    def evaluated(self) -> list[Candidate]:
        """Every program run so far, best first: verified, then fewest wrong cells, shortest, likeliest."""
        return sorted(
            self._evaluated.values(),
            key=lambda c: (sum(c.wrong), len(c.program.steps), c.loss),
        )

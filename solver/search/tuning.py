"""Test-time training: a copy of the networks learns this puzzle's demonstrations before it is searched.

The copy is trained end to end on leave-one-out tasks over the demonstrations, each step in other views of
them (D8 and colours), as in test-time training of in-context models. Programs found with it name words of
the copy: they are shown, but another run of the shipped weights would not repeat them, so their language
has a fingerprint of its own.
"""

from __future__ import annotations

import copy
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

import numpy as np
import torch

from puzzles.grid import Cells
from puzzles.puzzle import Puzzle
from puzzles.symmetry import views
from solver.nli.config import TrainConfig
from solver.nli.device import fast_precision
from solver.nli.learned import LearnedLanguage, learned_words
from solver.search.adam import Adam
from solver.training.batches import Batch, pack
from solver.training.objective import Anneal, Objective
from solver.training.synthetic import Task
from solver.words.canvas import canvas_for
from solver.words.program import Language

_CALM = Anneal(code_temperature=0.7, state_temperature=0.7, noise=0.3, unroll_noise=0.3)
"""Programs close to discrete, as at the end of training, without throwing the first steps off."""


@dataclass(frozen=True)
class TuneConfig:
    """How long and how hard a copy is tuned."""

    steps: int = 24
    """Optimiser steps."""
    views: int = 4
    """Views of the puzzle per step."""
    words: int = 2
    """Longest program while tuning."""
    learning_rate: float = 3e-4
    """Adam learning rate of all weights."""


def tune(
    puzzle: Puzzle, learned: LearnedLanguage, config: TuneConfig, seed: int
) -> Iterator[LearnedLanguage | None]:
    """Yield None after every view of every step and the tuned language at the end.

    Yields nothing where one pair is shown.
    """
    if len(puzzle.train) < 2:
        return
    model = copy.deepcopy(learned.model).train().requires_grad_(True)
    objective = Objective(model, TrainConfig(bootstrap=False, reuse=0.0))
    optimizers = [Adam(parameter, config.learning_rate) for parameter in model.parameters()]
    device = model.executor.codes.device
    for step in range(config.steps):
        batch = _batch(puzzle, learned, config, seed + step).to(device)
        shown = len(batch.states)
        # One view at a time: together, those of a large puzzle take gigabytes.
        for number in range(shown):
            with torch.random.fork_rng(), fast_precision(device):
                torch.manual_seed((seed + step) * shown + number)
                loss = objective(batch.share(number, shown), _CALM).total / shown
            loss.backward()
            yield None
        torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
        for optimizer in optimizers:
            optimizer.step()
        yield None
    model.eval().requires_grad_(False)
    language = Language(learned_words(model, learned.about), f"{learned.language.fingerprint}-tuned")
    yield LearnedLanguage(model, language, learned.about, learned.without)


def _batch(puzzle: Puzzle, learned: LearnedLanguage, config: TuneConfig, seed: int) -> Batch:
    """The demonstrations in a few views, as tasks without known words on one square canvas."""
    side = max(canvas_for(puzzle))
    shown = [view.apply_puzzle(puzzle) for view in islice(views(config.views + 1, seed), 1, None)]
    shown.append(puzzle)
    words = min(config.words, learned.model.config.slots)
    tasks = [Task((0,) * words, tuple(_pairs(one))) for one in shown]
    rows = [[-1] * words for _ in tasks]
    return pack(tasks, rows, (side, side), learned.model.config, np.random.default_rng(seed))


def _pairs(puzzle: Puzzle) -> list[tuple[Cells, Cells]]:
    return [(pair.input, pair.output) for pair in puzzle.train if pair.output is not None]

"""The compared methods, sized alike, and the rows each of them fills in a table."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace

from solver.lab.baselines.in_context import InContext
from solver.lab.baselines.latent import LatentProgram
from solver.lab.baselines.learner import Effort, Learner
from solver.lab.baselines.slots import DiscreteLatent
from solver.lab.baselines.trial import AnnealPlan
from solver.lab.bench.interpreter import Interpreter
from solver.nli.config import ModelConfig, SearchConfig

Canvas = tuple[int, int] | None

_STEPS_FOR_STARTS = 8
_WORDS_RUN = 16384
"""Words that a best-first search runs on a task's grids: at most two seconds on grids of 6×6."""
_ASKED = 2048
"""Starts that ask the inductor again, of which the best are moved by gradient."""
_TUNING_STEPS = 20
"""Steps of test-time training, each on four views of the task with every demonstration left out once."""


@dataclass(frozen=True)
class Setting:
    """What the interpreter needs to know about a suite; all of it chosen on validation tasks."""

    slots: int
    """Words of the longest program (T)."""
    canvas: Canvas
    """The canvas when every grid fills it, else None."""
    codebook: int = 32
    """Words, skip included (K)."""
    layers: int = 1
    """Blocks of one executor step and of every one-shot decoder."""
    skip_bias: float = -3.0
    """Initial logit of skip."""
    reuse: float = 1e-3
    """Weight of the reuse penalty."""
    traced_until: float = 0.0
    """Progress until which the interpreter is told true words and the grids between them."""
    steps: int = 3000
    """Optimiser steps of every method."""
    learning_rate: float = 1e-3
    """Peak learning rate."""
    own_rates: Mapping[str, float] = field(default_factory=dict)
    """That of the methods, by name, which learn better with another."""
    effort: Effort = Effort()  # noqa: RUF009 - frozen
    """What a search may spend on a task."""
    anneal: AnnealPlan = AnnealPlan()  # noqa: RUF009 - frozen
    """Temperatures of training."""
    search: SearchConfig = SearchConfig()  # noqa: RUF009 - frozen
    """Temperatures, noise and learning rate of the search over words."""

    @property
    def model(self) -> ModelConfig:
        """Sizes shared by every method."""
        return ModelConfig(
            slots=self.slots,
            codebook=self.codebook,
            width=64,
            heads=4,
            expansion=2,
            inductor_layers=1,
            executor_layers=self.layers,
            code_width=32,
            skip_bias=self.skip_bias,
        )


Reading = Callable[[Effort], Effort | None]
"""Turns the effort of a run into the effort of one row; None means no search at all."""


def no_search(effort: Effort) -> Effort | None:
    """One shot."""
    return None


def with_search(effort: Effort) -> Effort | None:
    """The whole effort."""
    return effort


def _long_search(effort: Effort) -> Effort | None:
    # A continuous latent has no words to hit upon, so LPN spends the same work on steps rather than starts.
    return replace(
        effort, steps=_STEPS_FOR_STARTS * effort.steps, starts=-(-effort.starts // _STEPS_FOR_STARTS)
    )


def _asked_again(effort: Effort) -> Effort | None:
    return replace(effort, asked=_ASKED)


def _asked_only(effort: Effort) -> Effort | None:
    return replace(effort, asked=_ASKED, steps=0)


def _best_first(effort: Effort) -> Effort | None:
    return replace(effort, words=_WORDS_RUN)


def _tuning(effort: Effort) -> Effort | None:
    return replace(effort, steps=_TUNING_STEPS, starts=1)


@dataclass(frozen=True)
class Method:
    """One trained network and the rows of the table it fills."""

    name: str
    build: Callable[[Setting], Learner]
    rows: tuple[tuple[str, Reading], ...]


def _in_context(setting: Setting) -> Learner:
    # One more layer and thinner feed-forward layers bring it to the budget of the two-network methods.
    return InContext(replace(setting.model, expansion=1), setting.canvas, layers=2 + setting.layers)


def _latent(setting: Setting) -> Learner:
    return LatentProgram(setting.model, setting.canvas, setting.anneal)


def _discrete(setting: Setting) -> Learner:
    return DiscreteLatent(setting.model, setting.canvas, setting.anneal, setting.search)


def _interpreter(setting: Setting) -> Learner:
    return Interpreter(
        setting.model,
        setting.canvas,
        setting.anneal,
        setting.search,
        reuse=setting.reuse,
        traced_until=setting.traced_until,
    )


METHODS: tuple[Method, ...] = (
    Method("icl", _in_context, (("in-context", no_search), ("test-time training", _tuning))),
    Method("lpn", _latent, (("LPN", no_search), ("LPN, gradient search", _long_search))),
    Method("dlpn", _discrete, (("D-LPN", no_search), ("D-LPN, gradient search", with_search))),
    Method(
        "nli",
        _interpreter,
        (
            ("NLI, inductor only", no_search),
            ("NLI, gradient search", with_search),
            ("NLI, asked again", _asked_only),
            ("NLI, asked again, gradient search", _asked_again),
            ("NLI, best-first search", _best_first),
        ),
    ),
)
"""In the order of the paper's table."""

"""The compared methods, sized alike, and the rows each of them fills in a table."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace

from solver.lab.baselines.in_context import InContext, TuningPlan
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
_JUDGING_STARTS = 64
"""Starts of the short searches that progress in training is judged by."""
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
    stated: bool = False
    """Whether the interpreter is told the grids between the true words while words are found by trial."""
    dreamt: int = 0
    """Longest programs of its own words that the interpreter's inductor learns beside the tasks'."""
    named: tuple[str, ...] = ()
    """The other methods, by name, that are told the true words in training."""
    recolour: bool = False
    """Whether the suite's tasks stay tasks of its kind when colours are permuted."""
    steps: int = 3000
    """Optimiser steps of every method."""
    tasks: int = 24
    """Tasks per step of every method."""
    learning_rate: float = 1e-3
    """Peak learning rate."""
    own_rates: Mapping[str, float] = field(default_factory=dict)
    """That of the methods, by name, which learn better with another."""
    own_warmups: Mapping[str, int] = field(default_factory=dict)
    """Steps of warm-up of the methods, by name, which need others than `FitPlan.warmup`."""
    effort: Effort = Effort()  # noqa: RUF009 - frozen
    """What a search may spend on a task."""
    anneal: AnnealPlan = AnnealPlan()  # noqa: RUF009 - frozen
    """Temperatures of training."""
    search: SearchConfig = SearchConfig()  # noqa: RUF009 - frozen
    """Temperatures, noise and learning rate of the search over words."""

    def telling(self, what: str) -> Setting:
        """The same with every method told the true "words", or none told anything but lengths ("nothing").

        With "states", the interpreter is told the grids between the true words where it hears the words
        otherwise; no method hears a word.
        """
        if what == "words":
            return replace(self, named=_NAMED, traced_until=self.traced_until or _TRACED)
        tried = replace(self.anneal, tried_until=self.anneal.tried_until or _TRIED)
        silent = replace(self, named=(), traced_until=0.0, anneal=tried)
        if not self.traced_until:  # every training task has one word: there is nothing between words
            return silent
        if what == "states":
            return replace(silent, stated=True)
        # Words are tried on the tasks of one word alone, which are half of them.
        return replace(silent, dreamt=_DREAMT, tasks=2 * self.tasks)

    def heard_by(self, method: str) -> Setting:
        """The same without what it tells other methods than this one."""
        if method not in _NAMED:
            return replace(self, named=())
        named = tuple(name for name in self.named if name == method)
        return replace(self, named=named, traced_until=0.0, stated=False, dreamt=0)

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


_NAMED = ("icl", "lpn", "dlpn")
_TRACED = 0.8
"""Progress until which the interpreter is told, where everybody is told and its setting does not say."""
_DREAMT = 2
"""Words of the longest dreams, as many as the longest trained programs have."""
_TRIED = 0.7
"""Progress until which words are found by trial, where nobody is told and the setting does not say."""


Reading = Callable[[Effort], Effort | None]
"""Turns the effort of a run into the effort of one row; None means no search at all."""


def no_search(effort: Effort) -> Effort | None:
    """One shot."""
    return None


def with_search(effort: Effort) -> Effort | None:
    """The whole effort."""
    return effort


def starts_alone(effort: Effort) -> Effort | None:
    """The starts of a search, judged, and no step: what the gradient has to beat."""
    return replace(effort, steps=0)


def without_gradient(effort: Effort) -> Effort | None:
    """The calls of the executor that a search costs, spent on fresh starts."""
    return replace(effort, blind=True)


def from_prior(effort: Effort) -> Effort | None:
    """The whole effort, not around the inductor's guess: what the search has from the inductor."""
    return replace(effort, from_prior=True)


def softly(effort: Effort) -> Effort | None:
    """The whole effort, programs judged and run soft as in the paper."""
    return replace(effort, soft=True)


def _long(effort: Effort) -> Effort:
    # A continuous latent has no words to hit upon, so LPN spends the same work on steps rather than starts.
    return replace(
        effort, steps=_STEPS_FOR_STARTS * effort.steps, starts=-(-effort.starts // _STEPS_FOR_STARTS)
    )


def _long_search(effort: Effort) -> Effort | None:
    return _long(effort)


def _asked_again(effort: Effort) -> Effort | None:
    return replace(effort, asked=_ASKED)


def _asked_only(effort: Effort) -> Effort | None:
    return replace(effort, asked=_ASKED, steps=0)


def _best_first(effort: Effort) -> Effort | None:
    return replace(effort, words=_WORDS_RUN)


def _tuning(effort: Effort) -> Effort | None:
    return replace(effort, steps=_TUNING_STEPS, starts=1)


def _long_starts(effort: Effort) -> Effort | None:
    return replace(_long(effort), steps=0)


def _long_without_gradient(effort: Effort) -> Effort | None:
    return replace(_long(effort), blind=True)


def judging(effort: Effort) -> Effort | None:
    """A short search, which a method's progress in training is judged by."""
    return replace(effort, starts=min(_JUDGING_STARTS, effort.starts))


def _long_judging(effort: Effort) -> Effort | None:
    return replace(_long(effort), starts=min(_JUDGING_STARTS // _STEPS_FOR_STARTS, effort.starts))


@dataclass(frozen=True)
class Row:
    """A row of the table: one way to ask a trained network."""

    label: str
    reading: Reading
    extra: bool = False
    """Whether it is another search than the paper's, scored after everything else."""


@dataclass(frozen=True)
class Method:
    """One trained network and the rows of the table it fills."""

    name: str
    build: Callable[[Setting], Learner]
    rows: tuple[Row, ...]
    judged: Reading = no_search
    """How its own answers to validation tasks are found, which say when it has been trained enough."""


def _in_context(setting: Setting) -> Learner:
    plan = TuningPlan(recolour=setting.recolour)
    return InContext(setting.model, setting.canvas, plan, named="icl" in setting.named)


def _latent(setting: Setting) -> Learner:
    return LatentProgram(setting.model, setting.canvas, setting.anneal, named="lpn" in setting.named)


def _discrete(setting: Setting) -> Learner:
    told = "dlpn" in setting.named
    return DiscreteLatent(setting.model, setting.canvas, setting.anneal, setting.search, told=told)


def _interpreter(setting: Setting) -> Learner:
    return Interpreter(
        setting.model,
        setting.canvas,
        setting.anneal,
        setting.search,
        reuse=setting.reuse,
        traced_until=setting.traced_until,
        stated=setting.stated,
        dreamt=setting.dreamt,
    )


METHODS: tuple[Method, ...] = (
    Method("icl", _in_context, (Row("in-context", no_search), Row("test-time training", _tuning))),
    Method(
        "lpn",
        _latent,
        (
            Row("LPN", no_search),
            Row("LPN, gradient search", _long_search),
            Row("LPN, starts alone", _long_starts),
            Row("LPN, same calls, no gradient", _long_without_gradient),
        ),
        _long_judging,
    ),
    Method(
        "dlpn",
        _discrete,
        (
            Row("D-LPN", no_search),
            Row("D-LPN, gradient search", with_search),
            Row("D-LPN, starts alone", starts_alone),
            Row("D-LPN, same calls, no gradient", without_gradient),
        ),
        judging,
    ),
    Method(
        "nli",
        _interpreter,
        (
            Row("NLI, inductor only", no_search),
            Row("NLI, gradient search", with_search),
            Row("NLI, starts alone", starts_alone),
            Row("NLI, same calls, no gradient", without_gradient),
            Row("NLI, gradient search, soft", softly),
            Row("NLI, gradient search from the prior", from_prior, extra=True),
            Row("NLI, asked again", _asked_only, extra=True),
            Row("NLI, asked again, gradient search", _asked_again, extra=True),
            Row("NLI, best-first search", _best_first, extra=True),
        ),
        judging,
    ),
)
"""In the order of the paper's table."""

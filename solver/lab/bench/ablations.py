"""What each part of the interpreter is worth: one part taken away at a time."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import partial

from solver.lab.baselines.learner import Learner
from solver.lab.baselines.slots import DiscreteLatent
from solver.lab.baselines.trial import AnnealPlan
from solver.lab.bench.continuous import ContinuousInterpreter
from solver.lab.bench.interpreter import Interpreter
from solver.lab.bench.methods import Method, Row, Setting, judging, no_search, with_search

_NEVER = -1e4
"""Logit that keeps a word from ever being chosen."""
_FAST = 0.1
"""Progress at which fast annealing is over."""
_TRACED = 0.8
"""Share of the training in which true words and grids are told, where they are told at all."""
_BY_NOISE = AnnealPlan((4.0, 0.5), (1.5, 0.5))
"""The paper's way: no word is tried, both noises are on from the start."""


@dataclass(frozen=True)
class _Ablation:
    name: str
    label: str
    change: Callable[[Setting], Learner]


def _interpreter(setting: Setting) -> Interpreter:
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


def _continuous(setting: Setting) -> Learner:
    return ContinuousInterpreter(
        setting.model, setting.canvas, setting.anneal, setting.search, reuse=setting.reuse
    )


def _silent(setting: Setting, *, code: float = 1.0, state: float = 1.0) -> Learner:
    learner = _interpreter(setting)
    learner.code_noise, learner.state_noise = code, state
    return learner


def _at_once(setting: Setting) -> Learner:
    return DiscreteLatent(setting.model, setting.canvas, setting.anneal, setting.search)


def _by_noise(setting: Setting) -> Learner:
    return _interpreter(replace(setting, anneal=_BY_NOISE, traced_until=0.0))


def _fast(setting: Setting) -> Learner:
    return _interpreter(replace(setting, anneal=replace(setting.anneal, settled=_FAST)))


def _changed(setting: Setting, **changes: float) -> Learner:
    return _interpreter(replace(setting, **changes))  # type: ignore[arg-type]


# Partial functions rather than lambdas, since runs are handed to other processes.
_ABLATIONS = (
    _Ablation("base", "NLI", _interpreter),
    _Ablation("no-skip", "no skip token", partial(_changed, skip_bias=_NEVER)),
    _Ablation("no-recurrence", "no recurrence (all words at once)", _at_once),
    _Ablation("continuous", "executor state not discrete", _continuous),
    _Ablation("no-state-noise", "no executor noise in training", partial(_silent, state=0.0)),
    _Ablation("no-code-noise", "no inductor noise in training", partial(_silent, code=0.0)),
    _Ablation("no-reuse", "no reuse penalty", partial(_changed, reuse=0.0)),
    _Ablation("no-trial", "words not found by trial", _by_noise),
    _Ablation("traced", "true words and grids told", partial(_changed, traced_until=_TRACED)),
    _Ablation("untraced", "true words and grids not told", partial(_changed, traced_until=0.0)),
    _Ablation("fast", "fast annealing", _fast),
)


def ablated_methods() -> Sequence[Method]:
    """One method per ablation, the whole interpreter first; each fills two rows."""
    return tuple(
        Method(
            f"ablation-{a.name}",
            a.change,
            (Row(f"{a.label}, inductor", no_search), Row(f"{a.label}, search", with_search)),
            judging,
        )
        for a in _ABLATIONS
    )

"""The compared methods that write no program, as engines on a puzzle: in-context, TTT and LPN."""

from __future__ import annotations

import time
from collections.abc import Generator
from dataclasses import replace
from pathlib import Path

import appdirs
import torch
from safetensors import SafetensorError
from safetensors.torch import load_file
from torch import Tensor

from puzzles.puzzle import Puzzle
from solver.lab.baselines.examples import Examples
from solver.lab.baselines.learner import Learner
from solver.lab.bench.methods import METHODS, Method
from solver.lab.bench.settings import SETTINGS
from solver.nli.device import fast_precision, pick_device
from solver.nli.model import harden, one_hot, to_canvas, to_grids
from solver.tensors import fingerprint
from solver.words.canvas import canvas_for
from solver.words.errors import CheckpointError, UsageError
from solver.words.program import Outcome, Program, Trace
from solver.words.results import Attempt, Candidate, Progress, Solution

ROWS = {"icl": ("icl", 0), "ttt": ("icl", 1), "lpn": ("lpn", 1)}
"""Engine: the method whose weights it runs, and which of its rows in the tables it is."""


def default_folder() -> Path:
    """Where weights that `bench grids` trained are looked for: in the user's data directory."""
    return Path(appdirs.user_data_dir("glossa", appauthor=False)) / "baselines"


def available(folder: Path | None = None) -> tuple[str, ...]:
    """The engines of `ROWS` whose weights are in `folder`."""
    place = folder or default_folder()
    return tuple(engine for engine, (name, _) in ROWS.items() if _weights(place, name).is_file())


def answer(
    puzzle: Puzzle, engine: str, *, folder: Path | None = None, device: str = "auto", seed: int = 0
) -> Generator[Progress, None, Solution]:
    """Answer a puzzle by one of `ROWS`; yields before every answer and returns a `Solution`.

    Demonstrations are answered too, each from the others, so that "verified" means that the method would have
    got every one of them right. There is no program to show: the candidate's has no steps, its traces hold
    input and answer. Raises `UsageError` without weights in `folder`, `CheckpointError` for unreadable ones.
    """
    started = time.monotonic()
    name, row = ROWS[engine]
    method = next(m for m in METHODS if m.name == name)
    path = _weights(folder or default_folder(), name)
    learner = _load(method, path, pick_device(device))
    effort = method.rows[row].reading(SETTINGS["grids"].effort)
    whole = _examples(puzzle).to(pick_device(device))
    tests = to_canvas([pair.input for pair in puzzle.test], whole.canvas, whole.inputs.device)
    tasks = [(_without(whole, i), whole.inputs[0, i]) for i in range(whole.pairs)]
    tasks += [(whole, query) for query in tests]
    answers: list[Tensor] = []
    for index, (shown, query) in enumerate(tasks):
        message = f"grid {index + 1} of {len(tasks)}"
        yield Progress(engine, message, time.monotonic() - started, None, (), None)
        with fast_precision(query.device):
            if effort is None:
                answers.append(learner.predict(shown, query[None]))
            else:
                answers.append(learner.search(shown, query[None], effort, seed))
    candidate = _candidate(puzzle, whole, torch.cat(answers), engine, fingerprint(path))
    attempts = tuple((Attempt(trace.output, candidate),) for trace in candidate.tests)
    tried = f"asked {engine} once per grid; it writes no program"
    return Solution(puzzle, engine, attempts, (candidate,), time.monotonic() - started, tried)


def _weights(folder: Path, method: str) -> Path:
    return folder / f"{method}-0.safetensors"


def _load(method: Method, path: Path, device: torch.device) -> Learner:
    if not path.exists():
        raise UsageError(
            f"{path}: no such weights; train them with `python -m solver bench grids --methods"
            f" {method.name}` and copy them here, or name their folder with --baselines"
        )
    learner = method.build(SETTINGS["grids"])
    try:
        learner.load_state_dict(load_file(path))
    except (OSError, SafetensorError, RuntimeError) as error:
        raise CheckpointError(f"{path}: expected weights of {method.name}, {error}") from None
    return learner.to(device).eval().requires_grad_(False)


def _examples(puzzle: Puzzle) -> Examples:
    canvas = canvas_for(puzzle)
    pairs = [(pair.input, pair.output) for pair in puzzle.train if pair.output is not None]
    inputs, outputs = (to_canvas(grids, canvas)[None] for grids in zip(*pairs, strict=True))
    return Examples(canvas, inputs, outputs)


def _without(whole: Examples, left_out: int) -> Examples:
    """The other demonstrations; a single one has to stand for itself."""
    others = [i for i in range(whole.pairs) if i != left_out] or [left_out]
    return Examples(whole.canvas, whole.inputs[:, others], whole.outputs[:, others])


def _candidate(puzzle: Puzzle, whole: Examples, cells: Tensor, engine: str, weights: str) -> Candidate:
    grids = to_grids(harden(one_hot(cells), whole.canvas), whole.canvas)
    shown = replace(puzzle, train=tuple(p for p in puzzle.train if p.output is not None)[: whole.pairs])
    inputs = [pair.input for pair in (*shown.train, *shown.test)]
    traces = tuple(Trace((Outcome(a), Outcome(b))) for a, b in zip(inputs, grids, strict=True))
    return Candidate.of(Program((), weights), shown, traces, engine)

"""Coining: a new word for one puzzle, found by gradient in the space of the codebook's rows.

The executor reads a word as a code; rows of the codebook are the codes that training settled on, but it
answers to any other as well. From states that search has reached, codes start at the likeliest words and
climb the likelihood of the wanted outputs. A program that needs such a word carries its code.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import torch
from torch import Tensor
from torch.nn import functional as F

from solver.explore.run import evaluate
from solver.nli.device import fast_precision, per_call
from solver.nli.learned import coined_name, run_codes
from solver.nli.model import one_hot
from solver.search.adam import Adam
from solver.search.best_first import Node
from solver.search.problem import Problem, canvas_for
from solver.words.program import Program, Step
from solver.words.results import Candidate


@dataclass(frozen=True)
class CoinConfig:
    """How many codes are tried, and how far they move."""

    states: int = 8
    """States a new word may follow."""
    words: int = 2
    """Likeliest words a code starts from, per state."""
    steps: int = 40
    """Gradient steps."""
    learning_rate: float = 0.05
    """Adam learning rate on the codes, whose values are about 1."""
    pull: float = 1e-3
    """Weight of the squared distance from the word a code started at: near a word it stays readable."""
    check_every: int = 5
    """Steps between hard runs."""


def coin_words(problem: Problem, nodes: Sequence[Node], config: CoinConfig) -> Iterator[Candidate | None]:
    """Yield verified programs that end in a new word, and None after every executor call."""
    nodes = nodes[: config.states]
    pairs = len(problem.inputs)
    states = torch.stack([node.cells[:pairs] for node in nodes])
    usable = torch.tensor(problem.learned.usable, device=states.device)
    rows = usable[problem.propose(states)[:, usable].topk(min(config.words, len(usable))).indices]
    codes = problem.learned.model.executor.codes.detach()[rows.flatten()]
    first = codes.clone()
    codes = codes.clone().requires_grad_(True)
    optimizer = Adam(codes, config.learning_rate)
    starts = torch.arange(len(nodes), device=states.device).repeat_interleave(rows.shape[1])
    tried: set[str] = set()
    for step in range(1, config.steps + 1):
        for chunk in torch.arange(len(codes)).split(per_call(problem.canvas, pairs, passes=3)):
            loss = _loss(problem, states[starts[chunk]], codes[chunk])
            loss = loss + config.pull * (codes[chunk] - first[chunk]).square().sum()
            loss.backward()
            yield None
        optimizer.step()
        if step % config.check_every == 0:
            for place in _exact(problem, states[starts], codes):
                candidate = _candidate(problem, nodes[int(starts[place])], codes[place])
                if candidate is not None and candidate.program.coined[0][0] not in tried:
                    tried.add(candidate.program.coined[0][0])
                    yield candidate


def _loss(problem: Problem, states: Tensor, codes: Tensor) -> Tensor:
    """Sum over codes (n, c) of the mean cross-entropy of the outputs, each code on states (n, m, cells)."""
    pairs = states.shape[1]
    with fast_precision(states.device):
        logits = problem.learned.model.executor.follow(
            one_hot(states.flatten(0, 1)), codes.repeat_interleave(pairs, 0), problem.canvas
        )
    targets = problem.targets.repeat(len(states), 1)
    losses = F.cross_entropy(logits.float().flatten(0, 1), targets.flatten(), reduction="none")
    return losses.view(len(states), -1).mean(1).sum()


def _exact(problem: Problem, states: Tensor, codes: Tensor) -> list[int]:
    """Places of the codes that turn every demonstration into its output when run hard."""
    found: list[int] = []
    pairs = states.shape[1]
    for chunk in torch.arange(len(codes)).split(per_call(problem.canvas, pairs)):
        repeated = codes.detach()[chunk].repeat_interleave(pairs, 0)
        after, _ = run_codes(problem.learned.model, states[chunk].flatten(0, 1), repeated, problem.canvas)
        right = (after.view(len(chunk), pairs, -1) == problem.targets).all(-1).all(-1)
        found += chunk[right.cpu()].tolist()
    return found


def _candidate(problem: Problem, node: Node, code: Tensor) -> Candidate | None:
    """The node's program with the new word at its end, run like any other; None unless verified."""
    numbers = tuple(round(value, 4) for value in code.tolist())
    name = coined_name(numbers)
    before = problem.program(node.words)
    program: Program = replace(before, steps=(*before.steps, Step(name)), coined=((name, numbers),))
    language = problem.learned.language
    candidate = evaluate(problem.puzzle, program, "coining", language, canvas_for(problem.puzzle))
    return candidate if candidate is not None and candidate.verified else None

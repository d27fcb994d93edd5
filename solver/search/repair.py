"""Repair: the codes of a near miss's words move by gradient until every demonstration is exact.

The executor reads a word as a code; rows of the codebook are the codes that training settled on, but it
answers to any other as well. Where a program is right but for a few cells, the network has slipped, and a
code a little beside the row often does not. Every state is hardened on the way forward, so that what is
moved is the program as it will be run; on the way back the gradient passes through the distribution that
the state was read from (straight-through estimator; Bengio, Léonard and Courville 2013).

Coining is the case in which the near miss is kept as it is and one more word moves: a new word for one
puzzle. Programs carry the codes of all words that are no rows.
"""

from __future__ import annotations

from collections.abc import Generator, Iterator, Sequence
from dataclasses import dataclass, replace

import torch
from torch import Tensor
from torch.nn import functional as F

from solver.explore.run import evaluate
from solver.nli.device import fast_precision, free_memory, per_call
from solver.nli.learned import coined_name
from solver.nli.model import harden, one_hot
from solver.search.adam import Adam
from solver.search.best_first import Node
from solver.search.problem import Problem
from solver.words.canvas import canvas_for
from solver.words.program import Program, Step
from solver.words.results import Candidate

DraftKey = tuple[tuple[int, ...], tuple[int, ...]]
"""The rows of a draft that stay, and those that move."""


@dataclass(frozen=True)
class RepairConfig:
    """How far codes move, and how many words are tried."""

    steps: int = 20
    """Gradient steps."""
    learning_rate: float = 0.05
    """Adam learning rate on the codes, whose values are about 1."""
    pull: float = 1e-3
    """Weight of the squared distance from the rows: near its row a word stays readable."""
    longest: int = 3
    """Words of the longest near miss that is repaired."""
    words: int = 2
    """Likeliest next words that coining starts from, per state."""


COINING = RepairConfig(steps=40)
"""A word that is to do something new has further to go than one that slipped."""


@dataclass(frozen=True)
class Draft:
    """A program of codebook rows, of which the last ones may move."""

    kept: tuple[int, ...]
    """Rows that stay."""
    moving: tuple[int, ...]
    """Rows at which the moving codes start."""
    start: Tensor
    """(m, cells) what the kept words make of the demonstrations' inputs."""

    @property
    def key(self) -> DraftKey:
        """What tells it from other drafts for the same puzzle."""
        return self.kept, self.moving


def near_misses(problem: Problem, nodes: Sequence[Node], config: RepairConfig) -> list[Draft]:
    """Drafts in which every word of a near miss moves."""
    short = [node.words for node in nodes if 0 < len(node.words) <= config.longest]
    return [Draft((), words, problem.inputs) for words in short]


def one_more_word(problem: Problem, nodes: Sequence[Node], config: RepairConfig) -> list[Draft]:
    """Drafts in which a near miss stays and one of the likeliest next words moves."""
    pairs = len(problem.inputs)
    states = torch.stack([node.cells[:pairs] for node in nodes])
    usable = torch.tensor(problem.learned.usable, device=states.device)
    rows = usable[problem.propose(states)[:, usable].topk(min(config.words, len(usable))).indices].tolist()
    return [
        Draft(node.words, (row,), state)
        for node, state, likeliest in zip(nodes, states, rows, strict=True)
        for row in likeliest
    ]


def repair(
    problem: Problem,
    drafts: Sequence[Draft],
    config: RepairConfig,
    origin: str,
    finished: set[DraftKey] | None = None,
) -> Iterator[Candidate | None]:
    """Move the drafts' codes, first drafts first; yield verified programs, and None after every call.

    The keys of drafts whose steps are spent are added to `finished`.
    """
    left = list(drafts)
    free = free_memory(problem.inputs.device)
    at_once = per_call(problem.canvas, len(problem.inputs), 2, free)
    while left:
        length = len(left[0].moving)
        batch = [draft for draft in left if len(draft.moving) == length][:at_once]
        left = [draft for draft in left if all(draft is not taken for taken in batch)]
        yield from _repair_batch(problem, batch, config, origin)
        if finished is not None:
            finished.update(draft.key for draft in batch)


def _repair_batch(
    problem: Problem, drafts: Sequence[Draft], config: RepairConfig, origin: str
) -> Iterator[Candidate | None]:
    """The same for drafts with equally many moving words, all together."""
    rows = torch.tensor([draft.moving for draft in drafts], device=problem.inputs.device)
    starts = torch.stack([draft.start for draft in drafts])
    first = problem.learned.model.executor.codes.detach()[rows]
    codes = first.clone().requires_grad_(True)
    optimizer = Adam(codes, config.learning_rate)
    done: set[int] = set()
    for step in range(config.steps + 1):
        # Forward states are hard, so every step also says which drafts are exact as they stand.
        exact = yield from _backward(problem, codes, starts)
        for place in exact.nonzero().flatten().tolist():
            if step and place not in done:
                numbers = yield from _rows_back(problem, starts[place], codes[place], first[place])
                candidate = _candidate(problem, drafts[place], numbers, first[place], origin)
                if candidate is not None:
                    done.add(place)
                    yield candidate
        with torch.no_grad():
            codes.grad = codes.grad + 2 * config.pull * (codes - first) if codes.grad is not None else None
        optimizer.step()


def _backward(problem: Problem, codes: Tensor, starts: Tensor) -> Generator[None, None, Tensor]:
    """Fill the gradient of codes (n, L, c), run on states (n, m, cells); which of the n are exact.

    The loss of each is the mean cross-entropy of the outputs. Yields after every executor call, back and
    forth: one word on a few grids, whose gradients add up.
    """
    drafts, pairs, cells = starts.shape
    executor, canvas = problem.learned.model.executor, problem.canvas
    exact = torch.ones(drafts, dtype=torch.bool, device=starts.device)
    work = torch.cartesian_prod(torch.arange(drafts), torch.arange(pairs)).to(starts.device)
    for chunk in work.split(per_call(canvas, 1, 2, free_memory(starts.device))):
        draft, pair = chunk[:, 0], chunk[:, 1]
        state = one_hot(starts[draft, pair])
        passed: list[tuple[Tensor, Tensor]] = []  # distributions, and the hard states read from them
        for slot in range(codes.shape[1]):
            with fast_precision(state.device):
                logits = executor.follow(state, codes[draft, slot], canvas)
            soft = logits.float().softmax(-1)
            values = harden(soft.detach(), canvas)
            state = one_hot(values).requires_grad_(True)
            passed.append((soft, state))
            yield None
        target = problem.targets[pair]
        exact[draft[(values != target).any(1)]] = False
        loss = F.cross_entropy(logits.float().flatten(0, 1), target.flatten(), reduction="sum")
        (loss / (pairs * cells)).backward()
        yield None
        for soft, state in reversed(passed[:-1]):
            soft.backward(state.grad)
            yield None
    return exact


@torch.no_grad()
def _run(problem: Problem, codes: Tensor, start: Tensor) -> Generator[None, None, bool]:
    """Whether codes (L, c), run hard on states (m, cells), give every output; yields after every call."""
    executor, canvas = problem.learned.model.executor, problem.canvas
    right = True
    work = torch.arange(len(start), device=start.device)
    for chunk in work.split(per_call(canvas, 1, 1, free_memory(start.device))):
        values = start[chunk]
        for code in codes:
            with fast_precision(values.device):
                logits = executor.follow(one_hot(values), code.expand(len(chunk), -1), canvas)
            values = harden(logits.float().softmax(-1), canvas)
            yield None
        right = right and bool((values == problem.targets[chunk]).all())
    return right


def _rows_back(
    problem: Problem, start: Tensor, codes: Tensor, first: Tensor
) -> Generator[None, None, Tensor]:
    """The codes (L, c) of an exact program with every word back at its row that need not have moved."""
    codes = codes.detach().clone()
    if len(codes) == 1:
        return codes
    for slot in range(len(codes)):
        tried = codes.clone()
        tried[slot] = first[slot]
        if (yield from _run(problem, tried, start)):
            codes = tried
    return codes


def _candidate(problem: Problem, draft: Draft, codes: Tensor, first: Tensor, origin: str) -> Candidate | None:
    """The draft's program with moved codes (L, c) as new words, run like any other; None unless verified."""
    steps, new = [], {}
    for row, code, own in zip(draft.moving, codes, first, strict=True):
        numbers = tuple(round(value, 4) for value in code.tolist())
        name = f"w{row}" if torch.equal(code, own) else coined_name(numbers)
        steps.append(Step(name))
        if name != f"w{row}":
            new[name] = numbers
    before = problem.program(draft.kept)
    program: Program = replace(before, steps=(*before.steps, *steps), coined=tuple(new.items()))
    language = problem.learned.language
    candidate = evaluate(problem.puzzle, program, origin, language, canvas_for(problem.puzzle))
    return candidate if candidate is not None and candidate.verified else None

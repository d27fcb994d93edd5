"""Best-first search over learned words: whatever the inductor holds likeliest is executed next.

A beam spends as much on every depth and on every state it keeps. Here prefixes of all lengths compete: the
price of a program is the surprise of its words, each proposed by the inductor at the state before it, and
states that are still wrong in many cells wait. Words are offered one at a time per state, and those of
different states run in one executor call.
"""

from __future__ import annotations

import heapq
from collections.abc import Iterator
from dataclasses import dataclass, field

import torch
from torch import Tensor

from solver.nli.config import OUTSIDE
from solver.nli.device import per_call
from solver.nli.learned import run_words
from solver.search.problem import Problem


@dataclass(frozen=True)
class OrderConfig:
    """How deep to look, and in which order."""

    depth: int = 4
    """Longest program."""
    branches: int = 60
    """Words offered from each state; from the input itself every word is."""
    error_weight: float = 4.0
    """Nats that a wholly wrong state costs."""
    apart: frozenset[int] = frozenset()
    """Words by which programs are told apart that lead to the same state."""


@dataclass(frozen=True, eq=False)
class Node:
    """One program prefix and the state it leads to."""

    words: tuple[int, ...]
    cells: Tensor
    """(m + q, cells) demonstrations then tests."""
    log_probability: float
    """Sum of the inductor's log-probabilities of the words, each asked at its own state."""
    wrong: float
    """Share of the demonstrations' cells that are wrong, 0 for an exact program."""
    parent: Node | None = None
    """The state before the last word; None for the input itself."""


def root(problem: Problem) -> Node:
    """The empty program."""
    start = torch.cat([problem.inputs, problem.tests])
    wrong = wrong_shares(start[None, : len(problem.inputs)], problem.targets)
    return Node((), start, 0.0, wrong.item())


@dataclass
class _State:
    """A node with the words still to be offered from it, likeliest first."""

    node: Node
    words: list[int]
    log_probability: list[float]
    offered: int = 0


@dataclass
class _Frontier:
    """States by the price of their next word."""

    config: OrderConfig
    heap: list[tuple[float, int, _State]] = field(default_factory=list)
    added: int = 0

    def add(self, state: _State) -> None:
        """Queue a state for its next word, where it has one."""
        if state.offered < len(state.words):
            node = state.node
            price = self.config.error_weight * node.wrong - node.log_probability
            price -= state.log_probability[state.offered]
            # The counter settles equal prices by age and keeps states from being compared.
            heapq.heappush(self.heap, (price, self.added, state))
            self.added += 1

    def take(self, most: int) -> list[tuple[_State, int]]:
        """Up to `most` of the cheapest (state, place of the word in its list)."""
        chosen: list[tuple[_State, int]] = []
        while self.heap and len(chosen) < most:
            state = heapq.heappop(self.heap)[2]
            chosen.append((state, state.offered))
            state.offered += 1
            self.add(state)
        return chosen


def best_first(problem: Problem, config: OrderConfig) -> Iterator[Node]:
    """Yield a node per program run, in batches of one executor call, until nothing is left to try."""
    start = root(problem)
    frontier = _Frontier(config)
    frontier.add(_states(problem, [start], None)[0])
    seen = set(_keys([start], config.apart))
    most = per_call(problem.canvas, len(start.cells), passes=2)
    while chosen := frontier.take(most):
        nodes = _run(problem, chosen)
        yield from nodes
        fresh = []
        for node, key in zip(nodes, _keys(nodes, config.apart), strict=True):
            if key not in seen:
                seen.add(key)
                if len(node.words) < config.depth and node.wrong:
                    fresh.append(node)
        for state in _states(problem, fresh, config.branches) if fresh else ():
            frontier.add(state)


def _run(problem: Problem, chosen: list[tuple[_State, int]]) -> list[Node]:
    """The states that the chosen words lead to, in one executor call."""
    grids = len(problem.inputs) + len(problem.tests)
    before = torch.cat([state.node.cells for state, _ in chosen])
    words = torch.tensor([state.words[place] for state, place in chosen], device=before.device)
    after, _ = run_words(problem.learned.model, before, words.repeat_interleave(grids), problem.canvas)
    after = after.view(len(chosen), grids, -1)
    wrong = wrong_shares(after[:, : len(problem.inputs)], problem.targets).tolist()
    return [
        Node(
            (*state.node.words, state.words[place]),
            after[i],
            state.node.log_probability + state.log_probability[place],
            wrong[i],
            state.node,
        )
        for i, (state, place) in enumerate(chosen)
    ]


def _states(problem: Problem, nodes: list[Node], branches: int | None) -> list[_State]:
    """Ask the inductor about all nodes at once; `branches` words each, every usable word for None."""
    pairs = len(problem.inputs)
    current = torch.stack([node.cells[:pairs] for node in nodes])
    usable = torch.tensor(problem.learned.usable, device=current.device)
    log_probability = problem.propose(current)[:, usable]
    values, places = log_probability.topk(min(branches or len(usable), len(usable)))
    rows = usable[places].tolist()
    return [_State(node, row, value) for node, row, value in zip(nodes, rows, values.tolist(), strict=True)]


def wrong_shares(cells: Tensor, targets: Tensor) -> Tensor:
    """(n,) share of the cells inside either grid that differ: cells (n, m, cells), targets (m, cells)."""
    relevant = (cells != OUTSIDE) | (targets != OUTSIDE)
    return ((cells != targets) & relevant).sum((1, 2)) / relevant.sum((1, 2))


def _keys(nodes: list[Node], apart: frozenset[int]) -> list[bytes]:
    stacked = torch.stack([node.cells for node in nodes]).to(torch.uint8).cpu().numpy()
    met = [",".join(map(str, sorted(apart.intersection(node.words)))).encode() for node in nodes]
    return [cells.tobytes() + words for cells, words in zip(stacked, met, strict=True)]

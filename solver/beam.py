"""Beam search over learned words: hard execution, every prefix run once, the inductor asked at each state."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

import torch
from torch import Tensor

from solver.config import OUTSIDE
from solver.problem import Problem, per_call
from solver.words import run_words


@dataclass(frozen=True)
class BeamConfig:
    """How wide and deep to look."""

    depth: int = 3
    """Longest program."""
    width: int = 12
    """States kept per depth."""
    branches: int = 40
    """Words tried from each kept state; from the input itself every word is tried."""
    error_weight: float = 4.0
    """Nats of log-probability that a wholly wrong output costs."""

    def widened(self, times: int) -> BeamConfig:
        """Three times as many states and twice as many words from each, `times` over."""
        return replace(self, width=self.width * 3**times, branches=self.branches * 2**times)


@dataclass(frozen=True)
class Node:
    """One program prefix and the state it leads to."""

    words: tuple[int, ...]
    cells: Tensor
    """(m + q, cells) demonstrations then tests."""
    log_probability: float
    """Sum of the inductor's log-probabilities of the words, each asked at its own state."""
    wrong: float
    """Share of the demonstrations' cells that are wrong, 0 for an exact program."""


def beam_search(problem: Problem, config: BeamConfig) -> Iterator[Node]:
    """Yield a node per program run, in batches of one executor call.

    Stops after the depth at which an exact program appears, so that its rivals of equal length are seen.
    """
    start = torch.cat([problem.inputs, problem.tests])
    beam = [Node((), start, 0.0, 1.0)]
    seen = {_key(start)}
    for depth in range(config.depth):
        children: list[tuple[float, Node]] = []
        found = False
        for node in beam:
            for child in _expand(problem, node, config, everything=depth == 0):
                yield child
                found |= child.wrong == 0
                key = _key(child.cells)
                if key not in seen:
                    seen.add(key)
                    children.append((child.log_probability - config.error_weight * child.wrong, child))
        if found:
            return
        children.sort(key=lambda pair: -pair[0])
        beam = [child for _, child in children[: config.width]]


def _expand(problem: Problem, node: Node, config: BeamConfig, everything: bool) -> Iterator[Node]:
    """Children of a node, likeliest word first, run in chunks."""
    pairs = len(problem.inputs)
    embedding = problem.induce(node.cells[:pairs]).mean(0)
    logits = problem.learned.model.inductor.logits(embedding)[0].float()
    log_probability = logits.log_softmax(-1)
    usable = torch.tensor(problem.learned.usable, device=logits.device)
    count = len(usable) if everything else min(config.branches, len(usable))
    words = usable[log_probability[usable].topk(count).indices]
    for chunk in words.split(per_call(problem.canvas, len(node.cells))):
        repeated = node.cells.repeat(len(chunk), 1)
        following, _ = run_words(
            problem.learned.model, repeated, chunk.repeat_interleave(len(node.cells)), problem.canvas
        )
        for word, cells in zip(chunk.tolist(), following.view(len(chunk), *node.cells.shape), strict=True):
            yield Node(
                (*node.words, word),
                cells,
                node.log_probability + log_probability[word].item(),
                _wrong_share(cells[:pairs], problem.targets),
            )


def _wrong_share(cells: Tensor, targets: Tensor) -> float:
    """Share of the cells inside either grid that differ."""
    relevant = (cells != OUTSIDE) | (targets != OUTSIDE)
    return ((cells != targets) & relevant).sum().item() / relevant.sum().item()


def _key(cells: Tensor) -> bytes:
    return cells.to(torch.uint8).cpu().numpy().tobytes()

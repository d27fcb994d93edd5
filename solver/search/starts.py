"""Starts of a gradient search that ask the inductor again after every word they have run.

A guess made from the demonstrations alone has to foresee the whole program. Once a first word has run, its
states and the true outputs are demonstrations of what is left to do: a shorter program, of the kind that the
inductor knows from training. A one-shot decoder has no such states to ask about.
"""

from __future__ import annotations

from collections.abc import Generator
from typing import Protocol

import torch
from torch import Tensor

_SPREAD = 0.5
"""Standard deviation of the noise on every slot; an embedding leaves the inductor with unit spread."""
_LEAST_PULL = 0.5
"""Every slot is drawn towards the prior's mean, zero, by a factor between this and 1."""


class Reader(Protocol):
    """What starts need of an interpreter that has a puzzle's outputs before it."""

    def ask(self, states: Tensor) -> Tensor:
        """Slot embeddings (s, T, d), pooled over demonstrations, of what is left to do at (s, m, cells)."""
        ...

    def words(self, embedding: Tensor) -> Tensor:
        """Most likely words (…) of slot embeddings (…, d)."""
        ...

    def run(self, states: Tensor, words: Tensor) -> Tensor:
        """States (s, m, cells) after one word each (s,), made grids."""
        ...


def asked_again(
    reader: Reader, inputs: Tensor, length: int, count: int, generator: torch.Generator
) -> Tensor:
    """Slot embeddings (count, length, d) of starts; `inputs` are the demonstrations' (m, cells).

    Every start asks again after a random number of its words, from none to all but the last, and takes the
    rest of its slots from the last answer. The first start is the plain guess.
    """
    asking = asking_again(reader, inputs, length, count, generator, at_once=count)
    while True:
        try:
            next(asking)
        except StopIteration as stop:
            embedding: Tensor = stop.value
            return embedding


@torch.no_grad()
def asking_again(
    reader: Reader, inputs: Tensor, length: int, count: int, generator: torch.Generator, *, at_once: int
) -> Generator[None, None, Tensor]:
    """The same with a pause after every call of the reader, which is handed up to `at_once` states."""
    guess = reader.ask(inputs[None])[:, :length]
    yield
    embedding = guess.repeat(count, 1, 1)
    asks = torch.randint(0, length, (count,), generator=generator)
    pull = _LEAST_PULL + (1 - _LEAST_PULL) * torch.rand((count, length, 1), generator=generator)
    noise = _SPREAD * torch.randn(embedding.shape, generator=generator)
    asks[0], pull[0], noise[0] = 0, 1, 0
    asks, pull, noise = (part.to(inputs.device) for part in (asks, pull, noise))
    states = inputs.repeat(count, 1, 1)
    for slot in range(length):
        embedding[:, slot] = pull[:, slot] * embedding[:, slot] + noise[:, slot]
        going = (asks > slot).nonzero().flatten()
        if not len(going):
            continue
        words = reader.words(embedding[going, slot])
        states[going] = yield from _run(reader, states[going], words, at_once)
        reached, which = _distinct(states[going])
        answers = []
        for part in reached.split(at_once):
            answers.append(reader.ask(part))
            yield
        embedding[going, slot + 1 :] = torch.cat(answers)[which, : length - slot - 1]
    return embedding


def _run(reader: Reader, states: Tensor, words: Tensor, at_once: int) -> Generator[None, None, Tensor]:
    # Many starts meet in the same state under the same word: each of these is run once.
    marked = torch.cat([states, words.view(-1, 1, 1).expand(-1, states.shape[1], 1)], 2)
    once, which = _distinct(marked)
    following = []
    for part in once.split(at_once):
        following.append(reader.run(part[..., :-1], part[:, 0, -1]))
        yield
    return torch.cat(following)[which]


def _distinct(states: Tensor) -> tuple[Tensor, Tensor]:
    """The distinct ones of states (s, m, cells), and for every state its place among them (s,)."""
    once, which = states.flatten(1).unique(dim=0, return_inverse=True)
    return once.view(-1, *states.shape[1:]), which

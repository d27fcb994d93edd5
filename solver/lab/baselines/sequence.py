"""A plain sequence model as a yardstick for learned procedures: LSTM encoder and decoder.

After Sutskever, Vinyals and Le, "Sequence to Sequence Learning with Neural Networks" (2014). It reads a
pad's digits and says the result's, most significant first, without traces or programs.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn import functional

from solver.npi.pad import Pad
from solver.npi.tasks import TASKS

_PLUS, _START, _NOTHING = 10, 11, 12
_SYMBOLS = 13
_WIDTH, _EMBEDDING, _LAYERS = 104, 32, 2
_BATCH = 64
_RATE = 1e-3
_CLIP = 1.0

Pair = tuple[list[int], list[int]]
"""What is read, and what is to be said."""


class SequenceModel(nn.Module):
    """About 290 thousand weights, as many as a core for one task."""

    def __init__(self) -> None:
        super().__init__()
        self.table = nn.Embedding(_SYMBOLS, _EMBEDDING)
        self.encoder = nn.LSTM(_EMBEDDING, _WIDTH, _LAYERS, batch_first=True)
        self.decoder = nn.LSTM(_EMBEDDING, _WIDTH, _LAYERS, batch_first=True)
        self.output = nn.Linear(_WIDTH, _SYMBOLS)

    def forward(self, read: Tensor, lengths: Tensor, said: Tensor) -> Tensor:
        """Logits (n, steps, symbols) of what follows each of `said` (n, steps)."""
        packed = nn.utils.rnn.pack_padded_sequence(
            self.table(read), lengths, batch_first=True, enforce_sorted=False
        )
        _, state = self.encoder(packed)
        hidden, _ = self.decoder(self.table(said), state)
        logits: Tensor = self.output(hidden)
        return logits

    @torch.inference_mode()
    def answer(self, read: Sequence[Sequence[int]], steps: int) -> list[list[int]]:
        """The most likely next symbol, `steps` times, for inputs of any lengths."""
        padded, lengths = _padded(read)
        packed = nn.utils.rnn.pack_padded_sequence(
            self.table(padded), lengths, batch_first=True, enforce_sorted=False
        )
        _, state = self.encoder(packed)
        last = torch.full((len(read), 1), _START)
        said = []
        for _ in range(steps):
            hidden, state = self.decoder(self.table(last), state)
            last = self.output(hidden).argmax(-1)
            said.append(last)
        answers: list[list[int]] = torch.cat(said, 1).tolist()
        return answers


def pair_of(task: str, pad: Pad) -> Pair:
    """A pad that adding or sorting starts from, as what is read and what is to be said."""
    if task == "addition":
        after = TASKS[task].answer(pad, TASKS[task].calls()[0])
        first, second = pad.cells[:2, 1:].tolist()
        return [*first, _PLUS, *second], after.cells[3].tolist()
    return pad.cells[0].tolist(), sorted(pad.cells[0].tolist())


def train_sequence(draw: Callable[[int], list[Pair]], seconds: float, seed: int = 0) -> SequenceModel:
    """Train on batches from `draw` for that much processor time."""
    torch.manual_seed(seed)
    model, started = SequenceModel(), time.process_time()
    optimizer = torch.optim.Adam(model.parameters(), lr=_RATE)
    while time.process_time() - started < seconds:
        pairs = draw(_BATCH)
        read, lengths = _padded([pair[0] for pair in pairs])
        right, _ = _padded([pair[1] for pair in pairs])
        said = torch.cat([torch.full((len(pairs), 1), _START), right[:, :-1]], 1)
        logits = model(read, lengths, said)
        loss = functional.cross_entropy(logits.flatten(0, 1), right.flatten(), ignore_index=_NOTHING)
        optimizer.zero_grad()
        loss.backward()
        torch.nn.utils.clip_grad_norm_(model.parameters(), _CLIP)
        optimizer.step()
    return model.eval()


def right_at(model: SequenceModel, task: str, size: int, count: int, seed: int) -> int:
    """How many of `count` random inputs of that size it answers without an error."""
    rng = np.random.default_rng(seed)
    pairs = [pair_of(task, TASKS[task].start(rng, size)[0]) for _ in range(count)]
    answers = model.answer([read for read, _ in pairs], len(pairs[0][1]))
    return sum(answer == right for answer, (_, right) in zip(answers, pairs, strict=True))


def _padded(rows: Sequence[Sequence[int]]) -> tuple[Tensor, Tensor]:
    longest = max(len(row) for row in rows)
    padded = [[*row, *[_NOTHING] * (longest - len(row))] for row in rows]
    return torch.tensor(padded), torch.tensor([len(row) for row in rows])

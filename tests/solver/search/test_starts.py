from __future__ import annotations

from dataclasses import dataclass, field

import torch
from torch import Tensor
from torch.nn import functional as F

from solver.search.starts import asked_again

TARGET, WORDS, LENGTH = 3, 4, 3


@dataclass
class CountingReader:
    """States count up to `TARGET`: word 1 adds one, the others do nothing; an answer sees one word ahead."""

    asked: list[Tensor] = field(default_factory=list)
    ran: list[int] = field(default_factory=list)

    def ask(self, states: Tensor) -> Tensor:
        self.asked.append(states)
        words = torch.zeros(len(states), LENGTH, dtype=torch.long)
        words[:, 0] = (states[:, 0, 0] < TARGET).long()
        return 4.0 * F.one_hot(words, WORDS)

    def words(self, embedding: Tensor) -> Tensor:
        return embedding.argmax(-1)

    def run(self, states: Tensor, words: Tensor) -> Tensor:
        self.ran.append(len(states))
        return states + (words == 1).long().view(-1, 1, 1)


def _starts(reader: CountingReader, count: int, seed: int = 0) -> Tensor:
    return asked_again(
        reader, torch.zeros(2, 5, dtype=torch.long), LENGTH, count, torch.Generator().manual_seed(seed)
    )


def test_the_first_start_is_the_plain_guess():
    reader = CountingReader()
    starts = _starts(reader, 16)
    assert starts.shape == (16, LENGTH, WORDS)
    assert torch.equal(starts[0], reader.ask(torch.zeros(1, 2, 5, dtype=torch.long))[0])


def test_asking_again_finds_the_words_that_a_guess_cannot_foresee():
    found = CountingReader().words(_starts(CountingReader(), 16))
    assert found[0].tolist() == [1, 0, 0]
    assert (found == 1).all(1).any()


def test_states_that_meet_are_asked_about_and_run_once():
    reader = CountingReader()
    _starts(reader, 64)
    for states in reader.asked:
        assert len(states.unique(dim=0)) == len(states)
    assert len(reader.asked) == LENGTH  # the guess, then after the first word and the second
    assert max(reader.ran) <= WORDS * TARGET


def test_a_seed_settles_the_starts():
    assert torch.equal(_starts(CountingReader(), 8), _starts(CountingReader(), 8))
    assert not torch.equal(_starts(CountingReader(), 8), _starts(CountingReader(), 8, seed=1))


def test_a_program_of_one_word_needs_no_second_question():
    reader = CountingReader()
    starts = asked_again(reader, torch.zeros(1, 4, dtype=torch.long), 1, 8, torch.Generator().manual_seed(0))
    assert starts.shape == (8, 1, WORDS)
    assert len(reader.asked) == 1
    assert not reader.ran

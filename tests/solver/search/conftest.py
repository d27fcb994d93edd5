"""Networks that nobody has trained, where it only matters that they run."""

from __future__ import annotations

import pytest
import torch

from solver.nli.config import ModelConfig
from solver.nli.learned import LearnedLanguage, learned_words
from solver.nli.model import NLI
from solver.words.program import Language
from solver.words.vocabulary import exact_word

SMALL = ModelConfig(
    slots=3, codebook=16, width=16, heads=2, expansion=2, inductor_layers=2, executor_layers=2, code_width=8
)


@pytest.fixture
def untrained() -> LearnedLanguage:
    """A language of learned words that mean nothing, and of the exact ones."""
    torch.manual_seed(0)
    model = NLI(SMALL).eval().requires_grad_(False)
    return LearnedLanguage(model, Language(learned_words(model, {}), "untrained", exact_word), {})

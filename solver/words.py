"""Learned words: rows of the codebook, run hard by the neural executor; and the shipped vocabulary."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from importlib.resources import files
from pathlib import Path
from typing import Any

import torch
from torch import Tensor
from torch.nn import functional as F

from puzzles.grid import Grid
from solver.checkpoint import fingerprint, load_model
from solver.device import fast_precision, pick_device
from solver.explore.vocabulary import exact_word
from solver.language import Language, Outcome, WordKind
from solver.model import NLI, harden, one_hot, to_canvas, to_grids

SHIPPED = Path(str(files("assets"))) / "models" / "nli.safetensors"


@dataclass(frozen=True)
class LearnedWord:
    """One row of the codebook."""

    row: int
    meaning: str
    bootstrapped: bool
    """Whether training was told which operation this row stands for."""
    model: NLI = field(repr=False, compare=False)
    kind: WordKind = "learned"
    agreement: float | None = None
    """Share of the probes on which it does what `meaning` says; None when nobody has looked."""

    @property
    def name(self) -> str:
        """Stable name of the row, e.g. "w17"."""
        return f"w{self.row}"

    def apply(self, grids: Sequence[Grid], canvas: tuple[int, int]) -> list[Outcome]:
        """Run the executor once on every grid; the canvas grows where a grid does not fit."""
        if not grids:
            return []
        device = self.model.executor.codes.device
        rows = max(canvas[0], *(grid.shape[0] for grid in grids))
        columns = max(canvas[1], *(grid.shape[1] for grid in grids))
        cells = to_canvas(grids, (rows, columns), device)
        following, probability = run_words(
            self.model, cells, torch.full((len(grids),), self.row, device=device), (rows, columns)
        )
        confidence = probability.gather(-1, following.unsqueeze(-1)).view(-1, rows, columns).cpu().numpy()
        return [
            Outcome(grid, confidence[i, : grid.shape[0], : grid.shape[1]])
            for i, grid in enumerate(to_grids(following, (rows, columns)))
        ]


@torch.no_grad()
def run_words(model: NLI, cells: Tensor, words: Tensor, canvas: tuple[int, int]) -> tuple[Tensor, Tensor]:
    """One hard step: cells (N, cells) under one word each (N,).

    Returns the next cells and the distribution (N, cells, VALUES) they were read from.
    """
    with fast_precision(cells.device):
        code = F.one_hot(words, model.config.codebook).float()
        logits = model.executor(one_hot(cells), code, canvas)
    probability = logits.float().softmax(-1)
    return harden(probability, canvas), probability


@dataclass(frozen=True)
class LearnedLanguage:
    """A model on its device, with its words and what its JSON says about them."""

    model: NLI
    language: Language
    about: dict[str, Any]

    @property
    def trained_side(self) -> int:
        """Longest side of the grids the model was trained on; it is unreliable beyond."""
        return int(self.about["trained"]["plan"]["last_side"])

    @property
    def usable(self) -> list[int]:
        """Rows that search may use: every word but skip."""
        return [row for row in range(self.model.config.codebook) if row != self.model.config.skip]


@lru_cache(maxsize=4)
def load_learned(device: str = "auto", path: Path = SHIPPED) -> LearnedLanguage:
    """Load weights once per device; raises `CheckpointError` when they cannot be read."""
    model, about = load_model(path, pick_device(device))
    model.eval().requires_grad_(False)
    return LearnedLanguage(model, Language(learned_words(model, about), fingerprint(path), exact_word), about)


def learned_words(model: NLI, about: dict[str, Any]) -> tuple[LearnedWord, ...]:
    """Every codebook row but skip as a word, with the meaning that its JSON records."""
    bootstrapped = len(about.get("bootstrapped", []))
    meanings = about.get("meanings", {})
    return tuple(
        LearnedWord(
            row, known.get("operation", ""), row < bootstrapped, model, agreement=known.get("agreement")
        )
        for row, known in ((row, meanings.get(f"w{row}", {})) for row in range(model.config.codebook))
        if row != model.config.skip
    )

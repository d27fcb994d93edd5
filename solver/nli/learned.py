"""Learned words: rows of the codebook, run hard by the neural executor; and the shipped vocabulary."""

from __future__ import annotations

import hashlib
import math
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import lru_cache, partial
from importlib.resources import files
from pathlib import Path
from typing import Any

import torch
from torch import Tensor

from puzzles.grid import MAX_SIDE, Grid
from solver.nli.calibration import confidence, likeliest, read_calibration
from solver.nli.checkpoint import load_model
from solver.nli.device import fast_precision, free_memory, gpu_trouble, per_call, pick_device
from solver.nli.model import NLI, harden, one_hot, to_canvas, to_grids
from solver.tensors import fingerprint
from solver.words.program import Language, Likeliest, Outcome, ProgramError, WordKind
from solver.words.vocabulary import exact_word

SHIPPED = Path(str(files("assets"))) / "models" / "nli.safetensors"
_LIKELIEST = 3
"""Values told of each cell."""
_STRANGE = 0.5
"""A code further from every row, in parts of the row's length, is no longer that row's word."""


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
        return _follow(self.model, self.model.executor.codes[self.row], grids, canvas) if grids else []


@dataclass(frozen=True)
class CoinedWord:
    """A word that is no row of the codebook: search made it for one puzzle, and its program carries it."""

    name: str
    meaning: str
    code: tuple[float, ...] = field(repr=False)
    model: NLI = field(repr=False, compare=False)
    kind: WordKind = "learned"

    def apply(self, grids: Sequence[Grid], canvas: tuple[int, int]) -> list[Outcome]:
        """Run the executor once on every grid; the canvas grows where a grid does not fit."""
        code = torch.tensor(self.code, device=self.model.executor.codes.device)
        return _follow(self.model, code, grids, canvas) if grids else []


def coined_name(code: Sequence[float]) -> str:
    """The name of a new word, which follows from its code: "new-" and six hexadecimal digits."""
    digest = hashlib.sha256(",".join(f"{value:.4f}" for value in code).encode())
    return f"new-{digest.hexdigest()[:6]}"


def coin(model: NLI, words: Sequence[LearnedWord], name: str, code: tuple[float, ...]) -> CoinedWord:
    """A new word; raises `ProgramError` for a code of another length, or another name than its code's."""
    width = model.config.code_width
    if len(code) != width or not all(map(math.isfinite, code)) or name != coined_name(code):
        raise ProgramError(f"the code of the new word {name!r} is damaged, expected {width} numbers")
    return CoinedWord(name, _meaning_of(model, words, code), code, model)


def _meaning_of(model: NLI, words: Sequence[LearnedWord], code: tuple[float, ...]) -> str:
    """Which row a code is nearest to and how far it moved from there, in parts of the row's length."""
    codes = model.executor.codes.detach().float().cpu()
    distances = (codes - torch.tensor(code)).norm(dim=1)
    row = int(distances.argmin())
    near = next((word for word in words if word.row == row), None)
    if near is None:
        return "a new word"
    moved = float(distances[row] / codes[row].norm())
    if moved > _STRANGE:
        return f"a new word near {near.meaning or near.name}"
    meaning = f" ({near.meaning})" if near.meaning else ""
    return f"{near.name}′{meaning}, moved {moved:.2f}".replace(" 0.", " .")


def _follow(model: NLI, code: Tensor, grids: Sequence[Grid], canvas: tuple[int, int]) -> list[Outcome]:
    """One hard step of every grid under one code (code_width,)."""
    canvas = max(canvas[0], *(g.shape[0] for g in grids)), max(canvas[1], *(g.shape[1] for g in grids))
    if max(canvas) > MAX_SIDE:
        size = f"{canvas[0]} × {canvas[1]}"
        raise ProgramError(f"learned words hold up to {MAX_SIDE} cells a side, a grid has {size}")
    cells = to_canvas(grids, canvas, code.device)
    following, probability = run_codes(model, cells, code.expand(len(grids), -1), canvas)
    return outcomes_of(model, following, probability, canvas)


def outcomes_of(model: NLI, cells: Tensor, probability: Tensor, canvas: tuple[int, int]) -> list[Outcome]:
    """What one hard step made of every grid: cells (N, cells), read from distributions (N, cells, VALUES)."""
    sure = confidence(probability, cells, canvas, model.calibration).cpu().numpy()
    values, odds = likeliest(probability, canvas, model.calibration, _LIKELIEST)
    names, shares = values.to(torch.uint8).cpu().numpy(), odds.half().cpu().numpy()
    found = []
    for i, grid in enumerate(to_grids(cells, canvas)):
        inside = i, slice(grid.shape[0]), slice(grid.shape[1])
        found.append(Outcome(grid, sure[inside], likeliest=Likeliest(names[inside], shares[inside])))
    return found


@torch.no_grad()
def run_words(model: NLI, cells: Tensor, words: Tensor, canvas: tuple[int, int]) -> tuple[Tensor, Tensor]:
    """One hard step: cells (N, cells) under one word each (N,).

    Returns the next cells and the distribution (N, cells, VALUES) they were read from.
    """
    return run_codes(model, cells, model.executor.codes[words], canvas)


@torch.no_grad()
def run_codes(model: NLI, cells: Tensor, codes: Tensor, canvas: tuple[int, int]) -> tuple[Tensor, Tensor]:
    """The same under one code each (N, code_width), a row of the codebook or not."""
    most = per_call(canvas, 1, free=free_memory(cells.device))
    parts = []
    for before, code in zip(cells.split(most), codes.split(most), strict=True):
        with fast_precision(cells.device):
            parts.append(model.executor.follow(one_hot(before), code, canvas))
    probability = torch.cat(parts).float().softmax(-1)
    return harden(probability, canvas), probability


@dataclass(frozen=True)
class LearnedLanguage:
    """A model on its device, with its words and what its JSON says about them."""

    model: NLI
    language: Language
    about: dict[str, Any]
    without: frozenset[int] = frozenset()
    """Rows that search leaves out; programs that have them still run."""
    path: Path | None = None
    """The weights' file, where they come from one."""

    @property
    def on_gpu(self) -> bool:
        """Whether the model computes elsewhere than on the CPU."""
        return self.model.executor.codes.device.type != "cpu"

    @property
    def trained_side(self) -> int:
        """Longest side of the grids the model was trained on; it is unreliable beyond."""
        trained: dict[str, Any] = self.about.get("trained", {})
        return int(trained.get("plan", {}).get("last_side", MAX_SIDE))

    @property
    def usable(self) -> list[int]:
        """Rows that search may use: every word but skip, and but those left out."""
        left_out = {self.model.config.skip, *self.without}
        return [row for row in range(self.model.config.codebook) if row not in left_out]


@lru_cache(maxsize=4)
def load_learned(device: str = "auto", path: Path = SHIPPED) -> LearnedLanguage:
    """Load weights once per device; raises `CheckpointError` when they cannot be read."""
    model, about = load_model(path, pick_device(device))
    model.eval().requires_grad_(False)
    model.calibration = read_calibration(about)
    words = learned_words(model, about)
    language = Language(words, fingerprint(path), exact_word, partial(coin, model, words))
    return LearnedLanguage(model, language, about, path=path)


def load_or_fall_back(device: str = "auto", path: Path = SHIPPED) -> tuple[LearnedLanguage, str]:
    """The language on a device, or on the CPU where a GPU fails while it loads; and what to say then."""
    try:
        return load_learned(device, path), ""
    except RuntimeError as error:
        trouble = gpu_trouble(error)
        if device == "cpu" or not trouble:
            raise
    return load_learned("cpu", path), f"the GPU {trouble}; going on with the CPU"


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

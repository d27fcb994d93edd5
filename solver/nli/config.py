"""All settings of the solver: frozen dataclasses with a line for every field."""

from __future__ import annotations

from dataclasses import dataclass

from puzzles.grid import COLOURS

OUTSIDE = COLOURS
"""The eleventh cell value: this cell of the canvas lies outside the grid."""
VALUES = COLOURS + 1
"""Size of the visible alphabet: ten colours and outside."""


@dataclass(frozen=True)
class ModelConfig:
    """Shape of a Neural Language Interpreter."""

    slots: int = 4
    """Longest program, in words (T)."""
    codebook: int = 320
    """Words in the codebook, skip included (K); skip is the last row."""
    width: int = 128
    """Width of every Transformer block (d)."""
    heads: int = 4
    """Attention heads of every block."""
    expansion: int = 3
    """Hidden width of the feed-forward layers, in multiples of `width`."""
    inductor_layers: int = 3
    """Blocks that read one pair."""
    executor_layers: int = 4
    """Blocks of one executor step."""
    code_width: int = 96
    """Width of a codebook row (E_v)."""
    frequencies: int = 8
    """Fourier frequencies per coordinate."""
    rotary_heads: int = 0
    """Heads whose queries and keys are also turned by their cell's row and column (rotary positions)."""
    convolution: int = 0
    """Side of the depthwise convolution beside the attention of executor blocks, odd; 0 leaves it out."""
    skip_bias: float = -3.0
    """Initial logit of skip; copying must not be the first thing learned (Graves 2016, halting bias)."""
    uniform_mix: float = 0.03
    """Share of the uniform distribution mixed into predictions before the logarithm."""

    @property
    def skip(self) -> int:
        """Index of the skip word."""
        return self.codebook - 1


@dataclass(frozen=True)
class SearchConfig:
    """Gradient refinement at test time (Macfarlane et al. 2026, test-time search)."""

    starts: int = 32
    """Gaussian starts around the inductor's pooled slot embeddings."""
    steps: int = 200
    """Gradient steps, all starts in parallel."""
    spread: float = 0.5
    """Standard deviation of the starts, in units of the embedding's own spread."""
    learning_rate: float = 0.3
    """Adam learning rate on the slot embeddings."""
    code_temperature: tuple[float, float] = (1.0, 0.3)
    """First and last temperature of the word distributions (τ_e)."""
    state_temperature: tuple[float, float] = (1.0, 0.5)
    """First and last temperature of the executor's states (τ_d)."""
    noise: float = 0.5
    """Scale of both Gumbel noises."""


@dataclass(frozen=True)
class TrainConfig:
    """How a model is trained; progress runs from 0 to 1 over `steps`."""

    steps: int = 12000
    """Optimiser steps of the whole plan; a time limit may stop earlier, `--resume` goes on."""
    clock: float = 0.0
    """Minutes after which the learning rate has fallen and training ends, whatever step that is; 0 goes by
    steps. What is drawn still follows the steps."""
    save_every: int = 500
    """Steps between validations, after each of which the run is saved."""
    cells: int = 8192
    """Canvas cells per step; tasks per batch follow from it, so every step costs about the same."""
    most_tasks: int = 256
    """Tasks in a batch at most: drawing many small ones takes longer than training on them."""
    most_steps: int = 128
    """Single steps in a batch at most, for the same reason."""
    pairs: int = 4
    """Examples per task (m); each is left out once."""
    first_side: int = 6
    """Longest canvas side at the start."""
    last_side: int = 12
    """Longest canvas side from `growth` on."""
    growth: float = 0.6
    """Share of the plan over which the canvas grows."""
    depth_two: float = 0.35
    """Progress at which programs of two words join."""
    depth_three: float = 0.75
    """Progress at which programs of three words join."""
    depth_more: float = 0.9
    """Progress at which longer programs join, where `longest` allows them."""
    longest: int = 3
    """Words of the longest program of exact words."""
    midway: float = 0.0
    """Share of the programs that are shown from a true state on the way, as search meets them."""
    learning_rate: float = 2e-3
    """Peak learning rate (AdamW), after `warmup` steps, falling to a hundredth along a cosine."""
    warmup: int = 200
    """Steps of linear warm-up."""
    weight_decay: float = 0.01
    """Decoupled weight decay of matrices."""
    ema: float = 0.999
    """Decay of the weight average that is validated and shipped."""
    families: tuple[str, ...] = ()
    """Families of operations the tasks are drawn from; empty means all."""
    counted: bool = False
    """Whether words that puzzles were seen to need join the curriculum (`operations/counted.py`)."""
    free_families: tuple[str, ...] = ("keep", "roll")
    """Families whose words are never named to the model: it must find rows for them end to end."""
    bootstrap: bool = True
    """Whether the other words' identities and true intermediate grids are used (NPI traces)."""
    task_rows: bool = False
    """Whether every task of the data has a row of its own, a word that does all the task asks for."""
    inductor_alone: bool = False
    """Whether the executor stays as it is and only the naming of words is trained, on traced batches."""
    end_to_end: tuple[float, float] = (0.25, 0.5)
    """Share of batches trained end to end, first and last; without bootstrapping it is always 1."""
    code_temperature: tuple[float, float] = (1.5, 0.5)
    """First and last τ_e."""
    state_temperature: tuple[float, float] = (1.0, 0.5)
    """First and last τ_d."""
    noise_from: float = 0.5
    """Progress at which both Gumbel noises start to grow from 0 to 1."""
    reuse: float = 1e-3
    """Weight λ of the reuse penalty."""
    ponder: float = 0.0
    """Cost of every word that is not skip, in nats, end to end (Graves 2016, ponder cost)."""
    rich: float = 0.0
    """Share of synthetic inputs drawn as `solver/training/rich.py` does."""
    data: str = ""
    """File or folder of tasks (`training/corpus.py`); empty trains on synthetic tasks alone."""
    mix_curriculum: float = 0.45
    """Weight of batches of synthetic tasks; the weights count only where there is data."""
    mix_grids: float = 0.3
    """Weight of batches of exact programs on the data's own grids."""
    mix_tasks: float = 0.15
    """Weight of batches of the data's tasks, turned, recoloured, scaled and moved."""
    mix_composed: float = 0.1
    """Weight of batches of the data's tasks followed by an exact operation."""
    mix_steps: float = 0.0
    """Weight of batches that train the executor alone: one exact word on each of many real grids."""
    task_words: int = 2
    """Words a task of the data may use; one more where an operation follows it."""
    seed: int = 0
    """Seed of weights and data."""

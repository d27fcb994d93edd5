"""The Neural Language Interpreter in one sitting: block, inductor, executor, and both joined by a program.

After Macfarlane, Bonnet, van Hoof and Lelis, "Gradient-Based Program Synthesis with Neurally Interpreted
Languages" (arXiv 2604.18907), carried from sequences to grids by an eleventh value, "outside". The inductor
q_φ reads demonstrations into slot embeddings and these into words; the executor p_θ applies one word to a
state at a time, and every state is a distribution over grids that can be shown.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn import functional as F

from puzzles.grid import Grid, as_grid
from solver.nli.calibration import Calibration
from solver.nli.config import OUTSIDE, VALUES, ModelConfig
from solver.words.cancel import is_watched, look_up

SCORES_AT_ONCE = 2**20
"""Attention scores held at a time on a CPU where no gradient is wanted."""
_SLOWEST = 1.5
"""Rotary angles grow by 1 radian a cell down to 10 to the power of minus this."""

Rotation = tuple[Tensor, Tensor]
"""Cosines and sines (cells, half the width of a head) by which rotary positions turn queries and keys."""


def rotation(config: ModelConfig, canvas: tuple[int, int], device: torch.device) -> Rotation | None:
    """Two-dimensional rotary positions of a canvas (rows, columns); None where no head uses them.

    After Su et al., "RoFormer" (2021): one half of the angles grows with the row, the other with the column,
    so that a score depends on how far apart two cells lie, wherever they are. Distances to the edges are the
    matter of `Positions`.
    """
    if not config.rotary_heads:
        return None
    speeds = config.width // config.heads // 4
    per_cell = 10 ** (-_SLOWEST * torch.arange(speeds, device=device) / speeds)
    rows, columns = (torch.arange(side, device=device)[:, None] * per_cell for side in canvas)
    angles = torch.cat([rows.repeat_interleave(canvas[1], 0), columns.repeat(canvas[0], 1)], 1)
    return angles.cos(), angles.sin()


class Block(nn.Module):
    """Pre-norm attention and feed-forward over canvas cells; a code, where given, modulates both.

    Positions enter queries and keys only, so values carry what a cell is, not where it is. The code scales
    and shifts the normalised input of both halves and scales the query's position, which lets one word
    attend "to the cell as far from the right as I am from the left".
    """

    def __init__(self, config: ModelConfig, position_width: int, code_width: int = 0) -> None:
        super().__init__()
        width = config.width
        if config.rotary_heads and width // config.heads % 4:
            raise ValueError(f"heads are {width // config.heads} wide, expected a multiple of 4 to be rotary")
        self.heads, self.rotary_heads = config.heads, config.rotary_heads
        self.norm_attention = nn.LayerNorm(width, elementwise_affine=code_width == 0)
        self.norm_forward = nn.LayerNorm(width, elementwise_affine=code_width == 0)
        self.queries_keys_values = nn.Linear(width, 3 * width)
        self.position_query = nn.Linear(position_width, width, bias=False)
        self.position_key = nn.Linear(position_width, width, bias=False)
        self.mix = nn.Linear(width, width)
        self.expand = nn.Linear(width, config.expansion * width)
        self.contract = nn.Linear(config.expansion * width, width)
        self.modulate = nn.Linear(code_width, 5 * width) if code_width else None
        self.neighbours = Neighbours(config, code_width) if code_width and config.convolution else None
        nn.init.normal_(self.contract.weight, std=0.02)
        nn.init.normal_(self.mix.weight, std=0.02)

    def forward(
        self,
        x: Tensor,
        position: Tensor,
        code: Tensor | None = None,
        turn: Rotation | None = None,
        canvas: tuple[int, int] = (0, 0),
    ) -> Tensor:
        """Transform x (N, cells, d) given positions (N or 1, cells, p), code (N, c) and rotation or None.

        The canvas (rows, columns) matters only where there is a convolution.
        """
        if not torch.compiler.is_compiling():
            _look_up_at(x)
        n, cells, width = x.shape
        attended, forwarded = self.norm_attention(x), None
        query_position = self.position_query(position)
        if self.modulate is not None and code is not None:
            scale_a, shift_a, scale_p, scale_f, shift_f = self.modulate(code).unsqueeze(1).chunk(5, -1)
            attended = attended * (1 + scale_a) + shift_a
            query_position = query_position * (1 + scale_p)
            forwarded = (scale_f, shift_f)
        query, key, value = self.queries_keys_values(attended).chunk(3, -1)
        query, key = query + query_position, key + self.position_key(position)
        split = (n, cells, self.heads, width // self.heads)
        query, key, value = (part.reshape(split).transpose(1, 2) for part in (query, key, value))
        if turn is not None:
            query, key = (self._turned(part, turn) for part in (query, key))
        mixed = attend(query, key, value)
        x = x + self.mix(mixed.transpose(1, 2).reshape(n, cells, width))
        if not torch.compiler.is_compiling():
            _look_up_at(x)
        if self.neighbours is not None and code is not None:
            x = x + self.neighbours(attended, code, canvas)
        hidden = self.norm_forward(x)
        if forwarded is not None:
            hidden = hidden * (1 + forwarded[0]) + forwarded[1]
        return x + self.contract(F.gelu(self.expand(hidden)))

    def _turned(self, part: Tensor, turn: Rotation) -> Tensor:
        """Queries or keys (N, heads, cells, d) with the first heads turned."""
        cosine, sine = (angle.to(part.dtype) for angle in turn)
        a, b = part[:, : self.rotary_heads].chunk(2, -1)
        turned = torch.cat([a * cosine - b * sine, a * sine + b * cosine], -1)
        return torch.cat([turned, part[:, self.rotary_heads :]], 1)


def _look_up_at(x: Tensor) -> None:
    """Look up here, and again when the gradient comes by on its way back."""
    look_up()
    if x.requires_grad and is_watched():
        x.register_hook(lambda _: look_up())


class Neighbours(nn.Module):
    """What a cell takes from the cells around it: a depthwise convolution, scaled by the code, then mixed.

    Its output starts at zero, so that a network begins as it would without. Beyond the canvas lies 0.
    """

    def __init__(self, config: ModelConfig, code_width: int) -> None:
        super().__init__()
        width, side = config.width, config.convolution
        if side % 2 == 0:
            raise ValueError(f"the convolution is {side} cells wide, expected an odd number")
        self.around = nn.Conv2d(width, width, side, padding=side // 2, groups=width, bias=False)
        self.scale = nn.Linear(code_width, width)
        self.mix = nn.Linear(width, width)
        nn.init.zeros_(self.mix.weight)
        nn.init.zeros_(self.mix.bias)

    def forward(self, x: Tensor, code: Tensor, canvas: tuple[int, int]) -> Tensor:
        """What is added to the cells (N, cells, d) of a canvas (rows, columns) under codes (N, c)."""
        around = self.around(x.transpose(1, 2).unflatten(2, canvas)).flatten(2).transpose(1, 2)
        mixed: Tensor = self.mix(around * (1 + self.scale(code).unsqueeze(1)))
        return mixed


def attend(query: Tensor, key: Tensor, value: Tensor) -> Tensor:
    """Scaled dot-product attention over (N, heads, cells, d); fused on a GPU, and on a CPU in float32.

    In float32 the fused kernel takes as long as two batched matrix products on 10×10 and half as long on
    30×30, with gradients. In bfloat16 its backward pass is the slower one, up to 1.7 times on 10×10, so
    where the processor multiplies that natively the products are written out. Without gradients then a few
    of the N at a time: scores that fit the cache save up to a third of a step on 20×20.
    """
    if query.is_cuda or (query.device.type == "cpu" and query.dtype == torch.float32):
        return F.scaled_dot_product_attention(query, key, value)
    scores = query.shape[1] * query.shape[2] * key.shape[2]
    share = max(1, SCORES_AT_ONCE // scores)
    if torch.is_grad_enabled() or torch.compiler.is_compiling() or len(query) <= share:
        return _attend_all(query, key, value)
    parts = zip(query.split(share), key.split(share), value.split(share), strict=True)
    return torch.cat([_attend_all(*part) for part in parts])


def _attend_all(query: Tensor, key: Tensor, value: Tensor) -> Tensor:
    scores = (query * query.shape[-1] ** -0.5) @ key.transpose(-2, -1)
    return scores.softmax(-1) @ value


class Positions(nn.Module):
    """Where a cell is, counted from all four edges of the grid, as Fourier features.

    Edges are those of the grid inside the canvas, read off the state, so that "the last column" means the
    same in every size of grid and canvas. Works on soft states: the extent is then a real number.
    """

    frequencies: Tensor

    def __init__(self, config: ModelConfig) -> None:
        super().__init__()
        # Periods from 2 cells (parity) to 64 (monotone over the largest grid), in geometric steps.
        periods = torch.logspace(math.log10(2), math.log10(64), config.frequencies)
        self.register_buffer("frequencies", 2 * math.pi / periods, persistent=False)

    @staticmethod
    def width(config: ModelConfig) -> int:
        """Features per cell: cosine and sine for four distances and two extents."""
        return 12 * config.frequencies

    def forward(self, state: Tensor, canvas: tuple[int, int]) -> Tensor:
        """Features (N, cells, p) for a state (N, cells, VALUES) on a canvas (rows, columns)."""
        rows, columns = canvas
        inside = (1 - state[..., OUTSIDE].detach()).view(-1, rows, columns)
        height = inside.amax(2).sum(1)[:, None, None]
        width = inside.amax(1).sum(1)[:, None, None]
        down = torch.arange(rows, device=state.device, dtype=state.dtype).view(1, rows, 1)
        right = torch.arange(columns, device=state.device, dtype=state.dtype).view(1, 1, columns)
        coordinates = torch.stack(
            [
                part.expand(len(state), rows, columns)
                for part in (down, height - 1 - down, right, width - 1 - right, height, width)
            ],
            -1,
        )
        phase = coordinates.reshape(len(state), rows * columns, 6, 1) * self.frequencies
        return torch.cat([phase.cos(), phase.sin()], -1).flatten(2)


class Inductor(nn.Module):
    """Reads each pair on its own into slot embeddings; their mean over pairs becomes word logits."""

    def __init__(self, config: ModelConfig) -> None:
        super().__init__()
        features = 2 * Positions.width(config)
        width = config.width
        self.config = config
        self.input_values = nn.Parameter(torch.randn(VALUES, width))
        self.output_values = nn.Parameter(torch.randn(VALUES, width))
        self.positions = Positions(config)
        self.place = nn.Linear(features, width)
        self.blocks = nn.ModuleList(Block(config, features) for _ in range(config.inductor_layers))
        self.norm = nn.LayerNorm(width)
        self.slots = nn.Parameter(torch.randn(config.slots, width))
        self.key_value = nn.Linear(width, 2 * width)
        self.refine = nn.Sequential(nn.Linear(width, 2 * width), nn.GELU(), nn.Linear(2 * width, width))
        self.norm_slots = nn.LayerNorm(width)
        last = nn.Linear(2 * width, config.codebook)
        self.to_words = nn.Sequential(nn.Linear(width, 2 * width), nn.GELU(), last)
        with torch.no_grad():
            last.bias[config.skip] = config.skip_bias

    def forward(self, inputs: Tensor, outputs: Tensor, canvas: tuple[int, int]) -> Tensor:
        """Slot embeddings e (N, T, d) of N pairs; states are (N, cells, VALUES) on one canvas.

        Input and output share a token per canvas cell, which halves the tokens of reading them in a row.
        """
        position = torch.cat([self.positions(inputs, canvas), self.positions(outputs, canvas)], -1)
        x = inputs @ self.input_values + outputs @ self.output_values + self.place(position)
        turn = rotation(self.config, canvas, x.device)
        for block in self.blocks:
            x = block(x, position, turn=turn)
        n, heads = len(x), self.config.heads
        key, value = self.key_value(self.norm(x)).chunk(2, -1)
        query = self.slots.expand(n, -1, -1)
        split = [part.unflatten(-1, (heads, -1)).transpose(1, 2) for part in (query, key, value)]
        slots = attend(*split).transpose(1, 2).flatten(2)
        slots = slots + self.slots
        embedding: Tensor = self.norm_slots(slots + self.refine(slots))
        return embedding

    def logits(self, embedding: Tensor) -> Tensor:
        """Word logits (…, T, K) of pooled slot embeddings (…, T, d)."""
        logits: Tensor = self.to_words(embedding)
        return logits


class Executor(nn.Module):
    """Applies one word to a state on the canvas; the same network serves every step and every word."""

    def __init__(self, config: ModelConfig) -> None:
        super().__init__()
        features = Positions.width(config)
        self.config = config
        self.codes = nn.Parameter(torch.randn(config.codebook, config.code_width))
        self.values = nn.Parameter(torch.randn(VALUES, config.width))
        self.positions = Positions(config)
        self.place = nn.Linear(features, config.width)
        self.blocks = nn.ModuleList(
            Block(config, features, config.code_width) for _ in range(config.executor_layers)
        )
        self.norm = nn.LayerNorm(config.width)
        self.read = nn.Linear(config.width, VALUES)

    def forward(self, state: Tensor, word: Tensor, canvas: tuple[int, int]) -> Tensor:
        """Logits n_t (N, cells, VALUES) of the next state.

        state: (N, cells, VALUES), a distribution per cell. word: (N, K), a distribution over words.
        """
        return self.follow(state, word @ self.codes, canvas)

    def follow(self, state: Tensor, code: Tensor, canvas: tuple[int, int]) -> Tensor:
        """The same for codes (N, code_width) that need not be rows of the codebook."""
        position = self.positions(state, canvas)
        x = state @ self.values + self.place(position)
        turn = rotation(self.config, canvas, x.device)
        for block in self.blocks:
            x = block(x, position, code, turn, canvas)
        logits: Tensor = self.read(self.norm(x))
        return logits

    def step(
        self,
        state: Tensor,
        word: Tensor,
        canvas: tuple[int, int],
        temperature: float = 1.0,
        noise: float = 0.0,
    ) -> Tensor:
        """Next state π_t (N, cells, VALUES): skip copies, everything else is re-discretised softly."""
        logits = self(state, word, canvas)
        if noise:
            logits = logits + noise * gumbel(logits)
        written = F.softmax(logits / temperature, -1)
        skip = word[:, self.config.skip, None, None]
        return skip * state + (1 - skip) * written


def gumbel(like: Tensor) -> Tensor:
    """Standard Gumbel noise in the shape of `like`."""
    return -torch.empty_like(like).exponential_().log()


class NLI(nn.Module):
    """Inductor, executor and the way a program runs through them."""

    def __init__(self, config: ModelConfig) -> None:
        super().__init__()
        self.config = config
        self.inductor = Inductor(config)
        self.executor = Executor(config)
        self.calibration: Calibration = ()
        """Temperatures under which the executor is right as often as it says."""

    def program(self, embedding: Tensor, temperature: float = 1.0, noise: float = 0.0) -> Tensor:
        """Soft program z (…, T, K) from pooled slot embeddings (…, T, d)."""
        logits = self.inductor.logits(embedding)
        if noise:
            logits = logits + noise * gumbel(logits)
        return F.softmax(logits / temperature, -1)

    def run(
        self,
        state: Tensor,
        program: Tensor,
        canvas: tuple[int, int],
        temperature: float = 1.0,
        noise: float = 0.0,
    ) -> list[Tensor]:
        """States after each word: state (N, cells, VALUES) through a program (N, T, K)."""
        states = []
        for slot in range(program.shape[1]):
            state = self.executor.step(state, program[:, slot], canvas, temperature, noise)
            states.append(state)
        return states

    def log_likelihood(self, state: Tensor, target: Tensor) -> Tensor:
        """Log-probability per cell (N, cells) of target values under a state, with the uniform mixed in."""
        mix = self.config.uniform_mix
        probability = state.gather(-1, target.unsqueeze(-1)).squeeze(-1)
        return ((1 - mix) * probability + mix / VALUES).log()


def to_canvas(grids: Sequence[Grid], canvas: tuple[int, int], device: torch.device | str = "cpu") -> Tensor:
    """Lay grids into the top-left corner of a canvas: cell values (N, cells), int64, outside elsewhere."""
    cells = np.full((len(grids), *canvas), OUTSIDE, np.int64)
    for i, grid in enumerate(grids):
        cells[i, : grid.shape[0], : grid.shape[1]] = grid
    return torch.from_numpy(cells).flatten(1).to(device)


def one_hot(cells: Tensor) -> Tensor:
    """Cell values (N, cells) as a hard state (N, cells, VALUES)."""
    return F.one_hot(cells, VALUES).float()


def harden(state: Tensor, canvas: tuple[int, int]) -> Tensor:
    """The most likely grid of each state (N, cells, VALUES), as cell values (N, cells).

    A grid is a rectangle in the canvas's top-left corner. Its extent is the one under which the state's
    inside and outside probabilities are jointly most likely; its cells are the most likely colours.
    """
    outside = state[..., OUTSIDE].float().clamp(1e-6, 1 - 1e-6)
    gain = ((1 - outside) / outside).log().view(-1, *canvas)
    corner = gain.cumsum(1).cumsum(2).flatten(1).argmax(1, keepdim=True)
    index = torch.arange(outside.shape[1], device=state.device)
    within = (index // canvas[1] <= corner // canvas[1]) & (index % canvas[1] <= corner % canvas[1])
    return torch.where(within, state[..., :OUTSIDE].argmax(-1), OUTSIDE)


def to_grids(cells: Tensor, canvas: tuple[int, int]) -> list[Grid]:
    """Grids of hardened cell values (N, cells); the inverse of `to_canvas`."""
    grids = []
    for values in cells.view(-1, *canvas).cpu().numpy():
        height, width = int((values[:, 0] != OUTSIDE).sum()), int((values[0] != OUTSIDE).sum())
        grids.append(as_grid(values[:height, :width].astype(np.uint8)))
    return grids

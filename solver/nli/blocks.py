"""The one Transformer block that inductor, executor and baselines are built from, and its positions."""

from __future__ import annotations

import math

import torch
from torch import Tensor, nn
from torch.nn import functional as F

from solver.nli.config import OUTSIDE, ModelConfig
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

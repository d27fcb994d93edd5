"""Geometry: the symmetries of the square, shifts, and operations that enlarge by copies."""

from __future__ import annotations

import numpy as np

from solver.words.operations.registry import Cells, NotApplicable, Operation, table


def rotate_clockwise(grid: Cells) -> Cells:
    """Turn by a quarter, the top row becoming the right column."""
    return np.rot90(grid, -1)


def rotate_anticlockwise(grid: Cells) -> Cells:
    """Turn by a quarter, the top row becoming the left column."""
    return np.rot90(grid, 1)


def transpose(grid: Cells) -> Cells:
    """Mirror in the main diagonal."""
    return grid.T


def anti_transpose(grid: Cells) -> Cells:
    """Mirror in the other diagonal."""
    return grid[::-1, ::-1].T


def shift(grid: Cells, rows: int, columns: int) -> Cells:
    """Move every cell, filling with 0 what is left behind; cells that leave the grid are lost."""
    moved = np.zeros_like(grid)
    height, width = grid.shape
    if abs(rows) < height and abs(columns) < width:
        moved[max(rows, 0) : height + min(rows, 0), max(columns, 0) : width + min(columns, 0)] = grid[
            max(-rows, 0) : height - max(rows, 0), max(-columns, 0) : width - max(columns, 0)
        ]
    return moved


def mirror_four_ways(grid: Cells) -> Cells:
    """Unfold to the right, then downwards."""
    top = np.hstack([grid, grid[:, ::-1]])
    return np.vstack([top, top[::-1]])


def unfold_rotations(grid: Cells) -> Cells:
    """Put a square grid and its turns around a centre: itself, clockwise; anticlockwise, half-turn."""
    if grid.shape[0] != grid.shape[1]:
        raise NotApplicable("only a square grid can be turned in place")
    top = np.hstack([grid, np.rot90(grid, -1)])
    return np.vstack([top, np.hstack([np.rot90(grid, 1), np.rot90(grid, 2)])])


SYMMETRIES: list[Operation] = table(
    "symmetry",
    [
        ("flip left-right", lambda g: g[:, ::-1]),
        ("flip up-down", lambda g: g[::-1]),
        ("rotate clockwise", rotate_clockwise),
        ("rotate half-turn", lambda g: g[::-1, ::-1]),
        ("rotate anticlockwise", rotate_anticlockwise),
        ("transpose", transpose),
        ("anti-transpose", anti_transpose),
    ],
)

SHIFTS: list[Operation] = table(
    "shift",
    [
        ("shift up", lambda g: shift(g, -1, 0)),
        ("shift down", lambda g: shift(g, 1, 0)),
        ("shift left", lambda g: shift(g, 0, -1)),
        ("shift right", lambda g: shift(g, 0, 1)),
    ],
)

ROLLS: list[Operation] = table(
    "roll",
    [
        ("roll up", lambda g: np.roll(g, -1, 0)),
        ("roll down", lambda g: np.roll(g, 1, 0)),
        ("roll left", lambda g: np.roll(g, -1, 1)),
        ("roll right", lambda g: np.roll(g, 1, 1)),
    ],
)

ENLARGEMENTS: list[Operation] = table(
    "enlarge",
    [
        ("unfold right", lambda g: np.hstack([g, g[:, ::-1]])),
        ("unfold left", lambda g: np.hstack([g[:, ::-1], g])),
        ("unfold down", lambda g: np.vstack([g, g[::-1]])),
        ("unfold up", lambda g: np.vstack([g[::-1], g])),
        ("unfold four ways", mirror_four_ways),
        ("unfold rotations", unfold_rotations),
        ("repeat right", lambda g: np.hstack([g, g])),
        ("repeat down", lambda g: np.vstack([g, g])),
        ("tile 2 by 2", lambda g: np.tile(g, (2, 2))),
        ("tile 3 by 3", lambda g: np.tile(g, (3, 3))),
        ("scale up 2", lambda g: g.repeat(2, 0).repeat(2, 1)),
        ("scale up 3", lambda g: g.repeat(3, 0).repeat(3, 1)),
        ("stretch 2 wide", lambda g: g.repeat(2, 1)),
        ("stretch 2 tall", lambda g: g.repeat(2, 0)),
    ],
)

"""Rays: cells that draw lines through the empty cells (0) around them, and lines that join cells."""

from __future__ import annotations

import numpy as np

from solver.words.operations.registry import Cells, Operation, table


def ray_right(grid: Cells) -> Cells:
    """Let every cell colour the empty cells to its right, up to the next cell."""
    columns = np.arange(grid.shape[1])
    last = np.maximum.accumulate(np.where(grid != 0, columns, 0), axis=1)
    return np.take_along_axis(grid, last, axis=1)


def rows_and_columns(grid: Cells) -> Cells:
    """Draw the row and the column of every cell; where a row and a column cross, the row is on top."""
    return np.where(grid != 0, grid, np.where(rows(grid) != 0, rows(grid), rows(grid.T).T))


def rows(grid: Cells) -> Cells:
    """Draw the row of every cell: empty cells take the nearest colour to the left, else to the right."""
    right = ray_right(grid)
    return np.where(right != 0, right, ray_right(grid[:, ::-1])[:, ::-1])


def diagonals(grid: Cells) -> Cells:
    """Draw both diagonals through every cell; colours that come later in reading order are on top."""
    drawn = grid.copy()
    height, width = grid.shape
    down, right = np.mgrid[:height, :width]
    for row, column in np.argwhere(grid != 0):
        drawn[np.abs(down - row) == np.abs(right - column)] = grid[row, column]
    return np.where(grid != 0, grid, drawn)


def connect_rows(grid: Cells) -> Cells:
    """Fill the empty cells between two cells of one colour that follow each other in a row."""
    left, right = ray_right(grid), ray_right(grid[:, ::-1])[:, ::-1]
    return np.where((grid == 0) & (left == right), left, grid)


def connect_both(grid: Cells) -> Cells:
    """Connect within rows and within columns; where both would fill a cell, the row wins."""
    across, down = connect_rows(grid), connect_rows(grid.T).T
    return np.where(across != 0, across, down)


def overlay(grid: Cells, other: Cells) -> Cells:
    """Fill the empty cells of the grid with what the other grid has there."""
    return np.where(grid != 0, grid, other)


def overlay_transpose(grid: Cells) -> Cells:
    """Complete the symmetry about the main diagonal."""
    side = min(grid.shape)
    completed = grid.copy()
    completed[:side, :side] = overlay(grid[:side, :side], grid[:side, :side].T)
    return completed


def overlay_four_ways(grid: Cells) -> Cells:
    """Complete the symmetry about both middle lines."""
    across = overlay(grid, grid[:, ::-1])
    return overlay(across, across[::-1])


RAYS: list[Operation] = table(
    "ray",
    [
        ("ray right", ray_right),
        ("ray left", lambda g: ray_right(g[:, ::-1])[:, ::-1]),
        ("ray down", lambda g: ray_right(g.T).T),
        ("ray up", lambda g: ray_right(g[::-1].T).T[::-1]),
        ("draw rows", rows),
        ("draw columns", lambda g: rows(g.T).T),
        ("draw rows and columns", rows_and_columns),
        ("draw diagonals", diagonals),
        ("connect in rows", connect_rows),
        ("connect in columns", lambda g: connect_rows(g.T).T),
        ("connect both ways", connect_both),
    ],
    needs="sparse",
)

COMPLETIONS: list[Operation] = table(
    "complete",
    [
        ("complete left-right", lambda g: overlay(g, g[:, ::-1])),
        ("complete up-down", lambda g: overlay(g, g[::-1])),
        ("complete four ways", overlay_four_ways),
        ("complete diagonal", overlay_transpose),
    ],
)

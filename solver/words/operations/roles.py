"""Roles: colours found in each grid by what they are there (most common, rarest …), not by number."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import numpy as np

from puzzles.grid import Cells
from solver.words.operations.pieces import background, components, counts
from solver.words.operations.registry import NotApplicable, Operation, table


def ranked(grid: Cells) -> list[int]:
    """The colours that are not background, most common first; raises `NotApplicable` for none."""
    number = counts(grid)
    back = background(grid)
    found = [c for c in np.argsort(-number, kind="stable").tolist() if number[c] and c != back]
    if not found:
        raise NotApplicable("the grid has no content")
    return found


def most_common(grid: Cells) -> int:
    """The most common colour that is not background."""
    return ranked(grid)[0]


def rarest(grid: Cells) -> int:
    """The least common colour, where there are two or more."""
    found = ranked(grid)
    if len(found) < 2:
        raise NotApplicable("only one colour")
    return found[-1]


def most_parts(grid: Cells) -> int:
    """The colour with the most connected parts."""
    found = ranked(grid)
    if len(found) < 2:
        raise NotApplicable("only one colour")
    labels = components(grid, True, False, background(grid))
    parts = [np.unique(labels[grid == colour]).size for colour in found]
    if sorted(parts)[-1] == sorted(parts)[-2]:
        raise NotApplicable("two colours have as many parts")
    return found[int(np.argmax(parts))]


ROLES: dict[str, Callable[[Cells], int]] = {
    "the most common colour": most_common,
    "the rarest colour": rarest,
    "the colour in most parts": most_parts,
}


def keep_role(grid: Cells, role: Callable[[Cells], int]) -> Cells:
    """Turn everything but one colour into background."""
    return np.where(grid == role(grid), grid, np.uint8(background(grid)))


def remove_role(grid: Cells, role: Callable[[Cells], int]) -> Cells:
    """Turn one colour into background."""
    return np.where(grid == role(grid), np.uint8(background(grid)), grid)


def paint_role(grid: Cells, role: Callable[[Cells], int]) -> Cells:
    """Turn all content into one colour."""
    back = background(grid)
    return np.where(grid == back, grid, np.uint8(role(grid)))


def fill_role(grid: Cells, role: Callable[[Cells], int]) -> Cells:
    """A grid of this size in one colour."""
    return np.full_like(grid, role(grid))


SWAP_TWO = "swap the two colours"


def swap_two(grid: Cells) -> Cells:
    """Exchange the two colours of a grid that has exactly two, or the two beside the background."""
    found = np.unique(grid).tolist()
    if len(found) == 3:
        found.remove(background(grid))
    if len(found) != 2:
        raise NotApplicable("not two colours")
    first, second = found
    return np.where(grid == first, np.uint8(second), np.where(grid == second, np.uint8(first), grid))


def background_to_zero(grid: Cells) -> Cells:
    """Exchange the background's colour with 0."""
    back = background(grid)
    if back == 0:
        raise NotApplicable("the background is 0 already")
    return np.where(grid == back, np.uint8(0), np.where(grid == 0, np.uint8(back), grid))


def by_rank(grid: Cells) -> Cells:
    """Number the colours by how common they are: 1 for the most common one, 0 for the background."""
    mapping = np.zeros(10, np.uint8)
    for rank, colour in enumerate(ranked(grid), 1):
        mapping[colour] = rank
    return mapping[grid]


ROLE_OPERATIONS: list[Operation] = [
    *(
        Operation(f"{verb} {name}", "role", partial(change, role=role), cost=1.1)
        for name, role in ROLES.items()
        for verb, change in (("keep", keep_role), ("remove", remove_role), ("paint all in", paint_role))
    ),
    *(
        Operation(f"fill with {name}", "role", partial(fill_role, role=role), cost=1.1)
        for name, role in {**ROLES, "the background": background}.items()
    ),
    *table(
        "role",
        [
            (SWAP_TWO, swap_two),
            ("background to 0", background_to_zero),
            ("number the colours by frequency", by_rank),
        ],
    ),
]

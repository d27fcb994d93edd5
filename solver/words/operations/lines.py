"""Lines and areas: connect, extend, fill holes, outline, and objects that fall as a whole."""

from __future__ import annotations

from functools import partial

import numpy as np

from puzzles.grid import Cells
from solver.words.operations.pieces import Piece, background, boxes, components, holes, place
from solver.words.operations.registry import NotApplicable, Operation

DIRECTIONS: dict[str, tuple[int, int]] = {
    "up": (-1, 0), "down": (1, 0), "left": (0, -1), "right": (0, 1),
    "up-left": (-1, -1), "up-right": (-1, 1), "down-left": (1, -1), "down-right": (1, 1),
}  # fmt: skip


def moved(grid: Cells, down: int, right: int, fill: int) -> Cells:
    """The grid moved by (down, right), `fill` where nothing comes in."""
    height, width = grid.shape
    result = np.full_like(grid, fill)
    if abs(down) < height and abs(right) < width:
        result[max(down, 0) : height + min(down, 0), max(right, 0) : width + min(right, 0)] = grid[
            max(-down, 0) : height - max(down, 0), max(-right, 0) : width - max(right, 0)
        ]
    return result


def extend(grid: Cells, directions: tuple[tuple[int, int], ...]) -> Cells:
    """Let every content cell shoot a ray of its colour over the background until it meets content."""
    back = background(grid)
    result = grid
    for down, right in directions:
        ray = grid
        for _ in range(max(grid.shape)):
            ahead = moved(ray, down, right, back)
            following = np.where((ray == back) & (grid == back), ahead, ray)
            if np.array_equal(following, ray):
                break
            ray = following
        result = np.where(result == back, ray, result)
    return result


def connect(grid: Cells, diagonal: bool, upright: bool, level: bool) -> Cells:
    """Draw a line between cells of one colour that see each other over background."""
    back = background(grid)
    result = grid
    axes = [((0, -1), (0, 1))] * level + [((-1, 0), (1, 0))] * upright
    axes += [((-1, -1), (1, 1)), ((-1, 1), (1, -1))] * diagonal
    for ahead, behind in axes:
        one, other = _seen(grid, back, ahead), _seen(grid, back, behind)
        between = (grid == back) & (one == other) & (one != back)
        result = np.where(between & (result == back), one, result)
    return result


def _seen(grid: Cells, back: int, direction: tuple[int, int]) -> Cells:
    """The first colour that is not background seen from every cell; the background where there is none."""
    seen = moved(grid, -direction[0], -direction[1], back)
    for _ in range(max(grid.shape)):
        following = np.where(seen == back, moved(seen, -direction[0], -direction[1], back), seen)
        if np.array_equal(following, seen):
            break
        seen = following
    return seen


def fill_holes(grid: Cells, colour: int | None) -> Cells:
    """Fill the background enclosed by each object, in `colour` or in the object's own."""
    back = background(grid)
    labels = components(grid, True, False, back)
    result = grid.copy()
    for label, (top, bottom, left, right) in enumerate(boxes(labels), 1):
        mask = labels[top:bottom, left:right] == label
        if mask.all():
            continue
        inside = (holes(mask) > 0) & (grid[top:bottom, left:right] == back)
        own = int(grid[top:bottom, left:right][mask][0])
        result[top:bottom, left:right][inside] = own if colour is None else colour
    return result


def fill_boxes(grid: Cells) -> Cells:
    """Fill the bounding box of each object with its colour, over background."""
    back = background(grid)
    result = grid.copy()
    labels = components(grid, True, False, back)
    for label, (top, bottom, left, right) in enumerate(boxes(labels), 1):
        window = result[top:bottom, left:right]
        colour = grid[labels == label][0]
        window[window == back] = colour
    return result


def outline(grid: Cells, colour: int) -> Cells:
    """Paint background that touches content, corners included."""
    back = background(grid)
    content = grid != back
    near = np.zeros_like(content)
    for down, right in DIRECTIONS.values():
        near |= moved(content.astype(np.uint8), down, right, 0) > 0
    return np.where(near & ~content, np.uint8(colour), grid)


def hollow(grid: Cells) -> Cells:
    """Turn cells whose eight neighbours all have their own colour into background."""
    back = background(grid)
    inner = grid != back
    for down, right in DIRECTIONS.values():
        inner &= moved(grid, down, right, 10) == grid
    return np.where(inner, np.uint8(back), grid)


def drop_objects(grid: Cells, direction: tuple[int, int], mixed: bool) -> Cells:
    """Let objects move as a whole in one direction until something, or the edge, stops them."""
    back = background(grid)
    labels = components(grid, True, mixed, back)
    found = list(enumerate(boxes(labels), 1))
    if not 0 < len(found) <= 30:
        raise NotApplicable("no objects, or too many")
    down, right = direction
    # Those in front move first, so that the ones behind find them at rest.
    found.sort(
        key=lambda item: (
            -(item[1][1] * max(down, 0) + item[1][3] * max(right, 0))
            + item[1][0] * max(-down, 0)
            + item[1][2] * max(-right, 0)
        )
    )
    canvas = np.full_like(grid, back)
    for label, (top, bottom, left, right_edge) in found:
        mask = labels[top:bottom, left:right_edge] == label
        piece = Piece(np.where(mask, grid[top:bottom, left:right_edge], np.uint8(back)), top, left)
        place(canvas, _at_rest(canvas, piece, direction, back), back)
    return canvas


def _at_rest(canvas: Cells, piece: Piece, direction: tuple[int, int], back: int) -> Piece:
    height, width = piece.cells.shape
    top, left = piece.top, piece.left
    while True:
        below, beside = top + direction[0], left + direction[1]
        inside = 0 <= below <= canvas.shape[0] - height and 0 <= beside <= canvas.shape[1] - width
        if not inside:
            break
        window = canvas[below : below + height, beside : beside + width]
        if ((window != back) & (piece.cells != back)).any():
            break
        top, left = below, beside
    return Piece(piece.cells, top, left)


_SIDES = ("up", "down", "left", "right")
_RAYS: dict[str, tuple[str, ...]] = {
    **{name: (name,) for name in DIRECTIONS},
    "left and right": ("left", "right"),
    "up and down": ("up", "down"),
    "to all four sides": _SIDES,
    "along both diagonals": ("up-left", "up-right", "down-left", "down-right"),
}

LINES: list[Operation] = [
    *(
        Operation(f"extend {name}", "line", partial(extend, directions=tuple(DIRECTIONS[d] for d in ways)))
        for name, ways in _RAYS.items()
    ),
    Operation("join in rows", "line", partial(connect, diagonal=False, upright=False, level=True)),
    Operation("join in columns", "line", partial(connect, diagonal=False, upright=True, level=False)),
    Operation("join straight", "line", partial(connect, diagonal=False, upright=True, level=True)),
    Operation("join diagonally", "line", partial(connect, diagonal=True, upright=False, level=False)),
    Operation("join all ways", "line", partial(connect, diagonal=True, upright=True, level=True)),
]

AREAS: list[Operation] = [
    Operation("fill holes", "area", partial(fill_holes, colour=None)),
    *(
        Operation(f"fill holes with {c}", "area", partial(fill_holes, colour=c), palette=(c,))
        for c in range(1, 10)
    ),
    Operation("fill boxes", "area", fill_boxes),
    *(Operation(f"outline in {c}", "area", partial(outline, colour=c), palette=(c,)) for c in range(1, 10)),
    Operation("hollow out", "area", hollow),
]

DROPS: list[Operation] = [
    Operation(
        f"drop {what} {name}",
        "gravity",
        partial(drop_objects, direction=DIRECTIONS[name], mixed=mixed),
        cost=1.2,
    )
    for what, mixed in (("objects", False), ("shapes", True))
    for name in _SIDES
]

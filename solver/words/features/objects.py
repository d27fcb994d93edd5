"""Features of the object a cell belongs to, of the box it lies in and of the region around it."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from solver.words.features.view import NONE, Features, Numbers, View
from solver.words.operations.pieces import Labels, boxes, components, holes

_MOST = 150
"""With more objects than this, objects say nothing."""

Table = dict[str, NDArray[np.int64]]
"""Per measure one value per label, index 0 for cells without an object."""


def objects(view: View, features: Features) -> None:
    """All object features, for each way of telling objects apart."""
    back = view.background
    same = components(view.grid, True, False, back)
    _segment(view, features, "object", same, 0.0)
    _segment(view, features, "side-joined object", components(view.grid, False, False, back), 0.2)
    _segment(view, features, "shape", components(view.grid, True, True, back), 0.1)
    empty = np.where(view.content, np.uint8(10), np.uint8(0))
    region = components(empty, False, False, 10)
    _segment(view, features, "region", region, 0.1)
    _around(view, features, region)
    _box(view, features, "object", same)
    _box(view, features, "shape", components(view.grid, True, True, back))
    _hollow(view, features, same)


def _segment(view: View, features: Features, name: str, labels: Labels, extra: float) -> None:
    found = boxes(labels)
    if len(found) > _MOST:
        found = []
        labels = np.zeros_like(labels)
    table = _measures(view, labels, found)
    for measure, (values, cost) in table.items():
        features.add(f"{measure} of its {name}", values[labels], cost + extra)
    features.add(f"number of {name}s", len(found), 1.3 + extra)
    _offsets(features, f"its {name}", labels, found, 1.3 + extra)
    if name == "shape":
        _colours_of(view, features, labels, found)


def _measures(
    view: View, labels: Labels, found: list[tuple[int, int, int, int]]
) -> dict[str, tuple[NDArray[np.int64], float]]:
    size = np.bincount(labels.ravel(), minlength=len(found) + 1)
    size[0] = 0
    box = np.array([(0, 0, 0, 0), *found])
    height, width = box[:, 1] - box[:, 0], box[:, 3] - box[:, 2]
    edge = (box[:, 0] == 0) | (box[:, 1] == view.shape[0]) | (box[:, 2] == 0) | (box[:, 3] == view.shape[1])
    shapes, number_of_holes, mirror = [b""], [0], [0]
    for label, (top, bottom, left, right) in enumerate(found, 1):
        mask = labels[top:bottom, left:right] == label
        shapes.append(bytes((bottom - top, right - left)) + mask.tobytes())
        full = bool(mask.all())
        number_of_holes.append(0 if full or min(mask.shape) < 3 else int(holes(mask).max()))
        mirror.append(int(full or np.array_equal(mask, mask[:, ::-1])))
    colour = np.full(len(found) + 1, NONE)
    colour[labels.ravel()] = view.grid.ravel()
    here = np.arange(len(found) + 1) > 0
    return {
        "size": (size, 0.9),
        "height": (height, 1.2),
        "width": (width, 1.2),
        "size rank": (_rank(size), 0.9),
        "size rank from the smallest": (_rank(-size), 0.9),
        "holes": (np.array(number_of_holes), 0.9),
        "fullness": ((size == height * width) & here, 1.0),
        "squareness": ((height == width) & here, 1.1),
        "edge contact": (edge & here, 0.8),
        "shape count": (_company(shapes), 1.1),
        "size count": (_company(size.tolist()), 1.2),
        "colour count": (_company(colour.tolist()), 1.2),
        "mirror symmetry": (np.array(mirror), 1.1),
        "size parity": (size % 2 + here, 1.3),
        "being the topmost": (here & (box[:, 0] == _least(box[1:, 0])), 1.2),
        "being the lowest": (here & (box[:, 1] == _most(box[1:, 1])), 1.2),
        "being the leftmost": (here & (box[:, 2] == _least(box[1:, 2])), 1.2),
        "being the rightmost": (here & (box[:, 3] == _most(box[1:, 3])), 1.2),
        "height against width": (np.sign(height - width) * here, 1.2),
    }


def _least(values: NDArray[np.int64]) -> int:
    return int(values.min(initial=99))


def _most(values: NDArray[np.int64]) -> int:
    return int(values.max(initial=-99))


def _rank(values: NDArray[np.int64]) -> NDArray[np.int64]:
    """Dense rank from 1 for the greatest among the objects; 0 for no object."""
    rank = np.zeros(len(values), np.int64)
    if len(values) > 1:
        rank[1:] = 1 + np.unique(-values[1:], return_inverse=True)[1]
    return rank


def _company(keys: Sequence[object]) -> NDArray[np.int64]:
    """How many objects share each object's key; 0 for no object."""
    number: dict[object, int] = {}
    for key in keys[1:]:
        number[key] = number.get(key, 0) + 1
    return np.array([0, *(number[key] for key in keys[1:])])


def _offsets(
    features: Features, name: str, labels: Labels, found: list[tuple[int, int, int, int]], cost: float
) -> None:
    """Where in the bounding box of its object a cell is; NONE for no object."""
    rows, columns = np.indices(labels.shape)
    box = np.array([(0, 0, 0, 0), *found])[labels]  # (h, w, 4)
    outside = labels == 0
    down, up = rows - box[..., 0], box[..., 1] - 1 - rows
    right, left = columns - box[..., 2], box[..., 3] - 1 - columns
    depth = np.minimum(np.minimum(down, up), np.minimum(right, left))
    central = (down == up).astype(np.int16) + 2 * (right == left)
    corner = (np.minimum(down, up) == 0) & (np.minimum(right, left) == 0)
    for what, values, more in (
        ("row in", down, 0.1),
        ("column in", right, 0.1),
        ("row from below in", up, 0.2),
        ("column from the right in", left, 0.2),
        ("depth in", depth, 0.0),
        ("parity of row in", down % 2, 0.2),
        ("parity of column in", right % 2, 0.2),
        ("parity of row plus column in", (down + right) % 2, 0.3),
        ("parity of depth in", depth % 2, 0.2),
        ("middle of", central, 0.2),
        ("half from above of", 1 + np.sign(down - up), 0.0),
        ("half from the left of", 1 + np.sign(right - left), 0.0),
        ("diagonal in", np.clip(right - down, -99, 99), 0.4),
        ("corner of", corner, 0.1),
    ):
        features.add(f"{what} {name}", np.where(outside, NONE, values), cost + more)


def _colours_of(
    view: View, features: Features, labels: Labels, found: list[tuple[int, int, int, int]]
) -> None:
    """Main and rarest colour of a shape of several colours, and how many there are."""
    number = np.zeros((len(found) + 1, 10), np.int64)
    np.add.at(number, (labels.ravel(), view.grid.ravel()), 1)
    number[0] = 0
    kinds = (number > 0).sum(1)
    main = np.where(kinds > 0, number.argmax(1), NONE)
    rare = np.where(kinds > 1, np.where(number == 0, 999, number).argmin(1), NONE)
    features.add("the main colour of its shape", main[labels], 1.0, colour=True)
    features.add("the rarest colour of its shape", rare[labels], 1.1, colour=True)
    features.add("colours of its shape", kinds[labels], 1.1)
    size = number.sum(1)
    largest = main[1 + size[1:].argmax()] if len(found) else NONE
    features.add("the largest shape's colour", largest, 1.2, colour=True)
    smallest = main[1 + size[1:].argmin()] if len(found) else NONE
    features.add("the smallest shape's colour", smallest, 1.2, colour=True)


def _around(view: View, features: Features, region: Labels) -> None:
    """The one colour that borders a region of background."""
    number = int(region.max(initial=0))
    touching = np.zeros((number + 1, 10), np.bool_)
    for down, right in ((0, 1), (0, -1), (1, 0), (-1, 0)):
        colour = view.seen_from(down, right)
        mask = (region > 0) & (colour != NONE) & (colour != view.background)
        touching[region[mask], colour[mask]] = True
    only = np.where(touching.sum(1) == 1, touching.argmax(1), NONE)
    only[0] = NONE
    features.add("the colour around its region", only[region], 1.1, colour=True)


def _box(view: View, features: Features, name: str, labels: Labels) -> None:
    """The smallest bounding box of an object that a cell lies in, background included."""
    found = boxes(labels)
    inside = np.zeros_like(labels)
    if len(found) <= _MOST:
        order = sorted(range(len(found)), key=lambda i: -_area(found[i]))
        for i in order:
            top, bottom, left, right = found[i]
            inside[top:bottom, left:right] = i + 1
    else:
        found = []
    colour = np.full(int(labels.max(initial=0)) + 1, NONE, np.int64)
    colour[labels.ravel()] = view.grid.ravel()
    colour[0] = NONE
    number = np.bincount(labels.ravel(), minlength=len(colour))
    features.add(f"colour of the {name} whose box it is in", colour[inside], 1.0, colour=True)
    features.add(f"size of the {name} whose box it is in", np.where(inside > 0, number[inside], 0), 1.3)
    if name == "object":
        _offsets(features, f"the {name}'s box", inside, found, 1.4)


def _area(box: tuple[int, int, int, int]) -> int:
    return (box[1] - box[0]) * (box[3] - box[2])


def _hollow(view: View, features: Features, labels: Labels) -> None:
    """Holes of single objects: which there are, how large, and in which colour."""
    size = np.zeros(view.shape, np.int64)
    owner: Numbers = np.full(view.shape, NONE, np.int16)
    found = boxes(labels)
    for label, (top, bottom, left, right) in enumerate(found if len(found) <= _MOST else [], 1):
        mask = labels[top:bottom, left:right] == label
        if mask.all() or min(mask.shape) < 3:
            continue
        inner = holes(mask)
        inside = inner > 0
        size[top:bottom, left:right][inside] = np.bincount(inner.ravel())[inner[inside]]
        owner[top:bottom, left:right][inside] = view.grid[top:bottom, left:right][mask][0]
    features.add("size of the hole it is in", size, 0.9)
    features.add("colour around the hole it is in", owner, 0.9, colour=True)

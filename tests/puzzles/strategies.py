"""Random grids, puzzles and damaged task files for property tests."""

from __future__ import annotations

import copy
import json
from typing import Any

import numpy as np
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from puzzles.grid import MAX_SIDE
from puzzles.puzzle import Pair, Puzzle, puzzle_to_json


def grids(max_side: int = 6) -> st.SearchStrategy[np.ndarray]:
    sides = st.integers(1, max_side)
    return st.tuples(sides, sides).flatmap(lambda s: arrays(np.uint8, s, elements=st.integers(0, 9)))


def puzzles(max_side: int = 6) -> st.SearchStrategy[Puzzle]:
    grid = grids(max_side)
    return st.builds(
        Puzzle,
        st.text(max_size=12),
        st.lists(st.builds(Pair, grid, grid), min_size=1, max_size=4).map(tuple),
        st.lists(st.builds(Pair, grid, st.none() | grid), min_size=1, max_size=3).map(tuple),
        st.text(max_size=12),
    )


JUNK: st.SearchStrategy[Any] = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.just(10**400),
    st.floats(),
    st.text(max_size=40),
    st.lists(st.integers(-2, 11), max_size=MAX_SIDE + 1),
    st.lists(st.lists(st.integers(0, 9), max_size=3), max_size=3),
    st.dictionaries(st.text(max_size=3), st.integers(), max_size=2),
)


@st.composite
def damaged_tasks(draw: st.DrawFn) -> str:
    """A valid task in which some values were replaced, removed or repeated."""
    task = json.loads(puzzle_to_json(draw(puzzles(4))))
    for _ in range(draw(st.integers(1, 3))):
        task = _damage(draw, copy.deepcopy(task))
    return json.dumps(task)


def _damage(draw: st.DrawFn, node: Any) -> Any:
    """Walk to a random place and change what is there."""
    if not isinstance(node, list | dict) or not node or draw(st.integers(0, 5)) == 0:
        return draw(JUNK)
    keys = list(node) if isinstance(node, dict) else list(range(len(node)))
    key = draw(st.sampled_from(keys))
    action = draw(st.sampled_from(["descend", "descend", "descend", "remove", "repeat"]))
    if action == "remove":
        del node[key]
    elif action == "repeat" and isinstance(node, list):
        node.insert(key, copy.deepcopy(node[key]))
    else:
        node[key] = _damage(draw, node[key])
    return node

"""States of the search: what a program prefix makes of every demonstration and test input at once."""

from __future__ import annotations

import heapq
import itertools
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from hashlib import blake2b
from typing import Any, NamedTuple

import numpy as np

from puzzles.grid import MAX_SIDE, Cells
from puzzles.puzzle import Puzzle
from solver.explore.costs import COSTS
from solver.words.operations import CHOICES, FILTERS, MERGES, OPERATIONS, SPLITS, NotApplicable
from solver.words.operations.blank import Blank
from solver.words.operations.pieces import Pieces
from solver.words.program import EXACT_FINGERPRINT, Program, Step
from solver.words.rule import Value
from solver.words.vocabulary import checked, exact_word
from solver.words.wanted import ANYTHING, Wanted

_FIXED_COLOUR = {
    "replace",
    "swap",
    "paint",
    "keep",
    "frame",
    "border",
    "area",
    "complete",
    "halo",
    "fill",
}
"""Families whose words mention colours by number."""
_SAME_SHAPE = {
    *_FIXED_COLOUR - {"frame", "complete"},
    *("shift", "roll", "gravity", "ray", "line", "role", "continue", "between"),
}
"""Families whose words never change the shape."""
_ONLY_RENAMES = {"replace", "swap"}
"""Families that give colours other names and do nothing else to them."""
_NEW_SHAPE = {"enlarge", "frame", "halves", "crop", "scale", "unfold"}
"""Families whose words are there to change it."""
_DEMANDED = 1.0
"""What each demanded word that has not led to a state will still cost: about a word."""

_MOST_BYTES = 128 * 2**20
"""What all states of a puzzle with larger grids than ARC's may take; then none is expanded any more."""
_PIECE_BYTES = 400
"""What a piece takes besides its cells."""


@dataclass(frozen=True, eq=False)
class Node:
    """A step of some program with its results."""

    word: str
    parents: tuple[Node, ...]
    """The nodes whose results the word used; none for the input itself."""
    values: tuple[Value, ...]
    """One per demonstration, then one per test input."""
    cost: float
    """Description length of the program up to here."""

    @property
    def grids(self) -> tuple[Cells, ...]:
        """The values where they are grids, else nothing."""
        return tuple(value for value in self.values if not isinstance(value, Pieces))


class _Choice(NamedTuple):
    """A word that may be applied to a state."""

    word: str
    function: Callable[[Any], Value]
    cost: float
    family: str = ""


_ON_PIECES = [
    *(_Choice(word.name, word.function, word.cost) for word in (*CHOICES, *MERGES)),
    *(_Choice(word.name, word.function, word.cost) for word in FILTERS),
]


def program_of(node: Node) -> Program:
    """Write the node's ancestry as a program; shared steps are written once."""
    order: list[Node] = []
    _list_ancestors(node, order)
    place = {id(step): index - 1 for index, step in enumerate(order)}
    steps = []
    for index, step in enumerate(order[1:]):
        first, *rest = (place[id(parent)] for parent in step.parents)
        steps.append(Step(step.word, None if first == index - 1 else first, tuple(rest)))
    return Program(tuple(steps), EXACT_FINGERPRINT)


def _list_ancestors(node: Node, order: list[Node]) -> None:
    for parent in node.parents:
        _list_ancestors(parent, order)
    if all(node is not known for known in order):
        order.append(node)


def key_of(values: Sequence[Value]) -> bytes:
    """Bytes that tell different states apart."""
    parts = []
    for value in values:
        if not isinstance(value, Pieces):
            parts.append(bytes(value.shape) + value.tobytes())
            continue
        items = value.items
        # Parts of a layout can be put together again; the same pieces as objects cannot.
        parts.append(b"|%d %d %d" % (len(items), *(value.layout or (0, 0))))
        parts += [bytes((p.top & 255, p.left & 255, *p.cells.shape)) + p.cells.tobytes() for p in items]
    return b"".join(parts)


def bytes_of(value: Value) -> int:
    """About how much memory a value takes."""
    if isinstance(value, Pieces):
        return sum(piece.cells.nbytes + _PIECE_BYTES for piece in value.items)
    return value.nbytes


@dataclass
class Space:
    """All states reached so far, none twice, and those still to be expanded, the most promising first."""

    puzzle: Puzzle
    wanted: Wanted = ANYTHING
    """Words that are left out; what is demanded is for whoever takes a whole program."""
    named: tuple[tuple[Step, ...], ...] = ()
    """Steps that a person gave a name, each tried as one word; only the last result is a state."""
    root: Node = field(init=False)
    targets: tuple[Cells, ...] = field(init=False)
    nodes: int = 0
    large: bool = field(init=False)
    """Whether grids are larger than ARC's."""
    held: int = 0
    """Bytes that the states take, counted where grids are larger than ARC's."""
    _seen: set[bytes] = field(default_factory=set)
    _queue: list[tuple[float, int, Node]] = field(default_factory=list)
    _unfinished: list[tuple[float, int, Node]] = field(default_factory=list)
    """States not yet tried for being one word away from the target."""
    _count: Iterator[int] = field(default_factory=itertools.count)

    def __post_init__(self) -> None:
        demonstrations = [pair for pair in self.puzzle.train if pair.output is not None]
        inputs = [pair.input for pair in demonstrations] + [pair.input for pair in self.puzzle.test]
        self.targets = tuple(pair.output for pair in demonstrations if pair.output is not None)
        self.start_from(Node("", (), tuple(inputs), 0.0), self.targets)

    def start_from(self, root: Node, targets: tuple[Cells, ...]) -> None:
        """Begin anew at another state, looking for other targets."""
        self.root, self.targets = root, targets
        self.large = any(max(grid.shape) > MAX_SIDE for grid in (*root.grids, *targets))
        self._seen = {self._key(root)}
        palette = {int(c) for grid in (*root.grids, *targets) for c in np.unique(grid)}
        usable = [op for op in OPERATIONS if palette.issuperset((*op.colours, *op.palette))]
        on_grids = [_Choice(op.name, op, op.cost, op.family) for op in usable]
        on_grids += [_Choice(split.name, split.function, split.cost) for split in SPLITS]
        self._on_grids = [choice for choice in on_grids if not self.wanted.leaves_out(choice.word)]
        self._on_pieces = [choice for choice in _ON_PIECES if not self.wanted.leaves_out(choice.word)]
        self._queue = [(0.0, next(self._count), root)]
        self._unfinished = []
        self._smallest = min(range(len(targets)), key=lambda i: root.grids[i].size + targets[i].size)

    def blank(self) -> Node | None:
        """An empty grid of the outputs' shape, where that is always the same and never the input's."""
        shapes = {target.shape for target in self.targets}
        if len(shapes) != 1 or any(grid.shape in shapes for grid in self.root.grids):
            return None
        height, width = shapes.pop()
        if max(height, width) > MAX_SIDE:
            return None
        empty = np.zeros((height, width), np.uint8)
        return Node(str(Blank(height, width)), (self.root,), (empty,) * len(self.root.values), COSTS.blank)

    @property
    def open(self) -> bool:
        """Whether there is a state left to expand, and room for what comes of it."""
        return bool(self._queue) and self.held < _MOST_BYTES

    def expand_next(self) -> Iterator[Node]:
        """Yield the new states one word after the most promising open state."""
        _, _, node = heapq.heappop(self._queue)
        for choice in self._words(node):
            child = self._child(node, choice)
            if child is not None:
                self.add(child)
                yield child
        for steps in self.named:
            child = self._after(node, steps)
            if child is not None and self.is_new(child):
                self.add(child)
                yield child

    def _after(self, node: Node, steps: Sequence[Step]) -> Node | None:
        """The state after several steps; None where one has no answer or is left out."""
        states = [node]
        for index, step in enumerate(steps):
            word = None if self.wanted.leaves_out(step.word) else exact_word(step.word)
            if word is None:
                return None
            used = (index - 1 if step.source is None else step.source, *step.others)
            parents = tuple(states[place + 1] for place in used)
            values = []
            try:
                for operands in zip(*(parent.values for parent in parents), strict=True):
                    values.append(checked(word.function(operands), operands))
            except NotApplicable:
                return None
            states.append(Node(step.word, parents, tuple(values), node.cost + COSTS.named))
        return states[-1]

    def is_new(self, node: Node) -> bool:
        """Whether a state was not met before; it is met from now on."""
        key = self._key(node)
        if self.large:  # a digest, or keys would take as much as the states
            key = blake2b(key, digest_size=16).digest()
            self.held += 0 if key in self._seen else sum(map(bytes_of, node.values))
        if key in self._seen:
            return False
        self._seen.add(key)
        self.nodes += 1
        return True

    def _key(self, node: Node) -> bytes:
        """What tells a state from others; it is another one where a demanded word led to it."""
        return key_of(node.values) + "|".join(sorted(self._met(node))).encode()

    def _met(self, node: Node) -> frozenset[str]:
        """Which of the demanded words led to a state."""
        return self.wanted.met(program_of(node).words) if self.wanted.demanded else frozenset()

    def add(self, node: Node) -> None:
        """Queue a state for growth."""
        missing = len(self.wanted.demanded) - len(self._met(node))
        priority = node.cost + self.distance(node) + _DEMANDED * missing
        heapq.heappush(self._queue, (priority, next(self._count), node))
        heapq.heappush(self._unfinished, (priority, next(self._count), node))

    @property
    def unfinished(self) -> bool:
        """Whether there is a state left for `finish_next`."""
        return bool(self._unfinished)

    def finish_next(self) -> Iterator[Node]:
        """Yield what explains the smallest demonstration one word after the most promising untried state.

        What is right but for the colours' names counts too, for rules know colours that no word finds.
        Looking at one demonstration rules out nearly every word, so this is far cheaper than growing.
        """
        _, _, node = heapq.heappop(self._unfinished)
        value, target = node.values[self._smallest], self.targets[self._smallest]
        useless: set[str] = set()
        renaming = isinstance(value, Pieces) or not is_renamed(value, target)
        if not isinstance(value, Pieces):
            useless = _NEW_SHAPE if value.shape == target.shape else _SAME_SHAPE
        for choice in self._words(node):
            if choice.family in useless:
                continue
            try:
                result = choice.function(value)
            except NotApplicable:
                continue
            if isinstance(result, Pieces) or result.shape != target.shape:
                continue
            renames = renaming and choice.family not in _ONLY_RENAMES
            if not np.array_equal(result, target) and not (renames and is_renamed(result, target)):
                continue
            child = self._child(node, choice)
            if child is not None:
                self.add(child)
                yield child

    def _words(self, node: Node) -> list[_Choice]:
        return self._on_pieces if isinstance(node.values[0], Pieces) else self._on_grids

    def _child(self, node: Node, choice: _Choice) -> Node | None:
        values = []
        try:
            for value in node.values:
                values.append(checked(choice.function(value), [value]))
        except NotApplicable:
            return None
        child = Node(choice.word, (node,), tuple(values), node.cost + choice.cost)
        return child if self.is_new(child) else None

    def distance(self, node: Node) -> float:
        """Mean share of wrong cells, or a constant where shapes differ or there are pieces.

        Where every colour only needs another name, the share that is wrong after renaming counts.
        """
        if isinstance(node.values[0], Pieces):
            return COSTS.pieces
        pairs = list(zip(node.grids, self.targets, strict=False))
        if any(grid.shape != target.shape for grid, target in pairs):
            return sum(_misfit(grid, target) for grid, target in pairs) / len(pairs)
        wrong = sum(float((grid != target).mean()) for grid, target in pairs) / len(pairs)
        seen = np.zeros(100, np.int64)
        for grid, target in pairs:
            seen += np.bincount((grid * np.uint8(10) + target).ravel(), minlength=100)
        renamed = 1.0 - seen.reshape(10, 10).max(1).sum() / seen.sum()
        return min(wrong, float(renamed) + COSTS.recoloured)

    def fits_shape(self, node: Node) -> bool:
        """Whether every demonstration's grid, or every piece of it, has the target's shape."""
        return all(
            all(piece.cells.shape == target.shape for piece in value.items)
            if isinstance(value, Pieces)
            else value.shape == target.shape
            for value, target in zip(node.values, self.targets, strict=False)
        )

    def explains(self, node: Node) -> bool:
        """Whether every demonstration is reproduced exactly."""
        return not isinstance(node.values[0], Pieces) and all(
            grid.shape == target.shape and np.array_equal(grid, target)
            for grid, target in zip(node.grids, self.targets, strict=False)
        )


def is_renamed(grid: Cells, target: Cells) -> bool:
    """Whether two grids differ in what their colours are called alone; grids of one colour say nothing."""
    if grid.shape != target.shape:
        return False
    # Neighbours that differ do so under any names: this rules out nearly everything, and fast.
    if not np.array_equal(grid[:, 1:] == grid[:, :-1], target[:, 1:] == target[:, :-1]):
        return False
    pairs = np.unique(grid.astype(np.int16) * 16 + target)
    return pairs.size == np.unique(grid).size == np.unique(target).size > 1


def _misfit(grid: Cells, target: Cells) -> float:
    """Distance of grids of different shapes, growing with the difference in sides."""
    if grid.shape == target.shape:
        return float((grid != target).mean())
    ratio = np.abs(np.log(np.array(grid.shape) / np.array(target.shape)))
    return float(COSTS.other_shape + min(1.0, 0.25 * ratio.sum()))

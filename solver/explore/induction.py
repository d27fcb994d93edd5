"""Rule induction: which rules are learned from which state, the most promising attempt first."""

from __future__ import annotations

import heapq
import itertools
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from enum import Enum

from puzzles.puzzle import Puzzle
from solver.explore.cell_per_part import CELLS, cell_per_part_puzzle
from solver.explore.copies import CopyLearning
from solver.explore.costs import COSTS
from solver.explore.decision_lists import DecisionList, learn, learn_partial_rules, one_colour
from solver.explore.evidence import gather, unexplained
from solver.explore.leave_one_out import accuracy_of_lists
from solver.explore.marking import Marks, learn_from_marks
from solver.explore.per_piece import per_piece_puzzle
from solver.explore.selecting import learn_to_select
from solver.explore.stacking import Stacking
from solver.explore.states import Node, Space
from solver.explore.transforming import learn_to_transform
from solver.explore.without_lines import without_lines_puzzle
from solver.words.features import Features, add_current, add_others, cell_features
from solver.words.features.parts import named_after
from solver.words.operations import NotApplicable
from solver.words.operations.colour import KEEPS, PAINTS, REPLACEMENTS, SWAPS
from solver.words.operations.geometry import ROLLS, SHIFTS
from solver.words.operations.paint import KeepPainting, Paint
from solver.words.operations.pieces import Pieces
from solver.words.operations.roles import SWAP_TWO
from solver.words.operations.size import BORDERS
from solver.words.vocabulary import exact_word

_RULES_KEPT = 6
"""Rule lists kept of one canvas."""
_COMPANIONS = 14
"""Further states whose colours a rule may refer to."""
_CONSIDERED = 500
"""States looked at when companions are chosen."""
_INFORMATIVE = 4.0
"""How much costlier a companion may be that leaves nothing unexplained than one that explains nothing."""
_NEAR = 0.25
"""Distance below which a state of another shape than the input is worth a look at what the input was."""
_LINED = "parts between lines"


class Kind(Enum):
    """What is learned; the value is how much later (or sooner) it comes than the cost of its state says."""

    CANVAS = 0.0
    """Painting rules that look at the canvas alone."""
    COMPANIONS = 0.8
    """Painting rules that look at other states too."""
    BLANK = 1.01
    """Painting rules on an empty canvas."""
    PARTS = 0.01
    """Painting rules that look at parts of one size laid on each other."""
    LAYOUT = -0.3
    """One cell for each part, painted by what the part is."""
    SELECT = -0.4
    """Which piece is the one."""
    TRANSFORM = 0.2
    """Which pieces move or turn, and how."""
    FEATURES = 1.8
    """Painting rules that look at the piece each cell belongs to."""
    CELL_PER_PART = -0.5
    """What happens among the parts between lines, as a puzzle of a cell each."""
    COPIES = 0.3
    """For which cells of a state a copy of another is laid."""
    STACK = -1.0
    """Partial outputs laid over one another."""
    WITHOUT_LINES = 0.5
    """What lies between lines, as one picture."""
    PER_PIECE = 1.2
    """What happens within every piece, as a puzzle of its own."""
    MARKED = -3.0
    """Rules that pick what a person marked."""


@dataclass(frozen=True)
class Learned:
    """A state that a learned rule, or several, led to."""

    node: Node
    cost: float
    weight: float
    accuracy: float = 1.0
    """Leave-one-out accuracy of what was learned."""


@dataclass
class RuleLearning:
    """A queue of all attempts to learn rules in one search."""

    space: Space
    solve_smaller: Callable[[Puzzle], Iterator[Learned]] | None
    """Finds programs for a smaller puzzle; None where that is not wanted."""
    marks: Marks = ()
    """What a person marked in the grids that the search begins with."""
    canvases: int = 0
    """Canvases on which rules were learned."""
    grid_states: list[Node] = field(default_factory=list)
    _queue: list[tuple[float, int, Kind, Node]] = field(default_factory=list)
    _count: Iterator[int] = field(default_factory=itertools.count)
    _copies: CopyLearning = field(init=False)
    _stacking: Stacking = field(init=False)

    def __post_init__(self) -> None:
        self._copies = CopyLearning(self.space.root, self.space.targets)
        self._stacking = Stacking(self.space.targets)

    @property
    def open(self) -> bool:
        """Whether there is an attempt left."""
        return bool(self._queue)

    def offer(self, node: Node) -> None:
        """Queue whatever may be learned from a state."""
        if isinstance(node.values[0], Pieces):
            self._offer_pieces(node)
        elif self._copies.offer(node):
            self._push(Kind.COPIES, node)
        elif self.space.fits_shape(node):
            if not _trivial(node):
                self.grid_states.append(node)
            if self._stacking.offer(node):
                self._push(Kind.STACK, node)
            self._push(Kind.CANVAS, node, 2.0 * self.space.distance(node))

    def offer_blank(self) -> None:
        """Queue the empty canvas, where outputs have one size that inputs have not."""
        blank = self.space.blank()
        if blank is not None:
            self._push(Kind.BLANK, blank)

    def _offer_pieces(self, node: Node) -> None:
        known = list(zip(node.values, self.space.targets, strict=False))
        cut = [(value, target) for value, target in known if isinstance(value, Pieces)]
        if self.space.fits_shape(node):
            self._push(Kind.PARTS, node)
        if all(any(p.cells.shape == target.shape for p in value.items) for value, target in cut):
            self._push(Kind.SELECT, node)
        if all(value.layout == target.shape for value, target in cut):
            self._push(Kind.LAYOUT, node)
        if node.parents != (self.space.root,):
            return
        if self.marks:
            self._push(Kind.MARKED, node)
        if all(value.shape == target.shape for value, target in cut):
            self._push(Kind.TRANSFORM, node)
            self._push(Kind.FEATURES, node)
        if self.solve_smaller is not None:
            self._push(Kind.PER_PIECE, node)
            if node.word == _LINED:
                self._push(Kind.CELL_PER_PART, node)
                self._push(Kind.WITHOUT_LINES, node)

    def _push(self, kind: Kind, node: Node, later: float = 0.0) -> None:
        heapq.heappush(self._queue, (node.cost + kind.value + later, next(self._count), kind, node))

    def next(self) -> Iterator[Learned]:
        """Make the most promising attempt; yields states, which may or may not explain everything."""
        _, _, kind, node = heapq.heappop(self._queue)
        if kind is Kind.CANVAS:
            self._push(Kind.COMPANIONS, node, 2.0 * self.space.distance(node))
            yield from self._paint(node, ())
        elif kind is Kind.COMPANIONS:
            others = self._companions(node)
            yield from self._paint(node, others) if others else ()
        elif kind is Kind.BLANK:
            yield from self._paint(node, (self.space.root,))
        elif kind is Kind.PARTS:
            first = _first_piece(node)
            yield from self._paint(first, (node,)) if first else ()
        elif kind is Kind.LAYOUT:
            coarse = _applied(CELLS, node)
            yield from self._paint(coarse, (node,)) if coarse else ()
        elif kind is Kind.FEATURES:
            yield from self._paint(self.space.root, (node,), node.cost)
        elif kind in (Kind.CELL_PER_PART, Kind.WITHOUT_LINES):
            yield from self._between_lines(kind, node)
        elif kind is Kind.PER_PIECE:
            yield from self._per_piece(node)
        else:
            yield from self._arranged(kind, node)

    def _arranged(self, kind: Kind, node: Node) -> Iterator[Learned]:
        """What is made by taking, moving, copying or stacking what is there, without painting."""
        if kind is Kind.SELECT:
            for taken in learn_to_select(node, self.space.targets):
                weight = taken.weight * 2.0 ** (-2.0 * (node.cost + COSTS.select))
                yield self._penalised(taken.node, taken.node.cost, weight, taken.accuracy)
        elif kind is Kind.TRANSFORM:
            for changed in learn_to_transform(node, self.space.targets):
                steps = changed.node.cost - node.cost
                weight = changed.weight * 2.0 ** (-2.0 * min(node.cost + 1.0, steps))
                yield self._penalised(changed.node, changed.node.cost, weight, changed.accuracy)
        elif kind is Kind.MARKED:
            for picked in learn_from_marks(node, self.marks):
                weight = picked.weight * 2.0 ** (-2.0 * picked.node.cost)
                yield self._penalised(picked.node, picked.node.cost, weight, picked.accuracy)
        elif kind is Kind.COPIES:
            for laid in self._copies.learn(node):
                yield self._penalised(laid.node, laid.node.cost, laid.weight, laid.accuracy)
        else:
            for stack in self._stacking.complete(node):
                yield self._penalised(stack, stack.cost, 2.0 ** (-2.0 * stack.cost))

    def _per_piece(self, node: Node) -> Iterator[Learned]:
        smaller = per_piece_puzzle(node, self.space.root, self.space.targets)
        if smaller is None or self.solve_smaller is None:
            return
        for solution in self.solve_smaller(smaller.puzzle):
            for whole in smaller.finished(solution.node, solution.cost):
                yield self._penalised(whole, whole.cost, 2.0 ** (-2.0 * whole.cost), solution.accuracy)

    def _between_lines(self, kind: Kind, node: Node) -> Iterator[Learned]:
        """What happens between lines, with a cell for each part or without the lines."""
        make = cell_per_part_puzzle if kind is Kind.CELL_PER_PART else without_lines_puzzle
        smaller = make(node, self.space.root, self.space.targets)
        if smaller is None or self.solve_smaller is None:
            return
        for solution in self.solve_smaller(smaller.puzzle):
            whole = smaller.finished(solution.node, solution.cost)
            if whole is not None:
                yield self._penalised(whole, whole.cost, 2.0 ** (-2.0 * whole.cost), solution.accuracy)

    def _paint(self, base: Node, others: tuple[Node, ...], extra: float = 0.0) -> Iterator[Learned]:
        self.canvases += 1
        grids = base.grids
        if {len(node.values) for node in others} - {len(grids)}:
            return
        features = [cell_features(grid) for grid in grids]
        for index, one in enumerate(features):
            add_others(grids[index], [other.values[index] for other in others], one)
        checked: float | None = None
        evidence = gather(features, grids, self.space.targets)
        for rules in learn(evidence)[:_RULES_KEPT]:
            node = _painted_with(base, others, rules.paints, features[0])
            if not self.space.explains(node):
                continue
            if checked is None:
                checked = accuracy_of_lists(rules.cost, features, grids, self.space.targets)
            yield self._concluded(base, node, rules, extra, checked)
        if checked is None and base.cost + extra <= COSTS.most_before_part:
            for rule, cost in learn_partial_rules(evidence):
                part = replace(
                    _painted_with(base, others, (rule,), features[0]), cost=base.cost + extra + cost
                )
                yield Learned(part, part.cost, 0.0)
        if not others:
            yield from self._keep_on(base, features)

    def _keep_on(self, base: Node, features: Sequence[Features]) -> Iterator[Learned]:
        """Learn rules that look at what is painted by now: in the end that is the wanted grid."""
        known = len(self.space.targets)
        for one, grid in zip(features, (*self.space.targets, *base.grids[known:]), strict=True):
            current = add_current(grid, one)
        evidence = gather(features, base.grids, self.space.targets)
        if not evidence.wrong.any():
            return
        for rules in one_colour(evidence, evidence.wrong):
            if not rules.paints[0].features & current or rules.cost > COSTS.most_of_decision_list - 2.0:
                continue
            node = _kept_on(base, rules.paints[0])
            if node is not None and self.space.explains(node):
                dearer = DecisionList(rules.paints, rules.cost + COSTS.keep_on, rules.weight / 2, ())
                yield self._concluded(base, node, dearer, 0.0, 1.0)

    def _concluded(self, base: Node, node: Node, rules: DecisionList, extra: float, share: float) -> Learned:
        before = base.cost + extra
        return self._penalised(node, rules.cost + before, rules.weight * 2.0 ** (-2.0 * before), share)

    def _penalised(self, node: Node, cost: float, weight: float, share: float = 1.0) -> Learned:
        known = len(self.space.targets)
        unchanged = any(
            grid.shape == before.shape and (grid == before).all()
            for grid, before in zip(node.grids[known:], self.space.root.grids[known:], strict=True)
        )
        more = COSTS.unchanged if unchanged else 0.0
        return Learned(node, cost + more, weight * 2.0 ** (-2.0 * more), share)

    def _companions(self, base: Node) -> tuple[Node, ...]:
        """Other states whose grids all have the shapes of this one's: cheap ones, and informative ones."""
        shapes = [grid.shape for grid in base.grids]
        fitting = [
            node
            for node in self.grid_states
            if node is not base and [grid.shape for grid in node.grids] == shapes
        ]
        fitting.sort(key=lambda node: node.cost)
        cheap, rest = fitting[: _COMPANIONS // 2], fitting[_COMPANIONS // 2 : _CONSIDERED]
        targets = self.space.targets
        left = unexplained(base.grids, base.grids, targets)

        def score(node: Node) -> float:
            return node.cost + _INFORMATIVE * unexplained(base.grids, node.grids, targets) / max(1, left)

        chosen = (*cheap, *sorted(rest, key=score)[: _COMPANIONS - len(cheap)])
        # What was cut out or built says nothing of the colours that were left behind.
        root = self.space.root
        if shapes == [grid.shape for grid in root.grids]:
            return chosen
        return (root, *chosen) if chosen or self.space.distance(base) < _NEAR else ()


def _first_piece(node: Node) -> Node | None:
    for value in node.values:
        assert isinstance(value, Pieces)
        if len({piece.cells.shape for piece in value.items}) != 1:
            return None
    first = _applied("the first piece", node)
    return (
        None
        if first is None
        else Node(first.word, first.parents, first.values, node.cost + COSTS.piece_to_paint)
    )


def _applied(name: str, node: Node) -> Node | None:
    word = exact_word(name)
    assert word is not None
    try:
        return Node(
            name,
            (node,),
            tuple(word.function([value]) for value in node.values),
            node.cost + COSTS.canvas_of_parts,
        )
    except NotApplicable:
        return None


def _painted_with(
    base: Node, others: tuple[Node, ...], paints: tuple[Paint, ...], features: Features
) -> Node:
    node = base
    others, rules = _only_used(others, paints, features)
    for rule in rules:
        used = (base, *others) if others or node is not base else ()
        node = _painted(node, used, rule)
    return node


def _only_used(
    others: tuple[Node, ...], paints: tuple[Paint, ...], features: Features
) -> tuple[tuple[Node, ...], tuple[Paint, ...]]:
    """Leave out companions no rule looks at, and letter those that are left anew."""
    if others and isinstance(others[0].values[0], Pieces):
        return others, paints
    mentioned = {name for rule in paints for name in rule.features if name in features.of_others}
    used = sorted({features.of_others[name][0] for name in mentioned})
    renamed = {}
    for name in mentioned:
        place, template = features.of_others[name]
        renamed[name] = named_after(template, used.index(place))
    return tuple(others[place] for place in used), tuple(rule.with_features(renamed) for rule in paints)


_RECOLOURINGS = (REPLACEMENTS, SWAPS, PAINTS, KEEPS, SHIFTS, ROLLS, BORDERS)
_TRIVIAL = frozenset({operation.name for words in _RECOLOURINGS for operation in words} | {SWAP_TWO})


def _trivial(node: Node) -> bool:
    """Whether a state differs from the one before only in what conditions express as well."""
    return node.word in _TRIVIAL


def _painted(canvas: Node, looked_at: tuple[Node, ...], rule: Paint) -> Node:
    values = tuple(
        rule.apply([canvas.values[i], *(node.values[i] for node in looked_at)])
        for i in range(len(canvas.values))
    )
    return Node(str(rule), (canvas, *looked_at), values, canvas.cost)


def _kept_on(base: Node, rule: Paint) -> Node | None:
    keep_on = KeepPainting(rule)
    try:
        values = tuple(keep_on.apply([value]) for value in base.values)
    except NotApplicable:
        return None
    return Node(str(keep_on), (base,), values, base.cost)

"""Learn tilings: for which cells of one grid a copy of another is laid, and how the copy looks.

The target is cut into tiles of the template's size. Every tile that is not empty must be a copy in some way;
the ways are chosen by greedy set cover, and where each goes is learned from features of the layout's cells.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

import numpy as np

from puzzles.grid import Cells
from solver.explore.conditions import Conjunction, separate, sequential_covering
from solver.explore.costs import COSTS
from solver.explore.evidence import Evidence, Mask, gather
from solver.explore.leave_one_out import Supported, accuracy_of_conditions
from solver.explore.states import Node
from solver.words.features import Features, cell_features
from solver.words.operations import NotApplicable
from solver.words.operations.blank import Blank
from solver.words.operations.copies import BY_COLOUR, WAYS, Copies, empty_colour

_MOST_WAYS = 4
"""Ways in which the copies of one puzzle may differ."""
_MOST_HYPOTHESES = 3
"""Hypotheses of where one way goes that are followed up."""
_MOST_TERMS = 3
_PARTNERS = 8
"""States of one size that are kept as layouts and templates."""

Shapes = tuple[tuple[int, int], ...]


@dataclass
class CopyLearning:
    """The grid states whose sides divide the outputs' sides, and what is learned from pairs of them."""

    root: Node
    targets: Sequence[Cells]
    _states: dict[Shapes, list[Node]] = field(default_factory=dict)

    def offer(self, node: Node) -> bool:
        """Keep a grid state as a layout or a template; whether it is worth an attempt."""
        shapes = self._shapes(node)
        if self._quotient(shapes) is None:
            return False
        alike = self._states.setdefault(shapes, [])
        if len(alike) < _PARTNERS:
            alike.append(node)
        return alike[-1] is node

    def _shapes(self, node: Node) -> Shapes:
        return tuple((grid.shape[0], grid.shape[1]) for grid in node.grids[: len(self.targets)])

    def _quotient(self, shapes: Shapes) -> Shapes | None:
        """How many tiles of these shapes the outputs are made of; None where they are not, or of one."""
        found = []
        for (height, width), target in zip(shapes, self.targets, strict=True):
            rows, columns = target.shape[0] // height, target.shape[1] // width
            if target.shape != (rows * height, columns * width):
                return None
            found.append((rows, columns))
        if max(map(max, found)) == 1 or max(map(max, shapes)) == 1:
            return None
        return tuple(found)

    def learn(self, node: Node) -> Iterator[Supported]:
        """Rules with this state as the template or as the layout."""
        quotient = self._quotient(self._shapes(node))
        assert quotient is not None
        if len(set(quotient)) == 1:
            rows, columns = quotient[0]
            empty = (np.zeros(quotient[0], np.uint8),) * len(node.values)
            blank = Node(str(Blank(rows, columns)), (self.root,), empty, COSTS.blank)
            yield from learn_copies(blank, node, self.targets)
        for partner in tuple(self._states.get(quotient, ())):
            yield from learn_copies(partner, node, self.targets)
            if partner is not node:
                yield from learn_copies(node, partner, self.targets)


@dataclass(frozen=True)
class _Share:
    """What one way of copying has to explain; shares are laid in their order, so later ones cover earlier."""

    way: str
    wanted: Mask
    """Tiles that must be laid."""
    allowed: Mask
    """Tiles that may be laid: such copies, and what a later share covers."""


@dataclass(frozen=True)
class _Tiles:
    """For every cell of all layouts of the demonstrations, what its tile is."""

    filled: Mask
    """Whether the tile is not empty."""
    copies: dict[str, Mask]
    """Per way whether the tile is such a copy."""


def learn_copies(layout: Node, template: Node, targets: Sequence[Cells]) -> list[Supported]:
    """Programs that lay copies of one state for cells of another, the likeliest first."""
    tiles = _tiles(layout.grids, template.grids, targets)
    if tiles is None:
        return []
    features = [cell_features(grid) for grid in layout.grids]
    nothing = [np.zeros(grid.shape, np.uint8) for grid in layout.grids]
    evidence = gather(features, nothing, nothing[: len(targets)])
    chosen = _ways(tiles)
    if len(chosen) > 1 and (tiles.copies[chosen[0]] >= tiles.filled).all():
        # Each of these ways explains all tiles alone.
        plans = [[_Share(way, tiles.filled, tiles.copies[way])] for way in chosen]
    else:
        plans = [_shared(tiles, chosen)]
    base = layout.cost + (0.0 if template is layout else template.cost) + COSTS.copies
    found = []
    for plan in plans:
        for rules, cost, weight in _rules(evidence, tiles, plan):
            node = _laid(layout, template, rules)
            if node is None:
                continue
            share = _accuracy(cost, features, layout.grids, plan)
            finished = Node(node.word, node.parents, node.values, base + cost)
            found.append(Supported(finished, weight * 4.0**-base, share))
    return found


def _tiles(layouts: Sequence[Cells], templates: Sequence[Cells], targets: Sequence[Cells]) -> _Tiles | None:
    """What every tile is; None where some tile is neither empty nor a copy."""
    filled, copies = [], []
    for layout, template, target in zip(layouts, templates, targets, strict=False):
        (rows, columns), (height, width) = layout.shape, template.shape
        if target.shape != (rows * height, columns * width):
            return None
        tiles = target.reshape(rows, height, columns, width).transpose(0, 2, 1, 3)
        full = ~(tiles == empty_colour(template)).all((2, 3))
        ways = {way: _are_copies(way, layout, template, tiles) for way in WAYS}
        if (full & ~np.logical_or.reduce(list(ways.values()))).any():
            return None
        filled.append(full.ravel())
        copies.append(ways)
    together = {way: np.concatenate([one[way].ravel() for one in copies]) for way in WAYS}
    return _Tiles(np.concatenate(filled), together)


def _are_copies(way: str, layout: Cells, template: Cells, tiles: Cells) -> Mask:
    found = np.zeros(layout.shape, np.bool_)
    for colour in np.unique(layout).tolist() if way in BY_COLOUR else [-1]:
        try:
            copy = WAYS[way](template, max(colour, 0))
        except NotApplicable:
            continue
        if copy.shape == template.shape:
            cells = True if colour < 0 else layout == colour
            found |= cells & (tiles == copy).all((2, 3))
    return found


def _ways(tiles: _Tiles) -> list[str]:
    """Ways that each explain all tiles, or else a greedy cover of them; none where too many are needed."""
    alone = [way for way, mask in tiles.copies.items() if (mask >= tiles.filled).all()]
    if alone:
        return alone[:_MOST_HYPOTHESES]
    left = tiles.filled.copy()
    chosen: list[str] = []
    while left.any() and len(chosen) < _MOST_WAYS:
        way = max(tiles.copies, key=lambda name: int((tiles.copies[name] & left).sum()))
        chosen.append(way)
        left &= ~tiles.copies[way]
    return [] if left.any() else chosen


def _shared(tiles: _Tiles, chosen: Sequence[str]) -> list[_Share]:
    """Each way with the tiles it must explain: those that no way before it explains."""
    left = tiles.filled.copy()
    wanted = []
    for way in chosen:
        wanted.append(left & tiles.copies[way])
        left &= ~tiles.copies[way]
    plan = []
    for place, way in enumerate(chosen):
        later = np.logical_or.reduce([np.zeros_like(left), *wanted[place + 1 :]])
        plan.append(_Share(way, wanted[place], tiles.copies[way] | later))
    return plan


def _rules(
    evidence: Evidence, tiles: _Tiles, plan: Sequence[_Share]
) -> Iterator[tuple[list[Copies], float, float]]:
    """Rules for a plan, with their cost and weight; alternatives only where one way explains all tiles."""
    if not plan or not tiles.filled.any():
        return
    if len(plan) == 1:
        hypotheses = separate(evidence, plan[0].wanted, ~plan[0].allowed)
        for hypothesis in hypotheses[:_MOST_HYPOTHESES]:
            best = hypothesis.best
            if best.cost <= COSTS.most_conditions_of_select:
                yield [Copies(plan[0].way, best.conditions)], best.cost, hypothesis.weight
        if hypotheses:
            return
    rules, cost = [], 0.0
    for share in plan:
        terms = _terms(evidence, share.wanted, ~share.allowed)
        if not terms:
            return
        rules += [Copies(share.way, term.conditions) for term in terms]
        cost += sum(term.cost + COSTS.further_copies for term in terms)
    cost -= COSTS.further_copies
    if cost <= COSTS.most_of_transform:
        yield rules, cost, 4.0**-cost


def _terms(evidence: Evidence, wanted: Mask, excluded: Mask) -> list[Conjunction]:
    hypotheses = separate(evidence, wanted, excluded)
    if hypotheses:
        return [hypotheses[0].best]
    return sequential_covering(evidence, wanted, excluded, _MOST_TERMS)


def _laid(layout: Node, template: Node, rules: Sequence[Copies]) -> Node | None:
    node: Node | None = None
    for rule in rules:
        parents = (layout, template) if node is None else (layout, template, node)
        try:
            values = tuple(rule.apply(grids) for grids in zip(*(one.grids for one in parents), strict=True))
        except NotApplicable:
            return None
        node = Node(str(rule), parents, values, 0.0)
    return node


def _accuracy(
    cost: float,
    features: Sequence[Features],
    layouts: Sequence[Cells],
    plan: Sequence[_Share],
) -> float:
    """The lowest leave-one-out accuracy of where the ways go."""
    sizes = [grid.size for grid in layouts]
    cuts = np.cumsum(sizes)[:-1]

    def apart(mask: Mask) -> list[Mask]:
        return list(np.split(mask, cuts[cuts < len(mask)]))

    return min(
        accuracy_of_conditions(cost / len(plan), features, apart(share.wanted), apart(share.allowed))
        for share in plan
    )

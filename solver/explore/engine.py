"""The engine: grow states and learn painting rules on them in turns, until the budget is spent."""

from __future__ import annotations

import heapq
import itertools
import time
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from enum import Enum

from puzzles.operations import Cells, NotApplicable
from puzzles.operations.layers import BY_NOW, Layers, add_current, add_others, all_layers
from puzzles.operations.layers.parts import OTHER_NAMES
from puzzles.operations.paint import KEEP_PAINTING, Paint, keep_painting, paint, parse_paint
from puzzles.operations.pieces import Pieces
from puzzles.puzzle import Puzzle
from solver.explore.evidence import gather
from solver.explore.rules import RuleList, learn, one_colour
from solver.explore.states import Node, Space
from solver.explore.view import role_view

_RULES_KEPT = 6
"""Rule lists kept of one canvas."""
_UNCHANGED_COST = 2.0
"""Cost of a rule that leaves a test input as it is, which no puzzle asks for."""
_AFTERTHOUGHT = 1.0
"""Share of the time already spent that is spent again, once a program is found, on finding rivals."""
_LEAST_S, _MOST_S = 0.2, 1.0
"""Bounds of that time."""
_CHEAP = 2.5
"""Cost up to which a program is trusted at once."""
_DEAR = 7.0
"""Cost from which a program is no reason to stop looking."""
_COMPANIONS = 14
"""Further states whose colours a rule may refer to."""
_COMPANION_COST = 0.8


class Variant(Enum):
    """How one of several processes that search the same puzzle spends its time."""

    PLAIN = "plain"
    """As much on rules as on states."""
    DEEP = "deep"
    """Mostly on states, so that longer programs are reached."""
    ROLES = "roles"
    """As plain, on the puzzle with its colours by role; as deep where all colours play fixed parts."""


_GROWING_SHARE = {Variant.PLAIN: 0.5, Variant.DEEP: 0.85, Variant.ROLES: 0.5}


@dataclass(frozen=True)
class Finding:
    """A program that reproduces every demonstration."""

    node: Node
    cost: float
    weight: float
    answers: tuple[Cells, ...]
    origin: str


@dataclass
class Explorer:
    """One search over exact words; `run` does a little at a time, so that it can be watched and stopped."""

    puzzle: Puzzle
    budget_s: float
    variant: Variant = Variant.PLAIN
    findings: list[Finding] = field(default_factory=list)
    space: Space = field(init=False)
    nearest: Node = field(init=False)
    """The grid state with the fewest wrong cells, for when nothing is found."""
    canvases: int = 0
    """Canvases on which rules were learned."""

    def __post_init__(self) -> None:
        self.space = Space(self.puzzle)
        self._view = role_view(self.space.root, self.space.targets) if self.variant is Variant.ROLES else None
        if self._view is not None:
            self.space.start_from(self._view.start, self._view.targets)
        elif self.variant is Variant.ROLES:
            self.variant = Variant.DEEP
        self.nearest = self.space.root
        self._bases: list[tuple[float, int, Node, tuple[Node, ...] | None]] = []
        self._count = itertools.count()
        self._started = time.monotonic()
        self._stop_at = self._started + self.budget_s
        self._grid_states: list[Node] = []

    @property
    def guess(self) -> Node | None:
        """The program that came nearest, in the puzzle's own colours; None where that is to do nothing."""
        if self.nearest is self.space.root:
            return None
        return self._view.finished(self.nearest) if self._view else self.nearest

    def run(self) -> Iterator[str]:
        """Search; yields a sentence on what was just done, several times a second."""
        self._offer(self.space.root)
        blank = self.space.blank()
        if blank is not None:
            entry = (blank.cost + 1.0, next(self._count), blank, (self.space.root,))
            heapq.heappush(self._bases, entry)
        growing, learning = 0.0, 0.0
        while time.monotonic() < self._stop_at and (self.space.open or self._bases):
            before = time.monotonic()
            wanted = _GROWING_SHARE[self.variant] * (growing + learning)
            if self.space.open and (growing <= wanted or not self._bases):
                yield from self._grow()
                growing += time.monotonic() - before
            else:
                self._learn_next()
                learning += time.monotonic() - before
            yield f"{self.space.nodes} states, rules learned on {self.canvases} canvases"

    def _found(self, finding: Finding) -> None:
        if self._view is not None:
            node = self._view.finished(finding.node)
            finding = replace(finding, node=node, answers=node.grids[len(self.space.targets) :])
        best = min((known.cost for known in self.findings), default=_DEAR + 1)
        self.findings.append(finding)
        if finding.cost < best and finding.cost <= _DEAR:
            # The dearer the program, the longer it pays to look for a cheaper one.
            share = _AFTERTHOUGHT * 2.0 ** max(0.0, finding.cost - _CHEAP)
            now = time.monotonic()
            rest = min(_MOST_S, max(_LEAST_S, share * (now - self._started)))
            self._stop_at = min(self._started + self.budget_s, now + rest)

    def _grow(self) -> Iterator[str]:
        for number, node in enumerate(self.space.expand_next()):
            if self.space.explains(node):
                tests = node.grids[len(self.space.targets) :]
                self._found(Finding(node, node.cost, 2.0 ** (-2.0 * node.cost), tests, "search"))
            else:
                self._offer(node)
            if number % 50 == 49:
                yield f"{self.space.nodes} states"

    def _offer(self, node: Node) -> None:
        """Queue a state as a canvas for rules, if its shape allows."""
        if not self.space.fits_shape(node):
            return
        distance = self.space.distance(node)
        if isinstance(node.values[0], Pieces):
            entry = (node.cost, next(self._count), node, ())
        else:
            if not _trivial(node):
                self._grid_states.append(node)
            if distance < self.space.distance(self.nearest):
                self.nearest = node
            entry = (node.cost + 2.0 * distance, next(self._count), node, ())
        heapq.heappush(self._bases, entry)

    def _learn_next(self) -> None:
        cost, _, node, others = heapq.heappop(self._bases)
        if isinstance(node.values[0], Pieces):
            first = self._first_piece(node)
            if first is None:
                return
            node, others = first, (node,)
        elif others is None:
            others = self._companions(node)
            if not others:
                return
        else:
            entry = (cost + _COMPANION_COST, next(self._count), node, None)
            heapq.heappush(self._bases, entry)
        self.canvases += 1
        grids = node.grids
        if len({len(o.values) for o in others} | {len(grids)}) != 1:
            return
        layers = [all_layers(grid) for grid in grids]
        for index, one in enumerate(layers):
            add_others(grids[index], [other.values[index] for other in others], one)
        evidence = gather(layers, grids, self.space.targets)
        for rules in learn(evidence)[:_RULES_KEPT]:
            self._keep(node, others, rules)
        if not others:
            self._learn_to_keep_on(node, layers)

    def _learn_to_keep_on(self, base: Node, layers: list[Layers]) -> None:
        """Learn rules that look at what is painted by now: in the end that is the wanted grid."""
        known = len(self.space.targets)
        for one, grid in zip(layers, (*self.space.targets, *base.grids[known:]), strict=True):
            add_current(grid, one)
        evidence = gather(layers, base.grids, self.space.targets)
        if not evidence.wrong.any():
            return
        for rules in one_colour(evidence, evidence.wrong):
            text = str(rules.paints[0])
            if BY_NOW not in text or rules.cost > _DEAR:
                continue
            node = _kept_on(base, rules.paints[0])
            if node is not None and self.space.explains(node):
                self._conclude(base, node, RuleList(rules.paints, rules.cost + 0.5, rules.weight / 2, ()))

    def _companions(self, base: Node) -> tuple[Node, ...]:
        """The cheapest other states whose grids all have the shapes of this one's."""
        shapes = [grid.shape for grid in base.grids]
        fitting = [
            node
            for node in self._grid_states
            if node is not base and [grid.shape for grid in node.grids] == shapes
        ]
        return tuple(sorted(fitting, key=lambda node: node.cost)[:_COMPANIONS])

    def _first_piece(self, node: Node) -> Node | None:
        firsts = []
        for value in node.values:
            assert isinstance(value, Pieces)
            if len({piece.cells.shape for piece in value.items}) != 1:
                return None
            firsts.append(value.items[0].cells)
        return Node("the first piece", (node,), tuple(firsts), node.cost + 0.3)

    def _keep(self, base: Node, others: tuple[Node, ...], rules: RuleList) -> None:
        node = base
        others, paints = _only_used(others, rules.paints)
        for rule in paints:
            used = (base, *others) if others or node is not base else ()
            node = _painted(node, used, str(rule))
        if self.space.explains(node):
            self._conclude(base, node, rules)

    def _conclude(self, base: Node, node: Node, rules: RuleList) -> None:
        known = len(self.space.targets)
        unchanged = any(
            grid.shape == before.shape and (grid == before).all()
            for grid, before in zip(node.grids[known:], self.space.root.grids[known:], strict=True)
        )
        extra = base.cost + (_UNCHANGED_COST if unchanged else 0.0)
        weight = rules.weight * 2.0 ** (-2.0 * extra)
        self._found(Finding(node, rules.cost + extra, weight, node.grids[known:], "rules"))


def _only_used(others: tuple[Node, ...], paints: tuple[Paint, ...]) -> tuple[tuple[Node, ...], list[Paint]]:
    """Leave out companions no rule mentions, and letter those that are left anew."""
    if others and isinstance(others[0].values[0], Pieces):
        return others, list(paints)
    text = " and ".join(map(str, paints))
    used = [(name, node) for name, node in zip(OTHER_NAMES, others, strict=False) if name in text]
    renamed = []
    for rule in paints:
        line = str(rule)
        for place, (name, _) in enumerate(used):
            line = line.replace(name, f"grid {place}")
        for place in range(len(used)):
            line = line.replace(f"grid {place}", OTHER_NAMES[place])
        parsed = parse_paint(line)
        assert parsed is not None
        renamed.append(parsed)
    return tuple(node for _, node in used), renamed


def _trivial(node: Node) -> bool:
    """Whether a state differs from the one before only in colours, which conditions express as well."""
    return node.word.startswith(
        ("replace ", "swap ", "paint content", "keep only", "shift ", "roll ", "paint border")
    )


def _painted(canvas: Node, looked_at: tuple[Node, ...], text: str) -> Node:
    rule = parse_paint(text)
    assert rule is not None
    values = tuple(
        paint(rule, [canvas.values[i], *(node.values[i] for node in looked_at)])
        for i in range(len(canvas.values))
    )
    return Node(text, (canvas, *looked_at), values, canvas.cost)


def _kept_on(base: Node, rule: Paint) -> Node | None:
    try:
        values = tuple(keep_painting(rule, [value]) for value in base.values)
    except NotApplicable:
        return None
    return Node(KEEP_PAINTING + str(rule), (base,), values, base.cost)


def ranked(findings: list[Finding]) -> list[Finding]:
    """Findings by how much speaks for their answer; programs that agree on all tests stand together."""
    weight: dict[bytes, float] = {}
    for finding in findings:
        key = _key(finding)
        weight[key] = weight.get(key, 0.0) + finding.weight
    return sorted(findings, key=lambda finding: (-weight[_key(finding)], finding.cost))


def _key(finding: Finding) -> bytes:
    return b"".join(bytes(grid.shape) + grid.tobytes() for grid in finding.answers)

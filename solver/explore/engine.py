"""The engine: apply words to states and learn rules from them, in turns, until time is up."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from enum import Enum

from puzzles.grid import Cells
from puzzles.puzzle import Puzzle
from solver.explore.costs import COSTS
from solver.explore.induction import Learned, RuleLearning
from solver.explore.larger_canvas import larger_canvases
from solver.explore.marking import marks_of
from solver.explore.nearest import Nearest
from solver.explore.states import Node, Space, program_of
from solver.explore.view import View, role_view, turned_views
from solver.words.marks import Mark
from solver.words.operations.pieces import Pieces
from solver.words.program import Step
from solver.words.wanted import ANYTHING, Wanted

_LEAST_S = 0.3
"""Least seconds spent on finding rivals once a program is trusted; more where more were spent before."""
_DOUBT_S = 0.2
"""Seconds spent on rivals of a program that costs `COSTS.cheap`; every unit above doubles them."""
_LIKELY = 0.5
"""Leave-one-out accuracy from which a program is trusted."""
_SURE = 0.75
"""Leave-one-out accuracy from which a long program on grids turned alike is offered."""
_NEVER_PREDICTED = 2.0**-6
"""Factor on the weight of a program whose leave-one-out accuracy is 0."""
_WAYS = 2
"""Ways of turning that are looked at."""
_TURN_S = 0.2
"""Seconds one of several searches in a process runs before the next has its turn."""
_SMALLER_S = 0.8
"""Seconds for the smaller puzzle of what happens within every piece."""


class Variant(Enum):
    """How one of several processes that search the same puzzle spends its time."""

    PLAIN = "plain"
    """As much on rules as on states."""
    DEEP = "deep"
    """Mostly on states, so that longer programs are reached."""
    ROLES = "roles"
    """As plain, on the puzzle with its colours by role; as deep where all colours play fixed parts."""
    TURNED = "turned"
    """As plain, on the puzzle with its grids in one direction; there are several ways of that."""


_GROWING_SHARE = {Variant.PLAIN: 0.5, Variant.DEEP: 0.85, Variant.ROLES: 0.5, Variant.TURNED: 0.5}


@dataclass(frozen=True)
class Finding:
    """A program that reproduces every demonstration."""

    node: Node
    cost: float
    weight: float
    answers: tuple[Cells, ...]
    origin: str
    accuracy: float = 1.0
    """Leave-one-out accuracy of the rules in it; 1 where there are none."""

    @property
    def trusted(self) -> bool:
        """Whether it is a reason to stop looking soon."""
        return self.cost <= COSTS.dear and self.accuracy >= _LIKELY

    @property
    def doubtful(self) -> bool:
        """Whether it is long and its leave-one-out accuracy is not high."""
        return self.cost > COSTS.overfitting and self.accuracy < _SURE

    @property
    def overfits(self) -> bool:
        """Whether it is long and its leave-one-out accuracy is low: it enumerates the demonstrations."""
        return self.cost > COSTS.overfitting and self.accuracy < _LIKELY


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
    whole: bool = True
    """Whether this is a puzzle, not what happens within the pieces of one."""
    way: int = 0
    """Which of the ways of turning `Variant.TURNED` looks at."""
    paused_s: float = 0.0
    """Seconds in which another search had its turn."""
    clock: Callable[[], float] = time.monotonic
    """Seconds that count."""
    least_s: float = _LEAST_S
    """Seconds that rivals of the first trusted program are looked for, at least."""
    wanted: Wanted = ANYTHING
    """Words that are left out of the search, and words that a finding must have."""
    near: Nearest | None = None
    """Where states near the outputs are noted, if somebody watches."""
    named: tuple[tuple[Step, ...], ...] = ()
    """Steps that a person gave a name, each tried as one word."""
    marked: tuple[Mark, ...] = ()
    """Objects that a person marked in the inputs; they count where the puzzle is looked at as it is."""

    def __post_init__(self) -> None:
        self.space = Space(self.puzzle, self.wanted, self.named)
        self._view = self._look()
        if self._view is not None:
            self.space.start_from(self._view.start, self._view.targets)
        elif self.variant is Variant.ROLES:
            self.variant = Variant.DEEP
        self.nearest, self._least = self.space.root, 9.0
        self._started = self._now()
        self._stop_at = self._started + self.budget_s
        marks = marks_of(self.puzzle, self.marked) if self._view is None else ()
        self.learning = RuleLearning(self.space, self._solve_smaller if self.whole else None, marks)

    def _look(self) -> View | None:
        if self.variant is Variant.ROLES:
            return role_view(self.space.root, self.space.targets)
        if self.variant is Variant.TURNED:
            return turned_views(self.space.root, self.space.targets)[self.way]
        return None

    def _now(self) -> float:
        return self.clock() - self.paused_s

    @property
    def guess(self) -> Node | None:
        """The program that came nearest, in the puzzle's own colours; None where that is to do nothing."""
        if self.nearest is self.space.root:
            return None
        return self._view.finished(self.nearest) if self._view else self.nearest

    def run(self) -> Iterator[str]:
        """Search; yields a sentence on what was just done, several times a second."""
        self._met(self.space.root)
        self.learning.offer_blank()
        for node in larger_canvases(self.space.root, self.space.targets):
            if self.space.is_new(node):
                self.space.add(node)
                self._met(node)
        growing, learning = 0.0, 0.0
        while self._now() < self._stop_at and (self.space.open or self.learning.open):
            before = self._now()
            wanted = _GROWING_SHARE[self.variant] * (growing + learning)
            if self.space.open and (growing <= wanted or not self.learning.open or self._is_near_its_end()):
                yield from self._grow()
                self._finish(self._now() - before)
                growing += self._now() - before
            else:
                yield from self._learn()
                learning += self._now() - before
            yield f"{self.space.nodes} states, rules learned on {self.learning.canvases} canvases"

    def _is_near_its_end(self) -> bool:
        """Whether one attempt at learning rules, many seconds on large grids, would outlast the search."""
        return self.space.large and any(finding.trusted for finding in self.findings)

    def _found(self, finding: Finding) -> None:
        if self._view is not None:
            node = self._view.finished(finding.node)
            finding = replace(finding, node=node, answers=node.grids[len(self.space.targets) :])
        if (
            not self._admits(finding.node)
            or finding.overfits
            or (self.variant is Variant.TURNED and finding.doubtful)
        ):
            return
        best = min((known.cost for known in self.findings if known.trusted), default=COSTS.dear + 1)
        self.findings.append(finding)
        if finding.cost < best and finding.trusted:
            # The dearer the program, the longer it pays to look for a cheaper one.
            doubt = 2.0 ** max(0.0, finding.cost - COSTS.cheap)
            now = self._now()
            rest = max(self.least_s, _DOUBT_S * doubt, now - self._started)
            self._stop_at = min(self._started + self.budget_s, now + rest)

    def _admits(self, node: Node) -> bool:
        """Whether a program has the words it must have, and none that rules brought in unasked."""
        return not self.wanted or self.wanted.admits(program_of(node).words)

    def _grow(self) -> Iterator[str]:
        for number, node in enumerate(self.space.expand_next()):
            self._met(node)
            if number % 50 == 49:
                yield f"{self.space.nodes} states"

    def _finish(self, seconds: float) -> None:
        """Try states for being one word away from the target, for as long as growing took."""
        stop_at = self._now() + seconds
        while self.space.unfinished and self._now() < stop_at:
            for node in self.space.finish_next():
                self._met(node)

    def _met(self, node: Node) -> None:
        """Note a new state: as a finding where it explains everything, else as something to learn from."""
        if self.space.explains(node):
            if self.near is not None:
                self.near.offer(node, 0.0)
            tests = node.grids[len(self.space.targets) :]
            self._found(Finding(node, node.cost, 2.0 ** (-2.0 * node.cost), tests, "search"))
            return
        self.learning.offer(node)
        if not isinstance(node.values[0], Pieces) and self.space.fits_shape(node):
            distance = self.space.distance(node)
            if self.near is not None:
                self.near.offer(node, distance)
            if distance < self._least:
                self.nearest, self._least = node, distance

    def watch(self) -> None:
        """Note states near the outputs from now on."""
        self.near = Nearest(self.space.targets)

    def _learn(self) -> Iterator[str]:
        for learned in self.learning.next():
            if self.space.explains(learned.node):
                if self.near is not None:
                    self.near.offer(learned.node, 0.0)
                known = len(self.space.targets)
                # The geometric mean of how many conjunctions agree and of how short the best of them is.
                agreed = (learned.weight * 4.0**-learned.cost) ** 0.5
                weight = agreed * _NEVER_PREDICTED ** (1.0 - learned.accuracy)
                answers = learned.node.grids[known:]
                self._found(Finding(learned.node, learned.cost, weight, answers, "rules", learned.accuracy))
            elif self.space.is_new(learned.node):
                self.space.add(learned.node)
                self._met(learned.node)
            yield f"{self.space.nodes} states"

    def _solve_smaller(self, puzzle: Puzzle) -> Iterator[Learned]:
        """The likeliest programs for a smaller puzzle."""
        inner = Explorer(
            puzzle,
            min(_SMALLER_S, self._stop_at - self._now()),
            whole=False,
            clock=self.clock,
            wanted=self.wanted.of_parts(),
        )
        for _ in inner.run():
            pass
        for finding in ranked(inner.findings)[:3]:
            yield Learned(finding.node, finding.cost, finding.weight, finding.accuracy)


def searches(
    puzzle: Puzzle,
    budget_s: float,
    variant: Variant,
    wanted: Wanted = ANYTHING,
    named: tuple[tuple[Step, ...], ...] = (),
    *,
    marked: tuple[Mark, ...] = (),
) -> list[Explorer]:
    """The searches of one process: that by roles shares its time with those on grids in one direction."""
    found = [Explorer(puzzle, budget_s, variant, wanted=wanted, named=named, marked=marked)]
    if variant is Variant.ROLES:
        space = Space(puzzle)
        ways = range(min(_WAYS, len(turned_views(space.root, space.targets))))
        found += [Explorer(puzzle, budget_s, Variant.TURNED, way=way, wanted=wanted) for way in ways]
    return found


def in_turns(explorers: Sequence[Explorer]) -> Iterator[Explorer]:
    """Let several searches run a moment each; yields the one that ran, until one found what it wanted.

    The seconds of each are its own; whoever asks ends all of them when the time is over.
    """
    running = [(explorer, explorer.run()) for explorer in explorers]
    while running:
        for explorer, steps in list(running):
            began = time.monotonic()
            for _ in steps:
                yield explorer
                if time.monotonic() - began > _TURN_S and len(running) > 1:
                    break
            else:
                if any(finding.trusted for finding in explorer.findings):
                    return
                running.remove((explorer, steps))
            spent = time.monotonic() - began
            for other in explorers:
                other.paused_s += spent * (other is not explorer)


def ranked(findings: list[Finding]) -> list[Finding]:
    """Findings by how much speaks for their answer; programs that agree on all tests stand together."""
    weight: dict[bytes, float] = {}
    for finding in findings:
        key = _key(finding)
        weight[key] = weight.get(key, 0.0) + finding.weight
    return sorted(findings, key=lambda finding: (-weight[_key(finding)], finding.cost))


def _key(finding: Finding) -> bytes:
    return b"".join(bytes(grid.shape) + grid.tobytes() for grid in finding.answers)

"""Search for a plan: calls of learned procedures that turn every demonstration's input into its output.

A beam search. A plan is given up at the first cell it writes that is wrong and that the plan's last word
does not repair; what is left gets closer to the outputs with every call. Every call is carried out by the
neural interpreter, whose decisions are remembered, so that most runs ask the network nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from puzzles.grid import COLOURS, Cells
from puzzles.puzzle import Puzzle
from solver.npi.calls import HANDS, OWN, PROCEDURES, SELECTORS, WAYS, Begun, ForEach, Procedure
from solver.npi.compose import Target, carry_out
from solver.npi.interpreter import Interpreter
from solver.npi.pad import STEPS
from solver.npi.scene import Scene
from solver.words.operations import OPERATIONS
from solver.words.operations.pieces import background
from solver.words.operations.registry import NotApplicable

LONGEST = 4
"""Calls in a plan."""
BEAM = 10
_MOST_CALLS = 150
"""Places on one grid beyond which a selector is not tried."""
_MOST_STARTS = 6
"""Ways to begin, with exact words before and after the plan."""
_MOST_SIZES = 6
"""Sizes of enclosed areas that get a selector of their own."""

_TURN = 50
"""Plans between two moments at which the search can be stopped, where none has to be run."""

_SELECTOR_COST = {"coloured cell": 0.5, "piece": 0.5, "enclosed area": 0.5, "empty area": 0.5}
_SWAP = "swap 0 and "
_HAND_COST = {OWN: 0.5}
_PLAIN_COST = 1.0
_IDLE_COST = 4.0
"""Added for a call that does nothing on a test input."""


@dataclass(frozen=True)
class Frame:
    """Exact words before and after a plan, and what the latter do to each colour."""

    before: tuple[str, ...] = ()
    after: tuple[str, ...] = ()
    recoloured: tuple[int, ...] = tuple(range(COLOURS))


@dataclass(frozen=True, eq=False)
class State:
    """A plan so far and what it made of the demonstrations."""

    frame: Frame
    plan: tuple[ForEach, ...]
    grids: tuple[Cells, ...]
    wrong: int
    """Cells that differ from the outputs once the last words are applied."""
    cost: float

    @property
    def words(self) -> tuple[str, ...]:
        """The program's words."""
        return (*self.frame.before, *(call.name for call in self.plan), *self.frame.after)

    @property
    def key(self) -> bytes:
        """Equal for states with the same grids that are read alike."""
        return bytes(self.frame.recoloured) + b"".join(grid.tobytes() for grid in self.grids)


Moments = Generator[State | None, None, None]


class PlanSearch:
    """One search; `run` yields every state that explains all demonstrations, and None while it goes on."""

    def __init__(self, puzzle: Puzzle, interpreter: Interpreter, longest: int = LONGEST) -> None:
        self.interpreter, self.longest = interpreter, longest
        self.outputs = [pair.output for pair in puzzle.train if pair.output is not None]
        self.inputs = [pair.input for pair in puzzle.train if pair.output is not None]
        self.tests = [pair.input for pair in puzzle.test]
        self.tried = 0
        """Plans that were run."""
        self.closest: list[State] = []
        """The states nearest to the outputs, best first."""
        known = interpreter.core.config.every_program
        self._procedures = [p for p in PROCEDURES.values() if p.program in known]
        self._scenes: dict[bytes, Scene] = {}

    def run(self) -> Moments:
        """Plans of one call, then of two, and so on; ends with the state from which one explains all."""
        beam = []
        for start in self._starts():
            if start is None:
                yield None
            else:
                beam.append(start)
        for _ in range(self.longest):
            following: dict[bytes, State] = {}
            for state in beam:
                found = False
                for child in self._children(state):
                    if child is None or not child.wrong:
                        found = found or child is not None
                        yield child
                    elif child.key not in following or child.cost < following[child.key].cost:
                        following[child.key] = child
                if found:
                    return
            beam = sorted(following.values(), key=lambda state: (state.wrong, state.cost))[:BEAM]
            self.closest = sorted([*beam, *self.closest], key=lambda state: (state.wrong, state.cost))[:BEAM]

    def _starts(self) -> Moments:
        """The puzzle as it is, and after exact words, those that leave least to do first."""
        if not self.outputs:
            return
        prepared = yield from self._prepared()
        for before, grids in [((), tuple(self.inputs)), *prepared][:_MOST_STARTS]:
            if all(grid.shape == output.shape for grid, output in zip(grids, self.outputs, strict=True)):
                for frame in self._framed(before, grids):
                    yield State(
                        frame, (), grids, self._wrong(grids, frame), float(len(frame.after) + len(before))
                    )

    def _prepared(self) -> Generator[None, None, list[tuple[tuple[str, ...], tuple[Cells, ...]]]]:
        """Words that bring inputs to their outputs' shapes, or make their ground black."""
        found = []
        if all(same_shape(a, b) for a, b in zip(self.inputs, self.outputs, strict=True)):
            grounds = {background(grid) for grid in (*self.inputs, *self.tests)}
            ground = next(iter(grounds))
            names = [f"{_SWAP}{ground}"] if len(grounds) == 1 and ground else []
        else:
            names = [operation.name for operation in OPERATIONS]
        for operation in OPERATIONS:
            if operation.name in names:
                yield None
                grids = _applied(operation, self.inputs)
                if grids is not None and all(map(same_shape, grids, self.outputs)):
                    found.append(((operation.name,), grids))
        return sorted(found, key=lambda item: self._wrong(item[1], Frame()))

    def _framed(self, before: tuple[str, ...], grids: Sequence[Cells]) -> Iterator[Frame]:
        """No word after the plan, or one that undoes the first, or one that recolours what vanishes."""
        if before and before[0].startswith(_SWAP):
            ground = int(before[0].removeprefix(_SWAP))
            colours = list(range(COLOURS))
            colours[0], colours[ground] = ground, 0
            yield Frame(before, before, tuple(colours))
            return
        yield Frame(before)
        shown = {int(colour) for output in self.outputs for colour in np.unique(output)}
        for colour in range(1, COLOURS):
            if colour in shown or not all((grid == colour).any() for grid in grids):
                continue
            beneath = np.concatenate([o[g == colour] for g, o in zip(grids, self.outputs, strict=True)])
            into = int(np.bincount(beneath).argmax())
            colours = list(range(COLOURS))
            colours[colour] = into
            yield Frame(before, (f"replace {colour} by {into}",), tuple(colours))

    def _wrong(self, grids: Sequence[Cells], frame: Frame) -> int:
        table = np.array(frame.recoloured, np.uint8)
        return sum(int((table[g] != o).sum()) for g, o in zip(grids, self.outputs, strict=True))

    def _children(self, state: State) -> Moments:
        """Every call that writes nothing wrong and brings the state nearer; each different one once."""
        if not state.wrong:
            return  # exact words alone explain it
        runs = _Runs(self, state)
        seen: set[tuple[str, tuple[tuple[Begun, ...], ...]]] = set()
        for call in sorted(self._calls(state, runs.scenes), key=_cost):
            self.tried += 1
            if self.tried % _TURN == 0:
                yield None
            grids, made = yield from runs.of(call)
            key = (call.procedure, made)
            if grids is None or key in seen:
                continue
            seen.add(key)
            wrong = self._wrong(grids, state.frame)
            if wrong < state.wrong:
                cost = state.cost + _cost(call) + _IDLE_COST * self._idle(call, state)
                yield State(state.frame, (*state.plan, call), grids, wrong, cost)

    def _idle(self, call: ForEach, state: State) -> bool:
        """Whether a plan's only call would do nothing on a test input."""
        if state.plan or state.frame.before:
            return False
        return any(not call.calls(self.scene(test)) for test in self.tests)

    def scene(self, grid: Cells) -> Scene:
        """What is known of a grid."""
        key = bytes(grid.shape) + grid.tobytes()
        if key not in self._scenes:
            self._scenes[key] = Scene(grid)
        return self._scenes[key]

    def _calls(self, state: State, scenes: Sequence[Scene]) -> Iterator[ForEach]:
        """Every call with a selector that finds something and a colour that is still missing."""
        table = np.array(state.frame.recoloured, np.uint8)
        pairs = list(zip(state.grids, self.outputs, strict=True))
        missing = {int(c) for grid, output in pairs for c in np.unique(output[table[grid] != output])}
        hands = [
            name
            for name in HANDS
            if not name.startswith("colour ") or state.frame.recoloured[int(name.split()[1])] in missing
        ]
        present = [str(c) for c in range(1, COLOURS) if any((grid == c).any() for grid in state.grids)]
        for select in self._selectors(scenes):
            if _names_absent(select, present):
                continue
            for procedure in self._procedures:
                if procedure.aims != "none" and "area" in select:
                    continue
                ways = WAYS if procedure.aims != "none" else ("",)
                for way in ways:
                    if not _names_absent(way, present):
                        for hand in hands if procedure.draws else (OWN,):
                            yield ForEach(select, procedure.name, way, hand)

    def _selectors(self, scenes: Sequence[Scene]) -> Iterator[str]:
        yield from SELECTORS
        sizes = sorted({len(area.cells) for scene in scenes for area in scene.enclosed})
        yield from (f"enclosed area of {size} cells" for size in sizes[:_MOST_SIZES])


class _Runs:
    """Calls carried out on one state; what is known already is not run again."""

    def __init__(self, search: PlanSearch, state: State) -> None:
        self.scenes = [search.scene(grid) for grid in state.grids]
        self._interpreter, self._state = search.interpreter, state
        self._targets = [Target(output, state.frame.recoloured) for output in search.outputs]
        self._known: list[dict[tuple[str, tuple[Begun, ...]], Cells | None]] = [{} for _ in self.scenes]
        self._forbidden: list[set[tuple[str, Begun]]] = [set() for _ in self.scenes]
        """Calls that write something wrong if they come first."""

    def of(
        self, call: ForEach
    ) -> Generator[None, None, tuple[tuple[Cells, ...] | None, tuple[tuple[Begun, ...], ...]]]:
        """The grids after a call, None where it writes something wrong or nothing; and what it began with."""
        procedure = PROCEDURES[call.procedure]
        grids, made = [], []
        for place, scene in enumerate(self.scenes):
            begun = call.calls(scene, _MOST_CALLS)
            key = (procedure.name, begun)
            if key not in self._known[place]:
                self._known[place][key] = yield from self._carried_out(procedure, begun, place)
            after = self._known[place][key]
            if after is None:
                return None, ()
            grids.append(after)
            made.append(begun)
        return (tuple(grids) if any(made) else None), tuple(made)

    def _carried_out(
        self, procedure: Procedure, begun: tuple[Begun, ...], place: int
    ) -> Generator[None, None, Cells | None]:
        grid = self._state.grids[place]
        if not begun:
            return grid
        if (procedure.name, begun[0]) in self._forbidden[place]:
            return None
        if not self._may_begin(procedure, begun[0], place):
            self._forbidden[place].add((procedure.name, begun[0]))
            return None
        yield None
        done = yield from carry_out(self._interpreter, procedure, begun, grid, self._targets[place])
        if done.cells is None and not done.returned:
            self._forbidden[place].add((procedure.name, begun[0]))
        return done.cells

    def _may_begin(self, procedure: Procedure, begun: Begun, place: int) -> bool:
        """Whether the first cell that the true procedure would write is one that may be written.

        Asking this first spares the network most calls; whatever is run, the network carries out.
        """
        (row, column), hand, direction = begun
        if procedure.starts_ahead:
            row, column = row + STEPS[direction][0], column + STEPS[direction][1]
            if self.scenes[place].at(row, column) != 0:
                return True
        elif not procedure.draws or self._state.grids[place][row, column] == hand:
            return True
        return self._targets[place].allows(((row, column, 0, hand),))


def same_shape(a: Cells, b: Cells) -> bool:
    """Whether two grids have as many rows and columns."""
    return a.shape == b.shape


def _names_absent(name: str, present: Sequence[str]) -> bool:
    """Whether a name ends in a colour that is on no grid."""
    before, _, last = name.rpartition(" ")
    return before.endswith("colour") and last.isdigit() and last not in present


def _cost(call: ForEach) -> float:
    return (
        1.0
        + _SELECTOR_COST.get(call.select, _PLAIN_COST)
        + _HAND_COST.get(call.hand, _PLAIN_COST)
        + (_PLAIN_COST if call.ways else 0.0)
    )


def _applied(operation: Callable[[Cells], Cells], grids: Sequence[Cells]) -> tuple[Cells, ...] | None:
    try:
        return tuple(np.ascontiguousarray(operation(grid)) for grid in grids)
    except NotApplicable:
        return None

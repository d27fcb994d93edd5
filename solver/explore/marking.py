"""Learn rules that pick exactly the objects that a person marked: take them, or clear others or them away.

What the rule makes is a state to search on from, whether or not it looks like an output: that is what marks
are for, since the search itself learns which piece is meant only from pieces that look like outputs.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

import numpy as np

from puzzles.puzzle import Puzzle
from solver.explore.conditions import separate
from solver.explore.costs import COSTS
from solver.explore.evidence import Mask, gather
from solver.explore.leave_one_out import Supported, accuracy_of_conditions
from solver.explore.states import Node
from solver.words.features.piece_features import piece_features
from solver.words.marks import Mark, marked_cells
from solver.words.matched import picked_pieces, touched
from solver.words.operations import SPLITS, NotApplicable
from solver.words.operations.choose import put_back
from solver.words.operations.condition import Condition
from solver.words.operations.pieces import Pieces
from solver.words.operations.select import Select
from solver.words.operations.transform import VANISH, Transform
from solver.words.program import Program, Trace
from solver.words.results import Candidate
from solver.words.rules import parse_rule

_MOST_HYPOTHESES = 4
"""Hypotheses of one rule that are followed up."""

Marks = tuple[frozenset[tuple[int, int]], ...]
"""The marked cells of every input of a search, in the order of its grids; none where a pair is left open."""


def marks_of(puzzle: Puzzle, marked: Sequence[Mark]) -> Marks:
    """The marked cells of the demonstrations with an output, then of the tests; empty without marks."""
    if not marked:
        return ()
    known = [place for place, pair in enumerate(puzzle.train) if pair.output is not None]
    cells = [marked_cells(marked, "train", place) for place in known]
    return (*cells, *(marked_cells(marked, "test", place) for place in range(len(puzzle.test))))


def meant(pieces: Sequence[Pieces], marks: Marks) -> dict[int, Mask]:
    """Per marked pair which pieces are meant; nothing where the marks single none out of a grid.

    A marked cell that is in no piece, or marks on every piece of every pair, say that this is not the way
    to cut the grids.
    """
    found: dict[int, Mask] = {}
    for place, (cut, cells) in enumerate(zip(pieces, marks, strict=True)):
        if cells:
            found[place] = touched(cut, cells)
            if not all(touched(cut, (cell,)).any() for cell in cells):
                return {}
    return {} if all(mask.all() for mask in found.values()) else found


def cuttings(puzzle: Puzzle, marked: Sequence[Mark]) -> list[str]:
    """The words that cut the inputs into objects of which the marks single some out."""
    marks = marks_of(puzzle, marked)
    inputs = [pair.input for pair in puzzle.train if pair.output is not None]
    inputs += [pair.input for pair in puzzle.test]
    found = []
    for split in SPLITS:
        try:
            cut = [split.function(grid) for grid in inputs]
        except NotApplicable:
            continue
        if meant(cut, marks):
            found.append(split.name)
    return found


def learn_from_marks(node: Node, marks: Marks) -> Iterator[Supported]:
    """States after rules that pick the marked pieces of every marked pair, whatever they pick elsewhere."""
    pieces = [value for value in node.values if isinstance(value, Pieces)]
    wanted = meant(pieces, marks) if len(pieces) == len(marks) else {}
    if not wanted:
        return
    yield from _rules(node, pieces, wanted, _take)
    yield from _rules(node, pieces, {place: ~mask for place, mask in wanted.items()}, _clear)
    yield from _rules(node, pieces, wanted, _clear)


def _rules(
    node: Node,
    pieces: Sequence[Pieces],
    wanted: dict[int, Mask],
    finish: Callable[[Node, Sequence[Pieces], tuple[Condition, ...], float], Node],
) -> Iterator[Supported]:
    """Rules whose conditions hold for the wanted pieces of the marked pairs, and for no others of theirs."""
    if not any(mask.any() for mask in wanted.values()):
        return
    order = [*wanted, *(place for place in range(len(pieces)) if place not in wanted)]
    features = [piece_features(pieces[place]) for place in order]
    if any(not one.values for one in features):
        return
    nothing = [np.zeros(one.shape, np.uint8) for one in features]
    masks = list(wanted.values())
    evidence = gather(features, nothing, [mask[None].astype(np.uint8) for mask in masks])
    share: float | None = None
    for hypothesis in separate(evidence, evidence.wrong, ~evidence.wrong)[:_MOST_HYPOTHESES]:
        best = hypothesis.best
        if not best.conditions or best.cost > COSTS.most_conditions_of_select:
            continue
        try:
            found = finish(node, pieces, best.conditions, best.cost)
        except NotApplicable:
            continue
        if share is None:
            several = len(masks) > 1
            share = accuracy_of_conditions(best.cost, features, masks, masks) if several else 1.0
        yield Supported(found, hypothesis.weight, share)


def _take(node: Node, pieces: Sequence[Pieces], where: tuple[Condition, ...], cost: float) -> Node:
    """The one piece that is picked."""
    rule = Select(where)
    values = tuple(rule.apply([cut]) for cut in pieces)
    return Node(str(rule), (node,), values, node.cost + COSTS.marked * (COSTS.select + cost))


def _clear(node: Node, pieces: Sequence[Pieces], where: tuple[Condition, ...], cost: float) -> Node:
    """The grid without the pieces that are picked."""
    rule = Transform(VANISH, where)
    left = tuple(rule.apply([cut]) for cut in pieces)
    spent = node.cost + COSTS.marked * (COSTS.transform + cost)
    cleared = Node(str(rule), (node,), left, spent)
    grids = tuple(put_back(cut) for cut in left if isinstance(cut, Pieces))
    return Node("put back", (cleared,), grids, spent + COSTS.marked * COSTS.put_back)


def picks_marked(candidate: Candidate, marked: Sequence[Mark]) -> bool:
    """Whether a step picks exactly the marked objects of every marked pair, or clears all others away."""
    pairs = [
        ((candidate.demonstrations if mark.part == "train" else candidate.tests)[mark.pair], mark.cells)
        for mark in marked
    ]
    return any(
        all(_picks(candidate.program, place, trace, cells) for trace, cells in pairs)
        for place in range(len(candidate.program.steps))
    )


def _picks(program: Program, place: int, trace: Trace, cells: frozenset[tuple[int, int]]) -> bool:
    """Whether the step at `place` picked the pieces of the input with one of these cells, and no others."""
    if place + 1 >= len(trace.outcomes):
        return False
    used = _results_used(program, place)
    operands = [trace.outcomes[result] for result in used]
    pieces = operands[0].pieces
    state = used[0]
    while state and trace.outcomes[state].pieces is not None:
        state = _results_used(program, state - 1)[0]
    if pieces is None or state:
        return False  # cut from another grid than the input
    word = program.steps[place].word
    picked = picked_pieces(word, [one.grid if one.pieces is None else one.pieces for one in operands])
    wanted = touched(pieces, cells)
    if picked is None or len(picked) != len(wanted) or not wanted.any():
        return False
    rule = parse_rule(word)
    clears = isinstance(rule, Transform) and rule.action == VANISH
    return bool((picked == wanted).all()) or (clears and bool((picked != wanted).all()))


def _results_used(program: Program, place: int) -> tuple[int, ...]:
    """The results a step uses, counted from the input as 0."""
    step = program.steps[place]
    return (place if step.source is None else step.source + 1, *(other + 1 for other in step.others))

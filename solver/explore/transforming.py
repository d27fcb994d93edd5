"""Learn which pieces move, and how: "pieces: move down until stopped where height = 3", then put back."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import product

import numpy as np

from puzzles.grid import Cells
from solver.explore.conditions import Hypothesis, separate
from solver.explore.costs import COSTS
from solver.explore.evidence import Mask, gather
from solver.explore.leave_one_out import Supported, accuracy_of_conditions
from solver.explore.states import Node
from solver.words.features import Features
from solver.words.features.piece_features import piece_features
from solver.words.operations import NotApplicable
from solver.words.operations.choose import put_back
from solver.words.operations.pieces import Piece, Pieces
from solver.words.operations.transform import (
    BECOME,
    BECOME_LARGEST,
    TOUCH,
    TOUCH_OWN,
    TURNS,
    VANISH,
    WAYS,
    Action,
    ByLength,
    Slide,
    Step,
    Transform,
    act,
)

_MOST = 30
"""More pieces than this in a demonstration are noise, not things."""
_ACTIONS = 3
"""Most kinds of change in one program."""
_MOST_HYPOTHESES = 2
_FURTHEST = 12
"""Longest fixed step that is tried."""


def learn_to_transform(node: Node, targets: Sequence[Cells]) -> Iterator[Supported]:
    """Programs that change some pieces of every demonstration and put all back."""
    pieces = [value for value in node.values if isinstance(value, Pieces)]
    known = pieces[: len(targets)]
    if any(cut.shape != target.shape for cut, target in zip(known, targets, strict=True)):
        return
    if any(len(cut.items) > _MOST for cut in pieces):
        return
    staying = [
        np.array([_shown(p, target, cut.background) for p in cut.items])
        for cut, target in zip(known, targets, strict=True)
    ]
    if all(mask.all() for mask in staying):
        return
    fitting = _fitting(known, targets, staying)
    chosen = _cover(fitting, np.concatenate(staying))
    if not chosen:
        return
    features = [piece_features(cut) for cut in pieces]
    choices = [_hypotheses(features, known, fitting, action, group) for action, group in chosen.items()]
    share: float | None = None
    for picks in product(*choices):
        found = _program(node, list(chosen), picks)
        if found is None or found.cost - node.cost > COSTS.most_of_transform:
            continue
        if all(np.array_equal(*pair) for pair in zip(found.grids, targets, strict=False)):
            if share is None:
                share = min(
                    accuracy_of_conditions(
                        pick.best.cost, features, *_split(known, group, _free(fitting, action, group))
                    )
                    for pick, (action, group) in zip(picks, chosen.items(), strict=True)
                )
            yield Supported(found, float(np.prod([hypothesis.weight for hypothesis in picks])), share)


def _shown(piece: Piece, target: Cells, background: int) -> bool:
    """Whether the target shows the piece where it lies, as far as it is inside the grid."""
    top, left = max(piece.top, 0), max(piece.left, 0)
    part = piece.cells[top - piece.top :, left - piece.left :]
    window = target[top : top + part.shape[0], left : left + part.shape[1]]
    part = part[: window.shape[0], : window.shape[1]]
    content = part != background
    return bool(content.any()) and bool((part == window)[content].all())


def _fitting(
    known: Sequence[Pieces], targets: Sequence[Cells], staying: Sequence[Mask]
) -> dict[Action, Mask]:
    """Per action that explains some piece, the pieces it explains, those of all demonstrations in a row."""
    actions: list[Action] = [*(Slide(way) for way in WAYS), TOUCH, TOUCH_OWN]
    actions += [ByLength(way) for way in WAYS]
    actions += [*TURNS, BECOME, BECOME_LARGEST, VANISH]
    actions += _steps(known, targets, staying)
    found: dict[Action, Mask] = {}
    for action in actions:
        masks = []
        for cut, target, mask in zip(known, targets, staying, strict=True):
            try:
                after = act(action, cut, ~mask)
            except NotApplicable:
                masks.append(np.zeros(len(mask), np.bool_))
                continue
            shown = [_shown(p, target, cut.background) for p in after.items]
            masks.append((np.array(shown) | (action == VANISH)) & ~mask)
        together = np.concatenate(masks)
        if together.any():
            found[action] = together
    return found


def _steps(known: Sequence[Pieces], targets: Sequence[Cells], staying: Sequence[Mask]) -> list[Action]:
    """Fixed steps that explain a moving piece of the demonstration with the fewest of them."""
    place = min(
        (i for i, mask in enumerate(staying) if not mask.all()), key=lambda i: int((~staying[i]).sum())
    )
    cut, target = known[place], targets[place]
    found = []
    for index in np.flatnonzero(~staying[place])[:2]:
        piece = cut.items[index]
        reach = range(-_FURTHEST, _FURTHEST + 1)
        for down, right in product(reach, reach):
            inside = 0 <= piece.top + down < target.shape[0] and 0 <= piece.left + right < target.shape[1]
            moved = Piece(piece.cells, piece.top + down, piece.left + right)
            if inside and (down or right) and _shown(moved, target, cut.background):
                found.append((abs(down) + abs(right), Step(down, right)))
    found.sort(key=lambda entry: (entry[0], str(entry[1])))
    return [action for _, action in found[:12]]


def _cover(fitting: dict[Action, Mask], staying: Mask) -> dict[Action, Mask]:
    """Few actions that together explain all pieces that do not stay, each with those it is to explain."""
    left = ~staying
    chosen: dict[Action, Mask] = {}
    while left.any():
        if not fitting or len(chosen) == _ACTIONS:
            return {}
        # What moves has vanished from its place as well, so that is the last thing to think of.
        action = max(
            fitting,
            key=lambda name: (
                (fitting[name] & left).any(),
                name != VANISH,
                int((fitting[name] & left).sum()),
            ),
        )
        if not (fitting[action] & left).any():
            return {}
        chosen[action] = fitting[action] & left
        left = left & ~fitting[action]
    return chosen


def _hypotheses(
    features: Sequence[Features],
    known: Sequence[Pieces],
    fitting: dict[Action, Mask],
    action: Action,
    group: Mask,
) -> list[Hypothesis]:
    """Conditions that hold for the pieces an action is to explain and for none it does not."""
    free = _free(fitting, action, group)
    wanted = [mask[None].astype(np.uint8) for mask in _split(known, group)[0]]
    nothing = [np.zeros(one.shape, np.uint8) for one in features]
    evidence = gather(features, nothing, wanted)
    return separate(evidence, group, ~free)[:_MOST_HYPOTHESES]


def _free(fitting: dict[Action, Mask], action: Action, group: Mask) -> Mask:
    """Pieces the action may be applied to."""
    return group | fitting[action] if action != VANISH else group


def _split(known: Sequence[Pieces], *masks: Mask) -> list[list[Mask]]:
    """Cut masks over all pieces into one for each demonstration."""
    ends = np.cumsum([len(cut.items) for cut in known])[:-1]
    return [np.split(mask, ends) for mask in masks]


def _program(node: Node, actions: Sequence[Action], picks: Sequence[Hypothesis]) -> Node | None:
    here = node
    try:
        for action, hypothesis in zip(actions, picks, strict=True):
            rule = Transform(action, hypothesis.best.conditions)
            parents = (here,) if here is node else (here, node)
            values = tuple(
                rule.apply([v for v in operands if isinstance(v, Pieces)])
                for operands in zip(*(parent.values for parent in parents), strict=True)
            )
            cost = here.cost + COSTS.transform + hypothesis.best.cost
            here = Node(str(rule), parents, values, cost)
        grids = tuple(put_back(value) for value in here.values if isinstance(value, Pieces))
    except NotApplicable:
        return None
    return Node("put back", (here,), grids, here.cost + COSTS.put_back)

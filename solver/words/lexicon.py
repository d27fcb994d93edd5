"""What there is to say with exact words: every listed word by kind and family, a pattern for every kind of
rule, and how a text that somebody began to type may go on."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice
from typing import Literal

import numpy as np

from solver.words.features import add_current, cell_features
from solver.words.features.piece_features import piece_features
from solver.words.operations import CHOICES, FILTERS, MERGES, OPERATIONS, SPLITS
from solver.words.operations.condition import RELATIONS, Condition
from solver.words.operations.copies import Copies
from solver.words.operations.paint import KeepPainting, Paint
from solver.words.operations.pieces import Piece, Pieces
from solver.words.operations.renumber import GiveBack
from solver.words.operations.select import Select
from solver.words.operations.transform import Transform
from solver.words.operations.turn import Turn, TurnBack
from solver.words.rule import COLOURS, Rule
from solver.words.rules import LISTED, Each, Listed, parse_rule, takes_one

Group = Literal["grid", "cut", "keep", "choose", "merge", "rule"]
_WHERE, _AND = " where ", " and "
_SMALL = tuple(str(number) for number in range(1, 10))


@dataclass(frozen=True)
class Listing:
    """One word of the dictionary, or one that stands for all of its kind."""

    name: str
    group: Group
    """What it works on: "grid" a grid, "cut" makes pieces of one, "keep" pieces of pieces, "choose" and
    "merge" a grid of pieces; "rule" is a word with conditions or lengths of its own."""
    family: str
    pattern: bool = False
    """Whether it stands for a kind of words without end."""
    of_two: bool = False
    """Whether it also needs the grid that the pieces or the grid before it came from."""


_PATTERNS: tuple[tuple[str, str], ...] = (
    ("paint", "paint 4 where colour = 3"),
    ("paint", "paint 4 where size rank of its object = 1"),
    ("paint", "paint colour up where colour = 0"),
    ("keep painting", "keep on: paint 4 where colour left by now = 4 and colour = 0"),
    ("take", "take the piece where rank by cells = 1"),
    ("move", "pieces: move by 1 down, 0 right where rank by cells = 1"),
    ("move", "pieces: move down until stopped where rank by cells = 1"),
    ("move", "pieces: move right by its length where rank by cells = 1"),
    ("move", "pieces: move until it touches another where rank by fewest cells = 1"),
    ("move", "pieces: move until it touches its colour where rank by fewest cells = 1"),
    ("change pieces", "pieces: flip left-right where rank by cells = 1"),
    ("change pieces", "pieces: turn clockwise where rank by cells = 1"),
    ("change pieces", "pieces: vanish where rank by cells = 1"),
    ("change pieces", "pieces: become the piece that stays where rank by cells ≥ 2"),
    ("change pieces", "pieces: become the largest piece where rank by cells ≥ 2"),
    ("each piece", "each: fill holes with 4"),
    ("canvas", "extend to 2 × height by 2 × width at the top left"),
    ("canvas", "blank 3 by 3"),
    ("copies", "lay copies as they are for each cell where colour ≠ 0"),
    ("renumber", "number the colours by frequency but 0"),
    ("renumber", "give the colours back but 0"),
)
"""Family and an example of every kind of rule that cannot be listed."""


@lru_cache(maxsize=1)
def listings() -> tuple[Listing, ...]:
    """Every word there is to look up, those on grids first, rules last."""
    families = {operation.name: operation.family for operation in OPERATIONS}
    found = [_listing(rule, families) for rule in LISTED]
    order = ("grid", "cut", "keep", "choose", "merge")
    found.sort(key=lambda listing: order.index(listing.group))
    return (*found, *(Listing(name, "rule", family, True, needs_two(name)) for family, name in _PATTERNS))


def _listing(rule: Rule, families: dict[str, str]) -> Listing:
    name, two = str(rule), needs_two(str(rule))
    group: Group = "merge"
    if isinstance(rule, (Turn, TurnBack)) or name in families:
        group = "grid"
    elif name in _CUTS:
        group = "cut"
    elif name in _KEEPS:
        group = "keep"
    elif name in _CHOOSES:
        group = "choose"
    return Listing(name, group, families.get(name) or _family(name, group, two), of_two=two)


def _family(name: str, group: Group, two: bool) -> str:
    """The family of a listed word that is no operation."""
    if group == "cut":
        things = name.startswith(("objects", "boxes", "regions", "colours"))
        return "things" if things else "parts"
    if group == "keep":
        first = name.split(" ", 1)[0]
        return "keep pieces" if first in ("keep", "drop") else first
    if group == "choose":
        return "odd" if name.startswith("the odd") else "most"
    if group == "grid":
        return "turn"
    return "over" if two else "join"


_CUTS = frozenset(word.name for word in SPLITS)
_KEEPS = frozenset(word.name for word in FILTERS)
_CHOOSES = frozenset(word.name for word in CHOICES)
_TO_GRIDS = _CHOOSES | {word.name for word in MERGES}


def listing_of(name: str) -> Listing | None:
    """The entry of a word, of one that is not listed too; None where the grammar spells no such word."""
    known = _by_name().get(name)
    if known is not None:
        return known
    rule = parse_rule(name)
    if rule is None or not _features_known(rule):
        return None
    return Listing(name, "rule", family_of(rule), True, needs_two(name))


@lru_cache(maxsize=1)
def _by_name() -> dict[str, Listing]:
    return {listing.name: listing for listing in listings()}


def family_of(rule: Rule) -> str:
    """The family a rule belongs to among those of the patterns."""
    if isinstance(rule, Transform):
        return "move" if "move" in str(rule.action) else "change pieces"
    return next((family for family, text in _PATTERNS if type(parse_rule(text)) is type(rule)), "")


def same_kind(one: str, other: str) -> bool:
    """Whether two names spell rules of one kind."""
    first, second = parse_rule(one), parse_rule(other)
    if first is None or second is None or isinstance(first, Listed) or isinstance(second, Listed):
        return one == other
    return type(first) is type(second) and family_of(first) == family_of(second)


def needs_two(name: str) -> bool:
    """Whether a word also needs the grid that what it is given came from."""
    rule = parse_rule(name)
    return isinstance(rule, (Copies, GiveBack, TurnBack)) or (
        isinstance(rule, Listed) and not takes_one(rule)
    )


def takes_pieces(name: str) -> bool:
    """Whether a word works on pieces and not on a grid."""
    return name in _KEEPS or name in _TO_GRIDS or isinstance(parse_rule(name), (Each, Select, Transform))


def conditions_of(rule: Rule) -> tuple[Condition, ...]:
    """The conditions a rule has."""
    inner = rule.rule if isinstance(rule, KeepPainting) else rule.word if isinstance(rule, Each) else rule
    return inner.where if isinstance(inner, (Paint, Select, Transform, Copies)) else ()


def _features_known(rule: Rule) -> bool:
    """Whether there are features of these names: a rule with others reads well and never runs."""
    known = _piece_names() if isinstance(rule, (Select, Transform)) else _cell_names()
    named = [condition.feature for condition in conditions_of(rule)]
    inner = rule.rule if isinstance(rule, KeepPainting) else rule
    if isinstance(inner, Paint) and isinstance(inner.colour, str):
        named.append(inner.colour)
    return known.issuperset(named)


@lru_cache(maxsize=1)
def _cell_names() -> frozenset[str]:
    """Names of all features of cells, those of further grids, of parts and of canvases painted so far too."""
    grid = np.zeros((3, 3), np.uint8)
    found = cell_features(grid, (grid, grid, grid)).values.keys() | _part_names(grid)
    found |= cell_features(grid, (grid[:2], grid[:2], grid[:2])).values.keys()
    return frozenset(found | add_current(grid, cell_features(grid)))


def _part_names(grid: np.ndarray) -> set[str]:
    return set(cell_features(grid, (Pieces((Piece(grid, 0, 0),), (3, 3), 0, (1, 1)),)).values)


@lru_cache(maxsize=1)
def _own_names() -> tuple[str, ...]:
    return tuple(cell_features(np.zeros((3, 3), np.uint8)).values)


@lru_cache(maxsize=1)
def _colour_names() -> tuple[str, ...]:
    return tuple(sorted(cell_features(np.zeros((3, 3), np.uint8)).colour_names))


@lru_cache(maxsize=1)
def _piece_names() -> frozenset[str]:
    return frozenset(_ordered_piece_names())


@lru_cache(maxsize=1)
def _ordered_piece_names() -> tuple[str, ...]:
    return tuple(piece_features(Pieces((Piece(np.zeros((3, 3), np.uint8), 0, 0),), (3, 3))).values)


def completions(text: str, most: int) -> tuple[str, ...]:
    """Names of rules that go on as `text` begins, at most so many; itself first where it is whole."""
    text = " ".join(text.split())
    whole = [text] if listing_of(text) is not None else []
    found = (name for name in _going_on(text) if name != text and listing_of(name) is not None)
    return tuple(dict.fromkeys([*whole, *islice(found, most)]))[:most]


def _going_on(text: str) -> Iterator[str]:
    head, where, rest = text.partition(_WHERE)
    if where or text.endswith(" where"):
        yield from _conditions(head.removesuffix(" where"), rest)
    elif text.startswith("each: "):
        inner = text.removeprefix("each: ")
        yield from (f"each: {operation.name}" for operation in OPERATIONS if inner in operation.name)
    else:
        yield from _heads(text)


def _heads(text: str) -> Iterator[str]:
    """Rules whose beginning, up to their conditions, goes on as `text`."""
    for before in ("", "keep on: "):
        paints = (f"{before}paint {colour}" for colour in (*COLOURS, *_colour_names()))
        yield from (f"{name} where colour = 0" for name in paints if text and name.startswith(text))
    for _, pattern in _PATTERNS:
        if text and pattern.startswith(text):
            yield pattern


def _conditions(head: str, rest: str) -> Iterator[str]:
    """The head with every condition that the last one may become."""
    before, both, fragment = rest.rpartition(_AND)
    known = _ordered_piece_names() if head.startswith(("take ", "pieces: ")) else _own_names()
    feature, relation, number = _read(fragment)
    start = f"{head}{_WHERE}{before}{both}"
    relations = (relation,) if relation else ("=",)
    for name in _fitting(feature, known, whole=bool(relation)):
        values = (number,) if number else _SMALL if relation or name == feature else ("1",)
        yield from (f"{start}{name} {sign} {value}" for sign in relations for value in values)


def _read(fragment: str) -> tuple[str, str, str]:
    """A condition that was begun: its feature, relation and number, as far as they are there."""
    for sign in RELATIONS:
        feature, found, number = fragment.partition(f" {sign}")
        if found:
            return feature, sign, number.strip()
    return fragment, "", ""


def _fitting(text: str, names: Sequence[str], whole: bool) -> list[str]:
    """Names with all words of a text in them, those that begin like it first."""
    if whole:
        return [name for name in names if name == text]
    words = text.split()
    found = [name for name in names if all(word in name for word in words)]
    return sorted(found, key=lambda name: (not name.startswith(text), len(name)))

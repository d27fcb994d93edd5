"""Every kind of rule: read from its text, written as its text, and changed as data."""

from __future__ import annotations

import numpy as np
import pytest

from solver.words.features import cell_features
from solver.words.operations.condition import Condition
from solver.words.operations.paint import Paint
from solver.words.rule import Rule
from solver.words.rules import LISTED, RULES, parse_rule
from solver.words.vocabulary import exact_word

SPELLED_OUT = {
    "Blank": ["blank 3 by 30"],
    "Renumber": [
        "number the colours by frequency but 0 3",
        "number the colours by frequency but none",
        "number the colours by the box around them but 0",
    ],
    "GiveBack": ["give the colours back but 0 3", "give the colours back by place from the left but none"],
    "Turn": ["turn so that its lines lie level"],
    "TurnBack": ["turn back from where most of its content is below"],
    "Each": ["each: flip left-right", "each: paint 3 where row = 0"],
    "Select": ["take the piece where rank by cells = 1 and holes ≠ 0"],
    "Transform": [
        "pieces: move by -1 down, 3 right where main colour = 2",
        "pieces: move up until stopped",
        "pieces: move left by its length where cells ≥ 2",
        "pieces: vanish where holes ≤ 1",
        "pieces: become the largest piece",
    ],
    "Extend": [
        "extend to 2 × height by width at the top left",
        "extend to 3/2 × longer side by 12 at the middle",
    ],
    "Copies": [
        "lay copies as they are for each cell",
        "lay copies flipped left-right for each cell where column = 1 and row ≠ 0",
    ],
    "KeepPainting": ["keep on: paint 3 where colour up by now = 3 and colour = 0"],
    "Paint": [
        "paint 3",
        "paint the rarest colour where grid B being equal = 1",
        "paint 7 where cells of 2 around it ≥ -1 and part 2 ≠ 0",
    ],
    "Listed": ["objects", "replace 1 by 2", "put back over the grid"],
}


@pytest.mark.parametrize("kind", RULES, ids=lambda kind: kind.__name__)
def test_every_kind_is_read_back_from_its_text(kind: type[Rule]):
    assert kind.description.endswith(".")
    for text in SPELLED_OUT[kind.__name__]:
        rule = kind.parse(text)
        assert rule is not None, text
        assert str(rule) == text
        assert parse_rule(text) == rule
        word = exact_word(text)
        assert word is not None
        assert word.name == text


@pytest.mark.parametrize("name", SPELLED_OUT)
def test_no_text_is_read_by_two_kinds(name: str):
    for text in SPELLED_OUT[name]:
        assert [kind.__name__ for kind in RULES if kind.parse(text) is not None] == [name], text


def test_listed_words_are_read_back():
    assert all(parse_rule(str(rule)) == rule for rule in LISTED)


@pytest.mark.parametrize(
    "text",
    ["paint 12", "paint 99999 where row = 0", "each: each: flip left-right", "each: dance", "blank 0 by 3",
     "turn so that it is happy", "pieces: move sideways until stopped", "keep on: dance"],
)  # fmt: skip
def test_what_no_kind_can_read_is_no_word(text):
    assert parse_rule(text) is None
    assert exact_word(text) is None


def test_features_of_other_grids_are_known_by_grid_and_renamed_as_data():
    grid = np.array([[0, 1], [2, 0]], np.uint8)
    features = cell_features(grid, [grid, grid.T])
    assert features.of_others["grid C being equal"] == (1, "{} being equal")
    rule = Paint("grid C", (Condition("grid C being equal", "=", 1), Condition("row", "≠", 0)))
    renamed = rule.with_features({"grid C": "grid B", "grid C being equal": "grid B being equal"})
    assert str(renamed) == "paint grid B where grid B being equal = 1 and row ≠ 0"

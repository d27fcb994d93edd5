"""Looking words up: every kind is there, and what is typed goes on as words do."""

import pytest

from solver.words.lexicon import completions, family_of, listing_of, listings, same_kind, takes_pieces
from solver.words.rules import LISTED, RULES, Listed, parse_rule


def test_every_listed_word_and_every_kind_of_rule_is_there():
    found = listings()
    names = [listing.name for listing in found]
    assert len(set(names)) == len(names)
    assert {str(rule) for rule in LISTED} <= set(names)
    assert {type(parse_rule(name)) for name in names} == set(RULES)
    assert all(listing.family for listing in found)


@pytest.mark.parametrize("listing", [listing for listing in listings() if listing.pattern])
def test_a_pattern_is_a_word_of_its_family(listing):
    assert listing_of(listing.name) == listing
    assert family_of(parse_rule(listing.name)) == listing.family


def test_words_that_are_not_listed_are_known_if_they_can_run():
    assert listing_of("paint 3 where row = 2").group == "rule"
    assert listing_of("paint 3 where grid B = 2") is not None
    assert listing_of("paint 3 where weather = 2") is None
    assert listing_of("take the piece where colour up = 2") is None, "pieces have no cells above them"
    assert listing_of("nonsense") is None


@pytest.mark.parametrize(
    ("typed", "offered"),
    [
        ("paint 3", "paint 3"),
        ("paint 3 where row mod", "paint 3 where row modulo 2 = 1"),
        ("paint 3 where row =", "paint 3 where row = 4"),
        ("paint 3 where row = 1 and column ≥ 2", "paint 3 where row = 1 and column ≥ 2"),
        ("paint 3 where row = 1 and col", "paint 3 where row = 1 and column = 1"),
        ("take the piece where ho", "take the piece where holes = 1"),
        ("keep on: paint 5", "keep on: paint 5"),
        ("each: flip", "each: flip up-down"),
        ("blank", "blank 3 by 3"),
    ],
)
def test_what_is_typed_goes_on(typed, offered):
    found = completions(typed, 10)
    assert offered in found
    assert all(listing_of(name) is not None for name in found)


def test_nothing_goes_on_from_nonsense():
    assert completions("qwert", 10) == ()
    assert completions("", 10) == ()


def test_rules_of_one_kind_are_told_from_others():
    assert same_kind("paint 3 where row = 2", "paint 5")
    assert not same_kind("paint 3", "keep on: paint 3")
    assert not same_kind("pieces: vanish", "pieces: move down until stopped")
    assert same_kind("flip left-right", "flip left-right")
    assert not same_kind("flip left-right", "flip up-down")


def test_words_on_pieces_are_told_from_those_on_grids():
    assert takes_pieces("put back")
    assert takes_pieces("pieces: vanish")
    assert not takes_pieces("objects")
    assert isinstance(parse_rule("objects"), Listed)

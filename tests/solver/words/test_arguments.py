"""Parts of exact words' names that can be changed."""

import pytest

from solver.words.arguments import arguments
from solver.words.vocabulary import EXACT_LANGUAGE, exact_word


def choices(name, place):
    return [value for value, _ in arguments(name)[place].choices]


def test_colours_can_be_replaced_by_others():
    first, second = arguments("replace 1 by 2")
    assert (first.shown, second.shown) == ("replace … by 2", "replace 1 by …")
    assert choices("replace 1 by 2", 0) == ["0", *"3456789"]
    assert dict(first.choices)["7"] == "replace 7 by 2"


def test_directions_and_measures_too():
    assert choices("shift up", 0) == ["down", "left", "right"]
    assert choices("left half", 0) == ["right", "top", "bottom"]
    assert "holes" in choices("the piece with most cells", -1)


def test_a_painting_rule_has_colour_feature_relation_and_number():
    name = "paint 2 where size rank of its object = 3"
    assert [argument.value for argument in arguments(name)] == ["2", "rank", "object", "=", "3"]
    assert choices(name, 0) == [*"013456789"]
    assert "shape" in choices(name, 2)
    assert "≥" in choices(name, 3)


def test_features_give_way_to_features_that_exist():
    assert choices("paint 2 where row modulo 3 = 0", 1) == ["2", "4"]
    assert "down" in choices("paint 2 where colour up = 0", 1)


def test_what_paints_content_offers_no_colour_that_is_none():
    assert choices("paint content 4", 1) == [*"12356789"]


def test_arguments_of_each_are_those_of_the_word_within():
    inner, outer = arguments("pieces: move up until stopped"), arguments("each: shift up")
    assert [value for value, _ in inner[0].choices] == ["down", "left", "right"]
    assert outer[0].shown == "each: shift …"
    assert ("down", "each: shift down") in outer[0].choices


@pytest.mark.parametrize("name", ["w17", "transpose", "no such word"])
def test_others_have_none(name):
    assert arguments(name) == ()


def test_every_choice_is_a_word():
    for word in EXACT_LANGUAGE.words:
        for argument in arguments(word.name):
            assert all(exact_word(name) is not None for _, name in argument.choices)

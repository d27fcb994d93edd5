"""Calls of procedures that can be looked up, changed and completed."""

import pytest

from solver.npi.calls import PROCEDURES, parse_for_each
from solver.npi.lexicon import call_arguments, call_completions, listed_calls


def test_listed_calls_are_words_of_every_procedure():
    calls = listed_calls()
    assert len({call.name for call in calls}) == len(calls)
    assert {call.procedure for call in calls} == set(PROCEDURES)
    assert all(parse_for_each(call.name) == call for call in calls)


@pytest.mark.parametrize("name", [call.name for call in listed_calls()])
def test_every_choice_of_an_argument_is_a_call(name):
    for argument in call_arguments(name):
        at = argument.shown.index("…")
        assert name[at : at + len(argument.value)] == argument.value
        assert all(parse_for_each(choice) is not None for _, choice in argument.choices)
        assert name not in dict(argument.choices).values()


def test_a_call_has_a_place_a_procedure_ways_and_a_hand():
    values = [argument.value for argument in call_arguments("for each piece: ray up in colour 3")]
    assert values == ["piece", "ray", "up", "colour 3"]
    assert [argument.value for argument in call_arguments("for each piece: drop up")] == [
        "piece",
        "drop",
        "up",
    ]
    assert call_arguments("flip left-right") == ()


@pytest.mark.parametrize(
    ("typed", "offered"),
    [
        ("for each larg", "for each largest piece: drop down"),
        ("for each piece: ray up in col", "for each piece: ray up in colour 1"),
        ("for each piece: drop", "for each piece: drop up"),
        (
            "for each enclosed area of 4 cells: fill in colour 7",
            "for each enclosed area of 4 cells: fill in colour 7",
        ),
    ],
)
def test_what_is_typed_goes_on(typed, offered):
    found = call_completions(typed, 20)
    assert offered in found
    assert all(parse_for_each(name) is not None for name in found)
    assert call_completions("for each nobody: ray", 20) == ()
    assert call_completions("paint", 20) == ()

"""Attempts one and two chosen by hand: what is chosen, what is kept, and what it is used for."""

import json

import pytest
from PySide6.QtGui import QGuiApplication

from app.state.attempts import NO_CHOICE, chosen, same_answers, whole, with_choice
from app.state.batch import Result, submission
from puzzles.collections import Collection, open_puzzle
from puzzles.grid import as_grid
from tests.app.fake import FakeSolver

A, B, C = (as_grid([[value]]) for value in (1, 2, 3))


def values(attempts):
    return [[int(grid[0, 0]) for grid in given] for given in attempts]


@pytest.mark.parametrize(
    ("found", "choice", "expected"),
    [
        ([[A, B]], (None, None), [[1, 2]]),
        ([[A, B]], ((C,), None), [[3, 1]]),
        ([[A, B]], ((B,), None), [[2, 1]]),
        ([[A, B]], (None, (C,)), [[1, 3]]),
        ([[A, B]], (None, (A,)), [[2, 1]]),
        ([[A]], (None, (A,)), [[1]]),
        ([[A, B]], ((A,), (A,)), [[1, 2]]),
        ([[A, B], [A, B]], ((C, A), (C, C)), [[3, 1], [1, 3]]),
        ([[A, B], [A, B]], ((C,), None), [[1, 2], [1, 2]]),  # chosen for another number of tests
        ([[]], ((C,), (A,)), [[3, 1]]),
    ],
)
def test_what_is_chosen_comes_first_and_no_attempt_is_a_copy(found, choice, expected):
    assert values(with_choice(found, choice)) == expected


@pytest.mark.parametrize("number", [1, 2])
@pytest.mark.parametrize("answers", [(A,), (B,), (C,)])
@pytest.mark.parametrize("before", [NO_CHOICE, ((C,), None), (None, (C,)), ((B,), (C,)), ((B,), (A,))])
def test_a_choice_takes_the_place_it_was_given(number, answers, before):
    found = [[A, B]]
    attempts = with_choice(found, before)
    after = with_choice(found, chosen(attempts, before, number, answers))
    assert same_answers(whole(after, number), answers)
    assert len({grid.tobytes() for grid in after[0]}) == 2


@pytest.fixture
def searched(make_window, puzzle, qtbot):
    window = make_window(FakeSolver(found=(("w17",), ("w9",), ("flip up-down",))))
    window.bench.open(puzzle)
    with qtbot.waitSignal(window.client.finished):
        window.solve_panel.press()
    return window


def cards(window):
    answers = window.solve_panel.answers.cards
    return [answers.item(i).text().partition("\n")[0] for i in range(answers.count())]


def choose(window, card, number):
    window.solve_panel.answers.cards.setCurrentRow(card)
    window.actions_.attempts[number - 1].trigger()


def test_a_card_becomes_an_attempt_and_undo_takes_it_back(searched):
    assert cards(searched) == ["attempt 1", "attempt 2", "not an attempt"]
    choose(searched, 2, 2)
    assert cards(searched) == ["✎ attempt 1", "not an attempt", "✎ attempt 2"]
    choose(searched, 2, 1)  # they change places
    assert cards(searched) == ["✎ attempt 2", "not an attempt", "✎ attempt 1"]
    searched.bench.document.undo_stack.undo()
    searched.bench.document.undo_stack.undo()
    assert cards(searched) == ["attempt 1", "attempt 2", "not an attempt"]
    assert not searched.actions_.found_attempts.isEnabled()
    searched.bench.document.undo_stack.redo()
    searched.actions_.found_attempts.trigger()
    assert cards(searched) == ["attempt 1", "attempt 2", "not an attempt"]


def test_the_same_choice_again_is_no_step(searched):
    choose(searched, 2, 1)
    count = searched.bench.document.undo_stack.count()
    choose(searched, 2, 1)
    assert searched.bench.document.undo_stack.count() == count


def test_it_is_there_when_the_puzzle_is_opened_again(searched, puzzle, qtbot, make_window):
    choose(searched, 2, 1)
    before = values(searched.bench.run.attempts)
    searched.bench.open(open_puzzle("arc1-train/67a3c6ac"))
    assert searched.bench.run.choice == NO_CHOICE
    with qtbot.waitSignal(searched.client.recalled):
        searched.bench.open(puzzle)
    assert cards(searched) == ["attempt 2", "not an attempt", "✎ attempt 1"]
    searched.close()
    again = make_window(FakeSolver())
    with qtbot.waitSignal(again.client.recalled):
        again.bench.open(puzzle)
    assert values(again.bench.run.attempts) == before


def test_another_search_leaves_the_choice(searched, qtbot):
    choose(searched, 2, 1)
    with qtbot.waitSignal(searched.client.finished):
        searched.solve_panel.press()
    assert cards(searched) == ["attempt 2", "not an attempt", "✎ attempt 1"]


def test_prediction_and_copied_answer_are_what_was_chosen(searched, puzzle):
    choose(searched, 2, 1)
    searched.bench.run.choose(searched.bench.run.candidates[0])
    turned = searched.bench.run.candidates[2].tests[0].output.tolist()
    export = searched.desk._what()
    from app.export.formats import FORMATS

    written = json.loads(FORMATS["prediction"].make(export))
    assert written["test"][0]["output"] == turned
    searched.actions_.copy_answer.trigger()
    assert json.loads(QGuiApplication.clipboard().text()) == turned


def test_a_submission_holds_what_was_chosen(searched, puzzle):
    choose(searched, 2, 1)
    chosen_one = searched.bench.run.candidates[2].tests[0].output.tolist()
    found_one = searched.bench.run.candidates[0].tests[0].output.tolist()
    collection = Collection("own", "Own", ("flipped",), lambda _: puzzle)
    results = {"flipped": Result(True, None, 1.0, ("w17",), ((found_one,),))}
    for expected in (
        submission(collection, results, searched.bench.steering.choice_for),  # open
        (
            searched.bench.open(open_puzzle("arc1-train/67a3c6ac")),
            submission(collection, results, searched.bench.steering.choice_for),
        )[1],
    ):
        assert expected["flipped"] == [{"attempt_1": chosen_one, "attempt_2": found_one}]
    without = submission(collection, results)["flipped"][0]
    assert without["attempt_1"] == found_one


def test_a_spoilt_choice_in_the_file_is_passed_over(searched, puzzle, user_paths):
    choose(searched, 2, 1)
    (file,) = user_paths.findings.glob("*.json")
    document = json.loads(file.read_text())
    for spoilt in ([1], "ab", [[[["x"]]], None], [None], 3):
        file.write_text(json.dumps({**document, "attempts": spoilt}))
        assert searched.bench._findings.find(puzzle) is None
    del document["attempts"]  # as an earlier Glossa wrote it
    file.write_text(json.dumps(document))
    assert searched.bench._findings.find(puzzle).choice == NO_CHOICE

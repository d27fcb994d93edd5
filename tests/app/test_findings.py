"""What a search found is there again when one comes back to the puzzle."""

import json
from dataclasses import replace

import pytest

from app.state.findings import FindingStore
from app.state.run import Status
from puzzles.collections import open_puzzle
from puzzles.grid import as_grid
from solver.words.program import Language
from tests.app.fake import LANGUAGE, FakeSolver

OTHER = "arc1-train/67a3c6ac"


def solved(window, puzzle, qtbot):
    window.bench.open(puzzle)
    with qtbot.waitSignal(window.client.finished):
        window.solve_panel.press()
    return window.bench.run


def back(window, puzzle, qtbot):
    """Open another puzzle, and then this one again."""
    window.bench.open(open_puzzle(OTHER))
    with qtbot.waitSignal(window.client.recalled):
        window.bench.open(puzzle)
    return window.bench.run


def file_of(window):
    (file,) = window.findings_folder.glob("*.json")
    return file


@pytest.fixture
def searched(make_window, puzzle, qtbot, user_paths):
    """A window whose solver found two programs, the second of which is looked at."""
    window = make_window(FakeSolver(found=(("w17",), ("w9",))))
    window.findings_folder = user_paths.findings
    run = solved(window, puzzle, qtbot)
    run.choose(run.candidates[1])
    return window


def test_programs_answers_and_log_come_back(searched, puzzle, qtbot):
    before = searched.bench.run
    log, attempts, losses = list(before.log), before.solution.attempts, [c.loss for c in before.candidates]
    run = back(searched, puzzle, qtbot)
    assert [c.program.words for c in run.candidates] == [("w17",), ("w9",)]
    assert [c.loss for c in run.candidates] == losses
    assert run.candidate is run.candidates[1]
    assert run.status is Status.GUESSED
    assert run.log == log
    assert run.solution.seconds == 1.2
    assert [a.grid.tolist() for a in run.solution.attempts[0]] == [a.grid.tolist() for a in attempts[0]]
    run.choose(run.candidates[0])
    assert run.candidate.demonstrations[0].outcomes[1].confidence is not None  # it was run, not only read


def test_they_come_back_after_a_restart(searched, puzzle, qtbot, make_window):
    searched.close()
    again = make_window()
    with qtbot.waitSignal(again.client.recalled):
        again.bench.open(puzzle)
    assert again.bench.run.candidate.program.words == ("w9",)
    assert again.solve_panel.programs.count() == 2


def test_a_search_that_was_left_keeps_its_best(make_window, puzzle, qtbot):
    window = make_window(FakeSolver(endless=True))
    window.bench.open(puzzle)
    window.solve_panel.press()
    qtbot.waitUntil(lambda: window.bench.run.candidate is not None)
    run = back(window, puzzle, qtbot)
    assert run.candidate.program.words == ("w17",)
    assert run.status is Status.VERIFIED


def test_nothing_found_is_said_again_for_the_same_weights_only(make_window, puzzle, qtbot):
    window = make_window(FakeSolver(found=()))
    qtbot.waitUntil(lambda: bool(window.bench.vocabulary))
    solved(window, puzzle, qtbot)
    run = back(window, puzzle, qtbot)
    assert run.status is Status.NOTHING
    assert "Tried 240 programs" in window.solve_panel.face().text
    window.close()
    others = Language(LANGUAGE.words, "other-weights", LANGUAGE.grammar)
    again = make_window(FakeSolver(found=()).with_language(lambda: others))
    assert back(again, puzzle, qtbot).status is Status.IDLE


def test_programs_of_other_weights_are_left_out(searched, puzzle, qtbot, make_window):
    searched.close()
    others = Language(LANGUAGE.words[-1:], "other-weights", LANGUAGE.grammar)
    again = make_window(FakeSolver().with_language(lambda: others))
    run = back(again, puzzle, qtbot)
    assert run.status is Status.IDLE
    assert not run.candidates


def test_a_program_changed_by_hand_is_kept(searched, puzzle, qtbot):
    bench = searched.bench
    qtbot.waitUntil(lambda: bool(bench.vocabulary))
    with qtbot.waitSignal(searched.client.executed):
        bench.insert_word(next(entry for entry in bench.vocabulary if entry.name == "w4"))
    changed = bench.run.candidate.program
    run = back(searched, puzzle, qtbot)
    assert run.candidate.program == changed
    assert len(run.candidates) == 3


def test_an_opened_program_joins_what_was_found(searched, puzzle, qtbot):
    found = searched.bench.run.candidates[0].program
    searched.bench.open(open_puzzle(OTHER))
    with qtbot.waitSignal(searched.client.recalled):
        searched.bench.open_program(found, puzzle)
    run = searched.bench.run
    assert run.candidate is run.candidates[0]
    assert len(run.candidates) == 2


def test_an_edited_puzzle_is_another(searched, puzzle, qtbot):
    pair = puzzle.train[0]
    edited = replace(puzzle, train=(replace(pair, output=as_grid(pair.output[::-1])), *puzzle.train[1:]))
    searched.bench.open(edited)
    assert not searched.client.busy  # nothing is looked up
    assert searched.bench.run.candidate is None


@pytest.mark.parametrize(
    "spoil",
    [
        lambda text: text[:40],
        lambda _: "[]",
        lambda _: "null",
        lambda text: json.dumps({**json.loads(text), "format": 99}),
        lambda text: json.dumps({**json.loads(text), "found": [{"program": 3}]}),
        lambda text: json.dumps({**json.loads(text), "shown": "first"}),
        lambda text: json.dumps({**json.loads(text), "seconds": [1]}),
    ],
)
def test_a_spoilt_file_is_passed_over(searched, puzzle, spoil, messages):
    searched.bench.open(open_puzzle(OTHER))
    file = file_of(searched)
    file.write_text(spoil(file.read_text()))
    assert FindingStore(searched.findings_folder).find(puzzle) is None
    searched.bench.open(puzzle)
    assert searched.bench.run.status is Status.IDLE
    assert not messages


def test_one_bad_program_does_not_spoil_the_others(searched, puzzle):
    searched.bench.open(open_puzzle(OTHER))
    file = file_of(searched)
    document = json.loads(file.read_text())
    document["found"][0]["program"] = "{"
    file.write_text(json.dumps(document))
    found = FindingStore(searched.findings_folder).find(puzzle)
    assert [finding.program.words for finding in found.found] == [("w9",)]


def test_a_folder_that_cannot_be_written_stops_nothing(searched, puzzle, qtbot, messages):
    file = file_of(searched)
    file.unlink()
    searched.findings_folder.rmdir()
    searched.findings_folder.write_text("in the way")
    assert solved(searched, puzzle, qtbot).status is Status.VERIFIED
    assert not messages

"""The person's answer to a test becomes a demonstration, and what was found is run on it at once."""

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from app.state.draft import Draft, Place, add_demonstration, only_demonstrations_come_or_go
from app.state.editor import Mode
from app.state.run import Status
from puzzles.grid import as_grid
from tests.app.fake import FakeSolver


@pytest.fixture
def solved(make_window, puzzle, qtbot):
    window = make_window(FakeSolver(found=(("w17",), ("w9",))))
    window.bench.open(puzzle)
    with qtbot.waitSignal(window.client.finished):
        window.solve_panel.press()
    return window


def draw(window, grid):
    editor = window.bench.editor
    editor.set_mode(Mode.ANSWER)
    editor.activate(Place("test", 0, "answer"))
    editor.put("draw", as_grid(grid))


def wrong(window):
    return {c.program.words: c.wrong for c in window.bench.run.candidates}


def test_without_an_answer_there_is_nothing_to_add(solved, puzzle):
    assert not solved.actions_.add_answer.isEnabled()
    draft = Draft.of(puzzle)
    assert add_demonstration(draft, 0) is draft


def test_the_answer_becomes_a_demonstration_and_verdicts_follow(solved, puzzle, qtbot):
    draw(solved, puzzle.test[0].input)  # the program that changes nothing is right about it
    with qtbot.waitSignal(solved.client.recalled):
        solved.actions_.add_answer.trigger()
    added = solved.bench.document.puzzle
    assert len(added.train) == 3
    assert np.array_equal(added.train[2].output, puzzle.test[0].input)
    assert len(added.test) == 1
    assert wrong(solved) == {("w17",): (0, 0, 4), ("w9",): (4, 4, 0)}
    assert not solved.bench.run.stale
    assert solved.bench.run.status is Status.GUESSED
    assert len(solved.board.rows) == 4
    assert solved.board.rows[2].verdict.text() == "✗ 4 cells"


def test_undo_takes_it_away_and_verdicts_follow_again(solved, puzzle, qtbot):
    draw(solved, puzzle.test[0].input)
    with qtbot.waitSignal(solved.client.recalled):
        solved.actions_.add_answer.trigger()
    with qtbot.waitSignal(solved.client.recalled):
        solved.bench.document.undo_stack.undo()
    assert solved.bench.document.puzzle.train == puzzle.train
    assert solved.bench.document.draft.answers[0] is not None
    assert wrong(solved) == {("w17",): (0, 0), ("w9",): (4, 4)}
    assert solved.bench.run.status is Status.VERIFIED


def test_the_program_that_fits_the_new_demonstration_comes_first(solved, puzzle, qtbot):
    draw(solved, [[1, 1, 1]])
    with qtbot.waitSignal(solved.client.recalled):
        solved.actions_.add_answer.trigger()
    found = [sum(c.wrong) for c in solved.bench.run.candidates]
    assert found == sorted(found)


def test_what_was_found_is_kept_with_both_puzzles(solved, puzzle, qtbot):
    draw(solved, puzzle.test[0].input)
    with qtbot.waitSignal(solved.client.recalled):
        solved.actions_.add_answer.trigger()
    store = solved.bench._findings
    assert len(store.find(puzzle).found) == 2
    assert len(store.find(solved.bench.document.puzzle).found) == 2


def test_a_program_s_answer_is_taken_over_to_be_corrected(solved, puzzle, qtbot):
    assert solved.actions_.correct.isEnabled()
    solved.bench.view.set_reveal(True)
    solved.actions_.correct.trigger()
    draft = solved.bench.document.draft
    assert np.array_equal(draft.answers[0], solved.bench.run.candidate.tests[0].output)
    assert solved.bench.editor.mode is Mode.ANSWER
    assert solved.bench.editor.active == Place("test", 0, "answer")
    assert not solved.bench.view.reveal
    assert solved.actions_.add_answer.isEnabled()
    solved.bench.document.undo_stack.undo()
    assert solved.bench.document.draft.answers[0] is None
    assert not solved.actions_.add_answer.isEnabled()


def test_a_changed_cell_is_no_new_demonstration(puzzle):
    more = add_demonstration(Draft(puzzle, (as_grid([[1]]),)), 0).puzzle
    assert only_demonstrations_come_or_go(puzzle, more)
    assert only_demonstrations_come_or_go(more, puzzle)
    assert not only_demonstrations_come_or_go(puzzle, puzzle)
    other = add_demonstration(Draft(puzzle, (as_grid([[2]]),)), 0).puzzle
    assert not only_demonstrations_come_or_go(other, more)
    fewer = type(puzzle)("one", puzzle.train[1:], puzzle.train[:1])
    assert not only_demonstrations_come_or_go(fewer, puzzle)  # another test


def test_the_answer_that_is_corrected_has_the_keys_and_is_in_sight(solved, qtbot):
    solved.resize(900, 560)
    solved.board.setFocus()
    solved.actions_.correct.trigger()
    target = next(row for row in solved.board.rows if row.part == "test").target
    assert QApplication.focusWidget() is target
    qtbot.waitUntil(lambda: not target.visibleRegion().isEmpty())
    first = int(solved.bench.document.draft.answers[0][0, 0])
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_9 if first != 9 else Qt.Key.Key_8)
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Space)
    assert solved.bench.document.draft.answers[0][0, 0] != first

"""Drawing what is wanted after a step, and searching by way of it."""

from dataclasses import replace

import numpy as np
import pytest

from app.widgets.wanted_dialog import WantedDialog
from puzzles.collections import open_puzzle
from puzzles.grid import as_grid
from solver.words.operations import SPLITS
from solver.words.program import EXACT_FINGERPRINT, Program, Step
from solver.words.results import run_program
from solver.words.vocabulary import EXACT_LANGUAGE
from tests.app.fake import FakeSolver


@pytest.fixture
def solver():
    return FakeSolver(found=(("w9", "w17"), ("w9",)))


@pytest.fixture
def window(make_window, puzzle, solver):
    window = make_window(solver)
    window.bench.open(puzzle)
    return window


@pytest.fixture
def solved(window, qtbot):
    with qtbot.waitSignal(window.client.finished):
        window.solve_panel.press()
    return window


def drawing(window):
    window.actions_.draw_wanted.trigger()
    dialogs = [d for d in window.findChildren(WantedDialog) if d.isVisible()]
    assert len(dialogs) == 1
    return dialogs[0]


def test_what_is_drawn_becomes_the_waypoint_of_a_search(solved, solver, puzzle, qtbot):
    solved.bench.timeline.go(1)
    dialog = drawing(solved)
    assert [grid.tolist() for grid in dialog.drawn] == [pair.input.tolist() for pair in puzzle.train]
    dialog.editor.put("draw", as_grid([[7]]))
    dialog.boxes[1].setChecked(False)
    before = [c.program for c in solved.bench.run.candidates]
    with qtbot.waitSignal(solved.client.finished):
        dialog.buttons["before"].click()
        assert [c.program for c in solved.bench.run.candidates] == before  # they stay
    way = solver.asked[-1].waypoint
    assert (way.side, way.position, way.program.words) == ("before", 1, ("w9", "w17"))
    assert way.wanted[0].tolist() == [[7]]
    assert way.wanted[1] is None
    assert solved.bench.document.puzzle == puzzle  # nothing of it was changed
    assert not solved.bench.document.unsaved


def test_what_was_drawn_is_there_again_until_another_puzzle_opens(solved, puzzle, qtbot):
    solved.bench.timeline.go(1)
    dialog = drawing(solved)
    dialog.editor.put("draw", as_grid([[7]]))
    with qtbot.waitSignal(solved.client.finished):
        dialog.buttons["both"].click()
    solved.bench.timeline.go(1)
    assert drawing(solved).drawn[0].tolist() == [[7]]
    solved.bench.timeline.go(0)
    assert solved.bench.steering.drawn_here[0].tolist() == puzzle.train[0].input.tolist()
    solved.bench.open(open_puzzle("arc1-train/67a3c6ac"))
    solved.bench.open(puzzle)
    solved.bench.timeline.go(1)
    assert solved.bench.steering.drawn_here[0].tolist() == puzzle.train[0].input.tolist()


def test_without_a_program_it_is_drawn_after_the_input(window, solver, puzzle, qtbot):
    assert window.actions_.draw_wanted.isEnabled()
    dialog = drawing(window)
    with qtbot.waitSignal(window.client.finished):
        dialog.buttons["both"].click()
    way = solver.asked[-1].waypoint
    assert (way.position, way.program.steps) == (0, ())
    assert all(np.array_equal(g, p.input) for g, p in zip(way.wanted, puzzle.train, strict=True))


def test_nothing_meant_is_nothing_to_search(solved):
    dialog = drawing(solved)
    for box in dialog.boxes:
        box.setChecked(False)
    assert not any(button.isEnabled() for button in dialog.buttons.values())
    dialog.boxes[0].setChecked(True)
    assert all(button.isEnabled() for button in dialog.buttons.values())


def test_of_very_many_demonstrations_the_first_are_shown_and_count(solved, puzzle):
    many = replace(puzzle, train=puzzle.train * 20)
    solved.bench.open(many)
    dialog = drawing(solved)
    assert (len(dialog.boxes), sum(dialog.counting), len(dialog.counting)) == (24, 24, 40)
    assert len(dialog.drawn) == 40


def test_strokes_in_the_dialog_are_undone_there(solved, qtbot):
    dialog = drawing(solved)
    before = dialog.drawn[0].tolist()
    dialog.editor.put("draw", as_grid([[7]]))
    dialog.document.undo_stack.undo()
    assert dialog.drawn[0].tolist() == before
    assert dialog.editors[0].grid.tolist() == before
    assert not solved.bench.document.undo_stack.canUndo()


def test_pieces_and_stale_programs_cannot_be_drawn_on(solved, puzzle, solver):
    program = Program((Step(SPLITS[0].name), Step("row with a cell for each")), EXACT_FINGERPRINT)
    solved.bench.run.adopt(run_program(EXACT_LANGUAGE, program, puzzle, (30, 30), "edited"), puzzle)
    for at, possible in ((0, True), (1, False), (2, True)):
        solved.bench.timeline.go(at)
        assert solved.actions_.draw_wanted.isEnabled() is possible
    solved.bench.run.set_stale(True)
    assert not solved.bench.steering.states_here

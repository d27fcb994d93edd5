"""Steering a search: keep the first steps, leave words out, demand words."""

from dataclasses import replace

import pytest
from PySide6.QtGui import QAction

from app.state.run import deeper
from app.state.word_wishes import WordWishes
from solver.words.operations import SPLITS
from solver.words.program import EXACT_FINGERPRINT, Program, Step
from solver.words.results import SolveOptions, run_program
from solver.words.vocabulary import EXACT_LANGUAGE
from tests.app.fake import FakeSolver


@pytest.fixture
def solver():
    return FakeSolver(found=(("w9", "w17"), ("w9",)))


def action(window, text):
    return next(a for a in window.findChildren(QAction) if a.text().replace("&", "") == text)


def test_the_steps_up_to_the_one_shown_are_pinned(solved, solver, qtbot):
    solved.bench.timeline.go(1)
    on = action(solved, "Search on from this step")
    assert on.isEnabled()
    before = [c.program.words for c in solved.bench.run.candidates]
    with qtbot.waitSignal(solved.client.finished):
        on.trigger()
        assert [c.program.words for c in solved.bench.run.candidates] == before  # what was found is kept
    assert solver.asked[-1].pinned == Program((Step("w9"),), "fake-weights")
    assert solver.asked[-1].start is None
    assert solver.asked[0].pinned is None


def test_there_is_nothing_to_search_on_from_at_the_input_or_while_one_searches(solved, solver):
    solved.bench.timeline.go(0)
    assert not solved.actions_.search_on.isEnabled()
    solved.bench.timeline.go(1)
    solver.endless = True
    solved.solve_panel.press()
    assert not solved.actions_.search_on.isEnabled()
    solved.bench.cancel()


def test_pieces_cannot_be_searched_on_from(solved, puzzle):
    program = Program((Step(SPLITS[0].name), Step("row with a cell for each")), EXACT_FINGERPRINT)
    solved.bench.run.adopt(run_program(EXACT_LANGUAGE, program, puzzle, (30, 30), "edited"), puzzle)
    for at, possible in ((1, False), (2, True)):
        solved.bench.timeline.go(at)
        assert solved.bench.can_search_on is possible
        assert solved.actions_.search_on.isEnabled() is possible


def test_a_word_is_forbidden_or_demanded_never_both(qapp):
    wishes = WordWishes()
    changes = []
    wishes.changed.connect(lambda: changes.append((wishes.forbidden, wishes.demanded)))
    wishes.forbid("a")
    wishes.forbid("b")
    wishes.forbid("b")
    wishes.demand("a")
    wishes.drop("b")
    wishes.drop("c")
    wishes.clear()
    wishes.clear()
    assert changes == [(("a",), ()), (("a", "b"), ()), (("b",), ("a",)), ((), ("a",)), ((), ())]
    wishes.demand("a")
    assert wishes.added_to(SolveOptions(seed=3)) == SolveOptions(seed=3, demanded=("a",))


def test_wishes_stand_below_the_parameters_and_go_with_their_cross(solved, solver, qtbot):
    panel = solved.solve_panel
    assert panel.wishes.isHidden()
    solved.bench.timeline.go(1)
    action(solved, "Search without this word").trigger()
    solved.bench.timeline.go(2)
    action(solved, "Search with this word").trigger()
    assert [text for text, _ in panel.wishes.lines] == ["without w9", "with w17 ≈ flip left-right"]
    assert panel.wishes.isVisible()
    with qtbot.waitSignal(solved.client.finished):
        panel.press()
    assert (solver.asked[-1].forbidden, solver.asked[-1].demanded) == (("w9",), ("w17",))
    panel.wishes.lines[0][1].click()
    assert [text for text, _ in panel.wishes.lines] == ["with w17 ≈ flip left-right"]
    with qtbot.waitSignal(solved.client.finished):
        panel.press()
    assert (solver.asked[-1].forbidden, solver.asked[-1].demanded) == ((), ("w17",))


def test_the_dictionary_takes_wishes_too(solved):
    dictionary = solved.dictionary
    dictionary.choose("w4")
    menu = dictionary.wish_menu(dictionary.chosen)
    menu.actions()[0].trigger()
    assert solved.bench.wishes.forbidden == ("w4",)
    menu.actions()[1].trigger()
    assert solved.bench.wishes.demanded == ("w4",)
    menu.close()


def test_wishes_are_forgotten_with_their_puzzle_and_keep_out_of_refinement(solved, solver, qtbot):
    solved.bench.timeline.go(2)
    action(solved, "Search without this word").trigger()
    with qtbot.waitSignal(solved.client.finished):
        solved.actions_.refine.trigger()
    assert solver.asked[-1].start is not None
    assert solver.asked[-1].forbidden == ()
    solved.new_puzzle()
    assert solved.bench.wishes.forbidden == ()
    assert solved.solve_panel.wishes.isHidden()


def test_there_is_no_word_to_wish_for_at_the_input(solved):
    solved.bench.timeline.go(0)
    assert not any(wish.isEnabled() for wish in solved.actions_.wishes)
    solved.bench.timeline.go(1)
    assert all(wish.isEnabled() for wish in solved.actions_.wishes)


def test_a_deeper_search_goes_on_from_what_was_found(solved, solver, qtbot):
    assert solved.solve_panel.deeper.isVisible()
    before = [c.program for c in solved.bench.run.candidates]
    with qtbot.waitSignal(solved.client.finished):
        solved.actions_.go_on.trigger()
        assert [c.program for c in solved.bench.run.candidates] == before
        assert not solved.actions_.go_on.isEnabled()
    asked = solver.asked[-1]
    assert asked.earlier == tuple(before)
    assert asked.budget_s == 60.0  # what was chosen: the search took no longer
    assert solver.asked[0].earlier == ()


def test_it_has_twice_the_time_of_the_last_search(solved, puzzle):
    run = solved.bench.run
    run.solution = replace(run.solution, seconds=70.0)
    assert deeper(SolveOptions(), run).budget_s == 140.0
    run.solution = replace(run.solution, seconds=1e9)
    assert deeper(SolveOptions(), run).budget_s == 3600.0


def test_there_is_nothing_to_go_on_from_before_a_search(make_window, puzzle):
    window = make_window(FakeSolver())
    assert not window.actions_.go_on.isEnabled()
    window.bench.open(puzzle)
    assert not window.actions_.go_on.isEnabled()
    assert window.solve_panel.deeper.isHidden()

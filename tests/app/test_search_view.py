"""The search, visible: the model without Qt, then the dock by hand and by keyboard."""

import os

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from app.state.run import Status
from app.state.search_watch import SearchWatch, grown
from app.theme import DARK
from app.widgets.parts import is_seen
from puzzles.grid import as_grid
from solver.words.program import Program
from solver.words.results import Progress
from solver.words.watching import Seen, StageWork, TriedState
from tests.app.fake import LANGUAGE, FakeSolver, candidate


def work(stage="search", process=1, states=0, seconds=0.0, part=""):
    return StageWork(stage, process, part, f"at {seconds}", states, seconds)


def state(*words, wrong=0.5, above=None, grid=((1, 2), (3, 4)), at_s=1.0):
    program = Program.of(words, LANGUAGE.fingerprint)
    return TriedState(program, wrong, as_grid(grid) if grid else None, above, "search", at_s)


def test_states_a_second_are_those_of_the_last_moments():
    watch = SearchWatch()
    for tenth in range(100):
        now = tenth / 10
        slow = min(tenth, 50) * 100 + max(0, tenth - 50) * 5
        watch.take(Seen((work(states=slow, seconds=now),)), now)
    assert watch.rate == pytest.approx(50, rel=0.1)
    assert watch.states == slow


def test_who_stands_still_is_told_from_who_works():
    watch = SearchWatch()
    watch.take(Seen((work(states=5, seconds=1.0),)), 1.0)
    done, busy = work(states=5, seconds=1.0), work("explore", 7, 40, 0.5, "plain")
    watch.take(Seen((done, busy)), 2.0)
    watch.take(Seen((done, work("explore", 7, 80, 1.0, "plain"))), 2.5)
    first, second = watch.rows
    assert (first.active, first.rate) == (False, None)
    assert (second.active, second.rate) == (True, 80.0)
    assert watch.states == 85
    watch.end(Seen((done, work("explore", 7, 90, 1.1, "plain"))), 3.0)
    assert [row.active for row in watch.rows] == [False, False]
    assert watch.states == 95


def test_a_further_part_of_a_search_counts_from_its_beginning():
    watch = SearchWatch()
    for now, states in ((1.0, 900), (1.5, 1000), (2.0, 10), (2.5, 60)):
        watch.take(Seen((work("explore", 7, states, now, "plain"),)), now)
    assert watch.rate == 100.0


def test_states_are_compared_with_what_the_search_is_to_lead_to(puzzle):
    watch = SearchWatch()
    assert watch.aim(puzzle) is puzzle.train[0].output
    drawn = as_grid([[5]])
    watch.take(Seen(aims=(None, drawn)), 1.0)
    assert watch.aim(puzzle) is drawn


def test_a_stage_without_states_has_no_rate():
    watch = SearchWatch()
    for now in (1.0, 2.0):
        watch.take(Seen((StageWork("repair", 1, "", "moving codes", None, now),)), now)
    (row,) = watch.rows
    assert row.active
    assert row.rate is None
    watch.clear()
    assert watch.rows == ()


def test_the_tree_has_every_program_once_and_the_nearest_branch_first():
    first, other = state("w17", wrong=0.6), state("w4", wrong=0.3)
    near = state("w17", "w9", wrong=0.1, above=first)
    again = state("w17", "w4", wrong=0.4, above=state("w17", wrong=0.6))
    tree = grown([near, other, again, first])
    assert [branch.state.program.words for branch in tree] == [("w17",), ("w4",)]
    assert [one.state.program.words[-1] for one in tree[0].below] == ["w9", "w4"]
    assert tree[0].best == 0.1


def seen(puzzle):
    first = state("w9", wrong=1.0, grid=puzzle.train[0].input.tolist())
    near = state("w9", "w17", wrong=0.0, above=first, grid=puzzle.train[0].output.tolist(), at_s=2.0)
    pieces = state("w4", wrong=1.0, grid=None)
    rows = (
        StageWork("loading", os.getpid(), "", "loading the learned language", None, 0.2),
        StageWork("search", os.getpid(), "", "trying programs of 1 words", 12, 1.0),
        StageWork("explore", 4711, "roles", "3 canvases that rules were learned on", 1500, 2.0),
    )
    return Seen(rows, (near, first, pieces), (first, near))


@pytest.fixture
def searched(make_window, puzzle, qtbot):
    window = make_window(FakeSolver(endless=True))
    window.bench.open(puzzle)
    window.watch_search()
    window.solve_panel.press()
    qtbot.waitUntil(lambda: window.bench.run.progress is not None)
    best = candidate(puzzle, ("w9",))
    window.bench.run.advance(Progress("explore", "", 2.0, None, (), best, seen(puzzle)))
    window.search_view.refresh()
    return window


def test_the_window_asks_to_be_told(make_window, puzzle, qtbot):
    solver = FakeSolver()
    window = make_window(solver)
    window.bench.open(puzzle)
    with qtbot.waitSignal(window.client.finished):
        window.solve_panel.press()
    assert solver.asked[-1].watch


def test_the_table_says_who_does_what(searched):
    table = searched.search_view.work
    texts = [[table.item(row, column).text() for column in range(5)] for row in range(table.rowCount())]
    assert texts[2] == ["Loading the words", "Glossa", "none", "", "0.2 s"]
    assert texts[1][:3] == ["Search over words", "Glossa", "12"]
    assert texts[0][:3] == ["Exact words", "4711, roles", "1,500"]
    assert searched.search_view.total.text().startswith("1512 states looked at")


def test_a_state_is_seen_while_the_search_runs_and_opens_when_it_has_ended(searched, puzzle, qtbot):
    view = searched.search_view
    tree = view.tree
    tree.setFocus()
    assert QApplication.focusWidget() is tree
    tree.setCurrentItem(tree.topLevelItem(0))
    qtbot.keyClick(tree, Qt.Key.Key_Right)  # opens the branch
    qtbot.keyClick(tree, Qt.Key.Key_Down)
    assert view.state.program.words == ("w9", "w17")
    assert view.grid.grid.tolist() == puzzle.train[0].output.tolist()
    assert not view.grid.wrong.any()
    assert not view.open_button.isEnabled()
    qtbot.keyClick(tree, Qt.Key.Key_Return)
    assert searched.bench.run.status is Status.SOLVING
    searched.bench.cancel()
    assert view.open_button.isEnabled()
    tree.setFocus()
    with qtbot.waitSignal(searched.client.executed):
        qtbot.keyClick(tree, Qt.Key.Key_Return)
    assert searched.bench.run.candidate.program.words == ("w9", "w17")
    assert searched.bench.run.candidate.verified


def test_what_is_open_and_chosen_stays_while_states_come(searched, puzzle, qtbot):
    view, tree = searched.search_view, searched.search_view.tree
    tree.topLevelItem(0).setExpanded(True)
    tree.setCurrentItem(tree.topLevelItem(0).child(0))
    now = seen(puzzle)
    more = Seen(now.work, (state("w17", wrong=0.0), *now.states), now.records)
    searched.bench.run.watch.take(more, 3.0)
    qtbot.wait(1600)  # while the search runs the tree is drawn seldom
    view.refresh()
    assert tree.topLevelItemCount() == 3
    assert tree.topLevelItem(1).isExpanded() or tree.topLevelItem(0).isExpanded()
    assert tree.chosen.program.words == ("w9", "w17")


def test_pieces_are_said_to_be_no_grid(searched):
    view, tree = searched.search_view, searched.search_view.tree
    last = tree.topLevelItem(tree.topLevelItemCount() - 1)
    tree.setCurrentItem(last)
    assert last.text(1) == "pieces"
    assert not view.grid.isVisible()
    assert "no grid" in view.words.text()


def test_the_nearest_states_are_listed_as_they_came_the_latest_first(searched):
    view = searched.search_view
    assert [view.records.item(i).text() for i in range(2)] == ["✓\n2.0 s", "100.0 %\n1.0 s"]
    view.records.setCurrentRow(1)
    assert view.state.program.words == ("w9",)
    assert view.grid.wrong.any()


def test_nothing_is_drawn_while_nobody_looks(searched, puzzle, qtbot):
    view = searched.search_view
    searched._bring_up(searched.program_strip)
    qtbot.waitUntil(lambda: not is_seen(view))
    view._timer.stop()
    now = seen(puzzle)
    grown_work = (work(states=9, seconds=9.0), *now.work)
    searched.bench.run.advance(Progress("search", "", 9.0, None, (), None, Seen(grown_work)))
    assert not view._timer.isActive()
    assert view.work.rowCount() == 3
    searched.watch_search()
    qtbot.waitUntil(lambda: view.work.rowCount() == 4)


def test_another_puzzle_has_another_search(searched, puzzle):
    searched.bench.view.choose_theme("dark")
    assert searched.bench.view.theme is DARK
    searched.bench.open(puzzle)
    view = searched.search_view
    assert view.empty.isVisible()
    assert not view.parts.isVisible()
    assert view.state is None
